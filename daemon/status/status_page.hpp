// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::status {

/// The files of the folder page, as they were when the daemon was built.
extern const std::string_view pageHtml;
extern const std::string_view pageStyle;
extern const std::string_view pageScript;

/// The page with the state in it that it begins with, so that it shows something at once.
std::string statusPage(const std::string& statusJson);

} // namespace hdp::status
