/* chain: rows become leaves as they pass by; of a tree only the left edge is kept, a digest per level. */
#include "store/chain.h"

#include <string.h>

enum { LEAF = 0x00, NODE = 0x01, LINK = 0x02, LEVELS = 64 };

/* A tree that grows leaf by leaf: the roots of its full subtrees, largest first. */
typedef struct tree {
    hasher *h;
    digest roots[LEVELS];
    size_t root_count;
    uint64_t leaves;
    bool failed;
} tree;

static bool hash_tagged(hasher *h, uint8_t tag, const void *bytes, size_t length, digest *out)
{
    return hasher_add(h, &tag, 1) && hasher_add(h, bytes, length) && hasher_finish(h, out);
}

static bool hash_node(hasher *h, const digest *left, const digest *right, digest *out)
{
    uint8_t both[2 * sizeof left->bytes];
    memcpy(both, left->bytes, sizeof left->bytes);
    memcpy(both + sizeof left->bytes, right->bytes, sizeof right->bytes);
    return hash_tagged(h, NODE, both, sizeof both, out);
}

static void join_last_two(tree *t)
{
    digest *left = &t->roots[t->root_count - 2];
    t->failed = !hash_node(t->h, left, left + 1, left) || t->failed;
    t->root_count--;
}

static void tree_add(tree *t, text row)
{
    digest leaf;
    t->failed = !hash_tagged(t->h, LEAF, row.bytes, row.length, &leaf) || t->failed;
    t->roots[t->root_count++] = leaf;
    /* As many subtrees of equal size become one as the number of leaves before had ones at its end. */
    for (uint64_t before = t->leaves++; before & 1; before >>= 1)
        join_last_two(t);
}

/* Empties the tree. */
static bool tree_root(tree *t, digest *out)
{
    bool done = true;
    while (t->root_count > 1)
        join_last_two(t);
    if (t->root_count == 1)
        *out = t->roots[0];
    else
        done = digest_of("", 0, out);
    done = done && !t->failed;
    t->root_count = 0;
    t->leaves = 0;
    return done;
}

/* ---- canonical bytes ---- */

static void add_length(buffer *b, uint32_t length)
{
    char bytes[4] = {(char)(length >> 24), (char)(length >> 16), (char)(length >> 8), (char)length};
    buffer_add(b, bytes, sizeof bytes);
}

static void add_field(buffer *b, text t)
{
    add_length(b, (uint32_t)t.length); /* SQLITE_LIMIT_LENGTH is far below 2^32 */
    buffer_add_text(b, t);
}

/* In digits, of which there are few: of a column the same that SQLite would give, without its making a text first. */
static void add_whole(buffer *b, int64_t value)
{
    size_t at = b->length;
    add_length(b, 0);
    buffer_add_integer(b, value);
    if (b->failed)
        return;
    b->bytes[at + 3] = (char)(b->length - at - 4);
}

static void take_row(query *s, buffer *row)
{
    row->length = 0;
    for (int i = 0, count = sqlite3_column_count(s->handle); i < count; i++) {
        int type = sqlite3_column_type(s->handle, i);
        if (type == SQLITE_NULL)
            add_length(row, UINT32_MAX);
        else if (type == SQLITE_INTEGER)
            add_whole(row, column_integer(s, i));
        else
            add_field(row, column_text(s, i));
    }
}

bool chain_leaf(hasher *h, text kind, text name, int64_t rows, const digest *content, digest *out)
{
    buffer entry = {0};
    char hexadecimal[65];
    digest_print(content, hexadecimal);
    add_field(&entry, kind);
    add_field(&entry, name);
    add_whole(&entry, rows);
    add_field(&entry, text_of(hexadecimal));
    bool done = !entry.failed && hash_tagged(h, LEAF, entry.bytes, entry.length, out);
    buffer_free(&entry);
    return done;
}

