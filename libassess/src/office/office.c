/* office.c: what belongs to no single kind of office file. */
#include "assess/office.h"

const char *assess_office_version(void)
{
    return ASSESS_VERSION;
}
