/* dates.c: days, what lies between them, working days, and versions of a rule by date. */
#include <string.h>

#include "rules/loader.h"

/* --- days --- */

static date need_date(lua_State *L, text written)
{
    date d;
    if (date_parse(written.bytes, written.length, &d) != DATE_OK)
        refuse(L, message_of1(MSG_rules_bad_date, written));
    return d;
}

static int word_day(lua_State *L)
{
    date d = need_date(L, need_text(L, 1, "day"));
    push_symbol_of(L, add_node(L, (node){.op = OP_CONSTANT, .kind = KIND_DAY, .constant = fraction_of(d, 1)}));
    return 1;
}

/* Two digits that make a number below the limit. */
static bool two_digits(const char *at, int limit, int *out)
{
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *out = (at[0] - '0') * 10 + at[1] - '0';
    return *out < limit;
}

/* moment "2026-03-04 08:30" */
static int word_moment(lua_State *L)
{
    enum { TIME_LENGTH = 6 }; /* " 08:30" */
    text written = need_text(L, 1, "moment");
    size_t day = written.length > TIME_LENGTH ? written.length - TIME_LENGTH : 0;
    const char *at = written.bytes + day;
    int hour = 0, minute = 0;
    if (!day || (at[0] != ' ' && at[0] != 'T') || !two_digits(at + 1, 24, &hour) || at[3] != ':' || !two_digits(at + 4, 60, &minute))
        refuse(L, message_of1(MSG_rules_bad_moment, written));
    int64_t minutes = (int64_t)need_date(L, (text){written.bytes, day}) * 24 * 60 + hour * 60 + minute;
    push_symbol_of(L, add_node(L, (node){.op = OP_CONSTANT, .kind = KIND_MINUTE, .constant = fraction_of(minutes, 1)}));
    return 1;
}

static int word_period_start(lua_State *L)
{
    push_symbol_of(L, add_source(L, OP_PERIOD, 0, KIND_DAY));
    return 1;
}

static int word_period_end(lua_State *L)
{
    push_symbol_of(L, add_source(L, OP_PERIOD, 1, KIND_DAY));
    return 1;
}

/* --- between two days --- */

static int between(lua_State *L, node_op op, symbol_kind kind, const char *word_name)
{
    node_id from = symbol_need(L, 1, kind, word_name)->node, to = symbol_need(L, 2, kind, word_name)->node;
    push_symbol_of(L, add_op2(L, op, from, to));
    return 1;
}

static int word_months_between(lua_State *L) { return between(L, OP_MONTHS, SYMBOL_DAY, "months_between"); }
static int word_days_between(lua_State *L) { return between(L, OP_DAYS, SYMBOL_DAY, "days_between"); }
static int word_minutes_between(lua_State *L) { return between(L, OP_MINUTES, SYMBOL_MINUTE, "minutes_between"); }

static int word_working_days_between(lua_State *L)
{
    need_calendar(L);
    return between(L, OP_WORKDAYS, SYMBOL_DAY, "working_days_between");
}

/* --- later days --- */

static int later(lua_State *L, node_op op, const char *what)
{
    node_id from = symbol_need(L, 1, SYMBOL_DAY, what)->node, count = need_number(L, 2, what);
    const node *n = &loader_of(L)->plan->nodes[count];
    if (n->op == OP_CONSTANT && fraction_reduce(n->constant).den != 1)
        refuse(L, message_of1(MSG_rules_whole_days, text_of(what)));
    push_symbol_of(L, add_op2(L, op, from, count));
    return 1;
}

static int plus_days(lua_State *L) { return later(L, OP_PLUS_DAYS, ":plus_days"); }
static int plus_months(lua_State *L) { return later(L, OP_PLUS_MONTHS, ":plus_months"); }

static int plus_working_days(lua_State *L)
{
    need_calendar(L);
    return later(L, OP_PLUS_WORKDAYS, ":plus_working_days");
}

/* attribute "day":at "09:30" */
static int at_clock(lua_State *L)
{
    enum { CLOCK_LENGTH = 5 };
    text written = need_text(L, 2, ":at");
    const char *at = written.bytes;
    int hour = 0, minute = 0;
    if (written.length != CLOCK_LENGTH || !two_digits(at, 24, &hour) || at[2] != ':' || !two_digits(at + 3, 60, &minute))
        refuse(L, message_of1(MSG_rules_bad_clock, written));
    node_id day = symbol_need(L, 1, SYMBOL_DAY, ":at")->node;
    push_symbol_of(L, add_op2(L, OP_AT, day, add_figure(L, hour * 60 + minute)));
    return 1;
}

/* --- the calendar --- */

