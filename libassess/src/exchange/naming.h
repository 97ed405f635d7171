/* naming: what a file's name says about it. */
#ifndef ASSESS_EXCHANGE_NAMING_H
#define ASSESS_EXCHANGE_NAMING_H

#include "exchange/exchange.h"

typedef enum file_format { FORMAT_TEXT, FORMAT_WORKBOOK, FORMAT_OTHER } file_format;

file_format format_of(text name);   /* by the ending: csv tsv txt; xlsx xls … */
bool is_csv_name(text name);
bool is_hidden_name(text name);     /* .people.csv, and what office programs leave: ~$people.xlsx, .~lock… */

#endif
