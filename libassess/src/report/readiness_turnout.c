/* readiness_turnout: how many ballots were asked for and how many came in, per role and unit, and who is late. Rows for a whole unit
 * or for everybody are never written out pair by pair: a row costs the same whomever it is about. */
#include "report/lists.h"
#include "report/readiness.h"

#include <stdlib.h>

typedef struct turnout_cell {
    size_t eligible; /* subjects whom the role rates, of the unit */
    size_t asked, returned, valid, invalid;
} turnout_cell;

/* What one rater is asked in one role. */
typedef struct asking {
    uint32_t rater, first, count; /* rows in `wanted`, by target */
    uint32_t own;                 /* the subject that the rater is; SUBJECT_NONE */
    uint32_t asked, returned;
    uint8_t role;
    bool everybody;
} asking;

typedef struct wanted_row {
    uint64_t who;    /* rater and role */
    uint32_t target; /* a subject; behind the subjects a unit; behind the units everybody */
} wanted_row;

typedef struct turnout {
    readiness *c;
    const assignments *list;
    size_t people, units, roles;
    uint32_t self;           /* the role in which people rate themselves; UINT32_MAX */
    turnout_cell *cells;     /* [unit][role] */
    wanted_row *wanted;      /* [list->count] */
    asking *askings;
    size_t asking_count;
    uint32_t *first_asking;  /* [rater]: askings are sorted by rater */
    uint32_t *rater_of;      /* [number in ballots.raters]: number in list->raters, UINT32_MAX */
    size_t *total, *everybody; /* [role]: eligible subjects; raters who are asked about all of them */
    bool *planned;           /* [role]: the table has a row of it */
    bool *anonymous;         /* [role]: a ballot without rater came in, so nobody can be said to be late */
    size_t unasked;
} turnout;

static turnout_cell *cell_of(const turnout *t, uint32_t subject, uint32_t role)
{
    return &t->cells[t->c->unit_of[subject] * t->roles + role];
}

static bool is_eligible(const turnout *t, uint32_t subject, uint32_t role)
{
    return takes_part(t->c, subject) && (t->c->reads[level_in_list(t->c, subject)] >> role & 1);
}

/* ---- getting ready ---- */

static bool make_room(turnout *t)
{
    arena *memory = &t->c->memory;
    t->cells = arena_zalloc(memory, (t->units * t->roles + 1) * sizeof *t->cells);
    t->wanted = arena_alloc(memory, (t->list->count + 1) * sizeof *t->wanted);
    t->first_asking = arena_alloc(memory, (t->list->raters.count + 1) * sizeof *t->first_asking);
    t->rater_of = arena_alloc(memory, (t->c->r->batch->ballots.raters.count + 1) * sizeof *t->rater_of);
    t->total = arena_zalloc(memory, (t->roles + 1) * sizeof *t->total);
    t->everybody = arena_zalloc(memory, (t->roles + 1) * sizeof *t->everybody);
    t->anonymous = arena_zalloc(memory, (t->roles + 1) * sizeof *t->anonymous);
    t->planned = arena_zalloc(memory, (t->roles + 1) * sizeof *t->planned);
    return t->cells && t->wanted && t->first_asking && t->rater_of && t->total && t->everybody && t->anonymous && t->planned;
}

static void count_eligible(turnout *t)
{
    for (uint32_t i = 0; i < t->people; i++)
        for (uint32_t role = 0; role < t->roles; role++)
            if (is_eligible(t, i, role)) {
                cell_of(t, i, role)->eligible++;
                t->total[role]++;
            }
}

static int compare_wanted(const void *left, const void *right)
{
    const wanted_row *a = left, *b = right;
    if (a->who != b->who)
        return a->who < b->who ? -1 : 1;
    return (a->target > b->target) - (a->target < b->target);
}

/* The checklist numbers units by the people; every unit of the table is one of theirs. */
static uint32_t target_of(const turnout *t, const assignment *a)
{
    if (a->subject != SUBJECT_NONE)
        return a->subject;
    size_t unit = a->unit == UNIT_NONE ? t->units : intern_find(&t->c->units, t->list->units.texts[a->unit]);
    return (uint32_t)(t->people + unit);
}

