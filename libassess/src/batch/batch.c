/* batch: storage of the tables. Columns grow by doubling; every text that is kept is copied, so that the reader's
 * buffers can go. */
#include "batch/batch.h"


static bool keep(arena *a, text t, text *out)
{
    char *copy = t.length > 0 ? arena_text(a, t.bytes, t.length) : NULL;
    *out = (text){t.length > 0 ? copy : "", t.length};
    return t.length == 0 || copy;
}

batch *batch_new(const vocabulary *words)
{
    batch *b = mem_zalloc(1, sizeof *b);
    if (!b)
        return NULL;
    size_t items = words->item_count;
    b->words = *words;
    b->ballots.item_count = items;
    b->ballots.values = mem_zalloc(items + 1, sizeof *b->ballots.values);
    b->ballots.scale = mem_zalloc(items + 1, sizeof *b->ballots.scale);
    b->people.values = mem_zalloc(words->attribute_count + 1, sizeof *b->people.values);
    if (!b->ballots.values || !b->ballots.scale || !b->people.values) {
        batch_free(b);
        return NULL;
    }
    return b;
}

static void free_column(const subjects *s, text *column)
{
    if (column != s->blank)
        mem_free(column);
}

static void free_subjects(subjects *s, size_t attributes)
{
    for (size_t i = 0; s->values && i < attributes; i++) {
        mem_free(s->values[i].values);
        mem_free(s->values[i].scale);
    }
    mem_free(s->values);
    intern_free(&s->ids);
    free_column(s, s->name);
    free_column(s, s->unit);
    free_column(s, s->category);
    free_column(s, s->post);
    for (size_t i = 0; i < s->attribute_count; i++)
        free_column(s, s->attributes[i]);
    mem_free(s->blank);
    mem_free(s->start);
    mem_free(s->source);
    mem_free(s->row);
    mem_free(s->attributes);
    mem_free(s->attribute_names);
}

static void free_ballots(ballots *d)
{
    for (size_t i = 0; d->values && i < d->item_count; i++)
        mem_free(d->values[i]);
    mem_free(d->values);
    mem_free(d->scale);
    mem_free(d->subject);
    mem_free(d->rater);
    mem_free(d->marks);
    mem_free(d->role);
    mem_free(d->row);
    mem_free(d->segments);
    intern_free(&d->raters);
}

void batch_free(batch *b)
{
    if (!b)
        return;
    free_subjects(&b->people, b->words.attribute_count);
    free_ballots(&b->ballots);
    mem_free(b->sources);
    mem_free(b->events);
    mem_free(b->measures);
    mem_free(b->history);
    mem_free(b->decisions);
    assignments_free(&b->asked);
    problem_list_free(&b->problems);
    arena_free(&b->texts);
    mem_free(b);
}

static uint32_t add_source(batch *b, text name, text file, text sheet)
{
    batch_source source = {0};
    if (!keep(&b->texts, name, &source.name) || !keep(&b->texts, file, &source.file) || !keep(&b->texts, sheet, &source.sheet) ||
        !MEM_RESERVE(b->sources, b->source_capacity, b->source_count + 1))
        return PROBLEM_NO_SOURCE;
    b->sources[b->source_count] = source;
    return (uint32_t)b->source_count++;
}

uint32_t batch_add_source(batch *b, text name)
{
    return add_source(b, name, name, TEXT(""));
}

uint32_t batch_add_sheet(batch *b, text file, text sheet)
{
    buffer name = {0};
    buffer_add_text(&name, file);
    buffer_add_string(&name, " [");
    buffer_add_text(&name, sheet);
    buffer_add_char(&name, ']');
    uint32_t number = name.failed ? PROBLEM_NO_SOURCE : add_source(b, buffer_text(&name), file, sheet);
    buffer_free(&name);
    return number;
}

static size_t grown(size_t capacity, size_t need)
{
    size_t twice = capacity < 16 ? 16 : capacity * 2;
    return twice < need ? need : twice;
}

