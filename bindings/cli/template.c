/* assess template: the workbook that people fill in for a scheme, or one for each rater. */
#include <stdlib.h>
#include <string.h>

#include "session.h"
#ifdef ASSESS_WITH_OFFICE
#include "assess/office.h"
#endif

static const option_id options[] = {OPT_RULES, OPT_PERIOD,    OPT_SET,   OPT_PEOPLE, OPT_RATERS, OPT_TEMPLATE_OUT,
                                    OPT_PER_RATER, OPT_FORCE, OPT_LANG,  OPT_QUIET,  OPT_COLOR,  OPT_HELP};
static const option_id required[] = {OPT_RULES};

#ifdef ASSESS_WITH_OFFICE

static const char EXAMPLE[] = "template --rules bureau --period 2026 --people people.csv";

static const char EXAMPLE_RATERS[] = "template --rules bureau --period 2026 --people people.csv --raters raters.csv --per-rater";

enum { NAME = 512 };

/* A column that the scheme reads and the roster does not have, or an empty cell in it, is what the template is there for. */
static bool is_to_be_filled_in(const char *id)
{
    static const char *const ids[] = {"input.column_missing", "input.column_missing_near", "input.attribute_missing"};
    for (size_t i = 0; i < COUNT_OF(ids); i++)
        if (strcmp(ids[i], id) == 0)
            return true;
    return false;
}

static int count_problems(const cli *c, assess_batch *batch, size_t *wrong, size_t *open)
{
    assess_problem p = {.size = sizeof p};
    assess_error err = {0};
    *wrong = *open = 0;
    for (size_t i = 0; i < assess_batch_problem_count(batch); i++) {
        if (assess_batch_problem(batch, i, &p, &err) != ASSESS_OK)
            return complain_error(c, &err);
        if (p.severity != ASSESS_SEVERITY_ERROR)
            continue;
        if (is_to_be_filled_in(p.id))
            ++*open;
        else
            ++*wrong;
    }
    return ASSESS_OK;
}

/* The tables are read, not finished: what is missing is yet to come. */
static int judge(const cli *c, assess_batch *batch)
{
    size_t wrong, open;
    char number[24];
    int status = count_problems(c, batch, &wrong, &open);
    if (status != ASSESS_OK)
        return status;
    if (wrong) {
        print_problems(c, batch);
        snprintf(number, sizeof number, "%zu", wrong);
        return complain(c, ASSESS_E_INPUT, WORD_PEOPLE_WRONG, ARGS(number));
    }
    if (open && !c->quiet) {
        snprintf(number, sizeof number, "%zu", open);
        say(stderr, c->screen, WORD_PEOPLE_OPEN, ARGS(number));
        putc('\n', stderr);
    }
    return ASSESS_OK;
}

static int read_known(const cli *c, const arguments *a, session *s)
{
    const char *paths[2];
    size_t count = 0;
    assess_error err = {0};
    if (a->value[OPT_PEOPLE])
        paths[count++] = a->value[OPT_PEOPLE];
    if (a->value[OPT_RATERS])
        paths[count++] = a->value[OPT_RATERS];
    if (!count)
        return ASSESS_OK;
    assess_batch_options o = {.size = sizeof o, .progress = go_on, .workbooks = assess_office_workbooks()};
    if (assess_batch_new(s->scheme, &o, &s->batch, &err) != ASSESS_OK)
        return complain_error(c, &err);
    assess_status status = assess_batch_read(s->batch, paths, count, &err);
    if (status != ASSESS_OK && status != ASSESS_E_INPUT)
        return complain_error(c, &err);
    return judge(c, s->batch);
}

static int check_call(const cli *c, const arguments *a)
{
    if (!a->value[OPT_RULES])
        return complain(c, ASSESS_E_CALL, WORD_NO_RULES, ARGS(EXAMPLE));
    if (a->value[OPT_PEOPLE] && !a->value[OPT_PERIOD])
        return complain(c, ASSESS_E_CALL, WORD_NO_PERIOD, ARGS(EXAMPLE));
    if (a->value[OPT_RATERS] && !a->value[OPT_PEOPLE])
        return complain(c, ASSESS_E_CALL, WORD_RATERS_ALONE, ARGS(EXAMPLE_RATERS));
    if (a->value[OPT_PER_RATER] && !a->value[OPT_RATERS])
        return complain(c, ASSESS_E_CALL, WORD_NO_RATERS, ARGS(EXAMPLE_RATERS));
    return ASSESS_OK;
}

/* template-bureau-2026.xlsx, ballots-bureau-2026 */
static const char *place_of(const cli *c, const arguments *a, const session *s, char name[NAME])
{
    bool zh = c->files == ASSESS_ZH, ballots = a->value[OPT_PER_RATER] != NULL;
    const char *period = assess_scheme_period(s->scheme);
    const char *prefix = ballots ? (zh ? "评分表" : "ballots") : (zh ? "填报表" : "template");
    if (a->value[OPT_TEMPLATE_OUT])
        return a->value[OPT_TEMPLATE_OUT];
    snprintf(name, NAME, "%s-%s%s%s%s", prefix, assess_scheme_id(s->scheme), *period ? "-" : "", period, ballots ? "" : ".xlsx");
    return name;
}

static int write_files(const cli *c, const arguments *a, const session *s)
{
    char name[NAME], number[24];
    const char *path = place_of(c, a, s, name);
    size_t count = 1;
    assess_error err = {0};
    assess_office_template_options o = {
        .size = sizeof o, .language = c->files, .force = a->value[OPT_FORCE] != NULL, .batch = s->batch, .progress = go_on};
    bool ballots = a->value[OPT_PER_RATER] != NULL;
    assess_status status = ballots ? assess_office_write_ballots(s->scheme, path, &o, &count, &err)
                                   : assess_office_write_template(s->scheme, path, &o, &err);
    if (status != ASSESS_OK)
        return complain_error(c, &err);
    snprintf(number, sizeof number, "%zu", count);
    if (!c->quiet) {
        say(stdout, c->screen, ballots ? WORD_BALLOTS_WRITTEN : WORD_TEMPLATE_WRITTEN, ARGS(path, number));
        putchar('\n');
    }
    return ASSESS_OK;
}

static int make_template(cli *c, const arguments *a)
{
    session s = {0};
    int status = check_call(c, a);
    catch_signals();
    if (status == ASSESS_OK)
        status = session_open(c, a->value[OPT_RULES], a->list[OPT_SET], a->list_count[OPT_SET], a->value[OPT_PERIOD], &s);
    if (status == ASSESS_OK)
        status = read_known(c, a, &s);
    if (status == ASSESS_OK)
        status = write_files(c, a, &s);
    session_close(&s);
    return status;
}

#else

static int make_template(cli *c, const arguments *a)
{
    (void)a;
    return complain(c, ASSESS_E_CALL, WORD_NO_OFFICE, ARGS("assess template"));
}

#endif

const command command_template = {
    .name = "template",
    .summary = WORD_TEMPLATE,
    .more = WORD_TEMPLATE_MORE,
    .operands = WORD_NONE,
    .examples = WORD_TEMPLATE_EXAMPLES,
    .completes = COMPLETES_NOTHING,
    .options = options,
    .option_count = COUNT_OF(options),
    .required = required,
    .required_count = COUNT_OF(required),
    .run = make_template,
};
