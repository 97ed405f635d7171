/* quota: places, quotas and selection over groups of people. Every expected figure is worked out by hand beside it; a last test
 * compares thousands of random batches with a plain recomputation. */
#include "made_run.h"

#include "report/report.h"

/* The score is what the events say; 'k' is a further key, 'h' marks a head. */
#define START SCHEME "kinds { { 'p', zh = '分', en = 'points' }, { 'k', zh = '次', en = 'second' }, { 'h', zh = '长', en = 'head' } }\n" \
              "local second, head = events 'k':points():sum(), events 'h':any()\n" \
              "local total = score { events 'p':points():sum(), round = half_up(2), zh = '得分', en = 'Score' }\n" \
              "grades { { 'excellent', from = 90, zh = '优', en = 'Excellent' }, { 'good', from = 70, zh = '良', en = 'Good' },\n" \
              " { 'fair', from = 60, zh = '中', en = 'Fair' }, { 'poor', from = 0, zh = '差', en = 'Poor' } }\n"
#define USES "local used = step { when(head, second, second), zh = '用', en = 'used' }\n"
#define QUOTA(fields) "quota { 'excellent', within = 'unit', zh = '名额', en = 'quota', " fields " }\n"
#define RATE "rate = 0.15, round = round_down(0), "
#define NEXT "over = 'next_grade'"

static uint32_t person(made_run *m, const char *id, const char *unit, const char *points)
{
    uint32_t number;
    assert_true(batch_add_subject(m->b, text_of(id), text_of(id), text_of(unit), TEXT(""), TEXT(""), DATE_NONE, m->source,
                                  (uint32_t)m->b->people.count + 2, &number));
    run_event(m, number, "p", .points = points);
    return number;
}

/* A unit of so many people with the scores 99.9, 99.8 …: nobody ties and all are excellent. */
static void unit_of(made_run *m, const char *unit, size_t people)
{
    for (size_t i = 0; i < people; i++) {
        char id[32], points[16];
        snprintf(id, sizeof id, "%s%zu", unit, i);
        snprintf(points, sizeof points, "%zu.%zu", 99 - i / 10, 9 - i % 10);
        person(m, id, unit, points);
    }
}

static size_t excellent_in(const made_run *m, const char *unit)
{
    size_t count = 0;
    for (uint32_t i = 0; i < m->r->count; i++)
        count += m->r->grade[i] == 0 && text_equal(m->b->people.unit[i], text_of(unit));
    return count;
}

static size_t findings_of(const made_run *m, finding_kind kind)
{
    size_t count = 0;
    for (size_t i = 0; i < m->r->finding_count; i++)
        count += m->r->findings[i].kind == kind;
    return count;
}

/* ---- how many ---- */

static void check_unit(const char *fields, size_t people, size_t expected)
{
    char rules[2048];
    made_run m;
    snprintf(rules, sizeof rules, START USES QUOTA("%s, tie = 'all_in', " NEXT), fields);
    run_open(&m, rules);
    unit_of(&m, "u", people);
    run_now(&m);
    assert_int_equal(excellent_in(&m, "u"), expected);
    run_close(&m);
}

/* 0.15 × 5 = 0.75, × 7 = 1.05, × 20 = 3, × 23 = 3.45 */
static void test_share_of_a_unit_is_rounded_as_the_rule_says(void **state)
{
    (void)state;
    check_unit("rate = 0.15, round = round_down(0)", 5, 0);
    check_unit("rate = 0.15, round = half_up(0)", 5, 1);
    check_unit("rate = 0.15, round = round_up(0)", 7, 2);
    check_unit("rate = 0.15, round = round_down(0)", 7, 1);
    check_unit("rate = 0.15, round = round_up(0)", 20, 3);
    check_unit("rate = 0.15, round = half_up(0)", 23, 3);
    check_unit("rate = 0.15, round = round_up(0)", 23, 4);
}

static void test_quota_may_be_a_number(void **state)
{
    (void)state;
    check_unit("number = 2", 5, 2);
    check_unit("number = 2", 1, 1);
}

static void test_quota_may_have_a_least_number(void **state)
{
    (void)state;
    check_unit("rate = 0.15, round = round_down(0), at_least = 1", 5, 1);
    check_unit("rate = 0.15, round = round_down(0), at_least = 1", 20, 3);
}

/* The rate of the two units differs: 0.5 × 4 = 2, 0.25 × 4 = 1. */
static void test_rate_may_differ_from_unit_to_unit(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA("rate = when(across { second, within = 'unit' }:sum():more_than(0), 0.5, 0.25), round = round_down(0), "
                                  "tie = 'all_in', " NEXT));
    unit_of(&m, "a", 4);
    unit_of(&m, "b", 4);
    run_event(&m, 3, "k", .points = "1");
    run_now(&m);
    assert_int_equal(excellent_in(&m, "a"), 2);
    assert_int_equal(excellent_in(&m, "b"), 1);
    run_close(&m);
}

/* 6 people, 2 of them heads. All count in the base: 0.5 × 6 = 3. Heads keep the grade: 3 + 2. Only others count: 0.5 × 4 = 2. */
static void test_base_and_among_are_two_things(void **state)
{
    static const struct expected {
        const char *fields;
        size_t excellent;
    } all[] = {{"among = unless(head)", 5}, {"among = unless(head), base = unless(head)", 4}, {"base = unless(head)", 2}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char rules[2048];
        made_run m;
        snprintf(rules, sizeof rules, START USES QUOTA("rate = 0.5, round = round_down(0), tie = 'all_in', " NEXT ", %s"), all[i].fields);
        run_open(&m, rules);
        unit_of(&m, "u", 6);
        run_event(&m, 0, "h", .from = "2026-01-01");
        run_event(&m, 5, "h", .from = "2026-01-01");
        run_now(&m);
        assert_int_equal(excellent_in(&m, "u"), all[i].excellent);
        run_close(&m);
    }
}

