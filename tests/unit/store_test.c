/* store: a run sealed in one file, read back, verified, and defended against files that nobody sealed.
 *
 * The small year-end batch below is made by hand and run by the engine, so that reading it back can be proved by the bytes of
 * results.csv. A second connection, without any of the library's switches, plays everybody who edits a sealed file. */
#define _XOPEN_SOURCE 700 /* mkdtemp, symlink, mkfifo */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/engine.h"
#include "exchange/exchange.h"
#include "store/chain.h"
#include "store/store.h"

/* ---- the heap of SQLite, which this program alone may replace ---- */

static long sqlite_left = -1; /* allocations that still succeed; negative: all */
static long sqlite_asked;
static sqlite3_mem_methods system_heap;

static bool sqlite_refused(void)
{
    sqlite_asked++;
    return sqlite_left >= 0 && sqlite_left-- == 0 && (sqlite_left = 0, true);
}

static void *failing_malloc(int size)
{
    return sqlite_refused() ? NULL : system_heap.xMalloc(size);
}

static void *failing_realloc(void *block, int size)
{
    return sqlite_refused() ? NULL : system_heap.xRealloc(block, size);
}

static void replace_heap(void)
{
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &system_heap), SQLITE_OK);
    sqlite3_mem_methods methods = system_heap;
    methods.xMalloc = failing_malloc;
    methods.xRealloc = failing_realloc;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &methods), SQLITE_OK);
}

/* ---- a batch and its plan ---- */

typedef struct fixture {
    char folder[64];
    char path[96];
    plan *plan;
    arena memory;
    vocabulary words;
    batch *batch;
    result *result;
    buffer csv;
    seal seal;
} fixture;

static const vocabulary_word measure_words[] = {{TEXT("growth"), TEXT("增长"), TEXT("growth")}};
static const plan_option options[] = {{.id = TEXT("A"), .counted = true, .points = {100, 0}},
                                      {.id = TEXT("B"), .counted = true, .points = {85, 0}}};

#define APPEND(p, list, counter, cap) PLAN_APPEND((p), list, counter, cap)

static label words_of(const char *zh, const char *en)
{
    return (label){text_of(zh), text_of(en)};
}

static void add_item(plan *p, const char *id, int64_t most)
{
    plan_item *item = APPEND(p, items, item_count, item_capacity);
    item->id = text_of(id);
    item->maximum = (decimal){most, 0};
    item->lenient = true;
}

static void add_role(plan *p, const char *id)
{
    plan_role *role = APPEND(p, roles, role_count, role_capacity);
    role->id = text_of(id);
    role->used = true;
}

static void add_kind(plan *p, const char *id)
{
    plan_kind *kind = APPEND(p, kinds, kind_count, kind_capacity);
    kind->id = text_of(id);
    kind->used = true;
}

static void add_file(plan *p, const char *name, const char *bytes)
{
    plan_file *file = APPEND(p, files, file_count, file_capacity);
    file->name = text_of(name);
    file->bytes = text_of(bytes);
}

static void add_params(plan *p)
{
    plan_param *choice = APPEND(p, params, param_count, param_capacity);
    *choice = (plan_param){.name = TEXT("rounding"), .is_choice = true, .choice = TEXT("whole"), .set = true};
    plan_param *figure = APPEND(p, params, param_count, param_capacity);
    *figure = (plan_param){.name = TEXT("dereliction.level"), .value = {150, 2}, .set = true};
    plan_param *left = APPEND(p, params, param_count, param_capacity);
    *left = (plan_param){.name = TEXT("left-alone"), .value = {1, 0}};
}

static node_id add_ballots(plan *p, uint32_t role, uint32_t item)
{
    ballot_source *source = APPEND(p, ballots, ballot_count, ballot_capacity);
    *source = (ballot_source){.role = role, .item = item, .reducer = BALLOT_MEAN};
    return plan_add(p, (node){.op = OP_BALLOTS, .kind = KIND_NUMBER, .source = (uint32_t)p->ballot_count - 1});
}

static node_id add_points(plan *p)
{
    event_source *source = APPEND(p, events, event_count, event_capacity);
    *source = (event_source){.kinds = {2}, .reducer = EVENT_POINTS};
    return plan_add(p, (node){.op = OP_EVENTS, .kind = KIND_NUMBER});
}

static void add_score(plan *p, node_id before)
{
    node round = {.op = OP_ROUND, .kind = KIND_NUMBER, .args = {before}, .round = {ROUND_HALF_UP, {1, 2}}};
    node_id rounded = plan_add(p, round);
    statement *score = APPEND(p, statements, statement_count, statement_capacity);
    *score = (statement){.kind = STATEMENT_SCORE, .node = rounded, .before = before, .words = words_of("得分", "score")};
    p->score = 0;
}

/* 得分 = 群众评议分 − 扣分 */
static plan *make_plan(void)
{
    plan *p = plan_new();
    assert_non_null(p);
    p->id = TEXT("bureau");
    p->period_text = TEXT("2026");
    p->total = (decimal){70, 0};
    assert_true(period_parse("2026", 4, &p->period));
    add_file(p, "bureau.lua", "-- 局机关效能考核制度\nscheme {}\n");
    add_file(p, "dereliction.lua", "-- 一票否决\n");
    add_params(p);
    add_item(p, "virtue", 10);
    add_item(p, "performance", 60);
    add_role(p, "self");
    add_role(p, "peer");
    add_role(p, "leader");
    add_kind(p, "sick-leave");
    add_kind(p, "deduction");
    node_id peer = add_ballots(p, 1, ITEM_TOTAL), points = add_points(p);
    add_score(p, plan_add(p, (node){.op = OP_SUBTRACT, .kind = KIND_NUMBER, .args = {peer, points}}));
    plan_grade *grade = APPEND(p, grades, grade_count, grade_capacity);
    *grade = (plan_grade){.id = TEXT("competent"), .words = words_of("称职", "competent")};
    return p;
}

static plan *make_review_plan(void)
{
    plan *p = plan_new();
    assert_non_null(p);
    p->id = TEXT("democratic-review");
    p->period_text = TEXT("2026");
    assert_true(period_parse("2026", 4, &p->period));
    add_file(p, "democratic-review.lua", "-- 民主评议\n");
    add_item(p, "opinion", 0);
    p->items[0].options = (plan_option *)(uintptr_t)options;
    p->items[0].option_count = 2;
    add_role(p, "public");
    add_score(p, add_ballots(p, 0, 0));
    return p;
}

static uint32_t person(batch *b, const char *id, const char *name, const char *unit, date start, uint32_t row)
{
    uint32_t number;
    assert_true(batch_add_subject(b, text_of(id), text_of(name), text_of(unit), TEXT("公务员"), TEXT("科员"), start, 0, row,
                                  &number));
    return number;
}

static void ballot(batch *b, uint32_t subject, const char *rater, uint8_t role, int64_t first, int64_t second)
{
    ballots *d = &b->ballots;
    const int64_t values[2] = {first, second};
    assert_true(batch_reserve_ballots(b, d->count + 1));
    d->subject[d->count] = subject;
    d->role[d->count] = role;
    d->rater[d->count] = rater ? intern_add(&d->raters, text_of(rater)) : RATER_ANONYMOUS;
    d->row[d->count] = (uint32_t)d->count + 2;
    for (size_t i = 0; i < d->item_count; i++)
        d->values[i][d->count] = values[i];
    d->count++;
}

static void add_people(batch *b)
{
    batch_add_source(b, TEXT("people.csv"));
    batch_add_source(b, TEXT("ratings-办公室.csv"));
    batch_add_source(b, TEXT("events.csv"));
    assert_true(digest_of("people", 6, &b->sources[0].sha256));
    b->sources[0].hashed = true;
    person(b, "1001", "张三", "办公室", 20000, 2);
    person(b, "1002", "李四", "", DATE_NONE, 3);
    person(b, "=1003", "王五,\"六\"", "人事股", 1, 4);
    size_t party = batch_attribute(b, TEXT("政治面貌")), empty = batch_attribute(b, TEXT("备注"));
    assert_true(party == 0 && empty == 1);
    b->people.attributes[party][0] = TEXT("党员");
    b->people.attributes[party][2] = TEXT("群众");
}

/* virtue in tenths: 85 is 8.5 */
static void add_ratings(batch *b)
{
    assert_true(batch_begin_segment(b, 1));
    batch_raise_scale(b, 0, 1);
    ballot(b, 0, "rater-ann", 1, 85, 55);
    ballot(b, 0, "rater-bob", 1, 100, 60);
    ballot(b, 0, "rater-ann", 2, 90, 50);
    ballot(b, 0, NULL, 1, 70, 40);
    ballot(b, 0, NULL, 1, 75, 41);
    ballot(b, 1, "rater-ann", 1, CELL_BLANK, 59);
    ballot(b, 1, "rater-bob", 1, 60, CELL_INVALID);
    ballot(b, 1, "1002", 0, 100, 60);
    ballot(b, 1, NULL, 1, 0, 0);
    ballot(b, 2, "rater-ann", 1, 95, 58);
}

