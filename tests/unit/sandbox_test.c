/* sandbox: hostile rule files. Each is first loaded in a child process that may use 32 MiB more than it has and ten seconds
 * (ten times what it needs: the time decides nothing, it only ends a test that would hang), then here, where leaks are seen.
 * Both must refuse it, for the same reason at the same line, and load rules/bureau.lua afterwards. Line 1 is SCHEME. */
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/handles.h"
#include "made_rules.h"

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SANITIZED
#endif
#endif

enum { MORE_MEMORY = 32 * 1024 * 1024, MORE_SECONDS = 10 };

static char bureau[64 * 1024], dereliction[64 * 1024];

static int read_rules(void **state)
{
    const struct rule_file {
        const char *path;
        char *bytes;
        size_t size;
    } files[] = {{"rules/bureau.lua", bureau, sizeof bureau}, {"rules/dereliction-veto.lua", dereliction, sizeof dereliction}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        FILE *f = fopen(files[i].path, "rb");
        size_t n = f ? fread(files[i].bytes, 1, files[i].size - 1, f) : 0;
        if (f)
            fclose(f);
        if (!n)
            return -1;
    }
    return 0;
}

typedef struct verdict {
    assess_status status, bureau_after;
    char id[48], file[64];
    uint32_t line;
} verdict;

static verdict judge(text rules, const made_load *how)
{
    const made_file parts[] = {{"dereliction-veto", dereliction}, {NULL, NULL}};
    const made_load fine = {.period = "2026", .files = parts};
    assess_error err = {0}, none = {0};
    plan *p = NULL, *after = NULL;
    verdict v = {0};
    v.status = made_load_bytes(rules, how, &p, &err);
    v.line = err.line;
    snprintf(v.id, sizeof v.id, "%s", err.id);
    snprintf(v.file, sizeof v.file, "%.63s", err.file);
    plan_free(p);
    v.bureau_after = made_load_bytes(text_of(bureau), &fine, &after, &none);
    plan_free(after);
    return v;
}

/* Sanitizers need far more than the program and bring limits of their own. */
static void limit_this_process(void)
{
#ifndef SANITIZED
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%lu", &pages) == 1) {
        rlim_t most = (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + MORE_MEMORY;
        setrlimit(RLIMIT_AS, &(struct rlimit){most, most});
    }
    if (f)
        fclose(f);
    setrlimit(RLIMIT_CPU, &(struct rlimit){MORE_SECONDS, MORE_SECONDS});
#endif
}

static verdict judge_in_child(text rules, const made_load *how)
{
    int ends[2];
    verdict v = {.status = ASSESS_E_SYSTEM};
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        limit_this_process();
        v = judge(rules, how);
        _exit(write(ends[1], &v, sizeof v) == (ssize_t)sizeof v ? 0 : 1);
    }
    close(ends[1]);
    bool told = read(ends[0], &v, sizeof v) == (ssize_t)sizeof v;
    close(ends[0]);
    int end = 0;
    assert_int_equal(waitpid(child, &end, 0), child);
    assert_true(told && WIFEXITED(end) && WEXITSTATUS(end) == 0);
    return v;
}

static void check_attack(text rules, const made_load *how, const char *id, uint32_t at_line, const char *file, int line)
{
    const verdict both[] = {judge_in_child(rules, how), judge(rules, how)};
    for (size_t i = 0; i < 2; i++) {
        _assert_string_equal(both[i].id, id, file, line);
        _assert_int_equal(both[i].status, ASSESS_E_RULES, file, line);
        _assert_string_equal(both[i].file, "made.lua", file, line);
        _assert_int_equal(both[i].line, at_line, file, line);
        _assert_int_equal(both[i].bureau_after, ASSESS_OK, file, line);
    }
}
#define assert_stopped(rules, id, line) check_attack(text_of(rules), NULL, (id), (line), __FILE__, __LINE__)
#define assert_bytes_stopped(rules, id, line) check_attack(TEXT(rules), NULL, (id), (line), __FILE__, __LINE__)
#define assert_stopped_with(rules, id, line, ...) \
    check_attack(text_of(rules), &(made_load){__VA_ARGS__}, (id), (line), __FILE__, __LINE__)

