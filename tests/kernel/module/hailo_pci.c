// SPDX-License-Identifier: GPL-2.0-only
/* The driver of the line 4.x, and of 5.0.0. */
#define DRIVER_NAME "hailo"
#define DEFAULT_VERSION "4.23.0"
#include "hailo_driver.h"
