/* marked: see marked.h. A folder of its own, because a copy beside its original would be read with it the next time. */
#include "marked.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#ifdef ASSESS_WITH_OFFICE
#include "assess/office.h"

enum { PATH_ROOM = 4096 };

/* ---- the folder ---- */

static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* The folder that an input is, or lies in. */
static bool folder_of_input(const char *path, struct stat *out)
{
    char folder[PATH_ROOM];
    if (stat(path, out) != 0 || S_ISDIR(out->st_mode))
        return S_ISDIR(out->st_mode);
    snprintf(folder, sizeof folder, "%s", path);
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    return stat(slash ? folder : ".", out) == 0;
}

int marked_plan(const cli *c, const arguments *a)
{
    const char *folder = a->value[OPT_MARKED];
    struct stat own, input = {0};
    if (!folder)
        return ASSESS_OK;
    if (*folder == '\0')
        return complain(c, ASSESS_E_CALL, WORD_NEEDS_VALUE, ARGS("--marked", word(c->screen, WORD_ARG_FOLDER)));
    if (stat(folder, &own) != 0)
        return ASSESS_OK;
    if (!S_ISDIR(own.st_mode))
        return complain(c, ASSESS_E_CALL, WORD_MARKED_NOT_FOLDER, ARGS(folder));
    for (size_t i = 0; i < a->operand_count; i++)
        if (folder_of_input(a->operands[i], &input) && is_same(&own, &input))
            return complain(c, ASSESS_E_CALL, WORD_MARKED_AMONG_INPUTS, ARGS(folder));
    return ASSESS_OK;
}

/* With the folders that it lies in. */
static bool make_folder(const char *folder)
{
    char path[PATH_ROOM];
    size_t length = strlen(folder);
    if (length >= sizeof path) {
        errno = ENAMETOOLONG;
        return false;
    }
    memcpy(path, folder, length + 1);
    for (size_t at = 1; at <= length; at++) {
        if (path[at] != '/' && path[at] != '\0')
            continue;
        path[at] = '\0';
        if (mkdir(path, 0700) != 0 && errno != EEXIST)
            return false;
        path[at] = folder[at];
    }
    return true;
}

/* ---- the copies ---- */

typedef struct copy {
    const char *file; /* of the problems; lives as long as the batch */
    bool is_workbook, written;
    char *target;
} copy;

typedef struct copies {
    copy *items;
    size_t count, capacity;
} copies;

static void free_copies(copies *l)
{
    for (size_t i = 0; i < l->count; i++)
        free(l->items[i].target);
    free(l->items);
}

static bool is_listed(const copies *l, const char *file)
{
    for (size_t i = l->count; i > 0; i--)
        if (strcmp(l->items[i - 1].file, file) == 0)
            return true;
    return false;
}

static bool keep(copies *l, const assess_problem *p)
{
    if (*p->file == '\0' || is_listed(l, p->file))
        return true;
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? 2 * l->capacity : 16;
        copy *more = realloc(l->items, capacity * sizeof *more);
        if (!more)
            return false;
        l->items = more;
        l->capacity = capacity;
    }
    l->items[l->count++] = (copy){.file = p->file, .is_workbook = *p->sheet != '\0'};
    return true;
}

static bool find_files(assess_batch *batch, copies *l)
{
    for (size_t i = 0; i < assess_batch_problem_count(batch); i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(batch, i, &p, NULL) != ASSESS_OK || !keep(l, &p))
            return false;
    }
    return true;
}

/* ---- their names ---- */

static bool is_taken(const copies *l, size_t before, const char *target)
{
    for (size_t i = 0; i < before; i++)
        if (strcmp(l->items[i].target, target) == 0)
            return true;
    return false;
}

/* people.xlsx, people (2).xlsx; ratings.problems.csv */
static char *make_target(const char *folder, const copy *one, unsigned number)
{
    const char *slash = strrchr(one->file, '/'), *name = slash ? slash + 1 : one->file, *dot = strrchr(name, '.');
    size_t stem = dot && dot > name ? (size_t)(dot - name) : strlen(name), room = strlen(folder) + strlen(name) + 48;
    char *target = malloc(room), again[24] = "";
    if (number > 1)
        snprintf(again, sizeof again, " (%u)", number);
    if (target)
        snprintf(target, room, "%s/%.*s%s%s", folder, (int)stem, name, again, one->is_workbook ? name + stem : ".problems.csv");
    return target;
}

