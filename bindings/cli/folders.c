/* folders: where the NAME of a rule file or a form is looked up. In order: $ASSESS_RULES, then share/assess/rules beside the
 * folder of the program (an installed tree, wherever it was moved; the build tree has a link there), then the configured
 * folder; for forms the same with $ASSESS_FORMS and share/assess/forms. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { MAX_FOLDERS = 64, MAX_PATH = 4096 };

typedef struct folders {
    const char *found[MAX_FOLDERS];
    size_t count;
} folders;

static folders of_rules, of_forms;

static bool add_folder(folders *f, const char *path, size_t length)
{
    if (length == 0 || f->count == MAX_FOLDERS)
        return true;
    char *copy = malloc(length + 1);
    if (!copy)
        return false;
    memcpy(copy, path, length);
    copy[length] = '\0';
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->found[i], copy) == 0) {
            free(copy);
            return true;
        }
    }
    f->found[f->count++] = copy;
    return true;
}

static bool add_variable(folders *f, const char *variable)
{
    const char *list = getenv(variable);
    while (list && *list) {
        size_t length = strcspn(list, ":");
        if (!add_folder(f, list, length))
            return false;
        list += length + (list[length] == ':');
    }
    return true;
}

/* /opt/x/bin/assess -> /opt/x/share/assess/rules */
static bool add_beside_program(folders *f, const char *tail)
{
    enum { LONGEST_TAIL = 32 };
    char path[MAX_PATH + LONGEST_TAIL];
    ssize_t length = readlink("/proc/self/exe", path, MAX_PATH);
    if (length <= 0 || length >= MAX_PATH)
        return true; /* no /proc: the configured folder remains */
    path[length] = '\0';
    for (int up = 0; up < 2; up++) {
        char *slash = strrchr(path, '/');
        if (!slash)
            return true;
        *slash = '\0';
    }
    strcat(path, tail);
    return add_folder(f, path, strlen(path));
}

bool find_folders(cli *c)
{
    bool ok = add_variable(&of_rules, "ASSESS_RULES") && add_beside_program(&of_rules, "/share/assess/rules") &&
              add_folder(&of_rules, ASSESS_INSTALLED_RULES, strlen(ASSESS_INSTALLED_RULES)) &&
              add_variable(&of_forms, "ASSESS_FORMS") && add_beside_program(&of_forms, "/share/assess/forms") &&
              add_folder(&of_forms, ASSESS_INSTALLED_FORMS, strlen(ASSESS_INSTALLED_FORMS));
    c->folders = of_rules.found;
    c->folder_count = of_rules.count;
    c->form_folders = of_forms.found;
    c->form_folder_count = of_forms.count;
    return ok;
}
