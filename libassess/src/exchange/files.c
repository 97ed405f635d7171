/* files: a folder's tables come in the order of their names' bytes, whatever order the system lists them in. */
#include "exchange/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "exchange/books.h"
#include "exchange/naming.h"

/* The same sentence to the list of problems and to the caller. */
static assess_status refuse(batch *b, message what, const char *path, assess_error *err)
{
    problem_add(&b->problems, (problem){.what = what, .source = PROBLEM_NO_SOURCE});
    return error_set_at(err, ASSESS_E_INPUT, what, path, 0, NULL);
}

static void notice(batch *b, message what)
{
    problem_add(&b->problems, (problem){.severity = PROBLEM_NOTICE, .what = what, .source = PROBLEM_NO_SOURCE});
}

static bool is_listed(const file_list *list, const struct stat *about)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].device == (uint64_t)about->st_dev && list->items[i].number == (uint64_t)about->st_ino)
            return true;
    return false;
}

static assess_status add_file(file_list *list, batch *b, const char *path, const struct stat *about, assess_error *err)
{
    text name = text_of(path);
    if (is_listed(list, about)) {
        notice(b, message_of1(MSG_input_file_given_twice, name));
        return ASSESS_OK;
    }
    table_file file = {.path = arena_text(&list->texts, name.bytes, name.length),
                       .table = exchange_table_of(name),
                       .size = about->st_size > 0 ? (uint64_t)about->st_size : 0,
                       .device = (uint64_t)about->st_dev,
                       .number = (uint64_t)about->st_ino};
    if (!file.path || !MEM_RESERVE(list->items, list->capacity, list->count + 1))
        return error_no_memory(err);
    list->items[list->count++] = file;
    return ASSESS_OK;
}

/* A workbook becomes as many tables as it has sheets of tables. */
static assess_status add_workbook(file_list *list, batch *b, const char *path, const struct stat *about,
                                  const read_options *options, assess_error *err)
{
    text name = text_of(path);
    if (!options->workbooks)
        return refuse(b, message_of1(MSG_input_workbook, name), path, err);
    if (!is_listed(list, about))
        return books_list(list, b, path, (uint64_t)about->st_dev, (uint64_t)about->st_ino, options, err);
    notice(b, message_of1(MSG_input_file_given_twice, name));
    return ASSESS_OK;
}

/* ---- folders ---- */

typedef struct name_list {
    const char **items;
    size_t count, capacity;
    arena texts;
} name_list;

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static bool keep_name(name_list *names, const char *folder, const char *name)
{
    buffer path = {0};
    buffer_add_string(&path, folder);
    if (path.length > 0 && path.bytes[path.length - 1] != '/')
        buffer_add_char(&path, '/');
    buffer_add_string(&path, name);
    const char *copy = path.failed ? NULL : arena_text(&names->texts, path.bytes, path.length);
    buffer_free(&path);
    if (!copy || !MEM_RESERVE(names->items, names->capacity, names->count + 1))
        return false;
    names->items[names->count++] = copy;
    return true;
}

/* ratings.problems.csv, which a check writes beside copies that are to be corrected and read again. */
static bool is_list_of_problems(const char *name)
{
    static const char end[] = ".problems.csv";
    size_t length = strlen(name);
    return length >= sizeof end && strcmp(name + length - (sizeof end - 1), end) == 0;
}

static assess_status list_names(name_list *names, const char *folder, assess_error *err)
{
    DIR *stream = opendir(folder);
    struct dirent *entry;
    assess_status status = ASSESS_OK;
    if (!stream)
        return error_set_at(err, ASSESS_E_SYSTEM, message_of1(MSG_read_denied, text_of(folder)), folder, 0, NULL);
    while (status == ASSESS_OK && (entry = readdir(stream)) != NULL)
        if (!is_hidden_name(text_of(entry->d_name)) && !is_list_of_problems(entry->d_name) && !keep_name(names, folder, entry->d_name))
            status = error_no_memory(err);
    closedir(stream);
    if (names->count > 1)
        qsort(names->items, names->count, sizeof *names->items, compare_names);
    return status;
}

/* What stat could not find: a table that cannot be read must not be a table that is not there. */
static assess_status refuse_missing(batch *b, const char *path, int reason, assess_error *err)
{
    struct stat link;
    text name = text_of(path);
    if (lstat(path, &link) == 0 && S_ISLNK(link.st_mode) && (reason == ENOENT || reason == ENOTDIR || reason == ELOOP))
        return refuse(b, message_of1(MSG_input_link_broken, name), path, err);
    if (reason != ENOENT && reason != ENOTDIR && reason != ENAMETOOLONG)
        return error_set_at(err, ASSESS_E_SYSTEM, message_of1(MSG_read_denied, name), path, 0, NULL);
    return refuse(b, message_of1(MSG_input_path_missing, name), path, err);
}

