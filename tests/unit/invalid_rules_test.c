/* invalid rules: every folder of tests/rules/invalid is a rule file (or a cases file) with a mistake, or many, and the messages it
 * must give, and no other; its README says what may stand in a folder. Each folder is a test; one more sees that no message of the
 * catalogue is without a folder. With ASSESS_UPDATE set, the expectations are written instead of compared. */
#include <dirent.h>
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/cases.h"
#include "rules/rules.h"

enum { MOST_FOLDERS = 512, PATH_SIZE = 1024, LINES = 4, SAID_SIZE = 1 << 16 };

static char root[PATH_SIZE - 512];

static void path_of(char path[PATH_SIZE], const char *folder, const char *file)
{
    assert_true(snprintf(path, PATH_SIZE, "%s/tests/rules/invalid/%s/%s", root, folder, file) < PATH_SIZE);
}

/* The file's bytes with a NUL behind them, or NULL when there is none. */
static char *read_file(const char *folder, const char *file, size_t *length)
{
    char path[PATH_SIZE];
    path_of(path, folder, file);
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *bytes = malloc(2 * RULES_MAX_SOURCE);
    assert_non_null(bytes);
    *length = fread(bytes, 1, 2 * RULES_MAX_SOURCE - 1, f);
    bytes[*length] = '\0';
    fclose(f);
    return bytes;
}

/* ---- one folder ---- */

typedef struct folder_case {
    const char *name;
    char *rule, *cases, *settings, *period;
    size_t rule_length, cases_length;
    text setting[8];
    size_t setting_count;
} folder_case;

/* The lines of a text, NULs put in place of the line ends. */
static size_t split_lines(char *bytes, text *lines, size_t most)
{
    size_t count = 0;
    for (char *at = bytes; at && *at && count < most;) {
        char *end = strchr(at, '\n');
        lines[count++] = (text){at, end ? (size_t)(end - at) : strlen(at)};
        if (end)
            *end = '\0';
        at = end ? end + 1 : NULL;
    }
    return count;
}

/* `size`: rule.lua is followed by blanks up to so many bytes. */
static void pad_rule(folder_case *c)
{
    size_t length;
    char *size = read_file(c->name, "size", &length);
    size_t wanted = size ? (size_t)strtoul(size, NULL, 10) : 0;
    assert_true(wanted < 2 * RULES_MAX_SOURCE);
    if (wanted > c->rule_length) {
        memset(c->rule + c->rule_length, ' ', wanted - c->rule_length);
        c->rule_length = wanted;
    }
    free(size);
}

static void open_folder(folder_case *c, const char *name)
{
    size_t length;
    *c = (folder_case){.name = name};
    c->rule = read_file(name, "rule.lua", &c->rule_length);
    assert_non_null(c->rule);
    pad_rule(c);
    c->cases = read_file(name, "rule.cases.lua", &c->cases_length);
    c->settings = read_file(name, "settings", &length);
    c->setting_count = split_lines(c->settings, c->setting, 8);
    c->period = read_file(name, "period", &length);
    if (c->period)
        c->period[strcspn(c->period, "\n")] = '\0';
}

static void close_folder(folder_case *c)
{
    free(c->rule);
    free(c->cases);
    free(c->settings);
    free(c->period);
}

static bool resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    const folder_case *c = user;
    char file[128];
    size_t length;
    snprintf(file, sizeof file, "%.*s.lua", (int)(name.length < 100 ? name.length : 100), name.bytes);
    char *found = read_file(c->name, file, &length);
    char *kept = found ? arena_text(memory, found, length) : NULL, *kept_name = arena_text(memory, file, strlen(file));
    free(found);
    *bytes = (text){kept, length};
    *file_name = text_of(kept_name);
    return kept && kept_name;
}

static bool resolve_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    const folder_case *c = user;
    size_t length;
    char *found = read_file(c->name, name.bytes, &length);
    char *kept = found ? arena_text(memory, found, length) : NULL;
    free(found);
    *bytes = (text){kept, length};
    *file_name = name;
    return kept != NULL;
}

static assess_status run_folder(folder_case *c, mistake_list *mistakes, assess_error *err)
{
    plan *p = NULL;
    case_list list = {0};
    rules_request r = {.file_name = TEXT("rule.lua"), .bytes = {c->rule, c->rule_length}, .period = text_of(c->period),
                       .settings = c->setting, .setting_count = c->setting_count, .resolve = resolve, .data = resolve_data, .user = c};
    assess_status status = rules_load_all(&r, &p, mistakes, err);
    if (!status && c->cases)
        status = cases_load_all(p, TEXT("rule.cases.lua"), (text){c->cases, c->cases_length}, &list, mistakes, err);
    cases_free(&list);
    plan_free(p);
    return status;
}

/* As in expected_error.txt: the id; the line and the clause in force, with the file when it is a used one; the message in
 * English and in Chinese. */
static size_t say_error(const folder_case *c, const assess_error *err, char *said, size_t size)
{
    bool other = err->file[0] && strcmp(err->file, c->cases ? "rule.cases.lua" : "rule.lua") != 0;
    int n = snprintf(said, size, "%s\n%s%s%u%s%s\n%s\n%s\n", err->id, other ? err->file : "", other ? ":" : "", err->line,
                     err->clause[0] ? " " : "", err->clause, err->message[ASSESS_EN], err->message[ASSESS_ZH]);
    assert_in_range(n, 1, size - 1);
    return (size_t)n;
}