/* One attack, one test. */
#define ATTACK(name, rules, id, line)           \
    static void name(void **state)              \
    {                                           \
        (void)state;                            \
        assert_stopped(SCHEME rules, id, line); \
    }

/* ---- work without end ---- */

ATTACK(test_load_ends_when_a_loop_does_not, "for i = 1, 1e18 do end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_nested_loops_do_not, "for i = 1, 1000000 do\nfor j = 1, 1000000 do end end\n", "rules.limit_steps", 3)
ATTACK(test_load_ends_when_a_loop_hardly_moves, "for x = 0, 1, 1e-15 do end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_a_tail_call_never_returns, "local function f()\nreturn f() end\nf()\n", "rules.limit_steps", 3)
ATTACK(test_load_ends_when_a_list_of_arguments_grows_for_ever, "local function f(...) return f(1, ...) end\nf()\n", "rules.environment", 2)
ATTACK(test_load_ends_when_an_iterator_never_ends, "local function more() return 1 end for x in more do end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_many_small_texts_are_made, "for i = 1, 1e9 do local s = 'x' .. i end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_clauses_never_end, "for i = 1, 1e9 do clause('c' .. i) end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_a_clause_is_named_for_ever, "for i = 1, 1e9 do clause 'c' end\n", "rules.limit_steps", 2)
ATTACK(test_load_ends_when_texts_are_kept_for_ever,
       "local s = 'x' for i = 1, 12 do s = s .. s end\nfor i = 1, 1e9 do clause(s) end\n", "rules.limit_steps", 3)
ATTACK(test_load_ends_when_equal_figures_are_made_for_ever,
       "local m = months_in_post()\nfor i = 1, 1e9 do local x = m + 1 end\n", "rules.limit_steps", 3)

/* With the plan nearly full, each further search for an equal figure is a long one. */
ATTACK(test_load_ends_when_a_full_plan_is_searched_for_ever,
       "local m = months_in_post() for i = 1, 9000 do local x = m + m:not_below(m) m = m + m end\n", "rules.too_many_nodes", 2)

/* A table as large as memory allows, looked through again and again. */
ATTACK(test_load_ends_when_large_tables_are_looked_through,
       "local c = param { 'c', choices = { 'x', 'y' }, default = 'x', " WORDS " }\nlocal t = { x = 1, y = 2 }\n"
       "for i = 1, 100000 do t['k' .. i] = 1 end\nfor i = 1, 1e9 do choose(c, t) end\n", "rules.choice_unknown", 5)

/* ---- memory without end ---- */

ATTACK(test_load_ends_when_a_recursion_never_returns, "local function f() return 1 + f() end\nf()\n", "rules.limit_memory", 2)
ATTACK(test_load_ends_when_a_list_grows_for_ever, "local t = {}\nfor i = 1, 1e9 do t[i] = i end\n", "rules.limit_memory", 3)
ATTACK(test_load_ends_when_a_table_of_names_grows_for_ever, "local t = {}\nfor i = 1, 1e9 do t['k' .. i] = i end\n", "rules.limit_memory", 3)
ATTACK(test_load_ends_when_tables_are_chained_for_ever, "local t = {}\nfor i = 1, 1e9 do t = { t } end\n", "rules.limit_memory", 3)
ATTACK(test_load_ends_when_functions_are_chained_for_ever,
       "local f = function() end\nfor i = 1, 1e9 do local g = f f = function() return g end end\n", "rules.limit_memory", 3)
ATTACK(test_load_ends_when_garbage_is_made_for_ever,
       "local s = 'x' for i = 1, 11 do s = s .. s end\nfor i = 1, 1e9 do\nlocal t = s .. i end\n", "rules.limit_memory", 4)
ATTACK(test_load_ends_when_a_text_doubles, "local s = 'x'\nfor i = 1, 60 do s = s .. s end\n", "rules.limit_text", 3)
ATTACK(test_load_ends_when_many_texts_are_joined_at_once,
       "local s = 'x' for i = 1, 12 do s = s .. s end\nlocal t = s .. s .. s .. s\n", "rules.limit_text", 3)

/* Two equal long texts would be compared byte by byte in one instruction, for nothing. */
static void test_load_ends_when_a_literal_is_longer_than_any_text(void **state)
{
    (void)state;
    static char rules[8192];
    int n = snprintf(rules, sizeof rules, SCHEME "local a =\n[[");
    memset(rules + n, 'x', 4097);
    snprintf(rules + n + 4097, 16, "]]\n");
    assert_stopped(rules, "rules.limit_text", 3);
}

/* ---- more than a plan can hold: what is outside Lua's own memory is bounded too ---- */

ATTACK(test_plan_ends_at_ten_thousand_figures, "local m = months_in_post()\nfor i = 1, 20000 do m = m + m end\n", "rules.too_many_nodes", 3)
ATTACK(test_plan_ends_at_ten_thousand_constants, "for i = 1, 20000 do local x = months_in_post() + i end\n", "rules.too_many_nodes", 2)
ATTACK(test_plan_ends_at_ten_thousand_named_figures, "for i = 1, 20000 do step { 1, " WORDS " } end\n", "rules.too_many_nodes", 2)
ATTACK(test_plan_ends_at_ten_thousand_statements,
       "local c = months_in_post():exactly(1)\nfor i = 1, 1e9 do exclude { c, " WORDS " } end\n", "rules.too_many_nodes", 3)
ATTACK(test_plan_ends_at_256_parameters,
       "for i = 1, 1e9 do param { 'p' .. i, choices = { 'x', 'y' }, default = 'x', " WORDS " } end\n", "rules.too_many_nodes", 2)
ATTACK(test_plan_ends_at_256_items,
       "local t = {} for i = 1, 257 do t[i] = { 'i' .. i, points = 1, " WORDS " } end\nitems(t)\n", "rules.too_many_nodes", 3)
ATTACK(test_plan_ends_at_512_kinds,
       "local t = {} for i = 1, 513 do t[i] = { 'k' .. i, " WORDS " } end\nkinds(t)\n", "rules.kind_twice", 3)
ATTACK(test_plan_ends_at_32_roles,
       "local t = {} for i = 1, 33 do t[i] = { 'r' .. i, " WORDS " } end\nroles(t)\n", "rules.role_twice", 3)
ATTACK(test_plan_ends_at_64_grades,
       SCORE "local t = {} for i = 1, 65 do t[i] = { 'g' .. i, from = 65 - i, " WORDS " } end\ngrades(t)\n", "rules.grades", 4)

/* ---- use ---- */

#define TITLED(title) "scheme { id = 'p', format = 1, title = { zh = '" title "', en = 't' } }\n"

static void test_use_in_a_circle_ends(void **state)
{
    static const made_file files[] = {{"made", TITLED("t") "use 'made'\n"}, {NULL, NULL}};
    (void)state;
    assert_stopped_with(SCHEME "use 'made'\n", "rules.use_cycle", 2, .files = files);
}

static void test_use_in_a_loop_ends(void **state)
{
    static const made_file files[] = {{"part", TITLED("t")}, {NULL, NULL}};
    (void)state;
    assert_stopped_with(SCHEME "for i = 1, 1e9 do use 'part' end\n", "rules.too_many_nodes", 2, .files = files);
}

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define THOUSAND HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED

/* Each clause of a used file is kept with the title of the file before it. */
static void test_use_with_a_long_title_and_clauses_without_end_ends(void **state)
{
    static const made_file files[] = {{"made", TITLED(THOUSAND THOUSAND THOUSAND) "for i = 1, 1e9 do clause 'c' end\n"}, {NULL, NULL}};
    (void)state;
    assert_stopped_with(SCHEME "use 'made'\n", "rules.limit_steps", 2, .files = files);
}

static void test_use_finds_nothing_outside_its_folders(void **state)
{
    static const char *const names[] = {"../bureau", "/etc/passwd", "./bureau", "rules/bureau", "bureau.lua", "bureau\\0x", "", "BUREAU", ".."};
    static const char *const folders[] = {"rules"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char rules[512];
        assess_error err = {0};
        plan *p = NULL;
        rule_place place = {.path = TEXT("rules/made.lua"), .folder = TEXT("rules/"), .folders = folders, .folder_count = 1};
        snprintf(rules, sizeof rules, SCHEME "use '%s'\n", names[i]);
        rules_request r = {.file_name = TEXT("made.lua"), .bytes = text_of(rules), .resolve = rule_resolve, .user = &place};
        assert_int_equal(rules_load(&r, &p, &err), ASSESS_E_RULES);
        assert_true(strcmp(err.id, "rules.use_missing") == 0 || strcmp(err.id, "rules.bad_text") == 0);
        assert_int_equal(err.line, 2);
    }
}

/* ---- bytes that are no rule file ---- */

static void test_compiled_lua_is_refused(void **state)
{
    (void)state;
    assert_bytes_stopped("\x1bLua\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08xV\x00\x00\x00", "rules.not_text", 1);
}

static void test_compiled_lua_without_a_nul_is_refused(void **state)
{
    (void)state;
    assert_bytes_stopped("\x1bLua\x54\x01\x19", "rules.lua", 1);
}

static void test_script_of_a_shell_is_refused(void **state)
{
    (void)state;
    assert_stopped("#!/usr/bin/lua\n" SCHEME SCORE, "rules.lua", 1);
}

static void test_nul_is_refused(void **state)
{
    (void)state;
    assert_bytes_stopped(SCHEME "-- a\0b\n", "rules.not_text", 2);
}

static void test_bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    assert_bytes_stopped(SCHEME "\n-- \xff\n", "rules.not_text", 3);
    assert_bytes_stopped(SCHEME "-- \xc0\xaf overlong\n", "rules.not_text", 2);
    assert_bytes_stopped(SCHEME "-- \xed\xa0\x80 surrogate\n", "rules.not_text", 2);
    assert_bytes_stopped(SCHEME "-- cut \xe4\xb8", "rules.not_text", 2);
}

static void test_text_made_of_other_bytes_is_refused(void **state)
{
    (void)state;
    assert_stopped(SCHEME "clause '\\xff'\n", "rules.bad_text", 2);
    assert_stopped(SCHEME "clause 'a\\0b'\n", "rules.bad_text", 2);
    assert_stopped(SCHEME "clause ''\n", "rules.bad_text", 2);
}

static void test_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    plan *p = load("\xEF\xBB\xBF" SCHEME SCORE);
    assert_int_equal(p->files[0].bytes.length, strlen("\xEF\xBB\xBF" SCHEME SCORE)); /* kept as it was */
    plan_free(p);
}

static void test_second_byte_order_mark_is_refused(void **state)
{
    (void)state;
    assert_stopped("\xEF\xBB\xBF\xEF\xBB\xBF" SCHEME SCORE, "rules.lua", 1);
}

static void test_file_of_256_kib_is_the_longest(void **state)
{
    (void)state;
    static char rules[RULES_MAX_SOURCE + 2];
    int n = snprintf(rules, sizeof rules, SCHEME SCORE "--");
    memset(rules + n, ' ', sizeof rules - 1 - (size_t)n);
    rules[RULES_MAX_SOURCE] = '\0';
    plan_free(load(rules));
    rules[RULES_MAX_SOURCE] = ' ';
    assert_stopped(rules, "rules.too_long", 1);
}

static void test_file_without_a_word_is_refused(void **state)
{
    (void)state;
    assert_stopped("", "rules.no_scheme", 1);
    assert_stopped("-- nothing\n\n", "rules.no_scheme", 1);
}

/* ---- nesting that a parser could break on ---- */

/* Before, then n times open, a 1, n times close. Lua's parser says only that it gave up, not where: line 1 stands for the
 * file. */
static void check_nesting(const char *open, const char *close, size_t n, const char *id)
{
    static char rules[RULES_MAX_SOURCE];
    size_t length = (size_t)snprintf(rules, sizeof rules, SCHEME "local x = ");
    for (size_t i = 0; i < n; i++, length += strlen(open))
        memcpy(rules + length, open, strlen(open));
    rules[length++] = '1';
    for (size_t i = 0; i < n; i++, length += strlen(close))
        memcpy(rules + length, close, strlen(close));
    rules[length++] = '\n';
    rules[length] = '\0';
    assert_stopped(rules, id, 1);
}

static void test_parentheses_nest_only_so_deep(void **state)
{
    (void)state;
    check_nesting("(", ")", 100000, "rules.lua");
}

static void test_braces_nest_only_so_deep(void **state)
{
    (void)state;
    check_nesting("{", "}", 100000, "rules.lua");
}

static void test_functions_nest_only_so_deep(void **state)
{
    (void)state;
    check_nesting("function() return ", " end", 5000, "rules.lua");
}

static void test_minus_signs_nest_only_so_deep(void **state)
{
    (void)state;
    check_nesting("- ", "", 50000, "rules.lua");
}

static void test_locals_are_at_most_two_hundred(void **state)
{
    (void)state;
    static char rules[8192];
    size_t length = (size_t)snprintf(rules, sizeof rules, SCHEME "local a0");
    for (int i = 1; i <= 200; i++)
        length += (size_t)snprintf(rules + length, sizeof rules - length, ", a%d", i);
    snprintf(rules + length, sizeof rules - length, " = 1\n");
    assert_stopped(rules, "rules.lua", 2);
}

ATTACK(test_table_within_itself_is_no_list_of_items, "local t = {} t[1] = t\nitems(t)\n", "rules.not_a_text", 3)
ATTACK(test_table_within_itself_is_no_list_of_kinds, "local t = {} t[1] = t\nkinds(t)\n", "rules.not_a_text", 3)
ATTACK(test_deep_tables_are_no_figure, "local t = {} for i = 1, 10000 do t = { t } end\nstep { t, " WORDS " }\n", "rules.not_a_figure", 3)

/* ---- what Lua has and the rule language has not ---- */

static void test_no_library_of_lua_is_there(void **state)
{
    static const char *const names[] = {
        "io",      "os",       "package",  "require",    "debug",    "coroutine",    "utf8",         "load",    "loadstring",
        "loadfile", "dofile",  "print",    "warn",       "next",     "collectgarbage", "rawget",     "rawset",  "rawequal",
        "rawlen",  "pairs",    "select",   "getmetatable", "setmetatable", "pcall",  "xpcall",       "error",   "assert",
        "type",    "tostring", "tonumber", "string",     "table",    "math",         "_VERSION",     "arg",     "unpack"};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char rules[512];
        snprintf(rules, sizeof rules, SCHEME "%s()\n", names[i]);
        assert_refused(rules, "rules.unknown_word", 2);
    }
}

