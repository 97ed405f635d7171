/* mistakes: a rule file with one mistake gives one message, however much of it depends on what is wrong; one with several gives them all, in
 * the order of the file. The single mistakes are made here: in every rule file that the sources hold, a name, a text or a whole statement is
 * spoilt, another one in every try. */
#include <dirent.h>

#include "made_rules.h"
#include "rules/mistakes.h"

enum { PATH_SIZE = 1024, MOST_FILES = 128, TRIES = 150, MOST_BYTES = RULES_MAX_SOURCE };

/* ---- files ---- */

static const char *source_folder(void)
{
    const char *source = getenv("ASSESS_SOURCE");
    return source && *source ? source : ".";
}

static char *read_whole(const char *path, size_t *length)
{
    FILE *f = fopen(path, "rb");
    if (!f)
        return NULL;
    char *bytes = malloc(MOST_BYTES + 1);
    assert_non_null(bytes);
    *length = fread(bytes, 1, MOST_BYTES, f);
    bytes[*length] = '\0';
    fclose(f);
    return bytes;
}

typedef struct rule_file {
    char folder[PATH_SIZE / 2], path[PATH_SIZE];
    char *bytes;
    size_t length;
} rule_file;

/* What the file uses stands beside it, or among the installed rules. */
static bool find(void *user, text name, const char *ending, arena *memory, text *bytes, text *file_name)
{
    const rule_file *of = user;
    char path[2 * PATH_SIZE], rules[PATH_SIZE / 2];
    size_t length = 0;
    snprintf(rules, sizeof rules, "%s/rules", source_folder());
    snprintf(path, sizeof path, "%s/%.*s%s", of->folder, (int)name.length, name.bytes, ending);
    char *found = read_whole(path, &length);
    if (!found) {
        snprintf(path, sizeof path, "%s/%.*s%s", rules, (int)name.length, name.bytes, ending);
        found = read_whole(path, &length);
    }
    const char *base = strrchr(path, '/') + 1;
    char *kept = found ? arena_text(memory, found, length) : NULL, *kept_name = arena_text(memory, base, strlen(base));
    free(found);
    *bytes = (text){kept, length};
    *file_name = text_of(kept_name);
    return kept && kept_name;
}

static bool resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    return find(user, name, ".lua", memory, bytes, file_name);
}

static bool resolve_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    return find(user, name, "", memory, bytes, file_name);
}

static assess_status load_bytes(const rule_file *f, text bytes, mistake_list *mistakes, assess_error *err)
{
    rules_request r = {.file_name = TEXT("rule.lua"), .bytes = bytes, .resolve = resolve, .data = resolve_data, .user = (void *)(uintptr_t)f};
    plan *p = NULL;
    assess_status status = rules_load_all(&r, &p, mistakes, err);
    plan_free(p);
    return status;
}

static rule_file files[MOST_FILES];
static size_t file_count;

/* Files that are only meant for `use` have a mistake already when they are loaded alone. */
static void add_file(const char *folder, const char *name)
{
    rule_file *f = &files[file_count];
    assess_error err = {0};
    assert_true(file_count < MOST_FILES);
    snprintf(f->folder, sizeof f->folder, "%s", folder);
    assert_true(snprintf(f->path, sizeof f->path, "%s/%s", folder, name) < (int)sizeof f->path);
    f->bytes = read_whole(f->path, &f->length);
    assert_non_null(f->bytes);
    if (load_bytes(f, (text){f->bytes, f->length}, NULL, &err) == ASSESS_OK)
        file_count++;
    else
        free(f->bytes);
}

static bool is_rule_file(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcmp(name + n - 4, ".lua") == 0 && !strstr(name, ".cases.lua") && !strstr(name, ".d.lua");
}

static void add_folder(const char *name)
{
    char folder[PATH_SIZE / 2];
    snprintf(folder, sizeof folder, "%s/%s", source_folder(), name);
    DIR *d = opendir(folder);
    assert_non_null(d);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        if (is_rule_file(e->d_name))
            add_file(folder, e->d_name);
    closedir(d);
}

static int find_files(void **state)
{
    (void)state;
    add_folder("rules");
    add_folder("tests/rules/valid");
    add_folder("tests/rules/organisations");
    assert_true(file_count > 20);
    return 0;
}

static int drop_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < file_count; i++)
        free(files[i].bytes);
    return 0;
}

/* ---- spoiling ---- */

static uint32_t chance(uint32_t *seed) { return *seed = *seed * 1664525u + 1013904223u, *seed >> 8; }

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

static bool in_comment(const char *bytes, size_t at)
{
    while (at && bytes[at - 1] != '\n')
        at--;
    for (; bytes[at] && bytes[at] != '\n'; at++)
        if (bytes[at] == '-' && bytes[at + 1] == '-')
            return true;
    return false;
}

