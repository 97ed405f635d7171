/* json: the writer keeps no stack. A comma is due before a value exactly when the last thing written was a whole value,
 * so one bit is enough; `depth` only serves the tests, which check that everything opened was closed. */
#include "base/json.h"

#include <string.h>

static void before_value(json *j)
{
    if (j->comma)
        buffer_add_char(j->out, ',');
    j->comma = true;
}

static void begin(json *j, char bracket)
{
    before_value(j);
    buffer_add_char(j->out, bracket);
    j->comma = false;
    j->depth++;
}

static void end(json *j, char bracket)
{
    buffer_add_char(j->out, bracket);
    j->comma = true;
    j->depth--;
}

void json_begin_object(json *j)
{
    begin(j, '{');
}
void json_end_object(json *j)
{
    end(j, '}');
}
void json_begin_array(json *j)
{
    begin(j, '[');
}
void json_end_array(json *j)
{
    end(j, ']');
}

/* \u001b, four digits of a code point of the basic plane. */
static void escape_unit(uint32_t c, char out[6])
{
    static const char hex[] = "0123456789abcdef";
    out[0] = '\\';
    out[1] = 'u';
    for (int digit = 0; digit < 4; digit++)
        out[2 + digit] = hex[c >> (12 - 4 * digit) & 15];
}

/* The length of the escape of an ASCII byte, 0 for a byte that stands for itself. */
static size_t escape_ascii(unsigned char c, char out[6])
{
    static const char letters[] = "\"\"\\\\\bb\ff\nn\rr\tt";
    for (const char *pair = letters; *pair; pair += 2) {
        if (c == (unsigned char)pair[0]) {
            out[0] = '\\';
            out[1] = pair[1];
            return 2;
        }
    }
    if (c >= 0x20 && c != 0x7F)
        return 0;
    escape_unit(c, out);
    return 6;
}

/* Beyond ASCII: what a terminal would obey when JSON is looked at there. All of it lies in the basic plane. */
static size_t escape_wide(uint32_t c, char out[6])
{
    if (!is_hidden_character(c))
        return 0;
    escape_unit(c, out);
    return 6;
}

/* The length of the escape of the character at *at, 0 for one that stands for itself; *at moves behind it. */
static size_t escape_next(const char *bytes, size_t length, size_t *at, char out[6])
{
    unsigned char c = (unsigned char)bytes[*at];
    if (c < 0x80) {
        *at += 1;
        return c > '\\' && c != 0x7F ? 0 : escape_ascii(c, out);
    }
    return escape_wide(utf8_next(bytes, length, at), out);
}

/* Valid UTF-8 goes through as it is, in runs. */
static void add_escaped(buffer *out, const char *bytes, size_t length)
{
    size_t run = 0;
    for (size_t i = 0; i < length;) {
        char escape[6];
        size_t start = i, n = escape_next(bytes, length, &i, escape);
        if (n == 0)
            continue;
        buffer_add(out, bytes + run, start - run);
        buffer_add(out, escape, n);
        run = i;
    }
    buffer_add(out, bytes + run, length - run);
}

/* Callers hand over valid UTF-8. Should one not, each bad byte becomes U+FFFD: the output is valid JSON in any case. */
static void add_quoted(buffer *out, text t)
{
    buffer_add_char(out, '"');
    while (t.length) {
        size_t valid = utf8_invalid_at(t.bytes, t.length);
        add_escaped(out, t.bytes, valid);
        if (valid == t.length)
            break;
        buffer_add_string(out, "\xEF\xBF\xBD");
        t.bytes += valid + 1;
        t.length -= valid + 1;
    }
    buffer_add_char(out, '"');
}

void json_key(json *j, const char *key)
{
    before_value(j);
    add_quoted(j->out, text_of(key));
    buffer_add_char(j->out, ':');
    j->comma = false;
}

void json_text(json *j, text value)
{
    before_value(j);
    add_quoted(j->out, value);
}

void json_string(json *j, const char *nul_terminated)
{
    json_text(j, text_of(nul_terminated));
}

void json_integer(json *j, int64_t value)
{
    before_value(j);
    buffer_add_integer(j->out, value);
}

void json_truth(json *j, bool value)
{
    before_value(j);
    buffer_add_string(j->out, value ? "true" : "false");
}

void json_null(json *j)
{
    before_value(j);
    buffer_add_string(j->out, "null");
}

void json_member_text(json *j, const char *key, text value)
{
    json_key(j, key);
    json_text(j, value);
}

void json_member_integer(json *j, const char *key, int64_t value)
{
    json_key(j, key);
    json_integer(j, value);
}

void json_member_truth(json *j, const char *key, bool value)
{
    json_key(j, key);
    json_truth(j, value);
}

void json_member_words(json *j, const char *key, text zh, text en)
{
    json_key(j, key);
    json_begin_object(j);
    json_member_text(j, "zh", zh);
    json_member_text(j, "en", en);
    json_end_object(j);
}
