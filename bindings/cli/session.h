/* session: scheme, batch and result on their way through a command, with progress and Ctrl-C. Every step returns an
 * exit status and has said what went wrong. */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli.h"

typedef struct session {
    assess_scheme *scheme;
    assess_batch *batch;
    assess_result *result;
    assess_language sealed_in; /* of a replayed batch: the language of its files */
} session;

void catch_signals(void); /* from here on Ctrl-C is asked for, not obeyed at once: nothing is left half-written */

int go_on(void *user, uint64_t done, uint64_t total); /* an assess_progress that shows nothing */

/* --rules, --period and --set. `example` is shown when --rules or --period is missing. */
int session_load(const cli *c, const arguments *a, const char *example, session *s);
/* The same of one rule file with these settings. */
int session_open(const cli *c, const char *rules, const char *const *settings, size_t count, const char *period, session *s);
/* The operands from `first` on are the tables. Prints the problems; with errors the status is ASSESS_E_INPUT. */
int session_read(const cli *c, const arguments *a, size_t first, const char *example, session *s);
int session_compute(const cli *c, const arguments *a, session *s);
/* Says nothing of a failure: the caller has to clear away first. */
assess_status session_seal(const cli *c, const arguments *a, session *s, const char *path, char **anchor, assess_error *err);
/* results.xlsx, in the language of files; never called in a program without libassess-office. */
assess_status session_workbook(const cli *c, const arguments *a, session *s, const char *path, assess_error *err);
/* report.html, in the language of files; never called in a program without libassess-office. */
assess_status session_report(const cli *c, const arguments *a, session *s, const char *path, assess_error *err);
bool is_sealed(const char *path); /* by its name: a sealed batch brings its rules along */
int session_replay(const cli *c, const char *path, session *s); /* only the result is set */
void session_close(session *s);

/* A line on the terminal, and nowhere else, while something takes its time. */
void step_begin(const cli *c, word_id what);
void step_end(const cli *c);

#endif
