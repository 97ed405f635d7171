/* rules.c: from the text of a rule file to a checked plan. */
#include <string.h>

#include "rules/loader.h"

static const word *const rule_words[WORD_LISTS] = {declaration_words, statement_words};

/* The word of that number in the lists, or NULL past the last. */
static const word *word_at(const word *const *lists, size_t index)
{
    for (size_t l = 0; l < WORD_LISTS && lists[l]; l++)
        for (const word *w = lists[l]; w->name; w++)
            if (index-- == 0)
                return w;
    return NULL;
}

const char *rules_word(size_t index)
{
    const word *w = word_at(rule_words, index);
    return w ? w->name : NULL;
}

enum { WORDS_MAX = 128 };

/* Reading a global: a word of the language, or a mistake. */
static int look_up(lua_State *L)
{
    text name = {"", 0};
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    text names[WORDS_MAX];
    size_t count = 0;
    for (const word *w; count < WORDS_MAX && (w = word_at(loader_of(L)->words, count)) != NULL; count++) {
        names[count] = text_of(w->name);
        if (text_equal(names[count], name)) {
            lua_pushcfunction(L, w->run);
            return 1;
        }
    }
    text near = text_suggest(name, names, count);
    return refuse(L, message_of2(near.length ? MSG_rules_unknown_word_near : MSG_rules_unknown_word, name, near));
}

static int refuse_global(lua_State *L)
{
    text name = {"?", 1};
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    return refuse(L, message_of1(MSG_rules_global, name));
}

/* An empty table whose every access goes through the two functions above. */
static void push_environment(lua_State *L)
{
    lua_newtable(L);
    lua_newtable(L);
    lua_pushcfunction(L, look_up);
    lua_setfield(L, -2, "__index");
    lua_pushcfunction(L, refuse_global);
    lua_setfield(L, -2, "__newindex");
    lua_setmetatable(L, -2);
}

/* Lua's own messages begin with "file:line: "; the place goes into its fields, the rest into the sentence. */
static text split_place(text said, uint32_t *line)
{
    for (size_t i = 0; i + 1 < said.length; i++) {
        if (said.bytes[i] != ':' || said.bytes[i + 1] < '0' || said.bytes[i + 1] > '9')
            continue;
        size_t at = i + 1;
        for (*line = 0; at < said.length && said.bytes[at] >= '0' && said.bytes[at] <= '9'; at++)
            *line = *line * 10 + (uint32_t)(said.bytes[at] - '0');
        if (at + 1 < said.length && said.bytes[at] == ':' && said.bytes[at + 1] == ' ')
            return (text){said.bytes + at + 2, said.length - at - 2};
        *line = 0;
    }
    return said;
}

static void keep_lua_error(lua_State *L, loader *l)
{
    text said = TEXT("an error that is not a text");
    if (lua_type(L, -1) == LUA_TSTRING)
        said.bytes = lua_tolstring(L, -1, &said.length);
    uint32_t line = 0;
    text rest = split_place(said, &line);
    const char *file = l->file < l->plan->file_count ? l->plan->files[l->file].name.bytes : "";
    l->status = error_set_at(l->err, ASSESS_E_RULES, message_of1(MSG_rules_lua, rest), file, line, NULL);
}

