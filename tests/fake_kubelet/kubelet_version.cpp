// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_version.hpp"

#include <charconv>
#include <stdexcept>
#include <string>

namespace hdp::testing {

namespace {

int minorOf(std::string_view version) {
    auto rest = version;
    if (rest.starts_with('v')) {
        rest.remove_prefix(1);
    }
    int minor = 0;
    if (rest.starts_with("1.")) {
        rest.remove_prefix(2);
        const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), minor);
        if (error == std::errc() && (end == rest.data() + rest.size() || *end == '.')) {
            return minor;
        }
    }
    throw std::invalid_argument("not a version of the kubelet: " + std::string(version));
}

} // namespace

KubeletOptions behaviourOf(std::string_view version) {
    const int minor = minorOf(version);
    return {
        .wipeRule = minor >= 33 ? WipeRule::From133 : WipeRule::UpTo132,
        .takeover = minor >= 37 ? Takeover::KeepsCurrent : Takeover::DisconnectsCurrent,
        .droppedId = minor >= 34 ? DroppedId::Panics : DroppedId::Survives,
        .callerContext = minor >= 35 ? CallerContext::Honoured : CallerContext::Ignored,
    };
}

} // namespace hdp::testing