static void test_every_refused_word_is_refused_with_its_line(void **state)
{
    static const char *const words[][2] = {
        {"if", "rules.decides"},     {"elseif", "rules.decides"}, {"while", "rules.decides"},   {"repeat", "rules.decides"},
        {"until", "rules.decides"},  {"goto", "rules.decides"},   {"and", "rules.logic"},       {"or", "rules.logic"},
        {"not", "rules.logic"},      {"_ENV", "rules.environment"}, {"_G", "rules.environment"}, {"==", "rules.equals"},
        {"~=", "rules.equals"},      {"<", "rules.compares"},     {">", "rules.compares"},      {"<=", "rules.compares"},
        {">=", "rules.compares"},    {"&", "rules.operator"},     {"|", "rules.operator"},      {"~", "rules.operator"},
        {"^", "rules.operator"},     {"<<", "rules.operator"},    {">>", "rules.operator"},     {"<close>", "rules.environment"},
        {"< close >", "rules.compares"}};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        char rules[512];
        snprintf(rules, sizeof rules, SCHEME "\nlocal x = 1 %s 2\n", words[i][0]);
        assert_refused(rules, words[i][1], 3);
    }
}

ATTACK(test_texts_have_no_methods, "local s = ('x'):rep(1000000)\n", "rules.lua", 2)
ATTACK(test_texts_are_no_numbers, "local x = '10' + 1\n", "rules.lua", 2)
ATTACK(test_numbers_have_no_fields, "local x = (5).x\n", "rules.lua", 2)
ATTACK(test_nothing_has_no_fields, "local x = step { 1, " WORDS " }\nlocal t = {}\nlocal y = t.a.b\n", "rules.lua", 4)
ATTACK(test_nothing_cannot_be_called, "local t = {}\nt.f()\n", "rules.lua", 3)
ATTACK(test_globals_cannot_be_set, "step = 1\n", "rules.global", 2)
ATTACK(test_functions_cannot_be_global, "function f() end\n", "rules.global", 2)
ATTACK(test_errors_of_a_file_cannot_be_tables, "local t = {} t = t .. t\n", "rules.lua", 2)

