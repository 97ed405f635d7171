/* chain: the audit chain, computed from the rows themselves.
 *
 *   field  = length in 4 bytes, most significant first, and the bytes; a NULL is the length 2^32 - 1 alone
 *   row    = its fields in the order of the query; whole numbers as decimal digits, everything else as it is stored
 *   leaf   = SHA-256(0x00 | row)          node = SHA-256(0x01 | left | right), the tree as in RFC 6962
 *   entry  = fields: kind, name, number of rows, root of the tree over its rows (64 hexadecimal digits)
 *   link   = SHA-256(0x02 | link before, 32 zero bytes for the first | SHA-256(0x00 | entry) | seq in 8 bytes) */
#ifndef ASSESS_STORE_CHAIN_H
#define ASSESS_STORE_CHAIN_H

#include "base/hash.h"
#include "store/schema.h"

typedef struct chain_entry {
    store_part part;
    text name; /* of the row, where each row is an entry; else empty */
    int64_t rows;
    digest content; /* root */
    digest leaf;
} chain_entry;

typedef struct chain_list {
    arena texts;
    chain_entry *items;
    size_t count, capacity;
} chain_list;

/* One entry for each part, or for each of its rows, from the tables as they are now. */
assess_status chain_compute(connection *c, chain_list *out, assess_error *err);
void chain_free(chain_list *list);

bool chain_leaf(hasher *h, text kind, text name, int64_t rows, const digest *content, digest *out);
bool chain_link(hasher *h, const digest *before, const digest *leaf, uint64_t seq, digest *out);

/* A digest from its 64 hexadecimal digits; false when it is not one. */
bool chain_scan_digest(text t, digest *out);

/* Computes and stores the chain of a file that is being sealed, and gives its last link. */
assess_status chain_write(connection *c, uint64_t *length, digest *head, assess_error *err);

#endif
