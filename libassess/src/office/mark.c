/* mark: see mark.h. */
#include "office/mark.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/message.h"
#include "office/call.h"
#include "office/save.h"

/* ---- the file ---- */

enum { MOST_FILE_BYTES = 512 * 1024 * 1024 };

static bool read_bytes(int file, buffer *out)
{
    struct stat about;
    if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size > MOST_FILE_BYTES ||
        !MEM_RESERVE(out->bytes, out->capacity, (size_t)about.st_size + 1))
        return false;
    for (ssize_t got = 1; got != 0 && out->length < out->capacity;) {
        got = read(file, out->bytes + out->length, out->capacity - out->length);
        if (got < 0 && errno != EINTR)
            return false;
        out->length += got > 0 ? (size_t)got : 0;
    }
    return true;
}

static assess_status load(const char *path, buffer *out, assess_error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool fine = file >= 0 && read_bytes(file, out);
    if (file >= 0)
        close(file);
    return fine ? ASSESS_OK : error_set_at(err, ASSESS_E_SYSTEM, message_of1(MSG_read_denied, text_of(path)), path, 0, NULL);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static assess_status of_fault(assess_workbook_fault fault, const char *path, assess_error *err)
{
    static const message_id ids[ASSESS_WORKBOOK_FAULT_COUNT] = {
        [ASSESS_WORKBOOK_UNKNOWN] = MSG_workbook_unknown,     [ASSESS_WORKBOOK_OLD] = MSG_workbook_old,
        [ASSESS_WORKBOOK_LOCKED] = MSG_workbook_locked,       [ASSESS_WORKBOOK_BINARY] = MSG_workbook_binary,
        [ASSESS_WORKBOOK_DOCUMENT] = MSG_workbook_document,   [ASSESS_WORKBOOK_OPENDOCUMENT] = MSG_workbook_opendocument,
        [ASSESS_WORKBOOK_DAMAGED] = MSG_workbook_damaged,     [ASSESS_WORKBOOK_FORBIDDEN] = MSG_workbook_forbidden,
        [ASSESS_WORKBOOK_TOO_LARGE] = MSG_workbook_too_large,
    };
    if (fault == ASSESS_WORKBOOK_FINE)
        return ASSESS_OK;
    if (fault == ASSESS_WORKBOOK_NO_MEMORY)
        return error_no_memory(err);
    return error_set_at(err, ASSESS_E_INPUT, message_of1(ids[fault], text_of(path)), path, 0, NULL);
}

/* ---- the marks of a sheet ---- */

typedef struct place {
    uint32_t row, column;
    listed *problem;
} place;

typedef struct sheet_marks {
    place *places;
    mark *items;
    size_t place_count, count;
    arena texts;
} sheet_marks;

/* Of merged cells only the first is seen. Where nearly everything is merged, nobody sees anything anyway. */
static void to_seen_cell(place *p, const merges *m)
{
    enum { MOST_MERGES = 10000 };
    if (m->count > MOST_MERGES)
        return;
    for (size_t i = 0; i < m->count && m->items[i].range.row <= p->row; i++) {
        const cell_range *r = &m->items[i].range;
        if (p->row <= r->last_row && p->column >= r->column && p->column <= r->last_column) {
            p->row = r->row;
            p->column = r->column;
            return;
        }
    }
}

static int compare_places(const void *left, const void *right)
{
    const place *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    if (a->column != b->column)
        return a->column < b->column ? -1 : 1;
    if (a->problem->severity != b->problem->severity)
        return a->problem->severity == ASSESS_SEVERITY_ERROR ? -1 : 1;
    return (a->problem > b->problem) - (a->problem < b->problem);
}

static bool find_places(sheet_marks *s, listing *l, text sheet, const merges *m)
{
    s->places = mem_zalloc(l->count, sizeof *s->places);
    s->items = mem_zalloc(l->count, sizeof *s->items);
    if (!s->places || !s->items)
        return false;
    for (size_t i = 0; i < l->count; i++) {
        listed *p = &l->items[i];
        if (!text_equal(p->sheet, sheet) || p->row > MOST_SHEET_ROWS || p->column > MOST_SHEET_COLUMNS)
            continue;
        place *at = &s->places[s->place_count++];
        *at = (place){p->row ? p->row : 1, p->row && p->column ? p->column : 1, p};
        to_seen_cell(at, m);
    }
    if (s->place_count > 1)
        qsort(s->places, s->place_count, sizeof *s->places, compare_places);
    return true;
}

static message_id sentence_of(const listed *p)
{
    static const message_id ids[3][2] = {{MSG_mark_sheet_error, MSG_mark_sheet_notice},
                                         {MSG_mark_row_error, MSG_mark_row_notice},
                                         {MSG_mark_at_error, MSG_mark_at_notice}};
    return ids[p->row == 0 ? 0 : p->column == 0 ? 1 : 2][p->severity == ASSESS_SEVERITY_NOTICE];
}

/* A comment is read at a glance: beyond some lines the list of problems is the place to look. */
static void add_sentence(buffer *out, const listed *p, assess_language language, bool *is_full)
{
    enum { MOST_BYTES = 4000 };
    if (*is_full)
        return;
    buffer_add_string(out, out->length > 0 ? "\n" : "");
    *is_full = out->length > MOST_BYTES;
    if (*is_full)
        buffer_add_string(out, "…");
    else
        message_render(out, message_of1(sentence_of(p), p->message), language);
}

static bool is_same_cell(const place *a, const place *b)
{
    return a->row == b->row && a->column == b->column;
}

static bool keep_mark(sheet_marks *s, const place *first, const buffer *words)
{
    const char *copy = words->failed ? NULL : arena_text(&s->texts, words->bytes, words->length);
    if (!copy)
        return false;
    s->items[s->count++] = (mark){.row = first->row, .column = first->column, .words = {copy, words->length},
                                  .kind = first->problem->severity == ASSESS_SEVERITY_ERROR ? MARK_ERROR : MARK_NOTICE};
    return true;
}

/* Errors stand first among what is said of a cell, so the first says what colour it gets. */
static bool make_marks(sheet_marks *s, assess_language language)
{
    bool fine = true;
    for (size_t i = 0, end; fine && i < s->place_count; i = end) {
        buffer words = {0};
        bool is_full = false;
        for (end = i; end < s->place_count && is_same_cell(&s->places[end], &s->places[i]); end++)
            add_sentence(&words, s->places[end].problem, language, &is_full);
        fine = keep_mark(s, &s->places[i], &words);
        buffer_free(&words);
    }
    return fine;
}

/* The list shows the format that a cell has without its mark. */
static void note_formats(sheet_marks *s)
{
    for (size_t i = 0, m = 0; i < s->place_count; i++) {
        place *p = &s->places[i];
        while (s->items[m].row != p->row || s->items[m].column != p->column)
            m++;
        p->problem->format = s->items[m].base;
    }
}

static void free_marks(sheet_marks *s)
{
    mem_free(s->places);
    mem_free(s->items);
    arena_free(&s->texts);
}

static assess_workbook_fault mark_one(mark_context *c, const book_sheet *sheet, listing *l)
{
    merges merged = {0};
    sheet_marks s = {0};
    assess_workbook_fault fault = merges_find(&merged, c->package->archive, sheet->part);
    if (fault == ASSESS_WORKBOOK_FINE && !(find_places(&s, l, sheet->name, &merged) && make_marks(&s, c->language)))
        fault = ASSESS_WORKBOOK_NO_MEMORY;
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = fault_of_xml(mark_sheet(c, zip_name(c->package->archive, sheet->part), sheet->name, &(marks){s.items, s.count}));
    if (fault == ASSESS_WORKBOOK_FINE)
        note_formats(&s);
    merges_free(&merged);
    free_marks(&s);
    return fault;
}

/* ---- the workbook ---- */

typedef struct marking {
    assess_workbook *book; /* as it is read */
    book_parts parts;
    package package;
    mark_styles styles;
    size_t old_list;       /* number of the sheet that lists the problems of an earlier copy; SIZE_MAX: there is none */
    former former;
} marking;

static bool begins_with(text t, text begin)
{
    return t.length >= begin.length && memcmp(t.bytes, begin.bytes, begin.length) == 0;
}

static bool begins_with_title(text t)
{
    bool found = false;
    for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
        buffer title = {0};
        message_render(&title, message_of(MSG_mark_title), (assess_language)language);
        found |= !title.failed && begins_with(t, buffer_text(&title));
        buffer_free(&title);
    }
    return found;
}

