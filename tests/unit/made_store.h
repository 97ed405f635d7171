/* made_store: a small year-end batch, run by the engine and sealed, for the tests of the store. A second connection,
 * without any of the library's switches, plays everybody who edits a sealed file. */
#ifndef MADE_STORE_H
#define MADE_STORE_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h> /* rename */
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

#define CONSTANT(literal) {(literal), sizeof(literal) - 1}
static const vocabulary_measure measure_words[] = {{{CONSTANT("growth"), CONSTANT("增长"), CONSTANT("growth")}, 0}};
static const plan_option options[] = {{.id = CONSTANT("A"), .counted = true, .points = {100, 0}},
                                      {.id = CONSTANT("B"), .counted = true, .points = {85, 0}}};

#define APPEND(p, list, counter, cap) PLAN_APPEND((p), list, counter, cap)

static inline label words_of(const char *zh, const char *en)
{
    return (label){text_of(zh), text_of(en)};
}

static inline void add_item(plan *p, const char *id, int64_t most)
{
    plan_item *item = APPEND(p, items, item_count, item_capacity);
    item->id = text_of(id);
    item->maximum = (decimal){most, 0};
    item->lenient = true;
}

static inline void add_role(plan *p, const char *id)
{
    plan_role *role = APPEND(p, roles, role_count, role_capacity);
    role->id = text_of(id);
    role->used = true;
}

static inline void add_kind(plan *p, const char *id)
{
    plan_kind *kind = APPEND(p, kinds, kind_count, kind_capacity);
    kind->id = text_of(id);
    kind->used = true;
}

static inline void add_file(plan *p, const char *name, const char *bytes)
{
    plan_file *file = APPEND(p, files, file_count, file_capacity);
    file->name = text_of(name);
    file->bytes = text_of(bytes);
}

static inline void add_params(plan *p)
{
    plan_param *choice = APPEND(p, params, param_count, param_capacity);
    *choice = (plan_param){.name = TEXT("rounding"), .is_choice = true, .choice = TEXT("whole"), .set = true};
    plan_param *figure = APPEND(p, params, param_count, param_capacity);
    *figure = (plan_param){.name = TEXT("dereliction.level"), .value = {150, 2}, .set = true};
    plan_param *left = APPEND(p, params, param_count, param_capacity);
    *left = (plan_param){.name = TEXT("left-alone"), .value = {1, 0}};
}

static inline node_id add_ballots(plan *p, uint32_t role, uint32_t item)
{
    ballot_source *source = APPEND(p, ballots, ballot_count, ballot_capacity);
    *source = (ballot_source){.roles = 1u << role, .item = item, .reducer = BALLOT_MEAN, .trim = SOURCE_NONE, .least = 1, .attribute = SOURCE_NONE};
    return plan_add(p, (node){.op = OP_BALLOTS, .kind = KIND_NUMBER, .source = (uint32_t)p->ballot_count - 1});
}

static inline node_id add_points(plan *p)
{
    event_source *source = APPEND(p, events, event_count, event_capacity);
    *source = (event_source){.kinds = {2}, .reducer = EVENT_SUM, .figure = FIGURE_POINTS};
    return plan_add(p, (node){.op = OP_EVENTS, .kind = KIND_NUMBER});
}

static inline void add_score(plan *p, node_id before)
{
    node round = {.op = OP_ROUND, .kind = KIND_NUMBER, .args = &before, .arg_count = 1, .round = {ROUND_HALF_UP, {1, 2}}};
    node_id rounded = plan_add(p, round);
    statement *score = APPEND(p, statements, statement_count, statement_capacity);
    *score =
        (statement){.kind = STATEMENT_SCORE, .node = rounded, .before = before, .words = words_of("得分", "score")};
    p->levels[0].score = 0;
}

/* 得分 = 群众评议分 − 扣分 */
static inline plan *make_plan(void)
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
    node_id both[2] = {peer, points};
    add_score(p, plan_add(p, (node){.op = OP_SUBTRACT, .kind = KIND_NUMBER, .args = both, .arg_count = 2}));
    plan_grade *grade = APPEND(p, grades, grade_count, grade_capacity);
    *grade = (plan_grade){.id = TEXT("competent"), .words = words_of("称职", "competent")};
    assert_int_equal(plan_order(p, NULL), ASSESS_OK);
    return p;
}

static inline plan *make_review_plan(void)
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
    assert_int_equal(plan_order(p, NULL), ASSESS_OK);
    return p;
}

