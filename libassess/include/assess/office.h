/* office.h: workbooks, reports and forms for people at a desk: libassess-office, a library of its own beside libassess.
 *
 * It reads .xlsx into a batch and writes results as a workbook, a report and forms. It uses libassess by its public headers
 * only; a program that needs no office files links libassess alone. The rules of assess.h on threads and ownership hold here. */
#ifndef ASSESS_OFFICE_H
#define ASSESS_OFFICE_H

#include "assess/assess.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The version of this library; the same as assess_version() when both come from one release. Static. Since 0.1. */
ASSESS_API const char *assess_office_version(void);

/* In what order the subjects of a list stand. */
typedef enum assess_office_order {
    ASSESS_ORDER_ROSTER = 0,  /* as in the table people: the usual one */
    ASSESS_ORDER_PINYIN = 1,  /* by the sound of the name; a surname as surnames are read (曾 zēng, 单 shàn) */
    ASSESS_ORDER_STROKES = 2, /* by the strokes of the surname, 姓氏笔画: as official lists stand */
    ASSESS_ORDER_COUNT
} assess_office_order;

/* Not 0 when this library was built with ICU, which pinyin and strokes need. Since 0.1. */
ASSESS_API int assess_office_can_sort(void);

/* Reads .xlsx and .xlsm: for assess_batch_options.workbooks. Static; safe for any number of threads.
 *     assess_batch_options options = {.size = sizeof options, .workbooks = assess_office_workbooks()};
 * Since 0.1. */
ASSESS_API const assess_workbook_reader *assess_office_workbooks(void);

#ifdef __cplusplus
}
#endif
#endif