/* ---- what a rule file holds in its hands ---- */

ATTACK(test_figures_cannot_be_joined, "local s = months_in_post() .. 'x'\n", "rules.operator_on_symbol", 2)
ATTACK(test_figures_have_no_length, "local n = #months_in_post()\n", "rules.operator_on_symbol", 2)
ATTACK(test_figures_cannot_be_divided_into_whole_numbers, "local n = months_in_post() // 2\n", "rules.operator_on_symbol", 2)
ATTACK(test_figures_have_no_remainder, "local n = months_in_post() % 2\n", "rules.operator_on_symbol", 2)
ATTACK(test_figures_cannot_be_called, "months_in_post()()\n", "rules.operator_on_symbol", 2)
ATTACK(test_figures_cannot_be_written_to, "local m = months_in_post()\nm.x = 1\n", "rules.operator_on_symbol", 3)
ATTACK(test_figures_have_no_hidden_fields, "local m = months_in_post()\nlocal i = m.__index\n", "rules.unknown_method", 3)
ATTACK(test_figures_have_no_finalizer, "local m = months_in_post()\nlocal g = m.__gc\n", "rules.unknown_method", 3)
ATTACK(test_figures_are_indexed_by_words_only, "local m = months_in_post()\nlocal g = m[1]\n", "rules.unknown_method", 3)
ATTACK(test_methods_need_their_own_object, "local mean = across { months_in_post(), within = 'batch' }.mean\nmean(5)\n", "rules.wrong_symbol", 3)
ATTACK(test_methods_need_an_object_at_all, "local mean = across { months_in_post(), within = 'batch' }.mean\nmean()\n", "rules.wrong_symbol", 3)
ATTACK(test_words_need_their_arguments, "events()\n", "rules.not_a_table", 2)