static void add_rows(batch *b)
{
    const decimal none = {CELL_BLANK, 0};
    event leave = {.subject = 1, .liable = SUBJECT_NONE, .kind = 0, .from = 20500, .to = 20510, .points = none,
                   .amount = {15, 1}, .ref = TEXT("医院证明〔2026〕3号"), .note = TEXT("病假"), .source = 2, .row = 7};
    event deduction = {.subject = 0, .liable = 2, .kind = 1, .from = DATE_NONE, .to = DATE_NONE, .points = {25, 1},
                       .amount = none, .ref = TEXT(""), .note = TEXT(""), .source = PROBLEM_NO_SOURCE};
    measure growth = {.subject = 2, .measure = 0, .value = {-375, 2}, .target = {4, 0}, .baseline = none, .source = 2, .row = 9};
    history past = {.subject = 0, .period = TEXT("2025"), .grade = TEXT("excellent"), .score = {9150, 2}, .source = 2, .row = 11};
    assert_true(batch_add_event(b, leave) && batch_add_event(b, deduction));
    assert_true(batch_add_measure(b, growth) && batch_add_history(b, past));
    for (int table = 0; table < TABLE_COUNT; table++)
        b->has_table[table] = true;
}

static void make_vocabulary(fixture *f)
{
    assert_true(engine_vocabulary(f->plan, &f->memory, &f->words));
    f->words.measures = measure_words;
    f->words.measure_count = 1;
}

static void run(const plan *p, const batch *b, result **r, buffer *csv)
{
    const engine_options engine = {.threads = 1};
    assert_int_equal(engine_run(p, b, &engine, r, NULL), ASSESS_OK);
    exchange_results_csv(*r, ASSESS_ZH, csv);
    assert_false(csv->failed);
}

static void finish_fixture(fixture *f)
{
    assert_true(batch_finish(f->batch, 1));
    run(f->plan, f->batch, &f->result, &f->csv);
    f->seal = (seal){f->result, buffer_text(&f->csv), ASSESS_ZH, TEXT("0.1.0")};
}

static void make_folder(fixture *f)
{
    strcpy(f->folder, "/tmp/assess-store-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    strcpy(f->path, f->folder);
    strcat(f->path, "/batch.db");
}

static int setup_empty(void **state, plan *p)
{
    fixture *f = calloc(1, sizeof *f);
    make_folder(f);
    f->plan = p;
    make_vocabulary(f);
    f->batch = batch_new(&f->words);
    assert_non_null(f->batch);
    *state = f;
    return 0;
}

static int setup(void **state)
{
    setup_empty(state, make_plan());
    fixture *f = *state;
    add_people(f->batch);
    add_ratings(f->batch);
    add_rows(f->batch);
    finish_fixture(f);
    return 0;
}

static assess_status write_file(fixture *f, bool force)
{
    assess_error err = {0};
    assess_status status = store_write(&f->seal, f->path, force, &err);
    assert_int_equal(status, err.status);
    return status;
}

static int setup_sealed(void **state)
{
    setup(state);
    assert_int_equal(write_file(*state, false), ASSESS_OK);
    return 0;
}

static void remove_folder(const char *folder)
{
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    rmdir(folder);
}

static int teardown(void **state)
{
    fixture *f = *state;
    remove_folder(f->folder);
    result_free(f->result);
    batch_free(f->batch);
    buffer_free(&f->csv);
    arena_free(&f->memory);
    plan_free(f->plan);
    free(f);
    return 0;
}

/* ---- files ---- */

static int count_files(const char *folder)
{
    int count = -2; /* . and .. */
    DIR *d = opendir(folder);
    while (d && readdir(d))
        count++;
    closedir(d);
    return count;
}

static char *read_whole(const char *path, size_t *length)
{
    struct stat found;
    int file = open(path, O_RDONLY);
    assert_true(file >= 0 && fstat(file, &found) == 0);
    char *bytes = malloc((size_t)found.st_size + 1);
    *length = (size_t)found.st_size;
    assert_int_equal(read(file, bytes, *length), found.st_size);
    close(file);
    return bytes;
}

static void write_whole(const char *path, const void *bytes, size_t length)
{
    unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), (ssize_t)length);
    close(file);
}

static bool has_bytes(const char *bytes, size_t length, const char *wanted)
{
    size_t size = strlen(wanted);
    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(bytes + i, wanted, size) == 0)
            return true;
    return false;
}

