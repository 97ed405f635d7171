/* check.c: what no single statement of a rule file can see. Every message says what was expected, what was found and how
 * to settle it, with the file, line and clause of the statement at fault. */
#include "plan/plan.h"
#include "plan/range.h"

/* Who is told. */
typedef struct judge {
    const plan *plan;
    plan_complaint say;
    void *user;
    size_t said;
} judge;

static void complain(judge *j, origin at, message m)
{
    j->said++;
    j->say(j->user, m, at);
}

static text decimal_text(decimal d, char out[64]) { return (text){out, decimal_print(d.coeff, d.scale, out)}; }

static int decimal_compare(decimal a, decimal b)
{
    return fraction_compare(fraction_from_decimal(a), fraction_from_decimal(b));
}

static void check_score(judge *j)
{
    const plan *p = j->plan;
    origin whole = {0, 0, 0};
    size_t results = p->list_count;
    for (size_t i = 0; i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        results += (l->score != SIZE_MAX) + (l->grades != SIZE_MAX);
    }
    if (!results)
        complain(j, whole, message_of(MSG_rules_no_score));
}

/* A remark shows its figure to everybody, and nobody has counted how many ballots a mean in it would rest on. */
static assess_status check_remarks(judge *j, assess_error *err)
{
    const plan *p = j->plan;
    uint32_t *roles = mem_zalloc(p->node_count + 1, sizeof *roles);
    if (!roles)
        return error_no_memory(err);
    plan_roles_below(p, roles);
    for (size_t i = 0; i < p->statement_count; i++)
        if (p->statements[i].remark && roles[p->statements[i].node])
            complain(j, p->statements[i].at, message_of(MSG_rules_remark_of_ballots));
    mem_free(roles);
    return ASSESS_OK;
}

/* --- grades --- */

/* Whether one before it on the same level has its id. */
static bool is_grade_again(const plan *p, size_t grade)
{
    const plan_grade *g = &p->grades[grade];
    for (size_t i = 0; i < grade; i++)
        if (p->grades[i].level == g->level && text_equal(p->grades[i].id, g->id))
            return true;
    return false;
}

static void check_grade_pair(judge *j, const plan_grade *better, const plan_grade *worse)
{
    char a[64], b[64];
    if (better->level != worse->level || !better->has_from || !worse->has_from)
        return;
    if (decimal_compare(better->from, worse->from) <= 0)
        complain(j, worse->at, message_of4(MSG_rules_grade_order, worse->id, decimal_text(worse->from, a), better->id, decimal_text(better->from, b)));
    else if (worse->has_printed_to && decimal_compare(worse->printed_to, better->from) >= 0)
        complain(j, worse->at, message_of4(MSG_rules_grade_overlap, worse->id, decimal_text(worse->printed_to, a), better->id, decimal_text(better->from, b)));
}

static void check_grade(judge *j, size_t number)
{
    const plan_grade *g = &j->plan->grades[number];
    if (is_grade_again(j->plan, number)) {
        complain(j, g->at, message_of1(MSG_rules_grade_twice, g->id));
        return; /* a line too many is out of order as well */
    }
    if (number)
        check_grade_pair(j, g - 1, g);
    if (g->has_printed_to && decimal_compare(g->printed_to, g->from) < 0)
        complain(j, g->at, message_of1(MSG_rules_grade_printed_below, g->id));
}

static void check_grades(judge *j)
{
    const plan *p = j->plan;
    for (size_t i = 0; i < p->grade_count; i++)
        check_grade(j, i);
    for (size_t i = 0; i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        const plan_grade *last = l->grade_count ? &p->grades[l->first_grade + l->grade_count - 1] : NULL;
        char a[64];
        if (last && last->has_from && last->from.coeff != 0)
            complain(j, last->at, message_of2(MSG_rules_grade_hole, last->id, decimal_text(last->from, a)));
    }
}

/* --- bands that nobody can be in --- */

static text fraction_text(fraction f, char out[160]) { return (text){out, fraction_print(f, out, 160)}; }

/* The smallest score of the grid that is in the band or above it. */
static bool first_in_band(const plan_grade *g, rounding unit, fraction *out)
{
    unit.mode = ROUND_UP; /* lower edges are never negative: up is the ceiling */
    return fraction_round(fraction_from_decimal(g->from), unit, out);
}

