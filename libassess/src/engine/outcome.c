/* outcome.c: what the figures of a subject mean: excluded, incomplete or assessed, with which score and grade, and why. */
#include "engine/outcome.h"

static uint32_t **list_for(level_statements *l, const statement *s, size_t **count)
{
    switch (s->kind) {
    case STATEMENT_EXCLUDE: *count = &l->exclude_count; return &l->excludes;
    case STATEMENT_REFUSE: *count = &l->refusal_count; return &l->refusals;
    case STATEMENT_LIST: *count = &l->list_count; return &l->lists;
    case STATEMENT_STEP: *count = &l->remark_count; return s->remark ? &l->remarks : NULL;
    default: *count = &l->change_count; return statement_changes_grade(s->kind) ? &l->changes : NULL;
    }
}

static void sort_statements(const plan *p, decider *d)
{
    for (uint32_t i = 0; i < p->statement_count; i++) {
        size_t *count;
        uint32_t level = p->statements[i].level, **list = list_for(&d->levels[level], &p->statements[i], &count);
        bool now = stage_of_statement(p, &p->statements[i]) <= pass_of_outcome(p, level);
        if (list && now)
            (*list)[(*count)++] = i;
        if (p->statements[i].kind == STATEMENT_RANK && now)
            d->levels[level].rank = &p->statements[i];
    }
}

static bool is_own_result(const plan *p, node_id id)
{
    for (size_t i = 0; i < p->level_count; i++)
        if (p->levels[i].score != SIZE_MAX && p->statements[p->levels[i].score].node == id)
            return true;
    return p->nodes[id].op == OP_BANDS;
}

static void find_results(const plan *p, bool *needs)
{
    for (size_t i = 0; i < p->statement_count; i++)
        if (statement_changes_grade(p->statements[i].kind) && p->statements[i].after != NODE_NONE)
            needs[p->statements[i].after] = true;
    for (size_t i = 0; i < p->level_count; i++)
        if (p->levels[i].grades != SIZE_MAX && p->levels[i].grade != NODE_NONE)
            needs[p->levels[i].grade] = true;
    for (size_t o = 0; o < p->node_count; o++) {
        node_id id = p->order[o];
        const node *n = &p->nodes[id];
        needs[id] |= is_own_result(p, id);
        for (uint32_t a = 0; !op_is_barrier(n->op) && a < n->arg_count; a++)
            needs[id] |= needs[n->args[a]];
    }
}

assess_status decider_open(decider *d, const plan *p, assess_error *err)
{
    *d = (decider){0};
    d->needs_result = arena_zalloc(&d->memory, (p->node_count + 1) * sizeof *d->needs_result);
    if (!d->needs_result)
        return error_no_memory(err);
    find_results(p, d->needs_result);
    for (size_t i = 0; i < p->level_count; i++) {
        level_statements *l = &d->levels[i];
        uint32_t **lists[] = {&l->excludes, &l->refusals, &l->remarks, &l->changes, &l->lists};
        for (size_t n = 0; n < sizeof lists / sizeof *lists; n++)
            if (!(*lists[n] = arena_alloc(&d->memory, (p->statement_count + 1) * sizeof **lists[n])))
                return error_no_memory(err);
    }
    sort_statements(p, d);
    return ASSESS_OK;
}

void decider_close(decider *d) { arena_free(&d->memory); }

static finding *find(finding_list *list, uint32_t subject, finding_kind kind, uint32_t about)
{
    if (!MEM_RESERVE(list->items, list->capacity, list->count + 1)) {
        list->failed = true;
        return NULL;
    }
    list->items[list->count] = (finding){.subject = subject, .about = about, .kind = (uint8_t)kind, .grade = GRADE_NONE, .before = GRADE_NONE};
    return &list->items[list->count++];
}

static void find_figure(finding_list *list, uint32_t subject, finding_kind kind, uint32_t about, fraction figure)
{
    finding *f = find(list, subject, kind, about);
    if (!f)
        return;
    if (figure.num == (int64_t)figure.num && figure.den == (uint32_t)figure.den) {
        f->num = (int64_t)figure.num;
        f->den = (uint32_t)figure.den;
    } else if ((f->wide = mem_alloc(sizeof *f->wide)) != NULL) {
        *f->wide = figure;
    } else {
        list->failed = true;
    }
}

typedef struct lane {
    block *k;
    result *r;
    const plan_level *level;
    const level_statements *of;
    const decider *how;
    finding_list *found;
    size_t i;
    uint32_t subject;
    bool excluded, incomplete;
} lane;

