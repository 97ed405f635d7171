/* forms_list: finding forms by name, and listing them. NAME.html is a form in Chinese, NAME.en.html the same in English. */
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

static bool cut_end(char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    if (n <= m || strcmp(text + n - m, end) != 0)
        return false;
    text[n - m] = '\0';
    return true;
}

static bool try_file(const char *folder, const char *name, const char *end, char path[FORM_PATH])
{
    int length = snprintf(path, FORM_PATH, "%s/%s%s", folder, name, end);
    return length > 0 && length < FORM_PATH && access(path, R_OK) == 0;
}

static bool find_named(const cli *c, const char *name, assess_language language, char path[FORM_PATH])
{
    for (size_t i = 0; i < c->form_folder_count; i++) {
        const char *folder = c->form_folders[i];
        if (language == ASSESS_EN && try_file(folder, name, ".en.html", path))
            return true;
        if (try_file(folder, name, ".html", path) || try_file(folder, name, ".en.html", path))
            return true;
    }
    return false;
}

/* ---- what there is ---- */

static bool add_name(listing *l, const char *file)
{
    char name[FORM_NAME];
    if (snprintf(name, sizeof name, "%s", file) >= (int)sizeof name || file[0] == '.' || !cut_end(name, ".html"))
        return true;
    cut_end(name, ".en");
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
    cut_end(name, ".html");
    cut_end(name, ".en");
    return name[0] != '\0' && name[0] != '.';
}

bool find_form(const cli *c, const char *form, assess_language language, char path[FORM_PATH], char name[FORM_NAME])
{
    size_t length = strlen(form);
    bool is_path = strchr(form, '/') || (length > 5 && strcmp(form + length - 5, ".html") == 0);
    bool found = is_path ? snprintf(path, FORM_PATH, "%s", form) < FORM_PATH : find_named(c, form, language, path);
    if (found && name_of(path, name))
        return true;
    unknown_form(c, form);
    return false;
}

/* ---- listing ---- */

typedef void (*put_form)(const cli *c, const char *name, const char *path, const char *title, const char *fields, bool first);

static void put_row(const cli *c, const char *name, const char *path, const char *title, const char *fields, bool first)
{
    (void)path, (void)first;
    put_padded(stdout, name, WIDEST_NAME);
    put_visible(stdout, title);
    putchar('\n');
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
    (void)c;
    fputs(first ? "{\"name\":" : ",{\"name\":", stdout);
    put_json_text(stdout, name);
    fputs(",\"file\":", stdout);
    put_json_text(stdout, path);
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
    if (!find_named(c, name, c->screen, path))
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
