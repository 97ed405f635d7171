/* line: cells of one row as ids, dates and numbers. A sentence about a cell says what was expected, what was found and
 * what to do. */
#include "exchange/sheet.h"

#include <string.h>

bool errors_are_only_counted(const problem_list *problems)
{
    return problems->errors >= PROBLEM_LIST_LIMIT;
}

void line_report(line *l, problem_severity severity, size_t column, message what)
{
    problem p = {.severity = severity, .what = what, .source = l->sheet->source, .row = l->row};
    if (column != NO_COLUMN) {
        p.column = (uint32_t)column + 1;
        p.header = l->sheet->written[column];
        p.value = line_trimmed(l, column);
    }
    problem_add(l->problems, p);
    l->wrong |= severity == PROBLEM_ERROR;
    l->failed |= l->problems->failed;
}

text line_trimmed(const line *l, size_t column)
{
    return column == NO_COLUMN ? TEXT("") : text_trim(l->cells[column]);
}

/* How many bytes, eight at a time, are ASCII from the blank on: in a word of them no byte has its highest bit, nor gets it by taking
 * a blank away. */
static size_t printable_end(const unsigned char *p, size_t length)
{
    const uint64_t blanks = 0x2020202020202020, highest = 0x8080808080808080;
    size_t at = 0;
    for (uint64_t word; at + sizeof word <= length; at += sizeof word) {
        memcpy(&word, p + at, sizeof word);
        if (((word - blanks) | word) & highest)
            break;
    }
    return at;
}

/* ASCII and the Chinese characters U+4000..U+9FFF, no blank at either end: text_clean leaves such a cell as it is, and
 * nearly all are. */
static bool is_plain(text cell)
{
    const unsigned char *p = (const unsigned char *)cell.bytes;
    if (cell.length == 0 || p[0] <= ' ' || p[cell.length - 1] == ' ')
        return false;
    for (size_t i = printable_end(p, cell.length); i < cell.length;) {
        if (p[i] >= ' ' && p[i] < 0x80)
            i++;
        else if (p[i] >= 0xE4 && p[i] <= 0xE9)
            i += 3;
        else
            return false;
    }
    return true;
}

text line_clean(line *l, size_t column)
{
    text out = TEXT("");
    if (column != NO_COLUMN && is_plain(l->cells[column]))
        return l->cells[column];
    if (column != NO_COLUMN && !text_clean(l->scratch, l->cells[column], &out)) {
        l->failed = true;
        return TEXT("");
    }
    return out;
}

bool line_date(line *l, size_t column, date *out)
{
    text written = line_trimmed(l, column);
    *out = DATE_NONE;
    if (written.length == 0)
        return true;
    switch (date_parse(written.bytes, written.length, out)) {
    case DATE_OK:
        return true;
    case DATE_DOES_NOT_EXIST:
        line_report(l, PROBLEM_ERROR, column, message_of1(MSG_input_date_does_not_exist, written));
        return false;
    case DATE_NOT_A_DATE:
        break;
    }
    line_report(l, PROBLEM_ERROR, column, message_of1(MSG_input_not_a_date, written));
    return false;
}

/* 90分, 15%, 3天: a number with something behind it deserves a better sentence than “not a number”. */
static bool is_number_with_unit(text t)
{
    size_t digits = 0, at = 0;
    while (at < t.length && ((t.bytes[at] >= '0' && t.bytes[at] <= '9') || t.bytes[at] == '.'))
        digits += t.bytes[at++] != '.';
    return digits > 0 && at < t.length;
}

message_id number_complaint(decimal_error error, text written)
{
    switch (error) {
    case DECIMAL_OK:
        return MESSAGE_COUNT;
    case DECIMAL_TOO_LONG:
        return MSG_input_number_too_long;
    case DECIMAL_EXPONENT:
        return MSG_input_number_exponent;
    case DECIMAL_NOT_A_NUMBER:
        break;
    }
    return is_number_with_unit(written) ? MSG_input_number_with_unit : MSG_input_not_a_number;
}

bool line_number(line *l, size_t column, bool negative, decimal *out)
{
    text written = line_clean(l, column);
    *out = (decimal){CELL_BLANK, 0};
    if (written.length == 0)
        return !l->failed;
    message_id complaint = number_complaint(decimal_parse(written.bytes, written.length, out), written);
    if (complaint == MESSAGE_COUNT && out->coeff < 0 && !negative)
        complaint = MSG_input_number_negative;
    if (complaint == MESSAGE_COUNT)
        return true;
    line_report(l, PROBLEM_ERROR, column, message_of1(complaint, line_trimmed(l, column)));
    return false;
}

/* Digits with up to 30 zeros more, or fewer, in front of them: the one subject that is written so, or SUBJECT_NONE. Spreadsheets
 * drop such zeros. */
static uint32_t find_with_other_zeros(const subjects *people, text id)
{
    enum { MOST_DIGITS = 32 };
    char padded[MOST_DIGITS];
    uint32_t found = SUBJECT_NONE;
    size_t zeros = 0;
    for (size_t i = 0; i < id.length; i++)
        if (id.bytes[i] < '0' || id.bytes[i] > '9')
            return SUBJECT_NONE;
    while (zeros < id.length && id.bytes[zeros] == '0')
        zeros++;
    size_t digits = id.length - zeros;
    if (digits == 0 || digits >= MOST_DIGITS)
        return SUBJECT_NONE;
    memset(padded, '0', MOST_DIGITS - digits);
    memcpy(padded + MOST_DIGITS - digits, id.bytes + zeros, digits);
    for (size_t length = digits; length <= MOST_DIGITS; length++) {
        uint32_t one = intern_find(&people->ids, (text){padded + MOST_DIGITS - length, length});
        if (one != INTERN_NONE && found != SUBJECT_NONE)
            return SUBJECT_NONE; /* which of them is anybody's guess */
        found = one != INTERN_NONE ? one : found;
    }
    return found;
}

void line_report_nobody(line *l, size_t column, text id, message_id plain)
{
    const subjects *people = &l->sheet->b->people;
    uint32_t likely = errors_are_only_counted(l->problems) ? SUBJECT_NONE : find_with_other_zeros(people, id);
    if (likely == SUBJECT_NONE)
        line_report(l, PROBLEM_ERROR, column, message_of1(plain, id));
    else
        line_report(l, PROBLEM_ERROR, column,
                    message_of3(MSG_input_id_zeros, id, people->ids.texts[likely],
                                people->name[likely].length ? people->name[likely] : people->ids.texts[likely]));
}

bool line_subject(line *l, size_t column, uint32_t *out)
{
    const subjects *people = &l->sheet->b->people;
    text id = line_clean(l, column);
    *out = SUBJECT_NONE;
    if (l->failed || column == NO_COLUMN) /* the header has been named for that */
        return false;
    if (id.length == 0) {
        line_report(l, PROBLEM_ERROR, column, message_of(MSG_input_subject_missing));
        return false;
    }
    *out = intern_find(&people->ids, id);
    if (*out != INTERN_NONE || people->count == 0)
        return true;
    line_report_nobody(l, column, id, MSG_input_subject_unknown);
    return false;
}
