/* counts: see counts.h. One pass over the subjects; whole numbers only. */
#include "report/counts.h"

void flags_in_words(const result *r, uint32_t subject, assess_language language, buffer *out)
{
    static const message_id words[COUNT_FLAGS] = {MSG_table_veto, MSG_table_capped, MSG_table_gap,
                                                  MSG_table_tie,  MSG_table_quota,  MSG_table_override};
    for (size_t bit = 0; bit < COUNT_FLAGS; bit++) {
        if (!(r->flags[subject] >> bit & 1))
            continue;
        if (out->length)
            buffer_add_string(out, language == ASSESS_ZH ? "；" : "; ");
        message_render(out, message_of(words[bit]), language);
    }
}

static void count_flags(counts *c, uint8_t flags)
{
    for (int bit = 0; bit < COUNT_FLAGS; bit++)
        c->flag[bit] += flags >> bit & 1;
}

/* A subject with two findings of one kind counts once; findings are sorted by subject. */
static void count_findings(counts *c, const result *r)
{
    uint32_t seen[FINDING_COUNT];
    for (size_t k = 0; k < FINDING_COUNT; k++)
        seen[k] = SUBJECT_NONE;
    for (size_t i = 0; i < r->finding_count; i++) {
        const finding *f = &r->findings[i];
        if (seen[f->kind] != f->subject) {
            c->kind[f->kind]++;
            c->levels[result_level(r, f->subject)].kind[f->kind]++;
        }
        seen[f->kind] = f->subject;
    }
}

/* True when a mean, a sum or the like of the role's anonymous ballots is among the figures of the score. */
static bool is_averaged(const plan *p, uint32_t role)
{
    for (size_t s = 0; s < p->ballot_count; s++)
        if ((p->ballots[s].roles >> role & 1) && ballots_are_told(p->ballots[s].reducer))
            return !p->roles[role].signed_;
    return false;
}

static void count_few_ballots(counts *c, const result *r, uint32_t role)
{
    size_t few = 0, many = 0;
    for (uint32_t i = 0; i < r->count; i++) {
        uint32_t counted = ballot_counts_of(&c->ballots, i, role).counted;
        few += r->status[i] == STATUS_ASSESSED && counted > 0 && counted < FEW_BALLOTS;
        many += counted >= FEW_BALLOTS;
    }
    c->few_ballots[role] = many ? few : 0;
}

static void count_ballots(counts *c, const result *r)
{
    for (uint32_t role = 0; role < r->plan->role_count; role++) {
        for (uint32_t i = 0; i < r->count; i++)
            c->not_counted += ballot_counts_of(&c->ballots, i, role).not_counted;
        if (is_averaged(r->plan, role))
            count_few_ballots(c, r, role);
    }
}

static void count_level(counts *all, const result *r, uint32_t subject)
{
    uint32_t level = result_level(r, subject);
    level_counts *c = &all->levels[level];
    c->subjects++;
    c->status[r->status[subject]]++;
    c->decided += r->status[subject] != STATUS_ASSESSED && r->grade[subject] != GRADE_NONE;
    c->ties += (r->flags[subject] & FLAG_TIE) != 0;
    if (r->status[subject] != STATUS_ASSESSED || r->plan->levels[level].score == SIZE_MAX)
        return;
    if (c->highest == SUBJECT_NONE || r->score[subject] > r->score[c->highest])
        c->highest = subject;
    if (c->lowest == SUBJECT_NONE || r->score[subject] < r->score[c->lowest])
        c->lowest = subject;
}

bool counts_take(const result *r, counts *out)
{
    *out = (counts){.not_counted = 0};
    for (size_t l = 0; l < PLAN_MAX_LEVELS; l++)
        out->levels[l] = (level_counts){.highest = SUBJECT_NONE, .lowest = SUBJECT_NONE};
    if (!ballot_counts_take(r, &out->ballots))
        return false;
    for (uint32_t i = 0; i < r->count; i++) {
        out->status[r->status[i]]++;
        if (r->grade[i] != GRADE_NONE)
            out->grade[r->grade[i]]++;
        count_flags(out, r->flags[i]);
        count_level(out, r, i);
    }
    count_findings(out, r);
    count_ballots(out, r);
    return true;
}

