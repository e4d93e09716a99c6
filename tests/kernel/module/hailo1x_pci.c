// SPDX-License-Identifier: GPL-2.0-only
/* The driver from 5.0.1 on. */
#define DRIVER_NAME "hailo1x"
#define DEFAULT_VERSION "5.3.0"
#include "hailo_driver.h"