/* 5 people, one excluded, another one a head. 4 take part: 2; 4 are no heads, the excluded one among them: 2; 3 are both: 1.5 → 1. */
static void test_base_may_count_only_those_who_take_part(void **state)
{
    static const struct expected {
        const char *base;
        size_t excellent;
    } all[] = {{"takes_part()", 2}, {"unless(head)", 2}, {"all_of { takes_part(), unless(head) }", 1}};
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        char rules[2048];
        made_run m;
        snprintf(rules, sizeof rules, START USES "exclude { months_in_post():at_least(1), unknown = 'keep', " WORDS " }\n"
                 QUOTA("rate = 0.5, base = %s, round = round_down(0), tie = 'all_in', " NEXT), all[i].base);
        run_open(&m, rules);
        unit_of(&m, "u", 5);
        run_event(&m, 1, "h", .from = "2026-01-01");
        m.b->people.start[0] = made_date("2026-01-01");
        run_now(&m);
        assert_int_equal(excellent_in(&m, "u"), all[i].excellent);
        run_close(&m);
    }
}

/* ---- the line ---- */

/* A unit of 20, so 3 places; 99, 98, three times 95, the rest 80. */
static void open_tie(made_run *m, const char *fields)
{
    char rules[2048], id[16];
    snprintf(rules, sizeof rules, START USES QUOTA(RATE "%s"), fields);
    run_open(m, rules);
    person(m, "a", "u", "99");
    person(m, "b", "u", "98");
    for (int i = 0; i < 18; i++) {
        snprintf(id, sizeof id, "c%d", i);
        person(m, id, "u", i < 3 ? "95" : "80");
    }
    run_now(m);
}

static void test_all_who_tie_at_the_line_may_get_it(void **state)
{
    made_run m;
    (void)state;
    open_tie(&m, "tie = 'all_in', " NEXT);
    assert_int_equal(excellent_in(&m, "u"), 5);
    assert_int_equal(m.r->finding_count, 0);
    run_close(&m);
}

static void test_none_who_tie_at_the_line_may_get_it(void **state)
{
    made_run m;
    (void)state;
    open_tie(&m, "tie = 'all_out', " NEXT);
    assert_int_equal(excellent_in(&m, "u"), 2);
    assert_grade(&m, 2, "good");
    assert_flags(&m, 2, "quota");
    assert_reasons(&m, 2, "quota: Excellent → Good");
    run_close(&m);
}

static void test_who_ties_at_the_line_may_be_listed(void **state)
{
    made_run m;
    (void)state;
    open_tie(&m, "tie = 'list', " NEXT);
    assert_int_equal(excellent_in(&m, "u"), 2);
    for (uint32_t i = 2; i < 5; i++) {
        assert_grade(&m, i, "good"); /* until people have decided */
        assert_reasons(&m, i, "quota: tied at the line, to be decided");
    }
    assert_int_equal(findings_of(&m, FINDING_QUOTA_LINE), 3);
    assert_int_equal(m.r->finding_count, 3);
    run_close(&m);
}

static void test_further_figures_of_the_order_break_a_tie(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA("number = 1, order = { total, { second, low_first = true } }, tie = 'all_out', " NEXT));
    unit_of(&m, "u", 0);
    for (uint32_t i = 0; i < 3; i++)
        run_event(&m, person(&m, (const char *[]){"a", "b", "c"}[i], "u", "95"), "k", .points = (const char *[]){"3", "1", "2"}[i]);
    run_now(&m);
    assert_grade(&m, 0, "good");
    assert_grade(&m, 1, "excellent");
    assert_grade(&m, 2, "good");
    run_close(&m);
}

static void test_who_is_beyond_the_quota_may_keep_the_grade_and_be_listed(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA("number = 2, tie = 'list', over = 'list'"));
    person(&m, "a", "u", "95");
    person(&m, "b", "u", "95");
    person(&m, "c", "u", "94");
    person(&m, "d", "u", "93");
    run_now(&m);
    assert_int_equal(excellent_in(&m, "u"), 4);
    assert_flags(&m, 1, "");
    assert_reasons(&m, 2, "quota: over the quota, to be decided");
    assert_flags(&m, 3, "quota");
    run_close(&m);
}

/* The first quota makes c good; the second one counts it among the good, of whom one may be. */
static void test_a_quota_sees_what_the_one_before_it_did(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA("number = 1, tie = 'all_in', " NEXT)
                 "quota { 'good', number = 1, within = 'unit', tie = 'all_in', over = 'next_grade', " WORDS " }\n");
    person(&m, "a", "u", "95");
    person(&m, "b", "u", "94");
    person(&m, "c", "u", "80");
    run_now(&m);
    assert_grade(&m, 0, "excellent");
    assert_grade(&m, 1, "good");
    assert_grade(&m, 2, "fair");
    run_close(&m);
}

/* 0.5 × 6 = 3 may be good or better; the two excellent come first, though the head's score is the lowest. */
static void test_several_grades_may_share_a_quota_the_better_ones_first(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES "quota { { 'excellent', 'good' }, rate = 0.5, within = 'batch', round = round_down(0), order = { second },\n"
                 " tie = 'all_in', over = 'next_grade', " WORDS " }\n");
    static const char *const points[] = {"95", "94", "80", "79", "78", "50"}, *const seconds[] = {"1", "2", "7", "9", "8", "99"};
    static const char *const grades[] = {"excellent", "excellent", "fair", "good", "fair", "poor"};
    for (uint32_t i = 0; i < 6; i++)
        run_event(&m, person(&m, (const char *[]){"a", "b", "c", "d", "e", "f"}[i], "u", points[i]), "k", .points = seconds[i]);
    run_now(&m);
    for (uint32_t i = 0; i < 6; i++)
        assert_grade(&m, i, grades[i]);
    run_close(&m);
}