static inline uint32_t person(batch *b, const char *id, const char *name, const char *unit, date start, uint32_t row)
{
    uint32_t number;
    assert_true(batch_add_subject(b, text_of(id), text_of(name), text_of(unit), TEXT("公务员"), TEXT("科员"), start, 0,
                                  row, &number));
    return number;
}

static inline void ballot(batch *b, uint32_t subject, const char *rater, uint8_t role, int64_t first, int64_t second)
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

static inline void add_people(batch *b)
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
    assert_true(batch_set_attribute(b, party, 0, TEXT("党员")) && batch_set_attribute(b, party, 2, TEXT("群众")));
}

/* virtue in tenths: 85 is 8.5 */
static inline void add_ratings(batch *b)
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

static inline void add_rows(batch *b)
{
    const decimal none = {CELL_BLANK, 0};
    event leave = {.subject = 1,
                   .liable = SUBJECT_NONE,
                   .kind = 0,
                   .from = 20500,
                   .to = 20510,
                   .points = none,
                   .amount = {15, 1},
                   .ref = TEXT("医院证明〔2026〕3号"),
                   .note = TEXT("病假"),
                   .source = 2,
                   .row = 7};
    event deduction = {.subject = 0,
                       .liable = 2,
                       .kind = 1,
                       .from = DATE_NONE,
                       .to = DATE_NONE,
                       .points = {25, 1},
                       .amount = none,
                       .ref = TEXT(""),
                       .note = TEXT(""),
                       .source = PROBLEM_NO_SOURCE};
    measure growth = {
        .subject = 2, .measure = 0, .value = {-375, 2}, .target = {4, 0}, .baseline = none, .source = 2, .row = 9};
    history past = {
        .subject = 0, .period = TEXT("2025"), .grade = TEXT("excellent"), .score = {9150, 2}, .source = 2, .row = 11};
    assert_true(batch_add_event(b, leave) && batch_add_event(b, deduction));
    assert_true(batch_add_measure(b, growth) && batch_add_history(b, past));
    decision set = {.subject = 0, .kind = DECISION_OVERRIDE, .day = 20807, .by = TEXT("局党组"), .meeting = TEXT("第12次会议"),
                    .reason = TEXT("抢险；突出"), .source = 2, .row = 13};
    decision left = {.subject = 1, .kind = DECISION_OBJECTION, .grade = DECISION_TURNED_DOWN, .day = 20808, .by = TEXT("考评委"),
                     .meeting = TEXT(""), .reason = TEXT("=清楚"), .source = PROBLEM_NO_SOURCE};
    assert_true(batch_add_decision(b, set) && batch_add_decision(b, left));
    for (int table = 0; table < TABLE_COUNT; table++)
        b->has_table[table] = true;
}

static inline void make_vocabulary(fixture *f)
{
    assert_true(engine_vocabulary(f->plan, &f->memory, &f->words));
    f->words.measures = measure_words;
    f->words.measure_count = 1;
}

static inline void run(const plan *p, const batch *b, result **r, buffer *csv)
{
    const engine_options engine = {.threads = 1};
    assert_int_equal(engine_run(p, b, &engine, r, NULL), ASSESS_OK);
    exchange_results_csv(*r, ASSESS_ZH, csv);
    assert_false(csv->failed);
}

static inline void finish_fixture(fixture *f)
{
    assert_true(batch_finish(f->batch, 1));
    run(f->plan, f->batch, &f->result, &f->csv);
    f->seal = (seal){.outcome = f->result, .results_csv = buffer_text(&f->csv), .language = ASSESS_ZH,
                     .engine_version = TEXT("0.1.0"), .threads = 2};
}

static inline void make_folder(fixture *f)
{
    strcpy(f->folder, "/tmp/assess-store-XXXXXX");
    assert_non_null(mkdtemp(f->folder));
    strcpy(f->path, f->folder);
    strcat(f->path, "/batch.db");
}

static inline int setup_empty(void **state, plan *p)
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

static inline int setup(void **state)
{
    setup_empty(state, make_plan());
    fixture *f = *state;
    add_people(f->batch);
    add_ratings(f->batch);
    add_rows(f->batch);
    finish_fixture(f);
    return 0;
}

static inline assess_status write_file(fixture *f, bool force)
{
    assess_error err = {0};
    assess_status status = store_write(&f->seal, f->path, force, &err);
    assert_int_equal(status, err.status);
    return status;
}

