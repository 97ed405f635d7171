/* sheets.c: which sheets count at all. */
#include "rules/loader.h"

static bool read_per(lua_State *L)
{
    text per = require_text(L, 1, "per", "sheets");
    if (!text_equal(per, TEXT("rater")) && !text_equal(per, TEXT("ballot")))
        refuse(L, message_of(MSG_rules_sheets_per));
    return text_equal(per, TEXT("rater"));
}

/* Where the top is: from a total on, from the points of an item on, or one option. */
static bool read_where(lua_State *L, int index, sheet_rule *rule)
{
    text item, option;
    bool of_item = field_text(L, index, "item", &item), by_option = field_text(L, index, "option", &option);
    bool from = field_decimal(L, index, "from", &rule->top_from);
    if (of_item)
        rule->item = find_item(L, item);
    if (by_option && of_item)
        rule->top_options = find_option(L, rule->item, option);
    if (from && !of_item)
        refuse_total_of_options(L);
    return from != by_option && (of_item || !by_option);
}

/* top = { from = 90, share = 0.3 }, { from = 90, count = 3 }, { option = "A", item = "opinion", share = 0.3 } */
static void read_top(lua_State *L, sheet_rule *rule)
{
    lua_getfield(L, 1, "top");
    rule->has_top = !lua_isnil(L, -1);
    if (rule->has_top) {
        int index = lua_gettop(L);
        need_table(L, index, "top");
        check_fields(L, index, "top", "from option item share count", 0);
        bool where = read_where(L, index, rule), share = field_part(L, index, "share", &rule->top_share);
        bool count = field_whole(L, index, "count", 0, &rule->top_count);
        if (!where || share == count)
            refuse(L, message_of(MSG_rules_sheets_top));
        if (!rule->per_rater)
            refuse(L, message_of(MSG_rules_sheets_top_ballot));
    }
    lua_pop(L, 1);
}

/* sheets { "peer", per = "rater", complete = true, not_all_same = true, top = …, zh = …, en = … } */
int word_sheets(lua_State *L)
{
    plan *p = loader_of(L)->plan;
    need_table(L, 1, "sheets");
    check_fields(L, 1, "sheets", "per complete not_all_same top zh en", ANY_PLACES);
    sheet_rule rule = {.roles = read_roles(L, 1, "sheets"), .per_rater = read_per(L), .item = ITEM_TOTAL, .at = here(L)};
    rule.words = require_label(L, 1, "sheets");
    rule.complete = field_truth(L, 1, "complete", false);
    rule.not_all_same = field_truth(L, 1, "not_all_same", false);
    read_top(L, &rule);
    if (!rule.complete && !rule.not_all_same && !rule.has_top)
        refuse(L, message_of(MSG_rules_sheets_nothing));
    if (rule.not_all_same && !rule.per_rater && p->item_count < 2)
        refuse(L, message_of(MSG_rules_sheets_one_item));
    sandbox_charge(L, sizeof rule);
    sheet_rule *fresh = PLAN_APPEND(p, sheet_rules, sheet_rule_count, sheet_rule_capacity);
    if (!fresh)
        no_memory(L);
    *fresh = rule;
    return 0;
}
