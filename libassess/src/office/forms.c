/* forms: official forms from the user's own templates. */
#include "office/call.h"
#include "office/forms_parts.h"

typedef struct form_job {
    fill_form form;
    form_data data;
    docx word; /* where the form is one */
    bool is_docx;
    fill_data filled_from;
    assess_office_form_options options;
    buffer source, notices;
    char *said; /* the notices, once there are no more to come */
} form_job;

/* ---- notices ---- */

static void end_line(form_job *j) { buffer_add_char(&j->notices, '\n'); }

static void tell_length(void *user, const fill_scope *at, text field, size_t lines, size_t room)
{
    form_job *j = user;
    buffer sizes[2] = {{0}, {0}}, words = {0};
    while (at && at->table != &j->data.people_shown)
        at = at->outer;
    buffer_add_integer(&sizes[0], (int64_t)lines);
    buffer_add_integer(&sizes[1], (int64_t)room);
    message_render(&words, message_of2(MSG_form_lines, buffer_text(&sizes[0]), buffer_text(&sizes[1])), j->options.notices_in);
    text name = at ? text_of(people_about(&j->data.people, at->row, "name")) : j->form.title;
    text id = at ? text_of(people_about(&j->data.people, at->row, "id")) : TEXT("–");
    message_render(&j->notices, message_of4(MSG_form_too_long, name, id, field, buffer_text(&words)), j->options.notices_in);
    end_line(j);
    buffer_free(&sizes[0]);
    buffer_free(&sizes[1]);
    buffer_free(&words);
}

