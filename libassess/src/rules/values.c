/* values.c: figures, texts and tables as a rule file writes them. */
#include <string.h>

#include "rules/recovery.h"

bool number_as_decimal(lua_State *L, int index, decimal *out)
{
    if (!lua_isinteger(L, index))
        return decimal_from_double(lua_tonumber(L, index), out);
    *out = (decimal){(int64_t)lua_tointeger(L, index), 0};
    return out->coeff > -1000000000000000 && out->coeff < 1000000000000000;
}

/* What is wrong with it was said where it was lost. */
static void pass_over_lost(lua_State *L, int index)
{
    const symbol *s = symbol_at(L, index);
    if (s && s->kind == SYMBOL_LOST)
        give_up(L);
}

decimal need_decimal(lua_State *L, int index, const char *what)
{
    decimal d = {0, 0};
    pass_over_lost(L, index);
    if (lua_type(L, index) == LUA_TNUMBER) {
        if (number_as_decimal(L, index, &d))
            return d;
    } else if (lua_type(L, index) == LUA_TSTRING) {
        size_t length;
        const char *bytes = lua_tolstring(L, index, &length);
        if (decimal_parse(bytes, length, &d) == DECIMAL_OK)
            return d;
        refuse(L, message_of2(MSG_rules_not_a_figure, text_of(what), (text){bytes, length}));
    }
    if (lua_type(L, index) == LUA_TNUMBER)
        refuse(L, message_of1(MSG_rules_inexact_figure, text_of(what)));
    refuse(L, message_of2(MSG_rules_not_a_figure, text_of(what), text_of(kind_of_value(L, index))));
    return d;
}

int32_t need_whole(lua_State *L, int index, const char *what, int32_t least, int32_t most)
{
    decimal d = need_decimal(L, index, what);
    if (d.scale == 0 && d.coeff >= least && d.coeff <= most)
        return (int32_t)d.coeff;
    char low[64], high[64], found[64];
    refuse(L, message_of4(MSG_rules_whole_number_between, text_of(what), (text){low, decimal_print(least, 0, low)},
                          (text){high, decimal_print(most, 0, high)}, (text){found, decimal_print(d.coeff, d.scale, found)}));
    return least;
}

text need_text(lua_State *L, int index, const char *what)
{
    refuse_in_call(L);
    pass_over_lost(L, index);
    if (lua_type(L, index) != LUA_TSTRING)
        refuse(L, message_of2(MSG_rules_not_a_text, text_of(what), text_of(kind_of_value(L, index))));
    size_t length;
    const char *bytes = lua_tolstring(L, index, &length);
    if (length == 0 || length > RULES_TEXT_LENGTH || utf8_invalid_at(bytes, length) != length || memchr(bytes, '\0', length))
        refuse(L, message_of1(MSG_rules_bad_text, text_of(what)));
    sandbox_charge(L, 16 + length); /* bounds what a rule file can make the plan hold */
    char *kept = arena_text(&loader_of(L)->plan->memory, bytes, length);
    if (!kept)
        no_memory(L);
    return (text){kept, length};
}

void need_table(lua_State *L, int index, const char *what)
{
    pass_over_lost(L, index);
    if (lua_type(L, index) != LUA_TTABLE)
        refuse(L, message_of2(MSG_rules_not_a_table, text_of(what), text_of(kind_of_value(L, index))));
}

static bool push_field(lua_State *L, int index, const char *name)
{
    lua_pushstring(L, name);
    lua_rawget(L, index < 0 ? index - 1 : index);
    if (!lua_isnil(L, -1))
        return true;
    lua_pop(L, 1);
    return false;
}

bool field_given(lua_State *L, int index, const char *name)
{
    if (!push_field(L, index, name))
        return false;
    lua_pop(L, 1);
    return true;
}

bool field_text(lua_State *L, int index, const char *name, text *out)
{
    if (!push_field(L, index, name))
        return false;
    *out = need_text(L, -1, name);
    lua_pop(L, 1);
    return true;
}

bool field_decimal(lua_State *L, int index, const char *name, decimal *out)
{
    if (!push_field(L, index, name))
        return false;
    *out = need_decimal(L, -1, name);
    lua_pop(L, 1);
    return true;
}

bool field_truth(lua_State *L, int index, const char *name, bool fallback)
{
    if (!push_field(L, index, name))
        return fallback;
    pass_over_lost(L, -1);
    if (lua_type(L, -1) != LUA_TBOOLEAN)
        refuse(L, message_of2(MSG_rules_not_a_truth, text_of(name), text_of(kind_of_value(L, -1))));
    bool value = lua_toboolean(L, -1);
    lua_pop(L, 1);
    return value;
}

node_id field_number(lua_State *L, int index, const char *name)
{
    if (!push_field(L, index, name))
        return NODE_NONE;
    node_id id = need_number(L, -1, name);
    lua_pop(L, 1);
    return id;
}

node_id field_condition(lua_State *L, int index, const char *name)
{
    if (!push_field(L, index, name))
        return NODE_NONE;
    node_id id = need_truth(L, -1, name);
    lua_pop(L, 1);
    return id;
}

text require_text(lua_State *L, int index, const char *name, const char *word_name)
{
    text t;
    if (!field_text(L, index, name, &t))
        refuse(L, message_of2(MSG_rules_field_missing, text_of(word_name), text_of(name)));
    return t;
}

