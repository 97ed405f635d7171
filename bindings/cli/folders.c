/* folders: where a rule file's NAME is looked up. In order: $ASSESS_RULES, then share/assess/rules beside the folder of
 * the program (an installed tree, wherever it was moved; the build tree has a link there), then the configured folder.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { MAX_FOLDERS = 64, MAX_PATH = 4096 };

static const char *found[MAX_FOLDERS];

static bool add_folder(cli *c, const char *path, size_t length)
{
    if (length == 0 || c->folder_count == MAX_FOLDERS)
        return true;
    char *copy = malloc(length + 1);
    if (!copy)
        return false;
    memcpy(copy, path, length);
    copy[length] = '\0';
    for (size_t i = 0; i < c->folder_count; i++) {
        if (strcmp(found[i], copy) == 0) {
            free(copy);
            return true;
        }
    }
    found[c->folder_count++] = copy;
    return true;
}

static bool add_variable(cli *c)
{
    const char *list = getenv("ASSESS_RULES");
    while (list && *list) {
        size_t length = strcspn(list, ":");
        if (!add_folder(c, list, length))
            return false;
        list += length + (list[length] == ':');
    }
    return true;
}

/* /opt/x/bin/assess -> /opt/x/share/assess/rules */
static bool add_beside_program(cli *c)
{
    static const char tail[] = "/share/assess/rules";
    char path[MAX_PATH + sizeof tail];
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
    return add_folder(c, path, strlen(path));
}

bool find_folders(cli *c)
{
    bool ok = add_variable(c) && add_beside_program(c) &&
              add_folder(c, ASSESS_INSTALLED_RULES, strlen(ASSESS_INSTALLED_RULES));
    c->folders = found;
    return ok;
}