/* ---- text columns of subjects: one that holds nothing takes no room of its own ---- */

static bool widen_column(text **column, const text *blank, size_t capacity)
{
    return *column == blank || MEM_WIDEN(*column, capacity);
}

/* The columns grow together: `capacity` is only raised when all of them have the room. */
static bool widen_columns(subjects *s, size_t capacity)
{
    bool done = widen_column(&s->name, s->blank, capacity) && widen_column(&s->unit, s->blank, capacity) &&
                widen_column(&s->category, s->blank, capacity) && widen_column(&s->post, s->blank, capacity);
    for (size_t i = 0; done && i < s->attribute_count; i++)
        done = widen_column(&s->attributes[i], s->blank, capacity);
    return done;
}

static void follow(text **column, const text *before, text *after)
{
    if (*column == before)
        *column = after;
}

/* The columns that are blank go where the blank one goes. */
static bool widen_blank(subjects *s, size_t capacity)
{
    text *before = s->blank, *after = mem_resize(NULL, capacity, sizeof *after);
    if (!after)
        return false;
    for (size_t i = 0; i < s->count; i++)
        after[i] = TEXT("");
    follow(&s->name, before, after);
    follow(&s->unit, before, after);
    follow(&s->category, before, after);
    follow(&s->post, before, after);
    for (size_t i = 0; i < s->attribute_count; i++)
        follow(&s->attributes[i], before, after);
    s->blank = after;
    mem_free(before);
    return true;
}

/* Columns of values without any take no room either. */
static bool widen_values(subjects *s, size_t attributes, size_t capacity)
{
    bool done = true;
    for (size_t i = 0; done && i < attributes; i++) {
        value_column *c = &s->values[i];
        done = (!c->values || MEM_WIDEN(c->values, capacity)) && (!c->scale || MEM_WIDEN(c->scale, capacity));
    }
    return done;
}

static bool reserve_subjects(batch *b, size_t need)
{
    subjects *s = &b->people;
    if (need <= s->capacity)
        return true;
    size_t capacity = grown(s->capacity, need);
    bool done = widen_columns(s, capacity) && widen_blank(s, capacity) && widen_values(s, b->words.attribute_count, capacity) &&
                MEM_WIDEN(s->start, capacity) && MEM_WIDEN(s->source, capacity) && MEM_WIDEN(s->row, capacity);
    if (done)
        s->capacity = capacity;
    return done;
}

/* The last subject so far has n before it; what is put into a blank column makes it one of its own. */
static bool put_text(batch *b, text **column, size_t n, text value)
{
    subjects *s = &b->people;
    if (value.length == 0 && *column == s->blank)
        return true;
    if (*column == s->blank) {
        text *own = mem_resize(NULL, s->capacity, sizeof *own);
        if (!own)
            return false;
        for (size_t i = 0; i < s->count || i <= n; i++)
            own[i] = TEXT("");
        *column = own;
        s->own_columns++;
    }
    return keep(&b->texts, value, &(*column)[n]);
}

static bool report_second_row(batch *b, uint32_t first, text id, uint32_t source, uint32_t row)
{
    const subjects *s = &b->people;
    buffer number = {0};
    buffer_add_integer(&number, s->row[first]);
    bool elsewhere = s->source[first] != source && s->source[first] < b->source_count;
    message what = elsewhere ? message_of3(MSG_input_person_twice_elsewhere, id, buffer_text(&number),
                                           b->sources[s->source[first]].name)
                             : message_of2(MSG_input_person_twice, id, buffer_text(&number));
    problem_add(&b->problems, (problem){.what = what, .source = source, .row = row, .value = id});
    bool done = !number.failed && !b->problems.failed;
    buffer_free(&number);
    return done;
}

