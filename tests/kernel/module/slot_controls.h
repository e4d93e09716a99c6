/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What can be done to a slot of hailo_bus: each control is a file in debugfs, which hailo_bus.c describes.
 */
#ifndef SLOT_CONTROLS_H
#define SLOT_CONTROLS_H

#include <linux/aer.h>
#include <linux/debugfs.h>
#include <linux/pci.h>

#include "chip_config.h"

#define SLOTS 4
#define FIRST_SLOT_BUS 3

/* A function of the bus: a port that is always there, or a chip that may be. */
struct function {
	struct host *host;
	u8 bus;
	u8 devfn;
	bool present;
	bool dead;
	u8 config[PCI_CFG_SPACE_EXP_SIZE];
};

struct host {
	struct pci_sysdata sysdata;
	struct pci_bus *bus;
	unsigned int slots;
	struct function ports[2 + SLOTS];
	struct function chips[SLOTS];
};

static struct pci_dev *device_of(struct function *chip)
{
	return pci_get_domain_bus_and_slot(chip->host->sysdata.domain, chip->bus, chip->devfn);
}

/* As when somebody pulls it out: the chip is gone before the kernel knows. */
static void pull_out(struct function *chip)
{
	struct pci_dev *device = device_of(chip);

	WRITE_ONCE(chip->present, false);
	if (device)
		pci_stop_and_remove_bus_device(device);
	pci_dev_put(device);
}

static void plug(struct function *chip, u16 id)
{
	u8 firmware = chip->config[CHIP_FIRMWARE];

	make_chip(chip->config, id);
	chip->config[CHIP_FIRMWARE] = firmware;
	WRITE_ONCE(chip->dead, false);
	WRITE_ONCE(chip->present, true);
	pci_rescan_bus(pci_find_bus(chip->host->sysdata.domain, chip->bus));
}

static int chip_set(void *data, u64 id)
{
	struct function *chip = data;

	pci_lock_rescan_remove();
	if (chip->present)
		pull_out(chip);
	if (id)
		plug(chip, id);
	pci_unlock_rescan_remove();
	return 0;
}

static int chip_get(void *data, u64 *id)
{
	struct function *chip = data;

	*id = chip->present ? config_get(chip->config, PCI_DEVICE_ID, 2) : 0;
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(chip_control, chip_get, chip_set, "0x%04llx\n");

static int link_speed_set(void *data, u64 code)
{
	set_link_speed(((struct function *)data)->config, code);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(link_speed_control, NULL, link_speed_set, "%llu\n");

static int link_width_set(void *data, u64 lanes)
{
	set_link_width(((struct function *)data)->config, lanes);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(link_width_control, NULL, link_width_set, "%llu\n");

/* The way in for errors that the platform's firmware found, which APEI uses. */
static int error_set(void *data, u64 severity)
{
	static struct aer_capability_regs registers;
	struct function *chip = data;

	registers.cor_status = PCI_ERR_COR_RCVR;
	registers.uncor_status = severity == AER_FATAL ? PCI_ERR_UNC_MALF_TLP : PCI_ERR_UNC_COMP_TIME;
	aer_recover_queue(chip->host->sysdata.domain, chip->bus, chip->devfn, severity, &registers);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(error_control, NULL, error_set, "%llu\n");

static void add_controls(struct dentry *controls, struct function *chip)
{
	struct dentry *folder;
	char address[16];

	snprintf(address, sizeof(address), "%04x:%02x:%02x.0", chip->host->sysdata.domain, chip->bus,
		 PCI_SLOT(chip->devfn));
	folder = debugfs_create_dir(address, controls);
	debugfs_create_file("chip", 0600, folder, chip, &chip_control);
	debugfs_create_bool("dead", 0600, folder, &chip->dead);
	debugfs_create_file("link_speed", 0200, folder, chip, &link_speed_control);
	debugfs_create_file("link_width", 0200, folder, chip, &link_width_control);
	debugfs_create_u8("firmware", 0600, folder, &chip->config[CHIP_FIRMWARE]);
	debugfs_create_file("error", 0200, folder, chip, &error_control);
}

#endif
