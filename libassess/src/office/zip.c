#include "office/zip.h"

#include <minizip/unzip.h>
#include <string.h>

#include "base/intern.h"

typedef struct part {
    text name;
    unz64_file_pos at;
} part;

struct zip {
    const char *bytes;
    uint64_t length, position; /* where minizip reads */
    unzFile archive;
    arena names;
    part *parts;
    size_t count, capacity;
    interner known;            /* the names in small letters, numbered as the parts */
    uint64_t left;             /* bytes that may still be unpacked */
    uint64_t look_left;        /* bytes that may still be looked through */
    uint64_t elements_left;
    uint64_t part_left;        /* the same for the part at hand */
    zip_purpose purpose;
    bool open;                 /* a part is */
};

/* ---- the archive as a file in memory ---- */

static voidpf open_memory(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong read_memory(voidpf opaque, voidpf stream, void *out, uLong size)
{
    zip *z = opaque;
    uint64_t left = z->length - z->position;
    uLong taken = left < size ? (uLong)left : size;
    (void)stream;
    if (taken > 0)
        memcpy(out, z->bytes + z->position, taken);
    z->position += taken;
    return taken;
}

static uLong write_nothing(voidpf opaque, voidpf stream, const void *bytes, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)bytes;
    (void)size;
    return 0;
}

static ZPOS64_T tell_memory(voidpf opaque, voidpf stream)
{
    const zip *z = opaque;
    (void)stream;
    return z->position;
}

static long seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    zip *z = opaque;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR ? z->position : origin == ZLIB_FILEFUNC_SEEK_END ? z->length : 0;
    (void)stream;
    if (offset > z->length - from)
        return -1;
    z->position = from + offset;
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

static bool open_archive(zip *z)
{
    zlib_filefunc64_def memory = {.zopen64_file = open_memory, .zread_file = read_memory, .zwrite_file = write_nothing,
                                  .ztell64_file = tell_memory, .zseek64_file = seek_memory, .zclose_file = close_memory,
                                  .zerror_file = no_error, .opaque = z};
    z->archive = unzOpen2_64(NULL, &memory);
    return z->archive != NULL;
}

/* ---- the list of parts ---- */

/* Some programs write \ between the folders of a name. */
static void put_slashes(char *name, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (name[i] == '\\')
            name[i] = '/';
}

enum { LONGEST_NAME = 1024 };

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static text lower_name(text name, char *room)
{
    for (size_t i = 0; i < name.length; i++)
        room[i] = lower(name.bytes[i]);
    return (text){room, name.length};
}

static zip_fault keep_part(zip *z)
{
    char small[LONGEST_NAME];
    char name[LONGEST_NAME];
    unz_file_info64 about;
    part p;
    if (unzGetCurrentFileInfo64(z->archive, &about, name, sizeof name, NULL, 0, NULL, 0) != UNZ_OK ||
        about.size_filename >= sizeof name || unzGetFilePos64(z->archive, &p.at) != UNZ_OK)
        return ZIP_DAMAGED;
    put_slashes(name, about.size_filename);
    p.name = (text){name, about.size_filename};
    if (zip_find(z, p.name) != SIZE_MAX)
        return ZIP_DAMAGED; /* which of the two is meant, every program decides in its own way */
    const char *copy = arena_text(&z->names, name, about.size_filename);
    if (!copy || intern_add(&z->known, lower_name(p.name, small)) == INTERN_NONE || !MEM_RESERVE(z->parts, z->capacity, z->count + 1))
        return ZIP_NO_MEMORY;
    p.name.bytes = copy;
    z->parts[z->count++] = p;
    return ZIP_FINE;
}

static zip_fault list_parts(zip *z)
{
    zip_fault fault = ZIP_FINE;
    int step = unzGoToFirstFile(z->archive);
    while (step == UNZ_OK && fault == ZIP_FINE) {
        fault = z->count < ZIP_MOST_PARTS ? keep_part(z) : ZIP_TOO_LARGE;
        step = unzGoToNextFile(z->archive);
    }
    return fault != ZIP_FINE || step == UNZ_END_OF_LIST_OF_FILE ? fault : ZIP_DAMAGED;
}

static uint64_t most_bytes(uint64_t length)
{
    const uint64_t mib = 1024 * 1024, usual = 256 * mib, quick = 1024 * mib; /* about what can be read in 10 s */
    uint64_t small = usual + 16 * length, large = usual + 8 * length;
    return small < quick ? small : large > quick ? large : quick;
}

