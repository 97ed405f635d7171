/* report: a result as one page for people: chapters around the tables that a result has. The chapters are written first, so that
 * the overview before them can say where to read on. */
#include "office/order.h"
#include "office/call.h"
#include "office/report_parts.h"
#include "office/save.h"

#include <string.h>

enum { USUAL_ROWS = 500, USUAL_BARS = 30 };

/* ---- tables ---- */

bool id_has_base(const char *id, const char *base)
{
    size_t length = strlen(base);
    return strncmp(id, base, length) == 0 && (id[length] == '\0' || id[length] == ':');
}

void report_failed(report *r)
{
    r->page.out->failed = true;
}

text report_keep(report *r, buffer *b)
{
    const char *kept = b->failed ? NULL : arena_text(&r->memory, b->bytes ? b->bytes : "", b->length);
    text t = {kept ? kept : "", kept ? b->length : 0};
    if (!kept)
        report_failed(r);
    buffer_free(b);
    return t;
}

const assess_table *report_table(report *r, size_t number)
{
    const char *id = assess_result_table_id(r->result, number);
    if (!r->tables[number] && !r->status)
        r->status = office_table(r->result, id, r->language, r->order, &r->tables[number], r->err);
    return r->status ? NULL : r->tables[number];
}

const assess_table *report_table_of(report *r, const char *id)
{
    for (size_t i = 0; i < r->table_count; i++)
        if (strcmp(assess_result_table_id(r->result, i), id) == 0)
            return report_table(r, i);
    return NULL;
}

text report_fact(report *r, const char *id)
{
    const assess_table *t = report_table_of(r, "about");
    for (size_t row = 0; t && row < assess_table_rows(t); row++)
        if (text_equal(cell_of(t, row, "id"), text_of(id)))
            return cell_of(t, row, "value");
    return TEXT("");
}

size_t chapter_of(const report *r, const char *base)
{
    for (size_t i = 0; base[0] && i < r->chapter_count; i++)
        if (id_has_base(r->chapters[i].first, base))
            return i + 1;
    return 0;
}

/* ---- which chapters there are ---- */

typedef struct plan_of_chapter {
    message_id title;
    const char *bases[4];
    bool is_always; /* stands also when its tables are empty */
    void (*more)(report *r);
} plan_of_chapter;

/* Tables that this release knows nothing of stand where OTHERS is. */
static const char OTHERS[] = "*";
static const plan_of_chapter plan[] = {
    {MSG_office_chapter_grades, {"grades"}, false, NULL},
    {MSG_office_chapter_scores, {"distribution"}, false, NULL},
    {MSG_office_chapter_units, {"units"}, false, NULL},
    {MSG_office_chapter_ranking, {"ranking"}, false, NULL},
    {MSG_office_chapter_decide, {"decide"}, false, NULL},
    {MSG_office_chapter_decisions, {"decisions", "calibration"}, false, NULL},
    {MSG_office_chapter_quotas, {"quota"}, false, NULL},
    {MSG_office_chapter_excluded, {"excluded"}, false, NULL},
    {MSG_office_chapter_incomplete, {"incomplete"}, false, NULL},
    {MSG_office_chapter_vetoes, {"vetoes"}, false, NULL},
    {MSG_office_chapter_gaps, {"gaps"}, false, NULL},
    {MSG_office_chapter_ties, {"ties"}, false, NULL},
    {MSG_office_chapter_lists, {"list"}, false, NULL},
    {MSG_office_chapter_others, {OTHERS}, false, NULL},
    {MSG_office_chapter_ballots, {"ballots", "votes", "raters"}, false, NULL},
    {MSG_office_chapter_method, {"clauses", "parameters"}, false, NULL},
    {MSG_office_chapter_inputs, {"about", "inputs"}, true, write_check},
    {MSG_office_chapter_results, {"results"}, false, NULL},
};
enum { PLANNED = sizeof plan / sizeof *plan };

static bool has_base(const plan_of_chapter *p, const char *id)
{
    for (size_t i = 0; i < 4 && p->bases[i]; i++)
        if (id_has_base(id, p->bases[i]))
            return true;
    return false;
}

static bool is_known(const char *id)
{
    for (size_t i = 0; i < PLANNED; i++)
        if (has_base(&plan[i], id))
            return true;
    return id_has_base(id, "summary");
}

