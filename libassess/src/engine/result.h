/* result: what came out for every subject, in the order of the people. */
#ifndef ASSESS_ENGINE_RESULT_H
#define ASSESS_ENGINE_RESULT_H

#include "base/json.h"
#include "batch/batch.h"
#include "plan/plan.h"

typedef enum subject_status { STATUS_ASSESSED, STATUS_EXCLUDED, STATUS_INCOMPLETE, STATUS_COUNT } subject_status;
const char *status_id(subject_status s);                                    /* "assessed" */

typedef enum result_flag {
    FLAG_VETO = 1,     /* a veto changed or bars the grade */
    FLAG_CAPPED = 2,   /* a floor or cap of the score changed it */
    FLAG_GAP = 4,      /* the score lies between two printed bands */
    FLAG_TIE = 8,      /* shares its rank */
    FLAG_QUOTA = 16,
    FLAG_OVERRIDE = 32,
    FLAG_END = 64
} result_flag;
const char *flag_id(result_flag f);

#define GRADE_NONE 255

typedef enum finding_kind {
    FINDING_EXCLUDED, /* about: statement */
    FINDING_MISSING,  /* about: node */
    FINDING_REMARK,   /* about: statement, figure: its value */
    FINDING_CAPPED,   /* about: statement, figure: the value before */
    FINDING_GAP,      /* about: the grade given */
    FINDING_VETO,     /* about: statement, before: the grade before, grade: after */
    FINDING_LIMIT,    /* the same of a ceiling, floor, fixed grade, or no grade, where it changed something */
    FINDING_QUOTA,    /* the same of a quota that moved the subject down */
    FINDING_QUOTA_LISTED, /* about: statement; over the quota, keeps the grade, for people to decide on */
    FINDING_QUOTA_LINE,   /* about: statement; shares a place at the line, for people to decide on */
    FINDING_QUOTA_SHORT,  /* about: statement; next in line for a lower limit that is not reached */
    FINDING_LIST,     /* about: statement */
    FINDING_REFUSED,  /* about: statement; the input is wrong */
    FINDING_DECISION, /* about: number in result.decided, grade: after it */
    FINDING_COUNT
} finding_kind;

/* A reason: why this subject's line is not the plain score. There may be several a subject, so it is kept small. */
typedef struct finding {
    uint32_t subject;
    uint32_t about;
    uint8_t kind;          /* finding_kind */
    uint8_t grade, before; /* GRADE_NONE where it is about none */
    uint32_t den;          /* of the figure, num / den; 0: it is `wide`, or 0 */
    union {
        int64_t num;
        fraction *wide;    /* the finding's own; NULL: 0 */
    };
} finding;

static inline fraction finding_figure(const finding *f)
{
    fraction none = {0, 1};
    return f->den ? fraction_of(f->num, f->den) : f->wide ? *f->wide : none;
}
void findings_free(finding *findings, size_t count); /* with the figures they own */

typedef enum decided_effect {
    DECIDED_MOVED,       /* the grade became another */
    DECIDED_SAME,        /* it was that grade already */
    DECIDED_TURNED_DOWN, /* an objection that changes nothing */
    DECIDED_EXCLUDED,    /* the subject is not to be assessed and gets no grade by a decision either */
    DECIDED_EFFECTS
} decided_effect;
const char *decided_effect_id(decided_effect e); /* "moved", "same", "turned_down", "excluded" */

#define STATEMENT_NONE UINT32_MAX

/* A decision by people, and what came of it. Of a subject with several, `before` of the first is the grade that the rules gave. */
typedef struct decided {
    const decision *row;   /* in the batch: subject, kind, day, by, meeting, reason */
    uint8_t before, after; /* grades, GRADE_NONE: none; the same unless it moved */
    uint8_t effect;        /* decided_effect */
    uint32_t set_aside;    /* number of the veto or other limit of the grade that says otherwise; STATEMENT_NONE */
    uint32_t over;         /* number of the quota that is exceeded when all decisions stand, among others by this one; STATEMENT_NONE */
    uint32_t held;         /* with `over`: so many have its grades then … */
    fraction allowed;      /* … and so many may */
} decided;

