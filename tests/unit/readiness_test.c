/* readiness: the table raters, and the checklist before scoring. The counts of every small batch are worked out by hand beside it. */
#include "made_input.h"

#include "report/readiness.h"

#define BALLOT_ITEMS "items { { 'a', zh = '甲', en = 'A', points = 10, invalid = 'counted_apart' } }\n"
#define THREE_ROLES "roles { 'self', 'peer', 'leader' }\n"
#define PEER_MEAN "ballots 'peer':total():mean()"
#define SELF_MEAN "ballots 'self':total():mean()"
#define SCHEME_OF(figure) SCHEME BALLOT_ITEMS THREE_ROLES FIGURE(figure)
#define ALL_ROLES "weighted { { " PEER_MEAN ", 0.5 }, { ballots 'leader':total():mean(), 0.3 }, { " SELF_MEAN ", 0.2 } }"

/* Unit u: 1, 2, 3. Unit v: 4, 5. */
#define PEOPLE "id,name,unit\n1,Ann,u\n2,Bob,u\n3,Cyd,u\n4,Dan,v\n5,Eve,v\n"

static void input_ratings(made_run *m, const char *rows) { input_read(m, TABLE_RATINGS, rows); }

/* ---- the table ---- */

static void open_table_of(made_run *m, const char *rows)
{
    input_open(m, SCHEME_OF(ALL_ROLES));
    input_people(m, PEOPLE);
    input_ratings(m, "subject,rater,role,a\n1,2,peer,5\n");
    input_raters(m, rows);
}

static void test_a_row_is_about_one_a_unit_or_everybody(void **state)
{
    made_run m;
    (void)state;
    open_table_of(&m, "考评人,角色,被考评人,单位,姓名\n1,peer,4,,安\nx,leader,,v,\nx,peer,,,王\n1,self,,,\n");
    input_problems(&m, 0, 0);
    const assignments *list = &m.b->asked;
    assert_int_equal(list->count, 4);
    assert_int_equal(list->rows[0].subject, 3);
    assert_int_equal(list->rows[0].unit, UNIT_NONE);
    assert_int_equal(list->rows[1].subject, SUBJECT_NONE);
    made_text_equal(list->units.texts[list->rows[1].unit], "v", __FILE__, __LINE__);
    assert_int_equal(list->rows[2].unit, UNIT_NONE);
    assert_int_equal(list->raters.count, 2); /* 1 and x */
    made_text_equal(list->names[0], "安", __FILE__, __LINE__);
    made_text_equal(list->names[1], "王", __FILE__, __LINE__); /* the first that is given */
    run_close(&m);
}

static void test_what_is_wrong_is_named_with_its_cell(void **state)
{
    made_run m;
    (void)state;
    open_table_of(&m, "rater,role,subject,unit\n"
                      ",peer,,\n"      /* 2: no rater */
                      "x,peeer,,\n"    /* 3 */
                      "x,,,\n"         /* 4 */
                      "x,peer,9,\n"    /* 5: nobody */
                      "x,peer,,unitt\n"/* 6 */
                      "x,peer,1,u\n"   /* 7: both */
                      "1,peer,1,\n"    /* 8: of oneself */
                      "1,self,2,\n"    /* 9: a self of another */
                      "x,self,,\n");   /* 10: x is nobody */
    input_problems(&m, 9, 0);
    assert_problem(&m, "input.rater_missing", 2, 1, "id of a rater");
    assert_problem(&m, "input.role_unknown_near", 3, 2, "did you mean 'peer'?");
    assert_problem(&m, "input.role_missing", 4, 2, "role is empty");
    assert_problem(&m, "input.subject_unknown", 5, 3, "'9'");
    assert_problem(&m, "input.rater_unit_unknown", 6, 4, "'unitt'");
    assert_problem(&m, "input.rater_subject_and_unit", 7, 4, "keep the subject");
    assert_problem(&m, "input.rater_of_self", 8, 3, "but in the role self");
    assert_problem(&m, "input.rater_self_of_other", 9, 1, "people rate themselves");
    assert_problem(&m, "input.rater_self_of_other", 10, 1, "one of the people");
    assert_int_equal(m.b->asked.count, 0);
    run_close(&m);
}

