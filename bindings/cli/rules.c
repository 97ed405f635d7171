/* assess rules show | check | test | path: rule files, one at a time. */
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const option_id load_options[] = {OPT_PERIOD, OPT_SET, OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP};
static const option_id test_options[] = {OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP}; /* the cases say the rest */
static const option_id plain_options[] = {OPT_LANG, OPT_QUIET, OPT_COLOR, OPT_HELP};

static const char EXAMPLE[] = "rules show bureau";

static assess_scheme_options scheme_options(const cli *c, const arguments *a)
{
    return (assess_scheme_options){.size = sizeof(assess_scheme_options),
                                   .folders = c->folders,
                                   .folder_count = c->folder_count,
                                   .settings = a->list[OPT_SET],
                                   .setting_count = a->list_count[OPT_SET],
                                   .period = a->value[OPT_PERIOD]};
}

static int no_rules(const cli *c)
{
    return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND, ARGS(word(c->screen, WORD_OPERANDS_RULES), EXAMPLE));
}

static int load(const cli *c, const arguments *a, const char *rules, assess_scheme **out)
{
    assess_error err = {0};
    assess_scheme_options how = scheme_options(c, a);
    if (assess_scheme_load(rules, &how, out, &err) != ASSESS_OK)
        return complain_error(c, &err);
    return ASSESS_OK;
}

static int rules_show(cli *c, const arguments *a)
{
    assess_error err = {0};
    assess_scheme *scheme = NULL;
    char *words = NULL;
    int status = a->operand_count ? load(c, a, a->operands[0], &scheme) : no_rules(c);
    if (status != ASSESS_OK)
        return status;
    if (assess_scheme_describe(scheme, c->screen, c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT, &words, &err) !=
        ASSESS_OK)
        status = complain_error(c, &err);
    put_owned(c, words);
    assess_scheme_free(scheme);
    return status;
}

/* The same, with every mistake instead of the first. */
static int load_all(const cli *c, const arguments *a, const char *rules, assess_scheme **out)
{
    assess_error err = {0};
    assess_mistakes *wrong = NULL;
    assess_scheme_options how = scheme_options(c, a);
    if (assess_scheme_check(rules, &how, out, &wrong, &err) == ASSESS_OK)
        return ASSESS_OK;
    int status = wrong ? complain_mistakes(c, &err, wrong) : complain_error(c, &err);
    assess_mistakes_free(wrong);
    return status;
}

static int check_one(const cli *c, const arguments *a, const char *rules)
{
    assess_scheme *scheme = NULL;
    int status = load_all(c, a, rules, &scheme);
    if (status != ASSESS_OK)
        return status;
    if (c->json) {
        fputs("{\"schema\":\"assess.rules-check/1\",\"file\":", stdout);
        put_json_text(stdout, rules);
        fputs(",\"id\":", stdout);
        put_json_text(stdout, assess_scheme_id(scheme));
        puts(",\"ok\":true}");
    } else if (!c->quiet) {
        say(stdout, c->screen, WORD_RULES_RIGHT, ARGS(rules, assess_scheme_title(scheme, c->screen)));
        putchar('\n');
    }
    assess_scheme_free(scheme);
    return ASSESS_OK;
}

/* All of the files, also behind one that is wrong; with --json an object on a line for each. */
static int rules_check(cli *c, const arguments *a)
{
    int status = a->operand_count ? ASSESS_OK : no_rules(c);
    for (size_t i = 0; i < a->operand_count; i++) {
        int one = check_one(c, a, a->operands[i]);
        status = status == ASSESS_OK ? one : status;
    }
    return status;
}

/* A case that fails is a result, not an error of the call: exit code 1 says it to scripts. */
static int rules_test(cli *c, const arguments *a)
{
    assess_error err = {0};
    size_t passed = 0, failed = 0;
    char *report = NULL;
    assess_scheme_options how = scheme_options(c, a);
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_OPERAND,
                        ARGS(word(c->screen, WORD_OPERANDS_RULES), "rules test bureau"));
    assess_format format = c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT;
    if (assess_scheme_test(a->operands[0], &how, c->screen, format, &passed, &failed, &report, &err) != ASSESS_OK) {
        assess_text_free(report);
        return complain_error(c, &err);
    }
    if (c->quiet && !c->json && !failed)
        assess_text_free(report);
    else
        put_owned(c, report);
    return failed ? 1 : ASSESS_OK;
}

static int rules_path(cli *c, const arguments *a)
{
    (void)a;
    for (size_t i = 0; i < c->folder_count; i++) {
        put_visible(stdout, c->folders[i]);
        if (!c->quiet && access(c->folders[i], R_OK | X_OK) != 0)
            printf(" %s", word(c->screen, WORD_FOLDER_MISSING));
        putchar('\n');
    }
    return ASSESS_OK;
}

/* `assess rules` alone: which verb? */
static int rules(cli *c, const arguments *a)
{
    (void)a;
    help_command(c, stderr, &command_rules);
    return ASSESS_E_CALL;
}

#define RULE_COMMAND(verb, words, details, takes, at_most, its_options)                                                \
    {.name = "rules " #verb,                                                                                           \
     .summary = words,                                                                                                 \
     .more = details,                                                                                                  \
     .operands = takes,                                                                                                \
     .completes = COMPLETES_RULES,                                                                                     \
     .most = at_most,                                                                                                  \
     .options = its_options,                                                                                           \
     .option_count = COUNT_OF(its_options),                                                                            \
     .run = rules_##verb}

const command command_rules_show = RULE_COMMAND(show, WORD_RULES_SHOW, WORD_NONE, WORD_OPERANDS_RULES, 1, load_options);
const command command_rules_check = RULE_COMMAND(check, WORD_RULES_CHECK, WORD_RULES_CHECK_MORE, WORD_OPERANDS_RULE_FILES, SIZE_MAX, load_options);
const command command_rules_test = RULE_COMMAND(test, WORD_RULES_TEST, WORD_RULES_TEST_MORE, WORD_OPERANDS_RULES, 1, test_options);
const command command_rules_path = {
    .name = "rules path",
    .summary = WORD_RULES_PATH,
    .options = plain_options,
    .option_count = COUNT_OF(plain_options),
    .run = rules_path,
};
const command command_rules = {
    .name = "rules",
    .summary = WORD_RULES,
    .operands = WORD_OPERANDS_VERB,
    .examples = WORD_RULES_EXAMPLES,
    .most = 1,
    .options = plain_options,
    .option_count = COUNT_OF(plain_options),
    .run = rules,
};
