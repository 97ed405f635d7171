/* made_tables: tables given as text in the test, read as files would be. */
#ifndef MADE_TABLES_H
#define MADE_TABLES_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "exchange/reading.h"

#define WORD(id, zh, en) {{id, sizeof id - 1}, {zh, sizeof zh - 1}, {en, sizeof en - 1}}

/* ---- the scheme `bureau`, in figures as in the contract ---- */

static const vocabulary_item BUREAU_ITEMS[] = {
    {WORD("virtue", "德", "Virtue"), {10, 0}, NULL, 0, false},
    {WORD("ability", "能", "Ability"), {10, 0}, NULL, 0, false},
    {WORD("diligence", "勤", "Diligence"), {10, 0}, NULL, 0, false},
    {WORD("performance", "绩", "Performance"), {60, 0}, NULL, 0, false},
    {WORD("integrity", "廉", "Integrity"), {10, 0}, NULL, 0, false},
};

static const vocabulary_role ROLES[] = {
    {WORD("self", "本人", "self"), false},           {WORD("peer", "群众", "peer"), true},
    {WORD("leader", "领导", "leader"), true},        {WORD("committee", "考评组", "committee"), false},
    {WORD("public", "社会", "public"), false},
};

static const vocabulary_kind KINDS[] = {
    {WORD("sick-leave", "病假", "sick leave"), true, false, false, false},
    {WORD("deduction", "扣分", "deduction"), true, true, false, false},
    {WORD("balancing", "搞平衡", "balancing"), true, true, false, true},
    {WORD("overtime", "加班", "overtime"), true, false, true, false},
    {WORD("veto", "一票否决", "veto"), false, false, false, false},
};

static const vocabulary_measure MEASURES[] = {{WORD("completion-rate", "完成率", "completion rate"), 0},
                                           {WORD("average-days", "平均天数", "average days"), 0}};

static inline vocabulary bureau(void)
{
    vocabulary v = {.items = BUREAU_ITEMS,
                    .item_count = 5,
                    .roles = ROLES,
                    .role_count = 5,
                    .kinds = KINDS,
                    .kind_count = 5,
                    .measures = MEASURES,
                    .measure_count = 2};
    date_make(2026, 1, 1, &v.period.from);
    date_make(2026, 12, 31, &v.period.to);
    return v;
}

/* ---- the scheme `democratic-review`: one item with options, lenient ---- */

static const vocabulary_word OPINIONS[] = {WORD("A", "满意", "satisfied"), WORD("B", "基本满意", "mostly satisfied"),
                                           WORD("C", "一般", "so-so"), WORD("D", "不满意", "dissatisfied"),
                                           WORD("F", "不了解", "do not know")};
static const vocabulary_item REVIEW_ITEMS[] = {{WORD("opinion", "评议意见", "Opinion"), {0, 0}, OPINIONS, 5, true}};
static const vocabulary_role REVIEW_ROLES[] = {{WORD("public", "社会", "public"), true}};

static inline vocabulary review(void)
{
    vocabulary v = bureau();
    v.items = REVIEW_ITEMS;
    v.item_count = 1;
    v.roles = REVIEW_ROLES;
    v.role_count = 1;
    return v;
}

/* The same item, but a blank or doubly marked cell is an error. */
static const vocabulary_item STRICT_ITEMS[] = {{WORD("opinion", "评议意见", "Opinion"), {0, 0}, OPINIONS, 5, false}};

static inline vocabulary strict_review(void)
{
    vocabulary v = review();
    v.items = STRICT_ITEMS;
    return v;
}

/* ---- reading ---- */

static const feed_limits USUAL = {1 << 20, 1 << 24, 0};

typedef struct given {
    batch_table table;
    const char *bytes;
    size_t length; /* 0: up to the NUL */
} given;

#define PEOPLE(text) {TABLE_PEOPLE, (text), 0}
#define RATINGS(text) {TABLE_RATINGS, (text), 0}
#define EVENTS(text) {TABLE_EVENTS, (text), 0}
#define FOUR_PEOPLE PEOPLE("id,name\n1,甲\n2,乙\n3,丙\n4,丁\n")
#define ITEMS "virtue,ability,diligence,performance,integrity"

