/* complain: what went wrong, on standard error for people and, with --json, on standard output for programs. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char *const language_names[] = {[ASSESS_ZH] = "zh", [ASSESS_EN] = "en"};

static void put_prefix(const cli *c)
{
    put_style(stderr, c->color_err, STYLE_RED);
    fputs("assess: ", stderr);
    put_style(stderr, c->color_err, STYLE_PLAIN);
}

static void put_json_head(assess_status status, const char *id)
{
    printf("{\"schema\":\"assess.error/1\",\"status\":%d,\"id\":", (int)status);
    put_json_text(stdout, id);
    fputs(",\"message\":{", stdout);
}

/* "cli.no_input" */
static void word_id_text(word_id id, char out[64])
{
    size_t at = strlen(strcpy(out, "cli."));
    for (const char *p = word_name(id); *p && at < 63; p++)
        out[at++] = (char)tolower((unsigned char)*p);
    out[at] = '\0';
}

/* The sentence in one language as JSON, by way of memory: say() writes to a stream. */
static void put_json_sentence(assess_language language, word_id id, const char *const *args)
{
    char *sentence = NULL;
    size_t size = 0;
    FILE *memory = open_memstream(&sentence, &size);
    if (!memory) {
        put_json_text(stdout, "");
        return;
    }
    say(memory, language, id, args);
    fclose(memory);
    put_json_text(stdout, sentence);
    free(sentence);
}

static void put_json_words(assess_status status, word_id id, const char *const *args)
{
    char name[64];
    word_id_text(id, name);
    put_json_head(status, name);
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        printf("%s\"%s\":", l ? "," : "", language_names[l]);
        put_json_sentence((assess_language)l, id, args);
    }
    puts("},\"file\":\"\",\"line\":0,\"column\":0,\"clause\":\"\"}");
}

int complain(const cli *c, assess_status status, word_id id, const char *const *args)
{
    put_prefix(c);
    say(stderr, c->screen, id, args);
    putc('\n', stderr);
    if (c->json)
        put_json_words(status, id, args);
    return (int)status;
}

/* What an error and a mistake among several have in common; the brace stays open. */
static void put_json_sentence_at(const assess_error *err)
{
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        printf("%s\"%s\":", l ? "," : "", language_names[l]);
        put_json_text(stdout, err->message[l]);
    }
    fputs("},\"file\":", stdout);
    put_json_text(stdout, err->file);
    printf(",\"line\":%lu,\"column\":%lu,\"clause\":", (unsigned long)err->line, (unsigned long)err->column);
    put_json_text(stdout, err->clause);
}

static void put_json_error(const assess_error *err)
{
    put_json_head(err->status, err->id);
    put_json_sentence_at(err);
    puts("}");
}

static void put_json_mistake(const assess_error *one)
{
    fputs("{\"id\":", stdout);
    put_json_text(stdout, one->id);
    fputs(",\"message\":{", stdout);
    put_json_sentence_at(one);
    putchar('}');
}

/* The error as everywhere, with all mistakes of the files besides. */
static void put_json_mistakes(const assess_error *err, const assess_mistakes *wrong)
{
    put_json_head(err->status, err->id);
    put_json_sentence_at(err);
    fputs(",\"mistakes\":[", stdout);
    assess_error one;
    for (size_t i = 0; i < assess_mistakes_count(wrong) && assess_mistakes_get(wrong, i, &one, NULL) == ASSESS_OK; i++) {
        fputs(i ? "," : "", stdout);
        put_json_mistake(&one);
    }
    printf("],\"more\":%s}\n", assess_mistakes_more(wrong) ? "true" : "false");
}

/* "bureau.lua:14:3: " as compilers write it: editors jump there. A sentence that names the file itself needs none. */
static void put_place(const cli *c, const assess_error *err)
{
    bool named = err->line == 0 && strstr(err->message[c->screen], err->file);
    if (!err->file[0] || named)
        return;
    put_visible(stderr, err->file);
    if (err->line)
        fprintf(stderr, ":%lu", (unsigned long)err->line);
    if (err->line && err->column)
        fprintf(stderr, ":%lu", (unsigned long)err->column);
    fputs(": ", stderr);
}

static void put_error(const cli *c, const assess_error *err)
{
    put_prefix(c);
    put_place(c, err);
    put_visible(stderr, err->message[c->screen]);
    if (err->clause[0])
        say(stderr, c->screen, WORD_CLAUSE, ARGS(err->clause));
    putc('\n', stderr);
}

int complain_error(const cli *c, const assess_error *err)
{
    if (strcmp(err->id, "call.cancelled") == 0)
        return stopped(c);
    bool between = strcmp(err->id, "call.cancelled_between") == 0;
    put_error(c, err);
    if (c->json)
        put_json_error(err);
    return between ? EXIT_STOPPED + (stop_signal() ? stop_signal() : 2) : (int)err->status;
}

int complain_mistakes(const cli *c, const assess_error *err, const assess_mistakes *wrong)
{
    size_t count = assess_mistakes_count(wrong);
    char number[32];
    assess_error one;
    for (size_t i = 0; i < count && assess_mistakes_get(wrong, i, &one, NULL) == ASSESS_OK; i++)
        put_error(c, &one);
    snprintf(number, sizeof number, "%zu", count);
    if (count > 1) {
        put_prefix(c);
        say(stderr, c->screen, assess_mistakes_more(wrong) ? WORD_MISTAKES_MORE : WORD_MISTAKES, ARGS(number));
        putc('\n', stderr);
    }
    if (c->json)
        put_json_mistakes(err, wrong);
    return (int)err->status;
}

/* The machine's own words are English only and depend on the locale: the failures that people meet have ours. */
const char *failure_text(const cli *c, int error_number)
{
    switch (error_number) {
    case ENOSPC:
    case EDQUOT:
        return word(c->screen, WORD_DISK_FULL);
    case EACCES:
    case EPERM:
        return word(c->screen, WORD_NOT_PERMITTED);
    case EROFS:
        return word(c->screen, WORD_READ_ONLY);
    case ENOENT:
    case ENOTDIR:
        return word(c->screen, WORD_CANNOT_BE_THERE);
    case EEXIST:
    case ENOTEMPTY:
        return word(c->screen, WORD_EXISTS_ALREADY);
    case EFBIG:
        return word(c->screen, WORD_FILE_TOO_LARGE);
    default:
        return strerror(error_number);
    }
}

int no_memory(const cli *c)
{
    return complain(c, ASSESS_E_SYSTEM, WORD_NO_MEMORY, NULL);
}

int stopped(const cli *c)
{
    int signal_number = stop_signal();
    complain(c, ASSESS_E_CALL, WORD_STOPPED, NULL);
    return EXIT_STOPPED + (signal_number ? signal_number : 2);
}

static void put_asked(const cli *c, char *text, bool styled)
{
    size_t length = text ? strlen(text) : 0;
    if (length) {
        if (c->json)
            fputs(text, stdout);
        else
            put_page(stdout, text, styled);
        if (text[length - 1] != '\n')
            putchar('\n');
    }
    assess_text_free(text);
}

void put_owned(const cli *c, char *text)
{
    put_asked(c, text, false);
}

void put_summary(const cli *c, char *text)
{
    put_asked(c, text, c->color_out);
}