static void test_a_misspelt_unit_is_named_with_the_nearest(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME_OF(PEER_MEAN));
    input_people(&m, "id,name,unit\n1,Ann,办公室\n");
    input_ratings(&m, "subject,rater,role,a\n1,2,peer,5\n");
    input_raters(&m, "rater,role,unit\nx,peer,办公厅\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.rater_unit_unknown_near", 2, 3, "did you mean '办公室'?");
    run_close(&m);
}

static void test_the_same_row_twice_is_an_error_and_another_role_is_not(void **state)
{
    made_run m;
    (void)state;
    open_table_of(&m, "rater,role,subject,unit\nx,peer,1,\nx,leader,1,\nx,peer,1,\nx,peer,,u\nx,peer,,u\nx,peer,,\nx,peer,,\ny,peer,,\n");
    input_problems(&m, 3, 0);
    assert_problem(&m, "input.asked_twice", 4, 0, "first in row 2");
    assert_problem(&m, "input.asked_twice", 6, 0, "first in row 5");
    assert_problem(&m, "input.asked_twice", 8, 0, "first in row 7");
    run_close(&m);
}

static void test_rows_of_a_role_that_is_not_used_are_left_out_with_a_notice(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME_OF(PEER_MEAN));
    input_people(&m, PEOPLE);
    input_ratings(&m, "subject,rater,role,a\n1,2,peer,5\n");
    input_raters(&m, "rater,role\nx,leader\ny,leader\nx,peer\n");
    input_problems(&m, 0, 1);
    assert_problem(&m, "input.rater_role_unused", 0, 0, "left out: 2");
    assert_int_equal(m.b->asked.count, 1);
    run_close(&m);
}

static void test_a_misspelt_column_is_named(void **state)
{
    made_run m;
    (void)state;
    open_table_of(&m, "rater,role,subjekt\nx,peer,1\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.column_misspelt", 1, 3, "subject");
    run_close(&m);
}

static void test_asked_raters_change_no_score(void **state)
{
    made_run with, without;
    (void)state;
    static const char ballots_given[] = "subject,rater,role,a\n1,2,peer,5\n1,3,peer,8\n2,1,peer,4\n3,1,peer,1\n4,1,peer,2\n5,1,peer,3\n";
    input_open(&with, SCHEME_OF(PEER_MEAN));
    input_people(&with, PEOPLE);
    input_raters(&with, "rater,role,unit\nq,peer,u\n3,peer,\n");
    input_ratings(&with, ballots_given);
    input_open(&without, SCHEME_OF(PEER_MEAN));
    input_people(&without, PEOPLE);
    input_ratings(&without, ballots_given);
    input_run(&with);
    input_run(&without);
    assert_score(&with, 0, "6.50"); /* (5 + 8) / 2 */
    assert_int_equal(with.b->ballots.raters.count, without.b->ballots.raters.count);
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(with.r->score[i], without.r->score[i]);
    run_close(&with);
    run_close(&without);
}

/* ---- the checklist ---- */

static char *checklist(const made_run *m, assess_language language, bool json, size_t *open, buffer *b)
{
    const result bare = {.plan = m->p, .batch = m->b, .count = m->b->people.count};
    *open = report_readiness(m->r ? m->r : &bare, m->r != NULL, message_of(MESSAGE_COUNT), language, json, b);
    buffer_add_char(b, '\0');
    assert_false(b->failed);
    return b->bytes;
}

/* However wide the columns are. */
static char *squeeze(char *t)
{
    char *to = t;
    for (const char *at = t; *at; at++)
        if (*at != ' ' || (to > t && to[-1] != ' '))
            *to++ = *at;
    *to = '\0';
    return t;
}

