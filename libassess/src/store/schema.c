/* schema: STRICT tables without floating point. Decimals are kept as the text of their digits, days as ISO 8601, so
 * that a file can be read by anybody in fifty years, and hashed without a rule for numbers.
 *
 * The fingerprint is taken over the statements below as SQLite keeps them, which is word for word. A change of a single
 * blank makes another fingerprint: raise STORE_FORMAT and keep the old list. */
#include "store/schema.h"

#include <string.h>

#include "base/hash.h"

/* A CHECK that only digits, sign and point stand in a decimal. */
#define DECIMAL(column) column " TEXT NOT NULL CHECK(" column " NOT GLOB '*[^0-9.-]*')"
#define SHA256(column) column " TEXT NOT NULL CHECK(length(" column ") IN (0, 64))"
#define ORIGIN "source INTEGER REFERENCES source, row INTEGER NOT NULL"
#define SUBJECT "subject INTEGER NOT NULL REFERENCES subject"

#define BALLOT \
    "number INTEGER PRIMARY KEY CHECK(number = (subject * 32 + role) * 65536 + part), " SUBJECT ", " \
    "role INTEGER NOT NULL REFERENCES role CHECK(role BETWEEN 0 AND 31), " \
    "part INTEGER NOT NULL CHECK(part BETWEEN 0 AND 65535), count INTEGER NOT NULL CHECK(count > 0), " \
    "raters BLOB NOT NULL CHECK(length(raters) % 16 = 0 AND length(raters) / 16 <= count), " \
    "sheets TEXT NOT NULL"

#define RESULT(statuses) \
    "subject INTEGER PRIMARY KEY REFERENCES subject, status TEXT NOT NULL CHECK(" statuses "), " DECIMAL("score") ", " \
    "grade TEXT NOT NULL, rank INTEGER NOT NULL CHECK(rank >= 0), flags TEXT NOT NULL, reasons TEXT NOT NULL"

typedef struct object {
    const char *type, *name, *table, *sql;
} object;

#define TABLE(name, columns) {"table", name, name, "CREATE TABLE " name "(" columns ") STRICT"}
#define KEYED(name, columns) {"table", name, name, "CREATE TABLE " name "(" columns ") STRICT, WITHOUT ROWID"}

/* In the order of type and name, as the fingerprint has them. Ballots stand alone: nothing refers to them, so they can
 * be deleted when the law asks for it, and everything else stands. */
