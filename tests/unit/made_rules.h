/* made_rules: rule files written in a test, loaded or refused. */
#ifndef MADE_RULES_H
#define MADE_RULES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "rules/rules.h"

/* One line, so that the first line of what follows is line 2. */
#define SCHEME "scheme { id = 'x', format = 1, title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }\n"
#define ITEMS "items { { 'a', zh = '甲项', en = 'A', points = 60 }, { 'b', zh = '乙项', en = 'B', points = 40 } }\n"
#define ROLES "roles { 'self', 'peer', 'leader' }\n"
#define KINDS "kinds { { 'fault', zh = '过错', en = 'Fault' }, { 'bonus', zh = '加分', en = 'Bonus' } }\n"
#define WORDS "zh = '字', en = 'word'"
/* A score that needs nothing: for files that are about something else. */
#define SCORE "score { 1, round = half_up(0), " WORDS " }\n"

/* Files that `use` finds, by name. */
typedef struct made_file {
    const char *name, *text;
} made_file;

static inline bool made_resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    for (const made_file *f = user; f && f->name; f++) {
        if (!text_equal(name, text_of(f->name)))
            continue;
        buffer b = {0};
        buffer_add_text(&b, name);
        buffer_add_string(&b, ".lua");
        char *kept = b.failed ? NULL : arena_text(memory, b.bytes, b.length);
        *bytes = text_of(f->text);
        *file_name = (text){kept, kept ? b.length : 0};
        buffer_free(&b);
        return true;
    }
    return false;
}

/* A data file by its whole name, from the same list. */
static inline bool made_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)memory;
    for (const made_file *f = user; f && f->name; f++)
        if (text_equal(name, text_of(f->name))) {
            *bytes = text_of(f->text);
            *file_name = text_of(f->name);
            return true;
        }
    return false;
}

enum { MADE_SETTINGS = 8 };

/* Everything a load may be given; settings end with NULL. */
typedef struct made_load {
    const char *period, *settings[MADE_SETTINGS];
    const made_file *files;
} made_load;

static inline assess_status made_load_bytes(text bytes, const made_load *how, plan **out, assess_error *err)
{
    text settings[MADE_SETTINGS];
    rules_request r = {.file_name = TEXT("made.lua"), .bytes = bytes, .settings = settings, .resolve = made_resolve, .data = made_data};
    if (how) {
        r.period = text_of(how->period);
        r.user = (void *)(uintptr_t)how->files;
        while (r.setting_count < MADE_SETTINGS && how->settings[r.setting_count]) {
            settings[r.setting_count] = text_of(how->settings[r.setting_count]);
            r.setting_count++;
        }
    }
    return rules_load(&r, out, err);
}

static inline plan *made_plan_of(const char *rules, const made_load *how, const char *file, int line)
{
    assess_error err = {0};
    plan *p = NULL;
    if (made_load_bytes(text_of(rules), how, &p, &err))
        print_error("%s:%u: %s\n", err.file, err.line, err.message[ASSESS_EN]);
    _assert_int_equal(err.status, ASSESS_OK, file, line);
    return p;
}
#define load(rules) made_plan_of((rules), NULL, __FILE__, __LINE__)
#define load_with(rules, ...) made_plan_of((rules), &(made_load){__VA_ARGS__}, __FILE__, __LINE__)

static inline void made_refusal(const char *rules, const made_load *how, assess_status status, const char *id,
                                uint32_t at_line, const char *file, int line)
{
    assess_error err = {0};
    plan *p = NULL;
    _assert_int_equal(made_load_bytes(text_of(rules), how, &p, &err), status, file, line);
    _assert_string_equal(err.id, id, file, line);
    _assert_int_equal(err.line, at_line, file, line);
    _assert_true(p == NULL, "nothing is handed out", file, line);
}
#define assert_refused(rules, id, at_line) \
    made_refusal((rules), NULL, ASSESS_E_RULES, (id), (at_line), __FILE__, __LINE__)
#define assert_refused_with(rules, status, id, at_line, ...) \
    made_refusal((rules), &(made_load){__VA_ARGS__}, (status), (id), (at_line), __FILE__, __LINE__)

static inline void made_text_equal(text found, const char *expected, const char *file, int line)
{
    char shown[4096];
    size_t n = found.length < sizeof shown - 1 ? found.length : sizeof shown - 1;
    if (n)
        memcpy(shown, found.bytes, n);
    shown[n] = '\0';
    _assert_string_equal(shown, expected, file, line);
}
#define assert_text(found, expected) made_text_equal((found), (expected), __FILE__, __LINE__)

static inline void made_formula(const plan *p, node_id id, assess_language language, const char *expected,
                                const char *file, int line)
{
    buffer b = {0};
    plan_print_formula(p, id, language, &b);
    made_text_equal(buffer_text(&b), expected, file, line);
    buffer_free(&b);
}
#define assert_formula(p, id, expected) made_formula((p), (id), ASSESS_EN, (expected), __FILE__, __LINE__)

/* The n-th statement of that kind, counted from 0. */
static inline const statement *made_statement(const plan *p, statement_kind kind, size_t n)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].kind == kind && n-- == 0)
            return &p->statements[i];
    fail_msg("no such statement");
    return NULL;
}

/* The figure of the n-th step. */
static inline node_id made_step(const plan *p, size_t n) { return made_statement(p, STATEMENT_STEP, n)->node; }

#endif
