/* tables_input.c: what has been read, as tables: people, and who is asked to rate whom. Templates and forms are filled in from them. */
#include "report/readiness.h"
#include "report/tables.h"

#include <string.h>

/* ---- people ---- */

static text attribute_title(const plan *p, text name, assess_language language)
{
    size_t known = plan_find_attribute(p, name);
    return known == SIZE_MAX ? name : label_in(p->attributes[known].words, language);
}

static uint32_t level_of(const batch *b, uint32_t subject) { return vocabulary_level(&b->words, b->people.category[subject]); }

static void person_row(const plan *p, const batch *b, uint32_t i, grid *g)
{
    const subjects *s = &b->people;
    grid_text(g, s->ids.texts[i]);
    grid_text(g, s->name[i]);
    grid_text(g, s->unit[i]);
    grid_text(g, s->category[i]);
    grid_text(g, s->post[i]);
    grid_date(g, s->start[i]);
    grid_text(g, p->levels[level_of(b, i)].id);
    for (size_t a = 0; a < s->attribute_count; a++)
        grid_text(g, s->attributes[a][i]);
}

static void make_people(const plan *p, const batch *b, grid *g)
{
    grid_column_word(g, "id", MSG_report_id, CELLS_TEXT);
    grid_column_word(g, "name", MSG_report_person, CELLS_TEXT);
    grid_column_word(g, "unit", MSG_report_unit, CELLS_TEXT);
    grid_column_word(g, "category", MSG_table_category, CELLS_TEXT);
    grid_column_word(g, "post", MSG_table_post, CELLS_TEXT);
    grid_column_word(g, "start", MSG_table_start, CELLS_DATE);
    grid_column_word(g, "level", MSG_table_level, CELLS_TEXT);
    for (size_t a = 0; a < b->people.attribute_count; a++) {
        text name = b->people.attribute_names[a];
        grid_column_text(g, name, attribute_title(p, name, g->language), CELLS_TEXT);
    }
    for (uint32_t i = 0; i < b->people.count && !g->failed; i++)
        person_row(p, b, i, g);
}

/* ---- raters, as they were read ---- */

static void make_raters(const plan *p, const batch *b, grid *g)
{
    grid_column_word(g, "rater", MSG_table_rater, CELLS_TEXT);
    grid_column_word(g, "role", MSG_table_role, CELLS_TEXT);
    grid_column_word(g, "subject", MSG_table_subject, CELLS_TEXT);
    grid_column_word(g, "unit", MSG_report_unit, CELLS_TEXT);
    grid_column_word(g, "name", MSG_report_person, CELLS_TEXT);
    for (size_t i = 0; i < b->asked.count && !g->failed; i++) {
        const assignment *a = &b->asked.rows[i];
        grid_text(g, b->asked.raters.texts[a->rater]);
        grid_text(g, p->roles[a->role].id);
        grid_text(g, a->subject == SUBJECT_NONE ? TEXT("") : b->people.ids.texts[a->subject]);
        grid_text(g, a->unit == UNIT_NONE ? TEXT("") : b->asked.units.texts[a->unit]);
        grid_text(g, b->asked.names[a->rater]);
    }
}

/* ---- raters, a row for everybody whom each of them is asked about ---- */

typedef struct asking_all {
    const plan *p;
    const batch *b;
    grid *g;
    readiness roles;  /* which level is rated in which role */
    uint32_t self;    /* the role in which people rate themselves; UINT32_MAX */
    bool *asked;      /* [subject]: by this rater in this role */
} asking_all;

static bool is_rated(const asking_all *all, uint32_t subject, uint32_t role)
{
    return all->roles.reads[level_of(all->b, subject)] >> role & 1;
}

static bool covers(const asking_all *all, const assignment *a, uint32_t subject)
{
    if (a->subject != SUBJECT_NONE)
        return a->subject == subject;
    bool of_unit = a->unit == UNIT_NONE || text_equal(all->b->people.unit[subject], all->b->asked.units.texts[a->unit]);
    return of_unit && is_rated(all, subject, a->role);
}

/* Nobody rates himself but in the role that is there for it, and in that role nobody else. */
static void take_row(asking_all *all, const assignment *a, uint32_t own)
{
    for (uint32_t i = 0; i < all->b->people.count; i++)
        if ((a->role == all->self) == (i == own) && covers(all, a, i))
            all->asked[i] = true;
}

static void asked_row(const asking_all *all, uint32_t rater, uint32_t role, uint32_t subject)
{
    const batch *b = all->b;
    grid_text(all->g, b->asked.raters.texts[rater]);
    grid_text(all->g, b->asked.names[rater]);
    grid_text(all->g, all->p->roles[role].id);
    grid_text(all->g, b->people.ids.texts[subject]);
    grid_text(all->g, b->people.name[subject]);
    grid_text(all->g, b->people.unit[subject]);
}

static void ask_rater(asking_all *all, uint32_t rater, uint32_t role)
{
    const assignments *list = &all->b->asked;
    uint32_t own = intern_find(&all->b->people.ids, list->raters.texts[rater]);
    bool any = false;
    for (size_t i = 0; i < list->count; i++)
        if (list->rows[i].rater == rater && list->rows[i].role == role) {
            take_row(all, &list->rows[i], own);
            any = true;
        }
    for (uint32_t i = 0; any && i < all->b->people.count; i++) {
        if (all->asked[i] && !all->g->failed)
            asked_row(all, rater, role, i);
        all->asked[i] = false;
    }
}

static uint32_t find_self(const plan *p)
{
    for (uint32_t i = 0; i < p->role_count; i++)
        if (text_equal(p->roles[i].id, TEXT("self")))
            return i;
    return UINT32_MAX;
}

static void make_asked(const plan *p, const batch *b, grid *g)
{
    const result bare = {.plan = p, .batch = b};
    asking_all all = {.p = p, .b = b, .g = g, .roles = {.r = &bare}, .self = find_self(p)};
    grid_column_word(g, "rater", MSG_table_rater, CELLS_TEXT);
    grid_column_word(g, "name", MSG_report_person, CELLS_TEXT);
    grid_column_word(g, "role", MSG_table_role, CELLS_TEXT);
    grid_column_word(g, "subject", MSG_table_subject, CELLS_TEXT);
    grid_column_word(g, "subject_name", MSG_report_person, CELLS_TEXT);
    grid_column_word(g, "unit", MSG_report_unit, CELLS_TEXT);
    readiness_find_roles(&all.roles);
    all.asked = mem_zalloc(b->people.count + 1, sizeof *all.asked);
    g->failed |= !all.asked || all.roles.failed;
    for (uint32_t rater = 0; !g->failed && rater < b->asked.raters.count; rater++)
        for (uint32_t role = 0; role < p->role_count; role++)
            ask_rater(&all, rater, role);
    mem_free(all.asked);
    arena_free(&all.roles.memory);
}

/* ---- by name ---- */

static const struct {
    const char *id;
    message_id title;
    void (*make)(const plan *p, const batch *b, grid *g);
} all_tables[] = {{"people", MSG_table_people, make_people},
                  {"raters", MSG_table_raters, make_raters},
                  {"asked", MSG_table_asked, make_asked}};

bool batch_table_make(const plan *p, const batch *b, const char *id, assess_language language, grid *out)
{
    for (size_t i = 0; i < sizeof all_tables / sizeof *all_tables; i++) {
        if (strcmp(all_tables[i].id, id) != 0)
            continue;
        grid_begin_word(out, id, all_tables[i].title, language);
        all_tables[i].make(p, b, out);
        return true;
    }
    return false;
}
