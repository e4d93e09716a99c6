// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/resource_name.hpp"

#include <regex>
#include <stdexcept>
#include <string>

namespace hdp {

namespace {

// The kubelet prefixes "requests." before it checks, so the domain loses as many of its 253
// characters.
constexpr std::size_t longestDomain = 253 - std::string_view{"requests."}.size();
constexpr std::size_t longestName = 63;

[[noreturn]] void refuse(std::string_view name, const std::string& cause) {
    throw std::invalid_argument("the resource name \"" + std::string{name} + "\" " + cause +
                                "; the kubelet accepts names such as hailo.ai/device");
}

bool isDomain(const std::string& text) {
    static const std::regex label{
        "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*"};
    return text.size() <= longestDomain && std::regex_match(text, label);
}

bool isName(const std::string& text) {
    static const std::regex name{"[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?"};
    return text.size() <= longestName && std::regex_match(text, name);
}

} // namespace

void checkResourceName(std::string_view name) {
    const auto slash = name.find('/');
    if (slash == std::string_view::npos) {
        refuse(name, "has no domain");
    }
    if (name.find("kubernetes.io/") != std::string_view::npos) {
        refuse(name, "is in kubernetes.io, which belongs to Kubernetes");
    }
    if (name.starts_with("requests.")) {
        refuse(name, "begins with \"requests.\", which quotas use");
    }
    if (!isDomain(std::string{name.substr(0, slash)})) {
        refuse(name,
               "has a domain that is not a lower-case DNS subdomain of at most 244 characters");
    }
    if (!isName(std::string{name.substr(slash + 1)})) {
        refuse(name, "has a part behind the slash that is not 1 to 63 of letters, digits, \"-\", "
                     "\"_\" and \".\", "
                     "with a letter or digit at both ends");
    }
}

} // namespace hdp
