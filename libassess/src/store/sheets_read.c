/* sheets_read: every byte is taken for hostile. What the engine relies on (numbers of subjects, roles and options that
 * exist, values between 0 and the item's maximum) is checked here as it is when tables are read. */
#include "store/sheets.h"

#include <string.h>

#include "store/words.h"

typedef struct sheet_reader {
    connection *c;
    batch *b;
    word_map words;
    int64_t last_subject, last_role, last_part; /* of the row before */
    uint8_t last_rater[PSEUDONYM_SIZE];
    bool have_rater, anonymous; /* within the current subject and role */
    bool no_memory;
    bool first, has_marks; /* all rows have marks, or none has */
} sheet_reader;

/* ---- one value ---- */

/* Digits, and after a point at most `scale` more, as a coefficient of that scale; false when it is anything else or
 * more than `most`. */
static bool read_coefficient(text t, int scale, int64_t most, int64_t *out)
{
    int64_t value = 0;
    int places = -1; /* no point yet */
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] == '.' && places < 0 && i > 0 && i + 1 < t.length) {
            places = 0;
            continue;
        }
        if (t.bytes[i] < '0' || t.bytes[i] > '9' || value > (INT64_MAX - 9) / 10)
            return false;
        value = value * 10 + (t.bytes[i] - '0');
        places += places >= 0;
    }
    if (places < 0)
        places = 0;
    if (t.length == 0 || places > scale || __builtin_mul_overflow(value, power_of_ten(scale - places), &value))
        return false;
    *out = value;
    return value <= most;
}

static bool read_value(const word_map *words, size_t item, text t, int64_t *out)
{
    const item_map *m = &words->items[item];
    int64_t number;
    if (t.length == 1 && (t.bytes[0] == SHEET_BLANK || t.bytes[0] == SHEET_INVALID)) {
        *out = t.bytes[0] == SHEET_BLANK ? CELL_BLANK : CELL_INVALID;
        return true;
    }
    if (!read_coefficient(t, m->scale, m->most, &number))
        return false;
    *out = m->options ? m->options[number] : number;
    return true;
}

/* ---- one ballot ---- */

/* Cuts `rest` at the first `mark`; what stood before it is *piece. */
static bool cut(text *rest, char mark, text *piece)
{
    const char *end = rest->length ? memchr(rest->bytes, mark, rest->length) : NULL;
    if (!end)
        return false;
    *piece = (text){rest->bytes, (size_t)(end - rest->bytes)};
    rest->length -= piece->length + 1;
    rest->bytes = end + 1;
    return true;
}

static bool read_values(sheet_reader *r, text line)
{
    ballots *d = &r->b->ballots;
    size_t count = r->words.item_count;
    for (size_t i = 0; i < count; i++) {
        text cell = line;
        bool last = i + 1 == count;
        if ((!last && !cut(&line, ',', &cell)) ||
            !read_value(&r->words, i, cell, &d->values[r->words.items[i].number][d->count]))
            return false;
    }
    return count > 0;
}

/* Hexadecimal digits without a leading zero. */
static bool read_mark(text t, uint64_t *out)
{
    *out = 0;
    for (size_t i = 0; i < t.length; i++) {
        const char *digits = "0123456789abcdef", *at = t.bytes[i] ? strchr(digits, t.bytes[i]) : NULL;
        if (!at)
            return false;
        *out = *out << 4 | (uint64_t)(at - digits);
    }
    return t.length > 0 && t.length <= 16 && (t.length == 1 || t.bytes[0] != '0');
}

static bool is_withheld(text line) { return line.length == 1 && line.bytes[0] == SHEET_WITHHELD; }

/* Of a ballot that is marked. */
static bool withhold_values(sheet_reader *r, uint64_t mark)
{
    ballots *d = &r->b->ballots;
    for (size_t i = 0; i < d->item_count; i++)
        d->values[i][d->count] = CELL_WITHHELD;
    return mark != 0;
}

/* The number of the pseudonym; they ascend, so that no rater has two ballots here. */
static bool take_rater(sheet_reader *r, const uint8_t *pseudonym, uint32_t *number)
{
    char name[2 * PSEUDONYM_SIZE];
    if (r->anonymous || (r->have_rater && memcmp(r->last_rater, pseudonym, PSEUDONYM_SIZE) >= 0))
        return false;
    memcpy(r->last_rater, pseudonym, PSEUDONYM_SIZE);
    r->have_rater = true;
    for (size_t i = 0; i < PSEUDONYM_SIZE; i++) {
        name[2 * i] = "0123456789abcdef"[pseudonym[i] >> 4];
        name[2 * i + 1] = "0123456789abcdef"[pseudonym[i] & 15];
    }
    *number = intern_add(&r->b->ballots.raters, (text){name, sizeof name});
    r->no_memory = r->no_memory || *number == INTERN_NONE;
    return !r->no_memory;
}

