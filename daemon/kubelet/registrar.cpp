// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/registrar.hpp"

#include "daemon/log.hpp"

#include <utility>

namespace hdp {

std::string_view nameOf(RegistrationMode mode) {
    return mode == RegistrationMode::Register ? "register" : "watcher";
}

Registrar::Registrar(std::string resource, Events events)
    : resource_(std::move(resource)), events_(std::move(events)) {}

void Registrar::tellAnswer(bool isAccepted) const {
    if (events_.onAnswer) {
        events_.onAnswer(isAccepted);
    }
}

void Registrar::tellState() const {
    if (events_.onState) {
        events_.onState(stateName());
    }
}

void Registrar::say(const std::string& sentence, bool isProblem) {
    if (std::exchange(lastSentence_, sentence) == sentence) {
        return;
    }
    const auto tell = isProblem ? log::warning : log::info;
    tell(sentence, {{"HAILO_EVENT", "registration"}, {"HAILO_RESOURCE", resource_}});
}

} // namespace hdp
