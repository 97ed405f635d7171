/* votes: see votes.h. */
#include "report/votes.h"

#include "report/counts.h"

/* ---- which lines there are ---- */

/* Of some ballots alone, of a single one, or what most of them say: more than a mean tells. */
static bool is_of_part(const ballot_source *s)
{
    return s->attribute != SOURCE_NONE || s->trim != SOURCE_NONE || ballots_are_single(s->reducer) || s->reducer == BALLOT_MOST_CHOSEN;
}

/* All that is made of the role's ballots is made of all of them, a mean among it: the one that rule 4 goes by. */
static bool has_plain_mean(const plan *p, uint32_t role)
{
    bool mean = false;
    for (size_t i = 0; i < p->ballot_count; i++) {
        const ballot_source *s = &p->ballots[i];
        if (!(s->roles >> role & 1))
            continue;
        if (is_of_part(s))
            return false;
        mean |= s->reducer == BALLOT_MEAN && s->roles == 1u << role;
    }
    return mean;
}

/* A sum, mean or single value of a group; places and shares tell no more than the result does. */
static bool has_group_figures(const plan *p)
{
    for (size_t i = 0; i < p->node_count; i++) {
        const node *n = &p->nodes[i];
        group_op op = n->op == OP_GROUP ? p->groups[n->source].op : GROUP_COUNT_OF;
        if (n->op == OP_OF_UNIT || (op >= GROUP_SUM && op <= GROUP_LOWEST))
            return true;
    }
    return false;
}

static uint32_t rated_items(const plan *p, uint32_t role, uint32_t *only)
{
    uint32_t rated = 0;
    for (uint32_t i = 0; i < p->item_count; i++)
        if (plan_rates(p, role, i)) {
            rated++;
            *only = i;
        }
    return rated;
}

static bool is_single_choice(const plan *p, uint32_t role)
{
    uint32_t item = 0;
    return rated_items(p, role, &item) == 1 && p->items[item].option_count && !p->roles[role].signed_ && has_plain_mean(p, role) &&
           !has_group_figures(p);
}

static bool has_bands(const plan *p)
{
    const plan_level *l = &p->levels[0];
    bool all = l->grade_count > 1;
    for (uint32_t g = 0; g + 1 < l->grade_count && all; g++)
        all = p->grades[l->first_grade + g].has_from;
    return all;
}

/* What a ballot of points comes to at most is 100, the scale that grades are in. */
static bool is_of_hundred(const plan *p, uint32_t role)
{
    fraction sum = fraction_of(0, 1);
    for (uint32_t i = 0; i < p->item_count; i++)
        if (plan_rates(p, role, i) && (p->items[i].option_count || !fraction_add(sum, fraction_from_decimal(p->items[i].maximum), &sum)))
            return false;
    return fraction_compare(sum, fraction_of(100, 1)) == 0;
}

static bool add_choice(votes *v, vote_choice choice)
{
    for (size_t i = 0; i < v->choice_count; i++)
        if (text_equal(v->choices[i].id, choice.id) && text_equal(v->choices[i].words.zh, choice.words.zh))
            return true;
    if (!MEM_RESERVE(v->choices, v->choice_capacity, v->choice_count + 1))
        return false;
    v->choices[v->choice_count++] = choice;
    return true;
}

vote_choice votes_choice(const plan *p, const vote_line *line, size_t choice)
{
    if (line->item == ITEM_TOTAL) {
        const plan_grade *g = &p->grades[p->levels[0].first_grade + choice];
        return (vote_choice){g->id, g->words};
    }
    const plan_option *o = &p->items[line->item].options[choice];
    return (vote_choice){o->id, o->words};
}

static bool add_line(votes *v, const plan *p, uint32_t role, uint32_t item)
{
    vote_line line = {role, item, v->width, item == ITEM_TOTAL ? p->levels[0].grade_count : p->items[item].option_count};
    bool fine = MEM_RESERVE(v->lines, v->line_capacity, v->line_count + 1);
    if (!fine)
        return false;
    v->lines[v->line_count++] = line;
    v->width += line.choices;
    for (size_t c = 0; c < line.choices && fine; c++)
        fine = add_choice(v, votes_choice(p, &line, c));
    return fine;
}

static bool add_role(votes *v, const plan *p, uint32_t role)
{
    bool fine = true;
    if (!p->roles[role].announced && !is_single_choice(p, role))
        return true;
    for (uint32_t i = 0; i < p->item_count && fine; i++)
        if (plan_rates(p, role, i) && p->items[i].option_count)
            fine = add_line(v, p, role, i);
    return fine && has_bands(p) && is_of_hundred(p, role) ? add_line(v, p, role, ITEM_TOTAL) : fine;
}

static bool find_lines(votes *v, const plan *p)
{
    bool fine = true;
    for (uint32_t role = 0; role < p->role_count && fine; role++)
        if (p->roles[role].used)
            fine = add_role(v, p, role);
    return fine;
}

