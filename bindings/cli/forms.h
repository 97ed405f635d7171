/* forms: which forms there are. */
#ifndef CLI_FORMS_H
#define CLI_FORMS_H

#include "cli.h"

enum { FORM_PATH = 4096, FORM_NAME = 256 };

/* The file of --form NAME|FILE, and the name of what is made from it; false: complained. A form of the language is preferred.
 * `kind` is html, docx or NULL: html, or else docx. */
bool find_form(const cli *c, const char *form, const char *kind, assess_language language, char path[FORM_PATH], char name[FORM_NAME]);
bool form_is_docx(const char *path); /* by its ending */
int list_forms(const cli *c);

#endif
