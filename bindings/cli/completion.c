/* completion: scripts for three shells, made from the tables. Names of rules are asked of the program itself. */
#include <string.h>

#include "cli.h"

static void put_choices(const char *choices, char between)
{
    for (; *choices; choices++)
        putchar(*choices == '|' ? between : *choices);
}

static void put_topics(void)
{
    for (size_t i = 0; i < topic_count; i++)
        printf(" %s", topics[i].name);
}

static void put_commands(void)
{
    for (size_t i = 0; i < command_count; i++)
        if (!is_rules_verb(commands[i]))
            printf("%s%s", i ? " " : "", commands[i]->name);
}

static void put_verbs(void)
{
    bool first = true;
    for (size_t i = 0; i < command_count; i++) {
        if (!is_rules_verb(commands[i]))
            continue;
        printf("%s%s", first ? "" : " ", commands[i]->name + strlen("rules "));
        first = false;
    }
}

/* ---- bash ---- */

static void bash_words(completes what, const char *choices)
{
    switch (what) {
    case COMPLETES_CHOICES:
    case COMPLETES_OFFERS:
        fputs("COMPREPLY=($(compgen -W '", stdout);
        put_choices(choices, ' ');
        fputs("' -- \"$cur\"))", stdout);
        break;
    case COMPLETES_FILES:
        fputs("_assess_paths -f", stdout);
        break;
    case COMPLETES_FOLDERS:
        fputs("_assess_paths -d", stdout);
        break;
    case COMPLETES_RULES:
        fputs("_assess_rules", stdout);
        break;
    case COMPLETES_COMMANDS:
        fputs("COMPREPLY=($(compgen -W '", stdout);
        put_commands();
        put_topics();
        fputs("' -- \"$cur\"))", stdout);
        break;
    case COMPLETES_NOTHING:
        fputs("COMPREPLY=()", stdout);
        break;
    }
}

/* Two options may share a name: they take the same kind of value then. */
static bool is_first_of_name(size_t option)
{
    for (size_t i = 0; i < option; i++)
        if (strcmp(option_specs[i].name, option_specs[option].name) == 0)
            return false;
    return true;
}

static void bash_values(void)
{
    puts("    case $prev in");
    for (size_t i = 0; i < OPT_COUNT; i++) {
        const option_spec *o = &option_specs[i];
        if (o->argument == WORD_NONE || !is_first_of_name(i))
            continue;
        printf("    --%s", o->name);
        if (o->letter)
            printf(" | -%c", o->letter);
        fputs(") ", stdout);
        bash_words(o->completes, o->choices);
        puts("; return ;;");
    }
    puts("    esac");
}

static void bash_command(const command *cmd)
{
    printf("    '%s') words='", cmd->name);
    for (size_t i = 0; i < cmd->option_count; i++)
        if (is_shown(&option_specs[cmd->options[i]]))
            printf("%s--%s", i ? " " : "", option_specs[cmd->options[i]].name);
    fputs("'; if [[ $cur != -* ]]; then ", stdout);
    if (cmd == &command_rules) {
        fputs("COMPREPLY=($(compgen -W '", stdout);
        put_verbs();
        fputs("' -- \"$cur\"))", stdout);
    } else {
        bash_words(cmd->completes, "");
    }
    puts("; return; fi ;;");
}

/* A name may hold blanks: one line is one word. Folders stay on offer where rule files are looked for. */
static void bash_helpers(void)
{
    puts("_assess_paths() { compopt -o filenames; mapfile -t COMPREPLY < <(compgen \"$@\" -- \"$cur\"); }");
    puts("_assess_rules() {\n    compopt -o filenames\n    mapfile -t COMPREPLY < <(");
    puts("        compgen -W \"$(assess rules list --quiet 2>/dev/null)\" -- \"$cur\"");
    puts("        compgen -f -X '!*.lua' -- \"$cur\"; compgen -d -- \"$cur\")\n}");
}

