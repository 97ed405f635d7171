/* arrow.c: assess_batch_add_arrow and assess_result_arrow. */
#include "api/handles.h"

/* ---- in ---- */

static assess_status check_call(const assess_batch *b, const char *table, const char *name, assess_error *err)
{
    text called = text_of(name);
    if (b->finished || !table)
        return bad_argument(err, "batch, table");
    if (called.length == 0 || utf8_invalid_at(called.bytes, called.length) != called.length)
        return bad_argument(err, "name");
    if (exchange_table_named(text_of(table)) == TABLE_COUNT)
        return error_set(err, ASSESS_E_CALL, message_of1(MSG_call_arrow_table, text_of(table)));
    return ASSESS_OK;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release(stream); /* it was taken over all the same */
    stream->release = NULL;
}

static assess_status add_stream(assess_batch *b, const char *table, const char *name, struct ArrowArrayStream *stream, assess_error *err)
{
    read_options o;
    assess_status s = check_call(b, table, name, err);
    if (!s && !batch_reading(b, &o))
        s = error_no_memory(err);
    if (!s)
        return exchange_read_arrow(b->tables, exchange_table_named(text_of(table)), text_of(name), stream, &o, err);
    release_stream(stream);
    return s;
}

assess_status assess_batch_add_arrow(assess_batch *b, const char *table, const char *name, struct ArrowArrayStream *stream,
                                     assess_error *err)
{
    if (!stream || !stream->release)
        return bad_argument(err, "stream");
    assess_status s = batch_enter(b, err);
    if (!s)
        return batch_leave(b, add_stream(b, table, name, stream, err));
    release_stream(stream);
    return s;
}

/* ---- out: a result ---- */

static void give_result_back(void *owner)
{
    result_drop(owner);
}

static assess_status open_result(assess_result *r, assess_language language, struct ArrowArrayStream *out, assess_error *err)
{
    if (!out || !is_language(language))
        return bad_argument(err, "language, out");
    handle_share(r);
    return exchange_result_arrow(r->outcome, language, give_result_back, r, out) ? ASSESS_OK : error_no_memory(err);
}

assess_status assess_result_arrow(assess_result *r, assess_language language, struct ArrowArrayStream *out, assess_error *err)
{
    if (out)
        out->release = NULL;
    assess_status s = result_enter(r, err);
    return s ? s : result_leave(r, open_result(r, language, out, err));
}