static node_id missing(const lane *l, node_id id) { return l->k->missing[id * BLOCK + l->i]; }
static bool known(const lane *l, node_id id) { return missing(l, id) == NODE_NONE; }
static fraction value(const lane *l, node_id id) { return lane_value(l->k, id, l->i); }
static bool holds(const lane *l, node_id id) { return lane_holds(l->k, id, l->i); }
static const statement *statement_at(const lane *l, uint32_t number) { return &l->r->plan->statements[number]; }

static void fail(lane *l, node_id id)
{
    if (l->k->failed.node == NODE_NONE)
        l->k->failed = fault_of(l->k, id, l->i);
}

/* A figure that is asked for and could not be computed exactly ends the run. */
static void check_sound(lane *l, node_id id)
{
    if (id != NODE_NONE && is_broken(missing(l, id)))
        fail(l, missing(l, id) & ~BROKEN);
}

static void check_sound_all(lane *l, unsigned outcome)
{
    const plan *p = l->r->plan;
    for (size_t s = 0; s < p->statement_count; s++)
        if (&p->levels[p->statements[s].level] == l->level && stage_of_statement(p, &p->statements[s]) <= outcome) {
            check_sound(l, p->statements[s].node);
            check_sound(l, p->statements[s].after);
        }
}

static void find_holding(lane *l, const uint32_t *statements, size_t count, finding_kind kind)
{
    for (size_t i = 0; i < count; i++)
        if (holds(l, statement_at(l, statements[i])->node))
            find(l->found, l->subject, kind, statements[i]);
}

static void check_exclusions(lane *l)
{
    for (size_t i = 0; i < l->of->exclude_count; i++) {
        node_id condition = statement_at(l, l->of->excludes[i])->node;
        if (l->k->broken)
            check_sound(l, condition);
        l->excluded |= holds(l, condition);
    }
    if (l->excluded)
        find_holding(l, l->of->excludes, l->of->exclude_count, FINDING_EXCLUDED);
}

/* --- completeness --- */

/* Whether the argument's being missing makes the node missing: not so for the branch that a condition does not take. */
static bool bears(const lane *l, const node *n, uint32_t argument)
{
    if (known(l, n->args[argument]))
        return false;
    if (n->op == OP_TABLE)
        return argument == 0 || known(l, n->args[0]);
    if (n->op == OP_WEIGHTED && argument % 2 == 0)
        return !known(l, n->args[argument + 1]) || value(l, n->args[argument + 1]).num != 0;
    if (n->op != OP_WHEN || argument == 0)
        return true;
    return known(l, n->args[0]) && argument == (value(l, n->args[0]).num ? 1 : 2);
}

/* Where the search for what is missing ends: a source, or what comes from other subjects. */
static bool is_end(const plan *p, const node *n)
{
    bool passed_on = n->op == OP_GROUP && p->groups[n->source].op == GROUP_ALLOT; /* a quota in a pool lacks what its exact share lacks */
    return op_is_source(n->op) || (op_is_from_others(n->op) && !passed_on);
}

/* Marks what the missing figure lacks. */
static void trace_missing(lane *l, node_id top)
{
    const plan *p = l->r->plan;
    bool *wanted = l->k->wanted;
    wanted[top] = true;
    for (size_t i = p->node_count; i-- > 0;) {
        node_id id = p->order[i];
        for (uint32_t a = 0; wanted[id] && !is_end(p, &p->nodes[id]) && a < p->nodes[id].arg_count; a++)
            wanted[p->nodes[id].args[a]] |= bears(l, &p->nodes[id], a);
    }
}

static void check_figure(lane *l, node_id id)
{
    if (id == NODE_NONE || known(l, id))
        return;
    for (node_id n = 0; !l->incomplete && n < l->r->plan->node_count; n++)
        l->k->wanted[n] = false;
    l->incomplete = true;
    trace_missing(l, id);
}

/* Who has the grade that a quota counts needs a line and a place; a missing figure of the order would leave them outside it. */
static void check_quota(lane *l, const plan_quota *q)
{
    const node *place = &l->r->plan->nodes[q->place];
    if (!holds(l, q->eligible))
        return;
    check_figure(l, q->allowed);
    for (uint32_t a = 1; a < place->arg_count; a++)
        check_figure(l, place->args[a]);
}

/* A table without a row for its key has nothing below it that is missing. */
static bool is_named(const lane *l, node_id id)
{
    const node *n = &l->r->plan->nodes[id];
    return is_end(l->r->plan, n) || missing(l, id) == id;
}