/* Two of five should be fair or worse, one is: d, the lowest of the better ones, is next in line. With d and c alike both are. */
static void test_lower_limit_lists_who_is_next_in_line(void **state)
{
    (void)state;
    for (int alike = 0; alike < 2; alike++) {
        made_run m;
        run_open(&m, START USES "quota { 'fair', rate = 0.4, within = 'unit', round = half_up(0), limit = 'at_least', " WORDS " }\n");
        person(&m, "a", "u", "95");
        person(&m, "b", "u", "90");
        person(&m, "c", "u", alike ? "75" : "76");
        person(&m, "d", "u", "75");
        person(&m, "e", "u", "10");
        run_now(&m);
        assert_reasons(&m, 3, "word: below the lower limit, next in line, to be decided");
        assert_grade(&m, 3, "good");
        assert_flags(&m, 2, alike ? "quota" : "");
        assert_int_equal(findings_of(&m, FINDING_QUOTA_SHORT), alike ? 2 : 1);
        run_close(&m);
    }
}

/* Without its second figure b has no place; it is named, and the quota of the others is not touched: 0.5 × 4 = 2. */
static void test_who_lacks_a_figure_of_the_order_is_incomplete(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME ITEMS ROLES "local votes = step { ballots 'peer':item 'a':mean(), zh = '票', en = 'Votes' }\n"
                 "kinds { { 'p', " WORDS " } }\nscore { events 'p':points():sum(), round = half_up(0), " WORDS " }\n"
                 "grades { { 'excellent', from = 90, " WORDS " }, { 'poor', from = 0, " WORDS " } }\n"
                 "quota { 'excellent', rate = 0.5, within = 'batch', round = round_down(0), order = { votes }, tie = 'all_out', over = 'next_grade', " WORDS " }\n");
    for (uint32_t i = 0; i < 4; i++)
        person(&m, (const char *[]){"a", "b", "c", "d"}[i], "u", "95");
    run_ballot(&m, 0, "peer", "10", "0");
    run_ballot(&m, 2, "peer", "30", "0");
    run_ballot(&m, 3, "peer", "20", "0");
    run_now(&m);
    assert_status_of(&m, 1, STATUS_INCOMPLETE);
    assert_reasons(&m, 1, "no ballot of colleagues that counts");
    assert_grade(&m, 0, "poor");
    assert_grade(&m, 2, "excellent");
    assert_grade(&m, 3, "excellent");
    run_close(&m);
}

/* The rate comes from the start date, which b lacks: nobody can say whether b is within the quota. */
static void test_who_has_no_rate_is_incomplete(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA("rate = months_in_post() / 12, round = round_down(0), tie = 'all_in', " NEXT));
    unit_of(&m, "a", 2);
    unit_of(&m, "b", 1);
    m.b->people.start[0] = m.b->people.start[1] = made_date("2026-01-01");
    run_now(&m);
    assert_int_equal(excellent_in(&m, "a"), 2); /* 12 / 12 of them */
    assert_status_of(&m, 2, STATUS_INCOMPLETE);
    assert_reasons(&m, 2, "no start date");
    run_close(&m);
}

/* ---- pools ---- */

#define POOLED(round, rate) START USES QUOTA("rate = " rate ", round = " round ", minimum_base = 7, pool = 'batch', tie = 'all_in', " NEXT)

/* 0.75 + 0.6 + 0.45 = 1.8; a unit of 7 has 1.05 of its own. */
static void test_small_units_share_by_largest_remainder(void **state)
{
    static const struct expected {
        const char *rules;
        size_t of_5, of_4, of_3;
    } all[] = {{POOLED("round_down(0)", "0.15"), 1, 0, 0}, {POOLED("half_up(0)", "0.15"), 1, 1, 0}};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        made_run m;
        run_open(&m, all[i].rules);
        unit_of(&m, "three", 3);
        unit_of(&m, "four", 4);
        unit_of(&m, "five", 5);
        unit_of(&m, "seven", 7);
        run_now(&m);
        assert_int_equal(excellent_in(&m, "three"), all[i].of_3);
        assert_int_equal(excellent_in(&m, "four"), all[i].of_4);
        assert_int_equal(excellent_in(&m, "five"), all[i].of_5);
        assert_int_equal(excellent_in(&m, "seven"), 1);
        run_close(&m);
    }
}

/* 1.5 + 2.5 = 4: whole parts 1 and 2, and the one left goes to the larger share, though the other unit stands first. */
static void test_tied_remainders_go_to_the_larger_share(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, POOLED("round_down(0)", "0.5"));
    unit_of(&m, "three", 3);
    unit_of(&m, "five", 5);
    run_now(&m);
    assert_int_equal(excellent_in(&m, "three"), 1);
    assert_int_equal(excellent_in(&m, "five"), 3);
    run_close(&m);
}

/* 0.75 + 0.75 = 1.5 → 1, to the unit whose first member stands first. */
static void test_equal_shares_go_to_the_unit_that_stands_first(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, POOLED("round_down(0)", "0.15"));
    unit_of(&m, "z", 5);
    unit_of(&m, "a", 5);
    run_now(&m);
    assert_int_equal(excellent_in(&m, "z"), 1);
    assert_int_equal(excellent_in(&m, "a"), 0);
    run_close(&m);
}

static void test_least_number_is_not_for_pooled_units(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES QUOTA(RATE "minimum_base = 7, pool = 'batch', at_least = 2, tie = 'all_in', " NEXT));
    unit_of(&m, "five", 5);
    unit_of(&m, "seven", 7);
    run_now(&m);
    assert_int_equal(excellent_in(&m, "five"), 0); /* 0.75 alone in its pool */
    assert_int_equal(excellent_in(&m, "seven"), 2);
    run_close(&m);
}

