/* ballots, by chance: small batches of random ballots, and every figure recomputed here from its definition, with fractions, by
 * looking through all ballots again and again. Nothing of the engine is used but its answer. The seed stands below. */
#include "made_run.h"
#include "report/report.h"

#define RULES SCHEME \
    "items { { 'a', zh = '甲', en = 'A', points = 6, invalid = 'counted_apart' }, { 'b', zh = '乙', en = 'B', points = 4, invalid = 'counted_apart' } }\n" ROLES \
    "sheets { 'peer', per = 'rater', complete = true, not_all_same = true, top = { from = 8, share = 0.4 }, " WORDS " }\n" \
    "sheets { 'leader', per = 'ballot', not_all_same = true, " WORDS " }\n" \
    "local all = ballots { 'peer', 'leader' }:total()\n" \
    "local cut = all:trimmed { { from = 4, drop = 1 }, { from = 7, high = 2, low = 1 }, { from = 9, share = 0.25 } }\n" \
    "step { all:mean { least = 2 }, " WORDS " }\nstep { all:median(), " WORDS " }\nstep { all:highest(), " WORDS " }\n" \
    "step { all:lowest(), " WORDS " }\nstep { cut:mean(), " WORDS " }\nstep { cut:sum(), " WORDS " }\nstep { all:count(), " WORDS " }\n" \
    "step { all:invalid(), " WORDS " }\nstep { ballots 'leader':total():sum(), " WORDS " }\n" \
    "score { all:mean(), round = half_up(3), " WORDS " }\n"

enum { ROUNDS = 400, SUBJECTS = 3, MOST_VOTES = 40, RATERS = 6, STEPS = 9, BLANK_CELL = -1, NOBODY = RATERS };

typedef struct vote {
    uint32_t subject;
    unsigned rater; /* NOBODY: anonymous */
    bool leader;
    int tenths[2];  /* BLANK_CELL */
    bool refused;
} vote;

typedef struct model {
    vote votes[MOST_VOTES];
    size_t count;
} model;

static uint64_t chance = 20261125;

static unsigned below(unsigned limit)
{
    chance = chance * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(chance >> 33) % limit;
}

static bool has_blank(const vote *v) { return v->tenths[0] == BLANK_CELL || v->tenths[1] == BLANK_CELL; }
static int total_of(const vote *v) { return v->tenths[0] + v->tenths[1]; }
static bool together(const vote *a, const vote *b) { return a->rater == b->rater && a->leader == b->leader; }

/* Whole points as often as not, so that totals and shares meet; a rater has one ballot per subject and role. */
static void draw(model *m)
{
    m->count = 0;
    for (unsigned i = below(MOST_VOTES); i > 0; i--) {
        vote v = {.subject = below(SUBJECTS), .rater = below(RATERS + 3), .leader = below(3) == 0};
        v.rater = v.rater > NOBODY ? NOBODY : v.rater;
        bool again = false;
        for (size_t k = 0; k < m->count && v.rater != NOBODY; k++)
            again |= together(&m->votes[k], &v) && m->votes[k].subject == v.subject;
        for (size_t item = 0; item < 2; item++) {
            unsigned most = item ? 40 : 60;
            v.tenths[item] = below(12) == 0 ? BLANK_CELL : (int)(below(2) ? below(most / 10 + 1) * 10 : below(most + 1));
        }
        if (!again)
            m->votes[m->count++] = v;
    }
}

static bool breaks_by_rater(const model *m, const vote *of)
{
    size_t all = 0, blank = 0, top = 0, totals = 0;
    bool same = true;
    int first = 0;
    for (size_t i = 0; i < m->count; i++) {
        const vote *v = &m->votes[i];
        if (!together(v, of))
            continue;
        all++;
        blank += has_blank(v);
        if (has_blank(v))
            continue;
        top += total_of(v) >= 80;
        same = totals == 0 || (same && total_of(v) == first);
        first = totals ? first : total_of(v);
        totals++;
    }
    return blank || (totals >= 2 && same) || top * 10 > all * 4; /* top > floor(0.4 all) as both are whole */
}

static bool is_refused(const model *m, const vote *v)
{
    if (v->leader)
        return !has_blank(v) && v->tenths[0] * 40 == v->tenths[1] * 60;
    return v->rater == NOBODY ? has_blank(v) : breaks_by_rater(m, v);
}

/* Totals of the counted ballots of a subject, in tenths, ascending. */
static size_t totals_of(const model *m, uint32_t subject, bool leaders_only, int *out)
{
    size_t count = 0;
    for (int total = 0; total <= 100; total++)
        for (size_t i = 0; i < m->count; i++) {
            const vote *v = &m->votes[i];
            if (v->subject == subject && !v->refused && !has_blank(v) && total_of(v) == total && (v->leader || !leaders_only))
                out[count++] = total;
        }
    return count;
}

static fraction sum_of(const int *totals, size_t count)
{
    fraction sum = fraction_of(0, 1);
    for (size_t i = 0; i < count; i++)
        assert_true(fraction_add(sum, fraction_of(totals[i], 10), &sum));
    return sum;
}

static fraction over(fraction a, size_t b)
{
    assert_true(fraction_divide(a, fraction_of((int64_t)b, 1), &a));
    return a;
}

typedef struct expectation {
    bool known[STEPS];
    fraction value[STEPS];
} expectation;

