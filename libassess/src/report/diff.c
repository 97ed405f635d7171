/* diff.c: who moves, and from where to where. */
#include "report/diff.h"

const char *moved_field_id(moved_field f)
{
    switch (f) {
    case MOVED_STATUS: return "status";
    case MOVED_SCORE: return "score";
    case MOVED_GRADE: return "grade";
    case MOVED_RANK: return "rank";
    case MOVED_FLAGS: return "flags";
    case MOVED_LISTS: return "lists";
    case MOVED_END: break;
    }
    return "";
}

/* --- where a subject stands --- */

size_t standing_count(const result *r) { return r->plan->grade_count + STANDING_MORE; }

/* SUBJECT_NONE: absent */
static size_t standing_of(const result *r, uint32_t subject)
{
    size_t behind = r->plan->grade_count;
    if (subject == SUBJECT_NONE)
        return behind + STANDING_ABSENT;
    switch ((subject_status)r->status[subject]) {
    case STATUS_EXCLUDED: return behind + STANDING_EXCLUDED;
    case STATUS_INCOMPLETE: return behind + STANDING_INCOMPLETE;
    default: return r->grade[subject] == GRADE_NONE ? behind + STANDING_NO_GRADE : r->grade[subject];
    }
}

text standing_id(const result *r, size_t standing)
{
    static const char *const more[STANDING_MORE] = {"no_grade", "excluded", "incomplete", "absent"};
    size_t grades = r->plan->grade_count;
    return standing < grades ? r->plan->grades[standing].id : text_of(more[standing - grades]);
}

/* --- one field --- */

static text grade_id(const result *r, uint32_t subject)
{
    return r->grade[subject] == GRADE_NONE ? TEXT("") : r->plan->grades[r->grade[subject]].id;
}

/* The score as a figure; false: there is none. Schemes may round differently: 90 and 90.00 are the same. */
static bool score_of(const result *r, uint32_t subject, fraction *out)
{
    char printed[64];
    if (!result_print_score(r, subject, printed))
        return false;
    decimal unit = plan_score_rounding(r->plan, result_level(r, subject)).unit;
    *out = (fraction){(int128)r->score[subject] * unit.coeff, power_of_ten(unit.scale)};
    return true;
}

static bool same_score(const result *a, uint32_t i, const result *b, uint32_t k)
{
    fraction one, other;
    bool has = score_of(a, i, &one);
    return has == score_of(b, k, &other) && (!has || fraction_compare(one, other) == 0);
}

static text list_id(const result *r, const finding *f) { return r->plan->lists[r->plan->statements[f->about].about].id; }

static bool is_listed(const result *r, uint32_t subject, text id)
{
    size_t count;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++)
        if (f[i].kind == FINDING_LIST && text_equal(list_id(r, &f[i]), id))
            return true;
    return false;
}

static bool lists_are_in(const result *a, uint32_t i, const result *b, uint32_t k)
{
    size_t count;
    const finding *f = result_findings(a, i, &count);
    for (size_t n = 0; n < count; n++)
        if (f[n].kind == FINDING_LIST && !is_listed(b, k, list_id(a, &f[n])))
            return false;
    return true;
}

/* Two statements may put somebody on one list. */
static bool is_again(const result *r, const finding *f, size_t number)
{
    for (size_t i = 0; i < number; i++)
        if (f[i].kind == FINDING_LIST && text_equal(list_id(r, &f[i]), list_id(r, &f[number])))
            return true;
    return false;
}

static void print_lists(const result *r, uint32_t subject, buffer *out)
{
    size_t count, said = 0;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        if (f[i].kind != FINDING_LIST || is_again(r, f, i))
            continue;
        if (said++)
            buffer_add_char(out, ';');
        buffer_add_text(out, list_id(r, &f[i]));
    }
}

void diff_print_field(const result *r, uint32_t subject, moved_field f, buffer *out)
{
    char digits[64];
    if (subject == SUBJECT_NONE)
        return;
    switch (f) {
    case MOVED_STATUS: buffer_add_string(out, status_id((subject_status)r->status[subject])); break;
    case MOVED_SCORE: buffer_add(out, digits, result_print_score(r, subject, digits)); break;
    case MOVED_GRADE: buffer_add_text(out, grade_id(r, subject)); break;
    case MOVED_RANK:
        if (r->rank[subject])
            buffer_add_integer(out, r->rank[subject]);
        break;
    case MOVED_FLAGS: result_print_flags(r, subject, out); break;
    case MOVED_LISTS: print_lists(r, subject, out); break;
    case MOVED_END: break;
    }
}

