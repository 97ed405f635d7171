/* words: ids are what is compared; the numbers of the file and of the batch may differ. */
#include "store/words.h"

/* ---- writing ---- */

static assess_status write_roles(connection *c, const vocabulary *words, assess_error *err)
{
    query s;
    query_open(&s, c, "INSERT INTO role(number, id) VALUES(?, ?)");
    for (size_t i = 0; i < words->role_count; i++) {
        bind_integer(&s, (int64_t)i);
        bind_text(&s, words->roles[i].word.id);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_items(connection *c, const batch *b, assess_error *err)
{
    query s;
    query_open(&s, c, "INSERT INTO item(number, id, scale) VALUES(?, ?, ?)");
    for (size_t i = 0; i < b->words.item_count; i++) {
        bind_integer(&s, (int64_t)i);
        bind_text(&s, b->words.items[i].word.id);
        bind_integer(&s, b->ballots.scale[i]);
        query_run(&s);
    }
    return query_close(&s, err);
}

static assess_status write_options(connection *c, const vocabulary *words, assess_error *err)
{
    query s;
    query_open(&s, c, "INSERT INTO item_option(item, number, id) VALUES(?, ?, ?)");
    for (size_t i = 0; i < words->item_count; i++) {
        for (size_t option = 0; option < words->items[i].option_count; option++) {
            bind_integer(&s, (int64_t)i);
            bind_integer(&s, (int64_t)option);
            bind_text(&s, words->items[i].options[option].id);
            query_run(&s);
        }
    }
    return query_close(&s, err);
}

assess_status words_write(connection *c, const batch *b, assess_error *err)
{
    assess_status status = write_roles(c, &b->words, err);
    if (status == ASSESS_OK)
        status = write_items(c, b, err);
    if (status == ASSESS_OK)
        status = write_options(c, &b->words, err);
    return status;
}

/* ---- reading ---- */

assess_status words_refuse_row(const connection *c, const char *table, int64_t number, assess_error *err)
{
    buffer digits = {0};
    buffer_add_integer(&digits, number);
    message m = message_of3(MSG_store_impossible_row, text_of(c->shown), text_of(table), buffer_text(&digits));
    assess_status status = error_set_at(err, ASSESS_E_INPUT, m, c->shown, 0, NULL);
    buffer_free(&digits);
    return status;
}

static assess_status refuse_word(const connection *c, text id, assess_error *err)
{
    if (utf8_invalid_at(id.bytes, id.length) < id.length)
        id = TEXT("?");
    return error_set_at(err, ASSESS_E_INPUT, message_of2(MSG_store_unknown_word, text_of(c->shown), id), c->shown, 0,
                        NULL);
}

static size_t find_role(const vocabulary *words, text id)
{
    size_t i = 0;
    while (i < words->role_count && !text_equal(words->roles[i].word.id, id))
        i++;
    return i;
}

static size_t find_item(const vocabulary *words, text id)
{
    size_t i = 0;
    while (i < words->item_count && !text_equal(words->items[i].word.id, id))
        i++;
    return i;
}

static size_t find_option(const vocabulary_item *item, text id)
{
    size_t i = 0;
    while (i < item->option_count && !text_equal(item->options[i].id, id))
        i++;
    return i;
}

static assess_status read_roles(connection *c, const batch *b, word_map *out, assess_error *err)
{
    enum { MOST = sizeof out->roles / sizeof *out->roles };
    query s;
    assess_status found = ASSESS_OK;
    query_open(&s, c, "SELECT number, id FROM role ORDER BY number");
    while (found == ASSESS_OK && query_step(&s)) {
        text id = column_text(&s, 1);
        size_t number = find_role(&b->words, id);
        if (out->role_count == MOST || column_integer(&s, 0) != (int64_t)out->role_count)
            found = words_refuse_row(c, "role", column_integer(&s, 0), err);
        else if (number == b->words.role_count)
            found = refuse_word(c, id, err);
        else
            out->roles[out->role_count++] = (uint8_t)number;
    }
    assess_status status = query_close(&s, err);
    return found != ASSESS_OK ? found : status;
}

/* False when the item's maximum does not fit at the scale. */
static bool find_most(decimal maximum, int scale, int64_t *most)
{
    *most = maximum.coeff;
    if (scale >= maximum.scale)
        return !__builtin_mul_overflow(maximum.coeff, power_of_ten(scale - maximum.scale), most);
    *most /= power_of_ten(maximum.scale - scale);
    return true;
}

static assess_status read_item(query *s, batch *b, word_map *out, assess_error *err)
{
    int64_t place = column_integer(s, 0), scale = column_integer(s, 2);
    text id = column_text(s, 1);
    size_t number = find_item(&b->words, id);
    if (place != (int64_t)out->item_count || scale < 0 || scale > DECIMAL_MAX_SCALE)
        return words_refuse_row(s->connection, "item", place, err);
    if (number == b->words.item_count)
        return refuse_word(s->connection, id, err);
    for (size_t i = 0; i < out->item_count; i++)
        if (out->items[i].number == number)
            return words_refuse_row(s->connection, "item", place, err);
    if (b->words.items[number].option_count == 0)
        batch_raise_scale(b, number, (int)scale);
    item_map *m = &out->items[out->item_count++];
    *m = (item_map){.number = number, .scale = b->ballots.scale[number]};
    if (!find_most(b->words.items[number].maximum, m->scale, &m->most))
        return words_refuse_row(s->connection, "item", place, err);
    return ASSESS_OK;
}

static assess_status read_items(connection *c, batch *b, word_map *out, assess_error *err)
{
    query s;
    assess_status found = ASSESS_OK;
    out->items = arena_zalloc(&out->memory, (b->words.item_count + 1) * sizeof *out->items);
    if (!out->items)
        return error_no_memory(err);
    query_open(&s, c, "SELECT number, id, scale FROM item ORDER BY number");
    while (found == ASSESS_OK && query_step(&s))
        found = read_item(&s, b, out, err);
    assess_status status = query_close(&s, err);
    if (found == ASSESS_OK && status == ASSESS_OK && out->item_count != b->words.item_count)
        found = words_refuse_row(c, "item", (int64_t)out->item_count, err);
    return found != ASSESS_OK ? found : status;
}

/* The options of one item that has them. */
static assess_status read_options(connection *c, const batch *b, word_map *out, size_t place, assess_error *err)
{
    item_map *m = &out->items[place];
    const vocabulary_item *item = &b->words.items[m->number];
    int64_t *options = arena_zalloc(&out->memory, item->option_count * sizeof *options), count = 0;
    query s;
    assess_status found = options ? ASSESS_OK : error_no_memory(err);
    m->options = options;
    query_open(&s, c, "SELECT number, id FROM item_option WHERE item = ? ORDER BY number");
    bind_integer(&s, (int64_t)place);
    while (found == ASSESS_OK && query_step(&s)) {
        text id = column_text(&s, 1);
        size_t number = find_option(item, id);
        if (number == item->option_count)
            found = refuse_word(c, id, err);
        else if (column_integer(&s, 0) != count || count == (int64_t)item->option_count)
            found = words_refuse_row(c, "item_option", column_integer(&s, 0), err);
        else
            options[count++] = (int64_t)number;
    }
    m->most = count - 1;
    assess_status status = query_close(&s, err);
    return found != ASSESS_OK ? found : status;
}

assess_status words_read(connection *c, batch *b, word_map *out, assess_error *err)
{
    assess_status status = read_roles(c, b, out, err);
    if (status == ASSESS_OK)
        status = read_items(c, b, out, err);
    for (size_t i = 0; i < out->item_count && status == ASSESS_OK; i++)
        if (b->words.items[out->items[i].number].option_count > 0)
            status = read_options(c, b, out, i, err);
    return status;
}

void words_free(word_map *map)
{
    arena_free(&map->memory);
    *map = (word_map){0};
}
