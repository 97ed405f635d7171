/* order.c: see order.h. A name is sorted by ICU's key; for pinyin a surname that is read otherwise than its character usually is
 * stands in for one of that sound, for the key alone: ICU files 曾 under céng, 单 under dān. */
#include "office/order.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/message.h"

static const char *column_of_names(const assess_table *t) { return assess_table_column(t, "name") < SIZE_MAX ? "name" : NULL; }

/* A ranking says something by its order. */
static bool is_in_order(const assess_table *t)
{
    return strncmp(assess_table_id(t), "ranking", 7) == 0 || strncmp(assess_table_id(t), "ties", 4) == 0;
}

#ifdef ASSESS_WITH_ICU
#include <unicode/ucol.h>
#include <unicode/ustring.h>

int assess_office_can_sort(void) { return 1; }

/* A surname and, behind it, a character of its sound. Two characters before those that are part of them. */
static const struct {
    const char *surname, *sounds_like;
} surnames[] = {
    {"尉迟", "玉"}, {"万俟", "末"}, {"澹台", "谈"}, {"令狐", "灵"}, {"长孙", "掌"}, {"单于", "缠"}, {"曾", "增"}, {"单", "善"}, {"解", "谢"},
    {"乐", "月"},   {"仇", "求"},   {"区", "欧"},   {"查", "渣"},   {"朴", "瓢"},   {"任", "人"},   {"盖", "葛"}, {"葛", "舸"}, {"华", "化"},
    {"翟", "宅"},   {"洗", "显"},   {"缪", "妙"},   {"覃", "秦"},   {"员", "运"},   {"黑", "贺"},   {"折", "蛇"}, {"召", "绍"}, {"繁", "婆"},
    {"秘", "必"},   {"重", "虫"},   {"种", "虫"},   {"都", "嘟"},   {"句", "勾"},   {"祭", "债"},   {"那", "拿"}, {"乜", "聂"}, {"相", "向"},
    {"燕", "烟"},   {"要", "腰"},   {"么", "腰"},   {"应", "英"},   {"占", "詹"},   {"纪", "己"},   {"宁", "佞"}, {"过", "锅"}, {"观", "贯"},
    {"哈", "铪"},   {"盛", "胜"},   {"卜", "补"},   {"柏", "百"},   {"褚", "楚"},   {"隗", "伟"},   {"阚", "看"}, {"牟", "木"}};

/* The name as it is sorted; a copy in the arena, or the name itself. */
static const char *as_read(arena *memory, const char *name, bool pinyin)
{
    for (size_t i = 0; pinyin && i < sizeof surnames / sizeof *surnames; i++) {
        size_t length = strlen(surnames[i].surname), sound = strlen(surnames[i].sounds_like), rest = strlen(name);
        if (strncmp(name, surnames[i].surname, length) != 0)
            continue;
        char *copy = arena_alloc(memory, rest - length + sound + 1);
        if (!copy)
            return NULL;
        memcpy(copy, surnames[i].sounds_like, sound);
        memcpy(copy + sound, name + length, rest - length + 1);
        return copy;
    }
    return name;
}

typedef struct keyed {
    const uint8_t *key;
    size_t row;
} keyed;

static int compare_keys(const void *left, const void *right)
{
    const keyed *a = left, *b = right;
    int order = strcmp((const char *)a->key, (const char *)b->key); /* a key ends in 0 and is compared by bytes */
    return order ? order : (a->row > b->row) - (a->row < b->row);
}

/* NULL: no memory, or a text that ICU does not take. */
static const uint8_t *key_of(arena *memory, const UCollator *c, const char *name)
{
    UErrorCode status = U_ZERO_ERROR;
    size_t most = strlen(name) + 1;
    UChar *wide = arena_alloc(memory, most * sizeof *wide);
    int32_t length = 0;
    if (!wide)
        return NULL;
    u_strFromUTF8(wide, (int32_t)most, &length, name, -1, &status);
    int32_t size = U_SUCCESS(status) ? ucol_getSortKey(c, wide, length, NULL, 0) : 0;
    uint8_t *key = size > 0 ? arena_alloc(memory, (size_t)size) : NULL;
    if (key)
        ucol_getSortKey(c, wide, length, key, size);
    return key;
}

static bool find_keys(arena *memory, const assess_table *t, bool pinyin, const UCollator *c, keyed *keys)
{
    size_t column = assess_table_column(t, column_of_names(t));
    for (size_t i = 0; i < assess_table_rows(t); i++) {
        const char *name = as_read(memory, assess_table_cell(t, i, column), pinyin);
        keys[i] = (keyed){name ? key_of(memory, c, name) : NULL, i};
        if (!keys[i].key)
            return false;
    }
    return true;
}

static assess_status arrange(assess_table *t, bool pinyin, const UCollator *c, assess_error *err)
{
    arena memory = {0};
    size_t rows = assess_table_rows(t);
    keyed *keys = mem_alloc((rows + 1) * sizeof *keys);
    size_t *order = mem_alloc((rows + 1) * sizeof *order);
    assess_status s = ASSESS_OK;
    if (!keys || !order || !find_keys(&memory, t, pinyin, c, keys))
        s = error_no_memory(err);
    else {
        qsort(keys, rows, sizeof *keys, compare_keys);
        for (size_t i = 0; i < rows; i++)
            order[i] = keys[i].row;
        s = assess_table_arrange(t, order, err);
    }
    mem_free(keys);
    mem_free(order);
    arena_free(&memory);
    return s;
}

static assess_status sort_names(assess_table *t, assess_office_order wanted, assess_error *err)
{
    UErrorCode status = U_ZERO_ERROR;
    bool pinyin = wanted == ASSESS_ORDER_PINYIN;
    UCollator *c = ucol_open(pinyin ? "zh@collation=pinyin" : "zh@collation=stroke", &status);
    if (U_FAILURE(status))
        return error_set(err, ASSESS_E_SYSTEM, message_of1(MSG_office_no_collation, text_of(u_errorName(status))));
    assess_status s = arrange(t, pinyin, c, err);
    ucol_close(c);
    return s;
}
#else
int assess_office_can_sort(void) { return 0; }

static assess_status sort_names(assess_table *t, assess_office_order wanted, assess_error *err)
{
    (void)t;
    (void)wanted;
    return error_set(err, ASSESS_E_CALL, message_of(MSG_office_no_icu));
}
#endif

assess_status office_arrange(assess_table *t, assess_office_order order, assess_error *err)
{
    if ((unsigned)order >= ASSESS_ORDER_COUNT)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_argument, text_of("order")));
    if (order == ASSESS_ORDER_ROSTER || !column_of_names(t) || is_in_order(t))
        return ASSESS_OK;
    return sort_names(t, order, err);
}

assess_status office_table(assess_result *result, const char *id, assess_language language, assess_office_order order,
                           assess_table **out, assess_error *err)
{
    assess_status s = assess_result_table(result, id, language, out, err);
    if (s)
        return s;
    s = office_arrange(*out, order, err);
    if (s) {
        assess_table_free(*out);
        *out = NULL;
    }
    return s;
}