/* Where there are grades they are the outcome, and everybody's rank stands in the last chapter. */
static bool is_said_elsewhere(const report *r, const char *id)
{
    if (!id_has_base(id, "ranking"))
        return false;
    const char *level = id + strlen("ranking");
    for (size_t i = 0; i < r->table_count; i++) {
        const char *other = assess_result_table_id(r->result, i);
        if (id_has_base(other, "grades") && strcmp(other + strlen("grades"), level) == 0)
            return true;
    }
    return false;
}

static bool belongs_to(const report *r, const plan_of_chapter *p, size_t number)
{
    const char *id = assess_result_table_id(r->result, number);
    if (p->bases[0] == OTHERS)
        return !is_known(id);
    return has_base(p, id) && !is_said_elsewhere(r, id);
}

/* ---- chapters ---- */

static void add_chinese_number(buffer *out, size_t number)
{
    static const char *const digits[] = {"", "一", "二", "三", "四", "五", "六", "七", "八", "九"};
    if (number >= 20)
        buffer_add_string(out, digits[number / 10 % 10]);
    if (number >= 10)
        buffer_add_string(out, "十");
    buffer_add_string(out, digits[number % 10]);
}

static text words_of(report *r, message_id id)
{
    buffer words = {0};
    message_render(&words, message_of(id), r->language);
    return report_keep(r, &words);
}

static text numbered(report *r, size_t number, text title)
{
    buffer words = {0};
    if (r->language == ASSESS_ZH)
        add_chinese_number(&words, number);
    else
        buffer_add_integer(&words, (int64_t)number);
    buffer_add_string(&words, r->language == ASSESS_ZH ? "、" : ". ");
    buffer_add_text(&words, title);
    return report_keep(r, &words);
}

static void begin_chapter(report *r, size_t number)
{
    buffer id = {0};
    buffer_add_char(&id, 's');
    buffer_add_integer(&id, (int64_t)number);
    html_begin(&r->page, "section");
    html_attribute(&r->page, "id", report_keep(r, &id));
    html_leaf(&r->page, "h2", NULL, r->chapters[number - 1].title);
}

static void note_empty(report *r, message_id title)
{
    if (r->empty.length)
        message_render(&r->empty, message_of(MSG_office_comma), r->language);
    message_render(&r->empty, message_of(title), r->language);
}

static void write_tables(report *r, const plan_of_chapter *p)
{
    for (size_t i = 0; i < r->table_count; i++) {
        const assess_table *t = belongs_to(r, p, i) ? report_table(r, i) : NULL;
        if (!t || assess_table_rows(t) == 0)
            continue;
        write_picture(r, t);
        write_table(r, t);
    }
}

/* The first table that has something to show; `known`: there are any. */
static const char *first_filled(report *r, const plan_of_chapter *p, bool *known)
{
    for (size_t i = 0; i < r->table_count; i++) {
        const assess_table *t = belongs_to(r, p, i) ? report_table(r, i) : NULL;
        *known |= t != NULL;
        if (t && assess_table_rows(t))
            return assess_table_id(t);
    }
    return NULL;
}

static void write_chapter(report *r, const plan_of_chapter *p)
{
    bool known = false;
    const char *first = first_filled(r, p, &known);
    if (!first && !p->is_always) {
        if (known)
            note_empty(r, p->title);
        return;
    }
    size_t number = ++r->chapter_count;
    text title = first && id_has_base(first, "units") ? text_of(assess_table_title(report_table_of(r, first))) : words_of(r, p->title);
    r->chapters[number - 1] = (chapter){first ? first : "", numbered(r, number, title)};
    begin_chapter(r, number);
    write_tables(r, p);
    if (p->more)
        p->more(r);
    html_end(&r->page);
}

static void write_chapters(report *r)
{
    r->chapter_count = 1; /* the overview with the first table, which are written last */
    r->table_number = 1;
    r->chapters[0] = (chapter){"", numbered(r, 1, words_of(r, MSG_office_chapter_overview))};
    for (size_t i = 0; i < PLANNED && !r->status; i++)
        write_chapter(r, &plan[i]);
}

/* ---- the page around them ---- */

static void write_header(report *r)
{
    html *h = &r->page;
    html_begin(h, "header");
    html_leaf(h, "h1", NULL, report_fact(r, "title"));
    html_leaf_message(h, "p", "period", message_of1(MSG_office_subtitle, report_fact(r, "period")));
    html_leaf_message(h, "p", "made", message_of3(MSG_office_made, report_fact(r, "scheme"), report_fact(r, "engine"), report_fact(r, "rules")));
    html_end(h);
}