static void sort_rows(turnout *t)
{
    for (size_t i = 0; i < t->list->count; i++) {
        const assignment *a = &t->list->rows[i];
        t->planned[a->role] = true;
        t->wanted[i] = (wanted_row){(uint64_t)a->rater << 8 | a->role, target_of(t, a)};
    }
    qsort(t->wanted, t->list->count, sizeof *t->wanted, compare_wanted);
}

static void name_rater(turnout *t, asking *a)
{
    a->own = intern_find(&t->c->r->batch->people.ids, t->list->raters.texts[a->rater]);
    if (t->first_asking[a->rater] == UINT32_MAX)
        t->first_asking[a->rater] = (uint32_t)(a - t->askings);
}

static size_t count_askings(const turnout *t)
{
    size_t count = 0;
    for (size_t i = 0; i < t->list->count; i++)
        count += i == 0 || t->wanted[i].who != t->wanted[i - 1].who;
    return count;
}

static bool find_askings(turnout *t)
{
    t->askings = arena_alloc(&t->c->memory, (count_askings(t) + 1) * sizeof *t->askings);
    for (size_t i = 0; i < t->list->raters.count; i++)
        t->first_asking[i] = UINT32_MAX;
    if (!t->askings)
        return false;
    for (size_t i = 0; i < t->list->count; i++) {
        const wanted_row *row = &t->wanted[i];
        if (i == 0 || row->who != row[-1].who) {
            asking *fresh = &t->askings[t->asking_count++];
            *fresh = (asking){.rater = (uint32_t)(row->who >> 8), .first = (uint32_t)i, .role = (uint8_t)(row->who & 255)};
            name_rater(t, fresh);
        }
        asking *a = &t->askings[t->asking_count - 1];
        a->count++;
        a->everybody |= row->target == t->people + t->units;
    }
    return true;
}

static void match_raters(turnout *t)
{
    const interner *named = &t->c->r->batch->ballots.raters;
    for (size_t i = 0; i < named->count; i++)
        t->rater_of[i] = intern_find(&t->list->raters, named->texts[i]);
}

/* ---- asked ---- */

