/* fill: looking up the names of a form, and writing it. */
#include "office/fill_nodes.h"

#include <string.h>

enum { SHOWN_NAMES = 40 };

/* ---- looking up ---- */

typedef struct binder {
    fill_form *form;
    const fill_data *data;
    const fill_table *open[FILL_MAX_DEPTH + 1]; /* outermost first */
    size_t depth;                               /* how many are open */
    assess_error *err;
} binder;

static text id_of(const fill_table *t, size_t column) { return text_of(t->column_id(t->of, column)); }

static text title_of(const fill_table *t, size_t column) { return text_of(t->column_title(t->of, column)); }

/* As headers are compared; 考核 and 考评 are the same word in a name, for forms that people have. */
static bool name_key(binder *b, text name, text *out)
{
    text key;
    if (!text_key(&b->form->memory, name, &key))
        return false;
    char *copy = arena_text(&b->form->memory, key.bytes, key.length);
    *out = (text){copy, key.length};
    for (char *at = copy; at && (at = strstr(at, "考核")); at += strlen("考核"))
        memcpy(at, "考评", strlen("考评"));
    return copy != NULL;
}

/* By id, by title, and then as headers are compared. *out SIZE_MAX: no such column. */
static assess_status find_column(binder *b, const fill_table *t, text name, size_t *out)
{
    text key, other;
    *out = SIZE_MAX;
    for (size_t i = 0; i < t->column_count && *out == SIZE_MAX; i++)
        if (text_equal(id_of(t, i), name) || text_equal(title_of(t, i), name))
            *out = i;
    if (*out != SIZE_MAX)
        return ASSESS_OK;
    if (!name_key(b, name, &key))
        return error_no_memory(b->err);
    for (size_t i = 0; i < 2 * t->column_count && *out == SIZE_MAX; i++) {
        if (!name_key(b, i % 2 ? title_of(t, i / 2) : id_of(t, i / 2), &other))
            return error_no_memory(b->err);
        if (text_equal(key, other))
            *out = i / 2;
    }
    return ASSESS_OK;
}

/* The next of `sex|性别`; false: there is none. */
static bool next_choice(text *rest, text *choice)
{
    size_t length = 0;
    if (!rest->length)
        return false;
    while (length < rest->length && rest->bytes[length] != '|')
        length++;
    size_t used = length + (length < rest->length);
    *choice = text_trim((text){rest->bytes, length});
    *rest = (text){rest->bytes + used, rest->length - used};
    return true;
}

static assess_status find_choice(binder *b, text name, fill_place *out)
{
    assess_status status = ASSESS_OK;
    for (size_t up = 0; up < b->depth && !out->found && status == ASSESS_OK; up++) {
        size_t column;
        status = find_column(b, b->open[b->depth - 1 - up], name, &column);
        *out = (fill_place){status == ASSESS_OK && column != SIZE_MAX, up, column};
    }
    if (out->found && out->up == b->depth - 1)
        b->form->used[out->column] = true;
    return status;
}

/* The first of the choices that there is, seen from the innermost scope. */
static assess_status find_name(binder *b, text names, fill_place *out)
{
    assess_status status = ASSESS_OK;
    *out = (fill_place){.found = false};
    for (text name; status == ASSESS_OK && !out->found && next_choice(&names, &name);)
        status = find_choice(b, name, out);
    return status;
}

/* ---- what there is, for a complaint ---- */

bool fill_add_name(fill_names *n, text name)
{
    for (size_t i = 0; i < n->count; i++)
        if (text_equal(n->items[i], name))
            return true;
    if (!MEM_RESERVE(n->items, n->capacity, n->count + 1))
        return false;
    n->items[n->count++] = name;
    return true;
}

static bool add_columns(fill_names *n, const fill_table *t, bool ids)
{
    bool ok = true;
    for (size_t i = 0; i < t->column_count && ok; i++)
        ok = fill_add_name(n, title_of(t, i)) && (!ids || fill_add_name(n, id_of(t, i)));
    return ok;
}

/* Innermost first; with ids everything that would be understood. */
static bool add_known(const binder *b, fill_names *n, bool ids)
{
    bool ok = true;
    for (size_t up = 0; up < b->depth && ok; up++)
        ok = add_columns(n, b->open[b->depth - 1 - up], ids);
    return ok;
}