static void write_contents(report *r)
{
    html *h = &r->page;
    html_begin(h, "nav");
    html_leaf_message(h, "strong", NULL, message_of(MSG_office_report_contents));
    html_begin(h, "ul");
    for (size_t i = 0; i < r->chapter_count; i++) {
        buffer href = {0};
        buffer_add_string(&href, "#s");
        buffer_add_integer(&href, (int64_t)i + 1);
        html_begin(h, "li");
        html_begin(h, "a");
        html_attribute(h, "href", report_keep(r, &href));
        html_text(h, r->chapters[i].title);
        html_end(h);
        html_end(h);
    }
    html_end(h);
    html_end(h);
}

static text page_title(report *r)
{
    buffer words = {0};
    buffer_add_text(&words, report_fact(r, "title"));
    buffer_add_string(&words, " · ");
    message_render(&words, message_of1(MSG_office_subtitle, report_fact(r, "period")), r->language);
    return report_keep(r, &words);
}

static text style_sheet(report *r)
{
    buffer sheet = {0};
    for (size_t i = 0; report_style[i]; i++)
        buffer_add_string(&sheet, report_style[i]);
    buffer_add_char(&sheet, '\0');
    return report_keep(r, &sheet);
}

static void write_main(report *r, const html *chapters)
{
    r->table_number = 0;
    html_begin(&r->page, "main");
    begin_chapter(r, 1);
    write_overview(r);
    html_end(&r->page);
    html_take(&r->page, chapters);
    html_end(&r->page);
}

static void write_page(report *r, const html *chapters)
{
    html *h = &r->page;
    html_begin_page(h, page_title(r), style_sheet(r).bytes);
    write_header(r);
    write_contents(r);
    write_main(r, chapters);
    html_begin(h, "footer");
    html_leaf_message(h, "p", NULL, message_of(MSG_office_footer));
    html_end(h);
    html_end_page(h);
}

/* ---- the calls ---- */

static void close_report(report *r)
{
    for (size_t i = 0; r->tables && i < r->table_count; i++)
        assess_table_free(r->tables[i]);
    mem_free(r->tables);
    buffer_free(&r->empty);
    arena_free(&r->memory);
}

static void fill_report(report *r, buffer *out)
{
    buffer body = {0};
    r->page = (html){.out = &body, .language = r->language};
    write_chapters(r);
    html chapters = r->page;
    r->page = (html){.out = out, .language = r->language};
    if (!r->status)
        write_page(r, &chapters);
    out->failed |= body.failed || r->empty.failed;
    buffer_free(&body);
}

static assess_status make_report(assess_result *result, const assess_office_report_options *o, buffer *out, assess_error *err)
{
    report r = {.result = result, .language = o->language, .order = o->order, .rows = o->rows ? o->rows : USUAL_ROWS, .bars = o->bars ? o->bars : USUAL_BARS,
                .table_count = assess_result_table_count(result), .err = err};
    r.tables = mem_zalloc(r.table_count + 1, sizeof *r.tables);
    if (r.tables)
        fill_report(&r, out);
    else
        out->failed = true;
    if (!r.status && out->failed)
        r.status = error_no_memory(err);
    close_report(&r);
    return r.status;
}

/* Keeps the result when all is well; to be released. */
static assess_status begin_call(assess_result *result, const void *out, const assess_office_report_options *given,
                                assess_office_report_options *o, assess_error *err)
{
    if (!result || !out)
        return office_bad_argument(err, "result, out");
    if (OFFICE_OPTIONS(assess_office_report_options, order, o, given, err))
        return ASSESS_E_CALL;
    if ((unsigned)o->language >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "options.language");
    return assess_result_keep(result, err);
}

assess_status assess_office_report(assess_result *result, const assess_office_report_options *options, char **out, size_t *length,
                                   assess_error *err)
{
    assess_office_report_options o;
    buffer page = {0};
    assess_status s = begin_call(result, out, options, &o, err);
    if (s)
        return s;
    s = make_report(result, &o, &page, err);
    assess_result_release(result);
    if (!s)
        return office_give_text(&page, out, length, err);
    buffer_free(&page);
    return s;
}

assess_status assess_office_write_report(assess_result *result, const char *path, const assess_office_report_options *options,
                                         assess_error *err)
{
    assess_office_report_options o;
    buffer page = {0};
    assess_status s = begin_call(result, path, options, &o, err);
    if (s)
        return s;
    s = make_report(result, &o, &page, err);
    assess_result_release(result);
    if (!s)
        s = save_file(path, buffer_text(&page), o.force != 0, err);
    buffer_free(&page);
    return s;
}
