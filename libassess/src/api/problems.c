/* problems.c: what is wrong with the tables of a batch: one by one, as lines, as JSON. */
#include "api/handles.h"
#include "base/json.h"
#include "report/ballots.h"

static const problem_list *problems_of(const assess_batch *b)
{
    static const problem_list none = {0};
    return handle_readable(b, HANDLE_BATCH) ? &b->tables->problems : &none;
}

size_t assess_batch_problem_count(const assess_batch *b) { return problems_of(b)->count; }
size_t assess_batch_error_count(const assess_batch *b) { return problems_of(b)->errors; }
size_t assess_batch_notice_count(const assess_batch *b) { return problems_of(b)->notices; }

static text file_of(const assess_batch *b, const problem *p)
{
    return p->source == PROBLEM_NO_SOURCE ? TEXT("") : b->tables->sources[p->source].file;
}

static text sheet_of(const assess_batch *b, const problem *p)
{
    return p->source == PROBLEM_NO_SOURCE ? TEXT("") : b->tables->sources[p->source].sheet;
}

static const char *bytes_of(text t) { return t.length ? t.bytes : ""; }

static assess_status show_problem(assess_batch *b, const problem *p, assess_problem *out, assess_error *err)
{
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        b->shown[l].length = 0;
        b->shown[l].failed = false;
        message_render(&b->shown[l], p->what, (assess_language)l);
        buffer_add_char(&b->shown[l], '\0');
        if (b->shown[l].failed)
            return error_no_memory(err);
        out->message[l] = b->shown[l].bytes;
    }
    out->severity = p->severity == PROBLEM_ERROR ? ASSESS_SEVERITY_ERROR : ASSESS_SEVERITY_NOTICE;
    out->id = message_name(p->what.id);
    out->file = bytes_of(file_of(b, p));
    out->row = p->row;
    out->column = p->column;
    out->header = bytes_of(p->header);
    out->value = bytes_of(p->value);
    out->sheet = bytes_of(sheet_of(b, p));
    return ASSESS_OK;
}

static assess_status give_problem(assess_batch *b, size_t index, assess_problem *out, assess_error *err)
{
    if (!out || !versioned_fits(out, SIZE_THROUGH(assess_problem, message)) || index >= b->tables->problems.count)
        return bad_argument(err, "index, out.size");
    assess_problem full = {.size = sizeof full};
    assess_status s = show_problem(b, &b->tables->problems.items[index], &full, err);
    if (!s)
        versioned_give(out, &full, sizeof full);
    return s;
}

assess_status assess_batch_problem(assess_batch *b, size_t index, assess_problem *out, assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, give_problem(b, index, out, err));
}

static void print_row(const problem *p, bool zh, buffer *out)
{
    if (!p->row)
        return;
    buffer_add_string(out, zh ? " 第" : " row ");
    buffer_add_integer(out, p->row);
    buffer_add_string(out, zh ? "行" : "");
}

static void print_column(const problem *p, bool zh, buffer *out)
{
    if (!p->column)
        return;
    buffer_add_string(out, zh ? " 第" : " column ");
    buffer_add_integer(out, p->column);
    buffer_add_string(out, zh ? "列" : "");
}

