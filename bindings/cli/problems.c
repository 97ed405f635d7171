/* problems: what is wrong with the tables, a line each: file, row, column and header, then what to do. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

enum { TERMINAL_LIMIT = 200, NAME_ROOM = 8192 };

/* 1 = A, 26 = Z, 27 = AA: as a spreadsheet names its columns. */
static const char *column_letters(uint32_t column, char out[16])
{
    char *at = out + 15;
    *at = '\0';
    for (; column > 0; column = (column - 1) / 26)
        *--at = (char)('A' + (column - 1) % 26);
    return at;
}

static word_id form_of(const assess_problem *p)
{
    static const word_id forms[2][4] = {{WORD_AT_FILE, WORD_AT_ROW, WORD_AT_COLUMN, WORD_AT_HEADER},
                                        {WORD_AT_FILE, WORD_IN_SHEET_AT_ROW, WORD_IN_SHEET_AT_COLUMN, WORD_IN_SHEET_AT_HEADER}};
    return forms[*p->sheet != '\0'][p->row == 0 ? 0 : p->column == 0 ? 1 : *p->header ? 3 : 2];
}

/* "list.xlsx [ratings]"; of a file of text its name. A name that is longer than any path is cut. */
static const char *put_name(const assess_problem *p, char out[NAME_ROOM])
{
    if (*p->sheet == '\0')
        return p->file;
    snprintf(out, NAME_ROOM, "%s [%s]", p->file, p->sheet);
    return out;
}

static void put_place(const cli *c, const assess_problem *p)
{
    char row[16], letters[16], name[NAME_ROOM];
    snprintf(row, sizeof row, "%lu", (unsigned long)p->row);
    put_style(stderr, c->color_err, STYLE_BOLD);
    say(stderr, c->screen, form_of(p), ARGS(put_name(p, name), row, column_letters(p->column, letters), p->header));
    put_style(stderr, c->color_err, STYLE_PLAIN);
    if (*p->file)
        fputs(word(c->screen, WORD_COLON), stderr);
}

static void put_problem(const cli *c, const assess_problem *p)
{
    bool is_error = p->severity == ASSESS_SEVERITY_ERROR;
    put_place(c, p);
    put_style(stderr, c->color_err, is_error ? STYLE_RED : STYLE_YELLOW);
    fputs(word(c->screen, is_error ? WORD_ERROR : WORD_NOTICE), stderr);
    put_style(stderr, c->color_err, STYLE_PLAIN);
    fputs(word(c->screen, WORD_COLON), stderr);
    put_visible(stderr, p->message[c->screen]);
    putc('\n', stderr);
}

/* Prints those of one severity, at most `room` of them; returns how many there were. Ctrl-C ends a long list. */
static size_t put_severity(const cli *c, assess_batch *batch, assess_severity severity, size_t room)
{
    size_t seen = 0;
    for (size_t i = 0; i < assess_batch_problem_count(batch) && !stop_signal(); i++) {
        assess_problem p = {.size = sizeof p};
        if (assess_batch_problem(batch, i, &p, NULL) != ASSESS_OK || p.severity != severity)
            continue;
        if (seen++ < room)
            put_problem(c, &p);
    }
    return seen;
}

static void put_more(const cli *c, word_id words, size_t more)
{
    char number[24];
    snprintf(number, sizeof number, "%zu", more);
    if (more == 0)
        return;
    say(stderr, c->screen, words, ARGS(number));
    putc('\n', stderr);
}

/* With --json the list is what was asked for; on a wrong input every command prints it in place of its own. */
static bool put_json_problems(const cli *c, assess_batch *batch)
{
    char *list = NULL;
    if (assess_batch_problems(batch, c->screen, ASSESS_FORMAT_JSON, &list, NULL) != ASSESS_OK)
        return false;
    put_owned(c, list);
    return true;
}

/* The last line: so many that the rest is only counted. */
static void put_counted(const cli *c, assess_batch *batch)
{
    size_t all = assess_batch_error_count(batch) + assess_batch_notice_count(batch);
    put_more(c, WORD_MORE_COUNTED, all - assess_batch_problem_count(batch));
}

static void put_total(const cli *c, assess_batch *batch)
{
    char errors[24], notices[24];
    snprintf(errors, sizeof errors, "%zu", assess_batch_error_count(batch));
    snprintf(notices, sizeof notices, "%zu", assess_batch_notice_count(batch));
    say(stderr, c->screen, WORD_INPUT_WRONG, ARGS(errors, notices));
    putc('\n', stderr);
}

void print_problems(const cli *c, assess_batch *batch)
{
    size_t errors = assess_batch_error_count(batch), kept = assess_batch_problem_count(batch);
    size_t room = isatty(STDERR_FILENO) ? TERMINAL_LIMIT : kept;
    if (errors && c->json && put_json_problems(c, batch)) {
        put_total(c, batch);
        put_counted(c, batch);
        return;
    }
    size_t shown = put_severity(c, batch, ASSESS_SEVERITY_ERROR, room);
    if (!c->quiet && !stop_signal())
        shown += put_severity(c, batch, ASSESS_SEVERITY_NOTICE, shown < room ? room - shown : 0);
    if (stop_signal())
        return;
    put_more(c, WORD_MORE_PROBLEMS, shown > room ? shown - room : 0);
    if (errors)
        put_total(c, batch);
    if (errors || !c->quiet)
        put_counted(c, batch);
}