static void says(const made_run *m, assess_language language, bool json, size_t open, const char *const *words, size_t count,
                 const char *file, int line)
{
    buffer b = {0};
    size_t found;
    char *list = squeeze(checklist(m, language, json, &found, &b));
    for (size_t i = 0; i < count; i++) {
        bool there = *words[i] == '~' ? !strstr(list, words[i] + 1) : strstr(list, words[i]) != NULL;
        if (!there)
            print_message("--- %s\n%s", words[i], list);
        _assert_true(there, words[i], file, line);
    }
    if (found != open)
        print_message("%s", list);
    _assert_int_equal(found, open, file, line);
    buffer_free(&b);
}
/* So many points are open, and the list says these words; a word that begins with ~ must not be there. */
#define assert_list(m, open, ...) \
    says((m), ASSESS_EN, false, (open), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), __FILE__, __LINE__)
#define assert_list_in(m, language, open, ...) \
    says((m), (language), false, (open), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), __FILE__, __LINE__)
#define assert_json(m, open, ...) \
    says((m), ASSESS_EN, true, (open), (const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *), __FILE__, __LINE__)

static void run_of(made_run *m, const char *rules, const char *ratings, const char *raters)
{
    input_open(m, rules);
    input_people(m, PEOPLE);
    input_ratings(m, ratings);
    if (raters)
        input_raters(m, raters);
    input_run(m);
}

static void test_nothing_open_is_ready(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), "subject,rater,role,a\n1,x,peer,5\n2,x,peer,6\n3,x,peer,7\n4,y,peer,5\n5,y,peer,6\n", NULL);
    assert_list(&m, 0, "✓ done tables ", "Ready: nothing is open.\n", "~✗");
    assert_list_in(&m, ASSESS_ZH, 0, "评定前检查清单", "✓ 已齐", "可以评定：没有待办事项。\n");
    assert_json(&m, 0, "{\"ready\":true,\"scored\":true,\"open\":0,");
    run_close(&m);
}

/* 2 and 5 have none. */
static void test_who_lacks_ballots_is_listed_by_unit(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), "subject,rater,role,a\n1,x,peer,5\n3,x,peer,7\n4,y,peer,5\n", NULL);
    assert_list(&m, 1, "✗ open ballots of colleagues 2 no counted ballot, and the result needs one", "u 1 2 Bob\n", "v 1 5 Eve\n",
                "Not ready: points open: 1.");
    assert_json(&m, 1, "{\"id\":\"missing_ballots\",\"state\":\"open\",\"count\":2,\"role\":\"peer\",",
                "\"subjects\":[{\"id\":\"2\",\"name\":\"Bob\",\"unit\":\"u\"},{\"id\":\"5\",\"name\":\"Eve\",\"unit\":\"v\"}]");
    run_close(&m);
}

static void test_who_the_scheme_manages_without_is_a_note(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN ":or_else(0)"), "subject,rater,role,a\n1,x,peer,5\n3,x,peer,7\n4,y,peer,5\n", NULL);
    assert_list(&m, 0, "! note ballots of colleagues 2 no counted ballot; the scheme manages without");
    run_close(&m);
}

static void test_who_is_not_assessed_lacks_nothing(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN) "exclude { ballots 'leader':total():count():at_least(1), " WORDS " }\n",
           "subject,rater,role,a\n1,x,peer,5\n3,x,peer,7\n4,y,peer,5\n5,x,peer,5\n2,z,leader,4\n", "rater,role\nx,peer\n");
    /* x is asked about 1, 3, 4 and 5, and has returned 1, 3 and 5; y was not asked */
    assert_list(&m, 1, "✓ done ballots of colleagues everybody who needs one", "✗ open ballots returned 1 1 of 4 ballots", "! note ballots not asked for 1",
                "~Bob");
    run_close(&m);
}

/* Trimmed to nothing: one high and one low of two. At least 3 of one: two are too few. */
static void test_too_few_for_a_figure_is_open(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF("ballots 'peer':total():mean { least = 3 }"),
           "subject,rater,role,a\n1,x,peer,5\n1,y,peer,5\n1,z,peer,7\n2,x,peer,5\n2,y,peer,6\n3,x,peer,1\n3,y,peer,2\n3,z,peer,3\n"
           "4,x,peer,1\n4,y,peer,2\n4,z,peer,3\n5,x,peer,1\n5,y,peer,2\n5,z,peer,3\n", NULL);
    assert_list(&m, 1, "✗ open too few ballots of colleagues 1 too few counted ballots are left for the figure (3 at least)", "1 2 Bob");
    assert_json(&m, 1, "{\"id\":\"quorum\",\"state\":\"open\",\"count\":1,\"role\":\"peer\",");
    run_close(&m);
}