/* False: the score does not reach it, and the others of which that is true come of the same. */
static bool check_band(judge *j, const plan_level *l, uint32_t i, range score)
{
    const plan *p = j->plan;
    const plan_grade *g = &p->grades[l->first_grade + i];
    fraction first, above = i ? fraction_from_decimal(g[-1].from) : fraction_of(0, 1);
    char low[160], high[160], edge[64];
    bool lowest = i + 1 == l->grade_count;
    if (!first_in_band(g, plan_score_rounding(p, g->level), &first))
        return true;
    size_t before = j->said;
    if (i && !lowest && fraction_compare(first, above) >= 0)
        complain(j, g->at, message_of2(MSG_rules_grade_off_grid, g->id, decimal_text(g->from, edge)));
    if (j->said > before)
        return true;
    if (!lowest && score.has_high && fraction_compare(first, score.high) > 0)
        complain(j, g->at, message_of3(MSG_rules_grade_too_high, g->id, decimal_text(g->from, edge), fraction_text(score.high, high)));
    else if (i && score.has_low && fraction_compare(above, score.low) <= 0)
        complain(j, g->at, message_of3(MSG_rules_grade_too_low, g->id, decimal_text(g[-1].from, edge), fraction_text(score.low, low)));
    return j->said == before;
}

static bool has_bands(const plan *p, const plan_level *l)
{
    return l->score != SIZE_MAX && l->grade_count && p->grades[l->first_grade].has_from && p->nodes[p->statements[l->score].node].op == OP_ROUND;
}

static assess_status check_reachable(judge *j, assess_error *err)
{
    const plan *p = j->plan;
    for (uint32_t i = 0; i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        range score;
        if (!has_bands(p, l))
            continue;
        if (!plan_range(p, p->statements[l->score].node, &score))
            return error_no_memory(err);
        for (uint32_t g = 0; g < l->grade_count && check_band(j, l, g, score);)
            g++;
    }
    return ASSESS_OK;
}

/* --- order and stages --- */

/* The conditions that keep a subject from taking part are known only now. */
static bool settle_takes_part(plan *p)
{
    for (uint32_t i = 0; i < p->level_count; i++) {
        if (p->levels[i].takes_part == NODE_NONE)
            continue;
        node *n = &p->nodes[p->levels[i].takes_part];
        node_id *args = arena_alloc(&p->memory, (p->statement_count + 1) * sizeof *args);
        if (!args)
            return false;
        n->args = args;
        n->arg_count = 0;
        for (size_t s = 0; s < p->statement_count; s++)
            if (p->statements[s].kind == STATEMENT_EXCLUDE && p->statements[s].level == i)
                args[n->arg_count++] = p->statements[s].node;
    }
    return true;
}

typedef enum visit { NOT_VISITED, ON_THE_WAY, VISITED } visit;

/* Puts the node behind its arguments, deepest first, without recursion: `way` is the path from the top. */
static node_id put_in_order(plan *p, node_id top, uint8_t *state, node_id *way, size_t *count)
{
    size_t depth = 0;
    way[depth++] = top;
    while (depth) {
        node_id id = way[depth - 1], next = NODE_NONE;
        node *n = &p->nodes[id];
        state[id] = ON_THE_WAY;
        n->stage = 0;
        for (uint32_t a = 0; a < n->arg_count && next == NODE_NONE; a++) {
            const node *arg = &p->nodes[n->args[a]];
            if (state[n->args[a]] == NOT_VISITED)
                next = n->args[a];
            else if (state[n->args[a]] == ON_THE_WAY)
                return id;
            else if (arg->stage > n->stage)
                n->stage = arg->stage;
        }
        if (next != NODE_NONE) {
            way[depth++] = next;
            continue;
        }
        n->stage += op_is_barrier(n->op);
        state[id] = VISITED;
        p->order[(*count)++] = id;
        depth--;
    }
    return NODE_NONE;
}

