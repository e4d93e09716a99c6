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
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/nodemask.h>
#include <linux/pci.h>

#include "chip_config.h"
#include "slot_controls.h"

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
		add_controls(controls, &host->chips[i]);
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
