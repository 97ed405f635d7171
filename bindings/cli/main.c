/* assess: the command line of libassess. Finds out language, colours and rule folders, then hands over to a command. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "cli.h"

const command *const commands[] = {
    &command_run,        &command_check,       &command_template,   &command_explain,   &command_verify,     &command_replay,
    &command_forms,      &command_diff,        &command_rules,      &command_rules_list,
    &command_rules_show,  &command_rules_check, &command_rules_test, &command_rules_new,
    &command_rules_path,  &command_help,
};
const size_t command_count = COUNT_OF(commands);

const command *find_command(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i]->name, name) == 0)
            return commands[i];
    return NULL;
}

bool is_rules_verb(const command *cmd)
{
    return strncmp(cmd->name, "rules ", 6) == 0;
}

/* ---- a misspelt word ---- */

enum { LONGEST_WORD = 32 };

static size_t distance(const char *a, size_t m, const char *b, size_t n)
{
    size_t row[LONGEST_WORD + 1];
    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 1; i <= m; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= n; j++) {
            size_t change = diagonal + (a[i - 1] != b[j - 1]), drop = row[j] + 1, add = row[j - 1] + 1;
            diagonal = row[j];
            row[j] = change < drop ? change : drop;
            row[j] = add < row[j] ? add : row[j];
        }
    }
    return row[n];
}

const char *nearest(const char *text, const char *const *candidates, size_t count)
{
    size_t length = strlen(text), best = (length + 2) / 3 + 1;
    const char *found = NULL;
    for (size_t i = 0; i < count && length > 1 && length <= LONGEST_WORD; i++) {
        size_t other = strlen(candidates[i]);
        size_t steps = other <= LONGEST_WORD ? distance(text, length, candidates[i], other) : best;
        if (steps < best) {
            best = steps;
            found = candidates[i];
        }
    }
    return found;
}

/* ---- language and colours ---- */

static bool language_of(const char *name, assess_language *out)
{
    if (!name || (strcmp(name, "zh") != 0 && strcmp(name, "en") != 0))
        return false;
    *out = strcmp(name, "zh") == 0 ? ASSESS_ZH : ASSESS_EN;
    return true;
}

static assess_language locale_language(void)
{
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < COUNT_OF(variables); i++) {
        const char *value = getenv(variables[i]);
        if (value && *value)
            return strncasecmp(value, "zh", 2) == 0 ? ASSESS_ZH : ASSESS_EN;
    }
    return ASSESS_EN;
}

/* The value of --lang, looked for before parsing so that complaints about other options are in that language too. */
static const char *early_language(int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        if (strncmp(argv[i], "--lang=", 7) == 0)
            return argv[i] + 7;
        if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
            return argv[i + 1];
    }
    return NULL;
}

static int choose_language(cli *c, int argc, char **argv)
{
    const char *option = early_language(argc, argv), *variable = getenv("ASSESS_LANG");
    c->screen = locale_language();
    c->files = ASSESS_ZH;
    if (language_of(option, &c->screen)) { /* another word is found by the parser */
        c->files = c->screen;
        return ASSESS_OK;
    }
    if (!variable || !*variable)
        return ASSESS_OK;
    if (!language_of(variable, &c->screen))
        return complain(c, ASSESS_E_CALL, WORD_BAD_ASSESS_LANG, ARGS(variable));
    c->files = c->screen;
    return ASSESS_OK;
}

/* A terminal that can do no more than print line after line. */
static bool is_dumb(void)
{
    const char *terminal = getenv("TERM");
    return !terminal || !*terminal || strcmp(terminal, "dumb") == 0;
}

static bool colored(const char *when, int descriptor)
{
    const char *no_color = getenv("NO_COLOR");
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    return !(no_color && *no_color) && !is_dumb() && isatty(descriptor);
}

static void apply_options(cli *c, const arguments *a)
{
    c->json = a->value[OPT_JSON] != NULL;
    c->quiet = a->value[OPT_QUIET] != NULL;
    c->color_out = colored(a->value[OPT_COLOR], STDOUT_FILENO);
    c->color_err = colored(a->value[OPT_COLOR], STDERR_FILENO);
    c->bar = isatty(STDERR_FILENO) && !is_dumb() && !c->quiet;
}

/* ---- commands ---- */

static int print_version(void)
{
    printf("assess %s\n", assess_version());
    return ASSESS_OK;
}