static bool read_ballot(sheet_reader *r, uint32_t subject, uint8_t role, const uint8_t *pseudonym, uint64_t mark, text line)
{
    ballots *d = &r->b->ballots;
    uint32_t rater = RATER_ANONYMOUS;
    if (!(is_withheld(line) ? withhold_values(r, mark) : read_values(r, line)) || (pseudonym && !take_rater(r, pseudonym, &rater)))
        return false;
    r->anonymous = !pseudonym;
    d->subject[d->count] = subject;
    d->role[d->count] = role;
    d->rater[d->count] = rater;
    d->row[d->count] = 0;
    if (r->has_marks)
        d->marks[d->count] = mark;
    d->count++;
    return true;
}

/* ---- one row ---- */

/* Rows come by subject, role and part, each once. */
static bool follows(sheet_reader *r, int64_t subject, int64_t role, int64_t part)
{
    bool same = subject == r->last_subject && role == r->last_role;
    bool after = same ? part == r->last_part + 1
                      : part == 0 && (subject > r->last_subject || (subject == r->last_subject && role > r->last_role));
    if (!same)
        r->have_rater = r->anonymous = false;
    r->last_subject = subject;
    r->last_role = role;
    r->last_part = part;
    return after;
}

static bool take_marks(sheet_reader *r, text marks)
{
    if (r->first)
        r->has_marks = marks.length > 0;
    r->first = false;
    r->no_memory = r->no_memory || (r->has_marks && !batch_keep_marks(r->b));
    return !r->no_memory && r->has_marks == (marks.length > 0);
}

static bool read_row(sheet_reader *r, query *s)
{
    int64_t subject = column_integer(s, 0), role = column_integer(s, 1), count = column_integer(s, 3);
    text raters = column_text(s, 4), sheets = column_text(s, 5), marks = column_text(s, 6), line, digits;
    int64_t named = (int64_t)raters.length / PSEUDONYM_SIZE;
    if (s->code != SQLITE_OK || subject < 0 || (uint64_t)subject >= r->b->people.count || role < 0 ||
        (uint64_t)role >= r->words.role_count || !follows(r, subject, role, column_integer(s, 2)) ||
        count > (int64_t)sheets.length || raters.length % PSEUDONYM_SIZE != 0 || named > count)
        return false;
    if (!batch_reserve_ballots(r->b, r->b->ballots.count + (size_t)count)) {
        r->no_memory = true;
        return false;
    }
    if (!take_marks(r, marks))
        return false;
    for (int64_t i = 0; i < count; i++) {
        uint64_t mark = 0;
        const uint8_t *pseudonym = i < named ? (const uint8_t *)raters.bytes + i * PSEUDONYM_SIZE : NULL;
        if (!cut(&sheets, '\n', &line) || (r->has_marks && (!cut(&marks, '\n', &digits) || !read_mark(digits, &mark))) ||
            !read_ballot(r, (uint32_t)subject, r->words.roles[role], pseudonym, mark, line))
            return false;
    }
    return sheets.length == 0 && marks.length == 0;
}

static assess_status read_rows(sheet_reader *r, assess_error *err)
{
    query s;
    bool sound = true;
    query_open(&s, r->c, r->c->format == 1 ? "SELECT subject, role, part, count, raters, sheets, '' FROM ballot ORDER BY number"
                                           : "SELECT subject, role, part, count, raters, sheets, marks FROM ballot ORDER BY number");
    while (sound && query_step(&s))
        sound = read_row(r, &s);
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && r->no_memory)
        status = error_no_memory(err);
    if (status == ASSESS_OK && !sound)
        status = words_refuse_row(r->c, "ballot", (int64_t)r->b->ballots.count + 1, err);
    return status;
}

assess_status sheets_read(connection *c, batch *b, assess_error *err)
{
    sheet_reader r = {.c = c, .b = b, .last_subject = -1, .last_role = -1, .first = true};
    assess_status status = words_read(c, b, &r.words, err);
    if (status == ASSESS_OK && !batch_begin_segment(b, PROBLEM_NO_SOURCE))
        status = error_no_memory(err);
    if (status == ASSESS_OK)
        status = read_rows(&r, err);
    words_free(&r.words);
    return status;
}
