/* order: see order.h. */
#include "order.h"

#include <string.h>

assess_office_order order_of(const arguments *a)
{
    const char *name = a->value[OPT_ORDER];
    if (name && strcmp(name, "pinyin") == 0)
        return ASSESS_ORDER_PINYIN;
    return name && strcmp(name, "strokes") == 0 ? ASSESS_ORDER_STROKES : ASSESS_ORDER_ROSTER;
}
