/* check.c: what no single statement of a rule file can see. Every message says what was expected, what was found and how
 * to settle it, with the file, line and clause of the statement at fault. */
#include "plan/plan.h"
#include "plan/range.h"

static assess_status refuse(const plan *p, assess_error *err, origin at, message m)
{
    char file[256], clause[128];
    text name = at.file < p->file_count ? p->files[at.file].name : TEXT(""), number = plan_clause_number(p, at);
    size_t n = name.length < sizeof file ? name.length : sizeof file - 1;
    for (size_t i = 0; i < n; i++)
        file[i] = name.bytes[i];
    file[n] = '\0';
    n = number.length < sizeof clause ? number.length : sizeof clause - 1;
    for (size_t i = 0; i < n; i++)
        clause[i] = number.bytes[i];
    clause[n] = '\0';
    return error_set_at(err, ASSESS_E_RULES, m, file, at.line, clause);
}

static text decimal_text(decimal d, char out[64]) { return (text){out, decimal_print(d.coeff, d.scale, out)}; }

static int decimal_compare(decimal a, decimal b)
{
    return fraction_compare(fraction_from_decimal(a), fraction_from_decimal(b));
}

static assess_status check_score(const plan *p, assess_error *err)
{
    origin whole = {0, 0, 1};
    size_t results = p->list_count;
    for (size_t i = 0; i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        results += (l->score != SIZE_MAX) + (l->grades != SIZE_MAX);
        if (l->score != SIZE_MAX && p->nodes[p->statements[l->score].node].op != OP_ROUND)
            return refuse(p, err, p->statements[l->score].at, message_of(MSG_rules_score_without_rounding));
    }
    return results ? ASSESS_OK : refuse(p, err, whole, message_of(MSG_rules_no_score));
}

/* A remark shows its figure to everybody, and nobody has counted how many ballots a mean in it would rest on. */
static assess_status check_remarks(const plan *p, assess_error *err)
{
    uint32_t *roles = mem_zalloc(p->node_count + 1, sizeof *roles);
    if (!roles)
        return error_no_memory(err);
    plan_roles_below(p, roles);
    assess_status status = ASSESS_OK;
    for (size_t i = 0; !status && i < p->statement_count; i++)
        if (p->statements[i].remark && roles[p->statements[i].node])
            status = refuse(p, err, p->statements[i].at, message_of(MSG_rules_remark_of_ballots));
    mem_free(roles);
    return status;
}

static assess_status check_grade_pair(const plan *p, const plan_grade *better, const plan_grade *worse, assess_error *err)
{
    char a[64], b[64];
    if (better->level != worse->level || !better->has_from || !worse->has_from)
        return ASSESS_OK;
    if (decimal_compare(better->from, worse->from) <= 0)
        return refuse(p, err, worse->at, message_of4(MSG_rules_grade_order, worse->id, decimal_text(worse->from, a),
                                                     better->id, decimal_text(better->from, b)));
    if (worse->has_printed_to && decimal_compare(worse->printed_to, better->from) >= 0)
        return refuse(p, err, worse->at, message_of4(MSG_rules_grade_overlap, worse->id, decimal_text(worse->printed_to, a),
                                                     better->id, decimal_text(better->from, b)));
    return ASSESS_OK;
}

static assess_status check_grades(const plan *p, assess_error *err)
{
    for (size_t i = 0; i < p->grade_count; i++)
        for (size_t j = 0; j < i; j++)
            if (p->grades[i].level == p->grades[j].level && text_equal(p->grades[i].id, p->grades[j].id))
                return refuse(p, err, p->grades[i].at, message_of1(MSG_rules_grade_twice, p->grades[i].id));
    for (size_t i = 1; i < p->grade_count; i++)
        if (check_grade_pair(p, &p->grades[i - 1], &p->grades[i], err))
            return ASSESS_E_RULES;
    for (size_t i = 0; i < p->grade_count; i++) {
        const plan_grade *g = &p->grades[i];
        if (g->has_printed_to && decimal_compare(g->printed_to, g->from) < 0)
            return refuse(p, err, g->at, message_of1(MSG_rules_grade_printed_below, g->id));
    }
    for (size_t i = 0; i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        const plan_grade *last = l->grade_count ? &p->grades[l->first_grade + l->grade_count - 1] : NULL;
        char a[64];
        if (last && last->has_from && last->from.coeff != 0)
            return refuse(p, err, last->at, message_of2(MSG_rules_grade_hole, last->id, decimal_text(last->from, a)));
    }
    return ASSESS_OK;
}