void fill_list_more(buffer *out, text item, size_t before, assess_language language)
{
    if (before < SHOWN_NAMES && before)
        buffer_add_string(out, language == ASSESS_ZH ? "、" : ", ");
    if (before < SHOWN_NAMES)
        buffer_add_visible(out, item);
    if (before == SHOWN_NAMES)
        buffer_add_string(out, " …");
}

void fill_list(buffer *out, const text *items, size_t count, assess_language language)
{
    for (size_t i = 0; i < count; i++)
        fill_list_more(out, items[i], i, language);
}

assess_status fill_unknown(const fill_form *form, uint32_t line, text name, const message_id ids[2], const fill_names *shown,
                           const fill_names *all, assess_error *err)
{
    buffer en = {0}, zh = {0};
    text near = text_suggest(name, all->items, all->count);
    fill_list(&en, shown->items, shown->count, ASSESS_EN);
    fill_list(&zh, shown->items, shown->count, ASSESS_ZH);
    message m = near.length ? message_of3(ids[1], name, near, buffer_text(&en)) : message_of2(ids[0], name, buffer_text(&en));
    m.zh[near.length ? 2 : 1] = buffer_text(&zh);
    assess_status status = fill_fault(form, line, m, err);
    buffer_free(&en);
    buffer_free(&zh);
    return status;
}

/* In a public notice every unknown name is refused for what a public notice is. */
static const message_id *reasons(const binder *b, bool section)
{
    static const message_id field[] = {MSG_form_unknown_field, MSG_form_unknown_field_near};
    static const message_id table[] = {MSG_form_unknown_section, MSG_form_unknown_section_near};
    static const message_id public[] = {MSG_form_public_field, MSG_form_public_field_near};
    return b->form->is_public ? public : section ? table : field;
}

static assess_status unknown_field(const binder *b, const fill_node *node, text choices)
{
    text name = choices;
    next_choice(&choices, &name);
    fill_names shown = {0}, all = {0};
    bool ok = add_known(b, &shown, false) && add_known(b, &all, true);
    assess_status status = ok ? fill_unknown(b->form, node->line, name, reasons(b, false), &shown, &all, b->err) : error_no_memory(b->err);
    mem_free(shown.items);
    mem_free(all.items);
    return status;
}

static assess_status unknown_section(const binder *b, const fill_node *node)
{
    fill_names all = {0};
    bool ok = true;
    for (size_t i = 0; i < b->data->table_count && ok; i++)
        ok = fill_add_name(&all, b->data->table_ids[i]);
    size_t tables = all.count;
    ok = ok && add_known(b, &all, true);
    fill_names shown = {all.items, tables, 0};
    assess_status status = ok ? fill_unknown(b->form, node->line, node->name, reasons(b, true), &shown, &all, b->err) : error_no_memory(b->err);
    mem_free(all.items);
    return status;
}

static assess_status note_absent(binder *b, const fill_node *node)
{
    text names = node->name, name = names;
    next_choice(&names, &name);
    if (node->quiet)
        return fill_add_name(&b->form->left_open, name) ? ASSESS_OK : error_no_memory(b->err);
    return fill_add_name(&b->form->absent, name) ? ASSESS_OK : error_no_memory(b->err);
}

/* ---- binding ---- */

static bool is_choice(text choices, text name)
{
    for (text one; next_choice(&choices, &one);)
        if (text_equal(one, name))
            return true;
    return false;
}

static void bind_box(const binder *b, fill_node *node)
{
    for (size_t i = 0; i < b->form->box_count; i++)
        if (is_choice(node->name, b->form->boxes[i].field))
            node->box = &b->form->boxes[i];
}

static assess_status bind_field(binder *b, fill_node *node)
{
    assess_status status = find_name(b, node->name, &node->place);
    bind_box(b, node);
    if (status != ASSESS_OK || node->place.found)
        return status;
    return node->optional ? note_absent(b, node) : unknown_field(b, node, node->name);
}

static assess_status bind_range(binder *b, size_t from, size_t to);

static assess_status bind_rows(binder *b, fill_node *node, size_t first)
{
    assess_status status = ASSESS_OK;
    b->open[b->depth++] = node->table;
    if (node->filter) {
        status = find_name(b, node->column, &node->filter_place);
        if (status == ASSESS_OK && !node->filter_place.found)
            status = unknown_field(b, node, node->column);
    }
    if (node->kind == FILL_INVERSE)
        b->depth--; /* there is no row to speak of */
    if (status == ASSESS_OK)
        status = bind_range(b, first, node->end);
    if (node->kind == FILL_SECTION)
        b->depth--;
    return status;
}