static bool name_copies(const char *folder, copies *l)
{
    for (size_t i = 0; i < l->count; i++) {
        copy *one = &l->items[i];
        for (unsigned number = 1; !one->target || is_taken(l, i, one->target); number++) {
            free(one->target);
            one->target = make_target(folder, one, number);
            if (!one->target)
                return false;
        }
    }
    return true;
}

static const char *first_existing(const copies *l)
{
    struct stat there;
    for (size_t i = 0; i < l->count; i++)
        if (lstat(l->items[i].target, &there) == 0)
            return l->items[i].target;
    return NULL;
}

/* ---- writing ---- */

static void print_copies(const cli *c, const copies *l)
{
    bool any = false;
    for (size_t i = 0; i < l->count && !c->quiet; i++) {
        if (!l->items[i].written)
            continue;
        if (!any)
            say(stderr, c->screen, WORD_MARKED_COPIES, NULL);
        fputs(any ? "  " : "\n  ", stderr);
        put_visible(stderr, l->items[i].target);
        putc('\n', stderr);
        any = true;
    }
}

/* A file that cannot be opened at all has been named for that; the others are marked all the same. */
static int write_copies(const cli *c, bool force, session *s, copies *l)
{
    assess_office_mark_options options = {.size = sizeof options, .language = c->screen, .force = force};
    int status = ASSESS_OK;
    for (size_t i = 0; i < l->count && status == ASSESS_OK; i++) {
        copy *one = &l->items[i];
        assess_error err = {0};
        if (stop_signal())
            return stopped(c);
        assess_status done = one->is_workbook ? assess_office_mark(s->batch, one->file, one->target, &options, &err)
                                              : assess_office_problem_list(s->batch, one->file, one->target, &options, &err);
        one->written = done == ASSESS_OK;
        if (done == ASSESS_E_INPUT) {
            say(stderr, c->screen, WORD_MARKED_NOT, ARGS(one->file, err.message[c->screen]));
            putc('\n', stderr);
        } else if (done != ASSESS_OK) {
            status = complain_error(c, &err);
        }
    }
    return status;
}

static int write_all(const cli *c, const arguments *a, session *s, copies *l)
{
    char folder[PATH_ROOM];
    bool force = a->value[OPT_FORCE] != NULL;
    snprintf(folder, sizeof folder, "%s", a->value[OPT_MARKED]);
    for (size_t end = strlen(folder); end > 1 && folder[end - 1] == '/'; end--)
        folder[end - 1] = '\0';
    if (!find_files(s->batch, l) || !name_copies(folder, l))
        return no_memory(c);
    const char *existing = force ? NULL : first_existing(l);
    if (existing)
        return complain(c, ASSESS_E_CALL, WORD_MARKED_EXISTS, ARGS(existing));
    if (l->count > 0 && !make_folder(folder))
        return complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(folder, failure_text(c, errno)));
    int status = write_copies(c, force, s, l);
    print_copies(c, l);
    return status;
}

int marked_write(const cli *c, const arguments *a, session *s, int status)
{
    copies l = {0};
    if (!a->value[OPT_MARKED] || !s->batch || (status != ASSESS_OK && status != ASSESS_E_INPUT))
        return status;
    int done = write_all(c, a, s, &l);
    free_copies(&l);
    return done == ASSESS_OK ? status : done;
}
#else
int marked_plan(const cli *c, const arguments *a)
{
    return a->value[OPT_MARKED] ? complain(c, ASSESS_E_CALL, WORD_MARKED_NO_OFFICE, NULL) : ASSESS_OK;
}

int marked_write(const cli *c, const arguments *a, session *s, int status)
{
    (void)c;
    (void)a;
    (void)s;
    return status;
}
#endif
