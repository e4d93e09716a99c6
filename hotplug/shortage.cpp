// SPDX-License-Identifier: Apache-2.0
#include "hotplug/shortage.hpp"

#include <cerrno>
#include <string>
#include <system_error>

namespace hdp::hotplug {

void throwIfShortage(int error, std::string_view call, std::string_view path) {
    if (error == EMFILE || error == ENFILE || error == ENOMEM) {
        throw std::system_error(error, std::generic_category(),
                                std::string{call} + " " + std::string{path});
    }
}

} // namespace hdp::hotplug
