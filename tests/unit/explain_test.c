/* explain: the derivation of one result, and that no single ballot can be worked out from it. */
#include "explain/explain.h"
#include "made_run.h"

#define ITEMS_AB "items { { 'a', zh = '甲', en = 'A', points = 60 }, { 'b', zh = '乙', en = 'B', points = 40 } }\n"
#define TWO_ROLES "roles { 'peer', 'leader' }\n"
#define BLEND "clause '1'\nlocal peer = step { ballots 'peer':total():mean(), zh = '群众评分', en = 'Colleagues' }\n" \
              "local leader = step { ballots 'leader':total():mean(), zh = '领导评分', en = 'Leader' }\n" \
              "clause '2'\nlocal blend = step { weighted { { peer, 0.4 }, { leader, 0.6 } }, zh = '加权', en = 'Blend' }\n"
#define BLEND_SCORE BLEND "clause '3'\nscore { blend, not_below = 0, round = half_up(2), zh = '得分', en = 'Score' }\n"

/* The output, owned by the caller; asks in that form for that person. */
static char *derived(const made_run *m, uint32_t subject, assess_language language, bool as_json, unsigned smallest)
{
    derivation d;
    buffer out = {0};
    assert_true(explain_subject(m->r, subject, language, smallest, &d));
    (as_json ? explain_json : explain_text)(&d, &out);
    explain_free(&d);
    buffer_add_char(&out, '\0');
    assert_false(out.failed);
    return out.bytes;
}

static bool says(const made_run *m, uint32_t subject, unsigned smallest, const char *words)
{
    bool found = false;
    for (int form = 0; form < 4; form++) {
        char *out = derived(m, subject, (assess_language)(form % 2), form / 2, smallest);
        found |= strstr(out, words) != NULL;
        mem_free(out);
    }
    return found;
}

/* ---- the text ---- */

#define WHOLE SCHEME ITEMS_AB "roles { 'peer', { 'leader', signed = true } }\nkinds { { 'fault', zh = '过错', en = 'Fault' }, { 'bonus', zh = '加分', en = 'Bonus' } }\n" BLEND \
    "local minus = step { events 'fault':points():sum(), zh = '扣分', en = 'Deductions', remark = true }\n" \
    "clause '3'\nscore { blend - minus, not_below = 0, round = half_up(2), zh = '得分', en = 'Score' }\n" \
    "grades { { 'good', from = 60, zh = '好', en = 'Good' }, { 'poor', from = 0, zh = '差', en = 'Poor' } }\n" \
    "clause '4'\nveto { events 'bonus':any(), bars = 'good', zh = '否决', en = 'Veto' }\n" \
    "exclude { months_in_post():less_than(6), unknown = 'keep', zh = '新', en = 'new' }\nrank { within = 'batch', zh = '名次', en = 'Rank' }\n"

/* a: five peers 81, 82, 83, 84, 85.5 (mean 83.1), the leader 90; 0.4 × 83.1 + 0.6 × 90 = 87.24, less 1.5 is 85.74. */
static void open_whole(made_run *m)
{
    static const char *const points[] = {"51", "52", "53", "54", "55.5"};
    run_open(m, WHOLE);
    uint32_t a = run_subject(m, "a", NULL), b = run_subject(m, "b", "2026-01-01");
    for (size_t i = 0; i < 5; i++)
        run_ballot(m, a, "peer", points[i], "30");
    run_ballot(m, a, "leader", "57", "33");
    for (size_t i = 0; i < 5; i++)
        run_ballot(m, b, "peer", points[i], "31");
    run_ballot(m, b, "leader", "58", "34");
    run_event(m, a, "fault", .from = "2026-03-04", .points = "1.5", .ref = "[2026]3", .note = "returned twice");
    run_event(m, b, "bonus", .from = "2026-05-01", .to = "2026-05-03", .amount = "2", .has_liable = true, .liable = a);
    run_now(m);
}

