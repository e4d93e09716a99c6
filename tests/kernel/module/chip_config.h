/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The config space of what hailo_bus plays, as bytes: ids, class and link as real chips have them
 * (Hailo-8 on M.2: 8 GT/s, four lanes), capabilities for power, PCI Express and AER.
 */
#ifndef CHIP_CONFIG_H
#define CHIP_CONFIG_H

#include <asm/unaligned.h>
#include <linux/pci.h>

#define CHIP_VENDOR 0x1e60
#define CHIP_CLASS 0x0b40 /* co-processor */

#define CHIP_POWER 0x40
#define CHIP_EXPRESS 0x50
#define CHIP_FIRMWARE 0xf0 /* ours: whether the firmware loads, as the bus tells the driver */
#define CHIP_AER 0x100

#define PORT_VENDOR 0x1b36 /* what QEMU's own ports have */
#define PORT_DEVICE 0x000c
#define PORT_CLASS 0x0604

static inline u32 config_get(const u8 *config, int where, int size)
{
	return size == 1 ? config[where] : size == 2 ? get_unaligned_le16(config + where) :
						       get_unaligned_le32(config + where);
}

static inline void config_put(u8 *config, int where, int size, u32 value)
{
	if (size == 1)
		config[where] = value;
	else if (size == 2)
		put_unaligned_le16(value, config + where);
	else
		put_unaligned_le32(value, config + where);
}

/* What the kernel must be able to change. The rest is read-only, as are BARs that do not exist. */
static inline bool config_is_writable(const u8 *config, int where)
{
	bool is_port = config[PCI_HEADER_TYPE] == PCI_HEADER_TYPE_BRIDGE;

	return where == PCI_COMMAND || where == CHIP_POWER + PCI_PM_CTRL ||
	       where == CHIP_EXPRESS + PCI_EXP_DEVCTL ||
	       (is_port && (where == PCI_PRIMARY_BUS || where == PCI_BRIDGE_CONTROL));
}

static inline void set_link_speed(u8 *config, u8 code)
{
	u8 *status = config + CHIP_EXPRESS + PCI_EXP_LNKSTA;

	put_unaligned_le16((get_unaligned_le16(status) & ~PCI_EXP_LNKSTA_CLS) |
				   (code & PCI_EXP_LNKSTA_CLS), status);
}

static inline void set_link_width(u8 *config, u8 lanes)
{
	u8 *status = config + CHIP_EXPRESS + PCI_EXP_LNKSTA;

	put_unaligned_le16((get_unaligned_le16(status) & ~PCI_EXP_LNKSTA_NLW) |
				   ((lanes << PCI_EXP_LNKSTA_NLW_SHIFT) & PCI_EXP_LNKSTA_NLW), status);
}

static inline void make_capabilities(u8 *config, u8 type)
{
	u8 *express = config + CHIP_EXPRESS;

	config_put(config, PCI_STATUS, 2, PCI_STATUS_CAP_LIST);
	config[PCI_CAPABILITY_LIST] = CHIP_POWER;
	config[CHIP_POWER] = PCI_CAP_ID_PM;
	config[CHIP_POWER + PCI_CAP_LIST_NEXT] = CHIP_EXPRESS;
	config_put(config, CHIP_POWER + PCI_PM_PMC, 2, 3); /* version 3 of the power interface */
	config_put(config, CHIP_POWER + PCI_PM_CTRL, 2, PCI_PM_CTRL_NO_SOFT_RESET);
	express[0] = PCI_CAP_ID_EXP;
	config_put(express, PCI_EXP_FLAGS, 2, type << 4 | 2);
	config_put(express, PCI_EXP_LNKCAP, 4, PCI_EXP_LNKCAP_SLS_8_0GB | 4 << 4);
	config_put(express, PCI_EXP_LNKCAP2, 4, 0x0e); /* 2.5, 5 and 8 GT/s */
	set_link_speed(config, PCI_EXP_LNKSTA_CLS_8_0GB);
	set_link_width(config, 4);
}

static inline void make_chip(u8 *config, u16 id)
{
	memset(config, 0, PCI_CFG_SPACE_EXP_SIZE);
	config_put(config, PCI_VENDOR_ID, 2, CHIP_VENDOR);
	config_put(config, PCI_DEVICE_ID, 2, id);
	config[PCI_REVISION_ID] = 1;
	config_put(config, PCI_CLASS_DEVICE, 2, CHIP_CLASS);
	config_put(config, PCI_SUBSYSTEM_VENDOR_ID, 2, CHIP_VENDOR);
	config_put(config, PCI_SUBSYSTEM_ID, 2, id);
	make_capabilities(config, PCI_EXP_TYPE_ENDPOINT);
	config_put(config, CHIP_AER, 4, PCI_EXT_CAP_ID_ERR | 2 << 16);
}

static inline void make_port(u8 *config, u8 type)
{
	config_put(config, PCI_VENDOR_ID, 2, PORT_VENDOR);
	config_put(config, PCI_DEVICE_ID, 2, PORT_DEVICE);
	config_put(config, PCI_CLASS_DEVICE, 2, PORT_CLASS);
	config[PCI_HEADER_TYPE] = PCI_HEADER_TYPE_BRIDGE;
	config_put(config, PCI_IO_BASE, 2, 0x00f0); /* base above limit: no window is open */
	config_put(config, PCI_MEMORY_BASE, 4, 0x0000fff0);
	config_put(config, PCI_PREF_MEMORY_BASE, 4, 0x0000fff0);
	make_capabilities(config, type);
}

#endif
