/* readiness_ballots: who lacks which ballots, who has too few of them for the scheme, and who has so few that nothing is shown. */
#include "report/readiness.h"

static const plan_role *role_of(const readiness *c, uint32_t role) { return &c->r->plan->roles[role]; }

static uint32_t counted(const readiness *c, uint32_t subject, uint32_t role)
{
    return ballot_counts_of(&c->ballots, subject, role).counted;
}

static void about_role(const readiness *c, point *p, uint32_t role)
{
    if (!p)
        return;
    p->about_key = "role";
    p->about = role_of(c, role)->id;
}

/* ---- none at all ---- */

static bool lacks(const readiness *c, uint32_t subject, uint32_t role)
{
    return takes_part(c, subject) && (c->needs[level_in_list(c, subject)] >> role & 1) && counted(c, subject, role) == 0;
}

/* Before it is known whether the scheme manages without, it is taken not to. */
static bool is_incomplete(const readiness *c, uint32_t subject)
{
    return !c->scored || (c->r->status[subject] == STATUS_INCOMPLETE && !result_is_settled(c->r, subject));
}

static point *lacking_point(readiness *c, uint32_t role, bool incomplete)
{
    point *p = point_add(c, "missing_ballots", incomplete ? POINT_OPEN : POINT_NOTE, 0, message_of_label(MSG_ready_ballots, role_of(c, role)->words),
                         message_of(incomplete ? MSG_ready_ballots_lacking : MSG_ready_ballots_managed));
    about_role(c, p, role);
    return p;
}

static void list_lacking(readiness *c, uint32_t role, bool incomplete)
{
    point *p = NULL;
    for (uint32_t i = 0; !c->failed && i < c->r->count; i++) {
        if (!lacks(c, i, role) || is_incomplete(c, i) != incomplete)
            continue;
        p = p ? p : lacking_point(c, role, incomplete);
        point_subject(c, p, i);
        if (p)
            p->count = p->subject_count;
    }
}

static void ready_role(readiness *c, uint32_t role)
{
    size_t before = c->count;
    list_lacking(c, role, true);
    list_lacking(c, role, false);
    if (c->count > before)
        return;
    point *p = point_add(c, "missing_ballots", POINT_DONE, 0, message_of_label(MSG_ready_ballots, role_of(c, role)->words),
                         message_of(MSG_ready_ballots_all));
    about_role(c, p, role);
}

/* ---- too few for a figure ---- */

static bool has_any(const readiness *c, uint32_t subject, uint32_t roles)
{
    for (uint32_t role = 0; role < c->r->plan->role_count; role++)
        if ((roles >> role & 1) && counted(c, subject, role))
            return true;
    return false;
}

static uint32_t first_role(uint32_t roles)
{
    uint32_t role = 0;
    while (!(roles >> role & 1))
        role++;
    return role;
}

/* Sources that look at the same ballots share a point: `quorums` is where theirs begin. */
static point *quorum_point(readiness *c, size_t quorums, const ballot_source *s)
{
    text least = point_digits(c, s->least);
    for (size_t i = quorums; i < c->count; i++)
        if (text_equal(c->points[i].about, role_of(c, first_role(s->roles))->id) && text_equal(c->points[i].what.args[0], least))
            return &c->points[i];
    point *p = point_add(c, "quorum", POINT_OPEN, 0, message_of_label(MSG_ready_quorum, role_of(c, first_role(s->roles))->words),
                         message_of1(MSG_ready_quorum_short, least));
    about_role(c, p, first_role(s->roles));
    return p;
}

static void add_short(readiness *c, size_t quorums, const ballot_source *s, uint32_t subject)
{
    point *p = quorum_point(c, quorums, s);
    if (!p || (p->subject_count && p->subjects[p->subject_count - 1] == subject))
        return;
    point_subject(c, p, subject);
    p->count = p->subject_count;
}

/* The engine knows of filters and of what is trimmed away. */
static void find_short(readiness *c, size_t quorums)
{
    const plan *scheme = c->r->plan;
    for (size_t i = 0; !c->failed && i < c->r->finding_count; i++) {
        const finding *f = &c->r->findings[i];
        if (f->kind != FINDING_MISSING || scheme->nodes[f->about].op != OP_BALLOTS)
            continue;
        const ballot_source *s = &scheme->ballots[scheme->nodes[f->about].source];
        if (has_any(c, f->subject, s->roles))
            add_short(c, quorums, s, f->subject);
    }
}

/* ---- so few that a mean would point at somebody ---- */

static bool is_told(const plan *p, uint32_t role)
{
    for (size_t s = 0; s < p->ballot_count; s++)
        if ((p->ballots[s].roles >> role & 1) && ballots_are_told(p->ballots[s].reducer))
            return !p->roles[role].signed_;
    return false;
}

static bool is_few(const readiness *c, uint32_t subject, uint32_t role)
{
    uint32_t n = counted(c, subject, role);
    return takes_part(c, subject) && n > 0 && n < FEW_BALLOTS;
}

/* Where nobody has more, one supervising leader is no small group, but the rule. */
static bool has_many(const readiness *c, uint32_t role)
{
    for (uint32_t i = 0; i < c->r->count; i++)
        if (counted(c, i, role) >= FEW_BALLOTS)
            return true;
    return false;
}

static void ready_few(readiness *c, uint32_t role)
{
    size_t few = 0;
    for (uint32_t i = 0; i < c->r->count; i++)
        few += is_few(c, i, role);
    if (!few || !is_told(c->r->plan, role) || !has_many(c, role))
        return;
    point *p = point_add(c, "few_ballots", POINT_NOTE, few, message_of_label(MSG_ready_few, role_of(c, role)->words),
                         message_of1(MSG_ready_few_told, point_digits(c, FEW_BALLOTS)));
    about_role(c, p, role);
    for (uint32_t i = 0; i < c->r->count && !c->failed; i++)
        if (is_few(c, i, role))
            point_subject(c, p, i);
}

void ready_ballots(readiness *c)
{
    uint32_t needed = 0;
    for (size_t l = 0; l < c->r->plan->level_count; l++)
        needed |= c->needs[l];
    for (uint32_t role = 0; !c->failed && role < c->r->plan->role_count; role++)
        if (needed >> role & 1)
            ready_role(c, role);
    find_short(c, c->count); /* without a result there is nothing to find */
    for (uint32_t role = 0; !c->failed && role < c->r->plan->role_count; role++)
        if (needed >> role & 1)
            ready_few(c, role);
}