static void set(expectation *e, size_t step, bool known, fraction value)
{
    e->known[step] = known;
    e->value[step] = value;
}

static void expect(const model *m, uint32_t subject, expectation *e)
{
    int totals[MOST_VOTES], leaders[MOST_VOTES];
    size_t n = totals_of(m, subject, false, totals), invalid = 0, high = 0, low = 0;
    fraction none = fraction_of(0, 1);
    for (size_t i = 0; i < m->count; i++)
        invalid += m->votes[i].subject == subject && (m->votes[i].refused || has_blank(&m->votes[i]));
    if (n >= 9)
        high = low = n / 4;
    else if (n >= 7)
        high = 2, low = 1;
    else if (n >= 4)
        high = low = 1;
    size_t left = n - high - low;
    set(e, 0, n >= 2, n ? over(sum_of(totals, n), n) : none);
    set(e, 1, n > 0, n ? over(sum_of(totals + (n - 1) / 2, n % 2 ? 1 : 2), n % 2 ? 1 : 2) : none);
    set(e, 2, n > 0, n ? fraction_of(totals[n - 1], 10) : none);
    set(e, 3, n > 0, n ? fraction_of(totals[0], 10) : none);
    set(e, 4, n > 0, n ? over(sum_of(totals + low, left), left) : none);
    set(e, 5, true, sum_of(totals + low, left));
    set(e, 6, true, fraction_of((int64_t)n, 1));
    set(e, 7, true, fraction_of((int64_t)invalid, 1));
    set(e, 8, true, sum_of(leaders, totals_of(m, subject, true, leaders)));
}

/* --- the run --- */

static void cell_text(int tenths, char out[16])
{
    if (tenths == BLANK_CELL)
        out[0] = '\0';
    else if (tenths % 10)
        snprintf(out, 16, "%d.%d", tenths / 10, tenths % 10);
    else
        snprintf(out, 16, "%d", tenths / 10);
}

static void run_model(made_run *run, const model *m, unsigned threads)
{
    static const char *const names[] = {"r0", "r1", "r2", "r3", "r4", "r5"}, *const ids[] = {"s0", "s1", "s2"};
    assess_error err = {0};
    run_open(run, RULES);
    for (size_t i = 0; i < SUBJECTS; i++)
        run_subject(run, ids[i], NULL);
    for (size_t i = 0; i < m->count; i++) {
        const vote *v = &m->votes[i];
        char a[16], b[16];
        cell_text(v->tenths[0], a);
        cell_text(v->tenths[1], b);
        const char *const cells[] = {a, b};
        if (v->rater == NOBODY)
            run_ballot_row(run, v->subject, v->leader ? "leader" : "peer", cells);
        else
            run_named_row(run, names[v->rater], v->subject, v->leader ? "leader" : "peer", cells);
    }
    assert_int_equal(run_try(run, threads, &err), ASSESS_OK);
}

static void compare(const made_run *run, const model *m, int round)
{
    cell values[128];
    assert_true(run->p->node_count <= 128);
    for (uint32_t s = 0; s < SUBJECTS; s++) {
        expectation e;
        expect(m, s, &e);
        assert_true(engine_trace(run->r, s, values));
        for (size_t i = 0; i < STEPS; i++) {
            const cell *c = &values[made_step(run->p, i)];
            bool known = c->missing == NODE_NONE;
            if (known != e.known[i] || (known && fraction_compare(c->value, e.value[i]) != 0))
                fail_msg("round %d, subject %u, step %zu", round, s, i);
        }
    }
}

static void settle(model *m)
{
    for (size_t i = 0; i < m->count; i++)
        m->votes[i].refused = is_refused(m, &m->votes[i]);
}

static void test_figures_are_what_their_definitions_say(void **state)
{
    (void)state;
    for (int round = 0; round < ROUNDS; round++) {
        made_run run;
        model m;
        draw(&m);
        settle(&m);
        run_model(&run, &m, 1);
        size_t refused = 0;
        for (size_t i = 0; i < m.count; i++)
            refused += m.votes[i].refused;
        assert_int_equal(run.r->refused_count, refused);
        compare(&run, &m, round);
        run_close(&run);
    }
}

static void shuffle(model *m)
{
    for (size_t i = m->count; i > 1; i--) {
        size_t k = below((unsigned)i);
        vote v = m->votes[i - 1];
        m->votes[i - 1] = m->votes[k];
        m->votes[k] = v;
    }
}

static void test_order_of_the_ballots_and_threads_change_no_byte(void **state)
{
    (void)state;
    for (int round = 0; round < 40; round++) {
        made_run one, two;
        buffer a = {0}, b = {0};
        model m;
        draw(&m);
        run_model(&one, &m, 1);
        shuffle(&m);
        run_model(&two, &m, 3);
        report_json(one.r, ASSESS_EN, &a);
        report_json(two.r, ASSESS_EN, &b);
        assert_int_equal(a.length, b.length);
        assert_memory_equal(a.bytes, b.bytes, a.length);
        settle(&m);
        compare(&two, &m, round);
        buffer_free(&a);
        buffer_free(&b);
        run_close(&one);
        run_close(&two);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures_are_what_their_definitions_say),
        cmocka_unit_test(test_order_of_the_ballots_and_threads_change_no_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
