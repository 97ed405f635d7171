/* assess rules list: what there is to choose from. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "pick.h"

static const option_id options[] = {OPT_LANG, OPT_JSON, OPT_QUIET, OPT_COLOR, OPT_HELP};

enum { MAX_PATH = 4096, SUBJECT_COLUMNS = 8, WIDEST_NAME = 24, WIDEST_TITLE = 44 };

/* One rule file, as far as it could be read. */
typedef struct entry {
    char *name, *path;
    char *title[ASSESS_LANGUAGE_COUNT], *source[ASSESS_LANGUAGE_COUNT], *subjects;
    assess_error err;
    bool part; /* only meant for `use` */
} entry;

typedef struct listing {
    entry *items;
    size_t count, capacity;
} listing;

static void free_listing(listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        entry *e = &l->items[i];
        for (int k = 0; k < ASSESS_LANGUAGE_COUNT; k++) {
            free(e->title[k]);
            free(e->source[k]);
        }
        free(e->name);
        free(e->path);
        free(e->subjects);
    }
    free(l->items);
}

/* ---- finding ---- */

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

/* A name in an earlier folder hides the same name in a later one, as for --rules. */
static bool is_known(const listing *l, const char *file, size_t length)
{
    for (size_t i = 0; i < l->count; i++)
        if (strlen(l->items[i].name) == length && memcmp(l->items[i].name, file, length) == 0)
            return true;
    return false;
}

static bool add_file(listing *l, const char *folder, const char *file)
{
    size_t length = strlen(file) - strlen(".lua");
    char path[MAX_PATH];
    if (is_known(l, file, length) || snprintf(path, sizeof path, "%s/%s", folder, file) >= (int)sizeof path)
        return true;
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? 2 * l->capacity : 32;
        entry *grown = realloc(l->items, capacity * sizeof *grown);
        if (!grown)
            return false;
        l->items = grown;
        l->capacity = capacity;
    }
    entry *e = &l->items[l->count];
    *e = (entry){.name = strndup(file, length), .path = strdup(path)};
    if (!e->name || !e->path) {
        free(e->name);
        free(e->path);
        return false;
    }
    l->count++;
    return true;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const entry *)a)->name, ((const entry *)b)->name);
}

static bool add_folder(listing *l, const char *folder)
{
    DIR *files = opendir(folder);
    struct dirent *file;
    size_t first = l->count;
    bool ok = true;
    while (files && ok && (file = readdir(files)))
        if (ends_with(file->d_name, ".lua") && !ends_with(file->d_name, ".cases.lua") &&
            !ends_with(file->d_name, ".d.lua"))
            ok = add_file(l, folder, file->d_name);
    if (files)
        closedir(files);
    if (l->count > first)
        qsort(l->items + first, l->count - first, sizeof *l->items, by_name);
    return ok;
}

/* ---- reading ---- */

static bool describe(entry *e, const assess_scheme *scheme)
{
    static const char *const languages[] = {[ASSESS_ZH] = "zh", [ASSESS_EN] = "en"};
    char *object = NULL;
    if (assess_scheme_describe(scheme, ASSESS_EN, ASSESS_FORMAT_JSON, &object, &e->err) != ASSESS_OK)
        return e->err.status != ASSESS_E_SYSTEM;
    bool ok = (e->subjects = pick_text(object, "subjects", NULL)) != NULL;
    for (int k = 0; k < ASSESS_LANGUAGE_COUNT; k++) {
        ok &= (e->title[k] = strdup(assess_scheme_title(scheme, (assess_language)k))) != NULL;
        ok &= (e->source[k] = pick_text(object, "source", languages[k])) != NULL;
    }
    assess_text_free(object);
    return ok;
}

/* A file for `use` has no score, and may change a grade that only the file which uses it gives. */
static bool is_part(const assess_error *err)
{
    return strcmp(err->id, "rules.no_score") == 0 || strcmp(err->id, "rules.grade_not_yet") == 0;
}

static bool read_entry(const cli *c, entry *e)
{
    assess_scheme *scheme = NULL;
    assess_scheme_options how = {.size = sizeof how, .folders = c->folders, .folder_count = c->folder_count};
    if (assess_scheme_load(e->path, &how, &scheme, &e->err) != ASSESS_OK) {
        e->part = is_part(&e->err);
        return true;
    }
    bool ok = describe(e, scheme);
    assess_scheme_free(scheme);
    return ok;
}

static bool read_all(const cli *c, listing *l)
{
    for (size_t i = 0; i < c->folder_count; i++)
        if (!add_folder(l, c->folders[i]))
            return false;
    for (size_t i = 0; i < l->count && !(c->quiet && !c->json); i++)
        if (!read_entry(c, &l->items[i]))
            return false;
    return true;
}

/* ---- printing ---- */

static const char *shown(const char *text)
{
    return text ? text : "";
}