static void read_calendar(lua_State *L, text file_name, text bytes)
{
    plan *p = loader_of(L)->plan;
    plan_file *f = add_file(L, file_name);
    char *kept = arena_text(&p->memory, bytes.bytes, bytes.length);
    calendar *c = arena_zalloc(&p->memory, sizeof *c);
    message wrong;
    uint32_t line;
    if (!kept || !c || !digest_of(kept, bytes.length, &f->sha256))
        no_memory(L);
    f->bytes = (text){kept, bytes.length};
    f->declared = true;
    if (utf8_invalid_at(kept, bytes.length) != bytes.length)
        refuse_line(L, 1, message_of(MSG_rules_not_text));
    if (!calendar_read(f->bytes, &p->memory, c, &wrong, &line))
        wrong.id == MSG_no_memory ? no_memory(L) : refuse_line(L, line, wrong);
    p->calendar = c;
    p->calendar_file = loader_of(L)->file;
}

void need_calendar(lua_State *L)
{
    loader *l = loader_of(L);
    text bytes = {"", 0}, file_name = {"", 0}, name = TEXT("calendar.csv");
    if (l->plan->calendar)
        return;
    if (!l->request->data || !l->request->data(l->request->user, name, &l->plan->memory, &bytes, &file_name))
        refuse(L, message_of(MSG_rules_calendar_missing));
    if (!bytes.bytes || !file_name.bytes)
        no_memory(L);
    sandbox_charge(L, bytes.length);
    uint16_t file = l->file;
    read_calendar(L, file_name, bytes);
    l->file = file;
}

/* --- versions --- */

typedef struct version {
    text written;
    date from;
} version;

/* The latest of the keys that is not after the last day of the period, or of all without a period; no text: none. */
static version version_in_force(lua_State *L, const text *keys, size_t count, version *first)
{
    const plan *p = loader_of(L)->plan;
    version found = {{"", 0}, DATE_NONE};
    *first = found;
    for (size_t i = 0; i < count; i++) {
        version v = {keys[i], need_date(L, keys[i])};
        for (size_t k = 0; k < i; k++)
            if (need_date(L, keys[k]) == v.from) /* one day, written in two ways */
                refuse(L, message_of1(MSG_rules_table_twice, v.written));
        if (!i || v.from < first->from)
            *first = v;
        if ((!p->period_text.length || v.from <= p->period.to) && (!found.written.length || v.from > found.from))
            found = v;
    }
    return found;
}

/* Once for every clause and set of days: they are named to whoever signs the rules. */
static void keep_version(lua_State *L, const text *keys, size_t count, text taken)
{
    plan *p = loader_of(L)->plan;
    buffer all = {0};
    for (size_t i = 0; i < count; i++) {
        buffer_add_string(&all, i ? ", " : "");
        buffer_add_text(&all, keys[i]);
    }
    plan_version v = {.taken = {arena_text(&p->memory, taken.bytes, taken.length), taken.length}, .at = here(L)};
    v.all = (text){all.failed ? NULL : arena_text(&p->memory, all.bytes, all.length), all.length};
    buffer_free(&all);
    if (!v.all.bytes || !v.taken.bytes)
        no_memory(L);
    for (size_t i = 0; i < p->version_count; i++)
        if (p->versions[i].at.clause == v.at.clause && p->versions[i].at.file == v.at.file && text_equal(p->versions[i].all, v.all))
            return;
    plan_version *fresh = PLAN_APPEND(p, versions, version_count, version_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = v;
}

/* dated { ["2008-11-01"] = 0.5, ["2026-01-01"] = 0.6 }: what was in force on the last day of the period, as it stands there. */
static int word_dated(lua_State *L)
{
    size_t count;
    lua_settop(L, 1);
    need_table(L, 1, "dated");
    text *keys = sorted_keys(L, 1, "dated", &count);
    sandbox_charge(L, count * count / 4);
    version first, v = version_in_force(L, keys, count, &first);
    if (!count)
        refuse(L, message_of1(MSG_rules_table_empty, TEXT("dated")));
    if (!v.written.length)
        refuse(L, message_of2(MSG_rules_no_version, first.written, loader_of(L)->plan->period_text));
    sandbox_charge(L, count + loader_of(L)->plan->version_count);
    keep_version(L, keys, count, v.written);
    lua_pushlstring(L, v.written.bytes, v.written.length);
    lua_rawget(L, 1);
    return 1;
}

const method date_methods[] = {
    {"plus_days", IS(DAY), plus_days}, {"plus_working_days", IS(DAY), plus_working_days}, {"plus_months", IS(DAY), plus_months}, {"at", IS(DAY), at_clock}, {NULL, 0, NULL},
};

const word date_words[] = {
    {"day", word_day},
    {"moment", word_moment},
    {"period_start", word_period_start},
    {"period_end", word_period_end},
    {"months_between", word_months_between},
    {"days_between", word_days_between},
    {"working_days_between", word_working_days_between},
    {"minutes_between", word_minutes_between},
    {"dated", word_dated},
    {NULL, NULL},
};