zip_fault zip_open(const void *bytes, size_t length, zip **out)
{
    zip *z = mem_zalloc(1, sizeof *z);
    *out = NULL;
    if (!z)
        return ZIP_NO_MEMORY;
    z->bytes = bytes;
    z->length = length;
    z->left = z->look_left = most_bytes(length);
    z->elements_left = UINT64_C(96) * 1024 * 1024 + length;
    zip_fault fault = open_archive(z) ? list_parts(z) : ZIP_DAMAGED;
    if (fault == ZIP_FINE)
        *out = z;
    else
        zip_close(z);
    return fault;
}

bool zip_spend(zip *z, uint64_t elements)
{
    if (elements > z->elements_left)
        return false;
    z->elements_left -= elements;
    return true;
}

void zip_close(zip *z)
{
    if (!z)
        return;
    if (z->archive)
        unzClose(z->archive);
    mem_free(z->parts);
    arena_free(&z->names);
    intern_free(&z->known);
    mem_free(z);
}

size_t zip_find(const zip *z, text name)
{
    char small[LONGEST_NAME];
    uint32_t number = name.length < sizeof small ? intern_find(&z->known, lower_name(name, small)) : INTERN_NONE;
    return number == INTERN_NONE ? SIZE_MAX : number;
}

/* ---- one part ---- */

static void leave_part(zip *z)
{
    if (z->open)
        unzCloseCurrentFile(z->archive);
    z->open = false;
}

zip_fault zip_begin(zip *z, size_t number, zip_purpose purpose)
{
    enum { ENCRYPTED = 1, STORED = 0 };
    unz_file_info64 about;
    leave_part(z);
    if (unzGoToFilePos64(z->archive, &z->parts[number].at) != UNZ_OK ||
        unzGetCurrentFileInfo64(z->archive, &about, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK)
        return ZIP_DAMAGED;
    if (about.flag & ENCRYPTED)
        return ZIP_LOCKED;
    if (about.uncompressed_size > z->left)
        return ZIP_TOO_LARGE;
    if ((about.compression_method != STORED && about.compression_method != Z_DEFLATED) ||
        unzOpenCurrentFile(z->archive) != UNZ_OK)
        return ZIP_DAMAGED;
    z->open = true;
    z->purpose = purpose;
    z->part_left = z->left;
    return ZIP_FINE;
}

/* The directory may lie about how long a part is: what counts is what comes out. */
static zip_fault count_bytes(zip *z, size_t got)
{
    if (got > z->part_left)
        return ZIP_TOO_LARGE;
    z->part_left -= got;
    uint64_t *left = z->purpose == ZIP_READ ? &z->left : &z->look_left;
    if (got > *left)
        return ZIP_TOO_LARGE;
    *left -= got;
    return ZIP_FINE;
}

zip_fault zip_next(zip *z, void *out, size_t room, size_t *got)
{
    *got = 0;
    if (!z->open)
        return ZIP_FINE;
    int count = unzReadCurrentFile(z->archive, out, (unsigned)(room < INT32_MAX ? room : INT32_MAX));
    if (count < 0)
        return ZIP_DAMAGED;
    if (count == 0) {
        z->open = false;
        return unzCloseCurrentFile(z->archive) == UNZ_OK ? ZIP_FINE : ZIP_DAMAGED;
    }
    *got = (size_t)count;
    return count_bytes(z, *got);
}

zip_fault zip_whole(zip *z, size_t number, buffer *out)
{
    enum { PIECE = 64 * 1024 };
    size_t got = 1;
    zip_fault fault = zip_begin(z, number, ZIP_READ);
    while (fault == ZIP_FINE && got > 0) {
        if (!MEM_RESERVE(out->bytes, out->capacity, out->length + PIECE))
            return ZIP_NO_MEMORY;
        fault = zip_next(z, out->bytes + out->length, PIECE, &got);
        out->length += got;
    }
    return fault;
}

/* ---- parts as they are packed ---- */

size_t zip_count(const zip *z)
{
    return z->count;
}

text zip_name(const zip *z, size_t number)
{
    return z->parts[number].name;
}

zip_fault zip_begin_packed(zip *z, size_t number, zip_packed *about)
{
    unz_file_info64 info;
    int method, level;
    leave_part(z);
    if (unzGoToFilePos64(z->archive, &z->parts[number].at) != UNZ_OK ||
        unzGetCurrentFileInfo64(z->archive, &info, about->name, sizeof about->name, NULL, 0, NULL, 0) != UNZ_OK ||
        unzOpenCurrentFile2(z->archive, &method, &level, 1) != UNZ_OK)
        return ZIP_DAMAGED;
    about->crc = info.crc;
    about->flags = info.flag;
    about->method = (unsigned long)method;
    about->date = info.dosDate;
    about->inner = info.internal_fa;
    about->outer = info.external_fa;
    about->size = info.uncompressed_size;
    z->open = true;
    z->purpose = ZIP_LOOK_THROUGH;
    z->part_left = z->length;
    return ZIP_FINE;
}
