/* book: whether an archive that was just written is whole. */
#include <minizip/unzip.h>
#include <string.h>

#include "office/book_inside.h"

enum { CHUNK = 16 * 1024 };

/* Elements that are open. Our own XML has < and > only around tags. */
typedef struct nesting {
    long depth;
    char before;         /* the last character */
    bool in_tag, closes; /* </name> */
    bool silent;         /* <?xml …?> */
    bool began;
} nesting;

static void open_tag(nesting *n, char c)
{
    n->closes = c == '/';
    n->silent = c == '?' || c == '!';
    n->began |= !n->silent;
}

static void close_tag(nesting *n)
{
    if (n->closes)
        n->depth--;
    else if (!n->silent && n->before != '/')
        n->depth++;
    n->in_tag = false;
}

static void follow(nesting *n, const char *bytes, size_t length)
{
    for (size_t at = 0; at < length; at++) {
        char c = bytes[at];
        if (n->in_tag && n->before == '<')
            open_tag(n, c);
        if (n->in_tag && c == '>')
            close_tag(n);
        else if (!n->in_tag && c == '<')
            n->in_tag = true;
        n->before = c;
        if (n->in_tag)
            continue;
        const char *next = memchr(bytes + at + 1, '<', length - at - 1);
        at = next ? (size_t)(next - bytes) - 1 : length - 1;
    }
}

static bool part_is_whole(unzFile archive, char *bytes)
{
    nesting n = {0};
    int got;
    if (unzOpenCurrentFile(archive) != UNZ_OK)
        return false;
    while ((got = unzReadCurrentFile(archive, bytes, CHUNK)) > 0)
        follow(&n, bytes, (size_t)got);
    bool sound = unzCloseCurrentFile(archive) == UNZ_OK && got == 0;
    return sound && n.began && !n.in_tag && n.depth == 0;
}

bool book_is_whole(const char *path)
{
    char bytes[CHUNK];
    unzFile archive = unzOpen64(path);
    int next = archive ? unzGoToFirstFile(archive) : UNZ_ERRNO;
    while (next == UNZ_OK)
        next = part_is_whole(archive, bytes) ? unzGoToNextFile(archive) : UNZ_ERRNO;
    if (archive)
        unzClose(archive);
    return next == UNZ_END_OF_LIST_OF_FILE;
}
