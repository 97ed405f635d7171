/* votes: how many ballots chose what, and that nobody's choice follows from it. */
#include "made_run.h"

#include "report/tables.h"
#include "report/votes.h"

#define OPINION "items { { 'o', zh = '意见', en = 'Opinion', options = { { 'A', zh = '好', en = 'Good', points = 100 }, " \
    "{ 'B', zh = '中', en = 'Fair', points = 85 }, { 'C', zh = '差', en = 'Poor', points = 70 }, { 'F', zh = '不了解', en = 'Unknown', counted = false } } } }\n"
#define ONE_ROLE "roles { 'peer' }\nscore { ballots 'peer':item 'o':mean(), round = half_up(2), " WORDS " }\n"
#define TWO_ROLES "roles { 'peer', 'leader' }\nscore { weighted { { ballots 'peer':item 'o':mean(), 0.4 }, { ballots 'leader':item 'o':mean(), 0.6 } }, round = half_up(2), " WORDS " }\n"
#define POINTS "items { { 'a', zh = '甲', en = 'A', points = 60 }, { 'b', zh = '乙', en = 'B', points = 40 } }\n"
#define GRADES "grades { { 'x', zh = '优秀', en = 'Excellent', from = 90 }, { 'c', zh = '称职', en = 'Competent', from = 60 }, { 'i', zh = '不称职', en = 'Incompetent', from = 0 } }\n"

/* Ballots of one subject: a letter each. */
static uint32_t hand_in(made_run *m, const char *id, const char *role, const char *letters)
{
    uint32_t s = intern_find(&m->b->people.ids, text_of(id));
    if (s == INTERN_NONE)
        s = run_subject(m, id, NULL);
    for (; *letters; letters++)
        run_ballot(m, s, role, (char[]){*letters, '\0'});
    return s;
}

static size_t find_table(const result_tables *all, const char *id)
{
    size_t n = 0;
    while (n < all->count && strcmp(all->ids[n], id) != 0)
        n++;
    return n;
}

static void take(const made_run *m, grid *g)
{
    result_tables all;
    result_tables_find(m->r, &all);
    size_t n = find_table(&all, "votes");
    assert_true(n < all.count);
    result_table_make(m->r, &all, n, ASSESS_EN, g);
    assert_false(g->failed);
    result_tables_free(&all);
}

static void assert_votes(made_run *m, const char *expected)
{
    grid g;
    char all[2048] = "";
    run_now(m);
    take(m, &g);
    for (size_t i = 0; i < g.count; i++)
        sprintf(all + strlen(all), "%s%c", g.cells[i], (i + 1) % g.column_count ? '|' : '\n');
    assert_string_equal(all, expected);
    grid_free(&g);
    run_close(m);
}

/* Columns: id, name, unit, role, item, valid ballots, the options, all in words. */
static void test_ballots_are_counted_by_option(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION ONE_ROLE);
    hand_in(&m, "1", "peer", "AAAABBCF");
    assert_votes(&m, "1|1|unit|colleagues|Opinion|8|4|2|1|1|Good 4, Fair 2, Poor 1, Unknown 1\n");
}

/* Six times 85: 510, as two of 100, 85 and 70 each come to as well. */
static void test_counts_whose_mean_all_could_have_agreed_on_are_not_shown(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION ONE_ROLE);
    hand_in(&m, "1", "peer", "BBBBBB");
    hand_in(&m, "2", "peer", "AABBCC");
    assert_votes(&m, "1|1|unit|colleagues|Opinion|6|||||not shown: single choices could follow\n"
                     "2|2|unit|colleagues|Opinion|6|||||not shown: single choices could follow\n");
}