void run_file(lua_State *L, text file_name, text bytes)
{
    loader *l = loader_of(L);
    plan *p = l->plan;
    plan_file *f = p->file_count < UINT16_MAX ? PLAN_APPEND(p, files, file_count, file_capacity) : NULL;
    if (!f)
        no_memory(L);
    char *name = arena_text(&p->memory, file_name.bytes, file_name.length);
    char *kept = arena_text(&p->memory, bytes.bytes, bytes.length);
    if (!name || !kept || !digest_of(kept, bytes.length, &f->sha256)) {
        p->file_count--;
        no_memory(L);
    }
    f->name = (text){name, file_name.length};
    f->bytes = (text){kept, bytes.length};
    l->file = (uint16_t)(p->file_count - 1);
    if (bytes.length > RULES_MAX_SOURCE)
        refuse(L, message_of(MSG_rules_too_long));
    size_t bad = utf8_invalid_at(kept, bytes.length);
    if (bad != bytes.length || memchr(kept, '\0', bytes.length))
        refuse(L, message_of(MSG_rules_not_text));
    if (bytes.length >= 3 && memcmp(kept, "\xEF\xBB\xBF", 3) == 0) {
        kept += 3;
        bytes.length -= 3;
    }
    l->status = lint_source((text){kept, bytes.length}, name, l->err);
    if (l->status)
        lua_error(L);
    const char *chunk = lua_pushfstring(L, "=%s", name);
    if (luaL_loadbufferx(L, kept, bytes.length, chunk, "t") != LUA_OK)
        lua_error(L);
    push_environment(L);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 0);
    if (l->words[0] == declaration_words && !p->files[l->file].declared)
        refuse(L, message_of(MSG_rules_no_scheme));
}

static int load_all(lua_State *L)
{
    loader *l = loader_of(L);
    symbols_install(L);
    run_file(L, l->request->file_name, l->request->bytes);
    return 0;
}

/* The verdict on a load that raised an error: a broken limit and missing memory count before what was said. */
static assess_status judge(lua_State *L, loader *l, int outcome)
{
    if (l->out_of_memory)
        return error_no_memory(l->err);
    if (l->dead && l->status == ASSESS_OK)
        l->status = error_set_at(l->err, ASSESS_E_RULES, message_of1(MSG_rules_limit_memory, text_of(l->dead)),
                                 l->plan->file_count ? l->plan->files[l->file].name.bytes : "", l->last_line, NULL);
    else if (outcome != LUA_OK && l->status == ASSESS_OK)
        keep_lua_error(L, l);
    return l->status;
}

assess_status run_sandboxed(loader *l)
{
    lua_State *L = sandbox_open(l);
    if (!L)
        return error_no_memory(l->err);
    l->L = L;
    lua_pushcfunction(L, load_all);
    int outcome = lua_pcall(L, 0, 0, 0);
    assess_status status = judge(L, l, outcome);
    lua_close(L);
    return status;
}

static assess_status check_settings(const loader *l)
{
    for (size_t i = 0; i < l->request->setting_count; i++)
        if (!l->setting_used[i])
            return error_set(l->err, ASSESS_E_CALL, message_of1(MSG_call_unknown_setting, l->request->settings[i]));
    return ASSESS_OK;
}

static assess_status read_period(loader *l)
{
    text given = l->request->period;
    if (!given.length)
        return ASSESS_OK;
    if (!period_parse(given.bytes, given.length, &l->plan->period))
        return error_set(l->err, ASSESS_E_CALL, message_of1(MSG_call_period, given));
    char *kept = arena_text(&l->plan->memory, given.bytes, given.length);
    l->plan->period_text = (text){kept, given.length};
    return kept ? ASSESS_OK : error_no_memory(l->err);
}

assess_status rules_load(const rules_request *request, plan **out, assess_error *err)
{
    assess_error unheard = {0};
    loader l = {.words = {rule_words[0], rule_words[1]}, .request = request, .err = err ? err : &unheard, .steps_left = RULES_STEPS};
    l.plan = plan_new();
    l.setting_used = mem_zalloc(request->setting_count + 1, sizeof *l.setting_used);
    assess_status status = l.plan && l.setting_used ? read_period(&l) : error_no_memory(l.err);
    status = status ? status : run_sandboxed(&l);
    status = status ? status : check_settings(&l);
    status = status ? status : plan_check(l.plan, l.err);
    mem_free(l.setting_used);
    if (status)
        plan_free(l.plan);
    else
        *out = l.plan;
    return status;
}
