/* fill_parse: the text of a form, cut into what stands as it is and what is filled. */
#include "office/fill_nodes.h"

#include <string.h>

typedef struct parser {
    fill_form *form;
    text source;
    size_t at;
    uint32_t line; /* of `at` */
    size_t open[FILL_MAX_DEPTH], depth;
    assess_error *err;
} parser;

assess_status fill_fault(const fill_form *form, uint32_t line, message m, assess_error *err)
{
    return error_set_at(err, ASSESS_E_CALL, m, form->file, line, NULL);
}

static assess_status fault(const parser *p, message m) { return fill_fault(p->form, p->line, m, p->err); }

static assess_status add_node(parser *p, fill_node node)
{
    fill_form *f = p->form;
    if (!MEM_RESERVE(f->nodes, f->capacity, f->count + 1))
        return error_no_memory(p->err);
    f->nodes[f->count++] = node;
    return ASSESS_OK;
}

static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/* The first of the characters in t, or its length. */
static size_t find_first(text t, const char *characters)
{
    size_t at = 0;
    while (at < t.length && !strchr(characters, t.bytes[at]))
        at++;
    return at;
}

static text part(text t, size_t from, size_t to) { return (text){t.bytes + from, to - from}; }

/* ---- directives: {{%title …}} ---- */

static size_t read_count(text t)
{
    size_t value = 0;
    for (size_t i = 0; i < t.length; i++) {
        if (t.bytes[i] < '0' || t.bytes[i] > '9' || value > 10000)
            return 0;
        value = value * 10 + (size_t)(t.bytes[i] - '0');
    }
    return value;
}

static assess_status take_box(parser *p, text said)
{
    fill_form *f = p->form;
    fill_box box = {.line = p->line};
    size_t last = said.length;
    while (last > 0 && !is_blank(said.bytes[last - 1]))
        last--;
    text measure = part(said, last, said.length);
    size_t cross = find_first(measure, "x");
    box.field = text_trim(part(said, 0, last));
    box.width = read_count(part(measure, 0, cross));
    box.lines = cross < measure.length ? read_count(part(measure, cross + 1, measure.length)) : 0;
    if (!box.field.length || !box.width || !box.lines)
        return fault(p, message_of1(MSG_form_box, said));
    if (!MEM_RESERVE(f->boxes, f->box_capacity, f->box_count + 1))
        return error_no_memory(p->err);
    f->boxes[f->box_count++] = box;
    return ASSESS_OK;
}

static assess_status take_ask(parser *p, text said)
{
    fill_form *f = p->form;
    size_t end = find_first(said, " \t\r\n");
    if (!end)
        return fault(p, message_of(MSG_form_ask));
    if (!MEM_RESERVE(f->asks, f->ask_capacity, f->ask_count + 1))
        return error_no_memory(p->err);
    f->asks[f->ask_count++] = (fill_ask){part(said, 0, end), text_trim(part(said, end, said.length)), p->line};
    return ASSESS_OK;
}

static assess_status take_language(parser *p, text said)
{
    p->form->in_language = true;
    p->form->language = text_equal(said, TEXT("zh")) ? ASSESS_ZH : ASSESS_EN;
    if (p->form->language == ASSESS_EN && !text_equal(said, TEXT("en")))
        return fault(p, message_of1(MSG_form_language, said));
    return ASSESS_OK;
}

bool fill_being_of(text word, unsigned *out)
{
    static const char *const words[][2] = {{"person", "个人"}, {"unit", "单位"}, {"matter", "事项"}};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++)
        if (text_equal(word, text_of(words[i][0])) || text_equal(word, text_of(words[i][1]))) {
            *out = 1u << i;
            return true;
        }
    return false;
}

/* {{%of person unit}} */
static assess_status take_beings(parser *p, text said)
{
    for (text rest = said; rest.length;) {
        size_t end = find_first(rest, " \t\r\n");
        unsigned being;
        if (!fill_being_of(part(rest, 0, end), &being))
            return fault(p, message_of1(MSG_form_of, part(rest, 0, end)));
        p->form->beings |= being;
        rest = text_trim(part(rest, end, rest.length));
    }
    return p->form->beings ? ASSESS_OK : fault(p, message_of1(MSG_form_of, said));
}