/* As a spreadsheet names its columns: 1 is A, 27 is AA. */
static void print_letters(const problem *p, bool zh, buffer *out)
{
    char letters[8];
    size_t at = sizeof letters;
    if (!p->column)
        return;
    for (uint32_t column = p->column; column > 0; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    buffer_add_string(out, zh ? " " : ", column ");
    buffer_add(out, letters + at, sizeof letters - at);
    buffer_add_string(out, zh ? "列" : "");
}

static void print_sheet(text sheet, buffer *out)
{
    buffer_add_string(out, " [");
    buffer_add_visible(out, sheet);
    buffer_add_char(out, ']');
}

/* 评分.csv 第12行 第6列「得分」：, and of a workbook 名单.xlsx [评分] 第12行 F列「得分」： */
static void print_place(const assess_batch *b, const problem *p, assess_language language, buffer *out)
{
    bool zh = language == ASSESS_ZH;
    text file = file_of(b, p), sheet = sheet_of(b, p);
    buffer_add_visible(out, file);
    if (sheet.length)
        print_sheet(sheet, out);
    print_row(p, zh, out);
    if (sheet.length)
        print_letters(p, zh, out);
    else
        print_column(p, zh, out);
    if (p->header.length) {
        buffer_add_string(out, zh ? "「" : " \"");
        buffer_add_visible(out, p->header);
        buffer_add_string(out, zh ? "」" : "\"");
    }
    if (file.length)
        buffer_add_string(out, zh ? "：" : ": ");
}

/* The arguments of a message may come from the tables. */
static void print_sentence(message m, assess_language language, buffer *out)
{
    buffer line = {0};
    message_render(&line, m, language);
    buffer_add_visible(out, buffer_text(&line));
    out->failed |= line.failed;
    buffer_free(&line);
}

static void print_problems(const assess_batch *b, assess_language language, problem_severity severity, buffer *out)
{
    const problem_list *list = &b->tables->problems;
    for (size_t i = 0; i < list->count; i++) {
        const problem *p = &list->items[i];
        if (p->severity != severity)
            continue;
        if (severity == PROBLEM_NOTICE)
            buffer_add_string(out, language == ASSESS_ZH ? "提示 " : "notice ");
        print_place(b, p, language, out);
        print_sentence(p->what, language, out);
        buffer_add_char(out, '\n');
    }
}

static void json_problem(const assess_batch *b, const problem *p, json *j)
{
    static const char *const keys[ASSESS_LANGUAGE_COUNT] = {"zh", "en"};
    json_begin_object(j);
    json_member_text(j, "severity", p->severity == PROBLEM_ERROR ? TEXT("error") : TEXT("notice"));
    json_member_text(j, "id", text_of(message_name(p->what.id)));
    json_member_text(j, "file", file_of(b, p));
    json_member_text(j, "sheet", sheet_of(b, p));
    json_member_integer(j, "row", p->row);
    json_member_integer(j, "column", p->column);
    json_member_text(j, "header", p->header);
    json_member_text(j, "value", p->value);
    for (int l = 0; l < ASSESS_LANGUAGE_COUNT; l++) {
        buffer b2 = {0};
        message_render(&b2, p->what, (assess_language)l);
        json_member_text(j, keys[l], buffer_text(&b2));
        j->out->failed |= b2.failed;
        buffer_free(&b2);
    }
    json_end_object(j);
}

static void problems_json(const assess_batch *b, buffer *out)
{
    const batch *t = b->tables;
    json j = {.out = out};
    json_begin_object(&j);
    json_member_text(&j, "schema", TEXT("assess.check/1"));
    json_member_text(&j, "scheme", b->scheme->plan->id);
    json_member_text(&j, "period", b->scheme->plan->period_text);
    json_member_integer(&j, "people", (int64_t)t->people.count);
    json_member_integer(&j, "ballots", (int64_t)t->ballots.count);
    json_member_integer(&j, "invalid_ballots", (int64_t)ballots_blank(b->scheme->plan, t));
    json_member_integer(&j, "events", (int64_t)t->event_count);
    json_member_integer(&j, "errors", (int64_t)t->problems.errors);
    json_member_integer(&j, "notices", (int64_t)t->problems.notices);
    json_key(&j, "problems");
    json_begin_array(&j);
    for (size_t i = 0; i < t->problems.count; i++)
        json_problem(b, &t->problems.items[i], &j);
    json_end_array(&j);
    json_end_object(&j);
    buffer_add_char(out, '\n');
}

static assess_status give_problems(const assess_batch *b, assess_language language, assess_format format, char **out, assess_error *err)
{
    if (!out || !is_language(language))
        return bad_argument(err, "language, out");
    buffer text_out = {0};
    if (format == ASSESS_FORMAT_JSON) {
        problems_json(b, &text_out);
    } else {
        print_problems(b, language, PROBLEM_ERROR, &text_out);
        print_problems(b, language, PROBLEM_NOTICE, &text_out);
    }
    return give_text(&text_out, out, NULL, err);
}

assess_status assess_batch_problems(assess_batch *b, assess_language language, assess_format format, char **out,
                                    assess_error *err)
{
    assess_status s = batch_enter(b, err);
    return s ? s : batch_leave(b, give_problems(b, language, format, out, err));
}