/* The function that goes through a list can be called with anything. */
ATTACK(test_iterator_of_a_list_takes_nothing_but_lists, "local next_one = ipairs {}\nnext_one(5, 0)\n", "rules.not_a_table", 3)
ATTACK(test_iterator_of_a_list_takes_no_figure, "local next_one = ipairs {}\nnext_one(months_in_post(), 0)\n", "rules.not_a_table", 3)
ATTACK(test_iterator_of_a_list_counts_by_numbers, "local next_one = ipairs {}\nnext_one({}, 'x')\n", "rules.lua", 3)

static void test_iterator_of_a_list_survives_the_largest_number(void **state)
{
    (void)state;
    plan_free(load(SCHEME "local next_one = ipairs {}\nnext_one({}, 9223372036854775807)\n" SCORE));
}

/* ---- words hidden from the look at the text ---- */

ATTACK(test_word_behind_an_escaped_line_end_is_seen, "local s = 'x\\\r\n' while 1 do end --'\n", "rules.decides", 3)
ATTACK(test_word_behind_skipped_blanks_is_seen, "local s = 'x\\z\n   ' while 1 do end --'\n", "rules.decides", 3)
ATTACK(test_word_behind_a_comment_ended_by_a_return_is_seen, "-- comment\rwhile 1 do end\n", "rules.decides", 3)
ATTACK(test_word_behind_a_long_comment_is_seen, "--[==[ ]] ]=] \n]==] while 1 do end\n", "rules.decides", 3)
ATTACK(test_word_behind_a_long_text_is_seen, "local s = [=[ ]] ' ]=] while 1 do end\n", "rules.decides", 2)
ATTACK(test_word_behind_an_escaped_quote_is_seen, "local s = 'a\\'' while 1 do end --'\n", "rules.decides", 2)
ATTACK(test_word_behind_an_escaped_backslash_is_seen, "local s = 'a\\\\' while 1 do end --'\n", "rules.decides", 2)
ATTACK(test_word_behind_a_number_is_seen, "local s = 0x1p-4 while 1 do end\n", "rules.decides", 2)

