/* forms_list: finding forms by name, and listing them. NAME.html or NAME.docx is a form in Chinese, NAME.en.html the same in English. */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "forms.h"

#ifdef ASSESS_WITH_OFFICE
#include <assess/office.h>

enum { MOST_FORMS = 256, WIDEST_NAME = 24 };

typedef struct listing {
    char *names[MOST_FORMS];
    size_t count;
} listing;

static bool ends_in(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

static bool cut_end(char *text, const char *end)
{
    bool found = ends_in(text, end);
    if (found)
        text[strlen(text) - strlen(end)] = '\0';
    return found;
}

/* notice.en.html -> notice; false: no form by its ending. */
static bool cut_kind(char *text)
{
    bool is_form = cut_end(text, ".html") || cut_end(text, ".docx");
    cut_end(text, ".en");
    return is_form;
}

static bool try_file(const char *folder, const char *name, const char *end, char path[FORM_PATH])
{
    int length = snprintf(path, FORM_PATH, "%s/%s%s", folder, name, end);
    return length > 0 && length < FORM_PATH && access(path, R_OK) == 0;
}

static const struct {
    const char *kind, *end, *end_english;
} kinds[] = {{"html", ".html", ".en.html"}, {"docx", ".docx", ".en.docx"}};

static bool find_in(const char *folder, const char *name, size_t kind, assess_language language, char path[FORM_PATH])
{
    if (language == ASSESS_EN && try_file(folder, name, kinds[kind].end_english, path))
        return true;
    return try_file(folder, name, kinds[kind].end, path) || try_file(folder, name, kinds[kind].end_english, path);
}

/* An own form hides the installed ones of its name, of whatever kind. */
static bool find_named(const cli *c, const char *name, const char *kind, assess_language language, char path[FORM_PATH])
{
    for (size_t i = 0; i < c->form_folder_count; i++)
        for (size_t k = 0; k < COUNT_OF(kinds); k++)
            if ((!kind || strcmp(kind, kinds[k].kind) == 0) && find_in(c->form_folders[i], name, k, language, path))
                return true;
    return false;
}

bool form_is_docx(const char *path)
{
    return ends_in(path, ".docx");
}

/* ---- what there is ---- */

static bool add_name(listing *l, const char *file)
{
    char name[FORM_NAME];
    if (snprintf(name, sizeof name, "%s", file) >= (int)sizeof name || file[0] == '.' || !cut_kind(name))
        return true;
    for (size_t i = 0; i < l->count; i++)
        if (strcmp(l->names[i], name) == 0)
            return true;
    if (l->count == MOST_FORMS)
        return true;
    l->names[l->count] = strdup(name);
    return l->names[l->count] ? ++l->count, true : false;
}

static bool add_folder(listing *l, const char *folder)
{
    DIR *files = opendir(folder);
    struct dirent *file;
    bool ok = true;
    while (files && ok && (file = readdir(files)))
        ok = add_name(l, file->d_name);
    if (files)
        closedir(files);
    return ok;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool find_all(const cli *c, listing *l)
{
    for (size_t i = 0; i < c->form_folder_count; i++)
        if (!add_folder(l, c->form_folders[i]))
            return false;
    if (l->count)
        qsort(l->names, l->count, sizeof *l->names, by_name);
    return true;
}

static void free_listing(listing *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->names[i]);
}

static void unknown_form(const cli *c, const char *form)
{
    listing l = {.count = 0};
    find_all(c, &l);
    const char *near = nearest(form, (const char *const *)l.names, l.count);
    if (near)
        complain(c, ASSESS_E_CALL, WORD_UNKNOWN_FORM_NEAR, ARGS(form, near));
    else
        complain(c, ASSESS_E_CALL, WORD_UNKNOWN_FORM, ARGS(form));
    free_listing(&l);
}

/* path/notice.en.html -> notice */
static bool name_of(const char *path, char name[FORM_NAME])
{
    const char *slash = strrchr(path, '/');
    if (snprintf(name, FORM_NAME, "%s", slash ? slash + 1 : path) >= FORM_NAME)
        return false;
    cut_kind(name);
    return name[0] != '\0' && name[0] != '.';
}

static bool is_path(const char *form)
{
    return strchr(form, '/') || ends_in(form, ".html") || ends_in(form, ".docx");
}

static void not_found(const cli *c, const char *form, const char *kind, char path[FORM_PATH])
{
    if (kind && !is_path(form) && find_named(c, form, NULL, c->files, path))
        complain(c, ASSESS_E_CALL, WORD_UNKNOWN_FORM_KIND, ARGS(form, kind));
    else
        unknown_form(c, form);
}

bool find_form(const cli *c, const char *form, const char *kind, assess_language language, char path[FORM_PATH], char name[FORM_NAME])
{
    bool found = is_path(form) ? snprintf(path, FORM_PATH, "%s", form) < FORM_PATH : find_named(c, form, kind, language, path);
    if (found && is_path(form) && kind && form_is_docx(path) != (strcmp(kind, "docx") == 0))
        return complain(c, ASSESS_E_CALL, WORD_FORM_OTHER_KIND, ARGS(form, kind)), false;
    if (found && name_of(path, name))
        return true;
    not_found(c, form, kind, path);
    return false;
}

/* ---- listing ---- */

/* Of which kinds there is one. */
static void put_kinds(const cli *c, const char *name, const char *before, const char *between)
{
    char path[FORM_PATH];
    bool any = false;
    for (size_t k = 0; k < COUNT_OF(kinds); k++)
        if (find_named(c, name, kinds[k].kind, c->screen, path)) {
            printf("%s%s", any ? between : before, kinds[k].kind);
            any = true;
        }
}

typedef void (*put_form)(const cli *c, const char *name, const char *path, const char *title, const char *fields, bool first);

static void put_row(const cli *c, const char *name, const char *path, const char *title, const char *fields, bool first)
{
    (void)path, (void)first;
    put_padded(stdout, name, WIDEST_NAME);
    put_visible(stdout, title);
    put_kinds(c, name, "  [", ", ");
    puts("]");
    while (*fields) {
        size_t length = strcspn(fields, "\t\n");
        char field[FORM_NAME];
        snprintf(field, sizeof field, "%.*s", (int)length, fields);
        put_spaces(stdout, WIDEST_NAME);
        say(stdout, c->screen, WORD_FORM_ASKS, ARGS(field));
        fields += length + (fields[length] != '\0');
        length = strcspn(fields, "\n");
        printf("  %.*s\n", (int)length, fields);
        fields += length + (fields[length] != '\0');
    }
}

static void put_json_fields(const char *fields)
{
    for (bool first = true; *fields; first = false) {
        char piece[FORM_NAME];
        size_t length = strcspn(fields, "\t\n");
        snprintf(piece, sizeof piece, "%.*s", (int)length, fields);
        fputs(first ? "{\"name\":" : ",{\"name\":", stdout);
        put_json_text(stdout, piece);
        fields += length + (fields[length] != '\0');
        length = strcspn(fields, "\n");
        snprintf(piece, sizeof piece, "%.*s", (int)length, fields);
        fputs(",\"meaning\":", stdout);
        put_json_text(stdout, piece);
        putchar('}');
        fields += length + (fields[length] != '\0');
    }
}

static void put_json_row(const cli *c, const char *name, const char *path, const char *title, const char *fields, bool first)
{
    fputs(first ? "{\"name\":" : ",{\"name\":", stdout);
    put_json_text(stdout, name);
    fputs(",\"file\":", stdout);
    put_json_text(stdout, path);
    put_kinds(c, name, ",\"kinds\":[\"", "\",\"");
    fputs("\"]", stdout);
    fputs(",\"title\":", stdout);
    put_json_text(stdout, title);
    fputs(",\"fields\":[", stdout);
    put_json_fields(fields);
    fputs("]}", stdout);
}

/* A form with a mistake is listed with what is wrong in place of its title. */
static void list_one(const cli *c, const char *name, put_form put, bool first)
{
    assess_error err = {0};
    char path[FORM_PATH], *title = NULL, *fields = NULL;
    if (!find_named(c, name, NULL, c->screen, path))
        return;
    bool read = assess_office_form_about(path, &title, &fields, &err) == ASSESS_OK;
    put(c, name, path, read ? title : err.message[c->screen], read ? fields : "", first);
    assess_text_free(title);
    assess_text_free(fields);
}

int list_forms(const cli *c)
{
    listing l = {.count = 0};
    bool ok = find_all(c, &l);
    if (ok && l.count == 0 && !c->json) {
        say(stdout, c->screen, WORD_NO_FORMS, NULL);
        putchar('\n');
    }
    if (c->json)
        fputs("{\"schema\":\"assess.forms/1\",\"forms\":[", stdout);
    for (size_t i = 0; i < l.count && ok; i++)
        list_one(c, l.names[i], c->json ? put_json_row : put_row, i == 0);
    if (c->json)
        puts("]}");
    free_listing(&l);
    return ok ? ASSESS_OK : no_memory(c);
}
#endif
