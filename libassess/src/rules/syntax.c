/* syntax.c: what Lua's parser says about a rule file, as a sentence in both languages. It speaks English to programmers:
 * “'}' expected near 'zh'” is a comma that somebody forgot. What is not known here is passed on as Lua said it. */
#include <string.h>

#include "rules/loader.h"

static bool starts_with(text t, const char *start)
{
    size_t n = strlen(start);
    return t.length >= n && memcmp(t.bytes, start, n) == 0;
}

/* Where `part` stands first, t.length when nowhere. */
static size_t find(text t, const char *part)
{
    size_t n = strlen(part), at = 0;
    while (at + n <= t.length && memcmp(t.bytes + at, part, n) != 0)
        at++;
    return at + n <= t.length ? at : t.length;
}

static text from(text t, size_t at)
{
    return at < t.length ? (text){t.bytes + at, t.length - at} : TEXT("");
}

/* 'x' is x. */
static text unquoted(text t)
{
    bool quoted = t.length > 2 && t.bytes[0] == '\'' && t.bytes[t.length - 1] == '\'';
    return quoted ? (text){t.bytes + 1, t.length - 2} : t;
}

static text between(text t, const char *before, const char *behind)
{
    text rest = from(t, find(t, before) + strlen(before));
    return (text){rest.bytes, find(rest, behind)};
}

/* “'}' expected”, “'}' expected (to close '{' at line 7)” */
static message expected(text head, text near)
{
    text wanted = unquoted((text){head.bytes, find(head, " expected")});
    if (text_equal(wanted, TEXT("function arguments")))
        return message_of1(MSG_rules_lua_brackets, near);
    if (find(head, "to close") == head.length)
        return message_of2(text_equal(near, TEXT("<eof>")) ? MSG_rules_lua_expected_at_end : MSG_rules_lua_expected, wanted, near);
    text opened = unquoted(between(head, "to close ", " at line")), line = between(head, "at line ", ")");
    return message_of4(text_equal(near, TEXT("<eof>")) ? MSG_rules_lua_unclosed_at_end : MSG_rules_lua_unclosed, wanted, near, opened, line);
}

static message unexpected(text near)
{
    return message_of1(text_equal(near, TEXT("<eof>")) ? MSG_rules_lua_unexpected_end : MSG_rules_lua_unexpected, near);
}

message lua_sentence(text said)
{
    size_t end = find(said, " near ");
    text head = {said.bytes, end}, near = unquoted(from(said, end + strlen(" near ")));
    if (starts_with(head, "attempt to "))
        return message_of1(MSG_rules_lua_attempt, from(said, strlen("attempt to ")));
    if (!near.length)
        return message_of1(MSG_rules_lua, said);
    if (starts_with(head, "unexpected symbol") || starts_with(head, "syntax error"))
        return unexpected(near);
    if (starts_with(head, "unfinished string"))
        return message_of1(MSG_rules_lua_string, near);
    if (starts_with(head, "unfinished long "))
        return message_of1(MSG_rules_lua_long, between(head, "at line ", ")"));
    if (starts_with(head, "malformed number"))
        return message_of1(MSG_rules_lua_number, near);
    if (find(head, " expected") < head.length)
        return expected(head, near);
    return message_of1(MSG_rules_lua, said);
}
