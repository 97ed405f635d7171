/* schema: the tables of a sealed batch, in the one place that names their columns. */
#ifndef ASSESS_STORE_SCHEMA_H
#define ASSESS_STORE_SCHEMA_H

#include "store/connection.h"

enum {
    STORE_APPLICATION_ID = 0x41535342, /* "ASSB" in the file's header: assess, sealed batch */
    STORE_FORMAT = 3                   /* user_version; raised with every change of the tables. 1: without marks of ballots;
                                        * 2: without decisions */
};

assess_status schema_create(connection *c, assess_error *err);

/* Refuses a file whose tables are not, to the letter, those of its format, or that holds anything beside them. */
assess_status schema_check(connection *c, assess_error *err);

/* What the audit chain covers, in the order of the chain. Each query gives the rows of one table in the order of their
 * keys. Parts are either few rows of weight, each an entry of its own, or many rows under one entry. */
typedef enum store_part {
    PART_META,
    PART_SETTINGS,
    PART_RULE_FILES,
    PART_SOURCES,
    PART_PEOPLE,
    PART_ATTRIBUTES,
    PART_WORDS,
    PART_BALLOTS,
    PART_EVENTS,
    PART_MEASURES,
    PART_HISTORY,
    PART_DECISIONS,
    PART_RESULTS,
    PART_RESULTS_CSV,
    PART_COUNT
} store_part;

enum { PART_MOST_QUERIES = 3 };

typedef struct part_definition {
    const char *kind;                       /* as the chain names it */
    message_id claim;                       /* what verifying it states */
    bool entry_each;                        /* every row is an entry, named by its first column */
    const char *queries[PART_MOST_QUERIES]; /* NULL: fewer */
} part_definition;

const part_definition *schema_part(store_part part);

/* Whether files of that format have the part at all. */
bool schema_has_part(int format, store_part part);

/* What the chain covers of a part in a file of that format; NULL: no such query. */
const char *schema_query(int format, store_part part, int number);

#endif
