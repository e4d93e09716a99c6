// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/driver_module.hpp"

#include "tests/support/mock_chip.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

// The C library has no functions for these two.
long insertModule(int file, const std::string& parameters) {
    return ::syscall(SYS_finit_module, file, parameters.c_str(), 0);
}

void removeModule(const std::string& name) {
    ::syscall(SYS_delete_module, name.c_str(), O_NONBLOCK);
}

} // namespace

DriverModule::DriverModule(const std::string& version) : name_(generationOf(version).module) {
    const std::string path = "/modules/" + name_ + ".ko";
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        throw std::system_error(errno, std::generic_category(), "open " + path);
    }
    const auto result = insertModule(file, "version=" + version);
    const int error = errno;
    ::close(file);
    if (result != 0) {
        throw std::system_error(error, std::generic_category(), "finit_module " + path);
    }
}

DriverModule::~DriverModule() {
    removeModule(name_);
}

std::string DriverModule::pciDriver() const {
    return name_.substr(0, name_.find('_'));
}

} // namespace hdp::testing