/* Without memory or in a circle, some nodes have no place. */
static assess_status put_all_in_order(plan *p, node_id *cycle, assess_error *err)
{
    uint8_t *state = mem_zalloc(p->node_count + 1, sizeof *state);
    node_id *way = mem_alloc((p->node_count + 1) * sizeof *way);
    p->order = arena_alloc(&p->memory, (p->node_count + 1) * sizeof *p->order);
    *cycle = NODE_NONE;
    size_t count = 0;
    assess_status s = state && way && p->order && settle_takes_part(p) ? ASSESS_OK : error_no_memory(err);
    for (node_id id = 0; !s && *cycle == NODE_NONE && id < p->node_count; id++)
        if (state[id] == NOT_VISITED)
            *cycle = put_in_order(p, id, state, way, &count);
    for (node_id id = 0; !s && id < p->node_count; id++)
        p->stage_count = p->nodes[id].stage + 1 > p->stage_count ? p->nodes[id].stage + 1 : p->stage_count;
    mem_free(state);
    mem_free(way);
    return s;
}

/* *ordered: the nodes have their places, and what needs them can be checked. */
static assess_status check_order(plan *p, judge *j, bool *ordered, assess_error *err)
{
    node_id cycle;
    assess_status s = put_all_in_order(p, &cycle, err);
    *ordered = !s && cycle == NODE_NONE && p->stage_count <= PLAN_MAX_STAGES;
    if (!s && cycle != NODE_NONE)
        complain(j, p->nodes[cycle].at, message_of(MSG_rules_cycle));
    else if (!s && !*ordered)
        complain(j, (origin){0, 0, 0}, message_of(MSG_rules_too_many_nodes));
    return s;
}

static void keep_first(void *err, message m, origin at)
{
    (void)at;
    error_set(err, ASSESS_E_RULES, m);
}

assess_status plan_order(plan *p, assess_error *err)
{
    bool ordered;
    judge j = {.plan = p, .say = keep_first, .user = err};
    assess_status s = check_order(p, &j, &ordered, err);
    return s || ordered ? s : ASSESS_E_RULES;
}

/* Whether the value is a rounded one as it stands, held by a floor or cap, or chosen by a condition. */
static void find_rounded(const plan *p, bool *rounded)
{
    for (size_t i = 0; i < p->node_count; i++) {
        node_id id = p->order[i];
        const node *n = &p->nodes[id];
        bool keeps = n->op == OP_NOT_BELOW || n->op == OP_NOT_ABOVE || n->op == OP_OR_ELSE || n->op == OP_WHEN || (n->op == OP_TABLE && !p->tables[n->source].linear); /* a straight line between two rows is not rounded */
        rounded[id] = n->op == OP_ROUND;
        for (uint32_t a = n->op == OP_WHEN || n->op == OP_TABLE; keeps && a < n->arg_count; a++)
            rounded[id] |= rounded[n->args[a]];
    }
}

/* GB/T 8170: what was rounded is not rounded again. Who rounds one figure in several places mends its first rounding. */
static assess_status check_roundings(judge *j, assess_error *err)
{
    const plan *p = j->plan;
    bool *rounded = mem_zalloc(p->node_count + 1, sizeof *rounded);
    if (!rounded)
        return error_no_memory(err);
    find_rounded(p, rounded);
    for (node_id id = 0; id < p->node_count; id++) {
        const node *n = &p->nodes[id];
        if (n->op != OP_ROUND || !rounded[n->args[0]])
            continue;
        complain(j, n->at, message_of(MSG_rules_rounded_twice));
        rounded[n->args[0]] = false;
    }
    mem_free(rounded);
    return ASSESS_OK;
}

static bool is_item_again(const plan *p, size_t item)
{
    for (size_t i = 0; i < item; i++)
        if (text_equal(p->items[i].id, p->items[item].id))
            return true;
    return false;
}

static bool has_items(const plan *p, uint32_t role)
{
    for (uint32_t i = 0; i < p->item_count; i++)
        if (plan_asks(p, role, i))
            return true;
    return false;
}

/* Tables tell items of one name apart by the role of the row. */
static void check_names(judge *j, const plan_item *a, const plan_item *b)
{
    const plan *p = j->plan;
    uint32_t common = ~(a->unasked | b->unasked), role = 0;
    bool same = text_equal(a->words.zh, b->words.zh) || text_equal(a->words.en, b->words.en);
    while (role < p->role_count && !(common >> role & 1))
        role++;
    if (same && (a->unasked | b->unasked) && role < p->role_count)
        complain(j, a->at, message_of3(MSG_rules_items_of_one_name, b->id, a->id, p->roles[role].id));
}