static void test_text_goes_through_the_statements_in_order(void **state)
{
    static const char expected[] = "a a · unit · Scheme · 2026\n"
                                   "Result: 85.74 points, Good\n"
                                   "  · 2 Deductions 1.5\n"
                                   "\n"
                                   "  1             Colleagues\n"
                                   "                = mean of ballots of colleagues\n"
                                   "                = 83.1\n"
                                   "                └ 5 ballots counted\n"
                                   "  1             Leader\n"
                                   "                = mean of ballots of leader\n"
                                   "                = 90\n"
                                   "                └ 1 ballot counted\n"
                                   "  2             Blend\n"
                                   "                = Colleagues × 0.4 + Leader × 0.6\n"
                                   "                = 83.1 × 0.4 + 90 × 0.6\n"
                                   "                = 87.24\n"
                                   "  2             Deductions\n"
                                   "                = points of Fault\n"
                                   "                = 1.5\n"
                                   "                └ made.csv row 2: Fault 2026-03-04 1.5 points, [2026]3 (returned twice)\n"
                                   "  3             Score\n"
                                   "                = Blend − Deductions, not below 0, rounded half up to 0.01\n"
                                   "                = 87.24 − 1.5, not below 0, rounded half up to 0.01\n"
                                   "                = 85.74\n"
                                   "  3             Grade by the score\n"
                                   "                → reaches Good (from 60)\n"
                                   "  4             Veto\n"
                                   "                number of Bonus is more than 0\n"
                                   "                0 is more than 0\n"
                                   "                → none\n"
                                   "  4             new\n"
                                   "                whole months in post is less than 6\n"
                                   "                (missing) is less than 6\n"
                                   "                → unknown, and assessed all the same\n"
                                   "  4             Rank\n"
                                   "                → 2 of 2\n";
    made_run m;
    (void)state;
    open_whole(&m);
    char *out = derived(&m, 0, ASSESS_EN, false, 0);
    assert_string_equal(out, expected);
    mem_free(out);
    run_close(&m);
}

static void assert_in_order(const char *out, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const char *at = strstr(out, words[i]);
        if (!at)
            print_error("missing '%s' in\n%s\n", words[i], out);
        assert_non_null(at);
        out = at + strlen(words[i]);
    }
}

static void test_text_is_chinese_when_asked_for(void **state)
{
    static const char *const words[] = {"方案 · 2026", "好", "2 扣分：1.5", "群众评分的平均分", "83.1", "计分 5 张", "加权", "群众评分 × 0.4 + 领导评分 × 0.6",
                                        "made.csv 第 2 行", "过错 2026-03-04 1.5 分", "四舍五入到 0.01", "达到好", "无法判断，仍参加考评", "第 2 名"};
    made_run m;
    (void)state;
    open_whole(&m);
    char *out = derived(&m, 0, ASSESS_ZH, false, 0);
    assert_in_order(out, words, sizeof words / sizeof *words);
    mem_free(out);
    run_close(&m);
}

/* b: 0.4 × 84.1 + 0.6 × 92 = 88.84, and a veto. */
static void test_veto_is_shown_with_its_event_and_what_it_did(void **state)
{
    static const char *const words[] = {"Result: 88.84 points, Poor", "4 Veto: Good → Poor", "reaches Good (from 60)", "yes: the grade is at most Poor",
                                        "made.csv row 3: Bonus 2026-05-01 to 2026-05-03 amount 2\n", "12 is less than 6", "no, not by this clause", "1 of 2"};
    made_run m;
    (void)state;
    open_whole(&m);
    char *out = derived(&m, 1, ASSESS_EN, false, 0);
    assert_in_order(out, words, sizeof words / sizeof *words);
    mem_free(out);
    run_close(&m);
}

static void test_liable_is_shown_with_whom_he_was_liable_for(void **state)
{
    static const char *const words[] = {"Jointly", "= 2\n", "row 2: ", ", liable for culprit"};
    made_run m;
    (void)state;
    run_open(&m, SCHEME "kinds { { 'fault', zh = '过错', en = 'Fault' } }\nstep { events 'fault':as_liable():points():sum(), zh = '连带', en = 'Jointly' }\n" SCORE);
    uint32_t culprit = run_subject(&m, "culprit", NULL), head = run_subject(&m, "head", NULL);
    run_event(&m, culprit, "fault", .points = "2", .has_liable = true, .liable = head);
    run_now(&m);
    char *out = derived(&m, head, ASSESS_EN, false, 0), *own = derived(&m, culprit, ASSESS_EN, false, 0);
    assert_in_order(out, words, 4);
    assert_null(strstr(own, "row 2")); /* the figure is not about his own */
    mem_free(out);
    mem_free(own);
    run_close(&m);
}

