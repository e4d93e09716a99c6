// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/registrar.hpp"

#include "daemon/log.hpp"

#include <utility>

namespace hdp {

std::string_view nameOf(RegistrationMode mode) {
    return mode == RegistrationMode::Register ? "register" : "watcher";
}

Registrar::Registrar(std::string resource) : resource_(std::move(resource)) {}

void Registrar::say(const std::string& sentence, bool isProblem) {
    if (std::exchange(lastSentence_, sentence) == sentence) {
        return;
    }
    const auto tell = isProblem ? log::warning : log::info;
    tell(sentence, {{"HAILO_EVENT", "registration"}, {"HAILO_RESOURCE", resource_}});
}

} // namespace hdp
