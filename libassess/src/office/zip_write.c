#include "office/zip_write.h"

#include <minizip/zip.h>
#include <string.h>

enum { FIRST_DAY = 1 << 21 | 1 << 16 }; /* years from 1980, month, day */

struct zip_writer {
    zipFile archive;
    buffer bytes;
    size_t position; /* where minizip writes: it goes back to fill in lengths */
};

/* ---- the archive as a file in memory ---- */

static voidpf open_memory(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong read_nothing(voidpf opaque, voidpf stream, void *out, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)out;
    (void)size;
    return 0;
}

/* Minizip loses memory of its own when it hears of a failure at the wrong moment: without memory it goes on writing nothing. */
static uLong write_memory(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
    zip_writer *w = opaque;
    (void)stream;
    if (w->bytes.failed)
        return size;
    size_t over = w->bytes.length - w->position < size ? w->bytes.length - w->position : size;
    if (over > 0)
        memcpy(w->bytes.bytes + w->position, bytes, over);
    buffer_add(&w->bytes, (const char *)bytes + over, size - over);
    if (!w->bytes.failed)
        w->position += size;
    return size;
}

static ZPOS64_T tell_memory(voidpf opaque, voidpf stream)
{
    const zip_writer *w = opaque;
    (void)stream;
    return w->position;
}

static long seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    zip_writer *w = opaque;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? w->position : origin == ZLIB_FILEFUNC_SEEK_END ? w->bytes.length : 0;
    (void)stream;
    if (w->bytes.failed)
        return 0;
    if (offset > w->bytes.length - from)
        return -1;
    w->position = from + offset;
    return 0;
}

static int close_memory(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static int no_error(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

zip_writer *zip_write_begin(void)
{
    zip_writer *w = mem_zalloc(1, sizeof *w);
    if (!w)
        return NULL;
    zlib_filefunc64_def memory = {.zopen64_file = open_memory, .zread_file = read_nothing, .zwrite_file = write_memory,
                                  .ztell64_file = tell_memory, .zseek64_file = seek_memory, .zclose_file = close_memory,
                                  .zerror_file = no_error, .opaque = w};
    w->archive = zipOpen2_64(NULL, APPEND_STATUS_CREATE, NULL, &memory);
    if (w->archive)
        return w;
    mem_free(w);
    return NULL;
}

void zip_write_free(zip_writer *w)
{
    if (!w)
        return;
    if (w->archive)
        zipClose(w->archive, NULL);
    buffer_free(&w->bytes);
    mem_free(w);
}

/* ---- parts ---- */

static bool begin(zip_writer *w, const char *name, const zip_fileinfo *about, unsigned long method, bool raw, unsigned long flags,
                  bool large)
{
    enum { MADE_BY = 20 };
    return zipOpenNewFileInZip4_64(w->archive, name, about, NULL, 0, NULL, 0, NULL, (int)method, Z_DEFAULT_COMPRESSION, raw,
                                   -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY, flags, large) == ZIP_OK;
}

static bool put(zip_writer *w, const char *bytes, size_t length)
{
    enum { PIECE = 1 << 30 };
    bool fine = true;
    for (size_t done = 0; fine && done < length; done += PIECE) {
        size_t left = length - done;
        fine = zipWriteInFileInZip(w->archive, bytes + done, (unsigned)(left < PIECE ? left : PIECE)) == ZIP_OK;
    }
    return fine;
}

zip_fault zip_write_part(zip_writer *w, const char *name, text bytes)
{
    const zip_fileinfo about = {.dosDate = FIRST_DAY};
    bool fine = begin(w, name, &about, Z_DEFLATED, false, 0, bytes.length > UINT32_MAX / 2) && put(w, bytes.bytes, bytes.length) &&
                zipCloseFileInZip(w->archive) == ZIP_OK;
    return fine && !w->bytes.failed ? ZIP_FINE : ZIP_NO_MEMORY;
}

static zip_fault copy_bytes(zip_writer *w, zip *from)
{
    char piece[16 * 1024];
    size_t got = 1;
    zip_fault fault = ZIP_FINE;
    while (fault == ZIP_FINE && got > 0) {
        fault = zip_next(from, piece, sizeof piece, &got);
        if (fault == ZIP_FINE && !put(w, piece, got))
            fault = ZIP_NO_MEMORY;
    }
    return fault;
}

/* Bit 3 says that lengths stand behind the bytes: here they stand before them. */
zip_fault zip_write_copy(zip_writer *w, zip *from, size_t number)
{
    enum { LENGTHS_BEHIND = 8 };
    zip_packed part;
    zip_fault fault = zip_begin_packed(from, number, &part);
    if (fault != ZIP_FINE)
        return fault;
    const zip_fileinfo about = {.dosDate = part.date, .internal_fa = part.inner, .external_fa = part.outer};
    if (!begin(w, part.name, &about, part.method, true, part.flags & ~(unsigned long)LENGTHS_BEHIND, part.size > UINT32_MAX / 2))
        return ZIP_NO_MEMORY;
    fault = copy_bytes(w, from);
    bool closed = zipCloseFileInZipRaw64(w->archive, part.size, part.crc) == ZIP_OK;
    return fault == ZIP_FINE && (!closed || w->bytes.failed) ? ZIP_NO_MEMORY : fault;
}

zip_fault zip_write_end(zip_writer *w, buffer *out)
{
    bool fine = zipClose(w->archive, NULL) == ZIP_OK && !w->bytes.failed;
    w->archive = NULL;
    if (!fine)
        return ZIP_NO_MEMORY;
    *out = w->bytes;
    w->bytes = (buffer){0};
    return ZIP_FINE;
}
