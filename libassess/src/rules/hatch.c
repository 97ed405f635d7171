/* hatch.c: each(function(s) … end, { a = figure, … }): the last resort, a function of the rule file that runs per subject.
 *
 * At load it only says that there is such a function and what it is given. To run it, every thread loads the same text once
 * more in a state of its own, keeps the functions in the order of their `each`, and calls them with figures that the engine has
 * computed. A call sees those figures and nothing else: no ballot, no other subject, no clock; the words of the language are refused in it, and
 * it keeps nothing, because the file's locals that it can reach are figures of a plan that is thrown away. Each call has a
 * budget of its own, so that no result depends on who came before. */
#include <string.h>

#include "rules/loader.h"

enum {
    HATCH_STEPS = 200 * 1000, /* of one call */
    HATCH_INPUTS = 64,
    STACK_FOR_KEEPING = 10,
    MOST_FUNCTIONS = 16 /* one within the reach of another */
};

/* --- exact figures --- */

static const char exact_name[] = "assess.exact";

static void push_exact(lua_State *L, fraction f)
{
    fraction *box = lua_newuserdatauv(L, sizeof *box, 0);
    *box = f;
    luaL_setmetatable(L, exact_name);
}

static fraction need_exact(lua_State *L, int index, const char *what)
{
    const fraction *box = luaL_testudata(L, index, exact_name);
    return box ? *box : fraction_from_decimal(need_decimal(L, index, what));
}

typedef bool (*operation_on_two)(fraction a, fraction b, fraction *out);

static int compute(lua_State *L, operation_on_two run, const char *sign)
{
    fraction out, a = need_exact(L, 1, sign), b = need_exact(L, 2, sign);
    sandbox_charge(L, 4);
    if (!run(a, b, &out))
        refuse(L, message_of1(MSG_each_range, text_of(sign)));
    push_exact(L, out);
    return 1;
}

static int exact_add(lua_State *L) { return compute(L, fraction_add, "+"); }
static int exact_subtract(lua_State *L) { return compute(L, fraction_subtract, "-"); }
static int exact_multiply(lua_State *L) { return compute(L, fraction_multiply, "*"); }
static int exact_divide(lua_State *L) { return compute(L, fraction_divide, "/"); }

static int exact_negate(lua_State *L)
{
    fraction out;
    if (!fraction_subtract(fraction_of(0, 1), need_exact(L, 1, "-"), &out))
        refuse(L, message_of1(MSG_each_range, TEXT("-")));
    push_exact(L, out);
    return 1;
}

static int compare_exact(lua_State *L) { return fraction_compare(need_exact(L, 1, "<"), need_exact(L, 2, "<")); }

static int exact_less(lua_State *L)
{
    lua_pushboolean(L, compare_exact(L) < 0);
    return 1;
}

static int exact_at_most(lua_State *L)
{
    lua_pushboolean(L, compare_exact(L) <= 0);
    return 1;
}

/* eq(a, b): Lua's == is false between a figure and a number, whatever they are. */
static int word_eq(lua_State *L)
{
    lua_pushboolean(L, fraction_compare(need_exact(L, 1, "eq"), need_exact(L, 2, "eq")) == 0);
    return 1;
}

static int exact_wrong(lua_State *L) { return refuse(L, message_of(MSG_rules_operator_on_symbol)); }

static void install_exact(lua_State *L)
{
    static const word metamethods[] = {
        {"__add", exact_add}, {"__sub", exact_subtract}, {"__mul", exact_multiply}, {"__div", exact_divide}, {"__unm", exact_negate},
        {"__lt", exact_less}, {"__le", exact_at_most},   {"__concat", exact_wrong}, {"__len", exact_wrong},  {"__mod", exact_wrong},
        {"__idiv", exact_wrong}, {"__call", exact_wrong}, {"__index", exact_wrong}, {"__newindex", exact_wrong},
    };
    luaL_newmetatable(L, exact_name);
    for (size_t i = 0; i < sizeof metamethods / sizeof *metamethods; i++) {
        lua_pushcfunction(L, metamethods[i].run);
        lua_setfield(L, -2, metamethods[i].name);
    }
    lua_pop(L, 1);
}