/* Ballots of one role are missing in one sentence, whichever figures are made of them. */
static bool lack_the_same_ballots(const ballot_source *a, const ballot_source *b)
{
    uint32_t least_a = a->least ? a->least : 1, least_b = b->least ? b->least : 1;
    return a->roles == b->roles && least_a == least_b && a->reducer != BALLOT_MOST_CHOSEN && b->reducer != BALLOT_MOST_CHOSEN;
}

/* Two figures of one clause that come from one source. */
static bool lack_the_same(const plan *p, node_id a, node_id b)
{
    const node *x = &p->nodes[a], *y = &p->nodes[b];
    if (x->op != y->op || !op_is_source(x->op) || x->at.file != y->at.file || x->at.clause != y->at.clause)
        return false;
    return x->op == OP_BALLOTS ? lack_the_same_ballots(&p->ballots[x->source], &p->ballots[y->source]) : x->source == y->source;
}

static void name_missing(lane *l, node_id id, size_t before)
{
    const finding_list *found = l->found;
    for (size_t i = before; i < found->count; i++)
        if (found->items[i].kind == FINDING_MISSING && lack_the_same(l->r->plan, found->items[i].about, id))
            return;
    find(l->found, l->subject, FINDING_MISSING, id);
}

/* Every source that is missing is named, once. */
static void check_completeness(lane *l)
{
    const plan *p = l->r->plan;
    size_t before = l->found->count;
    for (size_t i = 0; i < l->of->exclude_count; i++)
        if (!statement_at(l, l->of->excludes[i])->unknown_keeps)
            check_figure(l, statement_at(l, l->of->excludes[i])->node);
    if (l->level->score != SIZE_MAX)
        check_figure(l, p->statements[l->level->score].node);
    if (l->level->grades != SIZE_MAX)
        check_figure(l, p->statements[l->level->grades].node);
    for (size_t i = 0; i < l->of->change_count; i++)
        if (statement_at(l, l->of->changes[i])->kind == STATEMENT_QUOTA)
            check_quota(l, &p->quotas[statement_at(l, l->of->changes[i])->about]);
    for (node_id id = 0; l->incomplete && id < p->node_count; id++)
        if (l->k->wanted[id] && !known(l, id) && is_named(l, id))
            name_missing(l, id, before);
}

/* --- assessed --- */

static void set_score(lane *l)
{
    uint32_t number = (uint32_t)l->level->score;
    const statement *s = statement_at(l, number);
    const node *n = &l->r->plan->nodes[s->node];
    int128 units = value(l, s->node).num; /* rounded: in units already where the unit is 0.1, 0.01 … */
    bool in_units = n->round.unit.coeff == 1 && value(l, s->node).den == power_of_ten(n->round.unit.scale);
    if ((!in_units && !fraction_round_units(value(l, n->args[0]), n->round, &units)) || units > INT64_MAX || units < -INT64_MAX) {
        fail(l, s->node);
        return;
    }
    l->r->score[l->subject] = (int64_t)units;
    if (s->before != n->args[0] && fraction_compare(value(l, s->before), value(l, n->args[0])) != 0) {
        l->r->flags[l->subject] |= FLAG_CAPPED;
        fraction before = value(l, s->before);
        fraction_round(before, n->round, &before); /* no finer than the score: ballots stay closed */
        find_figure(l->found, l->subject, FINDING_CAPPED, number, before);
    }
}

static uint8_t grade_of(const lane *l, node_id id)
{
    return id != NODE_NONE && known(l, id) ? (uint8_t)value(l, id).num : GRADE_NONE;
}

/* The score lies above the printed upper figure of its band and below the next one. */
static void check_gap(lane *l)
{
    const plan *p = l->r->plan;
    node_id id = p->statements[l->level->grades].node;
    uint8_t g = grade_of(l, id);
    if (g == GRADE_NONE || g == l->level->first_grade || p->nodes[id].op != OP_BANDS || !p->grades[g].has_printed_to)
        return;
    if (fraction_compare(value(l, p->nodes[id].args[0]), fraction_from_decimal(p->grades[g].printed_to)) > 0) {
        l->r->flags[l->subject] |= FLAG_GAP;
        find(l->found, l->subject, FINDING_GAP, g);
    }
}

static void note_change(lane *l, finding_kind kind, uint32_t number, const statement *s)
{
    finding *f = find(l->found, l->subject, kind, number);
    if (!f)
        return;
    f->before = grade_of(l, s->before);
    f->grade = grade_of(l, s->after);
}

static void apply_limit(lane *l, uint32_t number, const statement *s, bool changed)
{
    if (!holds(l, s->node))
        return;
    if (s->kind == STATEMENT_VETO || changed)
        note_change(l, s->kind == STATEMENT_VETO ? FINDING_VETO : FINDING_LIMIT, number, s);
    if (s->kind == STATEMENT_VETO && changed)
        l->r->flags[l->subject] |= FLAG_VETO;
}