/* clang-format off */
static const object objects[] = {
    TABLE("attribute", "number INTEGER PRIMARY KEY, name TEXT NOT NULL"),
    /* All ballots for one subject in one role, or a part of them when they are many; the number says which, so that no
     * two rows can be for the same. `raters`: pseudonyms of 16 bytes, ascending; `sheets`: a line per ballot, the values
     * of the items separated by commas, first those of `raters` in their order, then the anonymous ones in the order of
     * their text. `marks`: empty, or a line per ballot in the same order, its mark in hexadecimal digits: what was decided
     * about it from its rater (plan.h). A refused ballot has kept no values. */
    TABLE("ballot", BALLOT ", marks TEXT NOT NULL"),
    TABLE("chain", "seq INTEGER PRIMARY KEY CHECK(seq > 0), kind TEXT NOT NULL, name TEXT NOT NULL, "
                   "rows INTEGER NOT NULL CHECK(rows >= 0), " SHA256("content") ", " SHA256("leaf") ", " SHA256("hash")),
    /* `ruling` says what became of the grade: the one that is named, none, or what it was. */
    TABLE("decision", "number INTEGER PRIMARY KEY, " SUBJECT ", kind TEXT NOT NULL, ruling TEXT NOT NULL "
                      "CHECK(ruling = 'grade' OR ruling = 'no_grade' OR ruling = 'turned_down'), "
                      "grade TEXT NOT NULL CHECK((grade <> '') = (ruling = 'grade')), day TEXT NOT NULL CHECK(day <> ''), "
                      "decided_by TEXT NOT NULL CHECK(decided_by <> ''), meeting TEXT NOT NULL, "
                      "reason TEXT NOT NULL CHECK(reason <> ''), " ORIGIN),
    TABLE("event", "number INTEGER PRIMARY KEY, " SUBJECT ", kind TEXT NOT NULL, first_day TEXT NOT NULL, "
                   "last_day TEXT NOT NULL, " DECIMAL("points") ", " DECIMAL("amount") ", "
                   "liable INTEGER REFERENCES subject, ref TEXT NOT NULL, note TEXT NOT NULL, " ORIGIN),
    TABLE("history", "number INTEGER PRIMARY KEY, " SUBJECT ", period TEXT NOT NULL, " DECIMAL("score") ", "
                     "grade TEXT NOT NULL, " ORIGIN),
    TABLE("item", "number INTEGER PRIMARY KEY, id TEXT NOT NULL, scale INTEGER NOT NULL CHECK(scale BETWEEN 0 AND 9)"),
    KEYED("item_option", "item INTEGER NOT NULL REFERENCES item, number INTEGER NOT NULL, id TEXT NOT NULL, "
                         "PRIMARY KEY(item, number)"),
    TABLE("measure", "number INTEGER PRIMARY KEY, " SUBJECT ", measure TEXT NOT NULL, " DECIMAL("value") ", "
                     DECIMAL("target") ", " DECIMAL("baseline") ", " ORIGIN),
    KEYED("meta", "key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL"),
    /* Not IN (three words): for that, SQLite builds and drops a table with every row. */
    TABLE("result", RESULT("status = 'assessed' OR status = 'excluded' OR status = 'incomplete'")),
    TABLE("results_csv", "ordinal INTEGER PRIMARY KEY, piece BLOB NOT NULL"),
    TABLE("role", "number INTEGER PRIMARY KEY, id TEXT NOT NULL"),
    TABLE("rule_file", "ordinal INTEGER PRIMARY KEY, name TEXT NOT NULL, content TEXT NOT NULL, " SHA256("sha256")),
    TABLE("setting", "ordinal INTEGER PRIMARY KEY, name TEXT NOT NULL, value TEXT NOT NULL"),
    TABLE("source", "number INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, " SHA256("sha256")),
    TABLE("subject", "number INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, unit TEXT NOT NULL, "
                     "category TEXT NOT NULL, post TEXT NOT NULL, start TEXT NOT NULL, " ORIGIN),
    KEYED("subject_attribute", SUBJECT ", attribute INTEGER NOT NULL REFERENCES attribute, "
                               "value TEXT NOT NULL CHECK(value <> ''), PRIMARY KEY(subject, attribute)"),
};

enum { OBJECT_COUNT = sizeof objects / sizeof *objects };

/* What was otherwise in format 1. */
static const object former[] = {TABLE("ballot", BALLOT), TABLE("result", RESULT("status IN ('assessed', 'excluded', 'incomplete')"))};

static const part_definition parts[PART_COUNT] = {
    [PART_META] = {"meta", MSG_store_claim_meta, true, {"SELECT key, value FROM meta ORDER BY key"}},
    [PART_SETTINGS] = {"setting", MSG_store_claim_settings, true,
                       {"SELECT name, value, ordinal FROM setting ORDER BY ordinal"}},
    [PART_RULE_FILES] = {"rule_file", MSG_store_claim_rules, true,
                         {"SELECT name, content, sha256, ordinal FROM rule_file ORDER BY ordinal"}},
    [PART_SOURCES] = {"source", MSG_store_claim_sources, true,
                      {"SELECT name, kind, sha256, number FROM source ORDER BY number"}},
    [PART_PEOPLE] = {"people", MSG_store_claim_people, false,
                     {"SELECT 'subject', number, id, name, unit, category, post, start, source, row FROM subject "
                      "ORDER BY number"}},
    [PART_ATTRIBUTES] = {"attributes", MSG_store_claim_attributes, false,
                         {"SELECT 'attribute', number, name FROM attribute ORDER BY number",
                          "SELECT 'subject_attribute', subject, attribute, value FROM subject_attribute "
                          "ORDER BY subject, attribute"}},
    [PART_WORDS] = {"words", MSG_store_claim_words, false,
                    {"SELECT 'role', number, id FROM role ORDER BY number",
                     "SELECT 'item', number, id, scale FROM item ORDER BY number",
                     "SELECT 'item_option', item, number, id FROM item_option ORDER BY item, number"}},
    [PART_BALLOTS] = {"ballots", MSG_store_claim_ballots, false,
                      {"SELECT 'ballot', number, subject, role, part, count, raters, sheets, marks FROM ballot "
                       "ORDER BY number"}},
    [PART_EVENTS] = {"events", MSG_store_claim_events, false,
                     {"SELECT 'event', number, subject, kind, first_day, last_day, points, amount, liable, ref, note, "
                      "source, row FROM event ORDER BY number"}},
    [PART_MEASURES] = {"measures", MSG_store_claim_measures, false,
                       {"SELECT 'measure', number, subject, measure, value, target, baseline, source, row FROM measure "
                        "ORDER BY number"}},
    [PART_HISTORY] = {"history", MSG_store_claim_history, false,
                      {"SELECT 'history', number, subject, period, score, grade, source, row FROM history "
                       "ORDER BY number"}},
    [PART_DECISIONS] = {"decisions", MSG_store_claim_decisions, false,
                        {"SELECT 'decision', number, subject, kind, ruling, grade, day, decided_by, meeting, reason, source, row "
                         "FROM decision ORDER BY number"}},
    [PART_RESULTS] = {"results", MSG_store_claim_results, false,
                      {"SELECT 'result', subject, status, score, grade, rank, flags, reasons FROM result "
                       "ORDER BY subject"}},
    [PART_RESULTS_CSV] = {"results_csv", MSG_store_claim_results_csv, false,
                          {"SELECT 'results_csv', ordinal, piece FROM results_csv ORDER BY ordinal"}},
};
/* clang-format on */