static bool has_target(const turnout *t, const asking *a, size_t target)
{
    size_t low = a->first, high = a->first + a->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t->wanted[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low < a->first + a->count && t->wanted[low].target == target;
}

static bool has_unit_of(const turnout *t, const asking *a, uint32_t subject)
{
    return has_target(t, a, t->people + t->c->unit_of[subject]);
}

/* A row for everybody or for its unit means the subject, if the role rates such. */
static bool is_covered(const turnout *t, const asking *a, uint32_t subject)
{
    return (a->everybody || has_unit_of(t, a, subject)) && is_eligible(t, subject, a->role);
}

/* Whether the rater is to rate the subject: in the role self oneself alone, in all others never. */
static bool is_asked(const turnout *t, const asking *a, uint32_t subject)
{
    bool of_self = a->role == t->self, own = subject == a->own;
    return of_self == own && (is_covered(t, a, subject) || has_target(t, a, subject));
}

static void ask(const turnout *t, asking *a, uint32_t subject)
{
    a->asked++;
    cell_of(t, subject, a->role)->asked++;
}

static void ask_self(const turnout *t, asking *a)
{
    if (a->own != SUBJECT_NONE && takes_part(t->c, a->own) && is_asked(t, a, a->own))
        ask(t, a, a->own);
}

/* The eligible of every unit are added up later, once for all raters together. */
static void ask_everybody(turnout *t, asking *a)
{
    bool own = a->own != SUBJECT_NONE && is_eligible(t, a->own, a->role);
    a->asked += (uint32_t)(t->total[a->role] - own);
    t->everybody[a->role]++;
    if (own)
        cell_of(t, a->own, a->role)->asked--; /* wraps, until all of them are added up */
}

static void ask_unit(turnout *t, asking *a, uint32_t unit)
{
    turnout_cell *cell = &t->cells[unit * t->roles + a->role];
    bool own = a->own != SUBJECT_NONE && t->c->unit_of[a->own] == unit && is_eligible(t, a->own, a->role);
    a->asked += (uint32_t)(cell->eligible - own);
    cell->asked += cell->eligible - own;
}

static void ask_row(turnout *t, asking *a, uint32_t target)
{
    if (target >= t->people) {
        if (!a->everybody)
            ask_unit(t, a, target - (uint32_t)t->people);
    } else if (takes_part(t->c, target) && !is_covered(t, a, target)) {
        ask(t, a, target);
    }
}

static void ask_all(turnout *t)
{
    for (size_t i = 0; i < t->asking_count; i++) {
        asking *a = &t->askings[i];
        if (a->role == t->self) {
            ask_self(t, a);
            continue;
        }
        if (a->everybody)
            ask_everybody(t, a);
        for (uint32_t k = 0; k < a->count; k++)
            if (k == 0 || t->wanted[a->first + k].target != t->wanted[a->first + k - 1].target)
                ask_row(t, a, t->wanted[a->first + k].target);
    }
    for (size_t i = 0; i < t->units * t->roles; i++)
        t->cells[i].asked += t->everybody[i % t->roles] * t->cells[i].eligible;
}

/* ---- returned ---- */

static asking *asking_of(const turnout *t, uint32_t rater, uint32_t role)
{
    uint32_t number = t->rater_of[rater];
    size_t at = number == INTERN_NONE ? t->asking_count : t->first_asking[number];
    for (; at < t->asking_count && t->askings[at].rater == number; at++)
        if (t->askings[at].role == role)
            return &t->askings[at];
    return NULL;
}

static void take_ballot(turnout *t, const ballot_judge *judge, size_t ballot)
{
    const ballots *b = &t->c->r->batch->ballots;
    uint32_t subject = b->subject[ballot], role = b->role[ballot];
    if (!takes_part(t->c, subject))
        return;
    if (b->rater[ballot] == RATER_ANONYMOUS) {
        t->anonymous[role] = true;
    } else {
        asking *a = asking_of(t, b->rater[ballot], role);
        if (!a || !is_asked(t, a, subject)) {
            t->unasked += t->planned[role];
            return;
        }
        a->returned++;
    }
    turnout_cell *cell = cell_of(t, subject, role);
    bool bad = ballot_judge_of(judge, ballot) == BALLOT_BAD;
    cell->returned++;
    cell->invalid += bad;
    cell->valid += !bad;
}

static void take_ballots(turnout *t)
{
    ballot_judge judge;
    ballot_judge_open(t->c->r, &judge);
    for (size_t i = 0; i < t->c->r->batch->ballots.count; i++)
        take_ballot(t, &judge, i);
}

static bool count_turnout(turnout *t)
{
    count_eligible(t);
    sort_rows(t);
    if (!find_askings(t))
        return false;
    match_raters(t);
    ask_all(t);
    take_ballots(t);
    return true;
}

/* ---- what is said ---- */

static void role_cell(readiness *c, point *p, uint32_t role)
{
    const plan_role *r = &c->r->plan->roles[role];
    point_cell(c, p, c->for_programs ? r->id : label_in(r->words, c->language));
}

static void turnout_row(const turnout *t, point *p, uint32_t unit, uint32_t role)
{
    readiness *c = t->c;
    const turnout_cell *cell = &t->cells[unit * t->roles + role];
    buffer rate = {0};
    if ((!cell->asked && !cell->returned) || !point_row(c, p))
        return;
    page_share(&rate, cell->returned, cell->asked);
    role_cell(c, p, role);
    point_cell(c, p, c->units.texts[unit]);
    point_number(c, p, cell->asked);
    point_number(c, p, cell->returned);
    point_cell(c, p, buffer_text(&rate));
    point_number(c, p, cell->valid);
    point_number(c, p, cell->invalid);
    c->failed |= rate.failed;
    buffer_free(&rate);
}

static void say_turnout(const turnout *t)
{
    static const point_column columns[] = {{"role", MSG_ready_role, CELL_WORDS}, {"unit", MSG_report_unit, CELL_WORDS},
                                           {"asked", MSG_ready_asked, CELL_COUNT}, {"returned", MSG_ready_returned, CELL_COUNT},
                                           {"rate", MSG_ready_rate, CELL_FIGURE}, {"valid", MSG_ready_valid, CELL_COUNT},
                                           {"invalid", MSG_ready_invalid, CELL_COUNT}};
    size_t asked = 0, outstanding = 0;
    for (size_t i = 0; i < t->units * t->roles; i++) {
        const turnout_cell *cell = &t->cells[i];
        asked += cell->asked;
        outstanding += cell->asked > cell->returned ? cell->asked - cell->returned : 0;
    }
    message what = message_of2(outstanding ? MSG_ready_turnout_short : MSG_ready_turnout_all, point_digits(t->c, asked),
                               point_digits(t->c, outstanding));
    point *p = point_add(t->c, "turnout", outstanding ? POINT_OPEN : POINT_DONE, outstanding, message_of(MSG_ready_turnout), what);
    if (!p)
        return;
    p->columns = columns;
    p->column_count = sizeof columns / sizeof *columns;
    for (uint32_t role = 0; role < t->roles; role++)
        for (uint32_t unit = 0; !t->c->failed && unit < t->units; unit++)
            turnout_row(t, p, unit, role);
}

static bool is_late(const turnout *t, const asking *a) { return !t->anonymous[a->role] && a->returned < a->asked; }

static text name_of(const turnout *t, const asking *a)
{
    text given = t->list->names[a->rater];
    return given.length || a->own == SUBJECT_NONE ? given : t->c->r->batch->people.name[a->own];
}

static void late_row(const turnout *t, point *p, const asking *a)
{
    readiness *c = t->c;
    point_cell(c, p, t->list->raters.texts[a->rater]);
    point_cell(c, p, name_of(t, a));
    role_cell(c, p, a->role);
    point_number(c, p, a->asked);
    point_number(c, p, a->returned);
}

static void say_late(const turnout *t)
{
    static const point_column columns[] = {{"rater", MSG_ready_rater, CELL_WORDS}, {"name", MSG_report_person, CELL_WORDS},
                                           {"role", MSG_ready_role, CELL_WORDS}, {"asked", MSG_ready_asked, CELL_COUNT},
                                           {"returned", MSG_ready_returned, CELL_COUNT}};
    size_t late = 0, silent = 0;
    for (size_t i = 0; i < t->asking_count; i++) {
        late += is_late(t, &t->askings[i]);
        silent += is_late(t, &t->askings[i]) && t->askings[i].returned == 0;
    }
    if (!late)
        return;
    message what = message_of1(MSG_ready_raters_late, point_digits(t->c, silent));
    point *p = point_add(t->c, "raters", POINT_NOTE, late, message_of(MSG_ready_raters), what);
    if (!p)
        return;
    p->columns = columns;
    p->column_count = sizeof columns / sizeof *columns;
    for (size_t i = 0; !t->c->failed && i < t->asking_count; i++)
        if (is_late(t, &t->askings[i]) && point_row(t->c, p))
            late_row(t, p, &t->askings[i]);
}

void ready_turnout(readiness *c)
{
    const batch *b = c->r->batch;
    turnout t = {.c = c, .list = &b->asked, .people = b->people.count, .units = c->units.count, .roles = c->r->plan->role_count};
    size_t self = plan_find_role(c->r->plan, TEXT("self"));
    t.self = self == SIZE_MAX ? UINT32_MAX : (uint32_t)self;
    if (!t.list->count)
        return;
    if (!make_room(&t) || !count_turnout(&t)) {
        c->failed = true;
        return;
    }
    say_turnout(&t);
    say_late(&t);
    if (t.unasked)
        point_add(c, "unasked", POINT_NOTE, t.unasked, message_of(MSG_ready_unasked), message_of(MSG_ready_unasked_told));
}