static assess_status bind_section(binder *b, fill_node *node, size_t first)
{
    assess_status status = b->data->table(b->data->user, node->name, &node->table, b->err);
    if (status != ASSESS_OK)
        return status;
    if (node->table)
        return bind_rows(b, node, first);
    if (!b->data->is_table || !b->data->is_table(node->name))
        status = find_name(b, node->name, &node->place);
    if (status == ASSESS_OK && !node->place.found && !node->optional)
        return unknown_section(b, node);
    if (status == ASSESS_OK && node->filter)
        return fill_fault(b->form, node->line, message_of1(MSG_form_filter_of_field, node->name), b->err);
    if (status == ASSESS_OK && !node->place.found)
        status = note_absent(b, node);
    bool never = !node->place.found && node->kind == FILL_SECTION; /* and what stands in it may be of rows that there are none of */
    return status == ASSESS_OK && !never ? bind_range(b, first, node->end) : status;
}

static assess_status bind_range(binder *b, size_t from, size_t to)
{
    assess_status status = ASSESS_OK;
    for (size_t i = from; i < to && status == ASSESS_OK; i++) {
        fill_node *node = &b->form->nodes[i];
        if (node->kind == FILL_FIELD)
            status = bind_field(b, node);
        if (node->kind == FILL_NUMBER && b->depth == 1)
            status = fill_fault(b->form, node->line, message_of(MSG_form_number), b->err);
        if (node->kind == FILL_SECTION || node->kind == FILL_INVERSE) {
            status = bind_section(b, node, i + 1);
            i = node->end;
        }
    }
    return status;
}

static assess_status check_asks(binder *b)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < b->form->ask_count && status == ASSESS_OK; i++) {
        const fill_ask *ask = &b->form->asks[i];
        size_t column;
        status = find_column(b, b->data->fields, ask->name, &column);
        if (status == ASSESS_OK && column == SIZE_MAX)
            status = fill_fault(b->form, ask->line, message_of2(MSG_form_asks, ask->name, ask->meaning), b->err);
    }
    return status;
}

static bool has_field(const fill_form *f, text name)
{
    for (size_t i = 0; i < f->count; i++)
        if (f->nodes[i].kind == FILL_FIELD && is_choice(f->nodes[i].name, name))
            return true;
    return false;
}

static assess_status check_boxes(const binder *b)
{
    for (size_t i = 0; i < b->form->box_count; i++) {
        const fill_box *box = &b->form->boxes[i];
        if (!has_field(b->form, box->field))
            return fill_fault(b->form, box->line, message_of1(MSG_form_box_unused, box->field), b->err);
    }
    return ASSESS_OK;
}

assess_status fill_bind(fill_form *form, const fill_data *data, assess_error *err)
{
    binder b = {.form = form, .data = data, .open = {data->fields}, .depth = 1, .err = err};
    form->used = mem_zalloc(data->fields->column_count + 1, sizeof *form->used);
    if (!form->used)
        return error_no_memory(err);
    assess_status status = check_asks(&b);
    if (status == ASSESS_OK)
        status = bind_range(&b, 0, form->count);
    return status == ASSESS_OK ? check_boxes(&b) : status;
}

/* ---- writing ---- */

typedef struct writer {
    const fill_form *form;
    const fill_data *data;
    buffer *out;
    assess_error *err;
} writer;

size_t fill_lines(text value, size_t width)
{
    size_t lines = 0;
    for (size_t from = 0; from <= value.length;) {
        size_t to = from;
        while (to < value.length && value.bytes[to] != '\n')
            to++;
        size_t columns = text_columns((text){value.bytes + from, to - from});
        lines += columns ? (columns + 2 * width - 1) / (2 * width) : 1;
        from = to + 1;
    }
    return value.length ? lines : 0;
}

static const char *entity_of(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    case '\'':
        return "&#39;";
    default:
        return NULL;
    }
}

/* U+FFFE and U+FFFF, which XML has no place for. */
static bool is_no_character(text t, size_t at)
{
    return t.length - at >= 3 && memcmp(t.bytes + at, "\xEF\xBF", 2) == 0 && (unsigned char)t.bytes[at + 2] >= 0xBE;
}