/* 1 has five, all others one: four are few, where five is k. */
static void test_fewer_than_k_is_a_note(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), "subject,rater,role,a\n1,x,peer,5\n1,y,peer,5\n1,z,peer,7\n1,q,peer,5\n1,r,peer,6\n2,x,peer,6\n3,x,peer,7\n"
                                     "4,y,peer,5\n5,y,peer,6\n", NULL);
    assert_list(&m, 0, "! note few ballots of colleagues 4 fewer than 5 counted ballots", "2 2 Bob, 3 Cyd\n", "2 4 Dan, 5 Eve\n");
    run_close(&m);
}

/* Seven of a unit without a ballot: six are named on the page, all in JSON. */
static void test_long_lists_are_cut_on_the_page_alone(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME_OF(PEER_MEAN));
    input_people(&m, "id,name,unit\n1,A,u\n2,B,u\n3,C,u\n4,D,u\n5,E,u\n6,F,u\n7,Gus,u\n8,H,u\n");
    input_ratings(&m, "subject,rater,role,a\n8,x,peer,5\n");
    input_run(&m);
    assert_list(&m, 1, "u 7 1 A, 2 B, 3 C, 4 D, 5 E, 6 F …\n", "~Gus");
    assert_json(&m, 1, "{\"id\":\"7\",\"name\":\"Gus\",\"unit\":\"u\"}", "~left_out");
    run_close(&m);
}

/* 40 raters who have returned nothing: 30 on the page, all in JSON. */
static void test_long_tables_are_cut_on_the_page_alone(void **state)
{
    made_run m;
    char rows[1024] = "rater,role,subject\n";
    (void)state;
    for (int i = 0; i < 40; i++)
        snprintf(rows + strlen(rows), sizeof rows - strlen(rows), "r%02d,peer,1\n", i);
    run_of(&m, SCHEME_OF(PEER_MEAN ":or_else(0)"), "subject,rater,role,a\n1,x,peer,5\n", rows);
    assert_list(&m, 1, "r29 ", "~r30 ", "… 10 more; they stand in the list of --json");
    assert_json(&m, 1, "{\"rater\":\"r39\"");
    run_close(&m);
}

/* ---- turnout ---- */

/* Asked of x: 1, 2, 3 (unit u; 2 once, although it is named too) = 3; of 1: everybody but 1 = 4; of 4: 5 (unit v without 4) = 1.
 * In u: x 3, 1 asks 2 and 3 = 5; in v: 1 asks 4 and 5, 4 asks 5 = 3. Returned: x about 1 and 2, 1 about 4 (blank: invalid). */
static void test_turnout_is_counted_by_role_and_unit(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN ":or_else(0)"), "subject,rater,role,a\n1,x,peer,5\n2,x,peer,6\n4,1,peer,\n",
           "rater,role,subject,unit,name\nx,peer,,u,Xu\nx,peer,2,,\n1,peer,,,\n4,peer,,v,\n");
    assert_list(&m, 1, "✗ open ballots returned 5 5 of 8 ballots asked for",
                "colleagues u 5 2 40.0% 2 0\n",
                "colleagues v 3 1 33.3% 0 1\n",
                "! note raters to remind 3 have not returned everything, 1 of them nothing at all",
                "x Xu colleagues 3 2\n",
                "1 Ann colleagues 4 1\n",
                "4 Dan colleagues 1 0\n");
    assert_json(&m, 1, "{\"id\":\"turnout\",\"state\":\"open\",\"count\":5,",
                "{\"role\":\"peer\",\"unit\":\"v\",\"asked\":3,\"returned\":1,\"rate\":\"33.3%\",\"valid\":0,\"invalid\":1}",
                "{\"rater\":\"4\",\"name\":\"Dan\",\"role\":\"peer\",\"asked\":1,\"returned\":0}");
    run_close(&m);
}