static void put_json_pair(const char *key, char *const pair[ASSESS_LANGUAGE_COUNT])
{
    printf(",\"%s\":{\"zh\":", key);
    put_json_text(stdout, shown(pair[ASSESS_ZH]));
    fputs(",\"en\":", stdout);
    put_json_text(stdout, shown(pair[ASSESS_EN]));
    putchar('}');
}

static void put_json_entry(const entry *e)
{
    fputs("{\"name\":", stdout);
    put_json_text(stdout, e->name);
    fputs(",\"file\":", stdout);
    put_json_text(stdout, e->path);
    put_json_pair("title", e->title);
    put_json_pair("source", e->source);
    fputs(",\"subjects\":", stdout);
    put_json_text(stdout, shown(e->subjects));
    printf(",\"part\":%s,\"error\":", e->part ? "true" : "false");
    if (e->err.status == ASSESS_OK || e->part)
        fputs("null}", stdout);
    else {
        put_json_text(stdout, e->err.id);
        putchar('}');
    }
}

static void put_json(const listing *l)
{
    fputs("{\"schema\":\"assess.rules/1\",\"rules\":[", stdout);
    for (size_t i = 0; i < l->count; i++) {
        if (i)
            putchar(',');
        put_json_entry(&l->items[i]);
    }
    puts("]}");
}

typedef struct widths {
    size_t name, title;
} widths;

static void widen(size_t *width, const char *text, size_t most)
{
    size_t columns = columns_of(text);
    if (columns > *width)
        *width = columns < most ? columns : most;
}

static widths measure(const cli *c, const listing *l)
{
    widths w = {0, 0};
    widen(&w.name, word(c->screen, WORD_COLUMN_NAME), WIDEST_NAME);
    widen(&w.title, word(c->screen, WORD_COLUMN_TITLE), WIDEST_TITLE);
    for (size_t i = 0; i < l->count; i++) {
        widen(&w.name, l->items[i].name, WIDEST_NAME);
        widen(&w.title, shown(l->items[i].title[c->screen]), WIDEST_TITLE);
    }
    return w;
}

static void put_row(const char *name, widths w, const char *subjects, const char *title, const char *source)
{
    put_padded(stdout, name, w.name);
    put_spaces(stdout, 2);
    put_padded(stdout, subjects, SUBJECT_COLUMNS);
    put_spaces(stdout, 2);
    put_padded(stdout, title, w.title);
    put_spaces(stdout, 2);
    put_visible(stdout, source);
    putchar('\n');
}

static void put_entry(const cli *c, const entry *e, widths w)
{
    assess_language l = c->screen;
    if (e->err.status == ASSESS_OK) {
        bool units = strcmp(shown(e->subjects), "units") == 0;
        put_row(e->name, w, word(l, units ? WORD_OF_UNITS : WORD_OF_PEOPLE), shown(e->title[l]), shown(e->source[l]));
        return;
    }
    put_padded(stdout, e->name, w.name);
    put_spaces(stdout, 2);
    if (e->part) {
        fputs(word(l, WORD_OF_PART), stdout);
    } else {
        put_style(stdout, c->color_out, STYLE_RED);
        fputs(word(l, WORD_ERROR), stdout);
        put_style(stdout, c->color_out, STYLE_PLAIN);
        fputs(word(l, WORD_COLON), stdout);
        if (e->err.line)
            printf("%lu: ", (unsigned long)e->err.line);
        put_visible(stdout, e->err.message[l]);
    }
    putchar('\n');
}

static void put_table(const cli *c, const listing *l)
{
    assess_language lang = c->screen;
    widths w = measure(c, l);
    put_style(stdout, c->color_out, STYLE_DIM);
    put_row(word(lang, WORD_COLUMN_NAME), w, word(lang, WORD_COLUMN_SUBJECTS), word(lang, WORD_COLUMN_TITLE),
            word(lang, WORD_COLUMN_SOURCE));
    put_style(stdout, c->color_out, STYLE_PLAIN);
    for (size_t i = 0; i < l->count; i++)
        put_entry(c, &l->items[i], w);
}

static void put_names(const listing *l)
{
    for (size_t i = 0; i < l->count; i++) {
        put_visible(stdout, l->items[i].name);
        putchar('\n');
    }
}

static int rules_list(cli *c, const arguments *a)
{
    listing l = {0};
    (void)a;
    if (!read_all(c, &l)) {
        free_listing(&l);
        return no_memory(c);
    }
    if (c->json)
        put_json(&l);
    else if (c->quiet)
        put_names(&l);
    else if (l.count)
        put_table(c, &l);
    if (l.count == 0 && !c->json && !c->quiet) {
        say(stderr, c->screen, WORD_NO_RULE_FILES, NULL);
        putc('\n', stderr);
    }
    free_listing(&l);
    return ASSESS_OK;
}

const command command_rules_list = {
    .name = "rules list",
    .summary = WORD_RULES_LIST,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = rules_list,
};