/* --- bands that nobody can be in --- */

static text fraction_text(fraction f, char out[160]) { return (text){out, fraction_print(f, out, 160)}; }

/* The smallest score of the grid that is in the band or above it. */
static bool first_in_band(const plan_grade *g, rounding unit, fraction *out)
{
    unit.mode = ROUND_UP; /* lower edges are never negative: up is the ceiling */
    return fraction_round(fraction_from_decimal(g->from), unit, out);
}

static assess_status check_band(const plan *p, const plan_level *l, uint32_t i, range score, assess_error *err)
{
    const plan_grade *g = &p->grades[l->first_grade + i];
    fraction first, above = i ? fraction_from_decimal(g[-1].from) : fraction_of(0, 1);
    char low[160], high[160], edge[64];
    bool lowest = i + 1 == l->grade_count;
    if (!first_in_band(g, plan_score_rounding(p, g->level), &first))
        return ASSESS_OK;
    if (i && !lowest && fraction_compare(first, above) >= 0)
        return refuse(p, err, g->at, message_of2(MSG_rules_grade_off_grid, g->id, decimal_text(g->from, edge)));
    if (!lowest && score.has_high && fraction_compare(first, score.high) > 0)
        return refuse(p, err, g->at, message_of3(MSG_rules_grade_too_high, g->id, decimal_text(g->from, edge), fraction_text(score.high, high)));
    if (i && score.has_low && fraction_compare(above, score.low) <= 0)
        return refuse(p, err, g->at, message_of3(MSG_rules_grade_too_low, g->id, decimal_text(g[-1].from, edge), fraction_text(score.low, low)));
    return ASSESS_OK;
}

