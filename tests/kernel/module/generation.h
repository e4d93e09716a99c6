/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What distinguishes the versions of Hailo's PCIe drivers: the one that the parameter `version` names is
 * played. The facts were read in the sources of hailort-drivers v4.17.0 to v4.23.0 and v5.0.0 to v5.3.0.
 */
#ifndef GENERATION_H
#define GENERATION_H

#include <linux/device.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/slab.h>

#include "chip_config.h"

#define VERSION(major, minor, patch) ((major) * 10000 + (minor) * 100 + (patch))

static char *version = DEFAULT_VERSION;
module_param(version, charp, 0444);
MODULE_PARM_DESC(version, "which driver to be, as in " DEFAULT_VERSION);
MODULE_VERSION(DEFAULT_VERSION);

static int generation;

static bool is_named_h1x(void)
{
	return generation >= VERSION(5, 3, 0);
}

/* The two lines of drivers overlap: 5.0.0 is as 4.22.0. */
static bool has_pci_parent(void)
{
	return generation == VERSION(4, 23, 0) || generation >= VERSION(5, 0, 1);
}

static bool makes_node_without_firmware(void)
{
	return generation < VERSION(4, 19, 0);
}

/* No attribute ends in a newline. */
static ssize_t board_location_show(struct device *dev, struct device_attribute *attr, char *text)
{
	return sprintf(text, "%s", pci_name(dev_get_drvdata(dev)));
}
static DEVICE_ATTR_RO(board_location);

static ssize_t device_id_show(struct device *dev, struct device_attribute *attr, char *text)
{
	struct pci_dev *device = dev_get_drvdata(dev);

	if (is_named_h1x())
		return sprintf(text, "%s", pci_name(device));
	return sprintf(text, "%x:%x", device->vendor, device->device);
}
static DEVICE_ATTR_RO(device_id);

static ssize_t accelerator_type_show(struct device *dev, struct device_attribute *attr, char *text)
{
	struct pci_dev *device = dev_get_drvdata(dev);

	return sprintf(text, "%d", device->device == 0x45c4 || device->device == 0x26a2);
}
static DEVICE_ATTR_RO(accelerator_type);

static struct attribute *attributes[] = { &dev_attr_board_location.attr, &dev_attr_device_id.attr,
					  &dev_attr_accelerator_type.attr, NULL };

static umode_t attribute_mode(struct kobject *object, struct attribute *attribute, int number)
{
	bool exists = true;

	if (is_named_h1x())
		exists = attribute == &dev_attr_device_id.attr;
	else if (generation < VERSION(4, 18, 0))
		exists = attribute != &dev_attr_accelerator_type.attr;
	return exists ? attribute->mode : 0;
}

static const struct attribute_group group = { .attrs = attributes, .is_visible = attribute_mode };
static const struct attribute_group *groups[] = { &group, NULL };

#define CHIP(id) { PCI_DEVICE(CHIP_VENDOR, id) }
static const struct pci_device_id up_to_4_20[] = { CHIP(0x2864), CHIP(0x45c4), CHIP(0x43a2), {} };
static const struct pci_device_id up_to_5_0[] = { CHIP(0x2864), CHIP(0x45c4), CHIP(0x43a2),
						  CHIP(0x26a2), {} };
static const struct pci_device_id hailo8[] = { CHIP(0x2864), {} };
static const struct pci_device_id hailo1x[] = { CHIP(0x45c4), CHIP(0x43a2), CHIP(0x26a2), {} };

static const struct pci_device_id *known_chips(void)
{
	if (generation >= VERSION(5, 0, 1))
		return hailo1x;
	if (generation == VERSION(4, 23, 0))
		return hailo8;
	return generation >= VERSION(4, 21, 0) ? up_to_5_0 : up_to_4_20;
}

/* What /sys/module/<name>/version tells was copied from the module's file. */
static int take_version(void)
{
	unsigned int line, minor, patch;
	char *copy;

	if (sscanf(version, "%u.%u.%u", &line, &minor, &patch) != 3)
		return -EINVAL;
	copy = kstrdup(version, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	kfree(THIS_MODULE->version);
	THIS_MODULE->version = copy;
	generation = VERSION(line, minor, patch);
	return 0;
}

#endif
