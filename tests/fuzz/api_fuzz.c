/* api_fuzz.c: calls of the public functions in any order, with handles of any kind, freed ones as far as a child still holds them, missing and
 * wrong arguments, structs of any size, and callbacks that call and free as well. Nothing crashes, an error is a sentence, and what is freed
 * in the end leaves nothing behind (the address sanitizer's leak check).
 *
 * A handle that nobody holds any more is never used here: to see that is promised to nobody. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "assess/assess.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define HOLDS(claim) do { if (!(claim)) abort(); } while (0)

enum { SLOTS = 24, MOST_CALLS = 160, MOST_DEPTH = 2, NONE = SLOTS };

typedef enum kind { FREE, SCHEME, BATCH, RESULT, TABLE } kind;

/* One handle that was given, and what is known of it. */
typedef struct slot {
    kind kind;
    void *handle;
    bool closed;
    unsigned kept;
    size_t parent; /* NONE */
} slot;

typedef struct script {
    const uint8_t *bytes;
    size_t length, at;
    slot slots[SLOTS];
    unsigned calls, depth;
} script;

static uint8_t take(script *s) { return s->at < s->length ? s->bytes[s->at++] : 0; }
static bool is_over(const script *s) { return s->at >= s->length || s->calls >= MOST_CALLS; }

/* ---- handles ---- */

static bool is_there(const script *s, size_t i)
{
    if (s->slots[i].kind == FREE)
        return false;
    if (!s->slots[i].closed || s->slots[i].kept)
        return true;
    for (size_t k = 0; k < SLOTS; k++)
        if (s->slots[k].kind != FREE && s->slots[k].kind != TABLE && s->slots[k].parent == i && is_there(s, k))
            return true;
    return false;
}

/* Whatever the script says: mostly of the kind that fits. */
static void *any_handle(script *s, kind wanted, size_t *which)
{
    uint8_t choice = take(s);
    *which = NONE;
    for (size_t n = 0; n < SLOTS; n++) {
        size_t i = (choice + n) % SLOTS;
        if (is_there(s, i) && (s->slots[i].kind == wanted || choice > 240)) {
            *which = i;
            return s->slots[i].handle;
        }
    }
    return NULL;
}

static void *handle_of(script *s, kind wanted)
{
    size_t which;
    return any_handle(s, wanted, &which);
}

static void forget_dead(script *s)
{
    bool there[SLOTS];
    for (size_t i = 0; i < SLOTS; i++)
        there[i] = is_there(s, i);
    for (size_t i = 0; i < SLOTS; i++)
        if (!there[i])
            s->slots[i] = (slot){.parent = NONE};
}

static void close_one(script *s, size_t i)
{
    slot *o = &s->slots[i];
    switch (o->kind) {
    case SCHEME: assess_scheme_free(o->handle); break;
    case BATCH: assess_batch_free(o->handle); break;
    case RESULT: assess_result_free(o->handle); break;
    case TABLE: assess_table_free(o->handle); break;
    case FREE: break;
    }
    o->closed = true;
}

static void remember(script *s, kind k, void *handle, size_t parent)
{
    if (!handle)
        return;
    forget_dead(s);
    for (size_t i = 0; i < SLOTS; i++)
        if (s->slots[i].kind == FREE) {
            s->slots[i] = (slot){k, handle, false, 0, parent};
            return;
        }
    slot last = {k, handle, false, 0, parent}, kept = s->slots[0]; /* no room: it is freed at once */
    s->slots[0] = last;
    close_one(s, 0);
    s->slots[0] = kept;
}

/* ---- arguments ---- */

/* A struct of options: zeros, now and then a byte, and a size that fits, is too small, or is that of a newer release. */
typedef union any_options {
    size_t size;
    assess_scheme_options scheme;
    assess_batch_options batch;
    assess_result_options result;
    assess_explain_options explain;
    assess_diff_options diff;
    assess_seal_options seal;
    assess_row row;
    assess_problem problem;
    unsigned char bytes[8192];
} any_options;

