/* order: --order as libassess-office takes it. */
#ifndef CLI_ORDER_H
#define CLI_ORDER_H

#include "assess/office.h"
#include "cli.h"

assess_office_order order_of(const arguments *a); /* without the option: the roster's */

#endif
