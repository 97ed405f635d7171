/* verify: everything is computed from the rows again and compared with what the chain says; a stored hash is never
 * taken for a proof of the rows beside it. */
#include <string.h>

#include "store/chain.h"
#include "store/inspect.h"
#include "store/sealed.h"

enum { MOST_CHECKS = PART_COUNT + 4 };

/* A row of the chain as stored. */
typedef struct link {
    int64_t seq;
    text kind, name;
    int64_t rows;
    digest content, leaf, hash;
    bool readable; /* its digests are digests */
} link;

typedef struct verification {
    store *s;
    arena *memory; /* of the report */
    arena scratch;
    link *links;
    size_t link_count, link_capacity;
    chain_list found; /* from the rows */
    store_check *checks;
    size_t count;
    bool no_memory;
} verification;

/* ---- the report ---- */

static text keep(verification *v, arena *a, text t)
{
    const char *copy = arena_text(a, t.bytes, t.length);
    v->no_memory = v->no_memory || !copy;
    return copy ? (text){copy, t.length} : TEXT("");
}

static void report(verification *v, message_id what, bool passed, text detail)
{
    if (utf8_invalid_at(detail.bytes, detail.length) < detail.length)
        detail = TEXT("");
    v->checks[v->count++] = (store_check){.what = what, .passed = passed, .detail = keep(v, v->memory, detail)};
}

static void report_left_out(verification *v, message_id what, text detail)
{
    report(v, what, true, detail);
    v->checks[v->count - 1].left_out = true;
}

static void report_number(verification *v, message_id what, bool passed, int64_t number)
{
    buffer digits = {0};
    buffer_add_integer(&digits, number);
    report(v, what, passed, buffer_text(&digits));
    v->no_memory = v->no_memory || digits.failed;
    buffer_free(&digits);
}

/* ---- the stored chain ---- */

static void take_link(verification *v, query *row)
{
    if (!MEM_RESERVE(v->links, v->link_capacity, v->link_count + 1)) {
        v->no_memory = true;
        return;
    }
    link *l = &v->links[v->link_count++];
    *l = (link){.seq = column_integer(row, 0), .rows = column_integer(row, 3)};
    l->kind = keep(v, &v->scratch, column_text(row, 1));
    l->name = keep(v, &v->scratch, column_text(row, 2));
    l->readable = chain_scan_digest(column_text(row, 4), &l->content) &&
                  chain_scan_digest(column_text(row, 5), &l->leaf) && chain_scan_digest(column_text(row, 6), &l->hash);
}

static assess_status read_links(verification *v, assess_error *err)
{
    query rows;
    query_open(&rows, &v->s->c, "SELECT seq, kind, name, rows, content, leaf, hash FROM chain ORDER BY seq");
    while (!v->no_memory && query_step(&rows))
        take_link(v, &rows);
    return query_close(&rows, err);
}

static const struct broken {
    message_id claim, sentence;
} broken[] = {
#define BROKEN(name) {MSG_store_claim_##name, MSG_store_broken_##name}
    BROKEN(intact),  BROKEN(meta),   BROKEN(settings), BROKEN(rules),   BROKEN(rule_hashes), BROKEN(sources), BROKEN(people),      BROKEN(attributes), BROKEN(words),
    BROKEN(ballots), BROKEN(events), BROKEN(measures), BROKEN(history), BROKEN(decisions),   BROKEN(results), BROKEN(results_csv), BROKEN(rows_agree), BROKEN(chain),
#undef BROKEN
};

message store_check_sentence(const store_check *check)
{
    message m = message_of1(check->what, check->detail);
    m.zh[0] = check->zh;
    for (size_t i = 0; !check->passed && i < sizeof broken / sizeof *broken; i++)
        if (broken[i].claim == check->what)
            m.id = broken[i].sentence;
    return m;
}

