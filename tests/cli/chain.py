"""The audit chain of a sealed batch, worked out from the description in libassess/src/store/chain.h alone."""

import hashlib
import sqlite3

# kind, whether every row is an entry of its own, the rows: a word for the table, then its columns, in the order of keys
PARTS = [
    ("meta", True, ["SELECT key, value FROM meta ORDER BY key"]),
    ("setting", True, ["SELECT name, value, ordinal FROM setting ORDER BY ordinal"]),
    ("rule_file", True, ["SELECT name, content, sha256, ordinal FROM rule_file ORDER BY ordinal"]),
    ("source", True, ["SELECT name, kind, sha256, number FROM source ORDER BY number"]),
    ("people", False, ["SELECT 'subject', * FROM subject ORDER BY number"]),
    ("attributes", False, ["SELECT 'attribute', * FROM attribute ORDER BY number",
                           "SELECT 'subject_attribute', * FROM subject_attribute ORDER BY subject, attribute"]),
    ("words", False, ["SELECT 'role', * FROM role ORDER BY number", "SELECT 'item', * FROM item ORDER BY number",
                      "SELECT 'item_option', * FROM item_option ORDER BY item, number"]),
    ("ballots", False, ["SELECT 'ballot', * FROM ballot ORDER BY number"]),
    ("events", False, ["SELECT 'event', * FROM event ORDER BY number"]),
    ("measures", False, ["SELECT 'measure', * FROM measure ORDER BY number"]),
    ("history", False, ["SELECT 'history', * FROM history ORDER BY number"]),
    ("decisions", False, ["SELECT 'decision', * FROM decision ORDER BY number"]),
    ("results", False, ["SELECT 'result', * FROM result ORDER BY subject"]),
    ("results_csv", False, ["SELECT 'results_csv', * FROM results_csv ORDER BY ordinal"]),
]


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def field(value):
    if value is None:
        return b"\xff\xff\xff\xff"
    value = value if isinstance(value, bytes) else str(value).encode()
    return len(value).to_bytes(4, "big") + value


def root(leaves):
    """RFC 6962, 2.1: the left half is the largest power of two that leaves something to the right."""
    if len(leaves) < 2:
        return leaves[0] if leaves else sha256()
    half = 1 << ((len(leaves) - 1).bit_length() - 1)
    return sha256(b"\x01", root(leaves[:half]), root(leaves[half:]))


def entries(database):
    for kind, each, queries in PARTS:
        rows = [row for query in queries for row in database.execute(query)]
        leaves = [sha256(b"\x00", *map(field, row)) for row in rows]
        if each:
            yield from ((kind, row[0], 1, leaf) for row, leaf in zip(rows, leaves))
        else:
            yield kind, "", len(rows), root(leaves)


def links(path):
    """(kind, name, rows, content, leaf, link) of every entry; hashes in hexadecimal digits."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    before, chain = bytes(32), []
    for seq, (kind, name, rows, content) in enumerate(entries(database), 1):
        leaf = sha256(b"\x00", field(kind), field(name), field(rows), field(content.hex()))
        before = sha256(b"\x02", before, leaf, seq.to_bytes(8, "big"))
        chain.append((kind, name, rows, content.hex(), leaf.hex(), before.hex()))
    database.close()
    return chain