const part_definition *schema_part(store_part part)
{
    return &parts[part];
}

bool schema_has_part(int format, store_part part) { return part != PART_DECISIONS || format >= 3; }

const char *schema_query(int format, store_part part, int number)
{
    if (format == 1 && part == PART_BALLOTS && number == 0)
        return "SELECT 'ballot', number, subject, role, part, count, raters, sheets FROM ballot ORDER BY number";
    return number < PART_MOST_QUERIES ? parts[part].queries[number] : NULL;
}

assess_status schema_create(connection *c, assess_error *err)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; i < OBJECT_COUNT && status == ASSESS_OK; i++)
        status = connection_run(c, objects[i].sql, err);
    return status;
}

/* ---- fingerprint ---- */

static bool add_field(hasher *h, text t)
{
    uint8_t length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (uint8_t)((uint64_t)t.length >> (56 - 8 * i));
    return hasher_add(h, length, sizeof length) && hasher_add(h, t.bytes, t.length);
}

static bool add_object(hasher *h, text type, text name, text table, text sql)
{
    return add_field(h, type) && add_field(h, name) && add_field(h, table) && add_field(h, sql);
}

/* NULL: that format has no such table. */
static const object *object_of(int format, size_t number)
{
    if (format < 3 && strcmp(objects[number].name, "decision") == 0)
        return NULL;
    for (size_t i = 0; format == 1 && i < sizeof former / sizeof *former; i++)
        if (strcmp(objects[number].name, former[i].name) == 0)
            return &former[i];
    return &objects[number];
}

static bool expected_fingerprint(int format, hasher *h, digest *out)
{
    bool done = true;
    for (size_t i = 0; done && i < OBJECT_COUNT; i++) {
        const object *o = object_of(format, i);
        done = !o || add_object(h, text_of(o->type), text_of(o->name), text_of(o->table), text_of(o->sql));
    }
    return done && hasher_finish(h, out);
}

/* Of what the file holds; a file with more objects than ours is not read to the end. */
static assess_status found_fingerprint(connection *c, hasher *h, digest *out, assess_error *err)
{
    query s;
    size_t count = 0;
    bool done = true;
    query_open(&s, c, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
    while (count <= OBJECT_COUNT && done && query_step(&s)) {
        done = add_object(h, column_text(&s, 0), column_text(&s, 1), column_text(&s, 2), column_text(&s, 3));
        count++;
    }
    assess_status status = query_close(&s, err);
    if (status == ASSESS_OK && !(done && hasher_finish(h, out)))
        status = error_no_memory(err);
    return status;
}

assess_status schema_check(connection *c, assess_error *err)
{
    digest expected, found;
    hasher *h = hasher_new();
    if (!h || !expected_fingerprint(c->format, h, &expected)) {
        hasher_free(h);
        return error_no_memory(err);
    }
    assess_status status = found_fingerprint(c, h, &found, err);
    hasher_free(h);
    if (status == ASSESS_OK && memcmp(expected.bytes, found.bytes, sizeof found.bytes) != 0)
        status = connection_refuse(c, MSG_store_other_tables, err);
    return status;
}
