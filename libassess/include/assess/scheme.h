/* scheme.h: a rule file, loaded and checked: what an assessment system demands. */
#ifndef ASSESS_SCHEME_H
#define ASSESS_SCHEME_H

#include "assess/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct assess_scheme assess_scheme;

/* In what form a text is wanted: for people, or as JSON with a "schema" member. */
typedef enum assess_format { ASSESS_FORMAT_TEXT = 0, ASSESS_FORMAT_JSON = 1 } assess_format;

/* Set size to sizeof(assess_scheme_options), the rest to 0; fields are only ever added at the end. */
typedef struct assess_scheme_options {
    size_t size;
    const char *const *folders;  /* where names are looked up, in order: [folder_count] paths; NULL: none */
    size_t folder_count;
    const char *const *settings; /* parameters: [setting_count] texts "NAME=VALUE", each name once */
    size_t setting_count;
    const char *period;          /* 2026, 2026-03, 2026Q1, 2026H1, 2026-01-01..2026-06-30; NULL: none, good for show and test */
} assess_scheme_options;

/* Loads `rules`: a path when it contains '/' or ends in ".lua", else a name looked up as FOLDER/NAME.lua.
 * Files named by `use` are looked up beside the file, then in the folders.
 *  options  NULL: defaults
 *  out      the scheme, owned by the caller: assess_scheme_free
 *  Returns ASSESS_OK; ASSESS_E_RULES (file, line, clause in err), ASSESS_E_CALL (no such rules, an unfit period, a
 *  setting that is unknown, twice or no NAME=VALUE), ASSESS_E_SYSTEM. Cost: under 20 ms. Since 0.1. */
ASSESS_API assess_status assess_scheme_load(const char *rules, const assess_scheme_options *options,
                                            assess_scheme **out, assess_error *err);
ASSESS_API void assess_scheme_free(assess_scheme *scheme); /* NULL is harmless. Since 0.1. */

/* What the rule file says of itself; "" for NULL. Borrowed from the scheme. Since 0.1. */
ASSESS_API const char *assess_scheme_id(const assess_scheme *scheme);     /* "bureau" */
ASSESS_API const char *assess_scheme_title(const assess_scheme *scheme, assess_language language);
ASSESS_API const char *assess_scheme_period(const assess_scheme *scheme); /* "2026", "" when none was given */

/* The scheme in words, a page of 100 columns to be compared with the document and signed: title, source, parameters, items,
 * roles, columns, statements with their clauses, grades.
 *  format  JSON: for programs; only texts that are not given in both languages are in `language`
 *  out     a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_CALL, ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_scheme_describe(const assess_scheme *scheme, assess_language language,
                                                assess_format format, char **out, assess_error *err);

/* Runs the worked cases beside the rule file (NAME.cases.lua) and reports each case that fails, the clauses that the
 * cases reach and those that no case reaches.
 *  options         its folders; period and settings stand in the cases and are not looked at here
 *  passed, failed  number of cases; failed > 0 does not make the status an error
 *  report          a text owned by the caller: assess_text_free
 *  Returns ASSESS_OK, ASSESS_E_RULES (the rule or case file is wrong), ASSESS_E_CALL (no such file), ASSESS_E_SYSTEM. Since 0.1. */
ASSESS_API assess_status assess_scheme_test(const char *rules, const assess_scheme_options *options,
                                            assess_language language, assess_format format, size_t *passed,
                                            size_t *failed, char **report, assess_error *err);

#ifdef __cplusplus
}
#endif
#endif