static void check_items(judge *j)
{
    const plan *p = j->plan;
    for (size_t i = 0; i < p->item_count; i++)
        if (is_item_again(p, i))
            complain(j, p->items[i].at, message_of1(MSG_rules_item_twice, p->items[i].id));
    for (size_t i = 0; i < p->item_count; i++)
        for (size_t before = 0; before < i; before++)
            check_names(j, &p->items[i], &p->items[before]);
    if (p->item_count && !p->ballot_count)
        complain(j, p->items[0].at, message_of(MSG_rules_items_unused));
    for (uint32_t role = 0; p->item_count && role < p->role_count; role++)
        if (!has_items(p, role))
            complain(j, p->roles[role].at, message_of1(MSG_rules_role_without_items, p->roles[role].id));
}

static void check_kinds(judge *j)
{
    const plan *p = j->plan;
    for (size_t i = 0; i < p->kind_count; i++)
        if (!p->kinds[i].used)
            complain(j, p->kinds[i].at, message_of1(MSG_rules_kind_unused, p->kinds[i].id));
}

static void check_columns(judge *j)
{
    const plan *p = j->plan;
    for (size_t i = 0; i < p->attribute_count; i++)
        if (!p->attributes[i].used && !p->attributes[i].needed && !p->attributes[i].bounded)
            complain(j, p->attributes[i].at, message_of1(MSG_rules_attribute_unused, p->attributes[i].id));
    for (size_t i = 0; i < p->measure_count; i++)
        if (!p->measures[i].used)
            complain(j, p->measures[i].at, message_of1(MSG_rules_measure_unused, p->measures[i].id));
}

static void check_params(judge *j)
{
    const plan *p = j->plan;
    for (size_t i = 0; i < p->param_count; i++)
        if (!p->params[i].used)
            complain(j, p->params[i].at, message_of1(MSG_rules_param_unused, p->params[i].name));
}

/* Where a figure looks at the ballots of the source. */
static origin source_at(const plan *p, uint32_t source)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->nodes[i].op == OP_BALLOTS && p->nodes[i].source == source)
            return p->nodes[i].at;
    return (origin){0, 0, 0};
}

static void check_marks(judge *j)
{
    const plan *p = j->plan;
    uint32_t first[PLAN_MAX_MARKS + 1];
    size_t filters = plan_filters(p, first);
    if (p->sheet_rule_count + filters <= PLAN_MAX_MARKS)
        return;
    origin at = filters ? source_at(p, first[filters - 1]) : p->sheet_rules[PLAN_MAX_MARKS].at;
    complain(j, at, message_of(MSG_rules_too_many_marks));
}

static void check_period(judge *j)
{
    const plan *p = j->plan;
    char until[16];
    origin whole = {0, 0, 0};
    if (!p->period_text.length)
        return;
    if (p->effective != DATE_NONE && p->period.to < p->effective)
        complain(j, whole, message_of2(MSG_rules_not_yet_in_force, p->effective_text, p->period_text));
    else if (p->astride != ASTRIDE_END && p->effective != DATE_NONE && p->period.from < p->effective)
        complain(j, whole, message_of2(MSG_rules_not_yet_at_first, p->effective_text, p->period_text));
    if (p->until != DATE_NONE && (p->astride == ASTRIDE_START ? p->period.from : p->period.to) > p->until)
        complain(j, whole, message_of2(MSG_rules_no_longer_in_force, (text){until, date_print(p->until, until)}, p->period_text));
}

/* What goes by the places of the nodes; bands that are wrong themselves hold whom they should not. */
static assess_status check_graph(judge *j, bool bands_are_right, assess_error *err)
{
    assess_status s = check_roundings(j, err);
    s = s ? s : check_remarks(j, err);
    return s || !bands_are_right ? s : check_reachable(j, err);
}

assess_status plan_check(plan *p, plan_complaint say, void *user, assess_error *err)
{
    judge j = {.plan = p, .say = say, .user = user};
    bool ordered;
    check_score(&j);
    assess_status s = check_order(p, &j, &ordered, err);
    size_t before = j.said;
    check_grades(&j);
    if (ordered)
        s = check_graph(&j, j.said == before, err);
    check_items(&j);
    check_kinds(&j);
    check_columns(&j);
    check_params(&j);
    check_marks(&j);
    check_period(&j);
    return s;
}