static inline int setup_sealed(void **state)
{
    setup(state);
    assert_int_equal(write_file(*state, false), ASSESS_OK);
    return 0;
}

static inline void remove_folder(const char *folder)
{
    DIR *d = opendir(folder);
    for (struct dirent *e; d && (e = readdir(d)) != NULL;)
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            unlinkat(dirfd(d), e->d_name, 0);
    closedir(d);
    rmdir(folder);
}

static inline int teardown(void **state)
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

static inline int count_files(const char *folder)
{
    int count = -2; /* . and .. */
    DIR *d = opendir(folder);
    while (d && readdir(d))
        count++;
    closedir(d);
    return count;
}

static inline char *read_whole(const char *path, size_t *length)
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

static inline void write_whole(const char *path, const void *bytes, size_t length)
{
    unlink(path);
    int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    assert_true(file >= 0);
    assert_int_equal(write(file, bytes, length), (ssize_t)length);
    close(file);
}

static inline bool has_bytes(const char *bytes, size_t length, const char *wanted)
{
    size_t size = strlen(wanted);
    for (size_t i = 0; i + size <= length; i++)
        if (memcmp(bytes + i, wanted, size) == 0)
            return true;
    return false;
}

/* Runs SQL on the sealed file as somebody would who knows nothing of its rules. */
static inline void edit(const fixture *f, const char *sql)
{
    sqlite3 *db;
    char *reason = NULL;
    assert_int_equal(chmod(f->path, 0600), 0);
    assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "PRAGMA ignore_check_constraints=ON; PRAGMA foreign_keys=OFF", NULL, NULL, NULL),
                     SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &reason) != SQLITE_OK)
        fail_msg("%s: %s", sql, reason);
    sqlite3_close(db);
}

/* The first column of the first row, as a text to be freed. */
static inline char *ask(const fixture *f, const char *sql)
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

static inline void assert_answer(const fixture *f, const char *sql, const char *expected)
{
    char *answer = ask(f, sql);
    assert_string_equal(answer, expected);
    free(answer);
}

/* Makes the chain fit the tables again, as a forger would. */
static inline void rebuild_chain(const fixture *f)
{
    connection c = {.shown = f->path, .phase = PHASE_FILLING};
    edit(f, "DELETE FROM chain");
    assert_int_equal(sqlite3_open(f->path, &c.db), SQLITE_OK);
    uint64_t length;
    digest head;
    assert_int_equal(chain_write(&c, &length, &head, NULL), ASSESS_OK);
    connection_close(&c);
}

/* ---- opening and reading ---- */

static inline store *open_file(const fixture *f)
{
    store *s = NULL;
    assess_error err = {0};
    if (store_open(f->path, &s, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
    return s;
}

static inline assess_status try_open(const char *path, assess_error *err)
{
    store *s = NULL;
    assess_status status = store_open(path, &s, err);
    assert_int_equal(status, err->status);
    assert_int_equal(status == ASSESS_OK, s != NULL);
    store_close(s);
    return status;
}

/* Refused with this message, and the file and its folder as they were. */
static inline void assert_refused(const fixture *f, assess_status status, message_id id)
{
    assess_error err = {0};
    int files = count_files(f->folder);
    assert_int_equal(try_open(f->path, &err), status);
    assert_string_equal(err.id, message_name(id));
    assert_true(err.message[ASSESS_EN][0] && err.message[ASSESS_ZH][0]);
    assert_string_equal(err.file, f->path);
    assert_int_equal(count_files(f->folder), files);
}

static inline batch *read_back(const fixture *f)
{
    store *s = open_file(f);
    batch *b = batch_new(&f->words);
    assess_error err = {0};
    if (store_read(s, b, &err) != ASSESS_OK)
        fail_msg("%s", err.message[ASSESS_EN]);
    store_close(s);
    return b;
}

static inline void assert_text(text found, text expected)
{
    assert_int_equal(found.length, expected.length);
    assert_memory_equal(found.bytes, expected.bytes, expected.length);
}

static inline void assert_decimal(decimal found, decimal expected)
{
    assert_int_equal(found.coeff, expected.coeff);
    if (expected.coeff != CELL_BLANK)
        assert_int_equal(found.scale, expected.scale);
}

static inline int setup_review(void **state)
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

#define SEALED(test) cmocka_unit_test_setup_teardown(test, setup_sealed, teardown)
#define UNSEALED(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
#define REVIEW(test) cmocka_unit_test_setup_teardown(test, setup_review, teardown)

#endif
