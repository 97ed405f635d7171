/* assess run: the tables in, a folder of results out, the summary on standard output. */
#include <stdlib.h>
#include <string.h>

#include "marked.h"
#include "outputs.h"
#include "session.h"

static const option_id options[] = {OPT_RULES, OPT_PERIOD, OPT_SET, OPT_OUT, OPT_FORMAT, OPT_ORDER, OPT_MARKED, OPT_IGNORE, OPT_FORCE,
                                    OPT_THREADS, OPT_LANG,   OPT_JSON, OPT_QUIET, OPT_COLOR,  OPT_HELP};
static const option_id required[] = {OPT_RULES, OPT_PERIOD};

static const char EXAMPLE[] = "run --rules bureau --period 2026 year-end/";

/* bureau-2026; nothing in it can lead out of the current folder. */
static void default_folder(const assess_scheme *scheme, char *out, size_t size)
{
    snprintf(out, size, "%s-%s", assess_scheme_id(scheme), assess_scheme_period(scheme));
    for (char *at = out; *at; at++)
        if (*at == '/' || (*at == '.' && at == out))
            *at = '_';
}

static int plan_outputs(const cli *c, const arguments *a, const session *s, outputs *o)
{
    char folder[256];
    default_folder(s->scheme, folder, sizeof folder);
    const char *wanted = a->value[OPT_OUT] ? a->value[OPT_OUT] : folder;
    return outputs_plan(c, wanted, a->value[OPT_FORCE] != NULL, o);
}

static assess_status write_files(const cli *c, const arguments *a, session *s, outputs *o, char **anchor, assess_error *err)
{
    assess_status status = ASSESS_OK;
    if (o->wanted[OUTPUT_CSV])
        status = assess_result_write_csv(s->result, o->temporary[OUTPUT_CSV], c->files, 0, err);
    if (status == ASSESS_OK && o->wanted[OUTPUT_DB])
        status = session_seal(c, a, s, o->temporary[OUTPUT_DB], anchor, err);
    if (status == ASSESS_OK && o->wanted[OUTPUT_XLSX])
        status = session_workbook(c, a, s, o->temporary[OUTPUT_XLSX], err);
    if (status == ASSESS_OK && o->wanted[OUTPUT_HTML])
        status = session_report(c, a, s, o->temporary[OUTPUT_HTML], err);
    return status;
}

static int write_outputs(const cli *c, const arguments *a, session *s, outputs *o, char **anchor)
{
    assess_error err = {0};
    int status = outputs_begin(c, o);
    if (status != ASSESS_OK)
        return status;
    bool written = write_files(c, a, s, o, anchor, &err) == ASSESS_OK;
    if (written && !stop_signal())
        return outputs_commit(c, o);
    outputs_discard(o);
    outputs_rename_in(o, &err);
    return stop_signal() ? stopped(c) : complain_error(c, &err);
}

/* ---- what is said ---- */

static void put_path(const cli *c, word_id what, const char *path)
{
    enum { WHAT_COLUMNS = 14 };
    fputs("  ", stdout);
    put_padded(stdout, word(c->screen, what), WHAT_COLUMNS);
    put_visible(stdout, path);
    putchar('\n');
}

static const word_id written_words[OUTPUT_COUNT] = {
    [OUTPUT_CSV] = WORD_WRITTEN_CSV, [OUTPUT_DB] = WORD_WRITTEN_DB, [OUTPUT_XLSX] = WORD_WRITTEN_XLSX,
    [OUTPUT_HTML] = WORD_WRITTEN_HTML};

static void print_paths(const cli *c, const outputs *o, const char *anchor)
{
    putchar('\n');
    put_style(stdout, c->color_out, STYLE_BOLD);
    fputs(word(c->screen, WORD_WRITTEN), stdout);
    put_style(stdout, c->color_out, STYLE_PLAIN);
    putchar('\n');
    for (int k = 0; k < OUTPUT_COUNT; k++)
        if (o->wanted[k])
            put_path(c, written_words[k], o->final[k]);
    if (!anchor)
        return;
    put_path(c, WORD_WRITTEN_ANCHOR, anchor);
    fputs("  ", stdout);
    put_filled(stdout, word(c->screen, WORD_KEEP_ANCHOR), 2, 2);
}

static void put_json_output(const char *format, const char *path, const char *anchor, bool first)
{
    printf("%s{\"format\":\"%s\",\"path\":", first ? "" : ",", format);
    put_json_text(stdout, path);
    if (anchor) {
        fputs(",\"anchor\":", stdout);
        put_json_text(stdout, anchor);
    }
    putchar('}');
}

/* The library's object, with one member more: it does not know where its outputs went. */
static void print_json(const outputs *o, const char *anchor, const char *object)
{
    const char *last = strrchr(object, '}');
    if (!last) {
        fputs(object, stdout);
        return;
    }
    fwrite(object, 1, (size_t)(last - object), stdout);
    fputs(",\"outputs\":[", stdout);
    bool first = true;
    for (int k = 0; k < OUTPUT_COUNT; k++) {
        if (!o->wanted[k])
            continue;
        put_json_output(output_format((output_kind)k), o->final[k], k == OUTPUT_DB ? anchor : NULL, first);
        first = false;
    }
    puts("]}");
}

static int print_summary(const cli *c, session *s, const outputs *o, const char *anchor)
{
    assess_error err = {0};
    char *summary = NULL;
    assess_format format = c->json ? ASSESS_FORMAT_JSON : ASSESS_FORMAT_TEXT;
    if (c->quiet && !c->json)
        return ASSESS_OK;
    if (assess_result_summary(s->result, c->screen, format, c->color_out, &summary, &err) != ASSESS_OK)
        return complain_error(c, &err);
    if (c->json) {
        print_json(o, anchor, summary);
        assess_text_free(summary);
        return ASSESS_OK;
    }
    put_summary(c, summary);
    print_paths(c, o, anchor);
    return ASSESS_OK;
}

static int run_session(const cli *c, const arguments *a, session *s, outputs *o)
{
    char *anchor = NULL;
    int status = session_load(c, a, EXAMPLE, s);
    if (status == ASSESS_OK)
        status = plan_outputs(c, a, s, o);
    if (status == ASSESS_OK)
        status = marked_plan(c, a);
    if (status == ASSESS_OK)
        status = session_read(c, a, 0, EXAMPLE, s);
    if (status == ASSESS_E_INPUT)
        status = marked_write(c, a, s, status);
    if (status == ASSESS_OK)
        status = session_compute(c, a, s);
    if (status == ASSESS_OK)
        status = write_outputs(c, a, s, o, &anchor);
    if (status == ASSESS_OK)
        status = print_summary(c, s, o, anchor);
    assess_text_free(anchor);
    return status;
}

static int run(cli *c, const arguments *a)
{
    session s = {0};
    outputs o;
    if (a->operand_count == 0)
        return complain(c, ASSESS_E_CALL, WORD_NO_INPUT, ARGS(EXAMPLE));
    int status = outputs_formats(c, a->value[OPT_FORMAT], &o);
    if (status == ASSESS_OK)
        status = run_session(c, a, &s, &o);
    session_close(&s);
    return status;
}

const command command_run = {
    .name = "run",
    .summary = WORD_RUN,
    .more = WORD_RUN_MORE,
    .operands = WORD_OPERANDS_INPUTS,
    .examples = WORD_RUN_EXAMPLES,
    .completes = COMPLETES_FILES,
    .most = SIZE_MAX,
    .options = options,
    .option_count = COUNT_OF(options),
    .required = required,
    .required_count = COUNT_OF(required),
    .run = run,
};