/* An event stands under the figure that reads it, not again under those that are made of that figure. */
static void test_events_stand_under_the_figure_that_reads_them(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "kinds { { 'fault', zh = '过错', en = 'Fault' } }\nlocal n = step { events 'fault':count(), " WORDS " }\nstep { n * 2, " WORDS " }\n"
                 "step { events 'fault':points():sum() + 1, " WORDS " }\n" SCORE);
    uint32_t s = run_subject(&m, "1", NULL);
    run_event(&m, s, "fault", .points = "2");
    run_now(&m);
    derivation d;
    assert_true(explain_subject(m.r, s, ASSESS_EN, 0, &d));
    assert_int_equal(d.lines[0].event_count, 1);
    assert_int_equal(d.lines[1].event_count, 0);
    assert_int_equal(d.lines[2].event_count, 1); /* no name of its own in between */
    assert_int_equal(d.lines[0].events[0]->row, 2);
    explain_free(&d);
    run_close(&m);
}

static void test_incomplete_says_what_is_missing(void **state)
{
    static const char *const words[] = {"Result: incomplete, not assessed", "2 no ballot of leader", "Leader", "(missing)", "no grade"};
    made_run m;
    (void)state;
    run_open(&m, SCHEME ITEMS_AB TWO_ROLES "clause '2'\nlocal l = step { ballots 'leader':total():mean(), zh = '领', en = 'Leader' }\n"
                 "score { l, round = half_up(2), " WORDS " }\ngrades { { 'a', from = 1, " WORDS " }, { 'b', from = 0, " WORDS " } }\n");
    uint32_t s = run_subject(&m, "1", NULL);
    run_now(&m);
    char *out = derived(&m, s, ASSESS_EN, false, 0);
    assert_in_order(out, words, 5);
    mem_free(out);
    run_close(&m);
}

static void test_excluded_says_by_what(void **state)
{
    static const char *const words[] = {"Result: not assessed", "new", "whole months in post is less than 6", "1 is less than 6", "yes: not assessed", "not ranked"};
    made_run m;
    (void)state;
    run_open(&m, WHOLE);
    uint32_t s = run_subject(&m, "1", "2026-12-01");
    run_now(&m);
    char *out = derived(&m, s, ASSESS_EN, false, 0);
    assert_in_order(out, words, 6);
    mem_free(out);
    run_close(&m);
}

static void test_formula_too_long_for_a_page_is_cut(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "local x = months_in_post()\nfor i = 1, 60 do x = x + x end\nkinds { { 'k', " WORDS " } }\nlocal e = events 'k':count()\n"
                 "for i = 1, 60 do e = e + e end\nscore { x * 0 + e, round = half_up(0), " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", "2026-01-01");
    run_event(&m, s, "k", .points = NULL);
    run_now(&m);
    char *out = derived(&m, s, ASSESS_EN, false, 0);
    assert_true(strlen(out) < 16384);
    mem_free(out);
    run_close(&m);
}

/* ---- JSON ---- */

/* A value of JSON (RFC 8259) at *at; false: it is none. */
static bool json_value(const char **at);

static void json_blanks(const char **at)
{
    while (**at == ' ' || **at == '\n' || **at == '\t' || **at == '\r')
        ++*at;
}

static bool json_string_at(const char **at)
{
    if (**at != '"')
        return false;
    for (++*at; **at != '"'; ++*at) {
        unsigned char c = (unsigned char)**at;
        if (c < 0x20)
            return false;
        if (c != '\\')
            continue;
        ++*at;
        if (**at == 'u')
            for (int i = 0; i < 4; i++) {
                ++*at;
                if (!strchr("0123456789abcdefABCDEF", **at) || !**at)
                    return false;
            }
        else if (!**at || !strchr("\"\\/bfnrt", **at))
            return false;
    }
    ++*at;
    return true;
}

