/* result.c: reading a result, and its words. */
#include "engine/run.h"

const char *status_id(subject_status s)
{
    static const char *const ids[STATUS_COUNT] = {"assessed", "excluded", "incomplete"};
    return ids[s];
}

const char *flag_id(result_flag f)
{
    switch (f) {
    case FLAG_VETO: return "veto";
    case FLAG_CAPPED: return "capped";
    case FLAG_GAP: return "gap";
    case FLAG_TIE: return "tie";
    case FLAG_QUOTA: return "quota";
    case FLAG_OVERRIDE: return "override";
    case FLAG_END: break;
    }
    return "";
}

static void workings_free(struct workings *w)
{
    if (!w)
        return;
    for (size_t i = 0; w->columns && w->groups && i < w->node_count; i++) {
        column_free(w->columns[i]);
        group_column_free(w->groups[i]);
    }
    for (size_t i = 0; i < w->membership_count; i++) {
        mem_free(w->memberships[i]->group);
        mem_free(w->memberships[i]);
    }
    inputs_free(w->inputs);
    void *blocks[] = {w->places, w->slot_list, w->tallies, w->listed, w->event_start, w->event_entries, w->level,
                      w->unit_of, w->filter_marks, w->memberships, w->columns, w->groups, w->kept, w};
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        mem_free(blocks[i]);
}

struct workings *workings_new(const plan *p)
{
    struct workings *w = mem_zalloc(1, sizeof *w);
    if (!w)
        return NULL;
    w->node_count = p->node_count;
    w->columns = mem_zalloc(p->node_count + 1, sizeof *w->columns);
    w->groups = mem_zalloc(p->node_count + 1, sizeof *w->groups);
    w->kept = mem_zalloc(p->node_count + 1, sizeof *w->kept);
    if (w->columns && w->groups && w->kept)
        return w;
    workings_free(w);
    return NULL;
}

void result_free(result *r)
{
    if (!r)
        return;
    workings_free(r->inner);
    void *columns[] = {r->status, r->score, r->grade, r->rank, r->flags, r->findings, r->own_marks, r->sheet_refused};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        mem_free(columns[i]);
    mem_free(r);
}

uint32_t result_level(const result *r, uint32_t subject) { return level_of(r->inner, subject); }

/* Who is ranked with whom on that level; NULL: not ranked. */
static const membership *ranked_within(const result *r, size_t level)
{
    const plan_level *l = &r->plan->levels[level];
    const group_column *g = r->inner && l->rank != SIZE_MAX ? r->inner->groups[r->plan->statements[l->rank].node] : NULL;
    return g ? g->of : NULL;
}

uint32_t result_rank_group(const result *r, uint32_t subject)
{
    const membership *m = ranked_within(r, level_of(r->inner, subject));
    return m ? group_of(m, subject) : 0;
}

bool result_ranks_groups(const result *r, size_t level)
{
    const membership *m = ranked_within(r, level);
    return m && m->key != GROUP_BY_BATCH;
}

/* A word of the scheme as people read it; any other text stands for itself. */
static text word_shown(const plan *p, text word, assess_language language)
{
    for (size_t i = 0; i < p->word_count; i++)
        if (text_equal(p->words[i].id, word) && label_in(p->words[i].words, language).length)
            return label_in(p->words[i].words, language);
    return word;
}

text result_rank_group_name(const result *r, uint32_t subject, assess_language language)
{
    const membership *m = ranked_within(r, level_of(r->inner, subject));
    text word = m ? result_group_word(r, m->key, m->attribute, subject) : TEXT("");
    return m && m->key == GROUP_BY_ATTRIBUTE ? word_shown(r->plan, word, language) : word;
}

const finding *result_findings(const result *r, uint32_t subject, size_t *count)
{
    size_t low = 0, high = r->finding_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->findings[middle].subject < subject)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < r->finding_count && r->findings[low + *count].subject == subject)
        ++*count;
    return r->findings + low;
}

size_t result_print_score(const result *r, uint32_t subject, char out[64])
{
    out[0] = '\0';
    uint32_t level = level_of(r->inner, subject);
    if (r->status[subject] != STATUS_ASSESSED || r->plan->levels[level].score == SIZE_MAX)
        return 0;
    decimal unit = plan_score_rounding(r->plan, level).unit;
    return decimal_print((int128)r->score[subject] * unit.coeff, unit.scale, out);
}

void result_print_flags(const result *r, uint32_t subject, buffer *out)
{
    bool first = true;
    for (unsigned f = 1; f < FLAG_END; f <<= 1) {
        if (!(r->flags[subject] & f))
            continue;
        if (!first)
            buffer_add_char(out, ';');
        buffer_add_string(out, flag_id((result_flag)f));
        first = false;
    }
}

/* --- the words of a finding --- */

typedef struct speaker {
    const result *r;
    assess_language language;
    buffer *out;
} speaker;

static void say(speaker *w, const char *zh, const char *en) { buffer_add_string(w->out, w->language == ASSESS_ZH ? zh : en); }
static void say_label(speaker *w, label l) { buffer_add_text(w->out, label_in(l, w->language)); }

static void say_clause(speaker *w, origin at)
{
    text number = plan_clause_number(w->r->plan, at);
    buffer_add_text(w->out, number);
    if (number.length)
        buffer_add_char(w->out, ' ');
}

static void say_fraction(speaker *w, fraction f)
{
    char digits[160];
    buffer_add(w->out, digits, fraction_print(f, digits, sizeof digits));
}

static void say_roles(speaker *w, uint32_t roles)
{
    bool first = true;
    for (size_t r = 0; r < w->r->plan->role_count; r++) {
        if (!(roles >> r & 1))
            continue;
        if (!first)
            say(w, "、", ", ");
        first = false;
        say_label(w, w->r->plan->roles[r].words);
    }
}