bool batch_add_subject(batch *b, text id, text name, text unit, text category, text post, date start, uint32_t source,
                       uint32_t row, uint32_t *number)
{
    subjects *s = &b->people;
    size_t n = s->count;
    *number = SUBJECT_NONE;
    if (s->ids.count != n || !reserve_subjects(b, n + 1)) /* an earlier call ran out of memory half-way */
        return false;
    uint32_t known = intern_add(&s->ids, id);
    if (known != n)
        return known != INTERN_NONE && report_second_row(b, known, id, source, row);
    s->blank[n] = TEXT("");
    if (!put_text(b, &s->name, n, name) || !put_text(b, &s->unit, n, unit) ||
        !put_text(b, &s->category, n, category) || !put_text(b, &s->post, n, post))
        return false;
    s->start[n] = start;
    s->source[n] = source;
    s->row[n] = row;
    for (size_t i = 0; i < s->attribute_count; i++)
        if (s->attributes[i] != s->blank)
            s->attributes[i][n] = TEXT("");
    *number = (uint32_t)n;
    s->count = n + 1;
    return true;
}

static size_t find_attribute(const subjects *s, text header)
{
    for (size_t i = 0; i < s->attribute_count; i++)
        if (text_equal(s->attribute_names[i], header))
            return i;
    return SIZE_MAX;
}

size_t batch_attribute(batch *b, text header)
{
    subjects *s = &b->people;
    size_t n = s->attribute_count, found = find_attribute(s, header);
    if (found != SIZE_MAX)
        return found;
    if (!MEM_WIDEN(s->attributes, n + 1) || !MEM_WIDEN(s->attribute_names, n + 1) ||
        !keep(&b->texts, header, &s->attribute_names[n]))
        return SIZE_MAX;
    s->attributes[n] = s->blank;
    s->attribute_count = n + 1;
    return n;
}

bool batch_set_attribute(batch *b, size_t attribute, uint32_t subject, text value)
{
    return put_text(b, &b->people.attributes[attribute], subject, value);
}

/* --- values --- */

/* The first subject with a value has n before it. */
static bool begin_values(const subjects *s, value_column *c, attribute_kind kind, size_t n)
{
    bool numbers = kind == ATTRIBUTE_NUMBER;
    if (!c->scale && numbers && !(c->scale = mem_resize(NULL, s->capacity, sizeof *c->scale)))
        return false;
    if (!(c->values = mem_resize(NULL, s->capacity, sizeof *c->values)))
        return false;
    for (size_t i = 0; i < n; i++)
        c->values[i] = CELL_BLANK;
    return true;
}

bool batch_add_values(batch *b, const decimal *values)
{
    subjects *s = &b->people;
    size_t n = s->count - 1;
    if (s->valued != n)
        return true;
    for (size_t i = 0; i < b->words.attribute_count; i++) {
        value_column *c = &s->values[i];
        if (!c->values && values[i].coeff == CELL_BLANK)
            continue;
        if (!c->values && !begin_values(s, c, b->words.attributes[i].kind, n))
            return false;
        c->values[n] = values[i].coeff;
        if (c->scale)
            c->scale[n] = (uint8_t)values[i].scale;
    }
    s->valued++;
    return true;
}

const value_column *batch_values(const batch *b, size_t attribute)
{
    return b->people.valued == b->people.count ? &b->people.values[attribute] : NULL;
}

static size_t value_bytes(const batch *b)
{
    size_t bytes = 0;
    for (size_t i = 0; i < b->words.attribute_count; i++)
        bytes += (b->people.values[i].values ? sizeof(int64_t) : 0) + (b->people.values[i].scale != NULL);
    return bytes;
}

size_t batch_row_bytes(const batch *b)
{
    enum { SLOT_BYTES = 8 + 4, SOON = 1024, CHECK_BYTES = 48 }; /* finish.c tells the periods of the history apart */
    const subjects *s = &b->people;
    size_t slots = s->ids.slot_count; /* half as many are there too for the moment in which they are doubled */
    if (s->count + SOON > slots / 3 * 2)
        slots *= 2;
    size_t person = (s->own_columns + 2) * sizeof(text) + sizeof(date) + 2 * sizeof(uint32_t) + value_bytes(b); /* + id and blank */
    return s->count * person + slots * SLOT_BYTES + b->event_count * sizeof(event) +
           b->measure_count * sizeof(measure) + b->history_count * (sizeof(history) + CHECK_BYTES) +
           b->decision_count * (sizeof(decision) + CHECK_BYTES) +
           assignments_bytes(&b->asked);
}