/* A run of four letters or more from some place on, outside of comments, that is no word of Lua itself. */
static bool find_name(const char *bytes, size_t length, uint32_t *seed, size_t *from, size_t *to)
{
    static const char *const of_lua[] = {"local", "function", "return", "true", "false", "then", "else", "elseif"};
    size_t start = chance(seed) % length;
    for (size_t i = start; i < length; i++) {
        if (!is_letter(bytes[i]) || (i && is_letter(bytes[i - 1])))
            continue;
        size_t end = i;
        while (end < length && is_letter(bytes[end]))
            end++;
        bool plain = end - i >= 4 && !in_comment(bytes, i);
        for (size_t k = 0; k < sizeof of_lua / sizeof *of_lua; k++)
            plain &= strlen(of_lua[k]) != end - i || memcmp(of_lua[k], bytes + i, end - i) != 0;
        if (plain) {
            *from = i;
            *to = end;
            return true;
        }
        i = end;
    }
    return false;
}

/* The name with two letters in the other order, one letter too many, one too few, or another one altogether. */
static bool misspell(char *bytes, size_t *length, uint32_t *seed)
{
    size_t from, to;
    if (!find_name(bytes, *length, seed, &from, &to))
        return false;
    size_t at = from + 1 + chance(seed) % (to - from - 2);
    char letter = bytes[at];
    switch (chance(seed) % 4) {
    case 0:
        bytes[at] = bytes[at + 1];
        bytes[at + 1] = letter;
        return letter != bytes[at];
    case 1:
        memmove(bytes + at + 1, bytes + at, *length - at + 1);
        ++*length;
        return true;
    case 2:
        memmove(bytes + at, bytes + at + 1, *length - at);
        --*length;
        return true;
    default:
        for (size_t i = from; i < to; i++)
            bytes[i] = i % 2 ? 'q' : 'x';
        return true;
    }
}

/* Where a statement begins: a line that starts with a letter, outside of any bracket. */
static size_t next_statement(const char *bytes, size_t length, size_t at)
{
    while (at < length) {
        while (at < length && bytes[at] != '\n')
            at++;
        at++;
        if (at < length && is_letter(bytes[at]) && strncmp(bytes + at, "end", 3) != 0)
            return at;
    }
    return length;
}

/* `local total = score { … }` gives a score and a name, `of` says whom all that follows is about: more than one thing is missed. */
static bool does_one_thing(const char *bytes, size_t from, size_t to)
{
    char first[64];
    size_t n = to - from < sizeof first - 1 ? to - from : sizeof first - 1;
    memcpy(first, bytes + from, n);
    first[n] = '\0';
    return !(strstr(first, "local") && strstr(first, "score {")) && strncmp(first, "of ", 3) != 0;
}

static bool leave_out(char *bytes, size_t *length, uint32_t *seed)
{
    size_t from = next_statement(bytes, *length, chance(seed) % *length), to = next_statement(bytes, *length, from);
    if (from >= *length || !does_one_thing(bytes, from, to))
        return false;
    memmove(bytes + from, bytes + to, *length - to + 1);
    *length -= to - from;
    return true;
}

typedef bool (*spoil)(char *bytes, size_t *length, uint32_t *seed);

static void print_all(const rule_file *f, const mistake_list *m, uint32_t seed)
{
    print_error("%s, seed %u:\n", f->path, seed);
    for (size_t i = 0; i < m->count; i++)
        print_error("  %s:%u %s: %s\n", m->items[i].said.file, m->items[i].said.line, m->items[i].said.id, m->items[i].said.message[ASSESS_EN]);
}

/* A statement may declare several names, each of which is missed. */
static bool are_alike(const mistake_list *m)
{
    for (size_t i = 1; i < m->count; i++)
        if (strcmp(m->items[i].said.id, m->items[0].said.id) != 0 || !m->items[i].names)
            return false;
    return true;
}

/* Whether one spoilt place makes one message at most. */
static bool try_once(const rule_file *f, spoil how, uint32_t seed, size_t *spoilt)
{
    char *bytes = malloc(f->length + 2);
    uint32_t next = seed;
    size_t length = f->length;
    mistake_list mistakes = {0};
    assert_non_null(bytes);
    memcpy(bytes, f->bytes, f->length + 1);
    if (how(bytes, &length, &next))
        load_bytes(f, (text){bytes, length}, &mistakes, NULL);
    bool fine = mistakes.count <= 1 || (how == leave_out && are_alike(&mistakes));
    *spoilt += mistakes.count > 0;
    if (!fine)
        print_all(f, &mistakes, seed);
    mistakes_free(&mistakes);
    free(bytes);
    return fine;
}

static void spoil_all(spoil how, size_t tries)
{
    size_t wrong = 0, spoilt = 0;
    for (size_t i = 0; i < file_count; i++)
        for (size_t t = 0; t < tries; t++)
            wrong += !try_once(&files[i], how, (uint32_t)(i * 7919 + t * 104729 + 1), &spoilt);
    print_message("%zu of %zu were mistakes\n", spoilt, file_count * tries);
    assert_true(spoilt > file_count * tries / 10); /* else nothing was spoilt */
    assert_int_equal(wrong, 0);
}

static void test_a_misspelt_name_makes_one_message(void **state)
{
    (void)state;
    spoil_all(misspell, TRIES);
}

static void test_a_statement_left_out_makes_one_message_or_one_for_each_name_it_declared(void **state)
{
    (void)state;
    spoil_all(leave_out, TRIES / 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_misspelt_name_makes_one_message),
        cmocka_unit_test(test_a_statement_left_out_makes_one_message_or_one_for_each_name_it_declared),
    };
    return cmocka_run_group_tests(tests, find_files, drop_files);
}
