// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/cdi_library.hpp"

#include "tests/integration/eventually.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <stdexcept>

namespace hdp::testing {

namespace {

std::string outputOf(const std::vector<std::string>& arguments) {
    const auto outcome = run(cdiLibrary(arguments));
    if (outcome.exitCode != 0) {
        throw std::runtime_error(outcome.errors);
    }
    return outcome.output;
}

CdiFolder folderFrom(const std::string& text) {
    const auto json = nlohmann::json::parse(text);
    CdiFolder folder;
    json.at("devices").get_to(folder.devices);
    json.at("errors").get_to(folder.errors);
    for (const auto& file : json.at("files")) {
        folder.files.push_back({file.at("path").get<std::string>(), file.at("version"),
                                file.at("minimum"), file.at("devices")});
    }
    return folder;
}

std::vector<std::string> linesOf(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream{text.substr(0, text.rfind('\n') + 1)};
    for (std::string line; std::getline(stream, line);) {
        lines.push_back(line);
    }
    return lines;
}

} // namespace

std::vector<std::string> cdiLibrary(const std::vector<std::string>& arguments, CdiLibrary library) {
    const auto* variable =
        library == CdiLibrary::Newest ? "HDP_CDI_LIBRARY" : "HDP_OLD_CDI_LIBRARY";
    const char* binary = std::getenv(variable); // NOLINT(concurrency-mt-unsafe)
    if (binary == nullptr) {
        throw std::runtime_error(std::string{variable} +
                                 " does not name the CDI library's program");
    }
    std::vector<std::string> words{binary};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return words;
}

CdiFolder readCdiFolder(const std::filesystem::path& folder) {
    return folderFrom(outputOf({"read", folder}));
}

CdiCache::CdiCache(const std::filesystem::path& folder, CdiLibrary library)
    : follow_(cdiLibrary({"follow", folder}, library)) {}

CdiFolder CdiCache::ask() {
    follow_.tell("\n");
    ++answers_;
    if (!eventually([this] { return linesOf(follow_.output()).size() >= answers_; })) {
        throw std::runtime_error("the CDI library does not answer");
    }
    return folderFrom(linesOf(follow_.output()).at(answers_ - 1));
}

nlohmann::json applied(const nlohmann::json& spec,
                       const std::filesystem::path& folder,
                       const std::vector<std::string>& devices) {
    const TemporaryDirectory place;
    const auto file = place.path() / "config.json";
    writeFile(file, spec.dump());
    std::vector<std::string> words{"apply", file, folder};
    words.insert(words.end(), devices.begin(), devices.end());
    return nlohmann::json::parse(outputOf(words));
}

} // namespace hdp::testing
