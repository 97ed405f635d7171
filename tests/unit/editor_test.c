/* editor: rules/assess.d.lua, what an editor knows of the language, names every word and every method and nothing else. */
#include <lauxlib.h>

#include "made_rules.h"

static char definitions[256 * 1024];

/* By what is said behind it (rules_symbol_name): the tables of the file that hold its methods, its own and its parents'. */
static const struct holder {
    const char *symbol, *tables;
} holders[] = {
    {"a figure", "number ordered value"},
    {"a condition", "truth ordered value"},
    {"a word", "word value"},
    {"a grade", "grade_value value"},
    {"a day", "day_value time ordered value"},
    {"a time", "minute time ordered value"},
    {"ballots", "ballot_value"},
    {"points of ballots", "points_value"},
    {"events", "event_value"},
    {"figures of events", "figures_value"},
    {"a rounding", "rounding"},
    {"a choice", "choice"},
    {"a cohort", "across_value"},
    {"a measure", "measure_value"},
    {"an earlier period", "past_value"},
    {"earlier years", "past_years_value"},
};

static bool defines(const char *table, size_t length, const char *method)
{
    char line[128];
    if (length)
        snprintf(line, sizeof line, "\nfunction %.*s:%s(", (int)length, table, method);
    else
        snprintf(line, sizeof line, "\nfunction %s(", method);
    return strstr(definitions, line) != NULL;
}

static const char *tables_of(const char *symbol)
{
    for (size_t i = 0; i < sizeof holders / sizeof *holders; i++)
        if (strcmp(holders[i].symbol, symbol) == 0)
            return holders[i].tables;
    print_error("editor_test.c does not know which table holds the methods of '%s'\n", symbol);
    return "";
}

static bool is_defined_for(const char *symbol, const char *method)
{
    const char *at = tables_of(symbol);
    while (*at) {
        size_t length = strcspn(at, " ");
        if (defines(at, length, method))
            return true;
        at += length + (at[length] == ' ');
    }
    return false;
}

static void test_every_word_is_defined(void **state)
{
    size_t missing = 0;
    (void)state;
    for (size_t i = 0; rules_word(i); i++) {
        if (defines("", 0, rules_word(i)))
            continue;
        print_error("rules/assess.d.lua has no `function %s(`\n", rules_word(i));
        missing++;
    }
    assert_int_equal(missing, 0);
}

static void test_every_method_is_defined_for_everything_it_is_said_of(void **state)
{
    size_t missing = 0;
    unsigned kinds;
    const char *name;
    (void)state;
    for (size_t i = 0; (name = rules_method(i, &kinds)) != NULL; i++)
        for (unsigned k = 0; rules_symbol_name(k); k++) {
            if (!(kinds >> k & 1) || is_defined_for(rules_symbol_name(k), name))
                continue;
            print_error("rules/assess.d.lua has no method :%s of %s\n", name, rules_symbol_name(k));
            missing++;
        }
    assert_int_equal(missing, 0);
}

static bool is_word(const char *name, size_t length)
{
    for (size_t i = 0; rules_word(i); i++)
        if (strlen(rules_word(i)) == length && memcmp(rules_word(i), name, length) == 0)
            return true;
    return length == 4 && memcmp(name, "case", 4) == 0; /* of the cases files */
}

static bool is_method(const char *name, size_t length)
{
    unsigned kinds;
    const char *known;
    for (size_t i = 0; (known = rules_method(i, &kinds)) != NULL; i++)
        if (strlen(known) == length && memcmp(known, name, length) == 0)
            return true;
    return false;
}

static void test_nothing_is_defined_that_is_no_word(void **state)
{
    static const char head[] = "\nfunction ";
    (void)state;
    for (const char *at = definitions; (at = strstr(at, head)) != NULL;) {
        at += sizeof head - 1;
        size_t length = strcspn(at, "("), table = strcspn(at, ":(");
        bool known = table < length ? is_method(at + table + 1, length - table - 1) : is_word(at, length);
        if (!known)
            print_error("rules/assess.d.lua: %.*s is no word of the language\n", (int)length, at);
        assert_true(known);
    }
}

/* A line of documentation stands before every function and its parameters. */
static void test_every_function_has_a_line_of_documentation(void **state)
{
    (void)state;
    size_t functions = 0, documented = 0;
    bool said = false;
    for (const char *at = definitions; *at;) {
        size_t length = strcspn(at, "\n");
        if (strncmp(at, "---", 3) == 0)
            said |= at[3] != '@';
        else if (strncmp(at, "function ", 9) == 0) {
            functions++;
            documented += said;
            if (!said)
                print_error("no documentation: %.*s\n", (int)length, at);
            said = false;
        } else
            said = false;
        at += length + (at[length] == '\n');
    }
    assert_true(functions > 100);
    assert_int_equal(functions, documented);
}

static void test_file_is_lua(void **state)
{
    (void)state;
    lua_State *L = luaL_newstate();
    assert_non_null(L);
    assert_int_equal(luaL_loadbufferx(L, definitions, strlen(definitions), "=assess.d.lua", "t"), LUA_OK);
    lua_close(L);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_word_is_defined),
        cmocka_unit_test(test_every_method_is_defined_for_everything_it_is_said_of),
        cmocka_unit_test(test_nothing_is_defined_that_is_no_word),
        cmocka_unit_test(test_file_is_lua),
        cmocka_unit_test(test_every_function_has_a_line_of_documentation),
    };
    FILE *f = fopen("rules/assess.d.lua", "rb");
    if (!f) {
        fprintf(stderr, "no rules/assess.d.lua; run from the top of the sources\n");
        return 1;
    }
    definitions[fread(definitions, 1, sizeof definitions - 1, f)] = '\0';
    fclose(f);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
