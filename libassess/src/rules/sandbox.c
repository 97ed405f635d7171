/* sandbox.c: a Lua state that offers nothing but the words of the rule language.
 *
 * No standard library is opened: there is no string metatable, no pcall, no load, no metatable access, so nothing in a
 * rule file can outlive a broken limit. Memory has a live and a cumulative cap, work a budget of instructions, a text a
 * largest length. One state per load, closed on every way out. */
#include "rules/recovery.h"

/* Lua tells what a new block is for by the size of the old one. */
static int check_block(const loader *l, const void *block, size_t old_size, size_t size, size_t more)
{
    enum { HEADER = 64 }; /* of a string, more than it is */
    if (!block && old_size == LUA_TSTRING && size > RULES_TEXT_LENGTH + HEADER)
        return REFUSED_TEXT;
    if (l->memory_live + more > RULES_MEMORY_LIVE)
        return REFUSED_LIVE;
    return l->memory_total + more > RULES_MEMORY_TOTAL ? REFUSED_TOTAL : REFUSED_NOTHING;
}

static void *refuse_block(loader *l, int why)
{
    l->refused = why;
    l->refused_line = l->L && !l->parsing ? here(l->L).line : 0;
    return NULL;
}

static void *allocate(void *user, void *block, size_t old_size, size_t size)
{
    loader *l = user;
    size_t old = block ? old_size : 0;
    if (size == 0) {
        l->memory_live -= old;
        mem_free(block);
        return NULL;
    }
    size_t more = size > old ? size - old : 0;
    int refused = check_block(l, block, old_size, size, more);
    if (refused)
        return refuse_block(l, refused);
    void *moved = mem_resize(block, size, 1);
    if (!moved)
        return refuse_block(l, REFUSED_BY_MACHINE);
    l->memory_live += size - old;
    l->memory_total += more;
    return moved;
}

static void count_steps(lua_State *L, lua_Debug *ar)
{
    (void)ar;
    sandbox_charge(L, RULES_HOOK_STEP);
}

/* The budget is never filled up again: once it is broken, every further step ends the load as well. */
void sandbox_charge(lua_State *L, size_t units)
{
    loader *l = loader_of(L);
    l->steps_left -= (long)(units < RULES_STEPS ? units : RULES_STEPS);
    if (l->steps_left >= 0)
        return;
    lua_sethook(L, count_steps, LUA_MASKCOUNT, 1);
    refuse(L, message_of1(MSG_rules_limit_steps, l->step_budget == RULES_STEPS ? TEXT("5 000 000") : TEXT("200 000")));
}

lua_State *sandbox_open(loader *l)
{
    lua_State *L = lua_newstate(allocate, l);
    if (!L)
        return NULL;
    *(loader **)lua_getextraspace(L) = l;
    lua_sethook(L, count_steps, LUA_MASKCOUNT, RULES_HOOK_STEP);
    return L;
}

/* The nearest caller that is Lua: the line of the statement. */
origin here(lua_State *L)
{
    loader *l = loader_of(L);
    origin at = {l->file, l->clause, 0};
    lua_Debug ar;
    for (int level = 0; lua_getstack(L, level, &ar); level++) {
        lua_getinfo(L, "l", &ar);
        if (ar.currentline > 0) {
            at.line = (uint32_t)ar.currentline;
            break;
        }
    }
    return at;
}

/* Behind these there is nothing to go on with, or the same would be said of every line. */
static bool ends_load(message_id id)
{
    switch (id) {
    case MSG_rules_limit_steps:
    case MSG_rules_limit_memory:
    case MSG_rules_limit_text:
    case MSG_rules_too_many_nodes:
    case MSG_rules_use_cycle: return true;
    default: return false;
    }
}

void note_error(loader *l, assess_status status, message m, origin at)
{
    if (l->calling || status == ASSESS_E_SYSTEM) {
        text file = at.file < l->plan->file_count ? l->plan->files[at.file].name : TEXT("");
        l->ended = true;
        l->status = error_set_at(l->err, status, m, file.bytes, at.line, plan_clause_number(l->plan, at).bytes);
        return;
    }
    bool said = !is_consequence(l, m);
    if (said && !mistakes_add(&l->found, l->plan, status, m, names_of(m.id), at)) {
        l->ended = true;
        l->status = error_no_memory(l->err);
    }
    note_consequences(l, m.id);
    l->ended |= l->found.more || ends_load(m.id);
}

int give_up(lua_State *L)
{
    loader_of(L)->thrown = true;
    lua_pushnil(L);
    return lua_error(L);
}

static int refuse_at(lua_State *L, assess_status status, message m, origin at)
{
    note_error(loader_of(L), status, in_both_languages(m), at);
    return give_up(L);
}

int refuse_status(lua_State *L, assess_status status, message m) { return refuse_at(L, status, m, here(L)); }

int refuse_line(lua_State *L, uint32_t line, message m)
{
    return refuse_at(L, ASSESS_E_RULES, m, (origin){loader_of(L)->file, 0, line});
}

int refuse(lua_State *L, message m) { return refuse_status(L, ASSESS_E_RULES, m); }

static void complain_at(lua_State *L, message m, origin at)
{
    loader *l = loader_of(L);
    note_error(l, ASSESS_E_RULES, in_both_languages(m), at);
    if (l->ended)
        give_up(L);
}

void complain(lua_State *L, message m) { complain_at(L, m, here(L)); }

void complain_line(lua_State *L, uint32_t line, message m) { complain_at(L, m, (origin){loader_of(L)->file, 0, line}); }

int no_memory(lua_State *L) { return refuse_status(L, ASSESS_E_SYSTEM, message_of(MSG_no_memory)); }
