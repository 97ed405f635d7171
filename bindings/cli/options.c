/* options: parsing by the table. getopt_long does the reading; what it finds wrong is said in our words. */
#include "options.h"

#include <getopt.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

const option_spec option_specs[OPT_COUNT] = {
#define OPTION(name, long_name, letter, argument, completes, choices, repeatable)                                      \
    [OPT_##name] = {long_name, letter, WORD_##argument, WORD_HELP_##name, COMPLETES_##completes, choices, repeatable},
#include "options.def"
#undef OPTION
};

enum { FIRST_LONG = 256, MAX_OPTIONS = OPT_COUNT };

/* What getopt_long wants, made from the command's list. An option is reported as FIRST_LONG + its id. */
typedef struct getopt_tables {
    struct option longs[MAX_OPTIONS + 1];
    char letters[2 * MAX_OPTIONS + 2];
} getopt_tables;

static void make_tables(const command *cmd, getopt_tables *t)
{
    char *at = t->letters;
    *at++ = ':'; /* a missing value is told from an unknown option */
    memset(t->longs, 0, sizeof t->longs);
    for (size_t i = 0; i < cmd->option_count; i++) {
        const option_spec *o = &option_specs[cmd->options[i]];
        bool takes = o->argument != WORD_NONE;
        t->longs[i] =
            (struct option){o->name, takes ? required_argument : no_argument, NULL, FIRST_LONG + (int)cmd->options[i]};
        if (o->letter)
            *at++ = o->letter;
        if (o->letter && takes)
            *at++ = ':';
    }
    *at = '\0';
}

/* The option that a letter or a FIRST_LONG number means, OPT_COUNT: none. */
static option_id option_of(const command *cmd, int code)
{
    for (size_t i = 0; i < cmd->option_count; i++) {
        option_id id = cmd->options[i];
        if (code == FIRST_LONG + (int)id || (code > 0 && code < FIRST_LONG && code == option_specs[id].letter))
            return id;
    }
    return OPT_COUNT;
}

static bool is_choice(const char *choices, const char *value)
{
    size_t length = strlen(value);
    while (*choices) {
        size_t n = strcspn(choices, "|");
        if (n == length && memcmp(choices, value, n) == 0)
            return true;
        choices += n + (choices[n] == '|');
    }
    return false;
}

static int unknown_option(cli *c, const command *cmd, const char *given)
{
    char name[64];
    const char *names[MAX_OPTIONS];
    size_t count = 0;
    size_t length = strcspn(given, "=");
    if (length >= sizeof name)
        length = sizeof name - 1;
    memcpy(name, given, length);
    name[length] = '\0';
    for (size_t i = 0; i < cmd->option_count; i++)
        if (is_shown(&option_specs[cmd->options[i]]))
            names[count++] = option_specs[cmd->options[i]].name;
    const char *near = strncmp(name, "--", 2) == 0 ? nearest(name + 2, names, count) : NULL;
    if (!near)
        return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_OPTION, ARGS(cmd->name, name));
    char suggestion[64] = "--";
    strncat(suggestion, near, sizeof suggestion - 3);
    return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_OPTION_NEAR, ARGS(cmd->name, name, suggestion));
}

static const char *dashed(option_id id, char out[40])
{
    out[0] = out[1] = '-';
    out[2] = '\0';
    strncat(out, option_specs[id].name, 37);
    return out;
}

/* '?' and ':' of getopt_long: an unknown option, a flag with a value, an option without one. */
static int refuse(cli *c, const command *cmd, int code, char **argv)
{
    char name[40];
    option_id id = option_of(cmd, optopt);
    if (id == OPT_COUNT) {
        char letter[3] = {'-', (char)optopt, '\0'};
        return unknown_option(c, cmd, optopt > 0 && optopt < FIRST_LONG ? letter : argv[optind - 1]);
    }
    if (code == ':')
        return complain(c, ASSESS_E_CALL, WORD_NEEDS_VALUE,
                        ARGS(dashed(id, name), word(c->screen, option_specs[id].argument)));
    return complain(c, ASSESS_E_CALL, WORD_TAKES_NO_VALUE, ARGS(dashed(id, name)));
}

static int take(cli *c, option_id id, const char *value, arguments *out)
{
    char name[40];
    const option_spec *o = &option_specs[id];
    if (o->completes == COMPLETES_CHOICES && !is_choice(o->choices, value))
        return complain(c, ASSESS_E_CALL, WORD_NOT_A_CHOICE, ARGS(dashed(id, name), o->choices, value));
    out->value[id] = value ? value : "";
    if (o->repeatable)
        out->list[id][out->list_count[id]++] = value;
    return ASSESS_OK;
}

/* A repeatable option cannot be given more often than there are words. */
static bool make_lists(const command *cmd, int argc, arguments *out)
{
    for (size_t i = 0; i < cmd->option_count; i++) {
        option_id id = cmd->options[i];
        if (option_specs[id].repeatable && !(out->list[id] = calloc((size_t)argc + 1, sizeof *out->list[id])))
            return false;
    }
    return true;
}

int parse_arguments(cli *c, const command *cmd, int argc, char **argv, int first, arguments *out)
{
    getopt_tables tables;
    int code, status = ASSESS_OK;
    *out = (arguments){.command = cmd};
    if (!make_lists(cmd, argc, out))
        return no_memory(c);
    make_tables(cmd, &tables);
    opterr = 0;
    optind = first;
    while (status == ASSESS_OK && (code = getopt_long(argc, argv, tables.letters, tables.longs, NULL)) != -1) {
        option_id id = code == '?' || code == ':' ? OPT_COUNT : option_of(cmd, code);
        status = id == OPT_COUNT ? refuse(c, cmd, code, argv) : take(c, id, optarg, out);
    }
    out->operands = argv + optind;
    out->operand_count = (size_t)(argc - optind);
    if (status == ASSESS_OK && out->operand_count > cmd->most && !out->value[OPT_HELP])
        status = complain(c, ASSESS_E_CALL, WORD_EXTRA_OPERAND, ARGS(out->operands[cmd->most], cmd->name));
    return status;
}

void free_arguments(arguments *a)
{
    for (size_t i = 0; i < OPT_COUNT; i++)
        free(a->list[i]);
    *a = (arguments){0};
}

bool number_option(const cli *c, const arguments *a, option_id option, unsigned least, unsigned most, unsigned fallback,
                   unsigned *out)
{
    const char *value = a->value[option];
    unsigned number = 0;
    size_t digits = value ? strspn(value, "0123456789") : 0;
    *out = fallback;
    if (!value)
        return true;
    for (size_t i = 0; i < digits && number <= most; i++)
        number = number * 10 + (unsigned)(value[i] - '0');
    if (digits > 0 && digits < 9 && value[digits] == '\0' && number >= least && number <= most) {
        *out = number;
        return true;
    }
    char name[40], low[16], high[16];
    snprintf(low, sizeof low, "%u", least);
    snprintf(high, sizeof high, "%u", most);
    complain(c, ASSESS_E_CALL, WORD_NOT_A_NUMBER, ARGS(dashed(option, name), low, high, value));
    return false;
}
