/* sheets: ballots as they are stored: all for one subject in one role side by side, raters as pseudonyms.
 *
 * A pseudonym is the first 16 bytes of SHA-256(HMAC-SHA-256(key, rater) | subject | role), numbers in 4 bytes, with a
 * key that is made for one file and never stored. It tells whether two ballots for one subject in one role are of one
 * rater, and nothing else: with one pseudonym for all of a rater's ballots, the ballot that somebody gave to himself,
 * or the one colleague whom a rater alone does not rate, would name the rater of all the others. */
#ifndef ASSESS_STORE_SHEETS_H
#define ASSESS_STORE_SHEETS_H

#include "engine/result.h"
#include "store/connection.h"

enum { PSEUDONYM_SIZE = 16 };

/* What stands for a cell without a value, and for one with more than one option marked. */
#define SHEET_BLANK '-'
#define SHEET_INVALID '*'
/* The whole line of a ballot that was refused and whose values nobody needs any more. */
#define SHEET_WITHHELD '~'

/* Stores every ballot of the batch, and its mark where the plan decides from the raters: they cannot be told apart later. */
assess_status sheets_write(connection *c, const result *r, unsigned threads, assess_error *err);

/* Appends the stored ballots to the batch: subject and role of a row are those of the batch already. */
assess_status sheets_read(connection *c, batch *b, assess_error *err);

#endif
