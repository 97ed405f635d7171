/* assemble: rows of a long table into ballots.
 *
 * The rows of a subject are sorted by role and rater; each run is a ballot, and its earliest row is its head. Then the
 * rows are walked through in their own order: a head opens a ballot, every row puts its value into its head's ballot.
 * So ballots come in the order of their heads. */
#include "batch/group.h"
#include "exchange/lexicon.h"
#include "exchange/longform.h"
#include "exchange/ratings.h"
#include "exchange/sheet.h"

/* Not a value: no row has named this item yet. */
#define CELL_UNSET (INT64_MIN + 2)

typedef struct assembly {
    const long_rows *rows;
    batch *b;
    uint32_t *head;   /* [row]: the first row of its ballot */
    uint32_t *ballot; /* [row]: a head's ballot */
    bool *spoilt;     /* [row]: a head's ballot has a row that could not be read */
} assembly;

static uint32_t source_of(const long_rows *rows, size_t row)
{
    size_t low = 0, high = rows->segment_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (rows->segments[middle].first <= row)
            low = middle;
        else
            high = middle;
    }
    return rows->segments[low].source;
}

/* ---- heads ---- */

enum { ROLE_BITS = 5, ITEM_BITS = 16, PLACE_BITS = 27 };

static void find_heads_of(const assembly *a, const uint32_t *member, size_t count, uint64_t *keys)
{
    const uint64_t place = (UINT64_C(1) << PLACE_BITS) - 1;
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = member[i];
        a->head[row] = row;
        if (a->rows->rater[row] != RATER_ANONYMOUS)
            keys[kept++] = (uint64_t)a->rows->rater[row] << (ROLE_BITS + PLACE_BITS) |
                           (uint64_t)a->rows->role[row] << PLACE_BITS | i;
    }
    group_sort_keys(keys, kept);
    for (size_t i = 1, first = 0; i < kept; i++) {
        if (keys[i] >> PLACE_BITS != keys[first] >> PLACE_BITS)
            first = i;
        a->head[member[keys[i] & place]] = member[keys[first] & place];
    }
}

/* Anonymous ballots have no rater to tell them apart: the first value of every item makes the first ballot, the second
 * values the second one, and so on. Which values share a ballot does not matter to their means; a number of values that
 * differs from item to item does, and leaves a ballot with an item missing. */
static void find_anonymous_heads_of(const assembly *a, const uint32_t *member, size_t count, uint64_t *keys)
{
    const uint64_t place = (UINT64_C(1) << PLACE_BITS) - 1;
    size_t kept = 0, first = 0;
    for (size_t i = 0; i < count; i++)
        if (a->rows->rater[member[i]] == RATER_ANONYMOUS)
            keys[kept++] =
                ((uint64_t)a->rows->role[member[i]] << ITEM_BITS | a->rows->item[member[i]]) << PLACE_BITS | i;
    group_sort_keys(keys, kept);
    for (size_t i = 0; i < kept; i++) {
        if (keys[i] >> PLACE_BITS != keys[first] >> PLACE_BITS)
            first = i;
        a->ballot[member[keys[i] & place]] = (uint32_t)(i - first); /* for a moment: how many went before it */
    }
    for (size_t i = 0; i < kept; i++) {
        uint32_t row = member[keys[i] & place];
        keys[i] = ((uint64_t)a->rows->role[row] << PLACE_BITS | a->ballot[row]) << PLACE_BITS | (keys[i] & place);
    }
    group_sort_keys(keys, kept);
    for (size_t i = first = 0; i < kept; i++) {
        if (keys[i] >> PLACE_BITS != keys[first] >> PLACE_BITS)
            first = i;
        a->head[member[keys[i] & place]] = member[keys[first] & place];
    }
}

static bool find_heads(const assembly *a, unsigned threads)
{
    grouping groups;
    size_t people = a->b->people.count, largest = 0;
    if (!group_rows(a->rows->subject, a->rows->count, people, threads, &groups))
        return false;
    for (size_t g = 0; g < people; g++)
        if (groups.first[g + 1] - groups.first[g] > largest)
            largest = groups.first[g + 1] - groups.first[g];
    uint64_t *keys = mem_resize(NULL, largest, sizeof *keys);
    bool done = keys && largest >> PLACE_BITS == 0;
    for (size_t g = 0; done && g < people; g++)
        find_heads_of(a, groups.member + groups.first[g], groups.first[g + 1] - groups.first[g], keys);
    for (size_t g = 0; done && g < people; g++)
        find_anonymous_heads_of(a, groups.member + groups.first[g], groups.first[g + 1] - groups.first[g], keys);
    mem_free(keys);
    group_free(&groups);
    return done;
}

/* ---- ballots ---- */

static bool make_room(assembly *a)
{
    size_t count = 0;
    for (size_t row = 0; row < a->rows->count; row++)
        count += a->head[row] == row;
    if (!batch_reserve_ballots(a->b, a->b->ballots.count + count))
        return false;
    for (size_t row = 0; row < a->rows->count; row++)
        if (a->rows->item[row] != ITEM_UNKNOWN && a->rows->value[row] > CELL_INVALID)
            batch_raise_scale(a->b, a->rows->item[row], a->rows->places[row]);
    return true;
}