/* Two pools, by the attribute category: 0.75 + 0.75 = 1.5 → 1 in the first, 0.75 → 0 in the second. */
static void test_pools_are_kept_apart(void **state)
{
    made_run m;
    uint32_t number;
    (void)state;
    run_open(&m, POOLED("round_down(0)", "0.15"));
    plan_attribute *category = PLAN_APPEND(m.p, attributes, attribute_count, attribute_capacity);
    assert_non_null(category);
    *category = (plan_attribute){.id = TEXT("category"), .kind = KIND_WORD};
    for (size_t g = 0; g < m.p->group_count; g++)
        if (m.p->groups[g].op == GROUP_ALLOT)
            m.p->groups[g].pool = GROUP_BY_ATTRIBUTE;
    for (int i = 0; i < 15; i++) {
        char id[16], unit[2] = {(char)('a' + i / 5), '\0'};
        snprintf(id, sizeof id, "p%d", i);
        assert_true(batch_add_subject(m.b, text_of(id), TEXT(""), text_of(unit), i < 10 ? TEXT("x") : TEXT("y"), TEXT(""), DATE_NONE,
                                      m.source, (uint32_t)i + 2, &number));
        run_event(&m, number, "p", .points = i % 5 ? "91" : "92");
    }
    run_now(&m);
    assert_int_equal(excellent_in(&m, "a"), 1);
    assert_int_equal(excellent_in(&m, "b"), 0);
    assert_int_equal(excellent_in(&m, "c"), 0);
    run_close(&m);
}

/* ---- ranks and figures of a cohort ---- */

static void test_rank_follows_its_chain_and_only_a_whole_tie_is_one(void **state)
{
    static const char *const points[] = {"80", "80", "80", "90", "80"}, *const seconds[] = {"1", "2", "1", "0", "3"};
    static const uint32_t ranks[] = {2, 4, 2, 1, 5};
    made_run m;
    (void)state;
    run_open(&m, START USES "rank { within = 'unit', by = { total, { second, low_first = true } }, " WORDS " }\n");
    for (uint32_t i = 0; i < 5; i++)
        run_event(&m, person(&m, (const char *[]){"a", "b", "c", "d", "e"}[i], "u", points[i]), "k", .points = seconds[i]);
    run_now(&m);
    for (uint32_t i = 0; i < 5; i++) {
        assert_int_equal(m.r->rank[i], ranks[i]);
        assert_flags(&m, i, ranks[i] == 2 ? "tie" : "");
    }
    run_close(&m);
}

static void test_rank_starts_anew_in_every_unit(void **state)
{
    static const char *const units[] = {"u", "v", "u", "v", "u"}, *const points[] = {"1", "2", "3", "4", "5"};
    static const uint32_t ranks[] = {3, 2, 2, 1, 1};
    made_run m;
    (void)state;
    run_open(&m, START USES "rank { within = 'unit', " WORDS " }\n");
    for (uint32_t i = 0; i < 5; i++)
        person(&m, points[i], units[i], points[i]);
    run_now(&m);
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(m.r->rank[i], ranks[i]);
    run_close(&m);
}

/* Nothing rounds the key: 1/3 and 0.333333333 differ. */
static void test_chain_may_hold_figures_that_are_no_whole_numbers(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES "rank { within = 'batch', by = { total, second / 3 }, " WORDS " }\n");
    for (uint32_t i = 0; i < 3; i++)
        run_event(&m, person(&m, (const char *[]){"a", "b", "c"}[i], "u", "80"), "k", .points = (const char *[]){"0.999999999", "1", "0.5"}[i]);
    run_now(&m);
    assert_int_equal(m.r->rank[0], 2);
    assert_int_equal(m.r->rank[1], 1);
    assert_int_equal(m.r->rank[2], 3);
    run_close(&m);
}

/* 10^-10 and 2 × 10^-10 are the same billionth, and are not the same. */
static void test_places_tell_apart_what_differs_by_less_than_a_billionth(void **state)
{
    static const char *const seconds[] = {"1", "3", "2", "3"};
    static const uint32_t ranks[] = {4, 1, 3, 1};
    made_run m;
    (void)state;
    run_open(&m, START USES "rank { within = 'unit', by = { second / 1000000 / 10000, total }, " WORDS " }\n");
    for (uint32_t i = 0; i < 4; i++)
        run_event(&m, person(&m, (const char *[]){"a", "b", "c", "d"}[i], "u", "80"), "k", .points = seconds[i]);
    run_now(&m);
    for (uint32_t i = 0; i < 4; i++)
        assert_int_equal(m.r->rank[i], ranks[i]);
    run_close(&m);
}

/* Beyond 64 bits of billionths on both sides: 9 × 10^14 × 10^3. */
static void test_places_hold_for_very_large_figures(void **state)
{
    static const char *const seconds[] = {"900000000000000", "900000000000001", "1"};
    static const uint32_t ranks[] = {2, 1, 3};
    made_run m;
    (void)state;
    for (int low = 0; low < 2; low++) {
        run_open(&m, low ? START USES "rank { within = 'batch', by = { second * -1000 }, " WORDS " }\n"
                         : START USES "rank { within = 'batch', by = { second * 1000 }, " WORDS " }\n");
        for (uint32_t i = 0; i < 3; i++)
            run_event(&m, person(&m, (const char *[]){"a", "b", "c"}[i], "u", "80"), "k", .points = seconds[i]);
        run_now(&m);
        for (uint32_t i = 0; i < 3; i++)
            assert_int_equal(m.r->rank[i], low ? 4 - ranks[i] : ranks[i]);
        run_close(&m);
    }
}

/* The places of this rank stand before the quota's, so it is settled together with the grade. */
static void test_rank_stands_beside_a_quota(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, START USES "rank { within = 'batch', " WORDS " }\n" QUOTA("number = 1, tie = 'all_in', " NEXT));
    person(&m, "a", "u", "91");
    person(&m, "b", "u", "92");
    run_now(&m);
    assert_int_equal(m.r->rank[0], 2);
    assert_int_equal(m.r->rank[1], 1);
    assert_grade(&m, 0, "good");
    run_close(&m);
}

static void assert_step(const made_run *m, size_t step, uint32_t subject, fraction expected)
{
    cell *values = calloc(m->p->node_count, sizeof *values);
    assert_non_null(values);
    assert_true(engine_trace(m->r, subject, values));
    cell found = values[made_step(m->p, step)];
    assert_int_equal(found.missing, NODE_NONE);
    assert_int_equal(fraction_compare(found.value, expected), 0);
    free(values);
}

