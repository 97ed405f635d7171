/* sandbox.c: a Lua state that offers nothing but the words of the rule language.
 *
 * No standard library is opened: there is no string metatable, no pcall, no load, no metatable access. Memory has a live
 * and a cumulative cap, work a budget of instructions; breaking either sets `dead`, which nothing in a rule file can
 * clear. One state per load, closed on every way out. */
#include <string.h>

#include "rules/loader.h"

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
    if (l->memory_live + more > RULES_MEMORY_LIVE || l->memory_total + more > RULES_MEMORY_TOTAL) {
        l->dead = "16 MiB";
        return NULL;
    }
    void *moved = mem_resize(block, size, 1);
    if (!moved) {
        l->out_of_memory = true;
        return NULL;
    }
    l->memory_live += size - old;
    l->memory_total += more;
    return moved;
}

static void count_steps(lua_State *L, lua_Debug *ar)
{
    lua_getinfo(L, "l", ar);
    if (ar->currentline > 0)
        loader_of(L)->last_line = (uint32_t)ar->currentline;
    sandbox_charge(L, RULES_HOOK_STEP);
}

void sandbox_charge(lua_State *L, size_t units)
{
    loader *l = loader_of(L);
    l->steps_left -= (long)(units < RULES_STEPS ? units : RULES_STEPS);
    if (l->steps_left >= 0 && !l->dead)
        return;
    if (!l->dead)
        l->dead = "5 000 000";
    lua_sethook(L, count_steps, LUA_MASKCOUNT, 1);
    refuse(L, message_of1(MSG_rules_limit_steps, text_of(l->dead)));
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

static void copy(char *out, size_t size, text t)
{
    size_t n = t.length < size ? t.length : size - 1;
    memcpy(out, t.bytes, n);
    out[n] = '\0';
}

int refuse_status(lua_State *L, assess_status status, message m)
{
    loader *l = loader_of(L);
    origin at = here(L);
    char file[256], clause[128];
    copy(file, sizeof file, l->plan->files[at.file].name);
    copy(clause, sizeof clause, plan_clause_number(l->plan, at));
    l->status = error_set_at(l->err, status, m, file, at.line, clause);
    lua_pushnil(L);
    return lua_error(L);
}

int refuse(lua_State *L, message m) { return refuse_status(L, ASSESS_E_RULES, m); }

int no_memory(lua_State *L)
{
    loader_of(L)->out_of_memory = true;
    return refuse_status(L, ASSESS_E_SYSTEM, message_of(MSG_no_memory));
}