static bool json_number_at(const char **at)
{
    const char *start = *at;
    if (**at == '-')
        ++*at;
    while (**at >= '0' && **at <= '9')
        ++*at;
    return *at > start && (*at)[-1] != '-';
}

/* { … } or [ … ] */
static bool json_group(const char **at, char end, bool named)
{
    ++*at;
    json_blanks(at);
    if (**at == end) {
        ++*at;
        return true;
    }
    for (;;) {
        json_blanks(at);
        if (named) {
            if (!json_string_at(at))
                return false;
            json_blanks(at);
            if (*(*at)++ != ':')
                return false;
        }
        if (!json_value(at))
            return false;
        json_blanks(at);
        if (**at != ',')
            return *(*at)++ == end;
        ++*at;
    }
}

static bool json_value(const char **at)
{
    json_blanks(at);
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < 3; i++)
        if (strncmp(*at, words[i], strlen(words[i])) == 0) {
            *at += strlen(words[i]);
            return true;
        }
    switch (**at) {
    case '{': return json_group(at, '}', true);
    case '[': return json_group(at, ']', false);
    case '"': return json_string_at(at);
    default: return json_number_at(at);
    }
}

static void assert_json(const char *text_given)
{
    const char *at = text_given;
    assert_true(json_value(&at));
    json_blanks(&at);
    assert_int_equal(*at, '\0');
    assert_int_equal(utf8_invalid_at(text_given, strlen(text_given)), strlen(text_given));
}

static void test_json_is_json_in_both_languages(void **state)
{
    made_run m;
    (void)state;
    open_whole(&m);
    for (uint32_t s = 0; s < 2; s++)
        for (int language = 0; language < 2; language++) {
            char *out = derived(&m, s, (assess_language)language, true, 0);
            assert_json(out);
            mem_free(out);
        }
    run_close(&m);
}

static void test_json_holds_head_lines_and_events(void **state)
{
    static const char *const words[] = {
        "{\"schema\":\"assess.explain/1\",\"scheme\":\"x\",\"period\":\"2026\",\"id\":\"a\",\"name\":\"a\",\"unit\":\"unit\",\"status\":\"assessed\","
        "\"score\":\"85.74\",\"grade\":\"good\",\"rank\":2,\"flags\":\"\",\"reasons\":[\"2 Deductions 1.5\"],\"means_shown\":true,\"smallest_group\":5,\"lines\":[",
        "{\"kind\":\"step\",\"clause\":\"1\",\"words\":\"Colleagues\",\"formula\":\"mean of ballots of colleagues\",\"figures\":\"\",\"value\":\"83.1\",\"note\":\"\","
        "\"ballots\":{\"counted\":5,\"not_counted\":0,\"invalid\":0},\"events\":[]}",
        "\"events\":[{\"file\":\"made.csv\",\"row\":2,\"kind\":\"fault\",\"from\":\"2026-03-04\",\"to\":\"2026-03-04\",\"points\":\"1.5\",\"amount\":\"\","
        "\"subject\":\"a\",\"liable\":\"\",\"ref\":\"[2026]3\",\"note\":\"returned twice\"}]",
        "{\"kind\":\"score\",", "{\"kind\":\"grades\",", "{\"kind\":\"veto\",", "{\"kind\":\"exclude\",", "{\"kind\":\"rank\","};
    made_run m;
    (void)state;
    open_whole(&m);
    char *out = derived(&m, 0, ASSESS_EN, true, 0);
    assert_in_order(out, words, sizeof words / sizeof *words);
    mem_free(out);
    run_close(&m);
}

static void test_json_survives_hostile_names(void **state)
{
    made_run m;
    (void)state;
    run_open(&m, SCHEME "kinds { { 'k', zh = '引\"号\\\\', en = 'quo\"te\\\\ \\n' } }\nstep { events 'k':count(), zh = '\"', en = '\"' }\n" SCORE);
    uint32_t s = run_subject(&m, "1\"\\\b", NULL);
    run_event(&m, s, "k", .ref = "\"]}\\\n");
    run_now(&m);
    for (int language = 0; language < 2; language++) {
        char *out = derived(&m, s, (assess_language)language, true, 0);
        assert_json(out);
        mem_free(out);
    }
    run_close(&m);
}