static assess_status check_reachable(const plan *p, assess_error *err)
{
    assess_status s = ASSESS_OK;
    for (uint32_t i = 0; !s && i < p->level_count; i++) {
        const plan_level *l = &p->levels[i];
        range score;
        if (l->score == SIZE_MAX || !l->grade_count || !p->grades[l->first_grade].has_from)
            continue;
        if (!plan_range(p, p->statements[l->score].node, &score))
            return error_no_memory(err);
        for (uint32_t g = 0; !s && g < l->grade_count; g++)
            s = check_band(p, l, g, score, err);
    }
    return s;
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

assess_status plan_order(plan *p, assess_error *err)
{
    uint8_t *state = mem_zalloc(p->node_count + 1, sizeof *state);
    node_id *way = mem_alloc((p->node_count + 1) * sizeof *way);
    p->order = arena_alloc(&p->memory, (p->node_count + 1) * sizeof *p->order);
    node_id cycle = NODE_NONE;
    size_t count = 0;
    assess_status s = state && way && p->order && settle_takes_part(p) ? ASSESS_OK : error_no_memory(err);
    for (node_id id = 0; !s && cycle == NODE_NONE && id < p->node_count; id++)
        if (state[id] == NOT_VISITED)
            cycle = put_in_order(p, id, state, way, &count);
    if (!s && cycle != NODE_NONE)
        s = refuse(p, err, p->nodes[cycle].at, message_of(MSG_rules_cycle));
    for (node_id id = 0; !s && id < p->node_count; id++)
        p->stage_count = p->nodes[id].stage + 1 > p->stage_count ? p->nodes[id].stage + 1 : p->stage_count;
    if (!s && p->stage_count > PLAN_MAX_STAGES)
        s = refuse(p, err, (origin){0, 0, 1}, message_of(MSG_rules_too_many_nodes));
    mem_free(state);
    mem_free(way);
    return s;
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

/* GB/T 8170: what was rounded is not rounded again. */
static assess_status check_roundings(const plan *p, assess_error *err)
{
    bool *rounded = mem_zalloc(p->node_count + 1, sizeof *rounded);
    if (!rounded)
        return error_no_memory(err);
    find_rounded(p, rounded);
    assess_status s = ASSESS_OK;
    for (node_id id = 0; !s && id < p->node_count; id++)
        if (p->nodes[id].op == OP_ROUND && rounded[p->nodes[id].args[0]])
            s = refuse(p, err, p->nodes[id].at, message_of(MSG_rules_rounded_twice));
    mem_free(rounded);
    return s;
}

static assess_status check_items(const plan *p, assess_error *err)
{
    for (size_t i = 0; i < p->item_count; i++)
        for (size_t j = 0; j < i; j++)
            if (text_equal(p->items[i].id, p->items[j].id))
                return refuse(p, err, p->items[i].at, message_of1(MSG_rules_item_twice, p->items[i].id));
    if (p->item_count && !p->ballot_count)
        return refuse(p, err, p->items[0].at, message_of(MSG_rules_items_unused));
    return ASSESS_OK;
}

static assess_status check_kinds(const plan *p, assess_error *err)
{
    for (size_t i = 0; i < p->kind_count; i++)
        if (!p->kinds[i].used)
            return refuse(p, err, p->kinds[i].at, message_of1(MSG_rules_kind_unused, p->kinds[i].id));
    return ASSESS_OK;
}

static assess_status check_columns(const plan *p, assess_error *err)
{
    for (size_t i = 0; i < p->attribute_count; i++)
        if (!p->attributes[i].used && !p->attributes[i].needed && !p->attributes[i].bounded)
            return refuse(p, err, p->attributes[i].at, message_of1(MSG_rules_attribute_unused, p->attributes[i].id));
    for (size_t i = 0; i < p->measure_count; i++)
        if (!p->measures[i].used)
            return refuse(p, err, p->measures[i].at, message_of1(MSG_rules_measure_unused, p->measures[i].id));
    return ASSESS_OK;
}

static assess_status check_params(const plan *p, assess_error *err)
{
    for (size_t i = 0; i < p->param_count; i++)
        if (!p->params[i].used)
            return refuse(p, err, p->params[i].at, message_of1(MSG_rules_param_unused, p->params[i].name));
    return ASSESS_OK;
}

/* Where a figure looks at the ballots of the source. */
static origin source_at(const plan *p, uint32_t source)
{
    for (size_t i = 0; i < p->node_count; i++)
        if (p->nodes[i].op == OP_BALLOTS && p->nodes[i].source == source)
            return p->nodes[i].at;
    return (origin){0, 0, 1};
}

static assess_status check_marks(const plan *p, assess_error *err)
{
    uint32_t first[PLAN_MAX_MARKS + 1];
    size_t filters = plan_filters(p, first);
    if (p->sheet_rule_count + filters <= PLAN_MAX_MARKS)
        return ASSESS_OK;
    origin at = filters ? source_at(p, first[filters - 1]) : p->sheet_rules[PLAN_MAX_MARKS].at;
    return refuse(p, err, at, message_of(MSG_rules_too_many_marks));
}

static assess_status check_period(const plan *p, assess_error *err)
{
    char until[16];
    if (!p->period_text.length)
        return ASSESS_OK;
    if (p->effective != DATE_NONE && p->period.to < p->effective)
        return refuse(p, err, (origin){0, 0, 1}, message_of2(MSG_rules_not_yet_in_force, p->effective_text, p->period_text));
    if (p->until == DATE_NONE || p->period.to <= p->until)
        return ASSESS_OK;
    text last = {until, date_print(p->until, until)};
    return refuse(p, err, (origin){0, 0, 1}, message_of2(MSG_rules_no_longer_in_force, last, p->period_text));
}

assess_status plan_check(plan *p, assess_error *err)
{
    assess_status s = check_score(p, err);
    s = s ? s : plan_order(p, err);
    s = s ? s : check_roundings(p, err);
    s = s ? s : check_remarks(p, err);
    s = s ? s : check_grades(p, err);
    s = s ? s : check_reachable(p, err);
    s = s ? s : check_items(p, err);
    s = s ? s : check_kinds(p, err);
    s = s ? s : check_columns(p, err);
    s = s ? s : check_params(p, err);
    s = s ? s : check_marks(p, err);
    s = s ? s : check_period(p, err);
    return s;
}