static void test_turnout_in_full_is_done(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), "subject,rater,role,a\n1,x,peer,5\n2,x,peer,6\n3,x,peer,7\n4,x,peer,4\n5,x,peer,3\n", "rater,role\nx,peer\n");
    assert_list(&m, 0, "✓ done ballots returned 5 of 5 ballots asked for have come in", "~raters to remind", "~not asked for");
    run_close(&m);
}

/* Only oneself, whatever the row says: 1 of everybody, 4 of unit v, 2 of unit v, which is not 2's. */
static void test_in_the_role_self_one_is_asked_of_oneself(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(SELF_MEAN ":or_else(0)"), "subject,rater,role,a\n1,1,self,5\n2,2,self,5\n",
           "rater,role,unit\n1,self,\n4,self,v\n2,self,v\n");
    assert_list(&m, 1, "ballots returned 1 1 of 2 ballots asked for", "4 Dan self 1 0\n", "~Bob self", "! note ballots not asked for 1");
    run_close(&m);
}

/* Two of three came in without a name: counted, and nobody is said to be late. */
static void test_anonymous_ballots_are_counts_only(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN ":or_else(0)"), "subject,rater,role,a\n1,,peer,5\n1,,peer,6\n",
           "rater,role,subject\nx,peer,1\ny,peer,1\nz,peer,1\n");
    assert_list(&m, 1, "ballots returned 1 1 of 3 ballots", "colleagues u 3 2 66.7% 2 0\n", "~raters to remind");
    run_close(&m);
}

static void test_ballots_that_nobody_asked_for_are_a_note(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN ":or_else(0)"), "subject,rater,role,a\n1,x,peer,5\n2,x,peer,6\n3,y,peer,6\n", "rater,role,subject\nx,peer,1\n");
    assert_list(&m, 0, "! note ballots not asked for 2 come from raters", "colleagues u 1 1 100.0% 1 0\n");
    run_close(&m);
}

/* ---- the same for everyone ---- */

static const char SAME[] = "subject,rater,role,a\n1,same-rater,peer,7.5\n2,same-rater,peer,7.5\n3,same-rater,peer,7.50\n"
                           "4,other,peer,7.5\n5,other,peer,7.5\n1,third,peer,1\n2,third,peer,1\n3,third,peer,2\n4,third,peer,1\n";

/* `other` gave only two people the same, `third` not everyone. */
static void test_who_gave_everyone_the_same_is_named_without_a_value(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), SAME, NULL);
    assert_list(&m, 0, "! note the same for everyone 1 raters gave everyone the same total", "same-rater colleagues 3\n", "~7.5", "~other ",
                "~third");
    run_close(&m);
}

static void test_json_does_not_name_who_gave_everyone_the_same(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(PEER_MEAN), SAME, NULL);
    assert_json(&m, 0, "{\"id\":\"same_total\",\"state\":\"note\",\"count\":1,", "~same-rater", "~7.5");
    run_close(&m);
}

/* ---- data, quotas, decisions, holidays ---- */

static void test_a_missing_figure_is_open_and_named(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME "attributes { { 'n', zh = '数', en = 'N', number = true, min = 0, max = 9 } }\n" FIGURE("attribute 'n'"));
    input_people(&m, "id,name,unit,n\n1,Ann,u,3\n2,Bob,v,\n");
    input_run(&m);
    assert_list(&m, 1, "✗ open needed data 1 lack a figure", "2 Bob v no “N”\n", "! note to be decided 1", " 1 incomplete\n");
    assert_json(&m, 1, "{\"id\":\"2\",\"name\":\"Bob\",\"unit\":\"v\",\"reason\":\"no “N”\"}", "{\"id\":\"incomplete\",\"count\":1,\"words\":\"incomplete\"}");
    run_close(&m);
}

