/* days.c: days counted forward and back. What is not a whole number of days, leaves the years 1 … 9999, or needs a year that the
 * calendar lacks, could not be computed. */
#include "engine/run.h"

enum { FAR = 4000000 }; /* more days than there are in the years 1 … 9999 */

static bool whole(fraction f, int64_t *out)
{
    fraction r = f.den == 1 ? f : fraction_reduce(f);
    *out = (int64_t)r.num;
    return r.den == 1 && r.num <= FAR && r.num >= -FAR;
}

static bool exists(int64_t day)
{
    date first = 0, last = 0;
    date_make(1, 1, 1, &first);
    date_make(9999, 12, 31, &last);
    return day >= first && day <= last;
}

static bool workdays(const calendar *c, date from, date to, fraction *out)
{
    if (to <= from) {
        *out = fraction_of(0, 1);
        return true;
    }
    if (!calendar_covers(c, from) || !calendar_covers(c, to))
        return false;
    *out = fraction_of(calendar_count(c, from, to), 1);
    return true;
}

static bool count_days(const plan *p, node_op op, fraction a, fraction b, fraction *out)
{
    int64_t n, day = (int64_t)a.num;
    date found;
    if (op == OP_WORKDAYS)
        return workdays(p->calendar, (date)a.num, (date)b.num, out);
    if (!whole(b, &n))
        return false;
    if (op == OP_AT) {
        *out = fraction_of(day * 24 * 60 + n, 1);
        return true;
    }
    if (op == OP_PLUS_WORKDAYS) {
        if (!calendar_step(p->calendar, (date)a.num, n, &found))
            return false;
        day = found;
    } else {
        day = op == OP_PLUS_MONTHS ? date_add_months((date)day, (int)n) : day + n;
    }
    *out = fraction_of(day, 1);
    return exists(day);
}

void take_days(block *k, node_id id, const node *n, fraction *out, node_id *missing)
{
    const plan *p = k->outcome->plan;
    const node_id a = n->args[0] * BLOCK, b = n->args[1] * BLOCK;
    for (size_t i = 0; i < k->lanes; i++) {
        missing[i] = k->missing[a + i] != NODE_NONE ? k->missing[a + i] : k->missing[b + i];
        out[i] = fraction_of(0, 1);
        if (missing[i] == NODE_NONE && !count_days(p, n->op, lane_value(k, n->args[0], i), lane_value(k, n->args[1], i), &out[i])) {
            missing[i] = id | BROKEN;
            k->broken = true;
        }
    }
}

int year_not_covered(const plan *p, const node *n, fraction a, fraction b)
{
    int year = 0, month, day;
    int64_t steps;
    date found = (date)a.num;
    if (n->op == OP_WORKDAYS && !calendar_covers(p->calendar, (date)b.num))
        found = (date)b.num;
    else if (n->op == OP_PLUS_WORKDAYS && whole(b, &steps))
        calendar_step(p->calendar, (date)a.num, steps, &found);
    if ((n->op == OP_WORKDAYS || n->op == OP_PLUS_WORKDAYS) && !calendar_covers(p->calendar, found))
        date_split(found, &year, &month, &day);
    return year;
}

/* The installation's calendar is to blame, not the input. */
assess_status refuse_year(const result *r, int year, uint32_t subject, assess_error *err)
{
    char digits[64];
    size_t n = decimal_print(year, 0, digits);
    text file = r->plan->files[r->plan->calendar_file].name, id = r->batch->people.ids.texts[subject];
    return error_set_at(err, ASSESS_E_RULES, message_of3(MSG_calendar_year, file, (text){digits, n}, id), file.bytes, 0, NULL);
}

int year_of_window_not_covered(const plan *p, const event_source *s)
{
    int year = 0, month, day;
    date_span window = engine_window(p, s);
    date lacking = calendar_covers(p->calendar, window.from) ? window.to : window.from;
    if (!calendar_covers(p->calendar, lacking))
        date_split(lacking, &year, &month, &day);
    return year;
}