/* An error that is no mistake of a file, as an unfit period, stands alone. */
static void say_all(const folder_case *c, const mistake_list *mistakes, const assess_error *err, char said[SAID_SIZE])
{
    size_t at = mistakes->count ? 0 : say_error(c, err, said, SAID_SIZE);
    for (size_t i = 0; i < mistakes->count; i++)
        at += say_error(c, &mistakes->items[i].said, said + at, SAID_SIZE - at);
    snprintf(said + at, SAID_SIZE - at, "%s", mistakes->more ? "more\n" : "");
}

static void write_expectation(const char *folder, const char *said)
{
    char path[PATH_SIZE];
    path_of(path, folder, "expected_error.txt");
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(said, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void test_folder(void **state)
{
    folder_case c;
    assess_error err = {0};
    static char said[SAID_SIZE];
    mistake_list mistakes = {0};
    size_t length;
    open_folder(&c, *state);
    assess_status status = run_folder(&c, &mistakes, &err);
    say_all(&c, &mistakes, &err, said);
    bool call = strncmp(err.id, "call.", 5) == 0 && !c.cases;
    assert_int_equal(status, call ? ASSESS_E_CALL : ASSESS_E_RULES);
    if (getenv("ASSESS_UPDATE"))
        write_expectation(c.name, said);
    char *expected = read_file(c.name, "expected_error.txt", &length);
    assert_non_null(expected);
    assert_string_equal(said, expected);
    if (mistakes.count) /* the first of them is the error */
        assert_memory_equal(&err, &mistakes.items[0].said, sizeof err);
    mistakes_free(&mistakes);
    free(expected);
    close_folder(&c);
}

/* ---- the catalogue ---- */

static const struct entry {
    const char *name, *id, *sentence[ASSESS_LANGUAGE_COUNT];
} catalogue[] = {
#define MESSAGE(name, id, en, zh) {#name, id, {[ASSESS_ZH] = zh, [ASSESS_EN] = en}},
#include "base/messages.def"
#undef MESSAGE
};

/* Whether `said` is the sentence with anything in place of {0} … {3}. */
static bool is_sentence(const char *sentence, const char *said)
{
    for (; *sentence; sentence++, said++) {
        if (sentence[0] == '{' && sentence[1] >= '0' && sentence[1] <= '3' && sentence[2] == '}') {
            for (const char *rest = said;; rest++) {
                if (is_sentence(sentence + 3, rest))
                    return true;
                if (!*rest)
                    return false;
            }
        }
        if (*sentence != *said)
            return false;
    }
    return *said == '\0';
}

static bool is_told_by(const struct entry *m, const char *folder)
{
    size_t length;
    text lines[LINES];
    char *expected = read_file(folder, "expected_error.txt", &length);
    bool told = expected && split_lines(expected, lines, LINES) == LINES && strcmp(lines[0].bytes, m->id) == 0 &&
                is_sentence(m->sentence[ASSESS_EN], lines[2].bytes) && is_sentence(m->sentence[ASSESS_ZH], lines[3].bytes);
    free(expected);
    return told;
}

static bool is_about_rules(const char *name)
{
    return strncmp(name, "rules_", 6) == 0 || strncmp(name, "lint_", 5) == 0 || strncmp(name, "cases_", 6) == 0;
}

static char *folders[MOST_FOLDERS];
static size_t folder_count;

static void test_every_message_has_a_folder(void **state)
{
    size_t missing = 0;
    (void)state;
    for (size_t m = 0; m < sizeof catalogue / sizeof *catalogue; m++) {
        bool told = !is_about_rules(catalogue[m].name);
        for (size_t i = 0; !told && i < folder_count; i++)
            told = is_told_by(&catalogue[m], folders[i]);
        if (told)
            continue;
        print_error("no folder of tests/rules/invalid gives %s: %s\n", catalogue[m].name, catalogue[m].sentence[ASSESS_EN]);
        missing++;
    }
    assert_int_equal(missing, 0);
}

/* ---- walking ---- */

static int compare_names(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool list_folders(void)
{
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "%s/tests/rules/invalid", root);
    DIR *d = opendir(path);
    if (!d)
        return false;
    for (struct dirent *e; folder_count < MOST_FOLDERS && (e = readdir(d)) != NULL;)
        if (!strchr(e->d_name, '.')) /* . and .. and README.md */
            folders[folder_count++] = strdup(e->d_name);
    closedir(d);
    qsort(folders, folder_count, sizeof *folders, compare_names);
    return folder_count > 0;
}

int main(void)
{
    static struct CMUnitTest tests[MOST_FOLDERS + 1];
    const char *source = getenv("ASSESS_SOURCE");
    snprintf(root, sizeof root, "%s", source && *source ? source : ".");
    if (!list_folders()) {
        fprintf(stderr, "no folder %s/tests/rules/invalid; run from the top of the sources or set ASSESS_SOURCE\n", root);
        return 1;
    }
    for (size_t i = 0; i < folder_count; i++)
        tests[i] = (struct CMUnitTest){folders[i], test_folder, NULL, NULL, folders[i]};
    tests[folder_count] = (struct CMUnitTest)cmocka_unit_test(test_every_message_has_a_folder);
    int failed = _cmocka_run_group_tests("invalid_rules", tests, folder_count + 1, NULL, NULL);
    for (size_t i = 0; i < folder_count; i++)
        free(folders[i]);
    return failed;
}