static size_t any_size(script *s, size_t right)
{
    uint8_t choice = take(s);
    const size_t sizes[] = {right, right, right, right, right - 4, right + 8, 0, 4096, 4097, 8, SIZE_MAX, choice};
    return sizes[choice % (sizeof sizes / sizeof *sizes)];
}

static void make_options(script *s, any_options *o, size_t right)
{
    memset(o, 0, sizeof *o);
    o->size = any_size(s, right);
    if (take(s) > 240)
        o->bytes[right + take(s)] = 1;
}

static assess_language language_of(script *s) { return (assess_language)(take(s) % 3); }
static assess_format format_of(script *s) { return (assess_format)(take(s) % 3); }
static const char *text_of_script(script *s)
{
    static const char *const texts[] = {"1", "2", "", NULL, "about", "results", "inputs", "\xff\xfe", "2026", "kinds", "grades"};
    return texts[take(s) % (sizeof texts / sizeof *texts)];
}

static int progress(void *user, uint64_t done, uint64_t total);

static void check(assess_status status, const assess_error *err)
{
    HOLDS(status >= ASSESS_OK && status < ASSESS_STATUS_COUNT);
    HOLDS(status == ASSESS_OK || (err->status == status && err->id[0] && err->message[ASSESS_ZH][0] && err->message[ASSESS_EN][0]));
}

/* ---- calls ---- */

static void load(script *s)
{
    static const char *const rules[] = {FUZZ_SOURCE "/rules/bureau.lua", FUZZ_SOURCE "/rules/leave.lua", "nowhere.lua", "", NULL};
    static const char *const settings[] = {"rounding=whole", NULL};
    any_options o;
    assess_error err = {0};
    assess_scheme *out = NULL;
    uint8_t choice = take(s);
    make_options(s, &o, sizeof o.scheme);
    if (choice % 8)
        o.scheme.period = "2026";
    o.scheme.settings = settings;
    o.scheme.setting_count = choice % 16 == 3 ? 2 : 0;
    check(assess_scheme_load(rules[choice % 16 < 12 ? choice % 2 : choice % 5], choice > 250 ? NULL : &o.scheme, &out, &err), &err);
    remember(s, SCHEME, out, NONE);
}

static void make_batch(script *s)
{
    any_options o;
    size_t parent;
    assess_error err = {0};
    assess_batch *out = NULL;
    const assess_scheme *of = any_handle(s, SCHEME, &parent);
    make_options(s, &o, sizeof o.batch);
    uint8_t choice = take(s);
    o.batch.threads = 1 + choice % 2;
    o.batch.hash_inputs = choice % 4 < 3; /* else it cannot be sealed */
    o.batch.progress = take(s) % 2 ? progress : NULL;
    o.batch.user = s;
    o.batch.ignored_kind_count = take(s) > 250;
    check(assess_batch_new(of, &o.batch, &out, &err), &err);
    remember(s, BATCH, out, parent);
}

static void read_files(script *s)
{
    static const char *const paths[] = {FUZZ_SOURCE "/tests/conformance/tables/small", "nowhere", NULL};
    assess_error err = {0};
    uint8_t choice = take(s);
    check(assess_batch_read(handle_of(s, BATCH), choice > 240 ? NULL : paths + choice % 3, 1, &err), &err);
}

static void add_people(script *s)
{
    const char *ids[4], *names[4];
    int32_t starts[4];
    assess_error err = {0};
    uint8_t choice = take(s);
    for (int i = 0; i < 4; i++) {
        ids[i] = choice % 4 ? (const char *const[]){"1", "2", "3", "4"}[i] : text_of_script(s);
        names[i] = text_of_script(s);
        starts[i] = (int32_t)(take(s) * 200) - 10000;
    }
    check(assess_batch_add_people(handle_of(s, BATCH), choice > 250 ? SIZE_MAX : choice % 5, choice > 245 ? NULL : ids, names, NULL,
                                  choice % 2 ? starts : NULL, &err), &err);
}

