/* store_fuzz: any bytes as a sealed file, opened, read and verified. Seeds are sealed files of the rules that the
 * vocabulary below speaks of; without seeds the first 16 bytes stop nearly everything.
 *
 * Beside crashes it looks for writes: whatever the bytes, the folder holds one file afterwards, with the bytes it had.
 */
#define _XOPEN_SOURCE 700 /* mkdtemp */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

#define WORD(literal) {{(literal), sizeof(literal) - 1}, {"", 0}, {"", 0}}

static const vocabulary_word options[] = {WORD("A"), WORD("B")};
static const vocabulary_item items[] = {
    {.word = WORD("virtue"), .maximum = {10, 0}, .lenient = true},
    {.word = WORD("performance"), .maximum = {60, 0}, .lenient = true},
    {.word = WORD("opinion"), .options = options, .option_count = 2, .lenient = true}};
static const vocabulary_role roles[] = {{WORD("self"), true}, {WORD("peer"), true}, {WORD("leader"), true}};
static const vocabulary_kind kinds[] = {{.word = WORD("sick-leave")}, {.word = WORD("deduction")}};
static const vocabulary_measure measures[] = {{WORD("growth"), 0}};

/* With the first two items, as the files of the unit tests have them, and with all three. */
static vocabulary words_with(size_t item_count)
{
    vocabulary words = {.items = items,
                        .item_count = item_count,
                        .roles = roles,
                        .role_count = 3,
                        .kinds = kinds,
                        .kind_count = 2,
                        .measures = measures,
                        .measure_count = 1};
    return words;
}

static char folder[] = "/tmp/assess-fuzz-XXXXXX";
static char path[sizeof folder + 16];

static void clean_up(void)
{
    unlink(path);
    rmdir(folder);
}

static void prepare(void)
{
    if (path[0])
        return;
    if (!mkdtemp(folder))
        abort();
    strcpy(path, folder);
    strcat(path, "/batch.db");
    atexit(clean_up);
}

static void write_file(const uint8_t *bytes, size_t size)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size)
        abort();
    close(file);
}

static void demand_same(const uint8_t *bytes, size_t size)
{
    uint8_t *found = malloc(size + 1);
    int file = open(path, O_RDONLY), entries = 0;
    if (file < 0 || !found || read(file, found, size + 1) != (ssize_t)size || memcmp(found, bytes, size) != 0)
        abort();
    close(file);
    free(found);
    DIR *d = opendir(folder);
    while (d && readdir(d))
        entries++;
    closedir(d);
    if (entries != 3) /* . and .. */
        abort();
}

static void read_and_verify(store *s, size_t item_count)
{
    vocabulary words = words_with(item_count);
    batch *b = batch_new(&words);
    arena memory = {0};
    store_check *checks;
    size_t count;
    if (store_read(s, b, NULL) == ASSESS_OK)
        batch_finish(b, 1);
    store_verify(s, &memory, &checks, &count, NULL);
    arena_free(&memory);
    batch_free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    store *s;
    assess_error err = {0};
    prepare();
    write_file(bytes, size);
    if (store_open(path, &s, &err) == ASSESS_OK) {
        read_and_verify(s, 2);
        read_and_verify(s, 3);
        store_close(s);
    }
    demand_same(bytes, size);
    return 0;
}
