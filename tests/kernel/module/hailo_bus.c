// SPDX-License-Identifier: GPL-2.0-only
/*
 * hailo_bus - PCI Express in memory, for a kernel that is thrown away after a test.
 *
 * Three hosts, each with a root port, a switch and slots for Hailo chips:
 *
 *	0001:00:00.0 ─ 0001:01:00.0 ┬ 0001:02:00.0 ─ slot 0001:03:00.0	NUMA node 0
 *				    ├ 0001:02:01.0 ─ slot 0001:04:00.0
 *				    ┆
 *	0002:…		the same on NUMA node 1
 *	10000:…		one slot and no NUMA node, as behind a VMD controller
 *
 * A slot is a folder in debugfs, hailo_bus/<address>/, whose files are its controls:
 *
 *	chip		the device id of the chip in it; writing 0x2864 plugs one, 0 pulls it out
 *	dead		1: the chip's config space reads all ones
 *	link_speed	of the link now: 1 is 2.5 GT/s, 2 is 5, 3 is 8
 *	link_width	of the link now, in lanes
 *	firmware	0: the firmware does not load, which a driver finds out while it probes
 *	error		writing 0, 1 or 2 reports a nonfatal, fatal or correctable error to the AER core
 *
 * Chips are config space only: no BARs, no interrupts.
 */
#include <linux/aer.h>
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/nodemask.h>
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

static struct host hosts[] = {
	{ .sysdata = { .domain = 1, .node = 0 }, .slots = SLOTS },
	{ .sysdata = { .domain = 2, .node = 1 }, .slots = SLOTS },
	{ .sysdata = { .domain = 0x10000, .node = NUMA_NO_NODE }, .slots = 1 },
};

static struct dentry *controls;

static struct function *find(struct pci_bus *bus, unsigned int devfn)
{
	struct host *host = container_of((struct pci_sysdata *)bus->sysdata, struct host, sysdata);
	unsigned int i;

	for (i = 0; i < 2 + host->slots; i++)
		if (host->ports[i].bus == bus->number && host->ports[i].devfn == devfn)
			return &host->ports[i];
	for (i = 0; i < host->slots; i++)
		if (host->chips[i].bus == bus->number && host->chips[i].devfn == devfn)
			return &host->chips[i];
	return NULL;
}

static int config_read(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 *value)
{
	struct function *function = find(bus, devfn);

	*value = ~0U;
	if (!function || !READ_ONCE(function->present))
		return PCIBIOS_DEVICE_NOT_FOUND;
	if (!READ_ONCE(function->dead))
		*value = config_get(function->config, where, size);
	return PCIBIOS_SUCCESSFUL;
}

static int config_write(struct pci_bus *bus, unsigned int devfn, int where, int size, u32 value)
{
	struct function *function = find(bus, devfn);

	if (!function || !READ_ONCE(function->present))
		return PCIBIOS_DEVICE_NOT_FOUND;
	if (!READ_ONCE(function->dead) && config_is_writable(function->config, where))
		config_put(function->config, where, size, value);
	return PCIBIOS_SUCCESSFUL;
}

static struct pci_ops operations = { .read = config_read, .write = config_write };

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

static void add_controls(struct function *chip)
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

static void place(struct function *function, struct host *host, u8 bus, u8 slot)
{
	function->host = host;
	function->bus = bus;
	function->devfn = PCI_DEVFN(slot, 0);
}

static void place_port(struct function *port, u8 type, u8 secondary, u8 subordinate)
{
	make_port(port->config, type);
	port->config[PCI_PRIMARY_BUS] = port->bus;
	port->config[PCI_SECONDARY_BUS] = secondary;
	port->config[PCI_SUBORDINATE_BUS] = subordinate;
	port->present = true;
}

static void build(struct host *host)
{
	u8 last = FIRST_SLOT_BUS + host->slots - 1;
	unsigned int i;

	place(&host->ports[0], host, 0, 0);
	place_port(&host->ports[0], PCI_EXP_TYPE_ROOT_PORT, 1, last);
	place(&host->ports[1], host, 1, 0);
	place_port(&host->ports[1], PCI_EXP_TYPE_UPSTREAM, 2, last);
	for (i = 0; i < host->slots; i++) {
		place(&host->ports[2 + i], host, 2, i);
		place_port(&host->ports[2 + i], PCI_EXP_TYPE_DOWNSTREAM, FIRST_SLOT_BUS + i,
			   FIRST_SLOT_BUS + i);
		place(&host->chips[i], host, FIRST_SLOT_BUS + i, 0);
		host->chips[i].config[CHIP_FIRMWARE] = 1;
		add_controls(&host->chips[i]);
	}
}

static int attach(struct host *host)
{
	LIST_HEAD(resources);

	if (host->sysdata.node != NUMA_NO_NODE && !node_online(host->sysdata.node))
		host->sysdata.node = NUMA_NO_NODE;
	build(host);
	host->bus = pci_scan_root_bus(NULL, 0, &operations, &host->sysdata, &resources);
	if (!host->bus)
		return -ENODEV;
	pci_bus_add_devices(host->bus);
	return 0;
}

static void detach_all(void)
{
	unsigned int i;

	debugfs_remove(controls);
	pci_lock_rescan_remove();
	for (i = 0; i < ARRAY_SIZE(hosts); i++) {
		if (!hosts[i].bus)
			continue;
		pci_stop_root_bus(hosts[i].bus);
		pci_remove_root_bus(hosts[i].bus);
	}
	pci_unlock_rescan_remove();
}

static int __init hailo_bus_init(void)
{
	unsigned int i;
	int error = 0;

	controls = debugfs_create_dir("hailo_bus", NULL);
	pci_lock_rescan_remove();
	for (i = 0; i < ARRAY_SIZE(hosts) && !error; i++)
		error = attach(&hosts[i]);
	pci_unlock_rescan_remove();
	if (error)
		detach_all();
	return error;
}

module_init(hailo_bus_init);
module_exit(detach_all);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("PCI Express with Hailo chips, in memory");