static void add_ballots(script *s)
{
    enum { COUNT = 3, ITEMS = 64 }; /* no scheme here has so many items */
    uint32_t subject[COUNT], rater[COUNT];
    uint8_t role[COUNT];
    int64_t column[COUNT];
    const int64_t *values[ITEMS];
    assess_error err = {0};
    uint8_t choice = take(s);
    for (int i = 0; i < COUNT; i++) {
        subject[i] = take(s) % 5;
        rater[i] = take(s) > 250 ? UINT32_MAX : take(s);
        role[i] = take(s) % 8;
        column[i] = choice > 250 ? INT64_MIN : take(s);
    }
    for (int i = 0; i < ITEMS; i++)
        values[i] = choice == 249 ? NULL : column;
    check(assess_batch_add_ballots(handle_of(s, BATCH), choice % 4, subject, choice % 3 ? rater : NULL, role, values,
                                   choice > 240 ? (int)choice - 245 : choice % 2, &err), &err);
}

static void finish(script *s)
{
    assess_error err = {0};
    check(assess_batch_finish(handle_of(s, BATCH), &err), &err);
}

static void look_at_batch(script *s)
{
    any_options o;
    assess_error err = {0}, more = {0};
    char *out = NULL;
    size_t open = 0;
    assess_batch *b = handle_of(s, BATCH);
    size_t count = assess_batch_problem_count(b) + assess_batch_error_count(b) + assess_batch_notice_count(b) +
                   assess_batch_people_count(b) + assess_batch_ballot_count(b);
    make_options(s, &o, sizeof o.problem);
    check(assess_batch_problem(b, count ? take(s) % count : take(s), &o.problem, &err), &err);
    check(take(s) % 2 ? assess_batch_problems(b, language_of(s), format_of(s), &out, &more)
                      : assess_batch_readiness(b, language_of(s), format_of(s), &out, &open, &more), &more);
    assess_text_free(out);
}

static void run(script *s)
{
    any_options o;
    size_t parent;
    assess_error err = {0};
    assess_result *out = NULL;
    assess_batch *of = any_handle(s, BATCH, &parent);
    make_options(s, &o, sizeof o.result);
    o.result.threads = 1 + take(s) % 2;
    o.result.progress = take(s) % 2 ? progress : NULL;
    o.result.user = s;
    check(assess_result_new(of, &o.result, &out, &err), &err);
    remember(s, RESULT, out, parent);
}

static void look_at_result(script *s)
{
    any_options o;
    assess_error err = {0}, more = {0};
    char *out = NULL;
    size_t n = 0;
    assess_result *r = handle_of(s, RESULT);
    switch (take(s) % 5) {
    case 0:
        make_options(s, &o, sizeof o.row);
        check(assess_result_row(r, take(s) % 4, language_of(s), &o.row, &err), &err);
        return;
    case 1: check(assess_result_csv(r, language_of(s), &out, &n, &err), &err); break;
    case 2: check(assess_result_summary(r, language_of(s), format_of(s), take(s) % 2, &out, &err), &err); break;
    case 3:
        make_options(s, &o, sizeof o.explain);
        check(assess_explain(r, text_of_script(s), &o.explain, &out, &more), &more);
        break;
    default:
        make_options(s, &o, sizeof o.diff);
        check(assess_diff(r, handle_of(s, RESULT), &o.diff, &out, &n, &err), &err);
    }
    assess_text_free(out);
}

static void make_table(script *s)
{
    assess_error err = {0};
    assess_table *out = NULL;
    if (take(s) % 2) {
        const assess_scheme *of = handle_of(s, SCHEME);
        size_t count = assess_scheme_table_count(of);
        const char *id = count ? assess_scheme_table_id(of, take(s) % (count + 1)) : text_of_script(s);
        check(assess_scheme_table(of, id, language_of(s), &out, &err), &err);
    } else {
        assess_result *of = handle_of(s, RESULT);
        size_t count = assess_result_table_count(of);
        const char *id = count ? assess_result_table_id(of, take(s) % (count + 1)) : text_of_script(s);
        check(assess_result_table(of, id, language_of(s), &out, &err), &err);
    }
    remember(s, TABLE, out, NONE);
}