/* 95, 80, 80, 50 */
static void test_figures_of_a_cohort(void **state)
{
    static const char *const points[] = {"95", "80", "80", "50"};
    static const int64_t expected[][2] = {{2, 1}, {2, 1}, {3, 4}, {1, 2}, {2, 1}, {225, 1}};
    made_run m;
    (void)state;
    run_open(&m, START "local all = across { total, within = 'batch' }\nlocal function show(x) return step { x, zh = '数', en = 'figure' } end\n"
                 "show(all:place()) show(all:place_from_low()) show(across { total:at_least(80), within = 'batch' }:share())\n"
                 "show(all:top_share()) show(across { second:at_most(0), within = 'unit', among = total:at_least(81) }:sum() + when(head, 0, 1))\n"
                 "show(all:sum() - all:median())\n");
    for (uint32_t i = 0; i < 4; i++)
        person(&m, (const char *[]){"a", "b", "c", "d"}[i], "u", points[i]);
    run_now(&m);
    for (size_t s = 0; s < 6; s++) /* of b: place 2, from low 2, share 3/4, 2/4, one is above 81 (+ 1), 305 − 80 */
        assert_step(&m, s, 1, fraction_of(expected[s][0], expected[s][1]));
    run_close(&m);
}

/* ---- selection ---- */

/* 95, 90, 90, 80: the first two are three with all_in, and one with all_out. */
static void test_top_and_last_take_or_leave_ties_at_the_edge(void **state)
{
    static const int64_t expected[4][4] = {{1, 1, 1, 0}, {1, 0, 0, 0}, {0, 1, 1, 1}, {0, 0, 0, 1}};
    static const char *const points[] = {"95", "90", "90", "80"};
    made_run m;
    (void)state;
    run_open(&m, START USES "local function show(x) return step { x, zh = '选', en = 'chosen' } end\n"
                 "show(top { 2, within = 'batch', ties = 'all_in' }) show(top { 2, within = 'batch', ties = 'all_out' })\n"
                 "show(last { 2, within = 'batch', ties = 'all_in' }) show(last { 2, within = 'batch', ties = 'all_out' })\n");
    for (uint32_t i = 0; i < 4; i++)
        person(&m, (const char *[]){"a", "b", "c", "d"}[i], "u", points[i]);
    run_now(&m);
    for (uint32_t i = 0; i < 4; i++)
        for (size_t s = 0; s < 4; s++)
            assert_step(&m, s + 1, i, fraction_of(expected[s][i], 1));
    run_close(&m);
}

static void test_better_grade_is_the_higher_place(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "kinds { { 'p', " WORDS " } }\nscore { events 'p':points():sum(), round = half_up(0), " WORDS " }\n"
                 "grades { { 'good', from = 60, " WORDS " }, { 'poor', from = 0, " WORDS " } }\n"
                 "quota { { 'good', 'poor' }, number = 1, within = 'batch', order = { months_in_post() }, tie = 'list', over = 'list', " WORDS " }\n");
    person(&m, "low", "u", "10");
    person(&m, "high", "u", "70");
    m.b->people.start[0] = made_date("2020-01-01");
    m.b->people.start[1] = made_date("2026-12-01");
    run_now(&m);
    assert_reasons(&m, 0, "word: over the quota, to be decided");
    assert_reasons(&m, 1, "");
    run_close(&m);
}

/* for i in a b c d e f; do printf '%s' "2026:$i" | sha256sum; done, sorted: a, f, b, c, d, e */
static void test_draw_can_be_repeated_by_anybody(void **state)
{
    static const char order[] = "afbcde";
    made_run m;
    (void)state;
    for (int reversed = 0; reversed < 2; reversed++) {
        run_open(&m, START USES "step { draw { 3, seed = 2026, within = 'batch' }, zh = '抽', en = 'drawn' }\n");
        for (int i = 0; i < 6; i++)
            person(&m, (const char *[]){"a", "b", "c", "d", "e", "f"}[reversed ? 5 - i : i], "u", "1");
        run_now(&m);
        for (uint32_t i = 0; i < 6; i++) {
            const char *at = strchr(order, m.b->people.ids.texts[i].bytes[0]);
            assert_non_null(at);
            assert_step(&m, 1, i, fraction_of(at - order < 3, 1));
        }
        run_close(&m);
    }
}

/* ---- at load ---- */

#define AT_LOAD(fields) START USES "quota { " fields ", within = 'unit', " WORDS " }\n" /* the quota is line 8 */

