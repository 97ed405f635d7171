/* Bytes as a Word document that is a form: as an archive when they begin with PK, else as the XML of its text in an archive that is whole.
 * Nothing may crash, leak or read astray; what can be filled gives a document that is XML in every part that was filled, twice the same. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "office/docx.h"
#include "office/xml.h"
#include "office/zip_write.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool what)
{
    if (!what)
        abort();
}

/* ---- what forms are filled from: two people, of two columns each ---- */

static const char *const ids[] = {"name", "x"};

static const char *column(const void *of, size_t n)
{
    (void)of;
    return ids[n];
}

static assess_status open_rows(void *of, const fill_scope *at, size_t *rows, assess_error *err)
{
    int depth = 0;
    (void)err;
    for (; at; at = at->outer)
        depth++;
    *rows = depth < 6 ? *(const size_t *)of : 0; /* rows within rows within rows … take for ever */
    return ASSESS_OK;
}

static const char *cell(void *of, size_t row, size_t n)
{
    (void)of;
    return row == 0 ? "a\n<b> & \"{{x}}\"\t\1\xEF\xBF\xBE" : n ? "" : "周";
}

static size_t one = 1, two = 2;
static const fill_table fields = {2, column, column, open_rows, cell, &one}, people = {2, column, column, open_rows, cell, &two};

static assess_status find_table(void *user, text id, const fill_table **out, assess_error *err)
{
    (void)user, (void)err;
    *out = text_equal(id, TEXT("people")) ? &people : NULL;
    return ASSESS_OK;
}

static void start(void *context, const char *name, const char **attributes) { (void)context, (void)name, (void)attributes; }

static void check_parts(const docx *d, const buffer *made)
{
    zip *z = NULL;
    require(zip_open(made->bytes, made->length, &z) == ZIP_FINE && zip_count(z) == zip_count(d->archive));
    for (size_t i = 0; i < d->count; i++) {
        xml x;
        require(xml_read(z, d->parts[i].number, (xml_handlers){start, NULL, NULL}, NULL, &x) == XML_FINE);
    }
    zip_close(z);
}

static void fill(docx *d)
{
    static const text tables[] = {{"people", 6}};
    const fill_data data = {.fields = &fields, .table = find_table, .table_ids = tables, .table_count = 1};
    enum { ENOUGH = 1 << 22 };
    fill_form form;
    buffer filled = {0}, first = {0}, second = {0};
    assess_error err = {0};
    assess_status status = fill_parse(buffer_text(&d->source), "fuzz.docx", &form, &err);
    form.markup = DOCX_MARKUP;
    if (status == ASSESS_OK)
        status = fill_bind(&form, &data, &err);
    if (status == ASSESS_OK && d->source.length < 1 << 14 && form.count < 200)
        status = fill_write(&form, &data, &filled, &err);
    if (status == ASSESS_OK && filled.length && filled.length < ENOUGH) {
        require(docx_write(d, buffer_text(&filled), &first, NULL) == ASSESS_OK);
        require(docx_write(d, buffer_text(&filled), &second, NULL) == ASSESS_OK);
        require(text_equal(buffer_text(&first), buffer_text(&second)));
        check_parts(d, &first);
    }
    fill_free(&form);
    buffer_free(&filled);
    buffer_free(&first);
    buffer_free(&second);
}

static void pack(text document, buffer *out)
{
    zip_writer *w = zip_write_begin();
    require(w && zip_write_part(w, "[Content_Types].xml",
                                TEXT("<T><Override PartName='/d.xml' ContentType='/x.wordprocessingml.document.main+xml'/></T>")) == ZIP_FINE &&
            zip_write_part(w, "d.xml", document) == ZIP_FINE && zip_write_end(w, out) == ZIP_FINE);
    zip_write_free(w);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    text bytes = {(const char *)data, size};
    buffer made = {0};
    docx d;
    assess_error err = {0};
    if (size < 2 || memcmp(data, "PK", 2) != 0) {
        pack(bytes, &made);
        bytes = buffer_text(&made);
    }
    assess_status status = docx_open(bytes, "fuzz.docx", &d, &err);
    require(status == ASSESS_OK || (status == ASSESS_E_CALL && err.message[ASSESS_EN][0] && err.message[ASSESS_ZH][0]));
    if (status == ASSESS_OK)
        fill(&d);
    docx_close(&d);
    buffer_free(&made);
    return 0;
}
