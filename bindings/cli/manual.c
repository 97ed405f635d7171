/* manual: the manual page, made from the same tables as the help, so that it cannot lag behind. Plain roff with the man
 * macros: no tool is needed to build it. */
#include <string.h>

#include "cli.h"

/* Text of one line: a backslash and a hyphen have a meaning in roff, and so have . and ' at the start of a line. */
static void put_roff(const char *text, size_t length, bool starts_line)
{
    if (starts_line && length && (*text == '.' || *text == '\''))
        fputs("\\&", stdout);
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else
            putchar(text[i]);
    }
}

static void put_text(const char *text)
{
    put_roff(text, strlen(text), true);
    putchar('\n');
}

/* Lines that begin with two blanks stand as they are. */
static void put_paragraphs(const char *text)
{
    bool literal = false;
    for (bool first = true; *text; first = false) {
        size_t length = strcspn(text, "\n");
        bool as_is = length >= 2 && text[0] == ' ' && text[1] == ' ';
        if (as_is != literal)
            puts(as_is ? ".nf" : ".fi");
        if (!as_is && !first)
            puts(".PP");
        literal = as_is;
        put_roff(text, length, true);
        putchar('\n');
        text += length + (text[length] == '\n');
    }
    if (literal)
        puts(".fi");
}

static void put_section(const char *title)
{
    printf(".SH %s%s%s\n", strchr(title, ' ') ? "\"" : "", title, strchr(title, ' ') ? "\"" : "");
}

static void put_command(assess_language l, const command *cmd)
{
    fputs(".TP\n.B assess ", stdout);
    put_roff(cmd->name, strlen(cmd->name), false);
    for (size_t i = 0; i < cmd->option_count; i++) {
        const option_spec *o = &option_specs[cmd->options[i]];
        if (!is_shown(o) || cmd->options[i] == OPT_HELP)
            continue;
        bool must = is_required(cmd, cmd->options[i]);
        printf(" %s\\-\\-%s", must ? "" : "[", o->name);
        if (o->argument != WORD_NONE)
            printf(" \\fI%s\\fB", word(l, o->argument));
        printf("%s%s", must ? "" : "]", o->repeatable ? "…" : "");
    }
    if (cmd->operands != WORD_NONE)
        printf(" \\fI%s\\fR", word(l, cmd->operands));
    putchar('\n');
    put_text(word(l, cmd->summary));
    if (cmd->more != WORD_NONE) {
        puts(".br");
        put_text(word(l, cmd->more));
    }
}

static void put_commands(assess_language l)
{
    put_section(word(l, WORD_COMMANDS_SECTION));
    for (size_t i = 0; i < command_count; i++)
        if (commands[i] != &command_rules)
            put_command(l, commands[i]);
}

/* The command that an option belongs to, where two options share a name; else NULL. */
static const command *only_command_of(size_t option)
{
    size_t same = 0;
    for (size_t i = 0; i < OPT_COUNT; i++)
        same += strcmp(option_specs[i].name, option_specs[option].name) == 0;
    for (size_t i = 0; same > 1 && i < command_count; i++)
        for (size_t k = 0; k < commands[i]->option_count; k++)
            if (commands[i]->options[k] == (option_id)option)
                return commands[i];
    return NULL;
}

static void put_options(assess_language l)
{
    put_section(word(l, WORD_OPTIONS_SECTION));
    for (size_t i = 0; i < OPT_COUNT; i++) {
        const option_spec *o = &option_specs[i];
        if (!is_shown(o))
            continue;
        puts(".TP");
        fputs(".B ", stdout);
        if (o->letter)
            printf("\\-%c, ", o->letter);
        printf("\\-\\-%s", o->name);
        if (o->argument != WORD_NONE)
            printf(" \\fI%s\\fR", word(l, o->argument));
        putchar('\n');
        const command *only = only_command_of(i);
        if (only)
            printf("assess %s%s", only->name, word(l, WORD_COLON));
        put_roff(word(l, o->help), strlen(word(l, o->help)), !only);
        puts(o->repeatable ? word(l, WORD_REPEATABLE) : "");
    }
}

static void put_examples(assess_language l)
{
    put_section(word(l, WORD_EXAMPLES_SECTION));
    puts(".nf");
    for (size_t i = 0; i < command_count; i++) {
        const char *at = word(l, commands[i]->examples);
        while (*at) {
            size_t length = strcspn(at, "\n");
            fputs("assess ", stdout);
            put_roff(at, length, false);
            putchar('\n');
            at += length + (at[length] == '\n');
        }
    }
    puts(".fi");
}

/* No date: two builds of one version give the same bytes. Chinese has no blanks: without what zh.tmac says of its
 * characters groff finds no place to break a line in any other locale. */
void print_manual(assess_language l)
{
    printf(".TH ASSESS 1 \"\" \"assess %s\"\n.nh\n.ad l\n", assess_version());
    if (l == ASSESS_ZH)
        puts(".mso zh.tmac");
    put_section(word(l, WORD_NAME_SECTION));
    printf("assess \\- %s\n", word(l, WORD_ASSESS));
    put_section(word(l, WORD_SYNOPSIS_SECTION));
    put_text(word(l, WORD_USAGE_ALL));
    put_commands(l);
    put_options(l);
    for (size_t i = 0; i < topic_count; i++) {
        put_section(topics[i].title[l]);
        put_paragraphs(topics[i].text[l]);
    }
    put_examples(l);
}
