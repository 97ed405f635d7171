/* template_words.c: the hidden sheets: words to choose from, and what the template was made for. */
#include "office/template.h"

/* Drop-downs always take their words from cells: a list in the check itself may hold 255 characters at most. */
void template_lay_words(maker *m, book_sheet *s)
{
    for (size_t i = 0; i < m->list_count; i++) {
        word_list *list = &m->lists[i];
        book_text(s, 0, i, list->title, BOOK_HEADER);
        for (size_t k = 0; k < list->count; k++)
            book_text(s, k + 1, i, list->words[k], BOOK_TEXT);
        list->area = (book_area){s, 1, i, list->count, i};
    }
    book_protect(s);
}

static void lay_pair(book_sheet *s, size_t row, const char *key, text value)
{
    book_text(s, row, 0, text_of(key), BOOK_TEXT);
    book_text(s, row, 1, value, BOOK_TEXT);
}

/* Whoever reads the workbook sees by it whether the rules have changed since. */
void template_lay_identity(maker *m, book_sheet *s)
{
    buffer count = {0};
    buffer_add_integer(&count, (int64_t)m->form_count);
    lay_pair(s, 0, "template", TEXT("assess-template/1"));
    lay_pair(s, 1, "scheme", about_scheme(m, "scheme"));
    lay_pair(s, 2, "rules", about_scheme(m, "rules"));
    lay_pair(s, 3, "period", about_scheme(m, "period"));
    lay_pair(s, 4, "sheets", buffer_text(&count));
    m->failed |= count.failed;
    buffer_free(&count);
    book_protect(s);
}