static bool is_either(text word, text en, text zh) { return text_equal(word, en) || text_equal(word, zh); }

static assess_status take_directive(parser *p, text said)
{
    size_t end = find_first(said, " \t\r\n");
    text word = part(said, 0, end), rest = text_trim(part(said, end, said.length));
    if (is_either(word, TEXT("title"), TEXT("标题")))
        p->form->title = rest;
    else if (is_either(word, TEXT("public"), TEXT("公示")))
        p->form->is_public = true;
    else if (is_either(word, TEXT("language"), TEXT("语言")))
        return take_language(p, rest);
    else if (is_either(word, TEXT("of"), TEXT("对象")))
        return take_beings(p, rest);
    else if (is_either(word, TEXT("holds"), TEXT("容纳")))
        return take_box(p, rest);
    else if (is_either(word, TEXT("field"), TEXT("填写")))
        return take_ask(p, rest);
    else
        return fault(p, message_of1(MSG_form_directive, word));
    return ASSESS_OK;
}

/* ---- fields and sections ---- */

static bool begins_with(text t, char c) { return t.length && t.bytes[0] == c; }

/* `name`, `?name` or `name|`. */
static text take_marks(text said, fill_node *node)
{
    node->optional = begins_with(said, '?');
    if (node->optional)
        said = text_trim(part(said, 1, said.length));
    node->quiet = said.length && said.bytes[said.length - 1] == '|';
    node->optional |= node->quiet;
    return node->quiet ? text_trim(part(said, 0, said.length - 1)) : said;
}

/* `unit` or `people grade=excellent`. */
static assess_status take_name(parser *p, text said, fill_node *node)
{
    size_t end = find_first(said, " \t\r\n");
    text filter = text_trim(part(said, end, said.length));
    node->name = take_marks(part(said, 0, end), node);
    if (!node->name.length)
        return fault(p, message_of(MSG_form_no_name));
    if (!filter.length)
        return ASSESS_OK;
    size_t sign = find_first(filter, "=");
    bool other = sign > 0 && sign < filter.length && filter.bytes[sign - 1] == '!';
    node->filter = other ? FILTER_OTHER : FILTER_EQUAL;
    node->column = text_trim(part(filter, 0, sign - other));
    if (sign == filter.length || !node->column.length)
        return fault(p, message_of1(MSG_form_filter, said));
    node->value = text_trim(part(filter, sign + 1, filter.length));
    return ASSESS_OK;
}

static assess_status open_section(parser *p, text said, fill_kind kind)
{
    fill_node node = {.kind = kind, .line = p->line};
    assess_status status = take_name(p, said, &node);
    if (status != ASSESS_OK)
        return status;
    if (p->depth == FILL_MAX_DEPTH)
        return fault(p, message_of(MSG_form_too_deep));
    p->open[p->depth++] = p->form->count;
    return add_node(p, node);
}

static assess_status close_section(parser *p, text said)
{
    fill_node *nodes = p->form->nodes, marks;
    said = take_marks(said, &marks);
    if (p->depth == 0)
        return fault(p, message_of1(MSG_form_not_open, said));
    fill_node *open = &nodes[p->open[p->depth - 1]];
    if (!text_equal(open->name, said)) {
        buffer line = {0};
        buffer_add_integer(&line, open->line);
        assess_status status = fault(p, message_of3(MSG_form_misnested, said, open->name, buffer_text(&line)));
        buffer_free(&line);
        return status;
    }
    open->end = p->form->count;
    p->depth--;
    return add_node(p, (fill_node){.kind = FILL_END, .name = said, .line = p->line});
}

static assess_status take_field(parser *p, text said)
{
    fill_node node = {.kind = FILL_FIELD, .line = p->line};
    node.name = take_marks(said, &node);
    if (!node.name.length)
        return fault(p, message_of(MSG_form_no_name));
    if (find_first(node.name, "{}\n") < node.name.length)
        return fault(p, message_of(MSG_form_unclosed_braces));
    return add_node(p, node);
}

