/* decide.c: what people decided, laid over what was computed. Score, rank and reasons stay as the rules gave them; the grade
 * becomes the one that was decided on, the grade before stands beside it, and lists follow it (decide_lists.c). A decision against a rule is carried out: people
 * decide, but what they set aside is said. */
#include "batch/group.h"
#include "engine/run.h"

enum { BEFORE_ALL_DAYS = 1000000 }; /* days are counted from 1970, those before it below 0 */

typedef struct deciding {
    result *r;
    block k; /* for the figures of one subject */
} deciding;

static bool holds(const block *k, node_id id) { return id != NODE_NONE && lane_holds(k, id, 0); }

static void evaluate(block *k, const plan *p, uint32_t subject) { block_evaluate(k, subject, 1, p->order, p->node_count); }

/* ---- one decision after the other ---- */

static uint8_t grade_meant(const decision *d) { return d->grade == DECISION_NO_GRADE ? GRADE_NONE : (uint8_t)d->grade; }

static void carry_out(result *r, decided *d)
{
    uint8_t *grade = &r->grade[d->row->subject];
    d->before = d->after = *grade;
    if (d->row->grade == DECISION_TURNED_DOWN) {
        d->effect = DECIDED_TURNED_DOWN;
    } else if (r->status[d->row->subject] == STATUS_EXCLUDED) {
        d->effect = DECIDED_EXCLUDED;
    } else {
        *grade = d->after = grade_meant(d->row);
        d->effect = d->before == d->after ? DECIDED_SAME : DECIDED_MOVED;
    }
    if (d->effect == DECIDED_MOVED)
        r->flags[d->row->subject] |= FLAG_OVERRIDE;
}

/* Whether the statement, which holds, says otherwise. Grades are numbered from the best on. */
static bool forbids(const statement *s, uint8_t grade)
{
    switch (s->kind) {
    case STATEMENT_VETO:
    case STATEMENT_CEILING: return grade < s->limit;
    case STATEMENT_FLOOR: return grade != GRADE_NONE && grade > s->limit;
    case STATEMENT_FORCE: return grade != s->limit;
    case STATEMENT_NO_GRADE: return grade != GRADE_NONE;
    default: return false;
    }
}

/* A veto before all others. */
static uint32_t find_set_aside(const deciding *w, const decided *d)
{
    const plan *p = w->r->plan;
    uint32_t found = STATEMENT_NONE, level = result_level(w->r, d->row->subject);
    for (uint32_t i = 0; i < p->statement_count; i++) {
        const statement *s = &p->statements[i];
        if (s->level != level || !forbids(s, d->after) || !holds(&w->k, s->node))
            continue;
        if (found == STATEMENT_NONE || (s->kind == STATEMENT_VETO && p->statements[found].kind != STATEMENT_VETO))
            found = i;
    }
    return found;
}

static void decide_subject(deciding *w, decided *rows, size_t count)
{
    evaluate(&w->k, w->r->plan, rows->row->subject);
    for (size_t i = 0; i < count; i++) {
        carry_out(w->r, &rows[i]);
        if (rows[i].effect == DECIDED_MOVED)
            rows[i].set_aside = find_set_aside(w, &rows[i]);
    }
}

static size_t count_of_subject(const result *r, size_t first)
{
    size_t end = first + 1;
    while (end < r->decided_count && r->decided[end].row->subject == r->decided[first].row->subject)
        end++;
    return end - first;
}

static void decide_all(deciding *w)
{
    for (size_t i = 0; i < w->r->decided_count; i += count_of_subject(w->r, i))
        decide_subject(w, &w->r->decided[i], count_of_subject(w->r, i));
}

/* ---- quotas when all decisions stand ---- */

static bool is_of_quota(const plan_quota *q, uint8_t grade) { return grade >= q->grade && grade <= q->last_grade; }

/* Of the undecided those who had their place; of the others whom the quota is for. */
static bool is_counted(const result *r, const plan_quota *q, uint32_t subject, bool is_decided, block *k)
{
    if (!is_of_quota(q, r->grade[subject]))
        return false;
    if (r->inner->groups[q->place]->place[subject])
        return true;
    if (!is_decided || q->among == NODE_NONE)
        return is_decided;
    evaluate(k, r->plan, subject);
    return holds(k, q->among);
}

void count_decided(const result *r, uint32_t number, block *k, uint32_t *held)
{
    const statement *s = &r->plan->statements[number];
    const plan_quota *q = &r->plan->quotas[s->about];
    const membership *of = r->inner->groups[q->place]->of;
    size_t next = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        while (next < r->decided_count && r->decided[next].row->subject < i)
            next++;
        bool is_decided = next < r->decided_count && r->decided[next].row->subject == i;
        if (result_level(r, i) == s->level && is_counted(r, q, i, is_decided, k))
            held[group_of(of, i)]++;
    }
}

/* The decision that gave the subject its grade, where it brought it among those that the quota counts. */
static bool brought_in(const result *r, const plan_quota *q, size_t last)
{
    const decided *d = &r->decided[last];
    uint32_t subject = d->row->subject;
    bool is_last = last + 1 == r->decided_count || r->decided[last + 1].row->subject != subject;
    return is_last && is_of_quota(q, r->grade[subject]) && !is_of_quota(q, result_computed_grade(r, subject));
}

static decided *last_move(result *r, size_t last)
{
    while (r->decided[last].effect != DECIDED_MOVED)
        last--;
    return &r->decided[last];
}

