/* pick: see pick.h. */
#include "pick.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t\r\n");
}

/* From an opening quote to behind the closing one. */
static const char *skip_string(const char *at)
{
    for (at++; *at && *at != '"'; at++)
        if (*at == '\\' && at[1])
            at++;
    return *at ? at + 1 : at;
}

static const char *skip_value(const char *at)
{
    int depth = 0;
    do {
        if (*at == '"')
            at = skip_string(at);
        else {
            depth += (*at == '{' || *at == '[') - (*at == '}' || *at == ']');
            at++;
        }
    } while (*at && (depth > 0 || (*at != ',' && *at != '}' && *at != ']')));
    return at;
}

/* The value of a member of the object at `at`, NULL: it has no such member. */
static const char *find_member(const char *at, const char *key)
{
    size_t length = strlen(key);
    at = skip_blanks(at);
    while (*at == '{' || *at == ',') {
        const char *name = skip_blanks(at + 1);
        if (*name != '"')
            return NULL;
        const char *end = skip_string(name);
        bool same = (size_t)(end - name) == length + 2 && memcmp(name + 1, key, length) == 0;
        const char *value = skip_blanks(end);
        if (*value != ':')
            return NULL;
        value = skip_blanks(value + 1);
        if (same)
            return value;
        at = skip_blanks(skip_value(value));
    }
    return NULL;
}

/* The library escapes control characters only: they matter to nobody who reads a title, and become blanks. */
static char unescape(const char **at)
{
    char c = *(*at)++;
    if (c == 'u')
        *at += strnlen(*at, 4);
    return c == '"' || c == '\\' || c == '/' ? c : ' ';
}

static char *copy_string(const char *at)
{
    size_t used = 0;
    char *out = malloc(strlen(at) + 1);
    if (!out)
        return NULL;
    for (at++; *at && *at != '"';) {
        bool escaped = *at == '\\' && at[1];
        at += escaped;
        out[used++] = escaped ? unescape(&at) : *at++;
    }
    out[used] = '\0';
    return out;
}

char *pick_text(const char *object, const char *key, const char *inner)
{
    const char *value = find_member(object, key);
    if (value && inner)
        value = find_member(value, inner);
    return copy_string(value && *value == '"' ? value : "\"\"");
}
