// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/routes.hpp"

#include <utility>

namespace hdp::http {

Answer methodRefusal() {
    return sentence(statusMethodNotAllowed,
                    "Only GET and HEAD are answered; nothing can be changed over HTTP.");
}

void Routes::add(std::string path, Page page) {
    pages_.emplace(std::move(path), std::move(page));
}

Answer Routes::answer(std::string_view method, std::string_view target) const {
    const auto page = pages_.find(target.substr(0, target.find('?')));
    if (page == pages_.end()) {
        return sentence(statusNotFound, "There is nothing at this path; see / for what there is.");
    }
    if (method != "GET" && method != "HEAD") {
        return methodRefusal();
    }
    return page->second();
}

} // namespace hdp::http