static assess_status take_tag(parser *p, text said)
{
    text rest = said.length ? text_trim(part(said, 1, said.length)) : said;
    switch (said.length ? said.bytes[0] : '\0') {
    case '!':
        return ASSESS_OK;
    case '%':
        return take_directive(p, rest);
    case '#':
        return open_section(p, rest, FILL_SECTION);
    case '^':
        return open_section(p, rest, FILL_INVERSE);
    case '/':
        return close_section(p, rest);
    case '@':
        return add_node(p, (fill_node){.kind = FILL_NUMBER, .line = p->line});
    default:
        return take_field(p, said);
    }
}

/* ---- the text as a whole ---- */

static size_t find_pair(text t, size_t from, char c)
{
    for (size_t at = from; at + 1 < t.length; at++)
        if (t.bytes[at] == c && t.bytes[at + 1] == c)
            return at;
    return t.length;
}

/* Sections, comments and directives that have a line to themselves take the whole line with them. */
static void widen_to_line(text source, size_t *from, size_t *to)
{
    size_t first = *from, last = *to;
    while (first > 0 && is_blank(source.bytes[first - 1]))
        first--;
    while (last < source.length && is_blank(source.bytes[last]))
        last++;
    bool begins = first == 0 || source.bytes[first - 1] == '\n', ends = last == source.length || source.bytes[last] == '\n';
    if (!begins || !ends)
        return;
    *from = first;
    *to = last + (last < source.length);
}

static void pass_over(parser *p, size_t to)
{
    for (; p->at < to; p->at++)
        p->line += p->source.bytes[p->at] == '\n';
}

static assess_status add_words(parser *p, size_t to)
{
    assess_status status = ASSESS_OK;
    if (to > p->at)
        status = add_node(p, (fill_node){.kind = FILL_WORDS, .name = part(p->source, p->at, to), .line = p->line});
    pass_over(p, to);
    return status;
}

static assess_status next_tag(parser *p, size_t braces)
{
    size_t close = find_pair(p->source, braces + 2, '}'), from = braces, to = close + 2;
    if (close == p->source.length) {
        pass_over(p, braces);
        return fault(p, message_of(MSG_form_unclosed_braces));
    }
    text said = text_trim(part(p->source, braces + 2, close));
    if (said.length && strchr("!%#^/", said.bytes[0]))
        widen_to_line(p->source, &from, &to);
    assess_status status = add_words(p, from < p->at ? p->at : from);
    pass_over(p, braces);
    if (status == ASSESS_OK)
        status = take_tag(p, said);
    pass_over(p, to);
    return status;
}

static assess_status finish(parser *p)
{
    assess_status status = add_words(p, p->source.length);
    if (status != ASSESS_OK || p->depth == 0)
        return status;
    const fill_node *open = &p->form->nodes[p->open[p->depth - 1]];
    return fill_fault(p->form, open->line, message_of1(MSG_form_unclosed, open->name), p->err);
}

assess_status fill_parse(text source, const char *file, fill_form *out, assess_error *err)
{
    *out = (fill_form){.file = file, .markup = {TEXT("\n"), TEXT("\t")}};
    if (source.length >= 3 && memcmp(source.bytes, "\xEF\xBB\xBF", 3) == 0)
        source = part(source, 3, source.length);
    parser p = {.form = out, .source = source, .line = 1, .err = err};
    size_t wrong = utf8_invalid_at(source.bytes, source.length);
    if (wrong < source.length) {
        pass_over(&p, wrong);
        return fault(&p, message_of(MSG_form_not_utf8));
    }
    assess_status status = ASSESS_OK;
    for (size_t braces; status == ASSESS_OK && (braces = find_pair(source, p.at, '{')) < source.length;)
        status = next_tag(&p, braces);
    return status == ASSESS_OK ? finish(&p) : status;
}

void fill_free(fill_form *f)
{
    mem_free(f->nodes);
    mem_free(f->boxes);
    mem_free(f->asks);
    mem_free(f->absent.items);
    mem_free(f->left_open.items);
    mem_free(f->used);
    arena_free(&f->memory);
    *f = (fill_form){0};
}