static void test_mistakes_of_a_quota_are_found_at_load(void **state)
{
    (void)state;
    assert_refused(AT_LOAD("'exellent', number = 1, tie = 'list', over = 'list'"), "rules.unknown_grade_near", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, rate = 0.5, tie = 'list', over = 'list'"), "rules.quota_amount", 8);
    assert_refused(AT_LOAD("'excellent', rate = -1, tie = 'list', over = 'list'"), "rules.quota_rate", 8);
    assert_refused(AT_LOAD("'excellent', rate = 0.5, round = half_up(1), tie = 'list', over = 'list'"), "rules.quota_rounding", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, tie = 'some', over = 'list'"), "rules.word_of", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, tie = 'list', over = 'below'"), "rules.word_of", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, tie = 'list', over = 'list', pool = 'batch'"), "rules.quota_pool", 8);
    assert_refused(AT_LOAD("{ 'good', 'excellent' }, number = 1, tie = 'list', over = 'list'"), "rules.quota_grades", 8);
    assert_refused(AT_LOAD("{}, number = 1, tie = 'list', over = 'list'"), "rules.quota_grades", 8);
    assert_refused(AT_LOAD("'fair', number = 1, limit = 'at_least', tie = 'list'"), "rules.field_unknown", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, tie = 'list', over = 'list', order = { 5 }"), "rules.wrong_symbol", 8);
    assert_refused(AT_LOAD("'excellent', number = 1, tie = 'list', over = 'list', order = { { total, low = true } }"), "rules.field_unknown", 8);
    assert_refused(SCHEME "quota { 'a', number = 1, within = 'unit', tie = 'list', over = 'list', " WORDS " }\n", "rules.grade_not_yet", 2);
    assert_refused(SCHEME "step { top { 3, within = 'batch', ties = 'all_in' }, " WORDS " }\n", "rules.no_order", 2);
    assert_refused(START USES "step { top { 3, within = 'batch' }, " WORDS " }\n", "rules.field_missing", 8);
    assert_refused(START USES "step { last { 3, within = 'batch', ties = 'list' }, " WORDS " }\n", "rules.word_of", 8);
    assert_refused(START USES "step { draw { 3, within = 'batch' }, " WORDS " }\n", "rules.field_missing", 8);
    assert_refused(START USES "step { across { head, within = 'batch' }:mean(), " WORDS " }\n", "rules.wrong_symbol", 8);
    assert_refused(START USES "step { across { total, within = 'batch' }:share(), " WORDS " }\n", "rules.wrong_symbol", 8);
}

static void test_quota_is_printed_as_its_document_would(void **state)
{
    buffer out = {0};
    (void)state;
    plan *p = load(START USES QUOTA(RATE "among = unless(head), base = unless(head), at_least = 1, minimum_base = 7, pool = 'batch', "
                                         "order = { total, { second, low_first = true } }, tie = 'list', " NEXT)
                   "quota { 'poor', number = 2, within = 'batch', limit = 'at_least', " WORDS " }\n");
    plan_print_quota(p, &p->quotas[0], ASSESS_EN, &out);
    assert_text(buffer_text(&out), "Excellent at most 15% of the base within the unit, the base being those with not (number of head is more than 0), "
                "for those with not (number of head is more than 0), rounded down to 1, never fewer than 1; groups with a base below 7 share by "
                "largest remainder within all; order: Score, then by points of second (from low to high); who ties at the line is listed for "
                "decision; who is beyond it gets Good");
    out.length = 0;
    plan_print_quota(p, &p->quotas[1], ASSESS_ZH, &out);
    assert_text(buffer_text(&out), "差（含更低等次）至少 2 人，在全体内；次序：得分（由低到高）；未达下限的，依次列出待定");
    assert_formula(p, p->quotas[0].over, "quota: place is more than quota: allowed");
    buffer_free(&out);
    plan_free(p);
}

static void test_load_of_a_quota_without_memory_fails_cleanly(void **state)
{
    const char *rules = START USES QUOTA(RATE "among = head, minimum_base = 7, pool = 'unit', at_least = 1, tie = 'list', " NEXT);
    assess_status status = ASSESS_E_SYSTEM;
    (void)state;
    for (long n = 0; status; n++) {
        assess_error err = {0};
        plan *p = NULL;
        mem_fault_after(n);
        status = made_load_bytes(text_of(rules), NULL, &p, &err);
        mem_fault_after(-1);
        assert_true(n < 100000);
        if (status)
            assert_int_equal(status, ASSESS_E_SYSTEM);
        plan_free(p);
    }
}

/* ---- what is shown ---- */

static void open_shown(made_run *m)
{
    run_open(m, START USES QUOTA("rate = 0.5, round = round_down(0), tie = 'list', " NEXT));
    person(m, "a", "甲", "95");
    person(m, "b", "甲", "95");
    person(m, "c", "甲", "94");
    person(m, "d", "乙", "93");
    person(m, "e", "乙", "92");
}

/* 甲: 3 × 0.5 = 1.5 → 1, a and b tie for it, c is over. 乙: 2 × 0.5 = 1, d; e is over. */
static void test_summary_shows_the_lines_of_every_quota(void **state)
{
    made_run m;
    buffer out = {0};
    (void)state;
    open_shown(&m);
    run_now(&m);
    report_summary(m.r, ASSESS_EN, false, &out);
    buffer_add_char(&out, '\0');
    const char *expected = "Quota:  quota\n"
                           "  group  base  rate  exact  allowed  within  over  tied at the line\n"
                           "  甲        3   0.5    1.5        1       0     1  a, b\n"
                           "  乙        2   0.5      1        1       1     1\n";
    if (!strstr(out.bytes, expected))
        print_message("%s\n", out.bytes);
    assert_non_null(strstr(out.bytes, expected));
    buffer_free(&out);
    run_close(&m);
}

/* The first of both units tie, each with somebody of his own unit. */
static void test_ties_of_different_units_are_told_apart(void **state)
{
    made_run m;
    buffer out = {0};
    (void)state;
    run_open(&m, START USES "rank { within = 'unit', " WORDS " }\n");
    for (int i = 0; i < 4; i++)
        person(&m, (const char *[]){"a", "b", "c", "d"}[i], i % 2 ? "v" : "u", "80");
    run_now(&m);
    report_summary(m.r, ASSESS_EN, false, &out);
    buffer_add_char(&out, '\0');
    assert_non_null(strstr(out.bytes, "  rank 1, score 80.00, shared by 2: a, c\n  rank 1, score 80.00, shared by 2: b, d\n"));
    buffer_free(&out);
    run_close(&m);
}

static void test_json_holds_the_lines_of_every_quota(void **state)
{
    made_run m;
    buffer out = {0};
    (void)state;
    open_shown(&m);
    run_now(&m);
    report_json(m.r, ASSESS_EN, &out);
    buffer_add_char(&out, '\0');
    const char *quotas = strstr(out.bytes, "\"quotas\"");
    assert_non_null(quotas);
    char flat[2048];
    size_t n = 0;
    for (; *quotas && n + 1 < sizeof flat; quotas++)
        if (*quotas != ' ' && *quotas != '\n')
            flat[n++] = *quotas;
    flat[n] = '\0';
    assert_non_null(strstr(flat, "\"limit\":\"at_most\",\"groups\":[{\"group\":\"甲\",\"base\":\"3\",\"rate\":\"0.5\",\"exact\":\"1.5\",\"allowed\":\"1\","
                                 "\"within\":0,\"over\":1,\"at_line\":[\"a\",\"b\"]}"));
    buffer_free(&out);
    run_close(&m);
}

static void test_run_and_reports_without_memory_fail_cleanly(void **state)
{
    made_run m;
    assess_status status = ASSESS_E_SYSTEM;
    (void)state;
    run_open(&m, START USES "rank { within = 'unit', by = { total, second / 3 }, " WORDS " }\nstep { draw { 1, seed = 1, within = 'unit' }, " WORDS " }\n"
                 QUOTA(RATE "minimum_base = 7, pool = 'batch', tie = 'list', " NEXT));
    unit_of(&m, "a", 3);
    unit_of(&m, "b", 4);
    run_now(&m);
    for (long n = 0; status; n++) {
        assess_error err = {0};
        engine_options o = {.threads = 1};
        result *r = NULL;
        mem_fault_after(n);
        status = engine_run(m.p, m.b, &o, &r, &err);
        mem_fault_after(-1);
        assert_true(n < 10000);
        if (status)
            assert_int_equal(status, ASSESS_E_SYSTEM);
        else
            result_free(r);
    }
    uint32_t number = (uint32_t)(made_statement(m.p, STATEMENT_QUOTA, 0) - m.p->statements);
    for (long n = 0, done = 0; !done; n++) {
        quota_lines lines;
        mem_fault_after(n);
        done = result_quota_lines(m.r, number, &lines);
        mem_fault_after(-1);
        quota_lines_free(&lines);
        assert_true(n < 1000);
    }
    run_close(&m);
}

/* ---- at random, against a plain recomputation ---- */

enum { MOST = 60, UNITS = 6 };

typedef struct trial {
    size_t people;
    int unit[MOST], points[MOST], second[MOST];
    int rate;                 /* in hundredths */
    int round, tie, minimum;  /* 0 down, 1 half up, 2 up; 0 in, 1 out, 2 list; 0: no pool */
    bool lists;
} trial;

static uint64_t next_random(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed >> 11;
}

static trial make_trial(uint64_t *seed)
{
    static const int rates[] = {0, 10, 15, 25, 33, 50, 100};
    trial t = {.people = 1 + next_random(seed) % MOST, .rate = rates[next_random(seed) % 7], .round = (int)(next_random(seed) % 3),
               .tie = (int)(next_random(seed) % 3), .minimum = next_random(seed) % 2 ? 1 + (int)(next_random(seed) % 15) : 0,
               .lists = next_random(seed) % 4 == 0};
    int units = 1 + (int)(next_random(seed) % UNITS);
    for (size_t i = 0; i < t.people; i++) {
        t.unit[i] = (int)(next_random(seed) % (uint64_t)units);
        t.points[i] = 85 + (int)(next_random(seed) % 12);
        t.second[i] = (int)(next_random(seed) % 3);
    }
    return t;
}

static int rounded(int hundredths, int mode)
{
    return mode == 0 ? hundredths / 100 : mode == 1 ? (hundredths + 50) / 100 : (hundredths + 99) / 100;
}

static int base_of(const trial *t, int unit)
{
    int count = 0;
    for (size_t i = 0; i < t->people; i++)
        count += t->unit[i] == unit;
    return count;
}

static int first_of(const trial *t, int unit)
{
    for (size_t i = 0; i < t->people; i++)
        if (t->unit[i] == unit)
            return (int)i;
    return MOST;
}

static bool pooled(const trial *t, int unit) { return base_of(t, unit) > 0 && base_of(t, unit) < t->minimum; }

/* Whether unit a is served before unit b. */
static bool served_before(const trial *t, int a, int b)
{
    int x = base_of(t, a) * t->rate, y = base_of(t, b) * t->rate;
    if (x % 100 != y % 100)
        return x % 100 > y % 100;
    return x != y ? x > y : first_of(t, a) < first_of(t, b);
}

static int allowed_of(const trial *t, int unit)
{
    int exact = base_of(t, unit) * t->rate, sum = 0, whole = 0, ahead = 0;
    if (!pooled(t, unit))
        return rounded(exact, t->round);
    for (int u = 0; u < UNITS; u++) {
        if (!pooled(t, u))
            continue;
        sum += base_of(t, u) * t->rate;
        whole += base_of(t, u) * t->rate / 100;
        ahead += u != unit && served_before(t, u, unit);
    }
    return exact / 100 + (ahead < rounded(sum, t->round) - whole);
}

/* 0 excellent, 1 good. */
static int grade_of(const trial *t, size_t subject)
{
    int place = 1, tied = 0, allowed = allowed_of(t, t->unit[subject]);
    if (t->points[subject] < 90)
        return 1;
    for (size_t i = 0; i < t->people; i++) {
        bool same = t->points[i] == t->points[subject] && t->second[i] == t->second[subject];
        bool better = t->points[i] > t->points[subject] || (t->points[i] == t->points[subject] && t->second[i] < t->second[subject]);
        place += t->unit[i] == t->unit[subject] && better;
        tied += t->unit[i] == t->unit[subject] && same;
    }
    bool inside = (t->tie == 0 ? place : place + tied - 1) <= allowed;
    return inside || t->lists ? 0 : 1;
}

static void open_trial(made_run *m, const trial *t)
{
    static const char *const rounds[] = {"round_down(0)", "half_up(0)", "round_up(0)"}, *const ties[] = {"all_in", "all_out", "list"};
    char rules[2048], pool[64] = "";
    if (t->minimum)
        snprintf(pool, sizeof pool, "minimum_base = %d, pool = 'batch', ", t->minimum);
    snprintf(rules, sizeof rules, START USES QUOTA("rate = %d.%02d, round = %s, %s tie = '%s', over = '%s', order = { total, { second, low_first = true } }"),
             t->rate / 100, t->rate % 100, rounds[t->round], pool, ties[t->tie], t->lists ? "list" : "next_grade");
    run_open(m, rules);
    for (size_t i = 0; i < t->people; i++) {
        char id[24], unit[2] = {(char)('a' + t->unit[i]), '\0'}, points[16], second[16];
        snprintf(id, sizeof id, "p%zu", i);
        snprintf(points, sizeof points, "%d", t->points[i]);
        snprintf(second, sizeof second, "%d", t->second[i]);
        run_event(m, person(m, id, unit, points), "k", .points = second);
    }
}

static void test_random_quotas_agree_with_a_plain_recomputation(void **state)
{
    uint64_t seed = 20261125;
    (void)state;
    for (int i = 0; i < 2000; i++) {
        trial t = make_trial(&seed);
        made_run m;
        open_trial(&m, &t);
        run_now(&m);
        for (uint32_t s = 0; s < t.people; s++) {
            if (m.r->grade[s] != grade_of(&t, s))
                print_error("trial %d, subject %u\n", i, s);
            assert_int_equal(m.r->grade[s], grade_of(&t, s));
        }
        run_close(&m);
    }
}

/* The same people in another order, with as many threads as one likes: the same grades, places and findings. Units of different
 * size, so that the last resort of a pool is not needed. */
static void test_order_of_the_people_changes_nothing(void **state)
{
    static const int sizes[] = {3, 5, 6, 9, 17};
    (void)state;
    uint64_t seed = 7;
    trial t = {.rate = 15, .round = 1, .tie = 2, .minimum = 7};
    for (int u = 0; u < 5; u++)
        for (int i = 0; i < sizes[u]; i++, t.people++) {
            t.unit[t.people] = u;
            t.points[t.people] = 88 + (int)(next_random(&seed) % 5);
            t.second[t.people] = (int)(next_random(&seed) % 2);
        }
    for (int round = 0; round < 20; round++) {
        trial shuffled = t;
        size_t from[MOST];
        made_run m, n;
        for (size_t i = 0; i < t.people; i++)
            from[i] = i;
        for (size_t i = t.people; i > 1; i--) {
            size_t j = next_random(&seed) % i, swap = from[i - 1];
            from[i - 1] = from[j];
            from[j] = swap;
        }
        for (size_t i = 0; i < t.people; i++) {
            shuffled.unit[i] = t.unit[from[i]];
            shuffled.points[i] = t.points[from[i]];
            shuffled.second[i] = t.second[from[i]];
        }
        open_trial(&m, &t);
        open_trial(&n, &shuffled);
        run_now(&m);
        run_now(&n);
        for (size_t i = 0; i < t.people; i++) {
            assert_int_equal(m.r->grade[from[i]], n.r->grade[i]);
            assert_int_equal(m.r->flags[from[i]], n.r->flags[i]);
        }
        assert_int_equal(m.r->finding_count, n.r->finding_count);
        run_close(&m);
        run_close(&n);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_share_of_a_unit_is_rounded_as_the_rule_says),
        cmocka_unit_test(test_quota_may_be_a_number),
        cmocka_unit_test(test_quota_may_have_a_least_number),
        cmocka_unit_test(test_rate_may_differ_from_unit_to_unit),
        cmocka_unit_test(test_base_and_among_are_two_things),
        cmocka_unit_test(test_base_may_count_only_those_who_take_part),
        cmocka_unit_test(test_all_who_tie_at_the_line_may_get_it),
        cmocka_unit_test(test_none_who_tie_at_the_line_may_get_it),
        cmocka_unit_test(test_who_ties_at_the_line_may_be_listed),
        cmocka_unit_test(test_further_figures_of_the_order_break_a_tie),
        cmocka_unit_test(test_who_is_beyond_the_quota_may_keep_the_grade_and_be_listed),
        cmocka_unit_test(test_a_quota_sees_what_the_one_before_it_did),
        cmocka_unit_test(test_several_grades_may_share_a_quota_the_better_ones_first),
        cmocka_unit_test(test_lower_limit_lists_who_is_next_in_line),
        cmocka_unit_test(test_who_lacks_a_figure_of_the_order_is_incomplete),
        cmocka_unit_test(test_who_has_no_rate_is_incomplete),
        cmocka_unit_test(test_small_units_share_by_largest_remainder),
        cmocka_unit_test(test_tied_remainders_go_to_the_larger_share),
        cmocka_unit_test(test_equal_shares_go_to_the_unit_that_stands_first),
        cmocka_unit_test(test_least_number_is_not_for_pooled_units),
        cmocka_unit_test(test_pools_are_kept_apart),
        cmocka_unit_test(test_rank_follows_its_chain_and_only_a_whole_tie_is_one),
        cmocka_unit_test(test_rank_starts_anew_in_every_unit),
        cmocka_unit_test(test_chain_may_hold_figures_that_are_no_whole_numbers),
        cmocka_unit_test(test_places_tell_apart_what_differs_by_less_than_a_billionth),
        cmocka_unit_test(test_places_hold_for_very_large_figures),
        cmocka_unit_test(test_rank_stands_beside_a_quota),
        cmocka_unit_test(test_figures_of_a_cohort),
        cmocka_unit_test(test_top_and_last_take_or_leave_ties_at_the_edge),
        cmocka_unit_test(test_better_grade_is_the_higher_place),
        cmocka_unit_test(test_draw_can_be_repeated_by_anybody),
        cmocka_unit_test(test_mistakes_of_a_quota_are_found_at_load),
        cmocka_unit_test(test_quota_is_printed_as_its_document_would),
        cmocka_unit_test(test_load_of_a_quota_without_memory_fails_cleanly),
        cmocka_unit_test(test_summary_shows_the_lines_of_every_quota),
        cmocka_unit_test(test_ties_of_different_units_are_told_apart),
        cmocka_unit_test(test_json_holds_the_lines_of_every_quota),
        cmocka_unit_test(test_run_and_reports_without_memory_fail_cleanly),
        cmocka_unit_test(test_random_quotas_agree_with_a_plain_recomputation),
        cmocka_unit_test(test_order_of_the_people_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