static inline batch *read_with(vocabulary words, const given *tables, size_t count, read_options options,
                               feed_limits limits)
{
    static const char *const names[] = {"people.csv", "ratings.csv", "events.csv", "measures.csv", "history.csv", "decisions.csv"};
    batch *b = batch_new(&words);
    assert_non_null(b);
    for (size_t i = 0; i < count; i++) {
        assess_error err = {0};
        size_t length = tables[i].length ? tables[i].length : strlen(tables[i].bytes);
        assess_status status = exchange_read_memory(b, tables[i].table, text_of(names[tables[i].table]), tables[i].bytes,
                                                    length, &options, limits, &err);
        if (status != ASSESS_OK)
            fail_msg("%s", err.message[ASSESS_EN]);
    }
    assert_true(batch_finish(b, options.threads));
    return b;
}

#define READ(words, ...) \
    read_with((words), (const given[]){__VA_ARGS__}, sizeof((const given[]){__VA_ARGS__}) / sizeof(given), \
              (read_options){.threads = 2}, USUAL)

/* ---- problems ---- */

static inline const problem *find_problem(const batch *b, const char *id, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < b->problems.count; i++) {
        const problem *p = &b->problems.items[i];
        if (strcmp(message_name(p->what.id), id) == 0 && p->row == row && p->column == column)
            return p;
    }
    return NULL;
}

static inline void print_problems(const batch *b)
{
    for (size_t i = 0; i < b->problems.count; i++) {
        const problem *p = &b->problems.items[i];
        buffer out = {0};
        message_render(&out, p->what, ASSESS_EN);
        print_message("  %s %u:%u %.*s\n", message_name(p->what.id), p->row, p->column, (int)out.length, out.bytes);
        buffer_free(&out);
    }
}

static inline void check_counts(const batch *b, size_t errors, size_t notices, const char *file, int line)
{
    if (b->problems.errors != errors || b->problems.notices != notices)
        print_problems(b);
    _assert_int_equal(b->problems.errors, errors, file, line);
    _assert_int_equal(b->problems.notices, notices, file, line);
}

static inline const problem *check_problem(const batch *b, problem_severity severity, const char *id, uint32_t row,
                                           uint32_t column, const char *file, int line)
{
    const problem *p = find_problem(b, id, row, column);
    if (!p) {
        print_problems(b);
        print_error("%s is not there\n", id);
        _fail(file, line);
    }
    _assert_int_equal(p->severity, severity, file, line);
    return p;
}

/* There are errors and notices enough. */
#define assert_counts(b, errors, notices) check_counts((b), (errors), (notices), __FILE__, __LINE__)
#define assert_clean(b) assert_counts((b), 0, 0)
#define assert_error(b, id, row, column) check_problem((b), PROBLEM_ERROR, (id), (row), (column), __FILE__, __LINE__)
#define assert_notice(b, id, row, column) check_problem((b), PROBLEM_NOTICE, (id), (row), (column), __FILE__, __LINE__)
/* It is the only problem. */
#define assert_only_error(b, id, row, column) (assert_counts((b), 1, 0), assert_error((b), (id), (row), (column)))
#define assert_only_notice(b, id, row, column) (assert_counts((b), 0, 1), assert_notice((b), (id), (row), (column)))

static inline void check_text(text actual, const char *expected, const char *file, int line)
{
    char copy[512];
    size_t length = actual.length < sizeof copy ? actual.length : sizeof copy - 1;
    memcpy(copy, actual.bytes, length);
    copy[length] = '\0';
    _assert_string_equal(copy, expected, file, line);
}
#define assert_text(actual, expected) check_text((actual), (expected), __FILE__, __LINE__)

static inline bool contains(const char *long_text, const char *part)
{
    return strstr(long_text, part) != NULL;
}

/* The sentence of a problem, for looking into it; ends in NUL. */
static inline void sentence(const problem *p, assess_language language, char out[2048])
{
    buffer rendered = {0};
    message_render(&rendered, p->what, language);
    size_t length = rendered.length < 2047 ? rendered.length : 2047;
    memcpy(out, rendered.bytes, length);
    out[length] = '\0';
    buffer_free(&rendered);
}

static inline void check_said(const problem *p, const char *words, const char *file, int line)
{
    char out[2048];
    sentence(p, ASSESS_EN, out);
    if (!contains(out, words)) {
        print_error("'%s' is not in '%s'\n", words, out);
        _fail(file, line);
    }
}
#define assert_said(p, words) check_said((p), (words), __FILE__, __LINE__)

#endif