#define GRADED SCHEME "attributes { { 'n', zh = '数', en = 'N', number = true, min = 0, max = 99 } }\n"                                        \
                      "local s = score { attribute 'n', round = half_up(2), " WORDS " }\n"                                     \
                      "grades { { 'good', from = 60, zh = '良', en = 'Good' }, { 'poor', from = 0, zh = '差', en = 'Poor' } }\n" \
                      "quota { 'good', within = 'unit', zh = '名额', en = 'places', rate = 0.4, round = round_down(0), order = { s }, tie = 'list', over = 'next_grade' }\n"

/* u: 3 × 0.4 = 1.2, so 1 place, which 80 and 80 share; v: 2 × 0.4 = 0.8, so none. */
static void test_quotas_are_worked_out_before_scoring(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, GRADED);
    input_people(&m, "id,name,unit,n\n1,Ann,u,80\n2,Bob,u,80\n3,Cyd,u,10\n4,Dan,v,70\n5,Eve,v,20\n");
    input_run(&m);
    assert_list(&m, 0, "✓ done places 2 places: compare base and places", "u 3 0.4 1.2 1\n", "v 2 0.4 0.8 0\n",
                " 2 tied at a quota's line\n", "~Ann");
    assert_json(&m, 0, "{\"group\":\"u\",\"base\":\"3\",\"rate\":\"0.4\",\"exact\":\"1.2\",\"allowed\":\"1\"}");
    run_close(&m);
}

static void test_settings_left_alone_are_a_note(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME "local k = param { 'k', min = 0, max = 9, default = 3, zh = '某数', en = 'some figure' }\n"
                          "attributes { { 'n', zh = '数', en = 'N', number = true, min = 0, max = 99 } }\n" FIGURE("k * attribute 'n'"));
    input_people(&m, "id,name,unit,n\n1,Ann,u,1\n");
    input_run(&m);
    assert_list(&m, 0, "! note settings 1 stand at the rule file's reading", "k 3 some figure\n");
    run_close(&m);
}

/* The calendar knows 2025 and 2026. */
#define CALENDAR "date,kind,name\n2025-01-01,holiday,a\n2026-01-01,holiday,b\n"
#define COUNTS_DAYS "score { working_days_between(day '2026-03-02', day '2026-03-04'), round = half_up(0), " WORDS " }\n"

static void run_in(made_run *m, const char *period)
{
    static const made_file files[] = {{"calendar.csv", CALENDAR}, {NULL, NULL}};
    run_open_with(m, SCHEME COUNTS_DAYS, &(made_load){.period = period, .files = files}, __FILE__, __LINE__);
    input_people(m, "id,name,unit\n1,Ann,u\n");
    input_run(m);
}

static void test_holidays_that_are_not_known_are_named(void **state)
{
    made_run m;
    (void)state;
    run_in(&m, "2026"); /* scoring and notice come in 2027 */
    assert_list(&m, 0, "! note holidays 1 calendar.csv does not know the holidays of 2027");
    assert_json(&m, 0, "{\"id\":\"calendar\",\"state\":\"note\",\"count\":1,\"year\":\"2027\"");
    run_close(&m);
    run_in(&m, "2026-03"); /* … and here long before it ends */
    assert_list(&m, 0, "✓ done holidays known");
    run_close(&m);
    run_in(&m, "2024-07-01..2026-03-31");
    assert_list(&m, 1, "✗ open holidays 1 calendar.csv does not know the holidays of 2024, a year of the period", "~2025", "~2027");
    run_close(&m);
}

static void test_a_scheme_that_cannot_be_carried_out_is_open_with_its_reason(void **state)
{
    made_run m;
    buffer b = {0};
    (void)state;
    input_open(&m, SCHEME_OF(PEER_MEAN));
    input_people(&m, PEOPLE);
    input_ratings(&m, "subject,rater,role,a\n1,x,peer,9\n2,x,peer,9\n3,x,peer,9\n4,x,peer,9\n5,x,peer,8\n");
    input_problems(&m, 0, 0);
    const result bare = {.plan = m.p, .batch = m.b, .count = 5};
    assert_int_equal(report_readiness(&bare, false, message_of1(MSG_ready_scoring_fails, TEXT("the reason")), ASSESS_EN, false, &b), 1);
    buffer_add_char(&b, '\0');
    assert_non_null(strstr(squeeze(b.bytes), "✗ open scoring 1 the scheme cannot be carried out: the reason"));
    buffer_free(&b);
    run_close(&m);
}

