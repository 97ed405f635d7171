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

/* Everything that is wrong with a rule file and the files it uses; it never changes, and any number of threads may read it. */
typedef struct assess_mistakes assess_mistakes;

/* Loads `rules` as assess_scheme_load does, and goes on behind a mistake, so that a rule file can be mended in one go.
 *
 *     assess_mistakes *wrong; assess_error err = {0}, one;
 *     assess_scheme_check("rules/mine.lua", NULL, NULL, &wrong, &err);
 *     for (size_t i = 0; i < assess_mistakes_count(wrong) && !assess_mistakes_get(wrong, i, &one, NULL); i++)
 *         printf("%s:%u: %s\n", one.file, (unsigned)one.line, one.message[ASSESS_EN]);
 *     assess_mistakes_free(wrong);
 *
 * A mistake that only follows from another one is not among them. What Lua cannot read at all, and a limit that is broken, end the list: the
 * rest of the file was not looked at. So does the 50th mistake.
 *  options   NULL: defaults
 *  scheme    the scheme when nothing is wrong, owned by the caller; NULL: it is not wanted
 *  mistakes  the list, owned by the caller: assess_mistakes_free; NULL where nothing is wrong with the files, also when the call fails
 *            for another reason; NULL: it is not wanted
 *  Returns what assess_scheme_load returns; err is the first mistake. Cost: that of a load. Since 0.1. */
ASSESS_API assess_status assess_scheme_check(const char *rules, const assess_scheme_options *options, assess_scheme **scheme,
                                             assess_mistakes **mistakes, assess_error *err);

/* How many, from 1 to 50; 0 for NULL. Since 0.1. */
ASSESS_API size_t assess_mistakes_count(const assess_mistakes *mistakes);
/* 1: there was one more at least, and the files were not looked at any further; else 0. Since 0.1. */
ASSESS_API int assess_mistakes_more(const assess_mistakes *mistakes);
/* One of them: id, sentence, file, line and clause, as an error.
 *  index  0 … count - 1, in the order in which one reads the files: those of a used file where it is used; what is about the scheme as a
 *         whole stands last, with line 1, and a setting with no file at all
 *  out    written over
 *  Returns ASSESS_OK, ASSESS_E_CALL (index). Since 0.1. */
ASSESS_API assess_status assess_mistakes_get(const assess_mistakes *mistakes, size_t index, assess_error *out, assess_error *err);
ASSESS_API void assess_mistakes_free(assess_mistakes *mistakes); /* NULL is harmless. Since 0.1. */

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
