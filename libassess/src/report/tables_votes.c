/* tables_votes: how many ballots chose what. */
#include "report/counts.h"
#include "report/tables_parts.h"
#include "report/votes.h"

static void choice_column(grid *g, vote_choice c)
{
    text words = label_in(c.words, g->language);
    grid_column_text(g, c.id, words, CELLS_NUMBER);
}

static void columns(grid *g, const votes *v)
{
    who_columns(g, named_at(v->r->plan, 0), !has_no_unit(v->r->plan, 0));
    grid_column_word(g, "role", MSG_table_role, CELLS_TEXT);
    grid_column_word(g, "item", MSG_table_item, CELLS_TEXT);
    grid_column_word(g, "ballots", MSG_table_vote_ballots, CELLS_NUMBER);
    for (size_t i = 0; i < v->choice_count; i++)
        choice_column(g, v->choices[i]);
    grid_column_word(g, "votes", MSG_table_vote_counts, CELLS_TEXT);
}

/* The number of the line's choice that the column stands for; SIZE_MAX: it has none. */
static size_t choice_in(const votes *v, const vote_line *line, const vote_choice *column)
{
    for (size_t c = 0; c < line->choices; c++) {
        vote_choice own = votes_choice(v->r->plan, line, c);
        if (text_equal(own.id, column->id) && text_equal(own.words.zh, column->words.zh))
            return c;
    }
    return SIZE_MAX;
}

static void count_cells(grid *g, const votes *v, const vote_line *line, const uint32_t *given, bool shown)
{
    for (size_t i = 0; i < v->choice_count; i++) {
        size_t c = shown ? choice_in(v, line, &v->choices[i]) : SIZE_MAX;
        if (c == SIZE_MAX)
            grid_empty(g);
        else
            grid_integer(g, given[c]);
    }
}

/* All of them in words: forms know no columns of a scheme. */
static void words_cell(grid *g, const votes *v, const vote_line *line, const uint32_t *given)
{
    buffer words = {0};
    for (size_t c = 0; c < line->choices; c++) {
        if (c)
            buffer_add_string(&words, g->language == ASSESS_ZH ? "，" : ", ");
        buffer_add_text(&words, label_in(votes_choice(v->r->plan, line, c).words, g->language));
        buffer_add_char(&words, ' ');
        buffer_add_integer(&words, given[c]);
    }
    grid_buffer(g, &words);
}

static uint64_t sum_of(const uint32_t *given, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += given[i];
    return sum;
}

static void line_row(grid *g, const votes *v, uint32_t subject, const vote_line *line)
{
    const plan *p = v->r->plan;
    const uint32_t *given = votes_of(v, subject, line);
    vote_state state = votes_may_be_shown(v, subject, line);
    who_cells(g, v->r, subject, !has_no_unit(p, 0));
    grid_label(g, p->roles[line->role].words);
    if (line->item == ITEM_TOTAL)
        grid_word(g, MSG_table_vote_total);
    else
        grid_label(g, p->items[line->item].words);
    grid_integer(g, (int64_t)sum_of(given, line->choices));
    count_cells(g, v, line, given, state == VOTES_SHOWN);
    if (state == VOTES_SHOWN)
        words_cell(g, v, line, given);
    else
        grid_word(g, state == VOTES_FEW ? MSG_table_votes_few : MSG_table_votes_agreed);
}

void table_votes(const table_request *q, grid *g)
{
    votes v;
    grid_begin_word(g, q->id, MSG_table_votes, q->language);
    grid_note(g, message_of(MSG_table_votes_note));
    g->failed |= !votes_take(q->r, &v);
    columns(g, &v);
    for (uint32_t s = 0; s < q->r->count && !g->failed; s++)
        for (size_t l = 0; l < v.line_count; l++)
            if (sum_of(votes_of(&v, s, &v.lines[l]), v.lines[l].choices))
                line_row(g, &v, s, &v.lines[l]);
    votes_free(&v);
}
