/* cli.h: what every command shares. Only the public headers of libassess are used here, as by any other program. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "options.h"
#include "terminal.h"
#include "words.h"

enum { EXIT_MOVED = 5, EXIT_STOPPED = 128 }; /* plus the number of the signal: 130 for Ctrl-C */

typedef struct cli {
    assess_language screen; /* --lang, ASSESS_LANG, locale, English */
    assess_language files;  /* --lang, ASSESS_LANG, Chinese: never the locale */
    bool json, quiet;
    bool color_out, color_err;
    bool bar;                   /* progress is shown: standard error is a terminal */
    const char *const *folders; /* of rule files: [folder_count] */
    size_t folder_count;
    const char *const *form_folders; /* of forms: [form_folder_count] */
    size_t form_folder_count;
} cli;

/* The signal that asked to stop, 0 when none did. */
int stop_signal(void);
/* Exit code of a stopped command, after saying so. */
int stopped(const cli *c);

/* Says what is wrong on standard error (and with --json as "assess.error/1" on standard output); returns `status`. */
int complain(const cli *c, assess_status status, word_id id, const char *const *args);
int complain_error(const cli *c, const assess_error *err); /* also knows "call.cancelled" */
int complain_mistakes(const cli *c, const assess_error *err, const assess_mistakes *wrong); /* all of them; err is the first */
const char *failure_text(const cli *c, int error_number);  /* errno in words */
int no_memory(const cli *c);

/* Writes a text of the library that was asked for and frees it: JSON as it is, a page with what names and notes may hold
 * of control characters made visible. The summary alone brings its colours along. */
void put_owned(const cli *c, char *text);
void put_summary(const cli *c, char *text);

/* Folders of rule files and forms; see folders.c. The texts live as long as the process. False: no memory. */
bool find_folders(cli *c);

/* Problems of a batch: errors first, then notices. */
void print_problems(const cli *c, assess_batch *batch);

/* A misspelt word: the nearest of `candidates`, or NULL. */
const char *nearest(const char *text, const char *const *candidates, size_t count);

/* The commands, in the order of the help. */
extern const command command_run, command_check, command_template, command_explain, command_verify, command_replay, command_forms,
    command_diff, command_rules,
    command_rules_list, command_rules_show, command_rules_check, command_rules_test, command_rules_new, command_rules_path,
    command_help;
extern const command *const commands[];
extern const size_t command_count;
const command *find_command(const char *name);

/* help.c, manual.c, completion.c */
void help_overview(const cli *c, FILE *to);
void help_command(const cli *c, FILE *to, const command *cmd);
void help_topic(const cli *c, FILE *to, const topic *t);
void print_manual(assess_language language);
void print_completion(assess_language language, const char *shell);
bool is_shown(const option_spec *o);
bool is_required(const command *cmd, option_id id);
bool is_rules_verb(const command *cmd); /* "rules list", … */

#endif