/* A name that is missing is no reason to pass over the rest of the statement. */
static text text_or_mark(lua_State *L, int index, const char *name, const char *word_name)
{
    text t = TEXT("?");
    if (!field_text(L, index, name, &t)) {
        complain(L, message_of2(MSG_rules_field_missing, text_of(word_name), text_of(name)));
        doubt_names(loader_of(L));
    }
    return t;
}

label require_label(lua_State *L, int index, const char *word_name)
{
    label l;
    l.zh = text_or_mark(L, index, "zh", word_name);
    l.en = text_or_mark(L, index, "en", word_name);
    return l;
}

label require_label_field(lua_State *L, int index, const char *name, const char *word_name)
{
    if (!push_field(L, index, name))
        refuse(L, message_of2(MSG_rules_field_missing, text_of(word_name), text_of(name)));
    need_table(L, -1, name);
    check_fields(L, lua_gettop(L), name, "zh en", 0);
    label l = require_label(L, lua_gettop(L), name);
    lua_pop(L, 1);
    return l;
}

static text next_known(const char **at)
{
    while (**at == ' ' || **at == ',')
        ++*at;
    const char *start = *at;
    while (**at && **at != ' ' && **at != ',')
        ++*at;
    return (text){start, (size_t)(*at - start)};
}

static bool is_known(text key, const char *known)
{
    for (text k = next_known(&known); k.length; k = next_known(&known))
        if (text_equal(k, key))
            return true;
    return false;
}

static text suggest_field(text key, const char *known)
{
    text names[32];
    size_t count = 0;
    for (text k = next_known(&known); k.length && count < 32; k = next_known(&known))
        names[count++] = k;
    return text_suggest(key, names, count);
}

enum { KEY_SIZE = 72 };

/* The key at `index` as it would be written: kind, [2]. */
static text key_text(lua_State *L, int index, char digits[KEY_SIZE])
{
    text key = TEXT("?");
    if (lua_type(L, index) == LUA_TSTRING) {
        key.bytes = lua_tolstring(L, index, &key.length);
    } else if (lua_isinteger(L, index)) {
        digits[0] = '[';
        size_t n = 1 + decimal_print(lua_tointeger(L, index), 0, digits + 1);
        digits[n] = ']';
        key = (text){digits, n + 1};
    }
    return key;
}

static bool is_place(lua_State *L, int index, lua_Unsigned places)
{
    return lua_isinteger(L, index) && lua_tointeger(L, index) >= 1 && (lua_Unsigned)lua_tointeger(L, index) <= places;
}

/* The next one behind `before` in the order of their bytes: Lua's own order is another one in every run. */
static text next_unknown(lua_State *L, int index, const char *known, lua_Unsigned places, text before, char kept[KEY_SIZE])
{
    text first = {NULL, 0};
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        char digits[KEY_SIZE];
        text key = key_text(L, -2, digits);
        sandbox_charge(L, 1);
        const symbol *lost = symbol_at(L, -2);
        if ((lost && lost->kind == SYMBOL_LOST) || is_place(L, -2, places) || (lua_type(L, -2) == LUA_TSTRING && is_known(key, known)) ||
            (before.bytes && text_compare(key, before) <= 0) || (first.bytes && text_compare(first, key) <= 0))
            continue;
        first = key;
        if (key.bytes == digits) {
            memcpy(kept, digits, key.length);
            first.bytes = kept;
        }
    }
    return first;
}

static void complain_of_field(lua_State *L, const char *word_name, const char *known, text key)
{
    text near = suggest_field(key, known), all = *known ? text_of(known) : TEXT("[1], [2] …");
    complain(L, near.length ? message_of3(MSG_rules_field_unknown_near, text_of(word_name), key, near)
                            : message_of3(MSG_rules_field_unknown, text_of(word_name), key, all));
}

void check_fields(lua_State *L, int index, const char *word_name, const char *known, size_t places)
{
    char kept[2][KEY_SIZE]; /* the key, the one before */
    text key = {NULL, 0};
    refuse_in_call(L);
    index = lua_absindex(L, index);
    lua_Unsigned length = lua_rawlen(L, index);
    size_t found = 0;
    while ((key = next_unknown(L, index, known, length < places ? length : places, key, kept[found % 2])).bytes) {
        complain_of_field(L, word_name, known, key);
        found++;
    }
    if (found)
        give_up(L); /* one of them may be what the statement lacks */
}

text nearest_word(text id, const void *words, size_t stride, size_t count)
{
    text names[PLAN_MAX_KINDS];
    for (size_t i = 0; i < count; i++)
        names[i] = *(const text *)((const char *)words + i * stride);
    return text_suggest(id, names, count);
}

int refuse_word_of(lua_State *L, text found, text list)
{
    text near = suggest_field(found, list.bytes);
    return refuse(L, message_of3(near.length ? MSG_rules_word_of_near : MSG_rules_word_of, found, list, near));
}

int refuse_unknown(lua_State *L, message_id plain, message_id with_near, text id, const void *words, size_t stride, size_t count)
{
    text near = nearest_word(id, words, stride, count);
    return refuse(L, message_of2(near.length ? with_near : plain, id, near));
}

text table_id(lua_State *L, int index, const char *word_name)
{
    lua_rawgeti(L, index, 1);
    if (lua_isnil(L, -1))
        refuse(L, message_of2(MSG_rules_field_missing, text_of(word_name), TEXT("[1]")));
    text id = need_text(L, -1, word_name);
    lua_pop(L, 1);
    return id;
}