static void test_earlier_results_passed_over_are_a_note(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME FIGURE("past { year = -1 }:score():or_else(70)"));
    input_people(&m, "id,name,unit\n1,Ann,u\n");
    m.b->words.needs_history = false; /* --ignore history */
    input_run(&m);
    assert_list(&m, 0, "! note earlier results 1 are passed over as --ignore says");
    run_close(&m);
}

/* x and y are asked about 1, named in one file and in another. */
static void test_the_same_row_in_another_file_names_that_file(void **state)
{
    made_run m;
    (void)state;
    open_table_of(&m, "rater,role,subject\nx,peer,1\n");
    input_raters(&m, "rater,role,subject\ny,peer,1\nx,peer,1\n");
    input_problems(&m, 1, 0);
    assert_problem(&m, "input.asked_twice_elsewhere", 3, 0, "first in row 2 of 'raters.csv'");
    run_close(&m);
}

static void test_wrong_tables_are_open_and_nothing_is_computed(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, SCHEME_OF(PEER_MEAN));
    input_people(&m, PEOPLE);
    input_ratings(&m, "subject,rater,role,a\n1,x,peer,99\n2,x,peer,9\n");
    input_raters(&m, "rater,role,unit\nx,peer,u\n");
    input_problems(&m, 1, 0);
    /* 2 of the 3 that were asked for are not in: the wrong row is left out; 1, 3, 4 and 5 have no ballot */
    assert_list(&m, 3, "✗ open tables 1 correct the errors", "✗ open ballots of colleagues 4", "✗ open ballots returned 2 2 of 3",
                "~to be decided");
    assert_json(&m, 3, "\"scored\":false");
    run_close(&m);
}

/* ---- without memory ---- */

/* Every allocation is made to fail in turn: the list is whole, or not there. */
static void fail_everywhere(const made_run *m, bool json)
{
    bool failed = true;
    for (long n = 0; failed; n++) {
        buffer b = {0};
        mem_fault_after(n);
        report_readiness(m->r, true, message_of(MESSAGE_COUNT), ASSESS_EN, json, &b);
        mem_fault_after(-1);
        failed = b.failed;
        assert_true(n < 100000);
        if (!failed)
            assert_non_null(memchr(b.bytes, '\n', b.length));
        buffer_free(&b);
    }
}

static void test_the_list_is_whole_or_not_there(void **state)
{
    made_run m;
    (void)state;
    run_of(&m, SCHEME_OF(ALL_ROLES), "subject,rater,role,a\n1,x,peer,5\n2,x,peer,5\n3,x,peer,5\n4,1,peer,\n",
           "rater,role,subject,unit,name\nx,peer,,u,Xu\nx,peer,2,,\n1,peer,,,\n4,peer,,v,\n1,self,,,\n");
    fail_everywhere(&m, false);
    fail_everywhere(&m, true);
    run_close(&m);
}

static void test_the_table_is_read_or_there_is_no_memory(void **state)
{
    static const char rows[] = "rater,role,subject,unit,name\nx,peer,,u,Xu\ny,peer,2,,Yu\n1,peer,,,\n";
    static const feed_limits usual = {1 << 20, 1 << 24, 0};
    const read_options one = {.threads = 1};
    assess_status s = ASSESS_E_SYSTEM;
    (void)state;
    for (long n = 0; s; n++) {
        made_run m;
        assess_error err = {0};
        input_open(&m, SCHEME_OF(ALL_ROLES));
        input_people(&m, PEOPLE);
        mem_fault_after(n);
        s = exchange_read_memory(m.b, TABLE_RATERS, TEXT("raters.csv"), rows, strlen(rows), &one, usual, &err);
        mem_fault_after(-1);
        assert_true(s == ASSESS_OK || s == ASSESS_E_SYSTEM);
        assert_true(n < 100000);
        if (!s)
            assert_int_equal(m.b->asked.count, 3);
        run_close(&m);
    }
}