bool chain_link(hasher *h, const digest *before, const digest *leaf, uint64_t seq, digest *out)
{
    uint8_t bytes[2 * sizeof before->bytes + 8];
    memcpy(bytes, before->bytes, sizeof before->bytes);
    memcpy(bytes + sizeof before->bytes, leaf->bytes, sizeof leaf->bytes);
    for (int i = 0; i < 8; i++)
        bytes[2 * sizeof before->bytes + (size_t)i] = (uint8_t)(seq >> (56 - 8 * i));
    return hash_tagged(h, LINK, bytes, sizeof bytes, out);
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool chain_scan_digest(text t, digest *out)
{
    if (t.length != 2 * sizeof out->bytes)
        return false;
    for (size_t i = 0; i < sizeof out->bytes; i++) {
        int high = digit_of(t.bytes[2 * i]), low = digit_of(t.bytes[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out->bytes[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}

/* ---- entries ---- */

typedef struct computation {
    connection *c;
    chain_list *list;
    tree tree;
    buffer row;
} computation;

/* The rows since the last entry become one. */
static bool finish_entry(computation *k, store_part part, text name)
{
    chain_list *list = k->list;
    chain_entry e = {.part = part, .rows = (int64_t)k->tree.leaves};
    const char *copy = arena_text(&list->texts, name.bytes, name.length);
    if (!copy || k->row.failed || !tree_root(&k->tree, &e.content) ||
        !MEM_RESERVE(list->items, list->capacity, list->count + 1))
        return false;
    e.name = (text){copy, name.length};
    if (!chain_leaf(k->tree.h, text_of(schema_part(part)->kind), e.name, e.rows, &e.content, &e.leaf))
        return false;
    list->items[list->count++] = e;
    return true;
}

static assess_status take_rows(computation *k, store_part part, const char *sql, assess_error *err)
{
    query s;
    bool each = schema_part(part)->entry_each, done = true;
    query_open(&s, k->c, sql);
    while (done && query_step(&s)) {
        take_row(&s, &k->row);
        tree_add(&k->tree, buffer_text(&k->row));
        if (each)
            done = finish_entry(k, part, column_text(&s, 0));
    }
    assess_status status = query_close(&s, err);
    return status == ASSESS_OK && !done ? error_no_memory(err) : status;
}

static assess_status take_part(computation *k, store_part part, assess_error *err)
{
    const char *sql;
    assess_status status = ASSESS_OK;
    for (int i = 0; status == ASSESS_OK && (sql = schema_query(k->c->format, part, i)) != NULL; i++)
        status = take_rows(k, part, sql, err);
    if (status == ASSESS_OK && !schema_part(part)->entry_each && !finish_entry(k, part, TEXT("")))
        status = error_no_memory(err);
    return status;
}

assess_status chain_compute(connection *c, chain_list *out, assess_error *err)
{
    computation k = {.c = c, .list = out, .tree.h = hasher_new()};
    assess_status status = k.tree.h ? ASSESS_OK : error_no_memory(err);
    for (int part = 0; part < PART_COUNT && status == ASSESS_OK; part++) {
        if (schema_has_part(c->format, (store_part)part))
            status = take_part(&k, (store_part)part, err);
        connection_tell(c, (uint64_t)part + 1, PART_COUNT);
    }
    hasher_free(k.tree.h);
    buffer_free(&k.row);
    return status;
}

void chain_free(chain_list *list)
{
    arena_free(&list->texts);
    mem_free(list->items);
    *list = (chain_list){0};
}

/* ---- sealing ---- */

static void write_entry(query *s, const chain_entry *e, uint64_t seq, const digest *link)
{
    char content[65], leaf[65], hash[65];
    digest_print(&e->content, content);
    digest_print(&e->leaf, leaf);
    digest_print(link, hash);
    bind_integer(s, (int64_t)seq);
    bind_text(s, text_of(schema_part(e->part)->kind));
    bind_text(s, e->name);
    bind_integer(s, e->rows);
    bind_text(s, text_of(content));
    bind_text(s, text_of(leaf));
    bind_text(s, text_of(hash));
    query_run(s);
}

static assess_status write_entries(connection *c, const chain_list *list, hasher *h, digest *link, assess_error *err)
{
    query s;
    bool done = true;
    *link = (digest){{0}};
    query_open(&s, c, "INSERT INTO chain(seq, kind, name, rows, content, leaf, hash) VALUES(?, ?, ?, ?, ?, ?, ?)");
    for (size_t i = 0; done && i < list->count; i++) {
        done = chain_link(h, link, &list->items[i].leaf, i + 1, link);
        write_entry(&s, &list->items[i], i + 1, link);
    }
    assess_status status = query_close(&s, err);
    return status == ASSESS_OK && !done ? error_no_memory(err) : status;
}

assess_status chain_write(connection *c, uint64_t *length, digest *head, assess_error *err)
{
    chain_list list = {0};
    hasher *h = hasher_new();
    assess_status status = h ? chain_compute(c, &list, err) : error_no_memory(err);
    if (status == ASSESS_OK)
        status = write_entries(c, &list, h, head, err);
    *length = list.count;
    hasher_free(h);
    chain_free(&list);
    return status;
}