bool batch_reserve_ballots(batch *b, size_t count)
{
    ballots *d = &b->ballots;
    if (count <= d->capacity)
        return true;
    if (count >= UINT32_MAX)
        return false;
    size_t capacity = grown(d->capacity, count);
    bool done =
        MEM_WIDEN(d->subject, capacity) && MEM_WIDEN(d->rater, capacity) && MEM_WIDEN(d->role, capacity) && MEM_WIDEN(d->row, capacity);
    for (size_t i = 0; done && i < d->item_count; i++)
        done = MEM_WIDEN(d->values[i], capacity);
    done = done && (!d->marks || MEM_WIDEN(d->marks, capacity));
    if (done)
        d->capacity = capacity;
    return done;
}

bool batch_keep_marks(batch *b)
{
    if (!b->ballots.marks)
        b->ballots.marks = mem_zalloc(b->ballots.capacity + 1, sizeof *b->ballots.marks);
    return b->ballots.marks != NULL;
}

bool batch_begin_segment(batch *b, uint32_t source)
{
    ballots *d = &b->ballots;
    struct ballot_segment *last = d->segment_count > 0 ? &d->segments[d->segment_count - 1] : NULL;
    if (last && (last->source == source || last->first == d->count)) {
        last->source = source;
        return true;
    }
    if (!MEM_RESERVE(d->segments, d->segment_capacity, d->segment_count + 1))
        return false;
    d->segments[d->segment_count++] = (struct ballot_segment){d->count, source};
    return true;
}

void batch_raise_scale(batch *b, size_t item, int scale)
{
    ballots *d = &b->ballots;
    if (scale <= d->scale[item])
        return;
    int64_t factor = power_of_ten(scale - d->scale[item]);
    int64_t *values = d->values[item];
    for (size_t i = 0; i < d->count; i++)
        if (!cell_is_empty(values[i]))
            values[i] *= factor;
    d->scale[item] = scale;
}

uint32_t batch_ballot_source(const batch *b, size_t ballot)
{
    const ballots *d = &b->ballots;
    size_t low = 0, high = d->segment_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (d->segments[middle].first <= ballot)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? d->segments[low - 1].source : PROBLEM_NO_SOURCE;
}

bool batch_add_event(batch *b, event e)
{
    if (!keep(&b->texts, e.ref, &e.ref) || !keep(&b->texts, e.note, &e.note) ||
        !MEM_RESERVE(b->events, b->event_capacity, b->event_count + 1))
        return false;
    b->events[b->event_count++] = e;
    return true;
}

bool batch_add_measure(batch *b, measure m)
{
    if (!MEM_RESERVE(b->measures, b->measure_capacity, b->measure_count + 1))
        return false;
    b->measures[b->measure_count++] = m;
    return true;
}

bool batch_add_history(batch *b, history h)
{
    if (!keep(&b->texts, h.period, &h.period) || !keep(&b->texts, h.grade, &h.grade) ||
        !MEM_RESERVE(b->history, b->history_capacity, b->history_count + 1))
        return false;
    b->history[b->history_count++] = h;
    return true;
}

bool batch_add_decision(batch *b, decision d)
{
    if (!keep(&b->texts, d.by, &d.by) || !keep(&b->texts, d.meeting, &d.meeting) || !keep(&b->texts, d.reason, &d.reason) ||
        !MEM_RESERVE(b->decisions, b->decision_capacity, b->decision_count + 1))
        return false;
    b->decisions[b->decision_count++] = d;
    return true;
}
