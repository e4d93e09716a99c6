// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/http/answer.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace hdp::http {

/// What one is told who wants to change something.
Answer methodRefusal();

/// What there is to get, by path. A path is compared as it is written, so nothing in it can lead
/// anywhere; what follows a question mark is ignored. Nothing can be changed over HTTP: GET and
/// HEAD are the only methods.
class Routes {
  public:
    using Page = std::function<Answer()>;

    void add(std::string path, Page page);

    /// Method and target as the client wrote them, whatever that was. An exception of a page is its
    /// caller's.
    [[nodiscard]] Answer answer(std::string_view method, std::string_view target) const;

  private:
    std::map<std::string, Page, std::less<>> pages_;
};

} // namespace hdp::http
