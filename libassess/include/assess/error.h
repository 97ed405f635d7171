/* error.h: how every call of libassess says what went wrong.
 *
 * A call returns an assess_status to branch on and, when the caller passed one, fills an assess_error with a
 * sentence to read in both languages and the place it speaks of. The caller owns the struct; NULL is always
 * allowed; the first error wins and is never overwritten on the way up. */
#ifndef ASSESS_ERROR_H
#define ASSESS_ERROR_H

#include <stddef.h>
#include <stdint.h>

#if defined(ASSESS_BUILD)
#define ASSESS_API __attribute__((visibility("default")))
#else
#define ASSESS_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* The kind of failure. The numbers are the exit codes of the command line. */
typedef enum assess_status {
    ASSESS_OK = 0,       /* done */
    ASSESS_E_INPUT = 1,  /* the input tables are wrong: read the batch's problems */
    ASSESS_E_CALL = 2,   /* the call is wrong: an argument, an option, a handle in the wrong state */
    ASSESS_E_RULES = 3,  /* the rule file is wrong or broke a limit */
    ASSESS_E_SYSTEM = 4, /* the machine failed: no memory, disk full, unreadable file */
    ASSESS_STATUS_COUNT  /* not a status: one past the last */
} assess_status;

/* The two languages in which every text for people exists. */
typedef enum assess_language {
    ASSESS_ZH = 0, /* Chinese, the language of the regulations */
    ASSESS_EN = 1, /* English */
    ASSESS_LANGUAGE_COUNT
} assess_language;

/* Filled by the call that failed; all texts are UTF-8 and end in NUL, "" where there is nothing to say. */
typedef struct assess_error {
    assess_status status;
    char id[48];                                 /* language-free name of the message, e.g. "rules.unknown_word" */
    char message[ASSESS_LANGUAGE_COUNT][1024];   /* the sentence, indexed by assess_language */
    char file[512];                              /* the file it speaks of */
    uint32_t line;                               /* 1-based line or row, 0 = none */
    uint32_t column;                             /* 1-based column, 0 = none */
    char clause[128];                            /* the clause of the rule file, where one was in force */
} assess_error;

#ifdef __cplusplus
}
#endif
#endif