static bool open_ballot(assembly *a, size_t row)
{
    ballots *d = &a->b->ballots;
    size_t n = d->count;
    if (!batch_begin_segment(a->b, source_of(a->rows, row)))
        return false;
    a->ballot[row] = (uint32_t)n;
    d->subject[n] = a->rows->subject[row];
    d->rater[n] = a->rows->rater[row];
    d->role[n] = a->rows->role[row];
    d->row[n] = a->rows->row[row];
    for (size_t item = 0; item < d->item_count; item++)
        d->values[item][n] = CELL_UNSET;
    d->count = n + 1;
    return true;
}

/* Says where the ballot begins, and nothing about who rated. */
static void report_second_value(const assembly *a, size_t row, size_t item, size_t head)
{
    const vocabulary_word *word = &a->b->words.items[item].word;
    uint32_t source = source_of(a->rows, row), head_source = source_of(a->rows, head);
    message_id id = source == head_source ? MSG_input_item_twice : MSG_input_item_twice_elsewhere;
    buffer number = {0};
    if (!errors_are_only_counted(&a->b->problems))
        buffer_add_integer(&number, a->rows->row[head]);
    message what = message_of4(id, word->id, word_label(word), buffer_text(&number), a->b->sources[head_source].name);
    problem_add(&a->b->problems, (problem){.what = what, .source = source, .row = a->rows->row[row]});
    a->b->problems.failed |= number.failed;
    buffer_free(&number);
}

static void report_missing(const assembly *a, size_t row, const buffer items[ASSESS_LANGUAGE_COUNT])
{
    message what = message_of(MSG_input_ballot_item_missing);
    message_list(&what, 0, items);
    problem_add(&a->b->problems, (problem){.what = what, .source = source_of(a->rows, row), .row = a->rows->row[row]});
    a->b->problems.failed |= items[ASSESS_EN].failed || items[ASSESS_ZH].failed;
}

static void report_unasked(const assembly *a, size_t row, size_t item)
{
    message what = ratings_unasked(&a->b->words, item, a->rows->role[row]);
    problem_add(&a->b->problems, (problem){.what = what, .source = source_of(a->rows, row), .row = a->rows->row[row]});
}

static void put_value(assembly *a, size_t row)
{
    ballots *d = &a->b->ballots;
    size_t item = a->rows->item[row], head = a->head[row];
    if (item == ITEM_UNKNOWN) {
        a->spoilt[head] = true;
        return;
    }
    if (!item_is_asked(&a->b->words.items[item], a->rows->role[row])) {
        report_unasked(a, row, item);
        return;
    }
    int64_t value = a->rows->value[row], *place = &d->values[item][a->ballot[head]];
    if (*place != CELL_UNSET) {
        report_second_value(a, row, item, head);
        return;
    }
    *place = value > CELL_INVALID ? value * power_of_ten(d->scale[item] - a->rows->places[row]) : value;
}

/* An item that nobody marked makes a lenient ballot invalid and is an error else. */
static void close_ballot(const assembly *a, size_t row)
{
    const ballots *d = &a->b->ballots;
    buffer missing[ASSESS_LANGUAGE_COUNT] = {{0}, {0}};
    bool lacks = false, only_counted = errors_are_only_counted(&a->b->problems);
    for (size_t item = 0; item < d->item_count; item++) {
        int64_t *place = &d->values[item][a->ballot[row]];
        if (*place != CELL_UNSET)
            continue;
        if (!item_is_asked(&a->b->words.items[item], d->role[a->ballot[row]])) {
            *place = CELL_UNASKED;
            continue;
        }
        *place = CELL_BLANK;
        lacks |= !a->b->words.items[item].lenient;
        if (!a->b->words.items[item].lenient && !only_counted)
            word_describe_both(missing, &a->b->words.items[item].word);
    }
    if (lacks && !a->spoilt[row])
        report_missing(a, row, missing);
    buffer_free(&missing[ASSESS_EN]);
    buffer_free(&missing[ASSESS_ZH]);
}

static bool fill_ballots(assembly *a)
{
    for (size_t row = 0; row < a->rows->count; row++) {
        if (a->head[row] == row && !open_ballot(a, row))
            return false;
        put_value(a, row);
    }
    for (size_t row = 0; row < a->rows->count; row++)
        if (a->head[row] == row)
            close_ballot(a, row);
    return true;
}

bool long_assemble(long_rows *rows, batch *b, unsigned threads)
{
    assembly a = {.rows = rows, .b = b};
    if (rows->count == 0)
        return true;
    a.head = mem_resize(NULL, rows->count, sizeof *a.head);
    a.ballot = mem_resize(NULL, rows->count, sizeof *a.ballot);
    a.spoilt = mem_zalloc(rows->count, sizeof *a.spoilt);
    bool done = a.head && a.ballot && a.spoilt && find_heads(&a, threads) && make_room(&a) && fill_ballots(&a);
    mem_free(a.head);
    mem_free(a.ballot);
    mem_free(a.spoilt);
    return done;
}
