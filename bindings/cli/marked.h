/* marked: --marked FOLDER, copies of the inputs in which what is wrong is marked. */
#ifndef CLI_MARKED_H
#define CLI_MARKED_H

#include "session.h"

/* Before the work: whether this program can, and whether the folder will do. Without the option both do nothing. */
int marked_plan(const cli *c, const arguments *a);
/* After the tables were read with this exit status, which is returned when all went well. */
int marked_write(const cli *c, const arguments *a, session *s, int status);

#endif
