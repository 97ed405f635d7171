/* A workbook on its way into a batch: people and ballots are there whole, or there is no memory. */
#include "made_book.h"

#include "../made_tables.h"

#define ROW2(a, b) "<row><c t=\"inlineStr\"><is><t>" a "</t></is></c><c t=\"inlineStr\"><is><t>" b "</t></is></c></row>"
#define ROW8(s, r, o, v) "<row><c t=\"inlineStr\"><is><t>" s "</t></is></c><c t=\"inlineStr\"><is><t>" r "</t></is></c><c t=\"inlineStr\"><is><t>" o   \
                         "</t></is></c><c " v "</c><c><v>2</v></c><c><v>3</v></c><c><v>4</v></c><c><v>5</v></c></row>"
#define TEXT_CELL(t) "<c t=\"inlineStr\"><is><t>" t "</t></is></c>"
#define SHEET(rows, behind) "<worksheet xmlns=\"" MAIN_NS "\"><sheetData>" rows "</sheetData>" behind "</worksheet>"

/* A title, people, one good ballot and one with an error value; hidden: what a template says of itself. */
static made_book make_batch(const char *scheme)
{
    static char about[2048];
    snprintf(about, sizeof about, SHEET("%s<row>" TEXT_CELL("scheme") TEXT_CELL("%s") "</row>" ROW2("rules", "abc") ROW2("sheets", "2"), ""),
             ROW2("template", "assess-template/1") ROW2("period", "2026"), scheme);
    const made_part parts[] = {
        {"_rels/.rels", "<Relationships xmlns=\"" PKG_NS "\"><Relationship Id=\"a\" Type=\"" REL_NS "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
        {"xl/workbook.xml", "<workbook xmlns=\"" MAIN_NS "\" xmlns:r=\"" REL_NS "\"><sheets><sheet name=\"评分\" r:id=\"b\"/><sheet name=\"其他\" r:id=\"c\"/>"
                            "<sheet name=\"people\" r:id=\"a\"/><sheet name=\"_assess\" state=\"veryHidden\" r:id=\"d\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"" PKG_NS "\"><Relationship Id=\"a\" Type=\"" REL_NS "/worksheet\" Target=\"people.xml\"/>"
                                       "<Relationship Id=\"b\" Type=\"" REL_NS "/worksheet\" Target=\"ratings.xml\"/>"
                                       "<Relationship Id=\"c\" Type=\"" REL_NS "/worksheet\" Target=\"other.xml\"/>"
                                       "<Relationship Id=\"d\" Type=\"" REL_NS "/worksheet\" Target=\"about.xml\"/></Relationships>"},
        {"xl/people.xml", SHEET("<row>" TEXT_CELL("title") "</row>" ROW2("id", "name") ROW2("1", "甲") ROW2("2", "乙"),
                                "<mergeCells><mergeCell ref=\"A1:B1\"/></mergeCells>")},
        {"xl/ratings.xml", SHEET("<row>" TEXT_CELL("subject") TEXT_CELL("rater") TEXT_CELL("role") TEXT_CELL("virtue") TEXT_CELL("ability")
                                     TEXT_CELL("diligence") TEXT_CELL("performance") TEXT_CELL("integrity") "</row>" ROW8("1", "2", "peer", "><v>1</v>")
                                         ROW8("2", "1", "peer", "t=\"e\"><v>#N/A</v>"), "")},
        {"xl/other.xml", SHEET(ROW2("a", "b"), "")},
        {"xl/about.xml", about},
    };
    return make_archive(parts, sizeof parts / sizeof *parts);
}

static const char *book_path(made_book *m)
{
    static char path[80];
    snprintf(path, sizeof path, "%s.xlsx", m->path);
    assert_int_equal(rename(m->path, path), 0);
    strcpy(m->path, path);
    return path;
}

static assess_status read_book(const char *path, batch **out, assess_error *err)
{
    static const feed_limits limits = {.chunk_bytes = 512 * 1024, .record_bytes = 1 << 24};
    vocabulary words = bureau();
    read_options options = {.threads = 1, .hash = true, .workbooks = assess_office_workbooks(), .scheme = TEXT("bureau"), .period = TEXT("2026"),
                            .rules = "def"};
    *out = batch_new(&words);
    if (!*out)
        return error_no_memory(err);
    assess_status status = exchange_read_limited(*out, &path, 1, &options, limits, err);
    if (status == ASSESS_OK && !batch_finish(*out, 1))
        status = error_no_memory(err);
    return status;
}

static const problem *problem_of(const batch *b, const char *id)
{
    for (size_t i = 0; i < b->problems.count; i++)
        if (strcmp(message_name(b->problems.items[i].what.id), id) == 0)
            return &b->problems.items[i];
    fail_msg("no problem %s", id);
    return NULL;
}

static void check_batch(const batch *b, const made_book *m)
{
    assert_int_equal(b->people.count, 2);
    assert_int_equal(b->source_count, 2);
    assert_true(text_equal(b->sources[0].sheet, TEXT("people"))); /* people first */
    assert_true(text_equal(b->sources[0].file, text_of(m->path)));
    digest expected;
    assert_true(digest_of(m->bytes, m->length, &expected));
    assert_memory_equal(&b->sources[1].sha256, &expected, sizeof expected);
    assert_true(b->sources[1].hashed);
    assert_int_equal(b->problems.errors, 1);
    const problem *p = problem_of(b, "input.workbook_cell_error");
    assert_true(p->row == 3 && p->column == 4 && p->source == 1);
    assert_true(text_equal(p->header, TEXT("virtue")));
    assert_int_equal(b->problems.notices, 2); /* another sheet, other rules */
    problem_of(b, "input.workbook_sheet_unknown");
    problem_of(b, "input.workbook_other_rules");
}

static void test_each_allocation_may_fail(void **state)
{
    (void)state;
    made_book m = make_batch("bureau");
    const char *path = book_path(&m);
    batch *b;
    mem_fault_after(-1);
    assert_int_equal(read_book(path, &b, NULL), ASSESS_OK);
    long asked = mem_fault_count();
    check_batch(b, &m);
    batch_free(b);
    for (long i = 0; i < asked; i++) {
        mem_fault_after(i);
        assess_status status = read_book(path, &b, NULL);
        mem_fault_after(-1);
        assert_int_equal(status, ASSESS_E_SYSTEM);
        batch_free(b);
    }
    unmake(&m);
}

static void test_a_template_of_another_scheme_is_not_read(void **state)
{
    (void)state;
    made_book m = make_batch("public-review");
    batch *b;
    assess_error err = {0};
    assert_int_equal(read_book(book_path(&m), &b, &err), ASSESS_E_INPUT);
    assert_string_equal(err.id, "input.workbook_other_scheme");
    assert_int_equal(b->people.count, 0);
    batch_free(b);
    unmake(&m);
}

/* ---- a reader that says what the test wants ---- */

static int openings;
static const char *made_csv;
static assess_workbook_fault made_fault;

static assess_workbook_fault open_made(void *user, const void *bytes, size_t length, assess_workbook **out)
{
    static char any;
    (void)bytes;
    (void)length;
    openings++;
    if (openings == 2 && user) { /* between the two openings somebody saves the file */
        FILE *file = fopen(user, "ab");
        assert_non_null(file);
        fputs("more", file);
        fclose(file);
    }
    *out = (assess_workbook *)&any;
    return ASSESS_WORKBOOK_FINE;
}

static void close_made(assess_workbook *book) { (void)book; }
static size_t count_made(const assess_workbook *book) { (void)book; return 1; }

static void describe_made(const assess_workbook *book, size_t index, assess_workbook_sheet *out)
{
    (void)book;
    (void)index;
    out->name = "people";
    out->hidden = 0;
}

static const char *next_byte;

static assess_workbook_fault begin_made(assess_workbook *book, size_t index)
{
    (void)book;
    (void)index;
    next_byte = made_csv;
    return ASSESS_WORKBOOK_FINE;
}

static assess_workbook_fault read_made(assess_workbook *book, char *out, size_t room, size_t *got)
{
    (void)book;
    *got = *next_byte != '\0' && room > 0;
    if (*got > 0)
        *out = *next_byte++;
    return *got > 0 ? ASSESS_WORKBOOK_FINE : made_fault;
}

static size_t no_remarks(const assess_workbook *book) { (void)book; return 0; }
static void no_remark(assess_workbook *book, size_t index, assess_workbook_remark *out) { (void)book; (void)index; (void)out; }

static batch *read_made_book(assess_status expected, const char *id)
{
    const assess_workbook_reader reader = {sizeof reader, NULL, open_made, close_made, count_made, describe_made, begin_made, read_made, no_remarks, no_remark};
    vocabulary words = bureau();
    const char *path = "/tmp/assess-made-reader.xlsx";
    read_options options = {.threads = 2, .workbooks = &reader};
    batch *b = batch_new(&words);
    assess_error err = {0};
    FILE *file = fopen(path, "wb");
    assert_non_null(b);
    assert_non_null(file);
    fputs("bytes", file);
    fclose(file);
    openings = 0;
    assert_int_equal(exchange_read(b, &path, 1, &options, &err), expected);
    assert_string_equal(err.id, id);
    unlink(path);
    return b;
}

static void test_rows_may_end_early_and_have_gaps(void **state)
{
    (void)state;
    made_csv = "\nid,name,,unit\n1,\"a\nb\"\n\n2,,,u\n";
    made_fault = ASSESS_WORKBOOK_FINE;
    batch *b = read_made_book(ASSESS_OK, "");
    assert_int_equal(b->people.count, 2);
    assert_int_equal(b->problems.errors, 0);
    assert_int_equal(b->people.row[0], 3);
    assert_int_equal(b->people.row[1], 5);
    batch_free(b);
}

static void test_a_sheet_that_breaks_off_is_a_problem_of_its_own(void **state)
{
    (void)state;
    made_csv = "id,name\n1,a\n";
    for (int fault = ASSESS_WORKBOOK_UNKNOWN; fault < ASSESS_WORKBOOK_FAULT_COUNT; fault++) {
        made_fault = (assess_workbook_fault)fault;
        batch *b = read_made_book(ASSESS_OK, "");
        assert_int_equal(b->problems.errors, 1);
        assert_int_equal(b->problems.items[0].source, 0);
        batch_free(b);
    }
    made_fault = ASSESS_WORKBOOK_NO_MEMORY;
    batch_free(read_made_book(ASSESS_E_SYSTEM, "system.no_memory"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_allocation_may_fail),
        cmocka_unit_test(test_a_template_of_another_scheme_is_not_read),
        cmocka_unit_test(test_rows_may_end_early_and_have_gaps),
        cmocka_unit_test(test_a_sheet_that_breaks_off_is_a_problem_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
