/* session: see session.h. */
#include "session.h"

#include <signal.h>
#include <string.h>
#include <time.h>

#ifdef ASSESS_WITH_OFFICE
#include "order.h"
#endif

/* ---- signals ---- */

static volatile sig_atomic_t signal_seen;

static void on_signal(int number)
{
    signal_seen = number;
}

int stop_signal(void)
{
    return signal_seen;
}

/* What was ignored when we started (nohup, a job in the background) stays ignored. */
void catch_signals(void)
{
    static const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < COUNT_OF(numbers); i++) {
        struct sigaction old, now;
        memset(&now, 0, sizeof now);
        now.sa_handler = on_signal;
        now.sa_flags = SA_RESTART;
        if (sigaction(numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
            sigaction(numbers[i], &now, NULL);
    }
}

/* ---- progress ---- */

enum { BAR_COLUMNS = 30, FIRST_AFTER_MS = 400, AGAIN_AFTER_MS = 100 };

typedef struct progress {
    const cli *c;
    word_id what;
    long started, drawn; /* milliseconds */
    bool shown;
} progress;

static long now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long)(t.tv_sec % 1000000) * 1000 + t.tv_nsec / 1000000;
}

static progress progress_start(const cli *c, word_id what)
{
    long now = now_ms();
    return (progress){.c = c, .what = what, .started = now, .drawn = now - AGAIN_AFTER_MS};
}

static void draw(progress *p, uint64_t done, uint64_t total)
{
    size_t full = total ? (size_t)((double)done / (double)total * BAR_COLUMNS) : 0;
    if (full > BAR_COLUMNS)
        full = BAR_COLUMNS;
    fprintf(stderr, "\r%s [", word(p->c->screen, p->what));
    for (size_t i = 0; i < BAR_COLUMNS; i++)
        putc(i < full ? '#' : ' ', stderr);
    fprintf(stderr, "] %3u%%", total ? (unsigned)(full * 100 / BAR_COLUMNS) : 0);
    fflush(stderr);
    p->shown = true;
}

/* Short work shows no bar at all. */
static int on_progress(void *user, uint64_t done, uint64_t total)
{
    progress *p = user;
    long now = now_ms();
    if (p->c->bar && now - p->started >= FIRST_AFTER_MS && now - p->drawn >= AGAIN_AFTER_MS) {
        draw(p, done, total);
        p->drawn = now;
    }
    return signal_seen != 0;
}

int go_on(void *user, uint64_t done, uint64_t total)
{
    (void)user, (void)done, (void)total;
    return signal_seen != 0;
}

static void clear_line(void)
{
    putc('\r', stderr);
    put_spaces(stderr, BAR_COLUMNS + 24);
    putc('\r', stderr);
    fflush(stderr);
}

static void progress_end(progress *p)
{
    if (p->shown)
        clear_line();
}

/* For work that cannot tell how far it is. */
void step_begin(const cli *c, word_id what)
{
    if (!c->bar)
        return;
    fprintf(stderr, "\r%s …", word(c->screen, what));
    fflush(stderr);
}

void step_end(const cli *c)
{
    if (c->bar)
        clear_line();
}

/* ---- the way through ---- */

int session_open(const cli *c, const char *rules, const char *const *settings, size_t count, const char *period, session *s)
{
    assess_error err = {0};
    assess_scheme_options options = {.size = sizeof options,
                                     .folders = c->folders,
                                     .folder_count = c->folder_count,
                                     .settings = settings,
                                     .setting_count = count,
                                     .period = period};
    if (assess_scheme_load(rules, &options, &s->scheme, &err) != ASSESS_OK)
        return complain_error(c, &err);
    return ASSESS_OK;
}

int session_load(const cli *c, const arguments *a, const char *example, session *s)
{
    if (!a->value[OPT_RULES])
        return complain(c, ASSESS_E_CALL, WORD_NO_RULES, ARGS(example));
    if (!a->value[OPT_PERIOD])
        return complain(c, ASSESS_E_CALL, WORD_NO_PERIOD, ARGS(example));
    return session_open(c, a->value[OPT_RULES], a->list[OPT_SET], a->list_count[OPT_SET], a->value[OPT_PERIOD], s);
}

/* An error of reading stands among the problems, with its place; other errors stand alone. */
static int read_outcome(const cli *c, session *s, assess_status status, const assess_error *err)
{
    if (stop_signal())
        return stopped(c);
    if (status != ASSESS_OK && status != ASSESS_E_INPUT)
        return complain_error(c, err);
    if (status == ASSESS_E_INPUT && assess_batch_error_count(s->batch) == 0)
        return complain_error(c, err);
    return (int)status;
}

