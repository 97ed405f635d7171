/* levels.c: people and the units they belong to. */
#include "rules/loader.h"

uint32_t need_level(lua_State *L, text id)
{
    const plan *p = loader_of(L)->plan;
    for (uint32_t i = 0; i < p->level_count; i++)
        if (text_equal(p->levels[i].id, id))
            return i;
    if (p->level_count == 1)
        refuse(L, message_of1(MSG_rules_one_level, id));
    refuse_word_of(L, id, TEXT("people, units"));
    return 0;
}

/* of "units": whom the statements behind it are about. */
static int word_of(lua_State *L)
{
    loader_of(L)->level = need_level(L, need_text(L, 1, "of"));
    return 0;
}

/* A grade of people has no meaning for a row of a unit: its ids are those of other grades, and it would be missing for everybody. */
static void need_units_grade(lua_State *L, node_id value)
{
    if (symbol_at(L, 1) && symbol_at(L, 1)->kind == SYMBOL_GRADE && level_of_grade(loader_of(L)->plan, value) != need_level(L, TEXT("units")))
        refuse(L, message_of(MSG_rules_grade_of_people));
}

/* of_unit(figure): the unit's, for each of its people. */
static int word_of_unit(lua_State *L)
{
    node_id value = need_value(L, 1, "of_unit");
    if (loader_of(L)->plan->level_count == 1)
        refuse(L, message_of1(MSG_rules_one_level, TEXT("units")));
    need_units_grade(L, value);
    push_symbol_of(L, add_op1(L, OP_OF_UNIT, value));
    return 1;
}

const word level_words[] = {{"of", word_of}, {"of_unit", word_of_unit}, {NULL, NULL}};
