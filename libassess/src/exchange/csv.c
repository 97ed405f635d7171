/* csv: two ways through a record. The quick one looks at 64 bytes at a time, which is a whole row of most tables, and
 * gives up at a quote or a NUL; the careful one knows quotes and names what is wrong. Both see the same records. */
#include "exchange/csv.h"

#include <string.h>

#include "exchange/bytes.h"

/* ---- 64 bytes at a time ---- */

/* A bit for each byte: delimiters; line ends, quotes and NULs. */
typedef struct marked {
    uint64_t delimiters, others;
} marked;

enum { MARKED_BYTES = 64 };

#if defined(__SSE2__)
#include <emmintrin.h>

enum { STEP = 16 };

static inline uint64_t bits_of(__m128i flags)
{
    return (uint64_t)(uint32_t)_mm_movemask_epi8(flags);
}

static inline marked mark_step(const char *p, char delimiter)
{
    __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)p);
    __m128i ends = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\n')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\r')));
    __m128i rest = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
    return (marked){bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(delimiter))), bits_of(_mm_or_si128(ends, rest))};
}
#else
#define EACH_BYTE(value) (UINT64_C(0x0101010101010101) * (unsigned char)(value))

enum { STEP = 8 };

/* A bit for each of the eight bytes that is `byte`. */
static inline uint64_t equal_bytes(uint64_t word, char byte)
{
    const uint64_t low = EACH_BYTE(0x7F);
    uint64_t other = word ^ EACH_BYTE(byte), equal = ~(((other & low) + low) | other | low);
    return (equal >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline marked mark_step(const char *p, char delimiter)
{
    uint64_t word = load_8(p);
    return (marked){equal_bytes(word, delimiter), equal_bytes(word, '\n') | equal_bytes(word, '\r') |
                                                      equal_bytes(word, '"') | equal_bytes(word, '\0')};
}
#endif

static inline marked mark_bytes(const char *p, char delimiter)
{
    marked all = {0, 0};
    for (unsigned at = 0; at < MARKED_BYTES; at += STEP) {
        marked step = mark_step(p + at, delimiter);
        all.delimiters |= step.delimiters << at;
        all.others |= step.others << at;
    }
    return all;
}

/* ---- putting a record together ---- */

static void put_cell(csv_record *out, const char *begin, const char *end)
{
    if (out->count < out->capacity)
        out->cells[out->count] = (text){begin, (size_t)(end - begin)};
    else if (text_trim((text){begin, (size_t)(end - begin)}).length > 0)
        out->surplus = true;
    out->count++;
}

/* Behind the line end at `stop`: LF, CR LF or CR alone. */
static const char *next_line(const char *stop, const char *end)
{
    if (stop >= end)
        return end;
    return stop[0] == '\r' && stop + 1 < end && stop[1] == '\n' ? stop + 2 : stop + 1;
}

/* False at a quote or a NUL. Nearly all of reading passes through this loop. */
static bool quick_record(csv_reader *r, csv_record *out)
{
    enum { AHEAD_BYTES = 1024 };
    const char delimiter = r->delimiter;
    text *next = out->cells, *last = out->cells + out->capacity;
    const char *cell = r->at;
    for (const char *block = r->at;; block += MARKED_BYTES) {
        marked found = mark_bytes(block, delimiter);
        __builtin_prefetch(block + AHEAD_BYTES);
        uint64_t stops = found.delimiters;
        if (found.others != 0)
            stops &= found.others ^ (found.others - 1); /* those before the first of the others */
        for (; stops != 0; stops &= stops - 1) {
            const char *stop = block + __builtin_ctzll(stops);
            if (next < last)
                *next++ = (text){cell, (size_t)(stop - cell)};
            else
                return false;
            cell = stop + 1;
        }
        if (found.others != 0) {
            const char *stop = block + __builtin_ctzll(found.others);
            if (*stop == '"' || *stop == '\0')
                return false;
            out->count = (size_t)(next - out->cells);
            put_cell(out, cell, stop);
            r->at += next_line(stop, r->end) - r->at;
            return true;
        }
    }
}

/* ---- the careful way ---- */

typedef struct scanned_cell {
    const char *begin, *end; /* the content, without its quotes */
    const char *stop;        /* the delimiter or line end behind it, or the end of the text */
    bool doubled;            /* holds a doubled quote */
    csv_flaw flaw;
} scanned_cell;

static bool is_stop(char c, char delimiter)
{
    return c == delimiter || c == '\n' || c == '\r';
}

static const char *find_stop(const char *p, const char *end, char delimiter)
{
    while (p < end && !is_stop(*p, delimiter))
        p++;
    return p;
}

static bool is_only_spaces(const char *p, const char *end)
{
    while (p < end && *p == ' ')
        p++;
    return p == end;
}

static const char *closing_quote(const char *p, const char *end, bool *doubled)
{
    while (p < end && (p = memchr(p, '"', (size_t)(end - p))) != NULL) {
        if (p + 1 == end || p[1] != '"')
            return p;
        *doubled = true;
        p += 2;
    }
    return NULL;
}

static scanned_cell scan_quoted(const char *p, const char *end, char delimiter)
{
    scanned_cell cell = {.begin = p + 1};
    const char *close = closing_quote(p + 1, end, &cell.doubled);
    cell.end = close ? close : end;
    cell.stop = close ? find_stop(close + 1, end, delimiter) : end;
    if (!close)
        cell.flaw = CSV_UNCLOSED_QUOTE;
    else if (!is_only_spaces(close + 1, cell.stop))
        cell.flaw = CSV_TEXT_AFTER_QUOTE;
    return cell;
}

static scanned_cell scan_cell(const char *p, const char *end, char delimiter)
{
    scanned_cell cell = {.begin = p};
    if (p < end && *p == '"') {
        cell = scan_quoted(p, end, delimiter);
    } else {
        cell.end = cell.stop = find_stop(p, end, delimiter);
        if (memchr(p, '"', (size_t)(cell.stop - p)))
            cell.flaw = CSV_STRAY_QUOTE;
    }
    if (cell.flaw == CSV_FINE && memchr(cell.begin, '\0', (size_t)(cell.stop - cell.begin)))
        cell.flaw = CSV_NUL;
    return cell;
}

/* Two quotes become one, in place: the reader may write to its text. */
static const char *undouble(char *begin, const char *end)
{
    char *to = begin;
    for (const char *from = begin; from < end; from++) {
        *to++ = *from;
        if (*from == '"')
            from++;
    }
    return to;
}

static void careful_record(csv_reader *r, csv_record *out)
{
    for (;;) {
        scanned_cell cell = scan_cell(r->at, r->end, r->delimiter);
        if (cell.doubled)
            cell.end = undouble(r->at + 1, cell.end);
        if (cell.flaw != CSV_FINE && out->flaw == CSV_FINE) {
            out->flaw = cell.flaw;
            out->flaw_cell = out->count;
        }
        put_cell(out, cell.begin, cell.end);
        if (cell.stop == r->end || *cell.stop != r->delimiter) {
            r->at += next_line(cell.stop, r->end) - r->at;
            return;
        }
        r->at += cell.stop + 1 - r->at;
    }
}

bool csv_next(csv_reader *r, csv_record *out)
{
    if (r->at >= r->end)
        return false;
    out->count = 0;
    out->surplus = false;
    out->flaw = CSV_FINE;
    out->row = ++r->row;
    if (!quick_record(r, out)) {
        out->count = 0;
        out->surplus = false;
        careful_record(r, out);
    }
    return true;
}

bool csv_is_blank(const csv_record *record)
{
    if (record->surplus)
        return false;
    size_t count = record->count < record->capacity ? record->count : record->capacity;
    for (size_t i = 0; i < count; i++)
        if (text_trim(record->cells[i]).length > 0)
            return false;
    return true;
}

/* ---- the whole of a text ---- */

static size_t choice_of(char c)
{
    return c == ',' ? 0 : c == '\t' ? 1 : c == ';' ? 2 : 3;
}

/* A quote opens a cell only at its beginning, whichever of the three turns out to part the cells. */
char csv_delimiter(const char *bytes, size_t length)
{
    static const char choices[3] = {',', '\t', ';'};
    size_t seen[4] = {0}, best = 0;
    bool quoted = false;
    for (size_t i = 0; i < length && (quoted || (bytes[i] != '\n' && bytes[i] != '\r')); i++) {
        if (quoted && bytes[i] == '"' && i + 1 < length && bytes[i + 1] == '"')
            i++;
        else if (bytes[i] == '"' && (quoted || i == 0 || choice_of(bytes[i - 1]) < 3))
            quoted = !quoted;
        else if (!quoted)
            seen[choice_of(bytes[i])]++;
    }
    for (size_t c = 1; c < 3; c++)
        if (seen[c] > seen[best])
            best = c;
    return choices[best];
}

static bool is_line_end(const char *bytes, size_t at, size_t length)
{
    return bytes[at] == '\n' || (bytes[at] == '\r' && at + 1 < length && bytes[at + 1] != '\n');
}

/* Behind the last line end that begins in bytes[from .. to); `from` when there is none. A CR as the last byte of all
 * may be half of a line end and is none yet. */
static size_t behind_last_line(const char *bytes, size_t from, size_t to, size_t length)
{
    for (size_t at = to; at > from; at--)
        if (is_line_end(bytes, at - 1, length))
            return at;
    return from;
}

/* Behind the record that starts at `at`; 0 when the bytes end before it does. */
static size_t behind_record(const char *bytes, size_t at, size_t length, char delimiter)
{
    for (;;) {
        scanned_cell cell = scan_cell(bytes + at, bytes + length, delimiter);
        at = (size_t)(cell.stop - bytes);
        if (at == length || (bytes[at] == '\r' && at + 1 == length))
            return 0;
        if (bytes[at] != delimiter)
            return (size_t)(next_line(cell.stop, bytes + length) - bytes);
        at++;
    }
}

size_t csv_cut(const char *bytes, size_t length, char delimiter)
{
    size_t cut = 0;
    for (;;) {
        const char *quote = cut < length ? memchr(bytes + cut, '"', length - cut) : NULL;
        if (!quote)
            return behind_last_line(bytes, cut, length, length);
        cut = behind_last_line(bytes, cut, (size_t)(quote - bytes), length);
        size_t behind = behind_record(bytes, cut, length, delimiter);
        if (behind == 0)
            return cut;
        cut = behind;
    }
}

/* So few at a time that a byte can count them: the compiler then looks at sixteen at once. */
static size_t count_byte(const char *bytes, size_t length, char wanted)
{
    size_t count = 0;
    for (size_t at = 0; at < length;) {
        size_t end = length - at > UINT8_MAX ? at + UINT8_MAX : length;
        uint8_t few = 0;
        for (; at < end; at++)
            few = (uint8_t)(few + (bytes[at] == wanted));
        count += few;
    }
    return count;
}

size_t csv_most_records(const char *bytes, size_t length)
{
    size_t count = length > 0 && bytes[length - 1] != '\n' && bytes[length - 1] != '\r';
    count += count_byte(bytes, length, '\n');
    const char *end = bytes + length, *at = bytes;
    while ((at = memchr(at, '\r', (size_t)(end - at))) != NULL) {
        at++;
        count += at == end || *at != '\n';
        if (at == end)
            break;
    }
    return count;
}