static void look_at_table(script *s)
{
    size_t order[256];
    assess_error err = {0};
    assess_table *t = handle_of(s, TABLE);
    size_t column = take(s) % 8, row = take(s) % 8, total = 0;
    total += strlen(assess_table_id(t)) + strlen(assess_table_title(t)) + strlen(assess_table_note(t));
    total += strlen(assess_table_column_id(t, column)) + strlen(assess_table_column_title(t, column)) + strlen(assess_table_cell(t, row, column));
    total += assess_table_columns(t) + assess_table_column(t, text_of_script(s)) + (size_t)assess_table_column_cells(t, column);
    (void)total;
    for (size_t i = 0; i < 256; i++)
        order[i] = (i + row) % 3 ? i : i ^ 1;
    if (assess_table_rows(t) <= 256)
        check(assess_table_arrange(t, take(s) > 250 ? NULL : order, &err), &err);
}

static void look_at_scheme(script *s)
{
    assess_error err = {0};
    char *out = NULL;
    const assess_scheme *of = handle_of(s, SCHEME);
    HOLDS(assess_scheme_id(of) && assess_scheme_period(of) && assess_scheme_title(of, ASSESS_ZH));
    check(assess_scheme_describe(of, language_of(s), format_of(s), &out, &err), &err);
    assess_text_free(out);
}

static void seal_it(script *s)
{
    static char path[64];
    any_options o;
    assess_error err = {0}, more = {0};
    char *out = NULL;
    if (!path[0])
        snprintf(path, sizeof path, "/tmp/assess-api-fuzz-%ld.db", (long)getpid());
    make_options(s, &o, sizeof o.seal);
    o.seal.force = 1;
    o.seal.progress = take(s) % 2 ? progress : NULL;
    o.seal.user = s;
    check(assess_store_seal(handle_of(s, RESULT), take(s) > 250 ? NULL : path, &o.seal, &err), &err);
    check(assess_store_anchor(path, &out, &more), &more);
    assess_text_free(out);
    unlink(path);
}

static void keep(script *s)
{
    size_t which;
    assess_error err = {0};
    assess_result *r = any_handle(s, RESULT, &which);
    if (take(s) % 2) {
        assess_status status = assess_result_keep(r, &err);
        check(status, &err);
        if (!status)
            s->slots[which].kept++;
    } else {
        assess_result_release(r);
        if (which != NONE && s->slots[which].kind == RESULT && s->slots[which].kept)
            s->slots[which].kept--;
    }
}

/* By the function of its own kind, or by that of another, which must leave it alone. Twice, if it is still held. */
static void free_one(script *s)
{
    size_t which;
    void *handle = any_handle(s, (kind)(1 + take(s) % 4), &which);
    if (which == NONE)
        return;
    kind own = s->slots[which].kind;
    if (own != SCHEME)
        assess_scheme_free(handle);
    if (own != BATCH)
        assess_batch_free(handle);
    if (own != RESULT)
        assess_result_free(handle);
    if (own != TABLE)
        assess_table_free(handle);
    close_one(s, which);
}

static void call(script *s)
{
    static void (*const all[])(script *) = {load, make_batch, read_files, add_people, add_ballots, finish, look_at_batch, run,
                                            look_at_result, make_table, look_at_table, look_at_scheme, seal_it, keep, free_one, run};
    s->calls++;
    all[take(s) % (sizeof all / sizeof *all)](s);
    forget_dead(s);
}

/* The slot of the handle whose call is under way may be closed in here; it is not looked at again before that call is over. */
static int progress(void *user, uint64_t done, uint64_t total)
{
    script *s = user;
    (void)done;
    (void)total;
    if (s->depth < MOST_DEPTH && !is_over(s)) {
        s->depth++;
        call(s);
        s->depth--;
    }
    return take(s) > 250;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    script s = {.bytes = data, .length = size};
    for (size_t i = 0; i < SLOTS; i++)
        s.slots[i].parent = NONE;
    while (!is_over(&s))
        call(&s);
    for (size_t i = 0; i < SLOTS; i++)
        for (; s.slots[i].kept; s.slots[i].kept--)
            assess_result_release(s.slots[i].handle);
    for (size_t i = 0; i < SLOTS; i++)
        if (s.slots[i].kind != FREE && !s.slots[i].closed)
            close_one(&s, i);
    return 0;
}