/* Five are enough, but ballots that do not count are none of them. */
static void test_counts_of_fewer_than_five_are_not_shown(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION ONE_ROLE);
    hand_in(&m, "1", "peer", "AABC");
    hand_in(&m, "2", "peer", "AABCFF");
    hand_in(&m, "3", "peer", "FFFFF");
    hand_in(&m, "4", "peer", "AAABC"); /* 455: 4 and 1 never come to that */
    assert_votes(&m, "1|1|unit|colleagues|Opinion|4|||||not shown: too few ballots of a role\n"
                     "2|2|unit|colleagues|Opinion|6|||||not shown: too few ballots of a role\n"
                     "3|3|unit|colleagues|Opinion|5|||||not shown: too few ballots of a role\n"
                     "4|4|unit|colleagues|Opinion|5|3|1|1|0|Good 3, Fair 1, Poor 1, Unknown 0\n");
}

/* The score less the colleagues' mean would be the leader's ballot. */
static void test_a_small_role_closes_the_large_one(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION TWO_ROLES);
    hand_in(&m, "1", "peer", "AAABBC");
    hand_in(&m, "1", "leader", "A");
    assert_votes(&m, "1|1|unit|colleagues|Opinion|6|||||not shown: too few ballots of a role\n"
                     "1|1|unit|leader|Opinion|1|||||not shown: too few ballots of a role\n");
}

static void test_announced_counts_are_shown_as_they_are(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION "roles { { 'peer', announced = true } }\nscore { ballots 'peer':item 'o':mean(), round = half_up(2), " WORDS " }\n");
    hand_in(&m, "1", "peer", "AAA");
    assert_votes(&m, "1|1|unit|colleagues|Opinion|3|3|0|0|0|Good 3, Fair 0, Poor 0, Unknown 0\n");
}

/* What is announced of one role does not announce the others. */
static void test_announced_counts_do_not_give_away_a_small_role(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME OPINION "roles { { 'peer', announced = true }, 'leader' }\nscore { weighted { { ballots 'peer':item 'o':mean(), 0.4 }, "
                                "{ ballots 'leader':item 'o':mean(), 0.6 } }, round = half_up(2), " WORDS " }\n");
    hand_in(&m, "1", "peer", "AAABBC");
    hand_in(&m, "1", "leader", "A");
    assert_votes(&m, "1|1|unit|colleagues|Opinion|6|||||not shown: too few ballots of a role\n"
                     "1|1|unit|leader|Opinion|1|||||not shown: too few ballots of a role\n");
}

/* 60 + 30 and 55 + 35 reach 90; 59 + 30 does not. */
static void test_totals_of_announced_points_fall_into_grades(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME POINTS "roles { { 'peer', announced = true } }\nscore { ballots 'peer':total():mean(), round = half_up(2), " WORDS " }\n" GRADES);
    uint32_t s = run_subject(&m, "1", NULL);
    run_ballot(&m, s, "peer", "60", "30");
    run_ballot(&m, s, "peer", "54.5", "35.5");
    run_ballot(&m, s, "peer", "59", "30.9");
    run_ballot(&m, s, "peer", "0", "0");
    assert_votes(&m, "1|1|unit|colleagues|total points, by grade|4|2|1|1|Excellent 2, Competent 1, Incompetent 1\n");
}

static void assert_no_table(const char *rules)
{
    made_run m;
    result_tables all;
    run_open(&m, rules);
    run_subject(&m, "1", NULL);
    run_now(&m);
    result_tables_find(m.r, &all);
    assert_int_equal(find_table(&all, "votes"), all.count);
    result_tables_free(&all);
    run_close(&m);
}

static void test_points_that_are_not_announced_have_no_table(void **state)
{
    (void)state;
    assert_no_table(SCHEME POINTS "roles { 'peer' }\nscore { ballots 'peer':total():mean(), round = half_up(2), " WORDS " }\n" GRADES);
}

/* What is made of some ballots alone, beside the counts of all, would be the others'. Without a mean nothing says what may be hidden. */
static void test_figures_of_some_ballots_close_the_table(void **state)
{
    (void)state;
    assert_no_table(SCHEME OPINION "roles { 'peer' }\nscore { ballots 'peer':item 'o':median(), round = half_up(2), " WORDS " }\n");
    assert_no_table(SCHEME OPINION "roles { 'peer' }\nscore { ballots 'peer':item 'o':share { 'A' } * 100, round = half_up(2), " WORDS " }\n");
}

