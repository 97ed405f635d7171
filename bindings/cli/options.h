/* options: the table of options, what a command takes, and parsing by that table. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "words.h"

typedef enum option_id {
#define OPTION(name, long_name, letter, argument, completes, choices, repeatable) OPT_##name,
#include "options.def"
#undef OPTION
    OPT_COUNT
} option_id;

/* What can stand there: for completion, and CHOICES also for checking. */
typedef enum completes {
    COMPLETES_NOTHING,
    COMPLETES_FILES,
    COMPLETES_FOLDERS,
    COMPLETES_RULES,
    COMPLETES_CHOICES, /* one of the choices and nothing else */
    COMPLETES_OFFERS,  /* the choices are only examples */
    COMPLETES_COMMANDS
} completes;

typedef struct option_spec {
    const char *name;
    char letter;      /* 0: none */
    word_id argument; /* WORD_NONE: a flag */
    word_id help;
    completes completes;
    const char *choices; /* "zh|en" */
    bool repeatable;
} option_spec;
extern const option_spec option_specs[OPT_COUNT];

struct cli;
struct arguments;

typedef struct command {
    const char *name;      /* "run", "rules list" */
    word_id summary, more; /* more: WORD_NONE when the summary says all */
    word_id operands;      /* WORD_NONE: takes none */
    word_id examples;      /* lines of arguments behind `assess` */
    completes completes;   /* what its operands are */
    size_t most;           /* operands; too few are noticed by the command, which knows what to say */
    const option_id *options;
    size_t option_count;
    const option_id *required; /* shown without brackets in the usage line */
    size_t required_count;
    int (*run)(struct cli *c, const struct arguments *a);
} command;

typedef struct arguments {
    const command *command;
    const char *value[OPT_COUNT]; /* as given last; "" for a flag; NULL: not given */
    const char **list[OPT_COUNT]; /* of a repeatable option: [list_count] */
    size_t list_count[OPT_COUNT];
    char **operands;
    size_t operand_count;
} arguments;

/* Parses argv[first..]; complains in the screen language and returns an exit status. Does not look at the meaning. */
int parse_arguments(struct cli *c, const command *cmd, int argc, char **argv, int first, arguments *out);
void free_arguments(arguments *a);

/* A whole number within bounds, `fallback` when the option was not given; false: complained. */
bool number_option(const struct cli *c, const arguments *a, option_id option, unsigned least, unsigned most,
                   unsigned fallback, unsigned *out);

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

#endif