static bool is_sound_link(hasher *h, const link *l, int64_t seq, digest *before)
{
    digest leaf, hash;
    if (!l->readable || l->seq != seq || !chain_leaf(h, l->kind, l->name, l->rows, &l->content, &leaf) ||
        !chain_link(h, before, &leaf, (uint64_t)seq, &hash))
        return false;
    *before = hash;
    return memcmp(leaf.bytes, l->leaf.bytes, sizeof leaf.bytes) == 0 &&
           memcmp(hash.bytes, l->hash.bytes, sizeof hash.bytes) == 0;
}

static bool is_kind(const link *l, int part)
{
    return part < PART_COUNT && text_equal(l->kind, text_of(schema_part((store_part)part)->kind));
}

/* Parts must come in their order, and no others among them than the format has. */
static bool is_in_order(const verification *v, const link *l, int *part)
{
    while (*part < PART_COUNT && !(is_kind(l, *part) && schema_has_part(v->s->c.format, (store_part)*part)))
        ++*part;
    return *part < PART_COUNT;
}

static void check_links(verification *v)
{
    digest before = {{0}};
    hasher *h = hasher_new();
    int part = 0;
    size_t i = 0;
    v->no_memory = v->no_memory || !h;
    while (h && i < v->link_count && is_in_order(v, &v->links[i], &part) &&
           is_sound_link(h, &v->links[i], (int64_t)i + 1, &before))
        i++;
    hasher_free(h);
    report_number(v, MSG_store_claim_chain, i == v->link_count && i > 0, (int64_t)(i == v->link_count ? i : i + 1));
}

/* ---- the parts ---- */

static bool is_same_entry(const link *l, const chain_entry *e)
{
    return l->readable && l->rows == e->rows && text_equal(l->name, e->name) &&
           memcmp(l->content.bytes, e->content.bytes, sizeof e->content.bytes) == 0;
}

static const link *next_link(const verification *v, int part, size_t *at)
{
    while (*at < v->link_count && !is_kind(&v->links[*at], part))
        ++*at;
    return *at < v->link_count ? &v->links[(*at)++] : NULL;
}

static const chain_entry *next_entry(const verification *v, int part, size_t *at)
{
    while (*at < v->found.count && (int)v->found.items[*at].part != part)
        ++*at;
    return *at < v->found.count ? &v->found.items[(*at)++] : NULL;
}

/* How much a part holds, in what people count: a row of the table of ballots is many of them. */
static void report_amount(verification *v, store_part part, bool passed, int64_t rows)
{
    message_id claim = schema_part(part)->claim;
    if (part == PART_BALLOTS && passed)
        report(v, claim, passed, v->s->ballots);
    else
        report_number(v, claim, passed, part == PART_RESULTS_CSV ? (int64_t)v->s->header.results_csv.length : rows);
}

/* Names the entry that differs; of a part that is one entry, how much of it there is now. */
static void report_difference(verification *v, store_part part, const link *l, const chain_entry *e)
{
    text name = e ? e->name : l->name;
    if (name.length)
        report(v, schema_part(part)->claim, false, name);
    else
        report_amount(v, part, false, e ? e->rows : 0);
}

/* Walks the entries of one part, those of the chain and those of the rows, side by side. */
static void check_part(verification *v, int part)
{
    size_t link_at = 0, entry_at = 0;
    int64_t rows = 0;
    const link *l;
    const chain_entry *e;
    do {
        l = next_link(v, part, &link_at);
        e = next_entry(v, part, &entry_at);
        if (l && e && is_same_entry(l, e))
            rows += e->rows;
        else if (l || e) {
            report_difference(v, (store_part)part, l, e);
            return;
        }
    } while (l && e);
    report_amount(v, (store_part)part, true, rows);
}

static void check_ballots(verification *v)
{
    if (v->s->header.ballots_removed)
        report_left_out(v, MSG_store_claim_ballots_removed, v->s->ballots);
    else
        check_part(v, PART_BALLOTS);
}