typedef struct result {
    const plan *plan;
    const batch *batch;
    size_t count;
    uint8_t *status; /* subject_status */
    int64_t *score;  /* in units of the scheme's rounding; only where assessed and the scheme has a score */
    uint8_t *grade;  /* number in plan->grades, or GRADE_NONE; after decisions by people */
    uint32_t *rank;  /* 0: none */
    uint8_t *flags;
    finding *findings; /* by subject, then in the order of the rule file, then decisions */
    size_t finding_count;
    decided *decided;  /* by subject, then in the order in which they count: by day, on one day by kind */
    size_t decided_count;
    const uint64_t *marks;  /* [ballot] (plan.h); the batch's or own_marks; NULL: the plan marks none, or no ballot */
    uint64_t *own_marks;
    uint64_t refusing;      /* the bits of a mark by which a rule on sheets refuses the ballot */
    size_t refused_count;
    size_t *sheet_refused;  /* [plan->sheet_rule_count]: ballots that the rule refused, alone or together with another */
    struct workings *inner; /* the engine's own, for engine_trace */
} result;

static inline bool ballot_is_refused(const result *r, size_t ballot) { return r->marks && (r->marks[ballot] & r->refusing); }

void result_free(result *r);

uint32_t result_level(const result *r, uint32_t subject); /* number in plan->levels */

/* Which of the rankings the subject's rank belongs to: a rank within units starts anew in each of them. */
uint32_t result_rank_group(const result *r, uint32_t subject);
bool result_ranks_groups(const result *r, size_t level);             /* does the level's rank start anew in every group? */
text result_rank_group_name(const result *r, uint32_t subject, assess_language language); /* of such a level; empty: none given */

/* The decisions about one subject: first of them, and how many. */
const decided *result_decided(const result *r, uint32_t subject, size_t *count);
/* True when people have settled the subject's grade: by moving it, confirming it, or turning an objection down. */
bool result_is_settled(const result *r, uint32_t subject);
/* The grade that the rules gave, before any decision. */
uint8_t result_computed_grade(const result *r, uint32_t subject);
/* "由 称职 改为 优秀（…）": what became of the grade, and which rule was set aside. */
void decided_print(const result *r, const decided *d, assess_language language, buffer *out);
/* The whole sentence among the reasons: who, when, what and why. No ';' of the table's own stands in it. */
void decided_print_reason(const result *r, const decided *d, assess_language language, buffer *out);
void decided_json(const result *r, const decided *d, json *j); /* one object */
text decision_kind_label(uint8_t kind, assess_language language);         /* "校准" */
text grade_words(const plan *p, uint8_t grade, assess_language language); /* "优秀", "不定等次" */

/* The findings of one subject: first of them, and how many. */
const finding *result_findings(const result *r, uint32_t subject, size_t *count);

/* "89.40": the score as it is written everywhere; "" when there is none. */
size_t result_print_score(const result *r, uint32_t subject, char out[64]);
/* "veto;gap" */
void result_print_flags(const result *r, uint32_t subject, buffer *out);
/* "六 得分 89.40 在…": clause and words of one finding. */
void finding_print(const result *r, const finding *f, assess_language language, buffer *out);
/* These, separated by ';'. */
void findings_print(const result *r, const finding *f, size_t count, assess_language language, buffer *out);
/* All of the subject. */
void result_print_reasons(const result *r, uint32_t subject, assess_language language, buffer *out);

/* What one group of a quota came to. Of a lower limit: `within` have the grade or a worse one, `over` are next in line. */
typedef struct quota_line {
    text name;                        /* the unit or the attribute's value; "" of the whole batch, and where none is given */
    fraction base, rate, exact, allowed;
    bool has_rate, known;             /* known: the four of them stand for somebody of the group */
    uint32_t within, over;            /* people, as computed */
    uint32_t decided;                 /* so many have the grades when all decisions stand; of a lower limit, too */
    const uint32_t *at_line;          /* subjects who tie at the line, for people to decide on: [at_line_count] */
    size_t at_line_count;
} quota_line;

typedef struct quota_lines {
    arena memory;
    quota_line *lines; /* groups without anybody whom the quota counts are left out; in the order of the people */
    size_t count;
} quota_lines;

/* The lines of the quota that statement `number` sets. False: no memory; out can be freed. */
bool result_quota_lines(const result *r, uint32_t number, quota_lines *out);
void quota_lines_free(quota_lines *q);

#endif
