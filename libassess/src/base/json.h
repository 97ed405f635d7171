/* json: a streaming writer. Valid UTF-8 in, valid JSON out, with control characters as \u escapes; decimals are written as strings. */
#ifndef ASSESS_BASE_JSON_H
#define ASSESS_BASE_JSON_H

#include "base/text.h"

typedef struct json {
    buffer *out;
    unsigned depth;
    bool comma; /* the next value needs a comma before it */
} json;

void json_begin_object(json *j);
void json_end_object(json *j);
void json_begin_array(json *j);
void json_end_array(json *j);
void json_key(json *j, const char *key);
void json_text(json *j, text value);
void json_string(json *j, const char *nul_terminated);
void json_integer(json *j, int64_t value);
void json_truth(json *j, bool value);
void json_null(json *j);
/* key and value in one */
void json_member_text(json *j, const char *key, text value);
void json_member_integer(json *j, const char *key, int64_t value);
void json_member_truth(json *j, const char *key, bool value);
void json_member_words(json *j, const char *key, text zh, text en); /* "title":{"zh":"…","en":"…"} */

#endif
