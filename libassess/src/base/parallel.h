/* parallel: run `count` independent tasks on up to `threads` threads and wait for them.
 * Tasks are taken in order of their number; the first one is the caller's own, on its thread. Without threads to spare (or when one cannot be started) the caller
 * does the work itself: the result never depends on how many there were. */
#ifndef ASSESS_BASE_PARALLEL_H
#define ASSESS_BASE_PARALLEL_H

#include <stddef.h>

typedef void (*parallel_task)(void *context, size_t index, unsigned worker /* 0 .. threads-1 */);
void parallel_run(size_t count, unsigned threads, parallel_task task, void *context);
unsigned parallel_processors(void); /* processors this process may use, >= 1 */

#endif