static void add_visible(buffer *out, text t)
{
    size_t run = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (!is_no_character(t, i))
            continue;
        buffer_add_visible(out, (text){t.bytes + run, i - run});
        buffer_add_string(out, "\xEF\xBF\xBD");
        run = i + 3;
    }
    buffer_add_visible(out, (text){t.bytes + run, t.length - run});
}

/* Line breaks and tabs belong to the text; a CR before a line break is no character of it. */
static void add_escaped(buffer *out, text value, const fill_markup *markup)
{
    size_t run = 0;
    for (size_t i = 0; i < value.length; i++) {
        char c = value.bytes[i];
        const char *entity = entity_of(c);
        if (!entity && c != '\n' && c != '\t' && c != '\r')
            continue;
        add_visible(out, (text){value.bytes + run, i - run});
        run = i + 1;
        if (entity)
            buffer_add_string(out, entity);
        else if (c != '\r' || i + 1 == value.length || value.bytes[i + 1] != '\n')
            buffer_add_text(out, c == '\t' ? markup->tab : markup->line_break);
    }
    add_visible(out, (text){value.bytes + run, value.length - run});
}

static text value_at(const fill_scope *at, const fill_place *place)
{
    if (!place->found)
        return TEXT("");
    for (size_t up = place->up; up > 0; up--)
        at = at->outer;
    return text_of(at->table->cell(at->table->of, at->row, place->column));
}

static void write_field(const writer *w, const fill_node *node, const fill_scope *at)
{
    text value = value_at(at, &node->place);
    if (node->box && w->data->too_long) {
        size_t lines = fill_lines(value, node->box->width);
        if (lines > node->box->lines)
            w->data->too_long(w->data->user, at, node->box->field, lines, node->box->lines);
    }
    add_escaped(w->out, value, &w->form->markup);
}

static bool passes(const fill_node *node, const fill_scope *at)
{
    if (node->filter == FILTER_NONE)
        return true;
    bool equal = text_equal(text_trim(value_at(at, &node->filter_place)), node->value);
    return equal == (node->filter == FILTER_EQUAL);
}

static assess_status write_range(const writer *w, size_t from, size_t to, const fill_scope *at);

static assess_status write_rows(const writer *w, const fill_node *node, size_t first, const fill_scope *at)
{
    fill_scope row = {.table = node->table, .outer = at};
    size_t count = 0;
    assess_status status = node->table->open(node->table->of, at, &count, w->err);
    for (; status == ASSESS_OK && row.row < count; row.row++) {
        if (!passes(node, &row))
            continue;
        row.number++;
        if (node->kind == FILL_SECTION)
            status = write_range(w, first, node->end, &row);
    }
    if (status == ASSESS_OK && node->kind == FILL_INVERSE && row.number == 0)
        status = write_range(w, first, node->end, at);
    return status;
}

static assess_status write_section(const writer *w, const fill_node *node, size_t first, const fill_scope *at)
{
    if (node->table)
        return write_rows(w, node, first, at);
    bool empty = text_trim(value_at(at, &node->place)).length == 0;
    return empty == (node->kind == FILL_INVERSE) ? write_range(w, first, node->end, at) : ASSESS_OK;
}

static assess_status write_range(const writer *w, size_t from, size_t to, const fill_scope *at)
{
    assess_status status = ASSESS_OK;
    for (size_t i = from; i < to && status == ASSESS_OK; i++) {
        const fill_node *node = &w->form->nodes[i];
        if (node->kind == FILL_WORDS)
            buffer_add_text(w->out, node->name);
        if (node->kind == FILL_FIELD)
            write_field(w, node, at);
        if (node->kind == FILL_NUMBER)
            buffer_add_integer(w->out, (int64_t)at->number);
        if (node->kind == FILL_SECTION || node->kind == FILL_INVERSE) {
            status = write_section(w, node, i + 1, at);
            i = node->end;
        }
    }
    return w->out->failed ? error_no_memory(w->err) : status;
}

assess_status fill_write(const fill_form *form, const fill_data *data, buffer *out, assess_error *err)
{
    writer w = {form, data, out, err};
    fill_scope whole = {.table = data->fields, .row = 0};
    return write_range(&w, 0, form->count, &whole);
}
