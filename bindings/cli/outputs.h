/* outputs: a folder of results that appears whole or not at all.
 *
 * Everything is first written into a staging folder beside its target. A target folder that does not exist yet comes
 * into being by one rename; into one that exists the files are moved one by one, and moved back should one of them
 * fail. */
#ifndef CLI_OUTPUTS_H
#define CLI_OUTPUTS_H

#include "cli.h"

typedef enum output_kind { OUTPUT_CSV, OUTPUT_DB, OUTPUT_XLSX, OUTPUT_HTML, OUTPUT_COUNT } output_kind;

enum { OUTPUT_PATH = 4096 };

typedef struct outputs {
    bool wanted[OUTPUT_COUNT];
    bool force;
    bool folder_exists, staged;
    char folder[OUTPUT_PATH];  /* where the results will stand */
    char created[OUTPUT_PATH]; /* the outermost folder that does not exist yet: what the staging folder becomes */
    char staging[OUTPUT_PATH];
    char final[OUTPUT_COUNT][OUTPUT_PATH], temporary[OUTPUT_COUNT][OUTPUT_PATH], old[OUTPUT_COUNT][OUTPUT_PATH];
    bool moved[OUTPUT_COUNT], kept_old[OUTPUT_COUNT];
} outputs;

const char *output_format(output_kind kind); /* "csv", as --format names it */
/* --format as it was given, NULL: csv and db. */
int outputs_formats(const cli *c, const char *list, outputs *o);
/* Looks, before the long work, whether the outputs may be written; changes nothing. */
int outputs_plan(const cli *c, const char *folder, bool force, outputs *o);
int outputs_begin(const cli *c, outputs *o);  /* makes the staging folder; temporary[] are the paths to write */
/* A failure to write there speaks of the place where the file was to stand. */
void outputs_rename_in(const outputs *o, assess_error *err);
int outputs_commit(const cli *c, outputs *o); /* on failure nothing is left and nothing was replaced */
void outputs_discard(outputs *o);             /* harmless after a commit */

#endif
