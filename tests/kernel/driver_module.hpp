// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hdp::testing {

/// A Hailo driver as a module in the kernel, as long as it lives.
class DriverModule {
  public:
    /// Takes the module out of /modules that drivers of this version are in, "4.23.0" for example,
    /// and plays that version. Chips that are there have been probed when it returns. Throws
    /// std::system_error.
    explicit DriverModule(const std::string& version);
    DriverModule(const DriverModule&) = delete;
    DriverModule& operator=(const DriverModule&) = delete;
    ~DriverModule();

    /// "hailo_pci" or "hailo1x_pci".
    [[nodiscard]] const std::string& name() const { return name_; }

    /// What the PCI bus knows it as: "hailo" or "hailo1x".
    [[nodiscard]] std::string pciDriver() const;

  private:
    std::string name_;
};

} // namespace hdp::testing