static assess_status read_tables(const arguments *a, size_t first, session *s, assess_error *err)
{
    assess_status status =
        assess_batch_read(s->batch, (const char *const *)(a->operands + first), a->operand_count - first, err);
    if (status != ASSESS_OK && status != ASSESS_E_INPUT)
        return status;
    assess_error later = {0}; /* what is wrong across tables is worth knowing even when a file is missing */
    assess_status finished = assess_batch_finish(s->batch, status == ASSESS_OK ? err : &later);
    return status == ASSESS_OK ? finished : status;
}

/* NULL: this program was built without libassess-office. */
static const assess_workbook_reader *workbook_reader(void)
{
#ifdef ASSESS_WITH_OFFICE
    return assess_office_workbooks();
#else
    return NULL;
#endif
}

int session_read(const cli *c, const arguments *a, size_t first, const char *example, session *s)
{
    assess_error err = {0};
    unsigned threads;
    progress bar = progress_start(c, WORD_READING);
    if (a->operand_count <= first)
        return complain(c, ASSESS_E_CALL, WORD_NO_INPUT, ARGS(example));
    if (!number_option(c, a, OPT_THREADS, 0, 1024, 0, &threads))
        return ASSESS_E_CALL;
    assess_batch_options options = {.size = sizeof options,
                                    .ignored_kinds = a->list[OPT_IGNORE],
                                    .ignored_kind_count = a->list_count[OPT_IGNORE],
                                    .threads = threads,
                                    .hash_inputs = 1,
                                    .progress = on_progress,
                                    .user = &bar,
                                    .workbooks = workbook_reader()};
    catch_signals();
    if (assess_batch_new(s->scheme, &options, &s->batch, &err) != ASSESS_OK)
        return complain_error(c, &err);
    assess_status status = read_tables(a, first, s, &err);
    progress_end(&bar);
    int outcome = read_outcome(c, s, status, &err);
    if (outcome == ASSESS_OK || (outcome == ASSESS_E_INPUT && assess_batch_error_count(s->batch)))
        print_problems(c, s->batch);
    return stop_signal() && outcome != EXIT_STOPPED + stop_signal() ? stopped(c) : outcome;
}

int session_compute(const cli *c, const arguments *a, session *s)
{
    assess_error err = {0};
    unsigned threads;
    progress bar = progress_start(c, WORD_COMPUTING);
    if (!number_option(c, a, OPT_THREADS, 0, 1024, 0, &threads))
        return ASSESS_E_CALL;
    assess_result_options options = {.size = sizeof options, .threads = threads, .progress = on_progress, .user = &bar};
    assess_status status = assess_result_new(s->batch, &options, &s->result, &err);
    progress_end(&bar);
    if (stop_signal())
        return stopped(c);
    return status == ASSESS_OK ? ASSESS_OK : complain_error(c, &err);
}

assess_status session_report(const cli *c, const arguments *a, session *s, const char *path, assess_error *err)
{
#ifdef ASSESS_WITH_OFFICE
    assess_office_report_options options = {.size = sizeof options, .language = c->files, .order = order_of(a)};
    return assess_office_write_report(s->result, path, &options, err);
#else
    (void)c, (void)a, (void)s, (void)path, (void)err;
    return ASSESS_E_CALL;
#endif
}

bool is_sealed(const char *path)
{
    size_t length = strlen(path);
    return length > 3 && strcmp(path + length - 3, ".db") == 0;
}

assess_status session_seal(const cli *c, const arguments *a, session *s, const char *path, char **anchor, assess_error *err)
{
    unsigned threads = 0;
    progress bar = progress_start(c, WORD_WRITING);
    number_option(c, a, OPT_THREADS, 0, 1024, 0, &threads); /* right, or nothing would have been computed */
    assess_seal_options options = {.size = sizeof options,
                                   .language = c->files,
                                   .threads = threads,
                                   .progress = on_progress,
                                   .user = &bar,
                                   .anchor = anchor};
    assess_status status = assess_store_seal(s->result, path, &options, err);
    progress_end(&bar);
    return status;
}

assess_status session_workbook(const cli *c, const arguments *a, session *s, const char *path, assess_error *err)
{
#ifdef ASSESS_WITH_OFFICE
    progress bar = progress_start(c, WORD_WRITING_WORKBOOK);
    assess_office_results_options options = {
        .size = sizeof options, .language = c->files, .order = order_of(a), .progress = on_progress, .user = &bar};
    assess_status status = assess_office_write_results(s->result, path, &options, err);
    progress_end(&bar);
    return status;
#else
    (void)c, (void)a, (void)s, (void)path, (void)err;
    return ASSESS_E_CALL;
#endif
}

int session_replay(const cli *c, const char *path, session *s)
{
    assess_error err = {0};
    step_begin(c, WORD_COMPUTING);
    assess_status status = assess_store_replay(path, &s->result, &s->sealed_in, &err);
    step_end(c);
    return status == ASSESS_OK ? ASSESS_OK : complain_error(c, &err);
}

void session_close(session *s)
{
    assess_result_free(s->result);
    assess_batch_free(s->batch);
    assess_scheme_free(s->scheme);
    *s = (session){0};
}