/* What a run writes, where it was told to write among its tables: a sheet of it is called like a table. */
static bool is_called_like_results(text path)
{
    static const char end[] = "/results.xlsx";
    const size_t length = sizeof end - 1;
    return path.length > length && memcmp(path.bytes + path.length - length, end, length) == 0;
}

static message_id why_unread(bool is_table, file_format format)
{
    if (is_table)
        return MSG_input_file_other_kind;
    return format == FORMAT_WORKBOOK ? MSG_input_file_workbook : MSG_input_file_unknown;
}

/* One entry of a folder. Its sub-folders and files of other kinds are none of our business, unless one is called like a
 * table. */
static assess_status add_entry(file_list *list, batch *b, const char *path, size_t *tables, const read_options *options,
                               assess_error *err)
{
    text name = text_of(path);
    file_format format = format_of(name);
    bool is_table = exchange_table_of(name) != TABLE_COUNT || (format == FORMAT_WORKBOOK && options->workbooks);
    struct stat about;
    if (!is_table && !is_csv_name(name) && format != FORMAT_WORKBOOK)
        return ASSESS_OK;
    if (is_called_like_results(name)) {
        notice(b, message_of1(MSG_input_file_results, name));
        return ASSESS_OK;
    }
    bool found = stat(path, &about) == 0;
    if (is_table && format != FORMAT_OTHER && !found)
        return refuse_missing(b, path, errno, err);
    if (!found || ((!is_table || format == FORMAT_OTHER) && S_ISDIR(about.st_mode)))
        return ASSESS_OK;
    if (!is_table || format == FORMAT_OTHER) {
        notice(b, message_of1(why_unread(is_table, format), name));
        return ASSESS_OK;
    }
    if (!S_ISREG(about.st_mode))
        return refuse(b, message_of1(MSG_input_not_a_file, name), path, err);
    *tables += 1;
    if (format == FORMAT_WORKBOOK)
        return add_workbook(list, b, path, &about, options, err);
    return add_file(list, b, path, &about, err);
}

static assess_status worse(assess_status a, assess_status b)
{
    return a == ASSESS_E_SYSTEM || b == ASSESS_OK ? a : b;
}

static assess_status add_folder(file_list *list, batch *b, const char *folder, const read_options *options, assess_error *err)
{
    name_list names = {0};
    size_t tables = 0;
    assess_status status = list_names(&names, folder, err);
    for (size_t i = 0; status != ASSESS_E_SYSTEM && i < names.count; i++)
        status = worse(status, add_entry(list, b, names.items[i], &tables, options, err));
    if (status == ASSESS_OK && tables == 0)
        status = refuse(b,
                        message_of1(options->workbooks ? MSG_input_folder_without_tables : MSG_input_folder_without_csv,
                                    text_of(folder)),
                        folder, err);
    mem_free(names.items);
    arena_free(&names.texts);
    return status;
}

/* ---- paths ---- */

static assess_status add_path(file_list *list, batch *b, const char *path, const read_options *options, assess_error *err)
{
    text name = text_of(path);
    struct stat about;
    if (stat(path, &about) != 0)
        return refuse_missing(b, path, errno, err);
    if (S_ISDIR(about.st_mode))
        return add_folder(list, b, path, options, err);
    if (format_of(name) == FORMAT_WORKBOOK && (S_ISREG(about.st_mode) || !options->workbooks))
        return add_workbook(list, b, path, &about, options, err);
    if (format_of(name) != FORMAT_WORKBOOK && exchange_table_of(name) == TABLE_COUNT)
        return refuse(b, message_of1(MSG_input_path_no_table, name), path, err);
    if (!S_ISREG(about.st_mode))
        return refuse(b, message_of1(MSG_input_not_a_file, name), path, err);
    return add_file(list, b, path, &about, err);
}

/* Keeps the order given, but people come before what speaks of them. */
static void put_people_first(file_list *list)
{
    size_t people = 0;
    for (size_t i = 0; i < list->count; i++) {
        table_file file = list->items[i];
        if (file.table != TABLE_PEOPLE)
            continue;
        memmove(list->items + people + 1, list->items + people, (i - people) * sizeof file);
        list->items[people++] = file;
    }
}

assess_status files_list(file_list *list, batch *b, const char *const *paths, size_t count, const read_options *options,
                         assess_error *err)
{
    assess_status status = ASSESS_OK;
    for (size_t i = 0; status != ASSESS_E_SYSTEM && i < count; i++)
        status = worse(status, add_path(list, b, paths[i], options, err));
    put_people_first(list);
    return status;
}

void files_free(file_list *list)
{
    mem_free(list->items);
    arena_free(&list->texts);
    *list = (file_list){0};
}
