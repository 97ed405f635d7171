/* diff: two results side by side: who moves from the one to the other. Subjects are the same when their ids are; grades,
 * lists and parameters are compared by their ids, because the two may come from different rule files. */
#ifndef ASSESS_REPORT_DIFF_H
#define ASSESS_REPORT_DIFF_H

#include "report/report.h"

typedef enum moved_field {
    MOVED_STATUS = 1,
    MOVED_SCORE = 2,
    MOVED_GRADE = 4,
    MOVED_RANK = 8,
    MOVED_FLAGS = 16,
    MOVED_LISTS = 32,
    MOVED_END = 64
} moved_field;
const char *moved_field_id(moved_field f); /* "status" */

/* One who moves; SUBJECT_NONE on the side where the subject is not there. */
typedef struct move {
    uint32_t a, b;
    unsigned fields; /* set of moved_field; 0 for one who is on one side only */
} move;

struct diff {
    const result *a, *b;
    move *moves; /* in the order of a, then those of b alone */
    size_t move_count, move_capacity;
    size_t added, removed, subjects; /* of both together */
    size_t *standings;               /* [standing in a][standing in b]: how many */
    bool failed;
};

/* Where a subject stands: the number of its grade, or behind the grades one of these. */
enum { STANDING_NO_GRADE, STANDING_EXCLUDED, STANDING_INCOMPLETE, STANDING_ABSENT, STANDING_MORE };
size_t standing_count(const result *r);
text standing_id(const result *r, size_t standing);    /* "excellent", "no_grade", "excluded" … */

/* What a subject has of one field, for people or as ids; nothing for SUBJECT_NONE. */
void diff_print_field(const result *r, uint32_t subject, moved_field f, buffer *out);
/* Reasons that only the first has. */
void diff_print_reasons(const result *r, uint32_t subject, const result *other, uint32_t its_subject,
                        assess_language language, const char *between, buffer *out); /* "; " between two of them */

#endif