/* A figure of a group is made of other people's ballots, which may be few. */
static void test_figures_of_groups_close_the_table(void **state)
{
    (void)state;
    assert_no_table(SCHEME OPINION "roles { 'peer' }\nlocal own = ballots 'peer':item 'o':mean()\n"
                                   "score { own - across { own, within = 'unit' }:mean(), round = half_up(2), " WORDS " }\n");
}

/* ---- the attack: try all ballots there could be ----
 *
 * Whoever reads the table knows the mean (explain shows it) and, as a rater, the own ballot. A choice of somebody else is found out when all
 * ballots that would give the same page leave only one option for it. The mean alone may do so; the page must not where the mean does not. */

enum { MOST_RATERS = 6, MOST_OPTIONS = 4, MOST_WORLDS = 1024, OUTSIDER = MOST_RATERS };

typedef struct attack {
    plan_item item;
    plan_option options[MOST_OPTIONS];
    int raters, worlds;
    int ballot[MOST_WORLDS][MOST_RATERS];
    int page[MOST_WORLDS]; /* 0: hidden, else which counts are shown */
    int64_t sum[MOST_WORLDS];
} attack;

typedef bool hides(const plan_item *item, const uint32_t *chosen);

static void open_world(attack *a, int number, hides *hidden)
{
    uint32_t chosen[MOST_OPTIONS] = {0};
    int rest = number, page = 0;
    a->sum[number] = 0;
    for (int r = 0; r < a->raters; r++, rest /= (int)a->item.option_count) {
        int option = rest % (int)a->item.option_count;
        a->ballot[number][r] = option;
        a->sum[number] += a->options[option].points.coeff;
        chosen[option]++;
    }
    for (size_t o = 0; o < a->item.option_count; o++)
        page = page * (MOST_RATERS + 1) + (int)chosen[o];
    a->page[number] = hidden(&a->item, chosen) ? 0 : page;
}

static void open_worlds(attack *a, int raters, int options, const int64_t *points, hides *hidden)
{
    *a = (attack){.raters = raters, .worlds = 1};
    a->item = (plan_item){.options = a->options, .option_count = (size_t)options};
    for (int o = 0; o < options; o++)
        a->options[o] = (plan_option){.counted = true, .points = {points[o], 0}};
    for (int r = 0; r < raters; r++)
        a->worlds *= options;
    assert_true(a->worlds <= MOST_WORLDS);
    for (int w = 0; w < a->worlds; w++)
        open_world(a, w, hidden);
}

/* How many options the target may have chosen, for the observer in this world. */
static int possible(const attack *a, int world, int observer, int target, bool by_page)
{
    bool seen[MOST_OPTIONS] = {false};
    int count = 0;
    for (int w = 0; w < a->worlds; w++) {
        bool same = a->sum[w] == a->sum[world] && (!by_page || a->page[w] == a->page[world]) &&
                    (observer == OUTSIDER || a->ballot[w][observer] == a->ballot[world][observer]);
        if (!same || seen[a->ballot[w][target]])
            continue;
        seen[a->ballot[w][target]] = true;
        count++;
    }
    return count;
}

/* Ballots that the page gives away though the mean does not. Raters differ by nothing but what they chose: the last is the target. */
static int given_away(const attack *a)
{
    int found = 0, target = a->raters - 1;
    for (int w = 0; w < a->worlds; w++)
        for (int o = 0; o < target; o++) {
            int observer = o ? o : OUTSIDER;
            found += possible(a, w, observer, target, true) == 1 && possible(a, w, observer, target, false) > 1;
        }
    return found;
}

static const int64_t REVIEW[] = {100, 85, 70, 55}, EVEN[] = {3, 2, 1}, UNEVEN[] = {10, 9, 1}, FAR[] = {100, 60, 0, 20};