static int unknown_command(const cli *c, const char *name, const char *prefix)
{
    const char *names[32];
    size_t count = 0, skip = strlen(prefix);
    for (size_t i = 0; i < command_count; i++)
        if (strncmp(commands[i]->name, prefix, skip) == 0 && (skip || !is_rules_verb(commands[i])))
            names[count++] = commands[i]->name + skip;
    const char *near = nearest(name, names, count);
    if (near)
        return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_COMMAND_NEAR, ARGS(name, near));
    return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_COMMAND, ARGS(name));
}

/* `rules` is followed by a verb: together they are the command. *first becomes where its arguments begin. */
static const command *command_of(const cli *c, int argc, char **argv, int *first)
{
    const command *cmd = find_command(argv[*first]);
    if (!cmd || is_rules_verb(cmd)) {
        unknown_command(c, argv[*first], "");
        return NULL;
    }
    (*first)++;
    if (cmd != &command_rules || *first >= argc || argv[*first][0] == '-')
        return cmd;
    char name[40] = "rules ";
    strncat(name, argv[*first], sizeof name - 7);
    cmd = find_command(name);
    if (!cmd)
        unknown_command(c, argv[*first], "rules ");
    (*first)++;
    return cmd;
}

static int run_command(cli *c, int argc, char **argv, int first)
{
    arguments a;
    const command *cmd = command_of(c, argc, argv, &first);
    if (!cmd)
        return ASSESS_E_CALL;
    int status = parse_arguments(c, cmd, argc, argv, first, &a);
    if (status == ASSESS_OK) {
        apply_options(c, &a);
        if (a.value[OPT_HELP])
            help_command(c, stdout, cmd);
        else
            status = cmd->run(c, &a);
    }
    free_arguments(&a);
    return status;
}

/* --lang may stand before the command. */
static int skip_language(const cli *c, int argc, char **argv, int *first)
{
    for (assess_language l; *first < argc && strncmp(argv[*first], "--lang", 6) == 0;) {
        bool joined = argv[*first][6] == '=';
        const char *value = joined ? argv[*first] + 7 : argv[*first][6] == '\0' ? argv[*first + 1] : NULL;
        if (!joined && argv[*first][6] != '\0')
            break;
        if (!value)
            return complain(c, ASSESS_E_CALL, WORD_NEEDS_VALUE, ARGS("--lang", word(c->screen, WORD_ARG_LANGUAGE)));
        if (!language_of(value, &l))
            return complain(c, ASSESS_E_CALL, WORD_NOT_A_CHOICE, ARGS("--lang", "zh|en", value));
        *first += joined ? 1 : 2;
    }
    return ASSESS_OK;
}

static int dispatch(cli *c, int argc, char **argv)
{
    int first = 1;
    int status = choose_language(c, argc, argv);
    if (status != ASSESS_OK)
        return status;
    status = skip_language(c, argc, argv, &first);
    if (status != ASSESS_OK)
        return status;
    if (first >= argc) {
        help_overview(c, stderr);
        return ASSESS_E_CALL;
    }
    if (strcmp(argv[first], "--version") == 0 || strcmp(argv[first], "-V") == 0)
        return print_version();
    if (strcmp(argv[first], "--help") == 0 || strcmp(argv[first], "-h") == 0) {
        help_overview(c, stdout);
        return ASSESS_OK;
    }
    if (argv[first][0] == '-')
        return complain(c, ASSESS_E_CALL, WORD_OPTION_FIRST, ARGS(argv[first]));
    if (!find_folders(c))
        return no_memory(c);
    return run_command(c, argc, argv, first);
}

/* What could not be written to standard output is a failure even when all else went well. */
static int finish(const cli *c, int status)
{
    errno = 0;
    bool failed = fflush(stdout) != 0 || ferror(stdout);
    if (!failed || status != ASSESS_OK)
        return status;
    cli quiet = *c;
    quiet.json = false;
    return complain(&quiet, ASSESS_E_SYSTEM, WORD_STDOUT_FAILED, ARGS(failure_text(c, errno ? errno : EIO)));
}

int main(int argc, char **argv)
{
    cli c = {.screen = ASSESS_EN, .files = ASSESS_ZH};
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ); /* a list of thousands of problems is not written letter by letter */
    signal(SIGXFSZ, SIG_IGN); /* a file over the limit is then an error of write, and cleaned up like any other */
    return finish(&c, dispatch(&c, argc, argv));
}
