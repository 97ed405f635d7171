/* assess forms: official forms for the people of a result. */
#include "forms.h"
#include "order.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session.h"

static const option_id options[] = {OPT_FORM,   OPT_FIELD, OPT_PERSON,  OPT_GRADE, OPT_ORDER, OPT_SEPARATE, OPT_FORM_FORMAT, OPT_FORM_OUT, OPT_LIST, OPT_RULES, OPT_PERIOD,
                                    OPT_SET,    OPT_IGNORE, OPT_THREADS, OPT_FORCE, OPT_LANG,     OPT_JSON,     OPT_QUIET, OPT_COLOR, OPT_HELP};

#ifdef ASSESS_WITH_OFFICE
#include <assess/office.h>

static const char EXAMPLE[] = "forms --form civil-servant bureau-2026/batch.db";
static const char EXAMPLE_TABLES[] = "forms --form civil-servant --rules bureau --period 2026 year-end/";

/* ---- the folder ---- */

/* Folders on the way to a file; those that were made are removed again when nothing comes of it. */
typedef struct way {
    char path[FORM_PATH];
    size_t made[64], count; /* lengths of the folders made, outermost first */
} way;

static bool make_way(way *w)
{
    for (char *at = w->path; *at;) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char was = *at;
        *at = '\0';
        bool made = mkdir(w->path, 0700) == 0, there = made || errno == EEXIST || errno == EISDIR;
        if (made && w->count < COUNT_OF(w->made))
            w->made[w->count++] = (size_t)(at - w->path);
        *at = was;
        if (!there)
            return false;
    }
    return true;
}

static void unmake_way(way *w)
{
    while (w->count > 0) {
        w->path[w->made[--w->count]] = '\0';
        rmdir(w->path);
    }
}

/* ---- writing ---- */

static void put_json(const cli *c, const char *path, const char *notices)
{
    (void)c;
    fputs("{\"schema\":\"assess.form/1\",\"path\":", stdout);
    put_json_text(stdout, path);
    fputs(",\"notices\":[", stdout);
    for (bool first = true; *notices; first = false) {
        size_t length = strcspn(notices, "\n");
        char line[1024];
        snprintf(line, sizeof line, "%.*s", (int)length, notices);
        if (!first)
            putchar(',');
        put_json_text(stdout, line);
        notices += length + (notices[length] == '\n');
    }
    puts("]}");
}

static void put_notices(const cli *c, const char *notices)
{
    while (*notices) {
        size_t length = strcspn(notices, "\n");
        char line[1024];
        snprintf(line, sizeof line, "%.*s", (int)length, notices);
        put_style(stderr, c->color_err, STYLE_YELLOW);
        fputs(word(c->screen, WORD_NOTICE), stderr);
        put_style(stderr, c->color_err, STYLE_PLAIN);
        fputs(word(c->screen, WORD_COLON), stderr);
        put_visible(stderr, line);
        putc('\n', stderr);
        notices += length + (notices[length] == '\n');
    }
}

static void report(const cli *c, const char *path, const char *notices)
{
    if (!c->quiet)
        put_notices(c, notices);
    if (c->json)
        put_json(c, path, notices);
    if (c->quiet || c->json)
        return;
    say(stdout, c->screen, WORD_WRITTEN_FORM, ARGS(path));
    putchar('\n');
}

static int write_form(const cli *c, const arguments *a, const char *form, const char *path, session *s)
{
    assess_error err = {0};
    char *notices = NULL;
    assess_office_form_options how = {.size = sizeof how,
                                      .language = c->files,
                                      .notices_in = c->screen,
                                      .force = a->value[OPT_FORCE] != NULL,
                                      .separate = a->value[OPT_SEPARATE] != NULL,
                                      .fields = a->list[OPT_FIELD],
                                      .field_count = a->list_count[OPT_FIELD],
                                      .ids = a->list[OPT_PERSON],
                                      .id_count = a->list_count[OPT_PERSON],
                                      .grade = a->value[OPT_GRADE],
                                      .order = order_of(a),
                                      .progress = go_on};
    if (assess_office_write_form(s->result, form, path, &how, &notices, &err) != ASSESS_OK)
        return complain_error(c, &err);
    report(c, path, notices);
    assess_text_free(notices);
    return ASSESS_OK;
}

static int write_into(const cli *c, const arguments *a, const char *form, const char *name, session *s)
{
    way w = {.count = 0};
    char path[FORM_PATH];
    catch_signals();
    const char *folder = a->value[OPT_FORM_OUT] ? a->value[OPT_FORM_OUT] : ".";
    const char *end = a->value[OPT_SEPARATE] ? "" : form_is_docx(form) ? ".docx" : ".html";
    snprintf(w.path, sizeof w.path, "%s", folder);
    if (snprintf(path, sizeof path, "%s/%s%s", folder, name, end) >= (int)sizeof path)
        return complain(c, ASSESS_E_CALL, WORD_OUT_TOO_LONG, NULL);
    int status = make_way(&w) ? write_form(c, a, form, strncmp(path, "./", 2) == 0 ? path + 2 : path, s)
                              : complain(c, ASSESS_E_SYSTEM, WORD_CANNOT_WRITE, ARGS(folder, failure_text(c, errno)));
    if (status != ASSESS_OK)
        unmake_way(&w);
    return status;
}

/* ---- the result ---- */

/* A sealed batch brings rules and period along; anything else needs them. */
static int get_result(const cli *c, const arguments *a, session *s)
{
    bool told = a->value[OPT_RULES] || a->value[OPT_PERIOD] || a->value[OPT_SET] || a->value[OPT_IGNORE];
    if (a->operand_count == 1 && is_sealed(a->operands[0])) {
        if (told)
            return complain(c, ASSESS_E_CALL, WORD_SEALED_WITH_RULES, ARGS(a->operands[0]));
        return session_replay(c, a->operands[0], s);
    }
    int status = session_load(c, a, EXAMPLE_TABLES, s);
    if (status == ASSESS_OK)
        status = session_read(c, a, 0, EXAMPLE_TABLES, s);
    return status == ASSESS_OK ? session_compute(c, a, s) : status;
}

static int forms(cli *c, const arguments *a)
{
    session s = {0};
    char path[FORM_PATH], name[FORM_NAME];
    if (a->value[OPT_LIST])
        return list_forms(c);
    if (!a->value[OPT_FORM])
        return complain(c, ASSESS_E_CALL, WORD_NO_FORM, ARGS(EXAMPLE));
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_INPUT, ARGS(EXAMPLE));
    if (!find_form(c, a->value[OPT_FORM], a->value[OPT_FORM_FORMAT], c->files, path, name))
        return ASSESS_E_CALL;
    int status = get_result(c, a, &s);
    if (status == ASSESS_OK)
        status = write_into(c, a, path, name, &s);
    session_close(&s);
    return status;
}
#else
static int forms(cli *c, const arguments *a)
{
    (void)a;
    return complain(c, ASSESS_E_CALL, WORD_FORMS_NOT_BUILT, NULL);
}
#endif

const command command_forms = {
    .name = "forms",
    .summary = WORD_FORMS,
    .more = WORD_FORMS_MORE,
    .operands = WORD_OPERANDS_FORMS,
    .examples = WORD_FORMS_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = SIZE_MAX,
    .options = options,
    .option_count = COUNT_OF(options),
    .run = forms,
};