static void apply_quota(lane *l, uint32_t number, const statement *s, bool changed)
{
    const plan_quota *q = &l->r->plan->quotas[s->about];
    bool at_line = q->at_line != NODE_NONE && holds(l, q->at_line);
    if (!at_line && !holds(l, q->over))
        return;
    l->r->flags[l->subject] |= FLAG_QUOTA;
    if (at_line)
        note_change(l, FINDING_QUOTA_LINE, number, s);
    else if (q->at_least)
        note_change(l, FINDING_QUOTA_SHORT, number, s);
    else
        note_change(l, changed ? FINDING_QUOTA : FINDING_QUOTA_LISTED, number, s);
}

static void change_grade(lane *l)
{
    for (size_t i = 0; i < l->of->change_count; i++) {
        const statement *s = statement_at(l, l->of->changes[i]);
        bool changed = grade_of(l, s->before) != grade_of(l, s->after);
        if (s->kind == STATEMENT_QUOTA)
            apply_quota(l, l->of->changes[i], s, changed);
        else
            apply_limit(l, l->of->changes[i], s, changed);
    }
    l->r->grade[l->subject] = grade_of(l, l->level->grade);
}

static void note_remark(lane *l, uint32_t number)
{
    node_id figure = statement_at(l, number)->node;
    if (holds(l, figure))
        find_figure(l->found, l->subject, FINDING_REMARK, number, value(l, figure));
}

static void set_rank(lane *l, const statement *s)
{
    const group_column *g = l->r->inner->groups[s->node];
    l->r->rank[l->subject] = g->place[l->subject];
    if (g->tied[l->subject] > 1)
        l->r->flags[l->subject] |= FLAG_TIE;
}

static void decide_assessed(lane *l)
{
    for (size_t i = 0; i < l->of->remark_count; i++)
        note_remark(l, l->of->remarks[i]);
    if (l->level->score != SIZE_MAX)
        set_score(l);
    if (l->of->rank)
        set_rank(l, l->of->rank);
    if (l->level->grades == SIZE_MAX)
        return;
    check_gap(l);
    change_grade(l);
}

/* A list by facts alone is for everybody; one by score or grade for the assessed, because nobody else has any. */
static void put_on_list(lane *l, uint32_t number)
{
    node_id condition = statement_at(l, number)->node;
    bool may = l->r->status[l->subject] == STATUS_ASSESSED || !l->how->needs_result[condition];
    if (may && holds(l, condition))
        find(l->found, l->subject, FINDING_LIST, number);
}

static void decide(lane *l, unsigned outcome)
{
    l->r->grade[l->subject] = GRADE_NONE;
    check_exclusions(l);
    if (l->k->broken && !l->excluded)
        check_sound_all(l, outcome);
    if (!l->excluded)
        check_completeness(l);
    l->r->status[l->subject] = l->excluded ? STATUS_EXCLUDED : l->incomplete ? STATUS_INCOMPLETE : STATUS_ASSESSED;
    if (l->r->status[l->subject] == STATUS_ASSESSED)
        decide_assessed(l);
    for (size_t i = 0; i < l->of->list_count; i++)
        put_on_list(l, l->of->lists[i]);
    find_holding(l, l->of->refusals, l->of->refusal_count, FINDING_REFUSED);
}

/* --- what stands only after the outcome --- */

static void decide_late(lane *l, uint32_t number)
{
    const statement *s = statement_at(l, number);
    if (&l->r->plan->levels[s->level] != l->level)
        return;
    check_sound(l, s->node);
    bool assessed = l->r->status[l->subject] == STATUS_ASSESSED;
    if (s->kind == STATEMENT_RANK && assessed)
        set_rank(l, s);
    if (s->kind == STATEMENT_STEP && s->remark && assessed)
        note_remark(l, number);
    if (s->kind == STATEMENT_LIST)
        put_on_list(l, number);
}

void block_decide(block *k, const decider *d, const pass *now, result *r, finding_list *found)
{
    size_t lanes = pass_decides(now) ? k->lanes : 0;
    for (size_t i = 0; i < lanes; i++) {
        uint32_t subject = k->first + (uint32_t)i, number = level_of(r->inner, subject);
        lane l = {.k = k, .r = r, .level = &r->plan->levels[number], .of = &d->levels[number], .how = d, .found = found, .i = i, .subject = subject};
        if (now->decides[number])
            decide(&l, now->number);
        for (size_t s = 0; s < now->late_count; s++)
            decide_late(&l, now->late[s]);
    }
}
