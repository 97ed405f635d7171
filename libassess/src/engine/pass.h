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
    bool decides[PLAN_MAX_LEVELS]; /* [level]: status, score and grade are settled in this pass */
    uint32_t *late;        /* statements whose figures stand only now, after the pass of their level: [late_count] */
    size_t late_count;
} pass;

/* The pass in which status, score and grade of a level are settled, as soon as all that is said beside them stands too. */
unsigned pass_of_outcome(const plan *p, uint32_t level);
/* The highest stage of a statement's nodes. */
unsigned stage_of_statement(const plan *p, const statement *s);

bool pass_decides(const pass *p); /* anything of any level */
assess_status pass_open(pass *out, result *r, unsigned number, assess_error *err);
void pass_close(pass *p); /* in every case; the columns belong to the workings */

#endif
