/* book: see book.h. The life of a workbook: its archive is made in memory, proved whole, and copied to its place. */
#define _GNU_SOURCE /* memfd_create */
#include "office/book_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { COPY_BYTES = 64 * 1024 };

/* Of every workbook, so that the same input gives the same bytes: 1980-01-01, the first day that an archive can name. */
static const time_t CREATED = 315532800;

void book_fail(book *b, assess_status status, message_id id)
{
    if (b->status != ASSESS_OK)
        return;
    b->status = status;
    b->failure = id;
}

void book_note(book *b, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        book_fail(b, ASSESS_E_SYSTEM, MSG_no_memory);
    else if (error != LXW_NO_ERROR)
        book_fail(b, ASSESS_E_SYSTEM, MSG_office_refused);
}

void book_out_of_memory(book *b)
{
    book_fail(b, ASSESS_E_SYSTEM, MSG_no_memory);
}

text book_words(book *b, const buffer *words)
{
    if (words->failed)
        book_out_of_memory(b);
    return buffer_text(words);
}

locale_t book_enter(book *b)
{
    return uselocale(b->plain);
}

void book_leave(locale_t before)
{
    uselocale(before);
}

/* ---- opening ---- */

/* The archive grows in memory: there libxlsxwriter meets no full disk, of which it would speak on standard error. */
static void choose_archive(book *b)
{
#if defined(__linux__) && defined(MFD_CLOEXEC)
    b->memory = memfd_create("workbook", MFD_CLOEXEC);
#else
    b->memory = -1;
#endif
    if (b->memory >= 0)
        snprintf(b->archive, sizeof b->archive, "/proc/self/fd/%d", b->memory);
    else
        memcpy(b->archive, b->place.temporary, sizeof b->archive);
}

/* What is too large for memory lies beside the target meanwhile, not in a folder that all may read. */
static bool make_workbook(book *b)
{
    char folder[PLACE_PATH];
    memcpy(folder, b->place.temporary, sizeof folder);
    *strrchr(folder, '/') = '\0';
    lxw_workbook_options options = {.constant_memory = b->options.in_order, .tmpdir = *folder ? folder : "/"};
    b->workbook = workbook_new_opt(b->archive, &options);
    return b->workbook != NULL;
}

static bool start(book *b)
{
    choose_archive(b);
    b->plain = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    return b->plain && make_workbook(b);
}

assess_status book_open(const char *path, const book_options *options, book **out, assess_error *err)
{
    *out = NULL;
    book *b = mem_zalloc(1, sizeof *b);
    if (!b)
        return error_no_memory(err);
    b->options = *options;
    b->memory = -1;
    assess_status status = place_prepare(&b->place, path, options->force, err);
    if (status == ASSESS_OK && !start(b))
        status = error_no_memory(err);
    if (status == ASSESS_OK)
        *out = b;
    else
        book_discard(b);
    return status;
}

/* ---- closing ---- */

static void free_sheets(book *b)
{
    for (book_sheet *s = b->sheets, *next; s; s = next) {
        next = s->next;
        mem_free(s->columns);
        mem_free(s);
    }
}

/* A workbook that is not closed would keep the files that its sheets are written to in order. */
static void drop_workbook(book *b)
{
    for (book_sheet *s = b->sheets; s; s = s->next) {
        if (s->sheet->optimize_tmpfile)
            fclose(s->sheet->optimize_tmpfile);
        s->sheet->optimize_tmpfile = NULL;
    }
    lxw_workbook_free(b->workbook);
}

void book_discard(book *b)
{
    if (!b)
        return;
    if (b->workbook)
        drop_workbook(b);
    if (b->memory >= 0)
        close(b->memory);
    if (b->plain)
        freelocale(b->plain);
    place_discard(&b->place);
    free_sheets(b);
    buffer_free(&b->scratch);
    arena_free(&b->texts);
    mem_free(b);
}

static void set_properties(book *b)
{
    lxw_doc_properties about = {.title = book_keep(b, b->options.title, 255), .created = CREATED};
    book_note(b, workbook_set_properties(b->workbook, &about));
}

static void choose_first(book *b)
{
    book_sheet *first = b->first_shown;
    for (book_sheet *s = b->sheets; s && !first; s = s->next)
        first = s->hidden ? NULL : s;
    if (!first) {
        book_fail(b, ASSESS_E_CALL, MSG_office_refused);
        return;
    }
    worksheet_activate(first->sheet);
    worksheet_set_first_sheet(first->sheet);
}

static assess_status speak(const book *b, assess_status status, message_id id, assess_error *err)
{
    return error_set_at(err, status, message_of1(id, text_of(b->place.shown)), b->place.shown, 0, NULL);
}

static assess_status speak_of_errno(const book *b, int failure, assess_error *err)
{
    bool full = failure == ENOSPC || failure == EDQUOT || failure == EFBIG;
    return speak(b, ASSESS_E_SYSTEM, full ? MSG_file_disk_full : MSG_file_cannot_write, err);
}

static lxw_error close_workbook(book *b)
{
    locale_t before = book_enter(b);
    lxw_error error = workbook_close(b->workbook);
    b->workbook = NULL;
    book_leave(before);
    return error;
}

static assess_status make_archive(book *b, assess_error *err)
{
    errno = 0;
    lxw_error error = close_workbook(b);
    int failure = errno;
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
        return error_no_memory(err);
    if (error != LXW_NO_ERROR)
        return speak_of_errno(b, failure, err);
    return book_is_whole(b->archive) ? ASSESS_OK : speak(b, ASSESS_E_SYSTEM, MSG_file_disk_full, err);
}

static bool put(int file, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t done = write(file, bytes, length);
        if (done < 0 && errno != EINTR)
            return false;
        bytes += done > 0 ? done : 0;
        length -= done > 0 ? (size_t)done : 0;
    }
    return true;
}

static bool copy(int from, int to, char *bytes)
{
    for (off_t at = 0;;) {
        ssize_t got = pread(from, bytes, COPY_BYTES, at);
        if (got <= 0)
            return got == 0;
        if (!put(to, bytes, (size_t)got))
            return false;
        at += got;
    }
}

static assess_status copy_archive(book *b, assess_error *err)
{
    if (b->memory < 0)
        return ASSESS_OK;
    char *bytes = arena_alloc(&b->texts, COPY_BYTES);
    if (!bytes)
        return error_no_memory(err);
    int file = open(b->place.temporary, O_WRONLY | O_NOFOLLOW | O_CLOEXEC);
    bool done = file >= 0 && copy(b->memory, file, bytes);
    int failure = errno;
    if (file >= 0)
        close(file); /* place_commit flushes, and hears of what failed late */
    return done ? ASSESS_OK : speak_of_errno(b, failure, err);
}

assess_status book_commit(book *b, assess_error *err)
{
    for (book_sheet *s = b->sheets; s && b->status == ASSESS_OK; s = s->next)
        book_finish_sheet(s);
    if (b->status == ASSESS_OK)
        choose_first(b);
    if (b->status == ASSESS_OK)
        set_properties(b);
    assess_status status = b->status;
    if (status != ASSESS_OK)
        speak(b, status, b->failure, err);
    if (status == ASSESS_OK)
        status = make_archive(b, err);
    if (status == ASSESS_OK)
        status = copy_archive(b, err);
    if (status == ASSESS_OK)
        status = place_commit(&b->place, 0600, err);
    book_discard(b);
    return status;
}
