/* rules.c: from the text of a rule file to a checked plan. */
#include <string.h>

#include "rules/recovery.h"

static const word *const rule_words[] = {declaration_words, ballot_words, event_words, input_words,    past_words,   level_words, cohort_words,
                                         decision_words,    figure_words, date_words,  statement_words, limit_words, quota_words, select_words,
                                         hatch_words,       NULL};

/* The word of that number in the lists, or NULL past the last. */
static const word *word_at(const word *const *lists, size_t index)
{
    for (; *lists; lists++)
        for (const word *w = *lists; w->name; w++)
            if (index-- == 0)
                return w;
    return NULL;
}

const char *rules_word(size_t index)
{
    const word *w = word_at(rule_words, index);
    return w ? w->name : NULL;
}

enum { WORDS_MAX = 256, LOCALS_MAX = 200 }; /* as many locals as Lua allows */

/* `scheme` comes first: without it nothing says which version of the language follows. */
static void need_scheme_first(lua_State *L, const word *w)
{
    const loader *l = loader_of(L);
    plan_file *f = &l->plan->files[l->file];
    if (l->words != rule_words || f->declared || w == &declaration_words[0])
        return;
    f->title = (label){TEXT("?"), TEXT("?")}; /* for the clauses that may follow */
    complain(L, message_of(MSG_rules_no_scheme));
}

/* The names that `local` has given where the mistake stands; a misspelt one is the likeliest of all mistakes. */
static size_t local_names(lua_State *L, text names[LOCALS_MAX])
{
    lua_Debug caller;
    size_t count = 0;
    if (!lua_getstack(L, 1, &caller))
        return 0;
    for (const char *name; count < LOCALS_MAX && (name = lua_getlocal(L, &caller, (int)count + 1)) != NULL; count++) {
        lua_pop(L, 1);
        names[count] = text_of(name);
    }
    return count;
}

static int refuse_word(lua_State *L, text name, text names[WORDS_MAX + LOCALS_MAX], size_t count)
{
    count += local_names(L, names + count);
    text near = text_suggest(name, names, count);
    complain(L, message_of2(near.length ? MSG_rules_unknown_word_near : MSG_rules_unknown_word, name, near));
    push_unknown(L, name, near.length > 0);
    return 1;
}

static const char refused_names[] = "assess.refused"; /* globals that were assigned to */

static bool was_refused(lua_State *L)
{
    luaL_getsubtable(L, LUA_REGISTRYINDEX, refused_names);
    lua_pushvalue(L, 2);
    bool known = lua_rawget(L, -2) != LUA_TNIL;
    lua_pop(L, 2);
    return known;
}

/* Reading a global: a word of the language, or a mistake. */
static int look_up(lua_State *L)
{
    text name = {"", 0};
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    text names[WORDS_MAX + LOCALS_MAX];
    size_t count = 0;
    for (const word *w; count < WORDS_MAX && (w = word_at(loader_of(L)->words, count)) != NULL; count++) {
        names[count] = text_of(w->name);
        if (text_equal(names[count], name)) {
            need_scheme_first(L, w);
            lua_pushcfunction(L, w->run);
            recover_in(L, w->name);
            return 1;
        }
    }
    if (was_refused(L)) {
        push_lost(L);
        return 1;
    }
    return refuse_word(L, name, names, count);
}