/* A table goes by an id in a form; who reads the notice knows it by its title. */
static text absent_called(text name, assess_language language, buffer *words)
{
    static const struct {
        const char *id;
        message_id title;
    } tables[] = {{"grades", MSG_report_grades},
                  {"distribution", MSG_table_distribution},
                  {"units", MSG_report_by_unit},
                  {"ranking", MSG_report_ranking},
                  {"ballots", MSG_report_ballots},
                  {"votes", MSG_table_votes},
                  {"raters", MSG_table_raters},
                  {"decisions", MSG_report_decisions},
                  {"calibration", MSG_report_calibration},
                  {"excluded", MSG_report_excluded},
                  {"vetoes", MSG_report_vetoes},
                  {"gaps", MSG_report_gaps},
                  {"ties", MSG_report_ties},
                  {"parameters", MSG_table_parameters}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        if (text_equal(name, text_of(tables[i].id))) {
            message_render(words, message_of(tables[i].title), language);
            return buffer_text(words);
        }
    return name;
}

static void tell_absent(form_job *j)
{
    buffer list = {0};
    if (!j->form.absent.count)
        return;
    for (size_t i = 0; i < j->form.absent.count; i++) {
        buffer words = {0};
        text called = absent_called(j->form.absent.items[i], j->options.notices_in, &words);
        fill_list_more(&list, called, i, j->options.notices_in);
        buffer_free(&words);
    }
    message_render(&j->notices, message_of1(MSG_form_absent, buffer_text(&list)), j->options.notices_in);
    end_line(j);
    buffer_free(&list);
}

static void tell_nobody(form_job *j)
{
    if (j->data.people.row_count)
        return;
    message_render(&j->notices, message_of(j->form.is_public ? MSG_form_public_nobody : MSG_form_nobody), j->options.notices_in);
    end_line(j);
}

static void tell_left_out(form_job *j)
{
    buffer count = {0};
    if (!j->data.people.left_out)
        return;
    buffer_add_integer(&count, (int64_t)j->data.people.left_out);
    message_render(&j->notices, message_of2(MSG_form_left_out, buffer_text(&count), j->data.people.left_called), j->options.notices_in);
    end_line(j);
    buffer_free(&count);
}

static assess_status find_table(void *user, text id, const fill_table **out, assess_error *err)
{
    form_job *j = user;
    return data_table(&j->data, id, out, err);
}

/* Before anything stands in its place: what cannot be told is not done. */
static assess_status end_notices(form_job *j, assess_error *err)
{
    assess_status status = office_give_text(&j->notices, &j->said, NULL, err);
    j->notices = (buffer){0}; /* given away, or freed already */
    return status;
}

/* ---- writing ---- */

/* The form for `count` of the people from `first` on. */
static assess_status fill_for(form_job *j, size_t first, size_t count, buffer *out, assess_error *err)
{
    j->data.people.first = first;
    j->data.people.shown = count;
    buffer filled = {0};
    assess_status status = fill_write(&j->form, &j->filled_from, j->is_docx ? &filled : out, err);
    if (status == ASSESS_OK)
        status = j->data.people.failed;
    if (status == ASSESS_OK && j->is_docx)
        status = docx_write(&j->word, buffer_text(&filled), out, err);
    buffer_free(&filled);
    return status;
}

static assess_status write_one(form_job *j, const char *path, assess_error *err)
{
    buffer page = {0};
    assess_status status = fill_for(j, 0, j->data.people.row_count, &page, err);
    if (status == ASSESS_OK)
        status = end_notices(j, err);
    if (status == ASSESS_OK)
        status = form_save(j->form.file, path, buffer_text(&page), j->options.force, err);
    buffer_free(&page);
    return status;
}

static assess_status write_each(form_job *j, const char *path, assess_error *err)
{
    form_folder folder;
    assess_status status = folder_begin(&folder, j->form.file, path, j->options.force, err);
    for (size_t i = 0; i < j->data.people.row_count && status == ASSESS_OK; i++) {
        buffer page = {0};
        status = office_go_on(j->options.progress, j->options.user, i, j->data.people.row_count, folder.staging ? 0 : i, err);
        if (status == ASSESS_OK)
            status = fill_for(j, i, 1, &page, err);
        if (status == ASSESS_OK)
            status = folder_add(&folder, people_about(&j->data.people, 0, "id"), buffer_text(&page), err);
        buffer_free(&page);
    }
    if (status == ASSESS_OK)
        status = end_notices(j, err);
    return folder_end(&folder, status, err);
}

/* Files are named by ids. */
static assess_status check_separate(const form_job *j, assess_error *err)
{
    bool named = j->options.separate && j->form.is_public;
    return named ? error_set_at(err, ASSESS_E_CALL, message_of(MSG_form_public_separate), j->form.file, 0, NULL) : ASSESS_OK;
}

/* A form of either kind as what fill.h knows. `word` is to be closed in every case. */
static assess_status parse_form(const buffer *source, const char *file, docx *word, fill_form *form, assess_error *err)
{
    bool is_docx = docx_is(buffer_text(source));
    if (is_docx != docx_is_named(file))
        return docx_fault(file, 0, message_of(is_docx ? MSG_docx_ending : MSG_docx_none), err);
    if (!is_docx)
        return fill_parse(buffer_text(source), file, form, err);
    assess_status status = docx_open(buffer_text(source), file, word, err);
    if (status == ASSESS_OK)
        status = fill_parse(buffer_text(&word->source), file, form, err);
    form->markup = DOCX_MARKUP;
    return status;
}

static assess_status prepare(form_job *j, assess_result *result, const char *template, assess_error *err)
{
    assess_status status = form_read(template, &j->source, err);
    j->is_docx = docx_is(buffer_text(&j->source));
    if (status == ASSESS_OK)
        status = parse_form(&j->source, template, &j->word, &j->form, err);
    if (status == ASSESS_OK)
        status = check_separate(j, err);
    if (status == ASSESS_OK)
        status = data_open(&j->data, result, &j->form, &j->options, err);
    j->filled_from = (fill_data){.fields = &j->data.fields_shown,
                                 .table = find_table,
                                 .is_table = is_table_id,
                                 .table_ids = j->data.table_ids.items,
                                 .table_count = j->data.table_ids.count,
                                 .too_long = tell_length,
                                 .user = j};
    if (status == ASSESS_OK)
        status = fill_bind(&j->form, &j->filled_from, err);
    return status == ASSESS_OK ? data_check_given(&j->data, &j->form, err) : status;
}

static assess_status write_form(form_job *j, const char *path, assess_error *err)
{
    tell_absent(j);
    tell_left_out(j);
    tell_nobody(j);
    return j->options.separate ? write_each(j, path, err) : write_one(j, path, err);
}

static void close_job(form_job *j)
{
    data_close(&j->data);
    fill_free(&j->form);
    docx_close(&j->word);
    buffer_free(&j->source);
    buffer_free(&j->notices);
    assess_text_free(j->said);
}

assess_status assess_office_write_form(assess_result *result, const char *form, const char *path, const assess_office_form_options *options,
                                       char **notices, assess_error *err)
{
    form_job j = {.source = {0}};
    if (notices)
        *notices = NULL;
    if (!result || !form || !path)
        return office_bad_argument(err, !result ? "result" : !form ? "form" : "path");
    if (OFFICE_OPTIONS(assess_office_form_options, order, &j.options, options, err))
        return ASSESS_E_CALL;
    if ((unsigned)j.options.language >= ASSESS_LANGUAGE_COUNT || (unsigned)j.options.notices_in >= ASSESS_LANGUAGE_COUNT)
        return office_bad_argument(err, "language");
    if ((unsigned)j.options.order >= ASSESS_ORDER_COUNT)
        return office_bad_argument(err, "order");
    assess_status status = assess_result_keep(result, err);
    if (status != ASSESS_OK)
        return status;
    status = prepare(&j, result, form, err);
    if (status == ASSESS_OK)
        status = write_form(&j, path, err);
    if (status == ASSESS_OK && notices) {
        *notices = j.said;
        j.said = NULL;
    }
    close_job(&j);
    assess_result_release(result);
    return status;
}

/* ---- what a form is ---- */

static assess_status give_about(const fill_form *form, char **title, char **fields, assess_error *err)
{
    buffer first = {0}, second = {0};
    buffer_add_text(&first, form->title);
    for (size_t i = 0; i < form->ask_count; i++) {
        buffer_add_text(&second, form->asks[i].name);
        buffer_add_char(&second, '\t');
        buffer_add_text(&second, form->asks[i].meaning);
        buffer_add_char(&second, '\n');
    }
    assess_status status = office_give_text(&first, title, NULL, err);
    if (status == ASSESS_OK)
        status = office_give_text(&second, fields, NULL, err);
    else
        buffer_free(&second);
    if (status != ASSESS_OK) {
        mem_free(*title);
        *title = NULL;
    }
    return status;
}

assess_status assess_office_form_about(const char *form, char **title, char **fields, assess_error *err)
{
    buffer source = {0};
    docx word = {0};
    fill_form parsed = {.file = form};
    if (!form || !title || !fields)
        return office_bad_argument(err, !form ? "form" : !title ? "title" : "fields");
    *title = *fields = NULL;
    assess_status status = form_read(form, &source, err);
    if (status == ASSESS_OK)
        status = parse_form(&source, form, &word, &parsed, err);
    if (status == ASSESS_OK)
        status = give_about(&parsed, title, fields, err);
    fill_free(&parsed);
    docx_close(&word);
    buffer_free(&source);
    return status;
}