static assess_workbook_fault look_for_list(marking *m)
{
    const assess_workbook_reader *reader = assess_office_workbooks();
    assess_workbook_fault fault = ASSESS_WORKBOOK_FINE;
    m->old_list = SIZE_MAX;
    for (size_t i = 0; fault == ASSESS_WORKBOOK_FINE && i < m->parts.count; i++) {
        char bytes[256];
        size_t got = 0;
        text name = m->parts.sheets[i].name;
        if (!begins_with(name, TEXT("问题清单")) && !begins_with(name, TEXT("Problems")))
            continue;
        fault = reader->begin(m->book, i);
        if (fault == ASSESS_WORKBOOK_FINE)
            fault = reader->read(m->book, bytes, sizeof bytes, &got);
        if (begins_with_title((text){bytes, got}))
            m->old_list = i;
    }
    return fault;
}

static assess_workbook_fault read_former(marking *m)
{
    enum { MOST_TEXT_BYTES = 128 * 1024 * 1024 };
    shared_texts texts = {0};
    assess_workbook_fault fault = ASSESS_WORKBOOK_FINE;
    if (m->old_list == SIZE_MAX)
        return fault;
    if (m->parts.texts != SIZE_MAX)
        fault = texts_read(&texts, m->package.archive, m->parts.texts, MOST_TEXT_BYTES);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = fault_of_xml(former_read(&m->former, &m->package, zip_name(m->package.archive, m->parts.sheets[m->old_list].part), &texts));
    texts_free(&texts);
    return fault;
}

