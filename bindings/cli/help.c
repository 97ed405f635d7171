/* help: made from the tables, for the screen. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const option_id help_options[] = {OPT_LANG, OPT_COLOR, OPT_COMPLETION, OPT_MAN, OPT_HELP};

enum { GAP = 2, LEFT_MOST = 30 };

bool is_shown(const option_spec *o)
{
    return *word(ASSESS_EN, o->help) != '\0';
}

static void put_heading(const cli *c, FILE *to, const char *text)
{
    bool color = to == stdout ? c->color_out : c->color_err;
    putc('\n', to);
    put_style(to, color, STYLE_BOLD);
    fputs(text, to);
    put_style(to, color, STYLE_PLAIN);
    putc('\n', to);
}

/* "  left    right, filled", the right side at column `width`. */
static void put_pair(FILE *to, const char *left, const char *right, size_t width)
{
    size_t used = 2 + columns_of(left);
    put_spaces(to, 2);
    fputs(left, to);
    if (used + GAP > width) {
        putc('\n', to);
        used = 0;
    }
    put_spaces(to, width - used);
    put_filled(to, right, width, width);
}

/* "-r, --rules NAME|FILE" */
static void option_head(assess_language language, const option_spec *o, char *out, size_t size)
{
    char letter[8] = "    ";
    if (o->letter)
        snprintf(letter, sizeof letter, "-%c, ", o->letter);
    snprintf(out, size, "%s--%s%s%s", letter, o->name, o->argument != WORD_NONE ? " " : "",
             word(language, o->argument));
}

static size_t option_width(assess_language language, const command *cmd)
{
    size_t widest = 0;
    for (size_t i = 0; i < cmd->option_count; i++) {
        char head[80];
        option_head(language, &option_specs[cmd->options[i]], head, sizeof head);
        size_t width = 2 + columns_of(head) + GAP;
        if (is_shown(&option_specs[cmd->options[i]]) && width > widest && width <= LEFT_MOST)
            widest = width;
    }
    return widest;
}

static void put_options(const cli *c, FILE *to, const command *cmd)
{
    size_t width = option_width(c->screen, cmd);
    put_heading(c, to, word(c->screen, WORD_OPTIONS));
    for (size_t i = 0; i < cmd->option_count; i++) {
        const option_spec *o = &option_specs[cmd->options[i]];
        char head[80], text[512];
        if (!is_shown(o))
            continue;
        option_head(c->screen, o, head, sizeof head);
        snprintf(text, sizeof text, "%s%s", word(c->screen, o->help),
                 o->repeatable ? word(c->screen, WORD_REPEATABLE) : "");
        put_pair(to, head, text, width);
    }
}

bool is_required(const command *cmd, option_id id)
{
    for (size_t i = 0; i < cmd->required_count; i++)
        if (cmd->required[i] == id)
            return true;
    return false;
}

/* assess run --rules NAME|FILE --period PERIOD [OPTION]… INPUT… */
static void put_usage(const cli *c, FILE *to, const command *cmd)
{
    fprintf(to, "%sassess %s", word(c->screen, WORD_USAGE), cmd->name);
    for (size_t i = 0; i < cmd->option_count; i++) {
        const option_spec *o = &option_specs[cmd->options[i]];
        if (is_required(cmd, cmd->options[i]))
            fprintf(to, " --%s %s", o->name, word(c->screen, o->argument));
    }
    fprintf(to, " [%s]…", word(c->screen, WORD_ARG_OPTION));
    if (cmd->operands != WORD_NONE)
        fprintf(to, " %s", word(c->screen, cmd->operands));
    putc('\n', to);
}

