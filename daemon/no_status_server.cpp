// SPDX-License-Identifier: Apache-2.0
// In the place of status_server.cpp in a build without HTTP.
#include "daemon/log.hpp"
#include "daemon/status_server.hpp"

namespace hdp {

struct StatusServer::Parts {};

StatusServer::StatusServer(boost::asio::io_context& /*loop*/,
                           const std::string& address,
                           Sources /*sources*/) {
    if (!address.empty()) {
        log::error("nothing is told at " + address +
                       ": this build is without HTTP; leave http.listen out, or build with "
                       "-Dhttp=enabled",
                   {{"HAILO_EVENT", "http-failure"}});
    }
}

StatusServer::~StatusServer() = default;

void StatusServer::verify() {}

void StatusServer::tell() {}

void StatusServer::stop() {}

} // namespace hdp
