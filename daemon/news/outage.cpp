// SPDX-License-Identifier: Apache-2.0
#include "daemon/news/outage.hpp"

#include <exception>
#include <system_error>
#include <utility>

namespace hdp {

bool Outage::attempt(const std::function<void()>& work, const Tell& tell) {
    try {
        work();
        cause_.clear();
        return true;
    } catch (const std::system_error& error) {
        failed(error.code().message(), error.what(), tell);
    } catch (const std::exception& error) {
        failed(error.what(), error.what(), tell);
    }
    return false;
}

void Outage::failed(const std::string& cause, const std::string& details, const Tell& tell) {
    if (std::exchange(cause_, cause) != cause) {
        tell(details);
    }
}

} // namespace hdp