/* --- the word, at load --- */

/* The names of the inputs in the order of their bytes: Lua's own order is another one in every run. */
static size_t sorted_names(lua_State *L, int index, text names[HATCH_INPUTS])
{
    size_t count = 0;
    for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
        if (lua_type(L, -2) != LUA_TSTRING || count >= HATCH_INPUTS)
            refuse(L, message_of(MSG_rules_each_inputs));
        text name;
        name.bytes = lua_tolstring(L, -2, &name.length);
        size_t at = count++;
        for (; at && text_compare(names[at - 1], name) > 0; at--)
            names[at] = names[at - 1];
        names[at] = name;
    }
    sandbox_charge(L, count * count + 1);
    return count;
}

static const char functions_key[] = "assess.functions";

/* Keeps the function and the names of its inputs for the calls: { function, "a", "b", … }. */
static void keep_function(lua_State *L, const text *names, size_t count)
{
    refuse_in_call(L);
    luaL_getsubtable(L, LUA_REGISTRYINDEX, functions_key);
    lua_createtable(L, (int)count + 1, 0);
    lua_pushvalue(L, 1);
    lua_rawseti(L, -2, 1);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, names[i].bytes, names[i].length);
        lua_rawseti(L, -2, (lua_Integer)i + 2);
    }
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
    lua_pop(L, 1);
}

static int word_each(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    text names[HATCH_INPUTS];
    node_id inputs[HATCH_INPUTS];
    if (lua_type(L, 1) != LUA_TFUNCTION)
        refuse(L, message_of1(MSG_rules_each_function, text_of(kind_of_value(L, 1))));
    need_table(L, 2, "each");
    size_t count = sorted_names(L, 2, names);
    for (size_t i = 0; i < count; i++) {
        lua_pushlstring(L, names[i].bytes, names[i].length);
        lua_rawget(L, 2);
        inputs[i] = need_number(L, -1, "each");
        lua_pop(L, 1);
    }
    if (!count)
        refuse(L, message_of(MSG_rules_each_inputs));
    keep_function(L, names, count);
    push_symbol_of(L, add_node(L, (node){.op = OP_EACH, .args = inputs, .arg_count = (uint32_t)count, .source = (uint32_t)p->hatch_count++}));
    return 1;
}

/* rounded(figure, half_up(2)): the rounding is made outside of the function, where the scheme is described. */
static int word_rounded(lua_State *L)
{
    fraction out;
    if (!fraction_round(need_exact(L, 1, "rounded"), symbol_need(L, 2, SYMBOL_ROUNDING, "rounded")->round, &out))
        refuse(L, message_of1(MSG_each_range, TEXT("rounded")));
    push_exact(L, out);
    return 1;
}

const word hatch_words[] = {{"each", word_each}, {"eq", word_eq}, {"rounded", word_rounded}, {NULL, NULL}};

/* --- what a function could keep --- */

/* No result may depend on who was called before. So whatever a function reaches outside of itself is no table, and is after the call
 * what it was before. `kept_key` holds, for each such value, the function, the number of the value in it, and the value. */
static const char kept_key[] = "assess.kept";

static void complain_of_kept(lua_State *L, int function, const char *name)
{
    lua_Debug ar;
    lua_pushvalue(L, function);
    lua_getinfo(L, ">S", &ar);
    complain_line(L, (uint32_t)ar.linedefined, message_of1(MSG_each_keeps, text_of(name)));
}

static void keep_value(lua_State *L, int kept, int function, int number)
{
    lua_Integer end = (lua_Integer)lua_rawlen(L, kept);
    lua_pushvalue(L, function);
    lua_rawseti(L, kept, end + 1);
    lua_pushinteger(L, number);
    lua_rawseti(L, kept, end + 2);
    lua_rawseti(L, kept, end + 3);
}

