/* message: rendering needs no memory of its own, so that even “no memory” can be said. */
#include "base/message.h"

#include <string.h>

static const struct {
    const char *name;
    const char *sentence[ASSESS_LANGUAGE_COUNT];
} catalogue[] = {
#define MESSAGE(name, id, en, zh) [MSG_##name] = {id, {[ASSESS_ZH] = zh, [ASSESS_EN] = en}},
#include "base/messages.def"
#undef MESSAGE
};

message message_of4(message_id id, text a, text b, text c, text d)
{
    message m = {.id = id, .args = {a, b, c, d}};
    return m;
}

message message_of3(message_id id, text a, text b, text c)
{
    return message_of4(id, a, b, c, TEXT(""));
}

message message_of2(message_id id, text a, text b)
{
    return message_of3(id, a, b, TEXT(""));
}

message message_of1(message_id id, text a)
{
    return message_of2(id, a, TEXT(""));
}

message message_of(message_id id)
{
    return message_of1(id, TEXT(""));
}

const char *message_name(message_id id)
{
    return catalogue[id].name;
}

/* A sentence being read: what is left of it, and of the argument that stands in it just now. */
typedef struct reader {
    const message *message;
    assess_language language;
    const char *at;
    text argument;
} reader;

static reader reader_of(const message *m, assess_language language)
{
    reader r = {m, language, catalogue[m->id].sentence[language], {"", 0}};
    return r;
}

static text argument_of(const reader *r, int i)
{
    return r->language == ASSESS_ZH && r->message->zh[i].length ? r->message->zh[i] : r->message->args[i];
}

/* Arguments may come from a file name or a damaged file: a byte that is not UTF-8 is shown as U+FFFD. */
static text take_valid(text *t)
{
    text piece = {t->bytes, utf8_invalid_at(t->bytes, t->length)};
    size_t step = piece.length;
    if (step == 0) {
        piece = TEXT("\xEF\xBF\xBD");
        step = 1;
    }
    t->bytes += step;
    t->length -= step;
    return piece;
}

static bool is_placeholder(const char *s)
{
    return s[0] == '{' && s[1] >= '0' && s[1] < '0' + MESSAGE_MAX_ARGS && (s[2] == '}' || s[2] == '|');
}

/* {0|ballot is|ballots are}, read over: the words that go with the number. */
static text take_number(reader *r)
{
    const char *one = r->at + 3, *many = one + strcspn(one, "|}") + 1, *end = many + strcspn(many, "}");
    bool single = text_equal(argument_of(r, r->at[1] - '0'), TEXT("1"));
    r->at = end + 1;
    return single ? (text){one, (size_t)(many - 1 - one)} : (text){many, (size_t)(end - many)};
}

/* The next piece: a run of the sentence's own words, or of an argument. False at the end. */
static bool next_piece(reader *r, text *piece)
{
    while (r->argument.length == 0) {
        const char *s = r->at;
        if (*s == '\0')
            return false;
        if (is_placeholder(s) && s[2] == '|') {
            *piece = take_number(r);
            return true;
        }
        if (!is_placeholder(s)) {
            *piece = (text){s, 1 + strcspn(s + 1, "{")};
            r->at = s + piece->length;
            return true;
        }
        r->argument = argument_of(r, s[1] - '0');
        r->at = s + 3;
    }
    *piece = take_valid(&r->argument);
    return true;
}

void message_render(buffer *out, message m, assess_language language)
{
    reader r = reader_of(&m, language);
    text piece;
    while (next_piece(&r, &piece))
        buffer_add_text(out, piece);
}

/* ---- errors ---- */

/* Appends as much of t as fits, in whole characters; what has been cut takes nothing more. */
typedef struct field {
    char *bytes;
    size_t length, size;
    bool full;
} field;

static void field_add(field *f, text t)
{
    size_t room = f->size - 1 - f->length, length = t.length;
    if (f->full)
        return;
    if (length > room) {
        f->full = true;
        length = room;
        while (length > 0 && ((unsigned char)t.bytes[length] & 0xC0) == 0x80)
            length--;
    }
    if (length)
        memcpy(f->bytes + f->length, t.bytes, length);
    f->length += length;
    f->bytes[f->length] = '\0';
}

static void field_set(char *bytes, size_t size, text t)
{
    field f = {.bytes = bytes, .size = size};
    bytes[0] = '\0';
    while (t.length > 0)
        field_add(&f, take_valid(&t));
}

assess_status error_set_at(assess_error *err, assess_status status, message m, const char *file, uint32_t line,
                           const char *clause)
{
    if (!err || err->status != ASSESS_OK)
        return status;
    err->status = status;
    field_set(err->id, sizeof err->id, text_of(message_name(m.id)));
    for (int language = 0; language < ASSESS_LANGUAGE_COUNT; language++) {
        field f = {.bytes = err->message[language], .size = sizeof err->message[language]};
        reader r = reader_of(&m, (assess_language)language);
        text piece;
        f.bytes[0] = '\0';
        while (next_piece(&r, &piece))
            field_add(&f, piece);
    }
    field_set(err->file, sizeof err->file, text_of(file));
    field_set(err->clause, sizeof err->clause, text_of(clause));
    err->line = line;
    err->column = 0;
    return status;
}

assess_status error_set(assess_error *err, assess_status status, message m)
{
    return error_set_at(err, status, m, NULL, 0, NULL);
}

assess_status error_no_memory(assess_error *err)
{
    return error_set(err, ASSESS_E_SYSTEM, message_of(MSG_no_memory));
}
