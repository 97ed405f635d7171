/* pass.h: one walk over all subjects between two barriers: which nodes are evaluated in it, which columns are kept for the barriers
 * behind it, which statements are decided. */
#ifndef ASSESS_ENGINE_PASS_H
#define ASSESS_ENGINE_PASS_H

#include "engine/run.h"

typedef struct pass {
    unsigned number;
    node_id *nodes;        /* [count], arguments first */
    size_t count;
    column **columns;      /* [column_count]: filled in this pass */
    size_t column_count;
    bool decides;          /* the pass in which status, score and grade are settled */
    uint32_t *late;        /* statements whose figures stand only now, after that pass: [late_count] */
    size_t late_count;
} pass;

/* The pass in which status, score and grade of all levels can be settled. */
unsigned pass_of_outcome(const plan *p);
/* The highest stage of a statement's nodes. */
unsigned stage_of_statement(const plan *p, const statement *s);

assess_status pass_open(pass *out, result *r, unsigned number, assess_error *err);
void pass_close(pass *p); /* in every case; the columns belong to the workings */

#endif
