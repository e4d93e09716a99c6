// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/resource_name.hpp"

#include <algorithm>

namespace hdp::testing {

namespace {

constexpr std::string_view quotaPrefix = "requests.";
constexpr std::size_t maxPrefixLength = 253;
constexpr std::size_t maxNameLength = 63;

bool isLowerAlnum(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

bool isAlnum(char c) {
    return isLowerAlnum(c) || (c >= 'A' && c <= 'Z');
}

bool isLabelChar(char c) {
    return isLowerAlnum(c) || c == '-';
}

bool isNameChar(char c) {
    return isAlnum(c) || c == '-' || c == '_' || c == '.';
}

bool isLabel(std::string_view label) {
    return !label.empty() && std::ranges::all_of(label, isLabelChar) &&
           isLowerAlnum(label.front()) && isLowerAlnum(label.back());
}

bool isSubdomain(std::string_view domain) {
    for (auto dot = domain.find('.'); dot != std::string_view::npos; dot = domain.find('.')) {
        if (!isLabel(domain.substr(0, dot))) {
            return false;
        }
        domain.remove_prefix(dot + 1);
    }
    return isLabel(domain);
}

bool isQualifiedName(std::string_view name) {
    return !name.empty() && name.size() <= maxNameLength && std::ranges::all_of(name, isNameChar) &&
           isAlnum(name.front()) && isAlnum(name.back());
}

} // namespace

bool isExtendedResourceName(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || name.find("kubernetes.io/") != std::string_view::npos ||
        name.starts_with(quotaPrefix)) {
        return false;
    }
    const auto domain = name.substr(0, slash);
    return quotaPrefix.size() + domain.size() <= maxPrefixLength && isSubdomain(domain) &&
           isQualifiedName(name.substr(slash + 1));
}

} // namespace hdp::testing
