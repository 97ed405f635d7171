/* pick: one text out of a JSON object that libassess wrote. Not a general reader: the object is known to be valid. */
#ifndef CLI_PICK_H
#define CLI_PICK_H

/* The string at object[key], or object[key][inner] when inner is not NULL; "" when there is none. Owned by the caller;
 * NULL: no memory. */
char *pick_text(const char *object, const char *key, const char *inner);

#endif