static unsigned fields_moved(const result *a, uint32_t i, const result *b, uint32_t k)
{
    unsigned moved = 0;
    if (a->status[i] != b->status[k])
        moved |= MOVED_STATUS;
    if (!same_score(a, i, b, k))
        moved |= MOVED_SCORE;
    if (!text_equal(grade_id(a, i), grade_id(b, k)))
        moved |= MOVED_GRADE;
    if (a->rank[i] != b->rank[k])
        moved |= MOVED_RANK;
    if (a->flags[i] != b->flags[k])
        moved |= MOVED_FLAGS;
    if (!lists_are_in(a, i, b, k) || !lists_are_in(b, k, a, i))
        moved |= MOVED_LISTS;
    return moved;
}

/* --- reasons --- */

static bool is_said(const result *r, uint32_t subject, assess_language language, text words, buffer *scratch)
{
    size_t count = 0;
    const finding *f = subject == SUBJECT_NONE ? NULL : result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        scratch->length = 0;
        finding_print(r, &f[i], language, scratch);
        if (text_equal(buffer_text(scratch), words))
            return true;
    }
    return false;
}

void diff_print_reasons(const result *r, uint32_t subject, const result *other, uint32_t its_subject,
                        assess_language language, const char *between, buffer *out)
{
    size_t count = 0, said = 0;
    buffer words = {0}, scratch = {0};
    const finding *f = subject == SUBJECT_NONE ? NULL : result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        words.length = 0;
        finding_print(r, &f[i], language, &words);
        if (is_said(other, its_subject, language, buffer_text(&words), &scratch))
            continue;
        if (said++)
            buffer_add_string(out, between);
        buffer_add_text(out, buffer_text(&words));
    }
    out->failed |= words.failed || scratch.failed;
    buffer_free(&words);
    buffer_free(&scratch);
}

/* --- all subjects --- */

static void count_standing(diff *d, uint32_t i, uint32_t k)
{
    d->standings[standing_of(d->a, i) * standing_count(d->b) + standing_of(d->b, k)]++;
    d->subjects++;
}

static void add_move(diff *d, move m)
{
    if (!MEM_RESERVE(d->moves, d->move_capacity, d->move_count + 1))
        d->failed = true;
    else
        d->moves[d->move_count++] = m;
}

static uint32_t counterpart(const result *of, uint32_t subject, const result *in)
{
    uint32_t found = intern_find(&in->batch->people.ids, of->batch->people.ids.texts[subject]);
    return found == INTERN_NONE ? SUBJECT_NONE : found;
}

static void compare_all(diff *d)
{
    for (uint32_t i = 0; !d->failed && i < d->a->count; i++) {
        uint32_t k = counterpart(d->a, i, d->b);
        unsigned fields = k == SUBJECT_NONE ? 0 : fields_moved(d->a, i, d->b, k);
        count_standing(d, i, k);
        d->removed += k == SUBJECT_NONE;
        if (fields || k == SUBJECT_NONE)
            add_move(d, (move){i, k, fields});
    }
    for (uint32_t k = 0; !d->failed && k < d->b->count; k++) {
        if (counterpart(d->b, k, d->a) != SUBJECT_NONE)
            continue;
        count_standing(d, SUBJECT_NONE, k);
        d->added++;
        add_move(d, (move){SUBJECT_NONE, k, 0});
    }
}

diff *diff_of(const result *a, const result *b)
{
    diff *d = mem_zalloc(1, sizeof *d);
    if (!d)
        return NULL;
    *d = (diff){.a = a, .b = b};
    d->standings = mem_zalloc(standing_count(a) * standing_count(b), sizeof *d->standings);
    d->failed = !d->standings;
    if (!d->failed)
        compare_all(d);
    if (!d->failed)
        return d;
    diff_free(d);
    return NULL;
}

void diff_free(diff *d)
{
    if (!d)
        return;
    mem_free(d->moves);
    mem_free(d->standings);
    mem_free(d);
}

size_t diff_moved(const diff *d) { return d->move_count; }