/* ---- levels ---- */

#define TWO "scheme { id = 'x', format = 1, units = '单位', title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }\n"
#define MEAN_OF(role) "score { ballots '" role "':total():mean():or_else(0), round = half_up(2), " WORDS " }\n"

/* Colleagues rate the three people, leaders the two units: everybody is whom the role rates. */
static void test_everybody_are_those_whom_the_role_rates(void **state)
{
    made_run m;
    (void)state;
    input_open(&m, TWO BALLOT_ITEMS THREE_ROLES "of 'units'\n" MEAN_OF("leader") "of 'people'\n" MEAN_OF("peer"));
    input_people(&m, "id,name,unit,category\na,Ann,One,\nu1,One,,单位\nb,Bob,One,干部\nu2,Two,,单位\nc,Cyd,Two,\n");
    input_ratings(&m, "subject,rater,role,a\na,x,peer,5\nu1,y,leader,5\n");
    input_raters(&m, "rater,role\nx,peer\ny,leader\n");
    input_run(&m);
    assert_list(&m, 1, "ballots returned 3 3 of 5 ballots", "x colleagues 3 1\n", "y leader 2 1\n",
                "! note ballots of colleagues 2", "! note ballots of leader 1");
    run_close(&m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_row_is_about_one_a_unit_or_everybody),
        cmocka_unit_test(test_what_is_wrong_is_named_with_its_cell),
        cmocka_unit_test(test_a_misspelt_unit_is_named_with_the_nearest),
        cmocka_unit_test(test_the_same_row_twice_is_an_error_and_another_role_is_not),
        cmocka_unit_test(test_rows_of_a_role_that_is_not_used_are_left_out_with_a_notice),
        cmocka_unit_test(test_a_misspelt_column_is_named),
        cmocka_unit_test(test_asked_raters_change_no_score),
        cmocka_unit_test(test_nothing_open_is_ready),
        cmocka_unit_test(test_who_lacks_ballots_is_listed_by_unit),
        cmocka_unit_test(test_who_the_scheme_manages_without_is_a_note),
        cmocka_unit_test(test_who_is_not_assessed_lacks_nothing),
        cmocka_unit_test(test_too_few_for_a_figure_is_open),
        cmocka_unit_test(test_fewer_than_k_is_a_note),
        cmocka_unit_test(test_long_lists_are_cut_on_the_page_alone),
        cmocka_unit_test(test_long_tables_are_cut_on_the_page_alone),
        cmocka_unit_test(test_turnout_is_counted_by_role_and_unit),
        cmocka_unit_test(test_turnout_in_full_is_done),
        cmocka_unit_test(test_in_the_role_self_one_is_asked_of_oneself),
        cmocka_unit_test(test_anonymous_ballots_are_counts_only),
        cmocka_unit_test(test_ballots_that_nobody_asked_for_are_a_note),
        cmocka_unit_test(test_who_gave_everyone_the_same_is_named_without_a_value),
        cmocka_unit_test(test_json_does_not_name_who_gave_everyone_the_same),
        cmocka_unit_test(test_a_missing_figure_is_open_and_named),
        cmocka_unit_test(test_quotas_are_worked_out_before_scoring),
        cmocka_unit_test(test_settings_left_alone_are_a_note),
        cmocka_unit_test(test_holidays_that_are_not_known_are_named),
        cmocka_unit_test(test_a_scheme_that_cannot_be_carried_out_is_open_with_its_reason),
        cmocka_unit_test(test_earlier_results_passed_over_are_a_note),
        cmocka_unit_test(test_the_same_row_in_another_file_names_that_file),
        cmocka_unit_test(test_wrong_tables_are_open_and_nothing_is_computed),
        cmocka_unit_test(test_the_list_is_whole_or_not_there),
        cmocka_unit_test(test_the_table_is_read_or_there_is_no_memory),
        cmocka_unit_test(test_everybody_are_those_whom_the_role_rates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