static void test_words_inside_texts_comments_and_names_are_nothing(void **state)
{
    (void)state;
    plan_free(load(SCHEME "-- if while == <\n--[[ goto\n~= ]]\nlocal note = 'if a == b' .. \"while\" .. [[or\nnot]] .. '\\z\n  and'\n"
                          "local iffy, ander, x_ENV <const> = 1, 2e-3, 3\n" SCORE));
}

/* Line 1 ends with \n\r, line 2 with \r\n, line 3 with \n\r: each pair is one end. */
static void test_lines_are_counted_as_lua_counts_them(void **state)
{
    (void)state;
    assert_refused(SCHEME "\r\r\n\n\rwhile 1 do end\n", "rules.decides", 4);
    assert_refused(SCHEME "\r\r\n\n\r+\n", "rules.lua", 4);
    assert_refused(SCHEME "-- a comment\r\r'x\\\r\n' while\n", "rules.decides", 5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_load_ends_when_a_loop_does_not),
        cmocka_unit_test(test_load_ends_when_nested_loops_do_not),
        cmocka_unit_test(test_load_ends_when_a_loop_hardly_moves),
        cmocka_unit_test(test_load_ends_when_a_tail_call_never_returns),
        cmocka_unit_test(test_load_ends_when_a_list_of_arguments_grows_for_ever),
        cmocka_unit_test(test_load_ends_when_an_iterator_never_ends),
        cmocka_unit_test(test_load_ends_when_many_small_texts_are_made),
        cmocka_unit_test(test_load_ends_when_clauses_never_end),
        cmocka_unit_test(test_load_ends_when_a_clause_is_named_for_ever),
        cmocka_unit_test(test_load_ends_when_texts_are_kept_for_ever),
        cmocka_unit_test(test_load_ends_when_equal_figures_are_made_for_ever),
        cmocka_unit_test(test_load_ends_when_a_full_plan_is_searched_for_ever),
        cmocka_unit_test(test_load_ends_when_large_tables_are_looked_through),
        cmocka_unit_test(test_load_ends_when_a_recursion_never_returns),
        cmocka_unit_test(test_load_ends_when_a_list_grows_for_ever),
        cmocka_unit_test(test_load_ends_when_a_table_of_names_grows_for_ever),
        cmocka_unit_test(test_load_ends_when_tables_are_chained_for_ever),
        cmocka_unit_test(test_load_ends_when_functions_are_chained_for_ever),
        cmocka_unit_test(test_load_ends_when_garbage_is_made_for_ever),
        cmocka_unit_test(test_load_ends_when_a_text_doubles),
        cmocka_unit_test(test_load_ends_when_many_texts_are_joined_at_once),
        cmocka_unit_test(test_load_ends_when_a_literal_is_longer_than_any_text),
        cmocka_unit_test(test_plan_ends_at_ten_thousand_figures),
        cmocka_unit_test(test_plan_ends_at_ten_thousand_constants),
        cmocka_unit_test(test_plan_ends_at_ten_thousand_named_figures),
        cmocka_unit_test(test_plan_ends_at_ten_thousand_statements),
        cmocka_unit_test(test_plan_ends_at_256_parameters),
        cmocka_unit_test(test_plan_ends_at_256_items),
        cmocka_unit_test(test_plan_ends_at_512_kinds),
        cmocka_unit_test(test_plan_ends_at_32_roles),
        cmocka_unit_test(test_plan_ends_at_64_grades),
        cmocka_unit_test(test_use_in_a_circle_ends),
        cmocka_unit_test(test_use_in_a_loop_ends),
        cmocka_unit_test(test_use_with_a_long_title_and_clauses_without_end_ends),
        cmocka_unit_test(test_use_finds_nothing_outside_its_folders),
        cmocka_unit_test(test_compiled_lua_is_refused),
        cmocka_unit_test(test_compiled_lua_without_a_nul_is_refused),
        cmocka_unit_test(test_script_of_a_shell_is_refused),
        cmocka_unit_test(test_nul_is_refused),
        cmocka_unit_test(test_bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(test_text_made_of_other_bytes_is_refused),
        cmocka_unit_test(test_byte_order_mark_is_skipped),
        cmocka_unit_test(test_second_byte_order_mark_is_refused),
        cmocka_unit_test(test_file_of_256_kib_is_the_longest),
        cmocka_unit_test(test_file_without_a_word_is_refused),
        cmocka_unit_test(test_parentheses_nest_only_so_deep),
        cmocka_unit_test(test_braces_nest_only_so_deep),
        cmocka_unit_test(test_functions_nest_only_so_deep),
        cmocka_unit_test(test_minus_signs_nest_only_so_deep),
        cmocka_unit_test(test_locals_are_at_most_two_hundred),
        cmocka_unit_test(test_table_within_itself_is_no_list_of_items),
        cmocka_unit_test(test_table_within_itself_is_no_list_of_kinds),
        cmocka_unit_test(test_deep_tables_are_no_figure),
        cmocka_unit_test(test_no_library_of_lua_is_there),
        cmocka_unit_test(test_every_refused_word_is_refused_with_its_line),
        cmocka_unit_test(test_texts_have_no_methods),
        cmocka_unit_test(test_texts_are_no_numbers),
        cmocka_unit_test(test_numbers_have_no_fields),
        cmocka_unit_test(test_nothing_has_no_fields),
        cmocka_unit_test(test_nothing_cannot_be_called),
        cmocka_unit_test(test_globals_cannot_be_set),
        cmocka_unit_test(test_functions_cannot_be_global),
        cmocka_unit_test(test_errors_of_a_file_cannot_be_tables),
        cmocka_unit_test(test_figures_cannot_be_joined),
        cmocka_unit_test(test_figures_have_no_length),
        cmocka_unit_test(test_figures_cannot_be_divided_into_whole_numbers),
        cmocka_unit_test(test_figures_have_no_remainder),
        cmocka_unit_test(test_figures_cannot_be_called),
        cmocka_unit_test(test_figures_cannot_be_written_to),
        cmocka_unit_test(test_figures_have_no_hidden_fields),
        cmocka_unit_test(test_figures_have_no_finalizer),
        cmocka_unit_test(test_figures_are_indexed_by_words_only),
        cmocka_unit_test(test_methods_need_their_own_object),
        cmocka_unit_test(test_methods_need_an_object_at_all),
        cmocka_unit_test(test_words_need_their_arguments),
        cmocka_unit_test(test_iterator_of_a_list_takes_nothing_but_lists),
        cmocka_unit_test(test_iterator_of_a_list_takes_no_figure),
        cmocka_unit_test(test_iterator_of_a_list_counts_by_numbers),
        cmocka_unit_test(test_iterator_of_a_list_survives_the_largest_number),
        cmocka_unit_test(test_word_behind_an_escaped_line_end_is_seen),
        cmocka_unit_test(test_word_behind_skipped_blanks_is_seen),
        cmocka_unit_test(test_word_behind_a_comment_ended_by_a_return_is_seen),
        cmocka_unit_test(test_word_behind_a_long_comment_is_seen),
        cmocka_unit_test(test_word_behind_a_long_text_is_seen),
        cmocka_unit_test(test_word_behind_an_escaped_quote_is_seen),
        cmocka_unit_test(test_word_behind_an_escaped_backslash_is_seen),
        cmocka_unit_test(test_word_behind_a_number_is_seen),
        cmocka_unit_test(test_words_inside_texts_comments_and_names_are_nothing),
        cmocka_unit_test(test_lines_are_counted_as_lua_counts_them),
    };
    return cmocka_run_group_tests(tests, read_rules, NULL);
}
