/* mistakes.c: assess_mistakes_*. */
#include "api/handles.h"

assess_mistakes *mistakes_wrap(mistake_list list)
{
    assess_mistakes *m = mem_zalloc(1, sizeof *m);
    if (!m) {
        mistakes_free(&list);
        return NULL;
    }
    handle_open(&m->head, HANDLE_MISTAKES);
    m->list = list;
    return m;
}

void assess_mistakes_free(assess_mistakes *m)
{
    if (!handle_close(m, HANDLE_MISTAKES) || !handle_drop(m))
        return;
    mistakes_free(&m->list);
    mem_free(m);
}

static bool is_list(const assess_mistakes *m) { return handle_is_open(m, HANDLE_MISTAKES); }

size_t assess_mistakes_count(const assess_mistakes *m) { return is_list(m) ? m->list.count : 0; }

int assess_mistakes_more(const assess_mistakes *m) { return is_list(m) && m->list.more; }

assess_status assess_mistakes_get(const assess_mistakes *m, size_t index, assess_error *out, assess_error *err)
{
    assess_status s = handle_check(m, HANDLE_MISTAKES, "mistakes", err);
    if (s)
        return s;
    if (!out || index >= m->list.count)
        return bad_argument(err, "index, out");
    *out = m->list.items[index].said;
    return ASSESS_OK;
}
