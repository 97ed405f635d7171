/* letters.c: ballots that mark one of some options, taken as what most of them say. */
#include "rules/loader.h"

/* The item's options as words; those that are not counted are never the one most chosen. */
static void name_options(lua_State *L, plan_item *item)
{
    if (item->choices.count)
        return;
    uint32_t *members = arena_alloc(&loader_of(L)->plan->memory, item->option_count * sizeof *members);
    size_t count = 0;
    if (!members)
        no_memory(L);
    for (size_t o = 0; o < item->option_count; o++) {
        plan_option *option = &item->options[o];
        if (!option->counted)
            continue;
        option->word = members[count++] = word_number(L, option->id);
        name_word(L, option->word, option->words);
    }
    item->choices = (plan_set){members, count};
}

static option_tie read_tie(lua_State *L)
{
    static const char *const ids[] = {[OPTION_BETTER] = "better", [OPTION_WORSE] = "worse", [OPTION_NONE] = "missing"};
    text tie = require_text(L, 2, "tie", ":most_chosen");
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        if (text_equal(tie, text_of(ids[i])))
            return (option_tie)i;
    refuse(L, message_of2(MSG_rules_word_of, tie, TEXT("better, missing, worse")));
    return OPTION_NONE;
}

/* :most_chosen { tie = "better", least = 3 } */
static int most_chosen(lua_State *L)
{
    ballot_source wanted = need_untrimmed(L, ":most_chosen");
    need_options(L, wanted.item, ":most_chosen");
    need_table(L, 2, ":most_chosen");
    check_fields(L, 2, ":most_chosen", "tie least", 0);
    wanted.tie = read_tie(L);
    field_whole(L, 2, "least", 1, &wanted.least);
    plan_item *item = &loader_of(L)->plan->items[wanted.item];
    name_options(L, item);
    if (!item->choices.count)
        refuse(L, message_of1(MSG_rules_no_option_counts, item->id));
    push_symbol_of(L, add_ballots(L, wanted, BALLOT_MOST_CHOSEN));
    return 1;
}

const method letter_methods[] = {{"most_chosen", IS(POINTS), most_chosen}, {NULL, 0, NULL}};