/* Keeps what the Lua function at `function` reaches, and what the functions among that reach; `seen`: those that are done. */
static void keep_values(lua_State *L, int kept, int seen, int function, int depth)
{
    luaL_checkstack(L, STACK_FOR_KEEPING, NULL);
    lua_pushvalue(L, function);
    if (lua_iscfunction(L, function) || lua_rawget(L, seen) != LUA_TNIL) {
        lua_pop(L, 1);
        return;
    }
    lua_pop(L, 1);
    lua_pushvalue(L, function);
    lua_pushboolean(L, true);
    lua_rawset(L, seen);
    const char *name;
    for (int i = 1; (name = lua_getupvalue(L, function, i)) != NULL; i++) {
        int type = lua_type(L, -1), at = lua_gettop(L);
        sandbox_charge(L, 10);
        bool keeps = type == LUA_TTABLE || type == LUA_TNIL || depth > MOST_FUNCTIONS;
        bool words = strcmp(name, "_ENV") == 0; /* which cannot be changed */
        if (keeps && !words)
            complain_of_kept(L, function, name);
        if (keeps || words) {
            lua_pop(L, 1);
            continue;
        }
        if (type == LUA_TFUNCTION)
            keep_values(L, kept, seen, at, depth + 1);
        keep_value(L, kept, function, i);
    }
}

void hatch_settle(lua_State *L)
{
    if (lua_getfield(L, LUA_REGISTRYINDEX, functions_key) == LUA_TNIL)
        return;
    int functions = lua_gettop(L);
    lua_newtable(L);
    lua_newtable(L);
    for (lua_Integer i = 1; lua_rawgeti(L, functions, i) != LUA_TNIL; i++) {
        lua_rawgeti(L, -1, 1);
        keep_values(L, functions + 1, functions + 2, lua_gettop(L), 0);
        lua_settop(L, functions + 2);
    }
    lua_pushvalue(L, functions + 1);
    lua_setfield(L, LUA_REGISTRYINDEX, kept_key);
    lua_settop(L, functions - 1);
}

static void check_kept(lua_State *L)
{
    lua_getfield(L, LUA_REGISTRYINDEX, kept_key);
    int kept = lua_gettop(L);
    for (lua_Integer i = 1; lua_rawgeti(L, kept, i) != LUA_TNIL; i += 3) {
        lua_rawgeti(L, kept, i + 1);
        lua_rawgeti(L, kept, i + 2);
        const char *name = lua_getupvalue(L, kept + 1, (int)lua_tointeger(L, kept + 2));
        if (!lua_rawequal(L, -1, -2))
            complain_of_kept(L, kept + 1, name);
        lua_settop(L, kept);
    }
    lua_settop(L, kept - 1);
}

/* --- running it --- */

/* What a second load needs; in the plan's memory. */
typedef struct hatch_state {
    const plan *plan;
    text *settings;
    size_t setting_count;
} hatch_state;

typedef struct hatch_worker {
    loader loader;
    rules_request request;
    assess_error err;
} hatch_worker;

/* The file of the plan that is called `name` with this ending. */
static bool find_named(const plan *p, text name, text ending, text *bytes, text *file_name)
{
    for (size_t i = 0; i < p->file_count; i++) {
        text file = p->files[i].name;
        if (file.length == name.length + ending.length && memcmp(file.bytes, name.bytes, name.length) == 0 &&
            text_equal((text){file.bytes + name.length, ending.length}, ending)) {
            *bytes = p->files[i].bytes;
            *file_name = file;
            return true;
        }
    }
    return false;
}

/* The file that `use "name"` brought in. */
static bool find_file(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)memory;
    return find_named(user, name, TEXT(".lua"), bytes, file_name);
}

/* "calendar.csv" */
static bool find_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)memory;
    return find_named(user, name, TEXT(""), bytes, file_name);
}

static void close_worker(void *opaque)
{
    hatch_worker *w = opaque;
    if (!w)
        return;
    if (w->loader.L)
        lua_close(w->loader.L);
    plan_free(w->loader.plan);
    mem_free(w->loader.setting_used);
    mem_free(w);
}