static int refuse_global(lua_State *L)
{
    text name = {"?", 1};
    if (lua_type(L, 2) == LUA_TSTRING)
        name.bytes = lua_tolstring(L, 2, &name.length);
    complain(L, message_of1(MSG_rules_global, name));
    luaL_getsubtable(L, LUA_REGISTRYINDEX, refused_names);
    lua_pushvalue(L, 2);
    lua_pushboolean(L, true);
    lua_rawset(L, -3);
    return 0;
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

/* Lua's own messages begin with "rules:3: "; the place goes into its fields, the rest into the sentence. */
static const char chunk_name[] = "=rules";

/* No memory for parsing, which a load cannot go on after. */
static void end_load(lua_State *L, int outcome)
{
    loader_of(L)->memory_ended |= outcome == LUA_ERRMEM;
    loader_of(L)->ended = true;
    lua_error(L);
}

static text split_place(text said, uint32_t *line)
{
    size_t at = sizeof chunk_name - 2;
    if (said.length <= at || memcmp(said.bytes, chunk_name + 1, at) != 0 || said.bytes[at] != ':')
        return said;
    for (at++; at < said.length && said.bytes[at] >= '0' && said.bytes[at] <= '9'; at++)
        *line = *line * 10 + (uint32_t)(said.bytes[at] - '0');
    size_t skip = at + 2 <= said.length ? at + 2 : said.length; /* ": " */
    return (text){said.bytes + skip, said.length - skip};
}

/* It may well come of something lost, as an end of `for` that is no number; alone, it is a mistake of its own. */
static void keep_lua_error(lua_State *L, loader *l)
{
    text said = TEXT("an error that is not a text");
    if (lua_type(L, -1) == LUA_TSTRING)
        said.bytes = lua_tolstring(L, -1, &said.length);
    origin at = {l->file, l->clause, 0};
    text rest = split_place(said, &at.line);
    at.line = at.line ? at.line : 1;
    l->tainted = l->has_lost && !l->parsing;
    note_error(l, ASSESS_E_RULES, lua_sentence(rest), at);
}

plan_file *add_file(lua_State *L, text file_name)
{
    loader *l = loader_of(L);
    plan *p = l->plan;
    if (p->file_count >= PLAN_MAX_FILES)
        refuse(L, message_of(MSG_rules_too_many_nodes));
    char *name = arena_text(&p->memory, file_name.bytes, file_name.length);
    plan_file *f = name ? PLAN_APPEND(p, files, file_count, file_capacity) : NULL;
    if (!f)
        no_memory(L);
    f->name = (text){name, file_name.length};
    l->file = (uint16_t)(p->file_count - 1);
    return f;
}

static uint32_t line_at(text bytes, size_t offset)
{
    uint32_t line = 1;
    for (size_t i = 0; i < offset; i++)
        line += bytes.bytes[i] == '\n';
    return line;
}

static void check_text(lua_State *L, text bytes)
{
    if (bytes.length > RULES_MAX_SOURCE)
        refuse_line(L, 1, message_of(MSG_rules_too_long));
    size_t bad = utf8_invalid_at(bytes.bytes, bytes.length);
    const char *nul = bad ? memchr(bytes.bytes, '\0', bad) : NULL;
    if (nul || bad != bytes.length)
        refuse_line(L, line_at(bytes, nul ? (size_t)(nul - bytes.bytes) : bad), message_of(MSG_rules_not_text));
}

static text without_mark(text bytes)
{
    bool marked = bytes.length >= 3 && memcmp(bytes.bytes, "\xEF\xBB\xBF", 3) == 0;
    return marked ? (text){bytes.bytes + 3, bytes.length - 3} : bytes;
}

static void complain_of_text(void *L, message m, uint32_t line) { complain_line(L, line, m); }

/* Leaves the file as a function that knows nothing but the words. */
static void parse(lua_State *L, text source)
{
    loader *l = loader_of(L);
    size_t before = l->found.count;
    lint_source(source, complain_of_text, L);
    if (l->found.count > before)
        give_up(L);
    l->parsing = true;
    int outcome = luaL_loadbufferx(L, source.bytes, source.length, chunk_name, "t");
    if (outcome == LUA_ERRSYNTAX) {
        keep_lua_error(L, l);
        l->parsing = false;
        give_up(L);
    }
    if (outcome != LUA_OK)
        end_load(L, outcome);
    l->parsing = false;
    push_environment(L);
    lua_setupvalue(L, -2, 1);
}

void run_file(lua_State *L, text file_name, text bytes)
{
    loader *l = loader_of(L);
    origin used_at = here(L);
    plan_file *f = add_file(L, file_name);
    l->used_at[l->file] = used_at;
    check_text(L, bytes);
    char *kept = arena_text(&l->plan->memory, bytes.bytes, bytes.length);
    if (!kept || !digest_of(kept, bytes.length, &f->sha256))
        no_memory(L);
    f->bytes = (text){kept, bytes.length};
    parse(L, without_mark(f->bytes));
    lua_call(L, 0, 0);
    if (l->words == rule_words && !l->plan->files[l->file].declared)
        complain_line(L, 1, message_of(MSG_rules_no_scheme));
}

static int load_all(lua_State *L)
{
    loader *l = loader_of(L);
    symbols_install(L);
    hatch_prepare(L);
    run_file(L, l->request->file_name, l->request->bytes);
    hatch_settle(L);
    return 0;
}

static void refuse_memory(loader *l)
{
    message m = message_of1(MSG_rules_limit_memory, l->refused == REFUSED_LIVE ? TEXT("16 MiB") : TEXT("256 MiB"));
    if (l->refused == REFUSED_TEXT)
        m = message_of(MSG_rules_limit_text);
    note_error(l, ASSESS_E_RULES, m, (origin){l->file, l->clause, l->refused_line ? l->refused_line : 1});
}

/* The verdict on a load: what the words said, else what Lua said. */
assess_status judge(lua_State *L, loader *l, int outcome)
{
    l->ended |= outcome != LUA_OK;
    if (outcome != LUA_OK && !l->status && !l->thrown) {
        bool memory = outcome == LUA_ERRMEM || l->memory_ended;
        if (memory && l->refused == REFUSED_BY_MACHINE)
            return error_no_memory(l->err);
        if (memory)
            refuse_memory(l);
        else
            keep_lua_error(L, l);
    }
    l->thrown = false;
    return l->status ? l->status : l->found.count ? ASSESS_E_RULES : ASSESS_OK;
}

assess_status start_sandboxed(loader *l)
{
    lua_State *L = sandbox_open(l);
    if (!L)
        return error_no_memory(l->err);
    l->L = L;
    lua_pushcfunction(L, load_all);
    return judge(L, l, lua_pcall(L, 0, 0, 0));
}

assess_status run_sandboxed(loader *l)
{
    assess_status status = start_sandboxed(l);
    if (l->L)
        lua_close(l->L);
    l->L = NULL;
    return status;
}

void loader_start(loader *l, const rules_request *request, assess_error *err)
{
    *l = (loader){.words = rule_words, .request = request, .err = err, .steps_left = RULES_STEPS, .step_budget = RULES_STEPS, .plan = plan_new()};
}

static void check_settings(loader *l)
{
    for (size_t i = 0; i < l->request->setting_count; i++)
        if (!l->setting_used[i])
            note_error(l, ASSESS_E_CALL, message_of1(MSG_call_unknown_setting, l->request->settings[i]), (origin){0, 0, 0});
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

static void complain_of_plan(void *l, message m, origin at) { note_error(l, ASSESS_E_RULES, m, at); }

/* What no statement could see by itself. */
static assess_status check_whole(loader *l)
{
    check_settings(l);
    if (!settle_grade_sets(l))
        return error_no_memory(l->err);
    assess_status status = plan_check(l->plan, complain_of_plan, l, l->err);
    return status ? status : l->status;
}

assess_status hand_over(loader *l, assess_status status, mistake_list *out)
{
    bool told = status == ASSESS_OK || status == ASSESS_E_RULES;
    if (told && l->found.count) {
        mistakes_sort(&l->found, l->used_at);
        *l->err = l->found.items[0].said;
        status = l->err->status;
        if (out) {
            *out = l->found;
            l->found = (mistake_list){0};
        }
    }
    mistakes_free(&l->found);
    return status;
}

assess_status rules_load_all(const rules_request *request, plan **out, mistake_list *mistakes, assess_error *err)
{
    assess_error unheard = {0};
    loader l;
    loader_start(&l, request, err ? err : &unheard);
    l.setting_used = mem_zalloc(request->setting_count + 1, sizeof *l.setting_used);
    assess_status status = l.plan && l.setting_used ? read_period(&l) : error_no_memory(l.err);
    status = status ? status : run_sandboxed(&l);
    if (status == ASSESS_OK || (status == ASSESS_E_RULES && !l.ended))
        status = check_whole(&l);
    status = hand_over(&l, status, mistakes);
    if (!status && l.plan->hatch_count && !hatch_install(&l))
        status = error_no_memory(l.err);
    mem_free(l.setting_used);
    if (status)
        plan_free(l.plan);
    else
        *out = l.plan;
    return status;
}

assess_status rules_load(const rules_request *request, plan **out, assess_error *err) { return rules_load_all(request, out, NULL, err); }