static void say_few_ballots(speaker *w, const ballot_source *s)
{
    if (s->least <= 1) {
        say(w, "没有有效的", "no ballot of ");
        say_roles(w, s->roles);
        say(w, "评分", " that counts");
        return;
    }
    say(w, "有效的", "fewer than ");
    if (w->language == ASSESS_EN) {
        buffer_add_integer(w->out, s->least);
        buffer_add_string(w->out, " ballots of ");
    }
    say_roles(w, s->roles);
    say(w, "评分不足 ", " that count");
    if (w->language == ASSESS_ZH) {
        buffer_add_integer(w->out, s->least);
        buffer_add_string(w->out, " 张");
    }
}

static void say_missing(speaker *w, node_id id)
{
    const plan *p = w->r->plan;
    const node *n = &p->nodes[id];
    if (n->op == OP_BALLOTS) {
        say_few_ballots(w, &p->ballots[n->source]);
    } else if (n->op == OP_MONTHS_IN_POST) {
        say(w, "没有到岗日期", "no start date");
    } else if (n->op == OP_OF_UNIT) {
        say(w, "没有", "nothing for ");
        plan_print_node(p, id, w->language, w->out);
    } else if (op_is_source(n->op)) {
        say(w, "没有“", "no “");
        plan_print_node(p, id, w->language, w->out);
        say(w, "”", "”");
    } else if (n->op == OP_TABLE) {
        say(w, "表中没有适用的一行：", "no row of the table holds for ");
        plan_print_node(p, n->args[0], w->language, w->out);
    } else {
        say(w, "", "nothing to work out ");
        plan_print_node(p, id, w->language, w->out);
        say(w, "无法算出", "");
    }
}

static void say_gap(speaker *w, uint32_t subject, uint32_t grade)
{
    const plan *p = w->r->plan;
    char score[64], low[64], high[64];
    result_print_score(w->r, subject, score);
    decimal_print(p->grades[grade].printed_to.coeff, p->grades[grade].printed_to.scale, low);
    decimal_print(p->grades[grade - 1].from.coeff, p->grades[grade - 1].from.scale, high);
    say(w, "得分 ", "the score ");
    buffer_add_string(w->out, score);
    say(w, "，介于文件规定的 ", " lies between the printed figures ");
    buffer_add_string(w->out, low);
    say(w, " 分与 ", " and ");
    buffer_add_string(w->out, high);
    say(w, " 分之间，暂评为", ", taken as ");
    say_label(w, p->grades[grade].words);
}

/* What the statement made of the grade. */
static void say_change(speaker *w, const finding *f)
{
    const plan *p = w->r->plan;
    uint32_t before = (uint32_t)f->figure.num, after = f->grade;
    say_label(w, p->statements[f->about].words);
    if (before == after || before >= p->grade_count)
        return;
    buffer_add_string(w->out, w->language == ASSESS_ZH ? "：" : ": ");
    say_label(w, p->grades[before].words);
    buffer_add_string(w->out, " → ");
    if (after < p->grade_count)
        say_label(w, p->grades[after].words);
    else
        say(w, "不定等次", "no grade");
}

void finding_print(const result *r, const finding *f, assess_language language, buffer *out)
{
    speaker w = {r, language, out};
    const plan *p = r->plan;
    const statement *s = f->about < p->statement_count ? &p->statements[f->about] : NULL;
    switch (f->kind) {
    case FINDING_EXCLUDED:
        say_clause(&w, s->at);
        say_label(&w, s->words);
        break;
    case FINDING_MISSING:
        say_clause(&w, p->nodes[f->about].at);
        say_missing(&w, f->about);
        break;
    case FINDING_REMARK:
        say_clause(&w, s->at);
        say_label(&w, s->words);
        say(&w, "：", " ");
        say_fraction(&w, f->figure);
        break;
    case FINDING_CAPPED:
        say_clause(&w, s->at);
        say(&w, "算得 ", "worked out to ");
        say_fraction(&w, f->figure);
        say(&w, "，按上限或下限计", ", held at the limit");
        break;
    case FINDING_GAP:
        say_clause(&w, p->grades[f->about].at);
        say_gap(&w, f->subject, f->about);
        break;
    case FINDING_REFUSED:
    case FINDING_LIST:
        say_clause(&w, s->at);
        say_label(&w, s->words);
        break;
    case FINDING_QUOTA_LINE:
    case FINDING_QUOTA_SHORT:
        say_clause(&w, s->at);
        say_label(&w, s->words);
        if (f->kind == FINDING_QUOTA_LINE)
            say(&w, "：在名额界线上并列，待研究确定", ": tied at the line, to be decided");
        else
            say(&w, "：名额下限未满，依次应列入，待研究确定", ": below the lower limit, next in line, to be decided");
        break;
    case FINDING_QUOTA_LISTED:
        say_clause(&w, s->at);
        say_label(&w, s->words);
        say(&w, "：超出名额，待研究确定", ": over the quota, to be decided");
        break;
    case FINDING_COUNT: break;
    case FINDING_VETO:
    case FINDING_LIMIT:
    case FINDING_QUOTA:
        say_clause(&w, s->at);
        say_change(&w, f);
        break;
    }
}

void result_print_reasons(const result *r, uint32_t subject, assess_language language, buffer *out)
{
    size_t count;
    const finding *f = result_findings(r, subject, &count);
    for (size_t i = 0; i < count; i++) {
        if (i)
            buffer_add_char(out, ';');
        finding_print(r, &f[i], language, out);
    }
}