/* ---- privacy ---- */

/* Peers with totals 81.37, 64.29, 83.11, 77.83, 92.59; leaders with 91.43 each. */
static uint32_t open_groups(made_run *m, const char *rules, size_t peers, size_t leaders)
{
    static const char *const points[][2] = {{"47.37", "34"}, {"31.29", "33"}, {"52.11", "31"}, {"49.83", "28"}, {"55.59", "37"}};
    run_open(m, rules);
    uint32_t s = run_subject(m, "1", NULL);
    for (size_t i = 0; i < peers; i++)
        run_ballot(m, s, "peer", points[i][0], points[i][1]);
    for (size_t i = 0; i < leaders; i++)
        run_ballot(m, s, "leader", "53.43", "38");
    run_now(m);
    return s;
}

/* Totals and cells, sums and means of the groups, and the means times their weights. Of all five peers: 399.19 / 5 = 79.838,
 * times 0.4 = 31.9352; of the first two: 145.66 / 2 = 72.83, times 0.4 = 29.132; of the leaders 91.43, times 0.6 = 54.858. */
static const char *const secrets[] = {"81.37", "64.29", "83.11", "77.83", "92.59", "399.19", "79.8",  "31.93", "145.66", "72.83",
                                      "29.13", "91.43", "54.85", "47.37", "31.29", "53.43",  "52.11", "49.83", "55.59"};

static void check_secrets(const made_run *m, uint32_t s, unsigned smallest, const char *file, int line)
{
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
        if (says(m, s, smallest, secrets[i]))
            print_error("%s is told\n", secrets[i]);
        _assert_true(!says(m, s, smallest, secrets[i]), "no ballot and no mean is told", file, line);
    }
}
#define assert_no_secret(m, s, smallest) check_secrets((m), (s), (smallest), __FILE__, __LINE__)

static void test_means_are_shown_when_every_group_is_large_enough(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 5, 5);
    assert_true(says(&m, s, 5, "79.838"));
    assert_true(says(&m, s, 5, "91.43"));
    assert_true(says(&m, s, 5, "\"means_shown\":true"));
    assert_false(says(&m, s, 5, "not shown"));
    run_close(&m);
}

/* The peers are enough, but the score would give the leader away if their mean were told: 0.4 × 79.838 + 54.858 = 86.7932. */
static void test_no_mean_is_shown_when_one_group_is_too_small(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 5, 1);
    assert_no_secret(&m, s, 5);
    assert_true(says(&m, s, 5, "86.79"));
    assert_true(says(&m, s, 5, "\"means_shown\":false"));
    assert_true(says(&m, s, 5, "One group has fewer than 5 ballots"));
    assert_true(says(&m, s, 5, "有一组评分不足 5 张"));
    run_close(&m);
}

static bool is_allowed(const char *number, size_t length, const char *const *allowed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strlen(allowed[i]) == length && memcmp(allowed[i], number, length) == 0)
            return true;
    return false;
}

/* All figures of the text at all: id and clauses, the period, the weights, floor, rounding, counts, k, and the score. */
static void test_nothing_but_open_figures_is_in_the_text_of_small_groups(void **state)
{
    static const char *const allowed[] = {"1", "2", "3", "2026", "0.4", "0.6", "0", "0.01", "5", "83.99"};
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 2, 1);
    for (int language = 0; language < 2; language++) {
        char *out = derived(&m, s, (assess_language)language, false, 5);
        for (const char *at = out; *at;) {
            size_t length = strspn(at, "0123456789.");
            if (length && *at != '.' && !is_allowed(at, length, allowed, sizeof allowed / sizeof *allowed)) {
                print_error("%.*s in\n%s\n", (int)length, at, out);
                fail();
            }
            at += length ? length : 1;
        }
        mem_free(out);
    }
    assert_no_secret(&m, s, 5);
    run_close(&m);
}