bool votes_have_lines(const plan *p)
{
    votes v = {0};
    bool any = find_lines(&v, p) && v.line_count;
    votes_free(&v);
    return any;
}

/* ---- counting ---- */

/* The first grade whose edge the total reaches; the lowest takes the rest. */
static size_t band_of(const plan *p, fraction total)
{
    const plan_level *l = &p->levels[0];
    uint32_t g = 0;
    while (g + 1 < l->grade_count && fraction_compare(total, fraction_from_decimal(p->grades[l->first_grade + g].from)) < 0)
        g++;
    return g;
}

/* Points of one ballot: at most 100 in all, so no sum overflows. */
static size_t choice_of_total(const result *r, uint32_t role, size_t ballot)
{
    const ballots *b = &r->batch->ballots;
    fraction total = fraction_of(0, 1);
    for (uint32_t i = 0; i < r->plan->item_count; i++)
        if (plan_rates(r->plan, role, i) && (cell_is_empty(b->values[i][ballot]) ||
            !fraction_add(total, fraction_from_decimal((decimal){b->values[i][ballot], b->scale[i]}), &total)))
            return SIZE_MAX;
    return band_of(r->plan, total);
}

static size_t choice_of(const result *r, const vote_line *line, size_t ballot)
{
    if (line->item == ITEM_TOTAL)
        return choice_of_total(r, line->role, ballot);
    int64_t cell = r->batch->ballots.values[line->item][ballot];
    return cell_is_empty(cell) ? SIZE_MAX : (size_t)cell;
}

static void count_ballots(votes *v)
{
    const ballots *b = &v->r->batch->ballots;
    ballot_judge judge;
    ballot_judge_open(v->r, &judge);
    for (size_t i = 0; i < b->count; i++) {
        if (ballot_judge_of(&judge, i) == BALLOT_BAD)
            continue;
        for (size_t l = 0; l < v->line_count; l++) {
            size_t choice = v->lines[l].role == b->role[i] ? choice_of(v->r, &v->lines[l], i) : SIZE_MAX;
            if (choice < v->lines[l].choices)
                v->counts[b->subject[i] * v->width + v->lines[l].first + choice]++;
        }
    }
}

bool votes_take(const result *r, votes *out)
{
    *out = (votes){.r = r};
    if (!find_lines(out, r->plan) || !ballot_counts_take(r, &out->ballots))
        return false;
    if (out->width == 0 || r->count > SIZE_MAX / out->width)
        return out->width == 0;
    out->counts = mem_zalloc(r->count * out->width + 1, sizeof *out->counts);
    if (out->counts)
        count_ballots(out);
    return out->counts;
}

void votes_free(votes *v)
{
    mem_free(v->lines);
    mem_free(v->choices);
    mem_free(v->counts);
    ballot_counts_free(&v->ballots);
    *v = (votes){0};
}

const uint32_t *votes_of(const votes *v, uint32_t subject, const vote_line *line)
{
    return v->counts + subject * v->width + line->first;
}

/* ---- what may be shown ---- */

/* The points of an option in units of the finest of the item. */
static int128 points_of(const plan_item *item, size_t option)
{
    int finest = 0;
    for (size_t o = 0; o < item->option_count; o++)
        if (item->options[o].counted && item->options[o].points.scale > finest)
            finest = item->options[o].points.scale;
    decimal d = item->options[option].points;
    return (int128)d.coeff * power_of_ten(finest - d.scale);
}

bool votes_may_agree(const plan_item *item, const uint32_t *chosen)
{
    int128 sum = 0, cast = 0;
    for (size_t o = 0; o < item->option_count; o++)
        if (item->options[o].counted) {
            sum += points_of(item, o) * chosen[o];
            cast += chosen[o];
        }
    for (size_t most = 0; most < item->option_count; most++)
        for (size_t one = 0; one < item->option_count; one++)
            if (item->options[most].counted && item->options[one].counted &&
                points_of(item, most) * (cast - 1) + points_of(item, one) == sum)
                return true;
    return false;
}

static bool has_few(const votes *v, uint32_t subject)
{
    const plan *p = v->r->plan;
    for (uint32_t role = 0; role < p->role_count; role++) {
        uint32_t counted = ballot_counts_of(&v->ballots, subject, role).counted;
        bool open = !p->roles[role].used || p->roles[role].announced || p->roles[role].signed_;
        if (!open && counted > 0 && counted < FEW_BALLOTS)
            return true;
    }
    return false;
}

vote_state votes_may_be_shown(const votes *v, uint32_t subject, const vote_line *line)
{
    const plan *p = v->r->plan;
    if (has_few(v, subject))
        return VOTES_FEW;
    if (p->roles[line->role].announced)
        return VOTES_SHOWN;
    if (ballot_counts_of(&v->ballots, subject, line->role).counted < FEW_BALLOTS)
        return VOTES_FEW;
    return votes_may_agree(&p->items[line->item], votes_of(v, subject, line)) ? VOTES_AGREED : VOTES_SHOWN;
}
