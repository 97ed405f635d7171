/* terminal: text for people, whatever comes from outside: control characters are shown as \x1b, wide characters count
 * two columns. */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>
#include <stdio.h>

#include "words.h"

enum { PAGE_COLUMNS = 79, MAX_ARGS = 4 };
#define ARGS(...) ((const char *const[MAX_ARGS]){__VA_ARGS__})

size_t columns_of(const char *text);
void put_visible(FILE *to, const char *text);
/* A text of several lines. `styled`: it was made with colours, by a writer that has made all else in it visible. */
void put_page(FILE *to, const char *text, bool styled);
void put_spaces(FILE *to, size_t count);
void put_padded(FILE *to, const char *text, size_t columns); /* cut with … when longer */
/* Fills lines up to PAGE_COLUMNS, or as far as a narrower terminal reaches; the cursor stands at column `at`, further lines are indented by `indent`. Lines that
 * begin with two blanks stand as they are. Ends in a line break. */
void put_filled(FILE *to, const char *text, size_t at, size_t indent);
/* The sentence with its arguments, which are made visible; args may be NULL. No line break. */
void say(FILE *to, assess_language language, word_id id, const char *const *args);
void put_json_text(FILE *to, const char *text); /* quoted; bytes that are not UTF-8 become U+FFFD */

typedef enum style { STYLE_PLAIN, STYLE_BOLD, STYLE_DIM, STYLE_RED, STYLE_YELLOW } style;
void put_style(FILE *to, bool color, style s);

#endif
