// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/bystanders.hpp"

#include "tests/support/fixture.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <fstream>
#include <iterator>
#include <sstream>

#include <sys/stat.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

/// Identity, type, mode, time of the last write and content; not how many names it has.
std::string stateOf(const fs::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0) {
        return "absent";
    }
    std::ostringstream state;
    state << "inode " << status.st_ino << " mode " << std::oct << status.st_mode << std::dec
          << " changed " << status.st_mtim.tv_sec << "." << status.st_mtim.tv_nsec;
    if (S_ISREG(status.st_mode)) {
        std::ifstream file{path, std::ios::binary};
        state << " holds " << std::string{std::istreambuf_iterator<char>{file}, {}};
    }
    return state.str();
}

} // namespace

void Bystanders::add(const fs::path& file) {
    writeFile(file, "of somebody else: " + file.filename().string());
    adopt(file);
}

void Bystanders::addSocket(const fs::path& path) {
    if (!fs::exists(path)) {
        boost::asio::io_context loop;
        const boost::asio::local::stream_protocol::acceptor bound{loop, path.string()};
    }
    adopt(path);
}

void Bystanders::adopt(const fs::path& path) {
    all_.push_back({path, stateOf(path)});
}

std::vector<std::string> Bystanders::changed() const {
    std::vector<std::string> lines;
    for (const auto& each : all_) {
        if (const auto now = stateOf(each.path); now != each.state) {
            lines.push_back(each.path.string() + " was " + each.state + ", is " + now);
        }
    }
    return lines;
}

} // namespace hdp::testing
