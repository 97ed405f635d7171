/* files.c: rule files on disk. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/handles.h"
#include "rules/rules.h"

static assess_status cannot_read(const char *path, assess_error *err)
{
    char why[256] = "";
    if (strerror_r(errno, why, sizeof why) != 0)
        why[0] = '\0';
    return error_set_at(err, ASSESS_E_SYSTEM, message_of2(MSG_file_unreadable, text_of(path), text_of(why)), path, 0, NULL);
}

/* Everything up to limit + 1 bytes, so that the caller sees when there is too much. */
static bool read_all(int fd, size_t limit, buffer *out)
{
    char piece[16384];
    ssize_t got = 1;
    while (got > 0 && out->length <= limit && !out->failed) {
        size_t room = limit + 1 - out->length;
        got = read(fd, piece, room < sizeof piece ? room : sizeof piece);
        if (got > 0)
            buffer_add(out, piece, (size_t)got);
        if (got < 0 && errno == EINTR)
            got = 1;
    }
    return got >= 0;
}

assess_status file_read(const char *path, size_t limit, arena *memory, text *out, assess_error *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return cannot_read(path, err);
    buffer b = {0};
    assess_status s = read_all(fd, limit, &b) ? ASSESS_OK : cannot_read(path, err);
    close(fd);
    char *kept = s || b.failed ? NULL : arena_text(memory, b.bytes, b.length);
    *out = (text){kept, kept ? b.length : 0};
    if (!s && !kept)
        s = error_no_memory(err);
    buffer_free(&b);
    return s;
}

text file_base_name(text path)
{
    size_t at = path.length;
    while (at && path.bytes[at - 1] != '/')
        at--;
    return (text){path.bytes + at, path.length - at};
}

static text join(arena *memory, text folder, text name, const char *ending)
{
    buffer b = {0};
    buffer_add_text(&b, folder);
    if (folder.length && folder.bytes[folder.length - 1] != '/')
        buffer_add_char(&b, '/');
    buffer_add_text(&b, name);
    buffer_add_string(&b, ending);
    char *kept = b.failed ? NULL : arena_text(memory, b.bytes, b.length);
    text t = {kept, kept ? b.length : 0};
    buffer_free(&b);
    return t;
}

static bool is_path(text rules)
{
    return memchr(rules.bytes, '/', rules.length) ||
           (rules.length > 4 && memcmp(rules.bytes + rules.length - 4, ".lua", 4) == 0);
}

static bool exists(text path) { return path.bytes && access(path.bytes, F_OK) == 0; }

assess_status rule_find(const char *rules, const char *const *folders, size_t folder_count, arena *memory,
                        rule_place *out, assess_error *err)
{
    text name = text_of(rules);
    *out = (rule_place){.folders = folders, .folder_count = folder_count};
    if (is_path(name))
        out->path = join(memory, TEXT(""), name, "");
    bool failed = is_path(name) && !out->path.bytes;
    for (size_t i = 0; !is_path(name) && !failed && !out->path.length && i < folder_count; i++) {
        text candidate = join(memory, text_of(folders[i]), name, ".lua");
        failed = !candidate.bytes;
        if (exists(candidate))
            out->path = candidate;
    }
    if (failed)
        return error_no_memory(err);
    if (!exists(out->path))
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_no_rules, name));
    out->folder = out->path;
    out->folder.length -= file_base_name(out->path).length;
    return ASSESS_OK;
}

static bool plain_name(text name)
{
    for (size_t i = 0; i < name.length; i++) {
        char c = name.bytes[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_'))
            return false;
    }
    return name.length > 0;
}

/* True when there is such a file; without memory for it, *bytes stays without bytes. */
static bool read_rule(text path, arena *memory, text *bytes, text *file_name)
{
    assess_error why = {0};
    *bytes = (text){NULL, 0};
    if (!path.bytes)
        return true;
    if (!exists(path) || (file_read(path.bytes, RULES_MAX_SOURCE, memory, bytes, &why) &&
                          strcmp(why.id, message_name(MSG_no_memory)) != 0))
        return false;
    *file_name = file_base_name(path);
    return true;
}

static bool is_file_name(text name) { return name.length && !memchr(name.bytes, '/', name.length); }

bool rule_data(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    const rule_place *place = user;
    if (!is_file_name(name))
        return false;
    if (read_rule(join(memory, place->folder, name, ""), memory, bytes, file_name))
        return true;
    for (size_t i = 0; i < place->folder_count; i++)
        if (read_rule(join(memory, text_of(place->folders[i]), name, ""), memory, bytes, file_name))
            return true;
    return false;
}

bool rule_resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    const rule_place *place = user;
    if (!plain_name(name))
        return false;
    if (read_rule(join(memory, place->folder, name, ".lua"), memory, bytes, file_name))
        return true;
    for (size_t i = 0; i < place->folder_count; i++)
        if (read_rule(join(memory, text_of(place->folders[i]), name, ".lua"), memory, bytes, file_name))
            return true;
    return false;
}
