/* made_arrow: Arrow streams built by hand in a test, which count what is released. */
#ifndef MADE_ARROW_H
#define MADE_ARROW_H

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "assess/arrow_abi.h"

enum { MADE_BUFFERS = 6, MADE_COLUMNS = 8 };

/* One column: where n_buffers is 0 it is what the format asks for. */
typedef struct made_column {
    const char *name, *format;
    const void *buffers[MADE_BUFFERS];
    int64_t length, null_count, offset, n_buffers;
    const struct made_column *dictionary;
} made_column;

typedef struct made_batch {
    int64_t length, offset, null_count;
    const void *valid;
    const made_column *columns; /* [column_count of the stream] */
} made_batch;

typedef struct made_stream {
    const made_batch *batches; /* the first one has the schema's columns too */
    size_t batch_count, column_count;
    const char *format;        /* of the schema; NULL: "+s" */
    int schema_error, error_at; /* a code for the schema; the batch that gives EIO, -1: none does */
    const char *words;          /* what it says then */
    size_t given;
    int schemas, arrays, streams; /* released */
    int held;                     /* schemas and arrays given and not released */
} made_stream;

/* ---- schemas and arrays ---- */

typedef struct made_schema {
    made_stream *owner;
    struct ArrowSchema children[MADE_COLUMNS], words[MADE_COLUMNS], *places[MADE_COLUMNS];
} made_schema;

typedef struct made_array {
    made_stream *owner;
    const void *parent_buffers[1];
    const void *buffers[MADE_COLUMNS][MADE_BUFFERS], *word_buffers[MADE_COLUMNS][MADE_BUFFERS];
    struct ArrowArray children[MADE_COLUMNS], words[MADE_COLUMNS], *places[MADE_COLUMNS];
} made_array;

/* A child is released through its parent alone: whoever calls this has not read the specification. */
static inline void made_release_child(struct ArrowArray *a)
{
    (void)a;
    abort();
}

static inline void made_release_child_schema(struct ArrowSchema *s)
{
    (void)s;
    abort();
}

static inline void made_release_schema(struct ArrowSchema *s)
{
    made_schema *m = s->private_data;
    m->owner->schemas++;
    m->owner->held--;
    free(m);
    s->release = NULL;
}

static inline void made_release_array(struct ArrowArray *a)
{
    made_array *m = a->private_data;
    m->owner->arrays++;
    m->owner->held--;
    free(m);
    a->release = NULL;
}

static inline int made_get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    made_stream *s = stream->private_data;
    if (s->schema_error)
        return s->schema_error;
    made_schema *m = calloc(1, sizeof *m);
    m->owner = s;
    for (size_t i = 0; i < s->column_count; i++) {
        const made_column *c = &s->batches[0].columns[i];
        m->places[i] = &m->children[i];
        m->children[i] = (struct ArrowSchema){.format = c->format, .name = c->name, .release = made_release_child_schema};
        if (c->dictionary) {
            m->words[i] = (struct ArrowSchema){.format = c->dictionary->format, .name = "", .release = made_release_child_schema};
            m->children[i].dictionary = &m->words[i];
        }
    }
    s->held++;
    *out = (struct ArrowSchema){.format = s->format ? s->format : "+s", .name = "", .n_children = (int64_t)s->column_count, .children = m->places,
                                .release = made_release_schema, .private_data = m};
    return 0;
}

static inline int64_t made_buffer_count(const made_column *c)
{
    if (c->n_buffers)
        return c->n_buffers;
    return strcmp(c->format, "n") == 0 ? 0 : strcmp(c->format, "u") == 0 || strcmp(c->format, "U") == 0 ? 3 : 2;
}

static inline struct ArrowArray made_child(const made_column *c, const void **buffers)
{
    memcpy(buffers, c->buffers, sizeof c->buffers);
    return (struct ArrowArray){.length = c->length, .null_count = c->null_count, .offset = c->offset, .n_buffers = made_buffer_count(c),
                               .buffers = buffers, .release = made_release_child};
}

static inline int made_get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    made_stream *s = stream->private_data;
    if (s->error_at >= 0 && s->given == (size_t)s->error_at)
        return EIO;
    *out = (struct ArrowArray){0};
    if (s->given == s->batch_count)
        return 0;
    const made_batch *b = &s->batches[s->given++];
    made_array *m = calloc(1, sizeof *m);
    m->owner = s;
    m->parent_buffers[0] = b->valid;
    for (size_t i = 0; i < s->column_count; i++) {
        const made_column *c = &b->columns[i];
        m->places[i] = &m->children[i];
        m->children[i] = made_child(c, m->buffers[i]);
        if (c->dictionary) {
            m->words[i] = made_child(c->dictionary, m->word_buffers[i]);
            m->children[i].dictionary = &m->words[i];
        }
    }
    s->held++;
    *out = (struct ArrowArray){.length = b->length, .null_count = b->null_count, .offset = b->offset, .n_buffers = 1,
                               .n_children = (int64_t)s->column_count, .buffers = m->parent_buffers, .children = m->places,
                               .release = made_release_array, .private_data = m};
    return 0;
}

static inline const char *made_last_error(struct ArrowArrayStream *stream)
{
    return ((made_stream *)stream->private_data)->words;
}

static inline void made_release_stream(struct ArrowArrayStream *stream)
{
    ((made_stream *)stream->private_data)->streams++;
    stream->release = NULL;
}

static inline struct ArrowArrayStream made_open(made_stream *s)
{
    return (struct ArrowArrayStream){made_get_schema, made_get_next, made_last_error, made_release_stream, s};
}

#endif