static bool has_problems(const listing *l, text sheet)
{
    for (size_t i = 0; i < l->count; i++)
        if (text_equal(l->items[i].sheet, sheet))
            return true;
    return false;
}

static assess_workbook_fault mark_sheets(marking *m, mark_context *c, listing *l)
{
    assess_workbook_fault fault = ASSESS_WORKBOOK_FINE;
    for (size_t i = 0; fault == ASSESS_WORKBOOK_FINE && i < m->parts.count; i++)
        if (i != m->old_list && (m->old_list != SIZE_MAX || has_problems(l, m->parts.sheets[i].name)))
            fault = mark_one(c, &m->parts.sheets[i], l);
    return fault;
}

static assess_workbook_fault mark_all(marking *m, listing *l, assess_language language)
{
    package *p = &m->package;
    mark_context c = {.package = p, .styles = &m->styles, .former = &m->former, .language = language};
    text styles = m->parts.formats == SIZE_MAX ? TEXT("") : zip_name(p->archive, m->parts.formats);
    assess_workbook_fault fault = styles.length > 0 ? fault_of_xml(styles_open(&m->styles, p, styles)) : ASSESS_WORKBOOK_FINE;
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = mark_sheets(m, &c, l);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = fault_of_xml(mark_list(&c, &m->parts, m->old_list, l));
    if (fault == ASSESS_WORKBOOK_FINE && styles.length > 0)
        fault = fault_of_xml(styles_write(&m->styles, p, styles));
    return fault;
}

static bool is_strict(package *p, const book_parts *parts, assess_workbook_fault *fault)
{
    buffer bytes = {0};
    *fault = fault_of_xml(package_part(p, zip_name(p->archive, parts->book), &bytes));
    buffer_add_char(&bytes, '\0');
    bool strict = *fault == ASSESS_WORKBOOK_FINE && !bytes.failed && strstr(bytes.bytes, "purl.oclc.org/ooxml/spreadsheetml") != NULL;
    buffer_free(&bytes);
    return strict;
}

static assess_workbook_fault open_marking(marking *m, text file)
{
    const assess_workbook_reader *reader = assess_office_workbooks();
    assess_workbook_fault fault = reader->open(reader->user, file.bytes, file.length, &m->book);
    if (fault != ASSESS_WORKBOOK_FINE)
        return fault;
    if (zip_open(file.bytes, file.length, &m->package.archive) != ZIP_FINE)
        return ASSESS_WORKBOOK_NO_MEMORY; /* it could be opened just now */
    fault = parts_read(&m->parts, m->package.archive);
    if (fault == ASSESS_WORKBOOK_FINE)
        m->package.strict = is_strict(&m->package, &m->parts, &fault);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = look_for_list(m);
    return fault == ASSESS_WORKBOOK_FINE ? read_former(m) : fault;
}

static assess_workbook_fault make_copy(text file, listing *l, assess_language language, buffer *out)
{
    marking m = {0};
    assess_workbook_fault fault = open_marking(&m, file);
    if (fault == ASSESS_WORKBOOK_FINE)
        fault = mark_all(&m, l, language);
    if (fault == ASSESS_WORKBOOK_FINE && package_write(&m.package, out) != ZIP_FINE)
        fault = ASSESS_WORKBOOK_NO_MEMORY;
    former_free(&m.former);
    styles_free(&m.styles);
    zip_close(m.package.archive);
    package_free(&m.package);
    parts_free(&m.parts);
    assess_office_workbooks()->close(m.book);
    return fault;
}

static assess_status write_copy(listing *l, const char *output, const assess_office_mark_options *o, assess_error *err)
{
    buffer file = {0}, copy = {0};
    assess_status s = load(l->file, &file, err);
    if (!s)
        s = of_fault(make_copy(buffer_text(&file), l, o->language, &copy), l->file, err);
    if (!s)
        s = save_file(output, buffer_text(&copy), o->force, err);
    buffer_free(&file);
    buffer_free(&copy);
    return s;
}

assess_status assess_office_mark(assess_batch *batch, const char *workbook, const char *output, const assess_office_mark_options *options,
                                 assess_error *err)
{
    assess_office_mark_options o;
    if (OFFICE_OPTIONS(assess_office_mark_options, force, &o, options, err))
        return ASSESS_E_CALL;
    if (!batch || !workbook || !output || (unsigned)o.language >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "batch, workbook, output, options");
    if (is_same_file(workbook, output))
        return error_set_at(err, ASSESS_E_CALL, message_of1(MSG_mark_over_input, text_of(output)), output, 0, NULL);
    listing l = {.file = workbook};
    assess_status s = listing_collect(&l, batch, workbook, o.language, err);
    if (!s)
        s = write_copy(&l, output, &o, err);
    listing_free(&l);
    return s;
}
