// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/form.hpp"
#include "daemon/config/value.hpp"
#include "daemon/options.hpp"

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hdp::config {

/// How a setting is called, and what a person is told of it.
struct Words {
    std::string key;  ///< in a file: "log.level", level in the section log
    std::string flag; ///< "--log-level"
    std::string argument;
    std::string group;
    std::string help;
};

/// How a setting is written in one text, as a flag or an environment variable has it.
struct OneText {
    /// What stands between several of a list; empty for a setting that is one value.
    std::string separators{};
    /// Reads one of them.
    std::function<Value(const std::string&)> item = textValue;
    bool mayBeEmpty = false; ///< else an empty variable is as good as none
};

/// One setting of the daemon: a member of Options and all its names.
struct Setting {
    Words words;
    OneText oneText{};
    bool isLive = false; ///< takes effect in a running daemon; others need a new one
    std::function<void(const Value&, Options&)> read{};
    std::function<Value(const Options&)> write{};

    /// "HDP_LOG_LEVEL" for --log-level.
    [[nodiscard]] std::string variable() const;

    /// What the texts say together: all of a list, the last one otherwise.
    [[nodiscard]] Value valueOf(const std::vector<std::string>& texts) const;

    /// The value in one text, for people: "cdi-cri,device-specs".
    [[nodiscard]] std::string summary(const Options& options) const;
};

/// The member is what std::invoke takes: &Options::logLevel, or a lambda that returns a reference
/// to a part of either a const or a mutable Options.
template <class Member, class Type>
Setting setting(Words words, Member member, Form<Type> form) {
    Setting result{.words = std::move(words)};
    result.read = [member, form](const Value& value, Options& options) {
        std::invoke(member, options) = form.read(value);
    };
    result.write = [member, form](const Options& options) {
        return form.write(std::invoke(member, options));
    };
    return result;
}

Setting live(Setting setting);
Setting asOneText(Setting setting, OneText oneText);

} // namespace hdp::config