/* bash takes --lang=zh apart into three words. */
static void print_bash(void)
{
    puts("# bash completion for assess");
    bash_helpers();
    puts("_assess() {");
    puts("    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]} words=''");
    puts("    COMPREPLY=()");
    puts("    if [[ $cur == = ]]; then cur=''\n    elif [[ $prev == = ]]; then prev=${COMP_WORDS[COMP_CWORD-2]}; fi");
    puts("    [[ $verb == rules && COMP_CWORD -gt 2 ]] && verb=\"rules ${COMP_WORDS[2]}\"");
    puts("    if [[ $COMP_CWORD -eq 1 ]]; then");
    fputs("        COMPREPLY=($(compgen -W '", stdout);
    put_commands();
    puts(" --help --version' -- \"$cur\")); return\n    fi");
    bash_values();
    puts("    case $verb in");
    for (size_t i = 0; i < command_count; i++)
        bash_command(commands[i]);
    puts("    esac");
    puts("    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n}\ncomplete -F _assess assess");
}

/* ---- zsh ---- */

/* Inside a single-quoted specification of _arguments: quotes end it, colons and brackets have a meaning. */
static void zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(":[]\\", *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

static void zsh_action(completes what, const char *choices)
{
    switch (what) {
    case COMPLETES_CHOICES:
    case COMPLETES_OFFERS:
        putchar('(');
        put_choices(choices, ' ');
        putchar(')');
        break;
    case COMPLETES_FILES:
        fputs("_files", stdout);
        break;
    case COMPLETES_FOLDERS:
        fputs("_files -/", stdout);
        break;
    case COMPLETES_RULES:
        fputs("_assess_rules", stdout);
        break;
    case COMPLETES_COMMANDS:
        putchar('(');
        put_commands();
        put_topics();
        putchar(')');
        break;
    case COMPLETES_NOTHING:
        break;
    }
}

/* '(-r --rules)-r[help]:value:action': the two spellings of an option exclude each other and themselves. */
static void zsh_spelling(assess_language l, const option_spec *o, bool is_letter)
{
    bool takes = o->argument != WORD_NONE;
    fputs(" \\\n        '", stdout);
    if (o->repeatable)
        putchar('*');
    else if (o->letter)
        printf("(-%c --%s)", o->letter, o->name);
    if (is_letter)
        printf("-%c[", o->letter);
    else
        printf("--%s%s[", o->name, takes ? "=" : "");
    zsh_text(word(l, o->help));
    putchar(']');
    if (takes) {
        putchar(':');
        zsh_text(word(l, o->argument));
        putchar(':');
        zsh_action(o->completes, o->choices);
    }
    putchar('\'');
}

static void zsh_option(assess_language l, const option_spec *o)
{
    if (o->letter)
        zsh_spelling(l, o, true);
    zsh_spelling(l, o, false);
}

static void zsh_command(assess_language l, const command *cmd)
{
    printf("    '%s') _arguments", cmd->name);
    for (size_t i = 0; i < cmd->option_count; i++)
        if (is_shown(&option_specs[cmd->options[i]]))
            zsh_option(l, &option_specs[cmd->options[i]]);
    if (cmd->operands != WORD_NONE) {
        fputs(" \\\n        '*:", stdout);
        zsh_text(word(l, cmd->operands));
        putchar(':');
        zsh_action(cmd->completes, "");
        putchar('\'');
    }
    puts(" ;;");
}

/* The commands (or the verbs of `rules`) with their summaries. */
static void zsh_describe(assess_language l, bool verbs)
{
    fputs("        local -a names=(", stdout);
    for (size_t i = 0; i < command_count; i++) {
        if (is_rules_verb(commands[i]) != verbs)
            continue;
        printf("\n            '%s:", commands[i]->name + (verbs ? strlen("rules ") : 0));
        zsh_text(word(l, commands[i]->summary));
        putchar('\'');
    }
    puts(")\n        _describe command names; return");
}

static void print_zsh(assess_language l)
{
    puts("#compdef assess\n_assess_rules() { compadd -- ${(f)\"$(assess rules list --quiet 2>/dev/null)\"}; _files -g "
         "'*.lua' }");
    puts("_assess() {\n    local verb=$words[2]\n    if (( CURRENT == 2 )); then");
    zsh_describe(l, false);
    puts("    fi\n    if [[ $verb == rules ]] && (( CURRENT == 3 )); then");
    zsh_describe(l, true);
    puts("    fi\n    shift words; (( CURRENT-- ))");
    puts("    if [[ $verb == rules ]]; then verb=\"rules $words[2]\"; shift words; (( CURRENT-- )); fi");
    puts("    case $verb in");
    for (size_t i = 0; i < command_count; i++)
        if (commands[i] != &command_rules)
            zsh_command(l, commands[i]);
    puts("    esac\n}\nif [[ $funcstack[1] == _assess ]]; then _assess; else compdef _assess assess; fi");
}

/* ---- fish ---- */

static void fish_text(const char *text)
{
    putchar('\'');
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
    putchar('\'');
}

/* `assess rules check` is not `assess check`: the first words decide, not any word of the line. */
static void fish_helpers(void)
{
    puts("# fish completion for assess\nfunction __assess_at\n    set -l words (commandline -opc)");
    puts("    test (count $words) -gt (count $argv); or return 1");
    puts("    for i in (seq (count $argv))\n        test $words[(math $i + 1)] = $argv[$i]; or return 1\n    end\nend");
    puts("function __assess_ends_at\n    __assess_at $argv; and test (count (commandline -opc)) -eq (math (count $argv) + "
         "1)\nend");
    puts("function __assess_rules\n    assess rules list --quiet 2>/dev/null\n    __fish_complete_suffix .lua\nend");
}

static void fish_condition(const command *cmd)
{
    printf("complete -c assess -n '__assess_at %s'", cmd->name);
}

static void fish_option(assess_language l, const command *cmd, const option_spec *o)
{
    fish_condition(cmd);
    printf(" -l %s", o->name);
    if (o->letter)
        printf(" -s %c", o->letter);
    if (o->argument != WORD_NONE)
        fputs(o->completes == COMPLETES_FOLDERS ? " -r -a '(__fish_complete_directories)' -f" : " -x", stdout);
    if (o->completes == COMPLETES_RULES)
        fputs(" -a '(__assess_rules)'", stdout);
    if (*o->choices) {
        fputs(" -a '", stdout);
        put_choices(o->choices, ' ');
        putchar('\'');
    }
    fputs(" -d ", stdout);
    fish_text(word(l, o->help));
    putchar('\n');
}

static void fish_operands(const command *cmd)
{
    if (cmd->completes == COMPLETES_FILES || cmd == &command_rules)
        return;
    fish_condition(cmd);
    fputs(" -f", stdout);
    if (cmd->completes == COMPLETES_RULES)
        fputs(" -a '(__assess_rules)'", stdout);
    if (cmd->completes == COMPLETES_COMMANDS) {
        fputs(" -a '", stdout);
        put_commands();
        put_topics();
        putchar('\'');
    }
    putchar('\n');
}

static void fish_command(assess_language l, const command *cmd)
{
    const char *verb = is_rules_verb(cmd) ? cmd->name + strlen("rules ") : cmd->name;
    printf("complete -c assess -n '__assess_ends_at%s'", is_rules_verb(cmd) ? " rules" : "");
    printf(" -f -a %s -d ", verb);
    fish_text(word(l, cmd->summary));
    putchar('\n');
    fish_operands(cmd);
    for (size_t i = 0; i < cmd->option_count; i++)
        if (is_shown(&option_specs[cmd->options[i]]))
            fish_option(l, cmd, &option_specs[cmd->options[i]]);
}

void print_completion(assess_language language, const char *shell)
{
    if (strcmp(shell, "bash") == 0) {
        print_bash();
    } else if (strcmp(shell, "zsh") == 0) {
        print_zsh(language);
    } else {
        fish_helpers();
        for (size_t i = 0; i < command_count; i++)
            fish_command(language, commands[i]);
    }
}
