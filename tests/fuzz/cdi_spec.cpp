// SPDX-License-Identifier: Apache-2.0
// A CDI file, as `cdi validate` reads it and as we write it.
#include "cdi/names.hpp"
#include "cdi/spec_file.hpp"
#include "cdi/spec_json.hpp"
#include "cdi/validation.hpp"
#include "cdi/version.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <stdexcept>
#include <string>

namespace hdp::testing {

namespace {

std::optional<cdi::Spec> parsed(std::string_view json) {
    try {
        return cdi::parseSpec(json);
    } catch (const std::invalid_argument& error) {
        requireSentence(error.what());
        return std::nullopt;
    }
}

void requireSpec(const cdi::Spec& spec, std::string_view input) {
    require(nlohmann::json::accept(input), "what is accepted is JSON");
    require(cdi::validate(spec).empty(), "what is accepted is valid");
    require(cdi::isKnownVersion(cdi::minimumVersion(spec)), "there is a version for it");
    const auto json = cdi::toJson(spec);
    const auto again = parsed(json);
    require(again == spec, "what is written is read again", json);
    require(cdi::toJson(*again) == json, "what is written stays as it is", json);
}

void tryFile(std::string_view content) {
    static const TemporaryDirectory folder;
    static cdi::SpecFile file{folder.path() / "cdi", "hailo.ai-device.json"};
    file.write(content);
    require(file.read() == content, "a file holds what was written");
    require(!file.write(content), "nothing is written twice");
}

/// The shortest spec that has this for a name, a kind and a text.
void tryWords(const std::string& word) {
    cdi::Spec spec;
    spec.kind = cdi::isKind(word) ? word : "hailo.ai/device";
    spec.devices.push_back({cdi::isDeviceName(word) ? word : "chip", {}, {}});
    spec.devices.front().containerEdits.env = {"WORD=" + word};
    if (cdi::isAnnotationKey(word)) {
        spec.annotations[word] = word;
    }
    for (const auto& sentence : cdi::validate(spec)) {
        requireSentence(sentence);
    }
    if (cdi::validate(spec).empty()) {
        require(parsed(cdi::toJson(spec)) == spec, "what is valid is read again", word);
    }
}

} // namespace

void tryOut(std::string_view input) {
    if (const auto spec = parsed(input)) {
        requireSpec(*spec, input);
    }
    tryWords(std::string{input});
    requireNoLeak([input] { tryFile(input); });
}

} // namespace hdp::testing
