/* made_result: a result made by hand, without rule file and tables, for the tests of what is written from it. */
#ifndef MADE_RESULT_H
#define MADE_RESULT_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "batch/batch.h"
#include "engine/result.h"

enum { MADE_MOST = 64, MADE_FINDINGS = 64 };

typedef struct made {
    plan plan;
    node score_node;
    statement statements[2]; /* the score, an exclusion */
    plan_grade grades[2];
    plan_clause clauses[2];
    plan_file file;
    batch *tables;
    result result;
    uint8_t status[MADE_MOST], grade[MADE_MOST], flags[MADE_MOST];
    int64_t score[MADE_MOST];
    uint32_t rank[MADE_MOST];
    finding findings[MADE_FINDINGS];
} made;

static inline label made_label(const char *zh, const char *en)
{
    return (label){text_of(zh), text_of(en)};
}

/* Scores in hundredths; grades `good` 好 from 60 and `poor` 差 below. */
static inline void made_plan(made *m)
{
    m->score_node = (node){.op = OP_ROUND, .round = {ROUND_HALF_UP, {1, 2}}};
    m->statements[0] = (statement){.kind = STATEMENT_SCORE, .words = made_label("得分", "score")};
    m->statements[1] = (statement){.kind = STATEMENT_EXCLUDE, .words = made_label("到岗不足", "too new"), .at = {.clause = 1}};
    m->grades[0] = (plan_grade){.id = TEXT("good"), .words = made_label("好", "Good"), .from = {60, 0}};
    m->grades[1] = (plan_grade){.id = TEXT("poor"), .words = made_label("差", "Poor")};
    m->clauses[1] = (plan_clause){.number = TEXT("九(二)")};
    m->file = (plan_file){.name = TEXT("made.lua"), .bytes = TEXT("-- made")};
    m->plan = (plan){.id = TEXT("made"),
                     .title = made_label("测试方案", "Made scheme"),
                     .period_text = TEXT("2026"),
                     .effective = DATE_NONE,
                     .nodes = &m->score_node, .node_count = 1,
                     .statements = m->statements, .statement_count = 2,
                     .grades = m->grades, .grade_count = 2,
                     .clauses = m->clauses, .clause_count = 2,
                     .files = &m->file, .file_count = 1,
                     .levels = {{.score = 0, .rank = SIZE_MAX, .grades = SIZE_MAX, .grade_count = 2}}, .level_count = 1};
}

static inline void made_start(made *m)
{
    static const vocabulary nothing = {0};
    memset(m, 0, sizeof *m);
    made_plan(m);
    m->tables = batch_new(&nothing);
    assert_non_null(m->tables);
    m->result = (result){.plan = &m->plan, .batch = m->tables, .status = m->status, .score = m->score,
                         .grade = m->grade, .rank = m->rank, .flags = m->flags, .findings = m->findings};
}

/* Adds an assessed subject. score in hundredths. */
static inline uint32_t made_subject(made *m, const char *id, const char *name, const char *unit, int64_t score)
{
    uint32_t number;
    assert_true(m->result.count < MADE_MOST);
    assert_true(batch_add_subject(m->tables, text_of(id), text_of(name), text_of(unit), text_of(""), text_of(""), DATE_NONE,
                                  PROBLEM_NO_SOURCE, 2, &number));
    assert_int_equal(number, m->result.count);
    m->status[number] = STATUS_ASSESSED;
    m->score[number] = score;
    m->grade[number] = score >= 6000 ? 0 : 1;
    m->result.count++;
    return number;
}

static inline void made_exclude(made *m, uint32_t subject)
{
    m->status[subject] = STATUS_EXCLUDED;
    m->grade[subject] = GRADE_NONE;
    m->rank[subject] = 0;
    m->findings[m->result.finding_count++] = (finding){.subject = subject, .about = 1, .kind = FINDING_EXCLUDED};
}

static inline void made_end(made *m)
{
    batch_free(m->tables);
}

#ifdef ASSESS_FAULTS
/* Writes with every allocation failing in turn: the output is marked as failed, or it is whole. */
static inline void made_starve(void (*write)(const result *r, buffer *out), const result *r)
{
    buffer whole = {0};
    write(r, &whole);
    assert_false(whole.failed);
    for (long successes = 0;; successes++) {
        buffer b = {0};
        mem_fault_after(successes);
        write(r, &b);
        mem_fault_after(-1);
        bool failed = b.failed;
        if (!failed) {
            assert_int_equal(b.length, whole.length);
            assert_memory_equal(b.bytes, whole.bytes, whole.length);
        }
        buffer_free(&b);
        if (!failed)
            break;
    }
    buffer_free(&whole);
}
#endif

/* The buffer's text with a NUL; lives as long as the buffer. */
static inline const char *made_text(buffer *b)
{
    assert_false(b->failed);
    buffer_add_char(b, '\0');
    b->length--;
    return b->bytes;
}

#endif