static void put_examples(const cli *c, FILE *to, const command *cmd)
{
    const char *at = word(c->screen, cmd->examples);
    if (!*at)
        return;
    put_heading(c, to, word(c->screen, WORD_EXAMPLES));
    while (*at) {
        size_t length = strcspn(at, "\n");
        fprintf(to, "  assess %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
    }
}

static void put_verbs(const cli *c, FILE *to)
{
    enum { VERB_WIDTH = 16 };
    put_heading(c, to, word(c->screen, WORD_COMMANDS));
    for (size_t i = 0; i < command_count; i++)
        if (is_rules_verb(commands[i]))
            put_pair(to, commands[i]->name, word(c->screen, commands[i]->summary), VERB_WIDTH);
}

/* "assess run: what it does" */
static void put_title(const cli *c, FILE *to, const char *name, const char *summary)
{
    const char *colon = word(c->screen, WORD_COLON);
    fprintf(to, "assess %s%s", name, colon);
    put_filled(to, summary, strlen("assess ") + strlen(name) + columns_of(colon), 0);
    putc('\n', to);
}

void help_command(const cli *c, FILE *to, const command *cmd)
{
    put_title(c, to, cmd->name, word(c->screen, cmd->summary));
    put_usage(c, to, cmd);
    if (cmd->more != WORD_NONE) {
        putc('\n', to);
        put_filled(to, word(c->screen, cmd->more), 0, 0);
    }
    if (cmd == &command_rules)
        put_verbs(c, to);
    put_options(c, to, cmd);
    put_examples(c, to, cmd);
}

void help_topic(const cli *c, FILE *to, const topic *t)
{
    fprintf(to, "%s\n\n", t->title[c->screen]);
    put_filled(to, t->text[c->screen], 0, 0);
}

void help_overview(const cli *c, FILE *to)
{
    enum { NAME_WIDTH = 16 };
    put_title(c, to, assess_version(), word(c->screen, WORD_ASSESS));
    fprintf(to, "%s%s\n", word(c->screen, WORD_USAGE), word(c->screen, WORD_USAGE_ALL));
    put_heading(c, to, word(c->screen, WORD_COMMANDS));
    for (size_t i = 0; i < command_count; i++)
        if (!is_rules_verb(commands[i]))
            put_pair(to, commands[i]->name, word(c->screen, commands[i]->summary), NAME_WIDTH);
    put_heading(c, to, word(c->screen, WORD_TOPICS));
    for (size_t i = 0; i < topic_count; i++)
        put_pair(to, topics[i].name, topics[i].title[c->screen], NAME_WIDTH);
    put_heading(c, to, word(c->screen, WORD_EXAMPLES));
    fprintf(to, "  %s\n\n", word(c->screen, WORD_FIRST_EXAMPLE));
    put_filled(to, word(c->screen, WORD_MORE_HELP), 0, 0);
}

/* ---- the command ---- */

static int unknown_name(const cli *c, const char *name)
{
    const char *names[64];
    size_t count = 0;
    for (size_t i = 0; i < command_count; i++)
        names[count++] = commands[i]->name;
    for (size_t i = 0; i < topic_count; i++)
        names[count++] = topics[i].name;
    const char *near = nearest(name, names, count);
    if (near)
        return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_TOPIC_NEAR, ARGS(name, near));
    return complain(c, ASSESS_E_CALL, WORD_UNKNOWN_TOPIC, ARGS(name));
}

static int help_on(const cli *c, const arguments *a)
{
    char name[64];
    bool verb = a->operand_count == 2;
    snprintf(name, sizeof name, "%s%s%s", a->operands[0], verb ? " " : "", verb ? a->operands[1] : "");
    const command *cmd = find_command(name);
    if (cmd) {
        help_command(c, stdout, cmd);
        return ASSESS_OK;
    }
    for (size_t i = 0; i < topic_count; i++) {
        if (strcmp(topics[i].name, name) == 0) {
            help_topic(c, stdout, &topics[i]);
            return ASSESS_OK;
        }
    }
    return unknown_name(c, name);
}

static int help(cli *c, const arguments *a)
{
    if (a->value[OPT_COMPLETION])
        print_completion(c->screen, a->value[OPT_COMPLETION]);
    else if (a->value[OPT_MAN])
        print_manual(c->screen);
    else if (a->operand_count == 0)
        help_overview(c, stdout);
    else
        return help_on(c, a);
    return ASSESS_OK;
}

const command command_help = {
    .name = "help",
    .summary = WORD_HELP,
    .operands = WORD_OPERANDS_HELP,
    .examples = WORD_HELP_EXAMPLES,
    .completes = COMPLETES_COMMANDS,
    .most = 2,
    .options = help_options,
    .option_count = COUNT_OF(help_options),
    .run = help,
};
