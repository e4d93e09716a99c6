/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What user space sees of Hailo's PCIe drivers, without the work: class, nodes, attributes, version of the
 * module. Included once by each module, which says DRIVER_NAME and DEFAULT_VERSION.
 */
#include <linux/delay.h>
#include <linux/device.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/pci.h>

#include "chip_config.h"
#include "generation.h"

#define MAX_BOARDS 32

static unsigned int firmware_ms = 20;
module_param(firmware_ms, uint, 0644);
MODULE_PARM_DESC(firmware_ms, "how long a probe takes, or fails to, until the firmware is loaded");

static int major;
static struct class *boards_class;
static struct {
	struct pci_dev *device;
	unsigned int opened;
} boards[MAX_BOARDS];
static DEFINE_MUTEX(boards_lock);

/* The first open wakes the chip, the last close lays it to sleep. */
static int board_open(struct inode *inode, struct file *file)
{
	struct pci_dev *device;
	u16 vendor = 0;
	int error = -ENODEV;

	mutex_lock(&boards_lock);
	device = iminor(inode) < MAX_BOARDS ? boards[iminor(inode)].device : NULL;
	if (device) {
		pci_read_config_word(device, PCI_VENDOR_ID, &vendor);
		error = vendor == CHIP_VENDOR ? 0 : -ENXIO;
	}
	if (!error && boards[iminor(inode)].opened++ == 0)
		pci_set_power_state(device, PCI_D0);
	file->private_data = device;
	mutex_unlock(&boards_lock);
	return error;
}

static int board_release(struct inode *inode, struct file *file)
{
	mutex_lock(&boards_lock);
	if (boards[iminor(inode)].device == file->private_data && --boards[iminor(inode)].opened == 0)
		pci_set_power_state(file->private_data, PCI_D3hot);
	mutex_unlock(&boards_lock);
	return 0;
}

static const struct file_operations operations = {
	.owner = THIS_MODULE, .open = board_open, .release = board_release,
};

static int make_class(void)
{
	struct class *made;

	if (boards_class)
		return 0;
	made = class_create(THIS_MODULE, is_named_h1x() ? "hailo1x" : "hailo_chardev");
	if (IS_ERR(made))
		return PTR_ERR(made);
	boards_class = made;
	return 0;
}

static int lowest_free(void)
{
	int index;

	for (index = 0; index < MAX_BOARDS && boards[index].device; index++)
		;
	return index < MAX_BOARDS ? index : -ENOSPC;
}

static int add_board(struct pci_dev *pdev)
{
	struct device *made;
	int index = lowest_free();
	int error = make_class();

	if (index < 0 || error)
		return error ?: index;
	boards[index].device = pdev;
	boards[index].opened = 0;
	made = device_create_with_groups(boards_class, has_pci_parent() ? &pdev->dev : NULL,
					 MKDEV(major, index), pdev, groups,
					 is_named_h1x() ? "h1x-%d" : "hailo%d", index);
	if (IS_ERR(made)) {
		boards[index].device = NULL;
		return PTR_ERR(made);
	}
	pci_set_drvdata(pdev, made);
	return 0;
}

static int mock_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	u8 firmware = 0;
	int error = pci_enable_device(pdev);

	if (error)
		return error;
	msleep(firmware_ms);
	pci_read_config_byte(pdev, CHIP_FIRMWARE, &firmware);
	if (firmware != 1 && !makes_node_without_firmware()) {
		pci_err(pdev, "Firmware load failed\n");
		pci_disable_device(pdev);
		return -ENOENT;
	}
	mutex_lock(&boards_lock);
	error = add_board(pdev);
	mutex_unlock(&boards_lock);
	if (error)
		pci_disable_device(pdev);
	else
		pci_set_power_state(pdev, PCI_D3hot);
	return error;
}

static void mock_remove(struct pci_dev *pdev)
{
	struct device *made = pci_get_drvdata(pdev);
	dev_t number = made->devt;

	mutex_lock(&boards_lock);
	boards[MINOR(number)].device = NULL; /* free for the next at once, even while it is open */
	mutex_unlock(&boards_lock);
	device_destroy(boards_class, number);
	pci_disable_device(pdev);
}

static struct pci_driver mock_driver = {
	.name = DRIVER_NAME, .probe = mock_probe, .remove = mock_remove,
};

static void __exit mock_exit(void)
{
	pci_unregister_driver(&mock_driver);
	unregister_chrdev(major, DRIVER_NAME);
	if (boards_class)
		class_destroy(boards_class);
}

static int __init mock_init(void)
{
	int error = take_version();

	if (error)
		return error;
	major = register_chrdev(0, DRIVER_NAME, &operations);
	if (major < 0)
		return major;
	error = has_pci_parent() ? 0 : make_class(); /* else with the first chip */
	mock_driver.id_table = known_chips();
	if (generation >= VERSION(4, 21, 0))
		mock_driver.driver.probe_type = PROBE_PREFER_ASYNCHRONOUS;
	error = error ?: pci_register_driver(&mock_driver);
	if (error) {
		unregister_chrdev(major, DRIVER_NAME);
		if (boards_class)
			class_destroy(boards_class);
	}
	return error;
}

module_init(mock_init);
module_exit(mock_exit);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("What user space sees of Hailo's PCIe driver");