static void test_signed_ballots_may_be_few(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB "roles { 'peer', { 'leader', signed = true } }\n" BLEND_SCORE, 5, 1);
    assert_true(says(&m, s, 5, "91.43"));
    assert_true(says(&m, s, 5, "79.838"));
    run_close(&m);
}

static void test_signed_ballots_do_not_open_the_others(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB "roles { 'peer', { 'leader', signed = true } }\n" BLEND_SCORE, 4, 1);
    assert_no_secret(&m, s, 5);
    run_close(&m);
}

/* Four leaders' mean is that of one: 91.43. With k = 4 they are enough, with 5 they are not. */
static void test_group_is_large_enough_from_k_on(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 5, 4);
    assert_true(says(&m, s, 4, "91.43"));
    assert_no_secret(&m, s, 5);
    assert_no_secret(&m, s, 0); /* 0 is 5 */
    run_close(&m);
}

static void test_k_below_three_is_three(void **state)
{
    made_run m;
    (void)state;
    uint32_t two = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 3, 2);
    assert_no_secret(&m, two, 1);
    assert_no_secret(&m, two, 2);
    assert_true(says(&m, two, 1, "\"smallest_group\":3"));
    run_close(&m);
    uint32_t three = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND_SCORE, 3, 3);
    assert_true(says(&m, three, 1, "91.43"));
    run_close(&m);
}

static void test_group_without_ballots_closes_nothing(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "score { peer, round = half_up(2), " WORDS " }\n", 5, 0);
    assert_true(says(&m, s, 5, "79.838"));
    run_close(&m);
}

/* The one leader's two items, 53.43 and 38, are the sheet of one rater, not two groups: 53.43 + 2 × 38 = 129.43. */
static void test_items_of_one_role_are_one_group(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "step { ballots 'leader':item 'a':mean() + ballots 'leader':item 'b':mean() * 2, " WORDS " }\n"
                                 "score { blend, round = half_up(2), " WORDS " }\n", 5, 1);
    assert_no_secret(&m, s, 5);
    assert_false(says(&m, s, 5, "129.43"));
    run_close(&m);
}

/* 0.5 × 79.838 + 0.5 × 91.43 = 85.634: set against the score, it would give both means. */
static void test_second_mixture_of_the_groups_is_not_shown(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "step { weighted { { peer, 0.5 }, { leader, 0.5 } }, " WORDS " }\n"
                                 "score { blend, round = half_up(2), " WORDS " }\n", 5, 1);
    assert_no_secret(&m, s, 5);
    assert_false(says(&m, s, 5, "85.63"));
    run_close(&m);
}

/* The blend is 86.7932; a hundredth of it as the score, 0.87, must not show it in full. */
static void test_figure_finer_than_the_score_is_not_shown(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "score { blend / 100, round = half_up(2), " WORDS " }\n", 5, 1);
    assert_no_secret(&m, s, 5);
    assert_true(says(&m, s, 5, "0.87"));
    assert_false(says(&m, s, 5, "86.79"));
    run_close(&m);
}

/* What lies between the score and its parts is shown to the hundredth of the score: 86.79, less 1.5 is 85.29. */
static void test_figure_that_follows_from_the_score_is_shown_as_exact_as_it(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "score { blend - 1.5, not_below = 0, round = half_up(2), " WORDS " }\n", 5, 1);
    assert_no_secret(&m, s, 5);
    assert_true(says(&m, s, 5, "85.29"));
    assert_true(says(&m, s, 5, "≈86.79"));
    assert_false(says(&m, s, 5, "86.793"));
    run_close(&m);
}

static void test_conditions_on_means_tell_yes_or_no_and_no_figure(void **state)
{
    made_run m;
    (void)state;
    uint32_t s = open_groups(&m, SCHEME ITEMS_AB TWO_ROLES BLEND "exclude { leader:less_than(60), " WORDS " }\nscore { blend, round = half_up(2), " WORDS " }\n", 5, 1);
    assert_no_secret(&m, s, 5);
    assert_true(says(&m, s, 5, "no, not by this clause"));
    run_close(&m);
}