static assess_status check_rows(verification *v, assess_error *err)
{
    assess_status status = chain_compute(&v->s->c, &v->found, err);
    if (status == ASSESS_OK)
        status = read_links(v, err);
    if (status != ASSESS_OK)
        return status;
    for (int part = 0; part < PART_COUNT; part++) {
        if (part == PART_BALLOTS)
            check_ballots(v);
        else if (schema_has_part(v->s->c.format, (store_part)part))
            check_part(v, part);
    }
    check_links(v);
    return ASSESS_OK;
}

/* ---- what the chain does not say ---- */

static assess_status check_integrity(verification *v, assess_error *err)
{
    bool sound = false;
    assess_status status = inspect_integrity(&v->s->c, &sound, err);
    if (status == ASSESS_OK)
        report_number(v, MSG_store_claim_intact, sound, v->s->c.size);
    return status;
}

/* The SHA-256 that people compare with their rule file is that of the text beside it. */
static assess_status check_rule_hashes(verification *v, assess_error *err)
{
    query rows;
    bool same = true;
    int64_t count = 0;
    text name = TEXT("");
    query_open(&rows, &v->s->c, "SELECT name, content, sha256 FROM rule_file ORDER BY ordinal");
    while (same && query_step(&rows)) {
        digest stored, found;
        text content = column_text(&rows, 1);
        same = digest_of(content.bytes, content.length, &found) && chain_scan_digest(column_text(&rows, 2), &stored) &&
               memcmp(stored.bytes, found.bytes, sizeof found.bytes) == 0;
        count++;
        if (!same)
            name = keep(v, &v->scratch, column_text(&rows, 0));
    }
    assess_status status = query_close(&rows, err);
    if (status == ASSESS_OK && same)
        report_number(v, MSG_store_claim_rule_hashes, true, count);
    else if (status == ASSESS_OK)
        report(v, MSG_store_claim_rule_hashes, false, name);
    return status;
}

static assess_status check_csv(verification *v, assess_error *err)
{
    csv_comparison found = {.where = TEXT("results.csv")};
    assess_status status = sealed_compare_csv(v->s, &v->scratch, &found, err);
    if (status == ASSESS_OK && found.same)
        report_number(v, MSG_store_claim_rows_agree, true, found.rows);
    else if (status == ASSESS_OK)
        report(v, MSG_store_claim_rows_agree, false, found.where);
    return status;
}

static assess_status check_all(verification *v, bool structure, assess_error *err)
{
    v->checks = arena_zalloc(v->memory, MOST_CHECKS * sizeof *v->checks);
    if (!v->checks)
        return error_no_memory(err);
    connection_grant_time(&v->s->c);
    assess_status status = structure ? check_integrity(v, err) : ASSESS_OK;
    if (status == ASSESS_OK)
        status = check_rows(v, err);
    if (status == ASSESS_OK)
        status = check_rule_hashes(v, err);
    if (status == ASSESS_OK)
        status = check_csv(v, err);
    return status == ASSESS_OK && v->no_memory ? error_no_memory(err) : status;
}

static void end_verification(verification *v)
{
    arena_free(&v->scratch);
    mem_free(v->links);
    chain_free(&v->found);
}

assess_status store_verify(store *s, arena *memory, store_check **checks, size_t *count, assess_error *err)
{
    verification v = {.s = s, .memory = memory};
    assess_status status = check_all(&v, true, err);
    *checks = status == ASSESS_OK ? v.checks : NULL;
    *count = status == ASSESS_OK ? v.count : 0;
    end_verification(&v);
    return status;
}

assess_status store_is_untouched(store *s, bool *untouched, assess_error *err)
{
    arena memory = {0};
    verification v = {.s = s, .memory = &memory};
    assess_status status = check_all(&v, false, err);
    *untouched = status == ASSESS_OK;
    for (size_t i = 0; i < v.count; i++)
        *untouched = *untouched && v.checks[i].passed;
    end_verification(&v);
    arena_free(&memory);
    return status;
}