/* Runs SQL on the sealed file as somebody would who knows nothing of its rules. */
static void edit(const fixture *f, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF", NULL, NULL, NULL), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

/* The first column of the first row, as a text to be freed. */
static char *ask(const fixture *f, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open_v2(f->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &s, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const char *value = (const char *)sqlite3_column_text(s, 0);
    char *copy = strdup(value ? value : "");
    sqlite3_finalize(s);
    sqlite3_close(db);
    return copy;
}

static void assert_answer(const fixture *f, const char *sql, const char *expected)
{
    char *answer = ask(f, sql);
    assert_string_equal(answer, expected);
    free(answer);
}

/* Makes the chain fit the tables again, as a forger would. */
static void rebuild_chain(const fixture *f)
{
    connection c = {.shown = f->path, .phase = PHASE_FILLING};
    edit(f, "DELETE FROM chain");
    assert_int_equal(sqlite3_open(f->path, &c.db), SQLITE_OK);
    assert_int_equal(chain_write(&c, NULL), ASSESS_OK);
    connection_close(&c);
}

/* ---- opening and reading ---- */

static store *open_file(const fixture *f)
{
    store *s = NULL;
    assess_error err = {0};
    if (store_open(f->path, &s, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
    return s;
}

static assess_status try_open(const char *path, assess_error *err)
{
    store *s = NULL;
    assess_status status = store_open(path, &s, err);
    assert_int_equal(status, err->status);
    assert_int_equal(status == ASSESS_OK, s != NULL);
    store_close(s);
    return status;
}

/* Refused with this message, and the file and its folder as they were. */
static void assert_refused(const fixture *f, assess_status status, message_id id)
{
    assess_error err = {0};
    int files = count_files(f->folder);
    assert_int_equal(try_open(f->path, &err), status);
    assert_string_equal(err.id, message_name(id));
    assert_true(err.message[ASSESS_EN][0] && err.message[ASSESS_ZH][0]);
    assert_string_equal(err.file, f->path);
    assert_int_equal(count_files(f->folder), files);
}

static batch *read_back(const fixture *f)
{
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assess_error err = {0};
    if (store_read(s, b, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
    store_close(s);
    return b;
}

static void assert_text(text found, text expected)
{
    assert_int_equal(found.length, expected.length);
    assert_memory_equal(found.bytes, expected.bytes, expected.length);
}

static void assert_decimal(decimal found, decimal expected)
{
    assert_int_equal(found.coeff, expected.coeff);
    if (expected.coeff != CELL_BLANK)
        assert_int_equal(found.scale, expected.scale);
}

/* ---- round trip ---- */

static void test_header_names_scheme_period_version_and_language(void **state)
{
    store *s = open_file(*state);
    const store_header *h = store_get(s);
    assert_text(h->scheme, TEXT("bureau"));
    assert_text(h->period, TEXT("2026"));
    assert_text(h->engine_version, TEXT("0.1.0"));
    assert_int_equal(h->language, ASSESS_ZH);
    assert_false(h->ballots_removed);
    store_close(s);
}

static void test_header_gives_the_parameters_that_were_set(void **state)
{
    store *s = open_file(*state);
    const store_header *h = store_get(s);
    assert_int_equal(h->setting_count, 2);
    assert_text(h->settings[0], TEXT("rounding=whole"));
    assert_text(h->settings[1], TEXT("dereliction.level=1.50"));
    store_close(s);
}

static void test_header_gives_the_rule_files_byte_for_byte(void **state)
{
    fixture *f = *state;
    store *s = open_file(f);
    const store_header *h = store_get(s);
    assert_int_equal(h->file_count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_text(h->file_names[i], f->plan->files[i].name);
        assert_text(h->file_bytes[i], f->plan->files[i].bytes);
    }
    store_close(s);
}

static void test_results_csv_comes_back_byte_for_byte(void **state)
{
    fixture *f = *state;
    store *s = open_file(f);
    assert_text(store_get(s)->results_csv, buffer_text(&f->csv));
    store_close(s);
}

/* 2026-03-04T05:06:07Z */
static void test_sealing_time_is_utc_to_the_second(void **state)
{
    store *s = open_file(*state);
    text at = store_get(s)->sealed_at;
    int32_t day;
    char clock[16];
    time_t now = time(NULL);
    assert_int_equal(at.length, 20);
    assert_int_equal(date_parse(at.bytes, 10, &day), DATE_OK);
    memcpy(clock, at.bytes + 10, 10);
    int64_t seconds = (clock[1] - '0') * 36000 + (clock[2] - '0') * 3600 + (clock[4] - '0') * 600 + (clock[5] - '0') * 60 +
                      (clock[7] - '0') * 10 + (clock[8] - '0');
    int64_t age = (int64_t)now - ((int64_t)day * 86400 + seconds);
    assert_true(clock[0] == 'T' && clock[3] == ':' && clock[6] == ':' && clock[9] == 'Z' && age >= 0 && age < 600);
    store_close(s);
}

static void test_people_come_back_in_their_order(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    const subjects *found = &b->people, *given = &f->batch->people;
    assert_int_equal(found->count, given->count);
    for (size_t i = 0; i < given->count; i++) {
        assert_text(found->ids.texts[i], given->ids.texts[i]);
        assert_text(found->name[i], given->name[i]);
        assert_text(found->unit[i], given->unit[i]);
        assert_text(found->category[i], given->category[i]);
        assert_text(found->post[i], given->post[i]);
        assert_int_equal(found->start[i], given->start[i]);
        assert_int_equal(found->source[i], given->source[i]);
        assert_int_equal(found->row[i], given->row[i]);
    }
    batch_free(b);
}

static void test_attributes_come_back_empty_ones_too(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    assert_int_equal(b->people.attribute_count, 2);
    assert_text(b->people.attribute_names[0], TEXT("政治面貌"));
    assert_text(b->people.attribute_names[1], TEXT("备注"));
    assert_text(b->people.attributes[0][0], TEXT("党员"));
    assert_text(b->people.attributes[0][1], TEXT(""));
    assert_text(b->people.attributes[0][2], TEXT("群众"));
    assert_text(b->people.attributes[1][0], TEXT(""));
    batch_free(b);
}

static void test_sources_come_back_with_their_hashes(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    assert_int_equal(b->source_count, 3);
    assert_text(b->sources[1].name, TEXT("ratings-办公室.csv"));
    assert_true(b->sources[0].hashed);
    assert_memory_equal(&b->sources[0].sha256, &f->batch->sources[0].sha256, sizeof(digest));
    assert_false(b->sources[1].hashed);
    batch_free(b);
}

static void test_sources_say_which_tables_they_gave(void **state)
{
    assert_answer(*state, "SELECT kind FROM source WHERE number = 0", "people");
    assert_answer(*state, "SELECT kind FROM source WHERE number = 1", "ratings");
    assert_answer(*state, "SELECT kind FROM source WHERE number = 2", "events,measures,history");
}

static void test_events_come_back_with_source_and_row(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    assert_int_equal(b->event_count, 2);
    for (size_t i = 0; i < 2; i++) {
        const event *found = &b->events[i], *given = &f->batch->events[i];
        assert_int_equal(found->subject, given->subject);
        assert_int_equal(found->liable, given->liable);
        assert_int_equal(found->kind, given->kind);
        assert_int_equal(found->from, given->from);
        assert_int_equal(found->to, given->to);
        assert_decimal(found->points, given->points);
        assert_decimal(found->amount, given->amount);
        assert_text(found->ref, given->ref);
        assert_text(found->note, given->note);
        assert_int_equal(found->source, given->source);
        assert_int_equal(found->row, given->row);
    }
    batch_free(b);
}

static void test_measures_come_back_with_sign_and_places(void **state)
{
    batch *b = read_back(*state);
    assert_int_equal(b->measure_count, 1);
    assert_int_equal(b->measures[0].subject, 2);
    assert_decimal(b->measures[0].value, (decimal){-375, 2});
    assert_decimal(b->measures[0].target, (decimal){4, 0});
    assert_decimal(b->measures[0].baseline, (decimal){CELL_BLANK, 0});
    assert_int_equal(b->measures[0].row, 9);
    batch_free(b);
}

static void test_history_comes_back(void **state)
{
    batch *b = read_back(*state);
    assert_int_equal(b->history_count, 1);
    assert_text(b->history[0].period, TEXT("2025"));
    assert_text(b->history[0].grade, TEXT("excellent"));
    assert_decimal(b->history[0].score, (decimal){9150, 2});
    assert_int_equal(b->history[0].row, 11);
    batch_free(b);
}

static void test_tables_that_were_there_are_known(void **state)
{
    batch *b = read_back(*state);
    for (int table = 0; table < TABLE_COUNT; table++)
        assert_true(b->has_table[table]);
    batch_free(b);
}

/* Ballots have no order: those of one subject and role are compared as a sum that tells the values apart. */
static int64_t weigh(const batch *b, uint32_t subject, uint8_t role)
{
    const ballots *d = &b->ballots;
    int64_t sum = 0;
    for (size_t i = 0; i < d->count; i++)
        if (d->subject[i] == subject && d->role[i] == role)
            for (size_t item = 0; item < d->item_count; item++) {
                int64_t v = d->values[item][i];
                v = v == CELL_BLANK ? 7001 : v == CELL_INVALID ? 7003 : v * power_of_ten(2 - d->scale[item]);
                sum += (v + 1) * (v + 1) * (item ? 31 : 17);
            }
    return sum;
}

static void test_ballots_come_back_blank_and_invalid_cells_too(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    assert_int_equal(b->ballots.count, f->batch->ballots.count);
    for (uint32_t subject = 0; subject < 3; subject++)
        for (uint8_t role = 0; role < 3; role++)
            assert_int_equal(weigh(b, subject, role), weigh(f->batch, subject, role));
    batch_free(b);
}

static void test_anonymous_ballots_stay_anonymous(void **state)
{
    batch *b = read_back(*state);
    size_t anonymous = 0;
    for (size_t i = 0; i < b->ballots.count; i++)
        anonymous += b->ballots.rater[i] == RATER_ANONYMOUS;
    assert_int_equal(anonymous, 3);
    batch_free(b);
}

static void test_running_it_again_gives_the_same_bytes(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    result *r = NULL;
    buffer csv = {0};
    assert_true(batch_finish(b, 1));
    assert_int_equal(b->problems.errors, 0);
    run(f->plan, b, &r, &csv);
    assert_text(buffer_text(&csv), buffer_text(&f->csv));
    buffer_free(&csv);
    result_free(r);
    batch_free(b);
}

static int setup_review(void **state)
{
    setup_empty(state, make_review_plan());
    fixture *f = *state;
    batch_add_source(f->batch, TEXT("people.csv"));
    person(f->batch, "u1", "财政局", "", DATE_NONE, 2);
    assert_true(batch_begin_segment(f->batch, 0));
    for (int i = 0; i < 30000; i++)
        ballot(f->batch, 0, NULL, 0, i % 3 == 2 ? CELL_BLANK : i % 3, 0);
    f->batch->has_table[TABLE_PEOPLE] = f->batch->has_table[TABLE_RATINGS] = true;
    finish_fixture(f);
    assert_int_equal(write_file(f, false), ASSESS_OK);
    return 0;
}

static void test_options_come_back_as_they_were(void **state)
{
    fixture *f = *state;
    batch *b = read_back(f);
    assert_int_equal(b->ballots.count, 30000);
    assert_int_equal(weigh(b, 0, 0), weigh(f->batch, 0, 0));
    batch_free(b);
}

static void test_options_are_found_by_their_id_in_another_order(void **state)
{
    fixture *f = *state;
    const plan_option turned[] = {options[1], options[0]};
    f->plan->items[0].options = (plan_option *)(uintptr_t)turned;
    make_vocabulary(f);
    batch *b = read_back(f);
    size_t first = 0;
    for (size_t i = 0; i < b->ballots.count; i++)
        first += b->ballots.values[0][i] == 1; /* A is the second now */
    assert_int_equal(first, 10000);
    batch_free(b);
}

static void test_many_ballots_of_one_subject_are_split(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < 60000; i++)
        ballot(f->batch, 0, NULL, 0, i % 2, 0);
    assert_int_equal(write_file(f, true), ASSESS_OK);
    assert_answer(f, "SELECT count(*) > 1 FROM ballot", "1");
    batch *b = read_back(f);
    assert_int_equal(b->ballots.count, 90000);
    batch_free(b);
}

static void test_a_run_without_ballots_is_sealed(void **state)
{
    fixture *f = *state;
    f->batch->ballots.count = 0;
    assert_int_equal(write_file(f, true), ASSESS_OK);
    batch *b = read_back(f);
    assert_int_equal(b->ballots.count, 0);
    batch_free(b);
}

static void test_results_csv_longer_than_a_piece_comes_back(void **state)
{
    fixture *f = *state;
    buffer csv = {0};
    for (int i = 0; i < 400000; i++)
        buffer_add_string(&csv, "称职");
    f->seal.results_csv = buffer_text(&csv);
    assert_int_equal(write_file(f, true), ASSESS_OK);
    store *s = open_file(f);
    assert_text(store_get(s)->results_csv, buffer_text(&csv));
    store_close(s);
    buffer_free(&csv);
}

static void test_a_text_of_more_than_a_mebibyte_is_refused(void **state)
{
    fixture *f = *state;
    buffer note = {0};
    for (int i = 0; i < 400000; i++)
        buffer_add_string(&note, "长");
    f->batch->events[0].note = buffer_text(&note);
    assess_error err = {0};
    assert_int_equal(store_write(&f->seal, f->path, false, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(MSG_store_row_too_long));
    assert_int_equal(count_files(f->folder), 0);
    buffer_free(&note);
}

/* ---- raters ---- */

static void test_no_rater_can_be_found_in_the_file(void **state)
{
    fixture *f = *state;
    size_t length;
    char *bytes = read_whole(f->path, &length);
    assert_true(has_bytes(bytes, length, "张三"));
    assert_false(has_bytes(bytes, length, "rater-ann"));
    assert_false(has_bytes(bytes, length, "rater-bob"));
    free(bytes);
}

static void test_a_rater_has_another_pseudonym_for_each_subject_and_role(void **state)
{
    assert_answer(*state,
                  "SELECT count(DISTINCT hex(substr(b.raters, 1 + 16 * n.i, 16))) = sum(1) FROM ballot AS b "
                  "JOIN (SELECT 0 AS i UNION SELECT 1) AS n ON n.i < length(b.raters) / 16",
                  "1");
}

static void test_each_file_has_pseudonyms_of_its_own(void **state)
{
    fixture *f = *state;
    char *before = ask(f, "SELECT hex(raters) FROM ballot WHERE number = 1");
    assert_int_equal(write_file(f, true), ASSESS_OK);
    char *after = ask(f, "SELECT hex(raters) FROM ballot WHERE number = 1");
    assert_string_not_equal(before, after);
    free(before);
    free(after);
}

/* By hand: 7/40 and 7.5/41 of nobody stand after 8.5/55 and 10/60, whose order is chance; 8.5 has lost its second zero. */
static void test_sheets_are_in_the_order_of_pseudonyms_then_of_values(void **state)
{
    char *sheets = ask(*state, "SELECT sheets FROM ballot WHERE subject = 0 AND role = 1");
    assert_true(strcmp(sheets, "8.5,55\n10,60\n7,40\n7.5,41\n") == 0 || strcmp(sheets, "10,60\n8.5,55\n7,40\n7.5,41\n") == 0);
    free(sheets);
}

static void swap_ballots(ballots *d, size_t a, size_t b)
{
    uint32_t subject = d->subject[a], rater = d->rater[a];
    uint8_t role = d->role[a];
    d->subject[a] = d->subject[b], d->subject[b] = subject;
    d->rater[a] = d->rater[b], d->rater[b] = rater;
    d->role[a] = d->role[b], d->role[b] = role;
    for (size_t i = 0; i < d->item_count; i++) {
        int64_t value = d->values[i][a];
        d->values[i][a] = d->values[i][b], d->values[i][b] = value;
    }
}

static void test_the_order_of_the_input_leaves_no_trace(void **state)
{
    fixture *f = *state;
    const char *anonymous = "SELECT group_concat(subject || ':' || role || ':' || substr(sheets, -12)) FROM ballot WHERE subject = 0";
    char *before = ask(f, anonymous);
    for (size_t i = 0, j = f->batch->ballots.count - 1; i < j; i++, j--)
        swap_ballots(&f->batch->ballots, i, j);
    assert_int_equal(write_file(f, true), ASSESS_OK);
    assert_answer(f, anonymous, before);
    free(before);
}

/* ---- files ---- */

static void test_the_file_is_for_its_owner_to_read(void **state)
{
    fixture *f = *state;
    struct stat found;
    assert_int_equal(stat(f->path, &found), 0);
    assert_int_equal(found.st_mode & 07777, 0400);
}

static void test_nothing_is_left_beside_the_file(void **state)
{
    fixture *f = *state;
    assert_int_equal(count_files(f->folder), 1);
}

static void test_reading_leaves_nothing_beside_the_file(void **state)
{
    fixture *f = *state;
    batch_free(read_back(f));
    assert_int_equal(count_files(f->folder), 1);
}

static void test_an_existing_file_is_left_alone(void **state)
{
    fixture *f = *state;
    size_t length;
    assess_error err = {0};
    write_whole(f->path, "mine", 4);
    assert_int_equal(store_write(&f->seal, f->path, false, &err), ASSESS_E_CALL);
    assert_string_equal(err.id, message_name(MSG_store_exists));
    char *bytes = read_whole(f->path, &length);
    assert_int_equal(length, 4);
    assert_memory_equal(bytes, "mine", 4);
    assert_int_equal(count_files(f->folder), 1);
    free(bytes);
}

static void test_force_replaces_an_existing_file(void **state)
{
    fixture *f = *state;
    write_whole(f->path, "mine", 4);
    assert_int_equal(write_file(f, true), ASSESS_OK);
    store_close(open_file(f));
    assert_int_equal(count_files(f->folder), 1);
}

static void test_a_link_without_a_file_behind_it_is_not_followed(void **state)
{
    fixture *f = *state;
    char elsewhere[128];
    strcpy(elsewhere, f->folder);
    strcat(elsewhere, "/elsewhere.db");
    assert_int_equal(symlink(elsewhere, f->path), 0);
    assert_int_equal(write_file(f, false), ASSESS_E_CALL);
    assert_int_equal(access(elsewhere, F_OK), -1);
}

static void test_a_missing_folder_is_the_machines_failure(void **state)
{
    fixture *f = *state;
    assess_error err = {0};
    strcpy(f->path, f->folder);
    strcat(f->path, "/nowhere/batch.db");
    assert_int_equal(store_write(&f->seal, f->path, false, &err), ASSESS_E_SYSTEM);
    assert_string_equal(err.id, message_name(MSG_store_cannot_create));
    assert_int_equal(count_files(f->folder), 0);
}

static void test_a_folder_is_never_replaced(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkdir(f->path, 0700), 0);
    assert_int_equal(write_file(f, true), ASSESS_E_SYSTEM);
    assert_int_equal(count_files(f->folder), 1);
    assert_int_equal(rmdir(f->path), 0);
}

static void test_a_path_without_folder_means_the_current_one(void **state)
{
    fixture *f = *state;
    int before = open(".", O_RDONLY);
    assert_int_equal(chdir(f->folder), 0);
    assert_int_equal(store_write(&f->seal, "batch.db", false, NULL), ASSESS_OK);
    store *s = NULL;
    assert_int_equal(store_open("batch.db", &s, NULL), ASSESS_OK);
    store_close(s);
    assert_int_equal(fchdir(before), 0);
    close(before);
}

static void test_a_link_in_the_folders_of_a_path_is_followed(void **state)
{
    fixture *f = *state;
    char link_path[128];
    strcpy(link_path, f->folder);
    strcat(link_path, "-link");
    assert_int_equal(symlink(f->folder, link_path), 0);
    strcpy(f->path, link_path);
    strcat(f->path, "/batch.db");
    assert_int_equal(write_file(f, false), ASSESS_OK);
    store_close(open_file(f));
    unlink(link_path);
}

static void test_sealed_names_end_in_db(void **state)
{
    (void)state;
    assert_true(store_is_sealed_name(TEXT("out/batch.db")));
    assert_false(store_is_sealed_name(TEXT("batch.csv")));
    assert_false(store_is_sealed_name(TEXT(".db")));
    assert_false(store_is_sealed_name(TEXT("")));
}

/* ---- verifying ---- */

typedef struct verdict {
    assess_status status;
    arena memory;
    store_check *checks;
    size_t count;
} verdict;

static verdict verify(const fixture *f)
{
    verdict v = {0};
    store *s = open_file(f);
    assess_error err = {0};
    v.status = store_verify(s, &v.memory, &v.checks, &v.count, &err);
    assert_int_equal(v.status, err.status);
    store_close(s);
    return v;
}

static const store_check *find_check(const verdict *v, message_id what)
{
    for (size_t i = 0; i < v->count; i++)
        if (v->checks[i].what == what)
            return &v->checks[i];
    return NULL;
}

static void assert_fails(const fixture *f, message_id what)
{
    verdict v = verify(f);
    const store_check *check = find_check(&v, what);
    assert_int_equal(v.status, ASSESS_E_INPUT);
    assert_non_null(check);
    assert_false(check->passed);
    arena_free(&v.memory);
}

static void test_an_untouched_file_verifies(void **state)
{
    verdict v = verify(*state);
    assert_int_equal(v.status, ASSESS_OK);
    assert_int_equal(v.count, PART_COUNT + 4);
    for (size_t i = 0; i < v.count; i++)
        assert_true(v.checks[i].passed);
    arena_free(&v.memory);
}

static void test_the_chain_head_is_that_of_the_last_entry(void **state)
{
    fixture *f = *state;
    char hexadecimal[65];
    store *s = open_file(f);
    digest_print(&store_get(s)->chain_head, hexadecimal);
    assert_answer(f, "SELECT hash FROM chain ORDER BY seq DESC LIMIT 1", hexadecimal);
    /* 7 of meta, 2 settings, 2 rule files, 3 sources, 8 tables */
    assert_int_equal(store_get(s)->chain_length, 22);
    store_close(s);
}

/* The root of a tree of one leaf is the leaf: SHA-256(0x00 | 8 "settings"…), here by an independent computation over the
 * canonical bytes of ("whole" set for "rounding"): fields "rounding", "whole", "0". */
static void test_a_leaf_is_the_hash_of_the_canonical_bytes(void **state)
{
    static const char row[] = "\0\0\0\0\x08rounding\0\0\0\x05whole\0\0\0\x01" "0";
    digest leaf;
    char hexadecimal[65];
    assert_true(digest_of(row, sizeof row - 1, &leaf));
    digest_print(&leaf, hexadecimal);
    assert_answer(*state, "SELECT content FROM chain WHERE kind = 'setting' AND name = 'rounding'", hexadecimal);
}

/* RFC 6962, 2.1: the tree hash of no entries is that of nothing. */
static void test_the_root_of_an_empty_table_is_the_hash_of_nothing(void **state)
{
    fixture *f = *state;
    f->batch->measure_count = 0;
    assert_int_equal(write_file(f, true), ASSESS_OK);
    assert_answer(f, "SELECT content FROM chain WHERE kind = 'measures'",
                  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#define TAMPER(name, sql, claim)                                                                                        \
    static void test_changed_##name##_do_not_verify(void **state)                                                       \
    {                                                                                                                   \
        edit(*state, sql);                                                                                              \
        assert_fails(*state, MSG_store_claim_##claim);                                                                  \
    }

TAMPER(periods, "UPDATE meta SET value = '2027' WHERE key = 'period'", meta)
TAMPER(settings, "UPDATE setting SET value = 'hundredths' WHERE ordinal = 0", settings)
TAMPER(rule_texts, "UPDATE rule_file SET content = content || ' ' WHERE ordinal = 1", rules)
TAMPER(rule_hashes, "UPDATE rule_file SET sha256 = replace(sha256, substr(sha256, 1, 1), 'f') || '' WHERE ordinal = 0", rules)
TAMPER(sources, "UPDATE source SET name = 'other.csv' WHERE number = 2", sources)
TAMPER(people, "UPDATE subject SET unit = '财务股' WHERE number = 1", people)
TAMPER(attribute_names, "UPDATE attribute SET name = '党派' WHERE number = 0", people)
TAMPER(attributes, "UPDATE subject_attribute SET value = '团员'", people)
TAMPER(roles, "UPDATE role SET id = 'public' WHERE number = 1", words)
TAMPER(items, "UPDATE item SET id = 'ability' WHERE number = 0", words)
TAMPER(ballots, "UPDATE ballot SET sheets = replace(sheets, '8.5', '9.5')", ballots)
TAMPER(raters, "UPDATE ballot SET raters = zeroblob(length(raters)) WHERE number = 1", ballots)
TAMPER(events, "UPDATE event SET points = '0.5' WHERE points <> ''", events)
TAMPER(measures, "UPDATE measure SET value = '3.75'", measures)
TAMPER(histories, "UPDATE history SET grade = 'competent'", history)
TAMPER(results, "UPDATE result SET score = '99.99' WHERE subject = 0", results)
TAMPER(results_csv_bytes, "UPDATE results_csv SET piece = CAST(replace(CAST(piece AS TEXT), '张三', '张五') AS BLOB)", results_csv)
TAMPER(result_rows_and_results_csv, "UPDATE result SET score = '99.99' WHERE subject = 0", rows_agree)
TAMPER(chain_hashes, "UPDATE chain SET hash = leaf WHERE seq = 5", chain)
TAMPER(chain_leaves, "UPDATE chain SET leaf = hash WHERE seq = 5", chain)
TAMPER(chain_contents, "UPDATE chain SET content = leaf WHERE kind = 'people'", people)
TAMPER(chain_rows, "UPDATE chain SET rows = rows + 1 WHERE kind = 'results'", results)
TAMPER(chain_numbers, "UPDATE chain SET seq = 1000 WHERE seq = (SELECT max(seq) FROM chain)", chain)
TAMPER(chain_tails, "DELETE FROM chain WHERE seq = (SELECT max(seq) FROM chain)", results_csv)
TAMPER(chain_middles, "DELETE FROM chain WHERE seq = 12", chain)
TAMPER(chain_lengths, "INSERT INTO chain SELECT seq + 1, kind, name, rows, content, leaf, hash FROM chain WHERE seq = 22", chain)
TAMPER(chain_existences, "DELETE FROM chain", chain)
TAMPER(settings_list, "INSERT INTO setting VALUES(2, 'extra', '1')", settings)
TAMPER(people_list, "DELETE FROM history; DELETE FROM result WHERE subject = 2; DELETE FROM measure; "
                    "UPDATE event SET liable = NULL; DELETE FROM subject_attribute WHERE subject = 2; "
                    "DELETE FROM ballot WHERE subject = 2; DELETE FROM subject WHERE number = 2", people)
TAMPER(parts_of_ballots, "DELETE FROM ballot WHERE number = 2", ballots)

static void test_the_report_names_the_source_that_differs(void **state)
{
    edit(*state, "UPDATE source SET sha256 = '' WHERE number = 0");
    verdict v = verify(*state);
    assert_text(find_check(&v, MSG_store_claim_sources)->detail, TEXT("people.csv"));
    arena_free(&v.memory);
}

static void test_a_forged_chain_does_not_hide_rows_that_differ_from_results_csv(void **state)
{
    fixture *f = *state;
    edit(f, "UPDATE result SET grade = 'excellent' WHERE subject = 0");
    rebuild_chain(f);
    verdict v = verify(f);
    const store_check *check = find_check(&v, MSG_store_claim_rows_agree);
    assert_int_equal(v.status, ASSESS_E_INPUT);
    assert_true(find_check(&v, MSG_store_claim_results)->passed);
    assert_false(check->passed);
    assert_text(check->detail, TEXT("1001"));
    arena_free(&v.memory);
}

static void test_a_forged_chain_does_not_hide_a_rule_file_with_another_hash(void **state)
{
    fixture *f = *state;
    edit(f, "UPDATE rule_file SET content = '-- other' WHERE ordinal = 1");
    rebuild_chain(f);
    assert_fails(f, MSG_store_claim_rule_hashes);
}

static void test_a_forged_chain_has_another_head(void **state)
{
    fixture *f = *state;
    store *s = open_file(f);
    digest before = store_get(s)->chain_head;
    store_close(s);
    edit(f, "UPDATE event SET points = '0.5' WHERE points <> ''");
    rebuild_chain(f);
    s = open_file(f);
    assert_memory_not_equal(&store_get(s)->chain_head, &before, sizeof before);
    store_close(s);
}

/* ---- ballots that were removed ---- */

static void test_removed_ballots_are_reported_and_the_rest_verifies(void **state)
{
    fixture *f = *state;
    edit(f, "DELETE FROM ballot; VACUUM");
    verdict v = verify(f);
    const store_check *check = find_check(&v, MSG_store_claim_ballots_removed);
    assert_int_equal(v.status, ASSESS_OK);
    assert_non_null(check);
    assert_true(check->passed);
    assert_text(check->detail, TEXT("10"));
    assert_null(find_check(&v, MSG_store_claim_ballots));
    arena_free(&v.memory);
}

static void test_removed_ballots_cannot_be_read(void **state)
{
    fixture *f = *state;
    assess_error err = {0};
    edit(f, "DELETE FROM ballot");
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assert_true(store_get(s)->ballots_removed);
    assert_int_equal(store_read(s, b, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(MSG_store_ballots_removed));
    store_close(s);
    batch_free(b);
}

static void test_removed_ballots_do_not_hide_other_changes(void **state)
{
    edit(*state, "DELETE FROM ballot; UPDATE result SET rank = 1");
    assert_fails(*state, MSG_store_claim_results);
}

/* ---- files that nobody sealed ---- */

static void test_a_missing_file_is_the_machines_failure(void **state)
{
    assert_refused(*state, ASSESS_E_SYSTEM, MSG_store_cannot_open);
}

static void assert_bytes_refused(const fixture *f, const void *bytes, size_t length, message_id id)
{
    write_whole(f->path, bytes, length);
    assert_refused(f, ASSESS_E_INPUT, id);
}

static void test_an_empty_file_is_refused(void **state)
{
    assert_bytes_refused(*state, "", 0, MSG_store_not_sealed);
}

static void test_a_table_is_refused(void **state)
{
    assert_bytes_refused(*state, "编号,姓名\n1,张三\n", 24, MSG_store_not_sealed);
}

static void test_a_zip_archive_is_refused(void **state)
{
    char zip[4096] = "PK\x03\x04";
    assert_bytes_refused(*state, zip, sizeof zip, MSG_store_not_sealed);
}

static void test_another_database_is_refused(void **state)
{
    fixture *f = *state;
    edit(f, "CREATE TABLE t(a); INSERT INTO t VALUES(1)");
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_sealed);
}

#define HOSTILE(name, sql, id)                                                                                          \
    static void test_a_file_with_##name##_is_refused(void **state)                                                      \
    {                                                                                                                   \
        edit(*state, sql);                                                                                              \
        assert_refused(*state, ASSESS_E_INPUT, MSG_store_##id);                                                         \
    }

HOSTILE(another_application_id, "PRAGMA application_id = 1", not_sealed)
HOSTILE(another_format, "PRAGMA user_version = 2", other_format)
HOSTILE(an_extra_table, "CREATE TABLE extra(a)", other_tables)
HOSTILE(an_extra_index, "CREATE INDEX extra ON subject(id)", other_tables)
HOSTILE(a_view, "CREATE VIEW extra AS SELECT * FROM subject", other_tables)
HOSTILE(a_trigger, "CREATE TRIGGER extra AFTER INSERT ON meta BEGIN DELETE FROM meta; END", other_tables)
HOSTILE(statistics, "ANALYZE", other_tables)
HOSTILE(a_table_less, "DROP TABLE history", other_tables)
HOSTILE(a_column_more, "ALTER TABLE subject ADD COLUMN extra TEXT", other_tables)
HOSTILE(a_table_replaced_by_a_view, "DROP TABLE setting; CREATE VIEW setting AS SELECT 1 AS ordinal, 'a' AS name, 'b' AS value", other_tables)
HOSTILE(a_log_for_a_journal, "PRAGMA journal_mode=WAL", in_use)
HOSTILE(a_huge_cell, "UPDATE subject SET name = CAST(zeroblob(2000000) AS TEXT) WHERE number = 0", damaged)
HOSTILE(a_reference_to_nothing, "UPDATE result SET subject = 77 WHERE subject = 2", damaged)
HOSTILE(a_value_against_a_check, "UPDATE result SET status = 'good'", damaged)
HOSTILE(no_scheme, "DELETE FROM meta WHERE key = 'scheme'", damaged)
HOSTILE(no_rule_file, "DELETE FROM rule_file", damaged)
HOSTILE(a_scheme_that_is_not_utf8, "UPDATE meta SET value = CAST(x'ff41' AS TEXT) WHERE key = 'scheme'", damaged)
HOSTILE(a_setting_that_is_not_utf8, "UPDATE setting SET value = CAST(x'ff41' AS TEXT)", damaged)
HOSTILE(a_head_that_is_no_hash, "UPDATE chain SET hash = replace(hash, substr(hash, 1, 1), 'x')", damaged)

/* One comparison of two long texts would take hours; SQLite would run it while checking the file. */
static void test_a_check_that_never_ends_is_not_run(void **state)
{
    fixture *f = *state;
    edit(f, "DROP TABLE setting; CREATE TABLE setting(ordinal INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL, "
            "CHECK(instr(hex(zeroblob(400000)), hex(zeroblob(200000)) || '1') >= 0)) STRICT; "
            "INSERT INTO setting VALUES(0, 'a', 'b')");
    assert_refused(f, ASSESS_E_INPUT, MSG_store_other_tables);
}

static void test_a_schema_of_many_tables_is_not_loaded(void **state)
{
    fixture *f = *state;
    sqlite3 *db;
    char sql[] = "CREATE TABLE t0000(a)";
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
    for (int i = 0; i < 5000; i++) {
        for (int digit = 0, rest = i; digit < 4; digit++, rest /= 10)
            sql[17 - digit] = (char)('0' + rest % 10);
        assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    }
    sqlite3_exec(db, "COMMIT", NULL, NULL, NULL);
    sqlite3_close(db);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_other_tables);
}

static void assert_beside_refused(const fixture *f, const char *suffix)
{
    char beside[128];
    strcpy(beside, f->path);
    strcat(beside, suffix);
    write_whole(beside, "left over", 9);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_in_use);
    assert_int_equal(access(beside, F_OK), 0);
}

static void test_a_journal_beside_the_file_is_neither_played_nor_removed(void **state)
{
    assert_beside_refused(*state, "-journal");
}

static void test_a_log_beside_the_file_is_neither_played_nor_removed(void **state)
{
    assert_beside_refused(*state, "-wal");
}

static void test_a_symbolic_link_is_refused(void **state)
{
    fixture *f = *state;
    char real[128];
    strcpy(real, f->folder);
    strcat(real, "/real.db");
    assert_int_equal(rename(f->path, real), 0);
    assert_int_equal(symlink(real, f->path), 0);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

static void test_a_folder_is_refused(void **state)
{
    fixture *f = *state;
    strcpy(f->path, f->folder);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

static void test_a_pipe_is_refused_without_waiting(void **state)
{
    fixture *f = *state;
    assert_int_equal(mkfifo(f->path, 0600), 0);
    assert_refused(f, ASSESS_E_INPUT, MSG_store_not_a_file);
}

/* Opens, reads and verifies; whatever the outcome, only a file that says the same may verify. */
static void examine(const fixture *f)
{
    store *s = NULL;
    assess_error err = {0};
    arena memory = {0};
    store_check *checks;
    size_t count;
    assess_status status = store_open(f->path, &s, &err);
    assert_true(status == ASSESS_OK || status == ASSESS_E_INPUT);
    if (status == ASSESS_OK) {
        batch *b = batch_new(&f->words);
        assess_status read = store_read(s, b, NULL);
        assess_status verified = store_verify(s, &memory, &checks, &count, NULL);
        assert_true(read == ASSESS_OK || read == ASSESS_E_INPUT);
        if (verified == ASSESS_OK)
            assert_text(store_get(s)->results_csv, buffer_text(&f->csv));
        batch_free(b);
        arena_free(&memory);
        store_close(s);
    }
    assert_int_equal(count_files(f->folder), 1);
}

static void test_a_file_cut_anywhere_is_refused(void **state)
{
    fixture *f = *state;
    size_t length;
    char *bytes = read_whole(f->path, &length);
    for (size_t cut = 0; cut < length; cut += cut < 1024 ? 33 : 1021) {
        assess_error err = {0};
        write_whole(f->path, bytes, cut);
        assert_int_equal(try_open(f->path, &err), ASSESS_E_INPUT);
    }
    free(bytes);
}

static void test_a_flipped_bit_is_harmless(void **state)
{
    fixture *f = *state;
    size_t length;
    char *bytes = read_whole(f->path, &length);
    for (size_t at = 0; at < length; at += at < 200 ? 1 : 127) {
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
        write_whole(f->path, bytes, length);
        examine(f);
        bytes[at] = (char)(bytes[at] ^ (1 << (at % 8)));
    }
    free(bytes);
}

static void test_refusing_a_file_changes_no_byte_of_it(void **state)
{
    fixture *f = *state;
    size_t before_length, after_length;
    edit(f, "CREATE TABLE extra(a)");
    char *before = read_whole(f->path, &before_length);
    assess_error err = {0};
    try_open(f->path, &err);
    char *after = read_whole(f->path, &after_length);
    assert_int_equal(before_length, after_length);
    assert_memory_equal(before, after, before_length);
    free(before);
    free(after);
}

/* ---- rows that no reader of tables would have let through ---- */

static void assert_unreadable(const fixture *f, const char *sql, message_id id)
{
    assess_error err = {0};
    edit(f, sql);
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assert_int_equal(store_read(s, b, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, message_name(id));
    assert_int_equal(utf8_invalid_at(err.message[ASSESS_ZH], strlen(err.message[ASSESS_ZH])), strlen(err.message[ASSESS_ZH]));
    batch_free(b);
    store_close(s);
}

#define IMPOSSIBLE(name, sql, id)                                                                                       \
    static void test_##name##_cannot_be_read(void **state) { assert_unreadable(*state, sql, MSG_store_##id); }

IMPOSSIBLE(a_second_person_of_one_id, "UPDATE subject SET id = '1001' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_name_that_is_not_utf8, "UPDATE subject SET name = CAST(x'e5bca0ff' AS TEXT) WHERE number = 1", impossible_row)
IMPOSSIBLE(a_day_that_does_not_exist, "UPDATE subject SET start = '2026-02-30' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_row_number_below_nothing, "UPDATE subject SET row = -1 WHERE number = 1", impossible_row)
IMPOSSIBLE(an_attribute_named_twice, "UPDATE attribute SET name = '政治面貌'", impossible_row)
IMPOSSIBLE(events_out_of_number, "UPDATE event SET number = 9 WHERE number = 1", impossible_row)
IMPOSSIBLE(a_kind_nobody_knows, "UPDATE event SET kind = '迟到' WHERE number = 1", impossible_row)
IMPOSSIBLE(an_end_before_its_beginning, "UPDATE event SET last_day = '2000-01-01' WHERE number = 0", impossible_row)
IMPOSSIBLE(negative_points, "UPDATE event SET points = '-1' WHERE number = 1", impossible_row)
IMPOSSIBLE(points_with_two_points, "UPDATE event SET points = '1.2.3' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_measure_nobody_knows, "UPDATE measure SET measure = 'x'", impossible_row)
IMPOSSIBLE(a_history_score_that_is_no_number, "UPDATE history SET score = '--'", impossible_row)
IMPOSSIBLE(a_source_hash_that_is_none, "UPDATE source SET sha256 = replace(sha256, substr(sha256, 1, 1), 'X') WHERE number = 0", impossible_row)
IMPOSSIBLE(a_role_the_rules_do_not_know, "UPDATE role SET id = 'boss' WHERE number = 1", unknown_word)
IMPOSSIBLE(a_role_that_is_not_utf8, "UPDATE role SET id = CAST(x'ff' AS TEXT) WHERE number = 1", unknown_word)
IMPOSSIBLE(an_item_the_rules_do_not_know, "UPDATE item SET id = 'looks' WHERE number = 1", unknown_word)
IMPOSSIBLE(an_item_named_twice, "UPDATE item SET id = 'virtue'", impossible_row)
IMPOSSIBLE(items_less_than_the_rules_have, "DELETE FROM item WHERE number = 1", impossible_row)
IMPOSSIBLE(a_value_above_the_maximum, "UPDATE ballot SET sheets = '10.1,60' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_value_of_more_places, "UPDATE ballot SET sheets = '1.01,60' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_value_of_many_digits, "UPDATE ballot SET sheets = '1,99999999999999999999' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_negative_value, "UPDATE ballot SET sheets = '-1,60' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(an_empty_value, "UPDATE ballot SET sheets = ',60' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_sheet_of_one_value, "UPDATE ballot SET sheets = '1' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_sheet_of_three_values, "UPDATE ballot SET sheets = '1,2,3' || char(10), count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(a_sheet_without_end, "UPDATE ballot SET sheets = '1,2', count = 1, raters = x'' WHERE number = 1", impossible_row)
IMPOSSIBLE(sheets_more_than_counted, "UPDATE ballot SET sheets = sheets || sheets WHERE number = 1", impossible_row)
IMPOSSIBLE(sheets_less_than_counted, "UPDATE ballot SET count = 1000000000000 WHERE number = 1", impossible_row)
IMPOSSIBLE(the_same_rater_twice, "UPDATE ballot SET raters = zeroblob(32), count = 2, sheets = '1,2' || char(10) || '1,2' || char(10) WHERE number = 1", impossible_row)
IMPOSSIBLE(ballots_out_of_order, "UPDATE ballot SET number = 100 - number", impossible_row)
IMPOSSIBLE(a_part_without_the_one_before, "UPDATE ballot SET part = 1 WHERE number = 2", impossible_row)

static void test_an_option_the_rules_do_not_know_cannot_be_read(void **state)
{
    assert_unreadable(*state, "UPDATE item_option SET id = 'Z' WHERE number = 1", MSG_store_unknown_word);
}

static void test_an_option_beyond_the_last_cannot_be_read(void **state)
{
    assert_unreadable(*state, "UPDATE ballot SET sheets = replace(sheets, '1', '2')", MSG_store_impossible_row);
}

/* ---- failures of the machine ---- */

static void forget_faults(void)
{
    mem_fault_after(-1);
    sqlite_left = -1;
}

typedef void (*fault)(long successes);

static void fail_own_heap(long successes)
{
    mem_fault_after(successes);
}

static void fail_sqlite_heap(long successes)
{
    sqlite_asked = 0;
    sqlite_left = successes;
}

/* Every allocation in turn, further apart the more there are. */
static long next_fault(long n)
{
    return n + 1 + n / 50;
}

static void write_under_faults(fixture *f, fault fail_after)
{
    size_t length;
    write_whole(f->path, "mine", 4);
    for (long n = 0;; n = next_fault(n)) {
        assess_error err = {0};
        fail_after(n);
        assess_status status = store_write(&f->seal, f->path, true, &err);
        forget_faults();
        assert_int_equal(count_files(f->folder), 1);
        if (status == ASSESS_OK)
            break;
        assert_int_equal(status, ASSESS_E_SYSTEM);
        char *bytes = read_whole(f->path, &length);
        assert_int_equal(length, 4);
        free(bytes);
    }
    store_close(open_file(f));
}

static void test_writing_without_memory_leaves_the_earlier_file(void **state)
{
    write_under_faults(*state, fail_own_heap);
}

static void test_writing_without_sqlites_memory_leaves_the_earlier_file(void **state)
{
    write_under_faults(*state, fail_sqlite_heap);
}

static assess_status read_and_verify(const fixture *f, assess_error *err)
{
    store *s = NULL;
    arena memory = {0};
    store_check *checks;
    size_t count;
    batch *b = batch_new(&f->words);
    assess_status status = b ? store_open(f->path, &s, err) : error_no_memory(err);
    if (status == ASSESS_OK)
        status = store_read(s, b, err);
    if (status == ASSESS_OK)
        status = store_verify(s, &memory, &checks, &count, err);
    store_close(s);
    batch_free(b);
    arena_free(&memory);
    return status;
}

static void read_under_faults(fixture *f, fault fail_after)
{
    for (long n = 0;; n = next_fault(n)) {
        assess_error err = {0};
        fail_after(n);
        assess_status status = read_and_verify(f, &err);
        forget_faults();
        if (status == ASSESS_OK)
            break;
        assert_int_equal(status, ASSESS_E_SYSTEM);
        assert_string_equal(err.id, message_name(MSG_no_memory));
    }
}

static void test_reading_without_memory_says_so(void **state)
{
    read_under_faults(*state, fail_own_heap);
}

static void test_reading_without_sqlites_memory_says_so(void **state)
{
    read_under_faults(*state, fail_sqlite_heap);
}

#define SEALED(test) cmocka_unit_test_setup_teardown(test, setup_sealed, teardown)
#define UNSEALED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define REVIEW(test) cmocka_unit_test_setup_teardown(test, setup_review, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        SEALED(test_header_names_scheme_period_version_and_language),
        SEALED(test_header_gives_the_parameters_that_were_set),
        SEALED(test_header_gives_the_rule_files_byte_for_byte),
        SEALED(test_results_csv_comes_back_byte_for_byte),
        SEALED(test_sealing_time_is_utc_to_the_second),
        SEALED(test_people_come_back_in_their_order),
        SEALED(test_attributes_come_back_empty_ones_too),
        SEALED(test_sources_come_back_with_their_hashes),
        SEALED(test_sources_say_which_tables_they_gave),
        SEALED(test_events_come_back_with_source_and_row),
        SEALED(test_measures_come_back_with_sign_and_places),
        SEALED(test_history_comes_back),
        SEALED(test_tables_that_were_there_are_known),
        SEALED(test_ballots_come_back_blank_and_invalid_cells_too),
        SEALED(test_anonymous_ballots_stay_anonymous),
        SEALED(test_running_it_again_gives_the_same_bytes),
        REVIEW(test_options_come_back_as_they_were),
        REVIEW(test_options_are_found_by_their_id_in_another_order),
        REVIEW(test_many_ballots_of_one_subject_are_split),
        SEALED(test_a_run_without_ballots_is_sealed),
        SEALED(test_results_csv_longer_than_a_piece_comes_back),
        UNSEALED(test_a_text_of_more_than_a_mebibyte_is_refused),
        SEALED(test_no_rater_can_be_found_in_the_file),
        SEALED(test_a_rater_has_another_pseudonym_for_each_subject_and_role),
        SEALED(test_each_file_has_pseudonyms_of_its_own),
        SEALED(test_sheets_are_in_the_order_of_pseudonyms_then_of_values),
        SEALED(test_the_order_of_the_input_leaves_no_trace),
        SEALED(test_the_file_is_for_its_owner_to_read),
        SEALED(test_nothing_is_left_beside_the_file),
        SEALED(test_reading_leaves_nothing_beside_the_file),
        UNSEALED(test_an_existing_file_is_left_alone),
        UNSEALED(test_force_replaces_an_existing_file),
        UNSEALED(test_a_link_without_a_file_behind_it_is_not_followed),
        UNSEALED(test_a_missing_folder_is_the_machines_failure),
        UNSEALED(test_a_folder_is_never_replaced),
        UNSEALED(test_a_path_without_folder_means_the_current_one),
        UNSEALED(test_a_link_in_the_folders_of_a_path_is_followed),
        cmocka_unit_test(test_sealed_names_end_in_db),
        SEALED(test_an_untouched_file_verifies),
        SEALED(test_the_chain_head_is_that_of_the_last_entry),
        SEALED(test_a_leaf_is_the_hash_of_the_canonical_bytes),
        SEALED(test_the_root_of_an_empty_table_is_the_hash_of_nothing),
        SEALED(test_changed_periods_do_not_verify),
        SEALED(test_changed_settings_do_not_verify),
        SEALED(test_changed_rule_texts_do_not_verify),
        SEALED(test_changed_rule_hashes_do_not_verify),
        SEALED(test_changed_sources_do_not_verify),
        SEALED(test_changed_people_do_not_verify),
        SEALED(test_changed_attribute_names_do_not_verify),
        SEALED(test_changed_attributes_do_not_verify),
        SEALED(test_changed_roles_do_not_verify),
        SEALED(test_changed_items_do_not_verify),
        SEALED(test_changed_ballots_do_not_verify),
        SEALED(test_changed_raters_do_not_verify),
        SEALED(test_changed_events_do_not_verify),
        SEALED(test_changed_measures_do_not_verify),
        SEALED(test_changed_histories_do_not_verify),
        SEALED(test_changed_results_do_not_verify),
        SEALED(test_changed_results_csv_bytes_do_not_verify),
        SEALED(test_changed_result_rows_and_results_csv_do_not_verify),
        SEALED(test_changed_chain_hashes_do_not_verify),
        SEALED(test_changed_chain_leaves_do_not_verify),
        SEALED(test_changed_chain_contents_do_not_verify),
        SEALED(test_changed_chain_rows_do_not_verify),
        SEALED(test_changed_chain_numbers_do_not_verify),
        SEALED(test_changed_chain_tails_do_not_verify),
        SEALED(test_changed_chain_middles_do_not_verify),
        SEALED(test_changed_chain_lengths_do_not_verify),
        SEALED(test_changed_chain_existences_do_not_verify),
        SEALED(test_changed_settings_list_do_not_verify),
        SEALED(test_changed_people_list_do_not_verify),
        SEALED(test_changed_parts_of_ballots_do_not_verify),
        SEALED(test_the_report_names_the_source_that_differs),
        SEALED(test_a_forged_chain_does_not_hide_rows_that_differ_from_results_csv),
        SEALED(test_a_forged_chain_does_not_hide_a_rule_file_with_another_hash),
        SEALED(test_a_forged_chain_has_another_head),
        SEALED(test_removed_ballots_are_reported_and_the_rest_verifies),
        SEALED(test_removed_ballots_cannot_be_read),
        SEALED(test_removed_ballots_do_not_hide_other_changes),
        UNSEALED(test_a_missing_file_is_the_machines_failure),
        UNSEALED(test_an_empty_file_is_refused),
        UNSEALED(test_a_table_is_refused),
        UNSEALED(test_a_zip_archive_is_refused),
        UNSEALED(test_another_database_is_refused),
        SEALED(test_a_file_with_another_application_id_is_refused),
        SEALED(test_a_file_with_another_format_is_refused),
        SEALED(test_a_file_with_an_extra_table_is_refused),
        SEALED(test_a_file_with_an_extra_index_is_refused),
        SEALED(test_a_file_with_a_view_is_refused),
        SEALED(test_a_file_with_a_trigger_is_refused),
        SEALED(test_a_file_with_statistics_is_refused),
        SEALED(test_a_file_with_a_table_less_is_refused),
        SEALED(test_a_file_with_a_column_more_is_refused),
        SEALED(test_a_file_with_a_table_replaced_by_a_view_is_refused),
        SEALED(test_a_file_with_a_log_for_a_journal_is_refused),
        SEALED(test_a_file_with_a_huge_cell_is_refused),
        SEALED(test_a_file_with_a_reference_to_nothing_is_refused),
        SEALED(test_a_file_with_a_value_against_a_check_is_refused),
        SEALED(test_a_file_with_no_scheme_is_refused),
        SEALED(test_a_file_with_no_rule_file_is_refused),
        SEALED(test_a_file_with_a_scheme_that_is_not_utf8_is_refused),
        SEALED(test_a_file_with_a_setting_that_is_not_utf8_is_refused),
        SEALED(test_a_file_with_a_head_that_is_no_hash_is_refused),
        SEALED(test_a_check_that_never_ends_is_not_run),
        SEALED(test_a_schema_of_many_tables_is_not_loaded),
        SEALED(test_a_journal_beside_the_file_is_neither_played_nor_removed),
        SEALED(test_a_log_beside_the_file_is_neither_played_nor_removed),
        SEALED(test_a_symbolic_link_is_refused),
        UNSEALED(test_a_folder_is_refused),
        UNSEALED(test_a_pipe_is_refused_without_waiting),
        SEALED(test_a_file_cut_anywhere_is_refused),
        SEALED(test_a_flipped_bit_is_harmless),
        SEALED(test_refusing_a_file_changes_no_byte_of_it),
        SEALED(test_a_second_person_of_one_id_cannot_be_read),
        SEALED(test_a_name_that_is_not_utf8_cannot_be_read),
        SEALED(test_a_day_that_does_not_exist_cannot_be_read),
        SEALED(test_a_row_number_below_nothing_cannot_be_read),
        SEALED(test_an_attribute_named_twice_cannot_be_read),
        SEALED(test_events_out_of_number_cannot_be_read),
        SEALED(test_a_kind_nobody_knows_cannot_be_read),
        SEALED(test_an_end_before_its_beginning_cannot_be_read),
        SEALED(test_negative_points_cannot_be_read),
        SEALED(test_points_with_two_points_cannot_be_read),
        SEALED(test_a_measure_nobody_knows_cannot_be_read),
        SEALED(test_a_history_score_that_is_no_number_cannot_be_read),
        SEALED(test_a_source_hash_that_is_none_cannot_be_read),
        SEALED(test_a_role_the_rules_do_not_know_cannot_be_read),
        SEALED(test_a_role_that_is_not_utf8_cannot_be_read),
        SEALED(test_an_item_the_rules_do_not_know_cannot_be_read),
        SEALED(test_an_item_named_twice_cannot_be_read),
        SEALED(test_items_less_than_the_rules_have_cannot_be_read),
        SEALED(test_a_value_above_the_maximum_cannot_be_read),
        SEALED(test_a_value_of_more_places_cannot_be_read),
        SEALED(test_a_value_of_many_digits_cannot_be_read),
        SEALED(test_a_negative_value_cannot_be_read),
        SEALED(test_an_empty_value_cannot_be_read),
        SEALED(test_a_sheet_of_one_value_cannot_be_read),
        SEALED(test_a_sheet_of_three_values_cannot_be_read),
        SEALED(test_a_sheet_without_end_cannot_be_read),
        SEALED(test_sheets_more_than_counted_cannot_be_read),
        SEALED(test_sheets_less_than_counted_cannot_be_read),
        SEALED(test_the_same_rater_twice_cannot_be_read),
        SEALED(test_ballots_out_of_order_cannot_be_read),
        SEALED(test_a_part_without_the_one_before_cannot_be_read),
        REVIEW(test_an_option_the_rules_do_not_know_cannot_be_read),
        REVIEW(test_an_option_beyond_the_last_cannot_be_read),
        UNSEALED(test_writing_without_memory_leaves_the_earlier_file),
        UNSEALED(test_writing_without_sqlites_memory_leaves_the_earlier_file),
        SEALED(test_reading_without_memory_says_so),
        SEALED(test_reading_without_sqlites_memory_says_so),
    };
    replace_heap();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