static void *open_worker(void *opaque)
{
    const hatch_state *s = opaque;
    hatch_worker *w = mem_zalloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->request = (rules_request){.file_name = s->plan->files[0].name, .bytes = s->plan->files[0].bytes, .period = s->plan->period_text,
                                 .settings = s->settings, .setting_count = s->setting_count, .resolve = find_file, .data = find_data,
                                 .user = (void *)(uintptr_t)s->plan};
    loader_start(&w->loader, &w->request, &w->err);
    w->loader.setting_used = mem_zalloc(s->setting_count + 1, sizeof *w->loader.setting_used);
    if (w->loader.plan && w->loader.setting_used) {
        w->loader.plan->period = s->plan->period;
        w->loader.plan->period_text = s->plan->period_text;
        if (start_sandboxed(&w->loader) == ASSESS_OK)
            return w;
    }
    close_worker(w);
    return NULL;
}

typedef struct call {
    uint32_t number;
    const fraction *inputs;
    size_t count;
    fraction *out;
    bool *missing;
} call;

/* Pushes the function and the table of its inputs. */
static void push_call(lua_State *L, const call *c)
{
    lua_getfield(L, LUA_REGISTRYINDEX, functions_key);
    lua_rawgeti(L, -1, (lua_Integer)c->number + 1);
    int kept = lua_gettop(L);
    lua_rawgeti(L, kept, 1);
    lua_createtable(L, 0, (int)c->count);
    for (size_t i = 0; i < c->count; i++) {
        lua_rawgeti(L, kept, (lua_Integer)i + 2);
        push_exact(L, c->inputs[i]);
        lua_rawset(L, -3);
    }
}

/* What the function has returned; what is wrong with it is said of the function, which is no longer running. */
static fraction need_result(lua_State *L, uint32_t line)
{
    const fraction *box = luaL_testudata(L, -1, exact_name);
    decimal number = {0, 0};
    if (!box && lua_type(L, -1) != LUA_TNUMBER)
        refuse_line(L, line, message_of1(MSG_each_gives, text_of(kind_of_value(L, -1))));
    if (!box && !number_as_decimal(L, -1, &number))
        refuse_line(L, line, message_of1(MSG_rules_inexact_figure, TEXT("each")));
    return box ? *box : fraction_from_decimal(number);
}

static int run_call(lua_State *L)
{
    const call *c = lua_touserdata(L, 1);
    lua_Debug ar;
    push_call(L, c);
    lua_pushvalue(L, -2);
    lua_getinfo(L, ">S", &ar);
    lua_call(L, 1, 1);
    *c->missing = lua_isnil(L, -1);
    *c->out = *c->missing ? fraction_of(0, 1) : need_result(L, (uint32_t)ar.linedefined);
    lua_pop(L, 1);
    check_kept(L);
    return 0;
}

static assess_status call_function(void *opaque, uint32_t number, const fraction *inputs, size_t count, fraction *out, bool *missing,
                                   assess_error *err)
{
    hatch_worker *w = opaque;
    loader *l = &w->loader;
    call c = {number, inputs, count, out, missing};
    l->steps_left = l->step_budget = HATCH_STEPS;
    l->memory_total = 0;
    l->calling = true;
    lua_pushcfunction(l->L, run_call);
    lua_pushlightuserdata(l->L, &c);
    assess_status s = judge(l->L, l, lua_pcall(l->L, 1, 0, 0));
    lua_settop(l->L, 0);
    if (s && err && !err->status)
        *err = *l->err;
    return s;
}

bool hatch_install(loader *l)
{
    plan *p = l->plan;
    const rules_request *r = l->request;
    hatch_state *s = arena_zalloc(&p->memory, sizeof *s);
    text *settings = arena_zalloc(&p->memory, (r->setting_count + 1) * sizeof *settings);
    for (size_t i = 0; s && settings && i < r->setting_count; i++) {
        char *kept = arena_text(&p->memory, r->settings[i].bytes, r->settings[i].length);
        settings[i] = (text){kept, r->settings[i].length};
        if (!kept)
            return false;
    }
    if (!s || !settings)
        return false;
    *s = (hatch_state){p, settings, r->setting_count};
    p->hatch = (plan_hatch){.state = s, .open = open_worker, .close = close_worker, .call = call_function};
    return true;
}

void hatch_prepare(lua_State *L) { install_exact(L); }
