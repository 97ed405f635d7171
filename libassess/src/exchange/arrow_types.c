/* arrow_types: see arrow_types.h. */
#include "exchange/arrow_types.h"

#include <string.h>

/* ---- formats ---- */

/* Digits up to `end`, which is passed; -1: something else stands there, or too many. */
static int take_number(const char **at, char end)
{
    enum { MOST = 1000 };
    int value = 0;
    const char *first = *at;
    while (**at >= '0' && **at <= '9' && value < MOST)
        value = value * 10 + (*(*at)++ - '0');
    if (*at == first || **at != end)
        return -1;
    *at += end != '\0';
    return value;
}

/* d:10,2 or d:10,2,64 */
static arrow_type decimal_type(const char *at)
{
    enum { MOST_PLACES = 38 };
    arrow_type t = {.kind = ARROW_OTHER};
    bool sized = strchr(at, ',') != strrchr(at, ',');
    int precision = take_number(&at, ','), places = take_number(&at, sized ? ',' : '\0');
    int bits = sized && places >= 0 ? take_number(&at, '\0') : 128;
    bool known = bits == 32 || bits == 64 || bits == 128 || bits == 256;
    if (precision > 0 && places >= 0 && places <= MOST_PLACES && known)
        t = (arrow_type){.kind = ARROW_DECIMAL, .width = bits / 8, .places = places};
    return t;
}

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : -1;
}

/* +08:00; false: another form. */
static bool take_offset(const char *zone, int *east)
{
    if (strlen(zone) != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return false;
    int d[4] = {digit(zone[1]), digit(zone[2]), digit(zone[4]), digit(zone[5])};
    for (int i = 0; i < 4; i++)
        if (d[i] < 0)
            return false;
    int minutes = (d[0] * 10 + d[1]) * 60 + d[2] * 10 + d[3];
    *east = zone[0] == '-' ? -minutes : minutes;
    return minutes <= 24 * 60;
}

static bool is_universal(const char *zone)
{
    static const char *const names[] = {"", "UTC", "Etc/UTC", "GMT", "Z"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(zone, names[i]) == 0)
            return true;
    return false;
}

/* ts, the unit, a colon, the zone */
static arrow_type moment_type(const char *format)
{
    static const char units[] = "smun";
    const char *unit = format[2] != '\0' ? strchr(units, format[2]) : NULL;
    arrow_type t = {.kind = ARROW_OTHER, .width = 8};
    if (!unit || format[3] != ':')
        return t;
    t.places = 3 * (int)(unit - units);
    t.kind = is_universal(format + 4) || take_offset(format + 4, &t.east) ? ARROW_MOMENT : ARROW_ZONED;
    return t;
}

arrow_type arrow_type_of(const char *format)
{
    static const struct {
        const char *format;
        arrow_type type;
    } simple[] = {
        {"n", {ARROW_NULL, 0, 0, 0}},     {"b", {ARROW_BOOL, 0, 0, 0}},     {"c", {ARROW_SIGNED, 1, 0, 0}},
        {"C", {ARROW_UNSIGNED, 1, 0, 0}}, {"s", {ARROW_SIGNED, 2, 0, 0}},   {"S", {ARROW_UNSIGNED, 2, 0, 0}},
        {"i", {ARROW_SIGNED, 4, 0, 0}},   {"I", {ARROW_UNSIGNED, 4, 0, 0}}, {"l", {ARROW_SIGNED, 8, 0, 0}},
        {"L", {ARROW_UNSIGNED, 8, 0, 0}}, {"f", {ARROW_REAL, 4, 0, 0}},     {"g", {ARROW_REAL, 8, 0, 0}},
        {"u", {ARROW_TEXT, 4, 0, 0}},     {"U", {ARROW_TEXT, 8, 0, 0}},     {"vu", {ARROW_VIEW, 16, 0, 0}},
        {"tdD", {ARROW_DAY, 4, 0, 0}},    {"tdm", {ARROW_MOMENT, 8, 3, 0}},
    };
    arrow_type other = {.kind = ARROW_OTHER};
    for (size_t i = 0; format && i < sizeof simple / sizeof *simple; i++)
        if (strcmp(format, simple[i].format) == 0)
            return simple[i].type;
    if (format && strncmp(format, "d:", 2) == 0)
        return decimal_type(format + 2);
    return format && strncmp(format, "ts", 2) == 0 ? moment_type(format) : other;
}

/* ---- columns ---- */

static bool is_index(arrow_type t)
{
    return t.kind == ARROW_SIGNED || t.kind == ARROW_UNSIGNED;
}

void arrow_column_describe(arrow_column *c, const struct ArrowSchema *schema)
{
    const struct ArrowSchema *words = schema->dictionary;
    *c = (arrow_column){.name = text_of(schema->name), .format = schema->format, .encoded = words != NULL};
    c->type = arrow_type_of(c->format);
    if (!words)
        return;
    c->index = c->type;
    c->format = words->format;
    c->type = arrow_type_of(c->format);
    if (words->dictionary || !is_index(c->index))
        c->type.kind = ARROW_OTHER;
}


static bool count_fits(arrow_type t, int64_t buffers)
{
    switch (t.kind) {
    case ARROW_NULL:
        return true;
    case ARROW_TEXT:
        return buffers == 3;
    case ARROW_VIEW: /* validity, views, any number of buffers of text, their lengths */
        return buffers >= 3;
    default:
        return buffers == 2;
    }
}

static void take_pieces(arrow_values *v, const struct ArrowArray *array)
{
    v->piece_count = array->n_buffers - 3;
    v->pieces = array->buffers + 2;
    v->piece_sizes = array->buffers[array->n_buffers - 1];
}

/* Without values, or with nulls alone, producers may leave the buffers out. */
static const char *take_buffers(arrow_values *v, arrow_type t, const struct ArrowArray *array)
{
    if (!array->buffers || !count_fits(t, array->n_buffers))
        return "n_buffers";
    const uint8_t *first = array->buffers[1];
    v->valid = array->null_count == 0 ? NULL : array->buffers[0];
    if (array->null_count > 0 && !v->valid)
        return "null_count";
    if (!first && array->null_count != array->length)
        return "buffers";
    v->all_null = !first;
    v->data = first;
    if (t.kind == ARROW_TEXT && first) {
        v->offsets = first;
        v->data = array->buffers[2];
    }
    if (t.kind == ARROW_VIEW && first)
        take_pieces(v, array);
    return v->piece_count > 0 && !v->piece_sizes ? "buffers" : NULL;
}

/* `rows` values at least; of a dictionary any number. */
static const char *take_values(arrow_values *v, arrow_type t, const struct ArrowArray *array, int64_t rows)
{
    *v = (arrow_values){.all_null = true};
    if (!array || !array->release)
        return "children";
    if (array->length < rows || array->length < 0)
        return "length";
    if (array->offset < 0 || array->offset > INT64_MAX / 64 - array->length || array->null_count < -1 ||
        array->null_count > array->length)
        return "offset";
    v->offset = array->offset;
    v->end = array->offset + array->length;
    return array->length == 0 || t.kind == ARROW_NULL ? NULL : take_buffers(v, t, array);
}

const char *arrow_column_open(arrow_column *c, const struct ArrowArray *array, int64_t rows)
{
    const char *fault = take_values(c->encoded ? &c->indices : &c->values, c->encoded ? c->index : c->type, array, rows);
    if (fault || !c->encoded)
        return fault;
    if (!array->dictionary)
        return "dictionary";
    return take_values(&c->values, c->type, array->dictionary, 0);
}
