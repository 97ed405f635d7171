/* rules_fuzz.c: any bytes as a rule file, as a used file and as a cases file. Whatever they are, the load ends, within its
 * limits, with a plan or with a sentence that names a place. */
#include <stdlib.h>
#include <string.h>

#include "rules/cases.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool resolve(void *user, text name, arena *memory, text *bytes, text *file_name)
{
    (void)name;
    (void)memory;
    *bytes = *(const text *)user;
    *file_name = TEXT("used.lua");
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    text bytes = {(const char *)data, size};
    rules_request request = {.file_name = TEXT("fuzz.lua"), .bytes = bytes, .period = TEXT("2026"), .resolve = resolve, .user = &bytes};
    assess_error err = {0};
    plan *p = NULL;
    case_list cases;
    assess_status status = rules_load(&request, &p, &err);
    if ((status == ASSESS_OK) != (p != NULL) || (status && !err.message[ASSESS_EN][0]))
        abort();
    if (p) {
        buffer words = {0};
        plan_describe(p, ASSESS_ZH, &words);
        buffer_free(&words);
        if (cases_load(p, TEXT("fuzz.cases.lua"), bytes, &cases, NULL) == ASSESS_OK)
            cases_free(&cases);
    }
    plan_free(p);
    return 0;
}