/* ---- words for who is counted ---- */

static bool is_person(const plan *p, uint32_t level) { return p->levels[level].being == BEING_PERSON; }

message_id named_at(const plan *p, uint32_t level) { return is_person(p, level) ? MSG_report_person : MSG_report_name; }

message_id named_in(const plan *p)
{
    bool persons = false;
    for (uint32_t level = 0; level < p->level_count; level++)
        persons |= is_person(p, level);
    return persons ? MSG_report_person : MSG_report_name;
}

static bool are_of_persons(const plan *p) { return p->level_count > 1 && is_person(p, 1); }

message_id named_parts(const plan *p) { return are_of_persons(p) ? MSG_report_person : MSG_report_unit; }

message_id counted_at(const plan *p, uint32_t level) { return is_person(p, level) ? MSG_report_people : MSG_table_number; }

message_id parts_of(const plan *p) { return are_of_persons(p) ? MSG_report_by_person : MSG_report_by_unit; }

text part_called(const result *r, text unit)
{
    const subjects *people = &r->batch->people;
    uint32_t row = r->plan->level_count > 1 ? intern_find(&people->ids, unit) : INTERN_NONE;
    return row != INTERN_NONE && people->name[row].length ? people->name[row] : unit;
}

void counts_free(counts *c)
{
    ballot_counts_free(&c->ballots);
}

size_t counts_of_flag(const counts *c, result_flag flag)
{
    for (int bit = 0; bit < COUNT_FLAGS; bit++)
        if (flag == (result_flag)(1 << bit))
            return c->flag[bit];
    return 0;
}

static bool make_room(const result *r, unit_counts *u)
{
    size_t units = u->names.count, grades = r->plan->grade_count ? r->plan->grade_count : 1;
    u->people = mem_zalloc(units, sizeof *u->people);
    u->assessed = mem_zalloc(units, sizeof *u->assessed);
    u->excluded = mem_zalloc(units, sizeof *u->excluded);
    u->grade = units <= SIZE_MAX / grades ? mem_zalloc(units * grades, sizeof *u->grade) : NULL;
    return u->people && u->assessed && u->excluded && u->grade;
}

static bool number_units(const result *r, unit_counts *u)
{
    const text *unit = r->batch->people.unit;
    bool fine = (u->of = mem_alloc((r->count + 1) * sizeof *u->of)) != NULL;
    for (uint32_t i = 0; fine && i < r->count; i++) {
        u->of[i] = result_level(r, i) == 0 ? intern_add(&u->names, unit[i]) : 0;
        fine = u->of[i] != INTERN_NONE;
    }
    return fine;
}

bool unit_counts_take(const result *r, unit_counts *out)
{
    *out = (unit_counts){0};
    if (!number_units(r, out))
        return false;
    if (out->names.count == 0)
        return true;
    if (!make_room(r, out))
        return false;
    for (uint32_t i = 0; i < r->count; i++) {
        if (result_level(r, i) != 0)
            continue;
        uint32_t unit = out->of[i];
        out->people[unit]++;
        out->assessed[unit] += r->status[i] == STATUS_ASSESSED;
        out->excluded[unit] += r->status[i] == STATUS_EXCLUDED;
        if (r->grade[i] != GRADE_NONE)
            out->grade[unit * r->plan->grade_count + r->grade[i]]++;
    }
    return true;
}

void unit_counts_free(unit_counts *u)
{
    intern_free(&u->names);
    mem_free(u->of);
    mem_free(u->people);
    mem_free(u->assessed);
    mem_free(u->excluded);
    mem_free(u->grade);
    *u = (unit_counts){0};
}