/* ---- clauses ---- */

static void test_clauses_that_had_a_say_are_told(void **state)
{
    made_run m;
    derivation d;
    (void)state;
    open_whole(&m);
    bool used[8] = {false};
    assert_int_equal(m.p->clause_count, 5); /* none, 1, 2, 3, 4 */
    assert_true(explain_subject(m.r, 0, ASSESS_EN, 0, &d));
    explain_clauses(&d, used);
    assert_true(used[1] && used[2] && used[3]);
    assert_true(used[4]); /* the rank stands there too */
    explain_free(&d);
    run_close(&m);
}

static void test_clause_of_an_exclusion_that_did_not_hold_had_no_say(void **state)
{
    made_run m;
    derivation d;
    bool used[4] = {false};
    (void)state;
    run_open(&m, SCHEME "clause '1'\n" SCORE "clause '2'\nexclude { months_in_post():less_than(6), " WORDS " }\nclause '3'\nexclude { months_in_post():more_than(99), " WORDS " }\n");
    uint32_t s = run_subject(&m, "1", "2026-12-01");
    run_now(&m);
    assert_true(explain_subject(m.r, s, ASSESS_EN, 0, &d));
    explain_clauses(&d, used);
    assert_false(used[1]); /* no score was given */
    assert_true(used[2]);
    assert_false(used[3]);
    explain_free(&d);
    run_close(&m);
}

/* ---- no memory ---- */

static void test_derivation_without_memory_fails_cleanly(void **state)
{
    made_run m;
    bool done = false;
    (void)state;
    open_whole(&m);
    for (long n = 0; !done; n++) {
        derivation d;
        buffer out = {0};
        mem_fault_after(n);
        done = explain_subject(m.r, 0, ASSESS_EN, 0, &d);
        if (done)
            explain_json(&d, &out);
        done &= !out.failed;
        mem_fault_after(-1);
        explain_free(&d);
        buffer_free(&out);
        assert_true(n < 1000);
    }
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_goes_through_the_statements_in_order),
        cmocka_unit_test(test_text_is_chinese_when_asked_for),
        cmocka_unit_test(test_veto_is_shown_with_its_event_and_what_it_did),
        cmocka_unit_test(test_liable_is_shown_with_whom_he_was_liable_for),
        cmocka_unit_test(test_events_stand_under_the_figure_that_reads_them),
        cmocka_unit_test(test_incomplete_says_what_is_missing),
        cmocka_unit_test(test_excluded_says_by_what),
        cmocka_unit_test(test_formula_too_long_for_a_page_is_cut),
        cmocka_unit_test(test_json_is_json_in_both_languages),
        cmocka_unit_test(test_json_holds_head_lines_and_events),
        cmocka_unit_test(test_json_survives_hostile_names),
        cmocka_unit_test(test_means_are_shown_when_every_group_is_large_enough),
        cmocka_unit_test(test_no_mean_is_shown_when_one_group_is_too_small),
        cmocka_unit_test(test_nothing_but_open_figures_is_in_the_text_of_small_groups),
        cmocka_unit_test(test_signed_ballots_may_be_few),
        cmocka_unit_test(test_signed_ballots_do_not_open_the_others),
        cmocka_unit_test(test_group_is_large_enough_from_k_on),
        cmocka_unit_test(test_k_below_three_is_three),
        cmocka_unit_test(test_group_without_ballots_closes_nothing),
        cmocka_unit_test(test_items_of_one_role_are_one_group),
        cmocka_unit_test(test_second_mixture_of_the_groups_is_not_shown),
        cmocka_unit_test(test_figure_finer_than_the_score_is_not_shown),
        cmocka_unit_test(test_figure_that_follows_from_the_score_is_shown_as_exact_as_it),
        cmocka_unit_test(test_conditions_on_means_tell_yes_or_no_and_no_figure),
        cmocka_unit_test(test_clauses_that_had_a_say_are_told),
        cmocka_unit_test(test_clause_of_an_exclusion_that_did_not_hold_had_no_say),
        cmocka_unit_test(test_derivation_without_memory_fails_cleanly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