static void test_nobodys_choice_follows_from_what_is_shown(void **state)
{
    static attack a;
    (void)state;
    open_worlds(&a, 5, 4, REVIEW, votes_may_agree);
    assert_int_equal(given_away(&a), 0);
    open_worlds(&a, 6, 3, EVEN, votes_may_agree);
    assert_int_equal(given_away(&a), 0);
    open_worlds(&a, 6, 3, UNEVEN, votes_may_agree);
    assert_int_equal(given_away(&a), 0);
    open_worlds(&a, 5, 4, FAR, votes_may_agree);
    assert_int_equal(given_away(&a), 0);
}

static bool hides_nothing(const plan_item *item, const uint32_t *chosen)
{
    (void)item, (void)chosen;
    return false;
}

static bool hides_where_all_agreed(const plan_item *item, const uint32_t *chosen)
{
    uint32_t largest = 0, all = 0;
    for (size_t o = 0; o < item->option_count; o++) {
        largest = chosen[o] > largest ? chosen[o] : largest;
        all += chosen[o];
    }
    return largest + 1 >= all;
}

/* Why the rule is what it is: to hide just the votes that were nearly one tells that they were. */
static void test_simpler_rules_give_choices_away(void **state)
{
    static attack a;
    (void)state;
    open_worlds(&a, 5, 4, REVIEW, hides_nothing);
    assert_true(given_away(&a) > 0);
    open_worlds(&a, 5, 4, REVIEW, hides_where_all_agreed);
    assert_true(given_away(&a) > 0);
}

/* Of the 729 ways that six could choose among 10, 9 and 1, those with a sum like 5 x 10 + 9 are hidden. */
static void test_votes_whose_mean_says_that_raters_differ_are_shown(void **state)
{
    static attack a;
    int hidden = 0;
    (void)state;
    open_worlds(&a, 6, 3, UNEVEN, votes_may_agree);
    for (int w = 0; w < a.worlds; w++)
        hidden += a.page[w] == 0;
    /* No other choice comes to one of these sums, so only the votes that were nearly one are hidden: 3 of all, 3 x 2 x 6 of all but one. */
    assert_int_equal(hidden, 39);
}

static void test_without_memory_there_is_no_table(void **state)
{
    made_run m;
    grid g;
    (void)state;
    run_open(&m, SCHEME OPINION ONE_ROLE);
    hand_in(&m, "1", "peer", "AAAABBC");
    run_now(&m);
    bool failed = true;
    for (long successes = 0; failed && successes < 500; successes++) {
        result_tables all;
        mem_fault_after(successes);
        result_tables_find(m.r, &all);
        failed = all.failed;
        size_t n = failed ? 0 : find_table(&all, "votes");
        if (!failed && n < all.count) {
            result_table_make(m.r, &all, n, ASSESS_ZH, &g);
            failed = g.failed;
            grid_free(&g);
        } else {
            failed = true; /* no memory to know that there is one */
        }
        mem_fault_after(-1);
        result_tables_free(&all);
    }
    assert_false(failed);
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ballots_are_counted_by_option),
        cmocka_unit_test(test_counts_whose_mean_all_could_have_agreed_on_are_not_shown),
        cmocka_unit_test(test_counts_of_fewer_than_five_are_not_shown),
        cmocka_unit_test(test_a_small_role_closes_the_large_one),
        cmocka_unit_test(test_announced_counts_are_shown_as_they_are),
        cmocka_unit_test(test_announced_counts_do_not_give_away_a_small_role),
        cmocka_unit_test(test_totals_of_announced_points_fall_into_grades),
        cmocka_unit_test(test_points_that_are_not_announced_have_no_table),
        cmocka_unit_test(test_figures_of_some_ballots_close_the_table),
        cmocka_unit_test(test_figures_of_groups_close_the_table),
        cmocka_unit_test(test_nobodys_choice_follows_from_what_is_shown),
        cmocka_unit_test(test_simpler_rules_give_choices_away),
        cmocka_unit_test(test_votes_whose_mean_says_that_raters_differ_are_shown),
        cmocka_unit_test(test_without_memory_there_is_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