/* So many have the grades in the subject's group; more than may? */
static void check_line(deciding *w, uint32_t number, size_t last, uint32_t held)
{
    result *r = w->r;
    const plan_quota *q = &r->plan->quotas[r->plan->statements[number].about];
    evaluate(&w->k, r->plan, r->decided[last].row->subject);
    fraction allowed = lane_value(&w->k, q->allowed, 0);
    if (w->k.missing[q->allowed * BLOCK] != NODE_NONE || fraction_compare(fraction_of(held, 1), allowed) <= 0)
        return;
    decided *d = last_move(r, last);
    d->over = number;
    d->held = held;
    d->allowed = allowed;
}

static void check_quota(deciding *w, uint32_t number, const uint32_t *held)
{
    const result *r = w->r;
    const statement *s = &r->plan->statements[number];
    const plan_quota *q = &r->plan->quotas[s->about];
    const membership *of = r->inner->groups[q->place]->of;
    for (size_t i = 0; i < r->decided_count; i++) {
        uint32_t subject = r->decided[i].row->subject;
        if (result_level(r, subject) == s->level && brought_in(r, q, i))
            check_line(w, number, i, held[group_of(of, subject)]);
    }
}

static bool check_quotas(deciding *w)
{
    const plan *p = w->r->plan;
    bool fine = true;
    for (uint32_t s = 0; fine && s < p->statement_count; s++) {
        const plan_quota *q = p->statements[s].kind == STATEMENT_QUOTA ? &p->quotas[p->statements[s].about] : NULL;
        if (!q || q->at_least)
            continue;
        uint32_t *held = mem_zalloc(w->r->inner->groups[q->place]->of->count + 1, sizeof *held);
        fine = held != NULL;
        if (fine) {
            count_decided(w->r, s, &w->k, held);
            check_quota(w, s, held);
        }
        mem_free(held);
    }
    return fine;
}

/* ---- in order ---- */

/* By day, and on one day by kind; nobody has two of one kind on one day. */
static uint64_t order_key(const decision *d, size_t place)
{
    return ((uint64_t)(d->day + BEFORE_ALL_DAYS) << 8 | d->kind) << 32 | place;
}

static void take_group(result *r, const grouping *g, uint32_t subject, uint64_t *keys)
{
    const uint32_t *member = g->member + g->first[subject];
    size_t count = g->first[subject + 1] - g->first[subject];
    for (size_t i = 0; i < count; i++)
        keys[i] = order_key(&r->batch->decisions[member[i]], i);
    group_sort_keys(keys, count);
    for (size_t i = 0; i < count; i++)
        r->decided[r->decided_count++] = (decided){.row = &r->batch->decisions[member[keys[i] & UINT32_MAX]],
                                                   .set_aside = STATEMENT_NONE, .over = STATEMENT_NONE};
}

static bool put_in_order(result *r)
{
    size_t count = r->batch->decision_count;
    grouping groups = {0};
    uint32_t *subject = mem_resize(NULL, count, sizeof *subject);
    uint64_t *keys = mem_resize(NULL, count, sizeof *keys);
    r->decided = mem_zalloc(count, sizeof *r->decided);
    for (size_t i = 0; subject && i < count; i++)
        subject[i] = r->batch->decisions[i].subject;
    bool fine = subject && keys && r->decided && group_rows(subject, count, r->count, 1, &groups);
    for (uint32_t i = 0; fine && i < r->count; i++)
        take_group(r, &groups, i, keys);
    group_free(&groups);
    mem_free(keys);
    mem_free(subject);
    return fine;
}

/* ---- the result ---- */

static assess_status note_decisions(result *r, assess_error *err)
{
    finding *found = mem_zalloc(r->decided_count, sizeof *found);
    if (!found)
        return error_no_memory(err);
    for (size_t i = 0; i < r->decided_count; i++)
        found[i] = (finding){.subject = r->decided[i].row->subject, .about = (uint32_t)i, .kind = FINDING_DECISION,
                             .grade = r->decided[i].after, .before = GRADE_NONE};
    return add_findings(r, found, r->decided_count, err);
}

assess_status apply_decisions(result *r, assess_error *err)
{
    deciding w = {.r = r};
    if (!r->batch->decision_count)
        return ASSESS_OK;
    bool fine = block_open(&w.k, r) && put_in_order(r);
    if (fine)
        decide_all(&w);
    fine = fine && check_quotas(&w);
    assess_status status = fine ? relist_decided(r, &w.k, err) : error_no_memory(err);
    block_close(&w.k);
    return status ? status : note_decisions(r, err);
}

const decided *result_decided(const result *r, uint32_t subject, size_t *count)
{
    *count = 0;
    if (!r->decided_count)
        return NULL;
    size_t low = 0, high = r->decided_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->decided[middle].row->subject < subject)
            low = middle + 1;
        else
            high = middle;
    }
    *count = low < r->decided_count && r->decided[low].row->subject == subject ? count_of_subject(r, low) : 0;
    return r->decided + low;
}

bool result_is_settled(const result *r, uint32_t subject)
{
    size_t count;
    const decided *rows = result_decided(r, subject, &count);
    for (size_t i = 0; i < count; i++)
        if (rows[i].effect != DECIDED_EXCLUDED)
            return true;
    return false;
}

uint8_t result_computed_grade(const result *r, uint32_t subject)
{
    size_t count;
    const decided *rows = result_decided(r, subject, &count);
    return count ? rows->before : r->grade[subject];
}
