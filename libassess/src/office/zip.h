/* zip: the parts of an archive that is in memory, each read once from its beginning. Names inside are names and never paths;
 * what an archive may unpack to is limited before anything is unpacked. */
#ifndef ASSESS_OFFICE_ZIP_H
#define ASSESS_OFFICE_ZIP_H

#include "base/text.h"

typedef enum zip_fault {
    ZIP_FINE,
    ZIP_NO_MEMORY,
    ZIP_DAMAGED,   /* no archive, cut off, a checksum that is wrong, a name that stands twice */
    ZIP_LOCKED,    /* encrypted */
    ZIP_TOO_LARGE  /* more parts or bytes than allowed */
} zip_fault;

enum { ZIP_MOST_PARTS = 10000 };

typedef struct zip zip;

/* The bytes are borrowed until zip_close. A whole archive may unpack to 256 MiB and 16 times its own length, beyond 1 GiB
 * to 8 times: 2 million ballots come to 8 times and 640 MiB. */
zip_fault zip_open(const void *bytes, size_t length, zip **out);
void zip_close(zip *z); /* NULL is harmless */

/* The part of that name, ASCII letters compared without case; SIZE_MAX: there is none. */
size_t zip_find(const zip *z, text name);

/* Begins a part; what was being read is left. A part that is only looked through does not count towards what may be unpacked in all,
 * but must fit into what is left of it; all that is looked through may have as many bytes again. */
typedef enum zip_purpose { ZIP_READ, ZIP_LOOK_THROUGH } zip_purpose;
zip_fault zip_begin(zip *z, size_t number, zip_purpose purpose);
/* Elements and attributes of XML take time whatever their length: an archive has 96 Mi of them and one more for each of its bytes. False:
 * that was one too many. 2 million ballots have 84 million. */
bool zip_spend(zip *z, uint64_t elements);
/* *got is 0 at the end of the part, when its checksum was right. */
zip_fault zip_next(zip *z, void *out, size_t room, size_t *got);
/* All of a part, behind what `out` has. */
zip_fault zip_whole(zip *z, size_t number, buffer *out);

/* ---- parts as they are packed ---- */

size_t zip_count(const zip *z);
text zip_name(const zip *z, size_t number); /* with / between the folders */

typedef struct zip_packed {
    char name[1024]; /* as written, NUL-terminated */
    unsigned long crc, flags, method, date, inner, outer; /* the last two: attributes of the file */
    uint64_t size;   /* unpacked */
} zip_packed;

/* Begins a part as it is packed: zip_next then gives its bytes so, and nothing counts towards what may be unpacked. */
zip_fault zip_begin_packed(zip *z, size_t number, zip_packed *about);

#endif
