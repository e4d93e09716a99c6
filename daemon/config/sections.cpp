// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/sections.hpp"

#include "cdi/text.hpp"
#include "daemon/config/form.hpp"
#include "daemon/config/nearest.hpp"
#include "daemon/config/settings.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace hdp::config {

namespace {

bool isSection(const std::string& key) {
    return std::ranges::any_of(
        settings(), [&key](const Setting& each) { return each.words.key.starts_with(key + "."); });
}

/// "kubelet.directory" and "kubelet" for kubelet.directory.
std::vector<std::string> allKeys() {
    std::set<std::string> keys;
    for (const auto& each : settings()) {
        const auto& key = each.words.key;
        keys.insert(key);
        keys.insert(key.substr(0, key.find('.')));
    }
    return {keys.begin(), keys.end()};
}

/// The key that was probably meant: its last part stands at another place, or it is misspelt. A
/// flag's name, "cdi-kind", is near to its key.
std::string suggestionFor(const std::string& key) {
    const auto last = "." + key.substr(key.rfind('.') + 1);
    std::vector<std::string> misplaced;
    for (const auto& each : settings()) {
        if (each.words.flag == "--" + key || each.words.key.ends_with(last)) {
            misplaced.push_back(each.words.key);
        }
    }
    return misplaced.size() == 1 ? "; did you mean " + misplaced.front() + "?"
                                 : suggestion(key, allKeys());
}

class Reader {
  public:
    explicit Reader(Options& options) : options_(options) {}

    void readSection(const Value& section, const std::string& prefix) {
        for (const auto& entry : section.children) {
            readEntry(entry, prefix + entry.key);
        }
    }

    [[nodiscard]] const std::map<std::string, std::size_t>& lines() const { return lines_; }

  private:
    void readEntry(const Value& entry, const std::string& key) {
        const auto setting =
            std::ranges::find(settings(), key, [](const Setting& each) { return each.words.key; });
        if (setting != settings().end()) {
            readWithin(key, [&] { setting->read(entry, options_); });
            lines_.emplace(key, entry.line);
        } else if (!isSection(key)) {
            throw Refusal{entry,
                          "the key " + cdi::inQuotes(key) + " is unknown" + suggestionFor(key)};
        } else if (entry.kind != Value::Kind::Nothing) { // all of it may be commented out
            readWithin(key, [&] { entriesOf(entry); });
            readSection(entry, key + ".");
        }
    }

    Options& options_;
    std::map<std::string, std::size_t> lines_;
};

} // namespace

std::map<std::string, std::size_t> readDocument(const Value& document, Options& options) {
    Reader reader{options};
    if (document.kind != Value::Kind::Nothing) {
        entriesOf(document);
        reader.readSection(document, {});
    }
    return reader.lines();
}

} // namespace hdp::config
