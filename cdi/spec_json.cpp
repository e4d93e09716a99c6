// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"

#include "cdi/json_structure.hpp"
#include "cdi/json_writer.hpp"
#include "cdi/members.hpp"
#include "cdi/text.hpp"
#include "cdi/validation.hpp"
#include "cdi/version.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <utility>

namespace hdp::cdi {
namespace {

using Json = nlohmann::json;

/// One JSON value and the place where it stands.
class Value {
  public:
    Value(const Json& json, std::string place) : json_(json), place_(std::move(place)) {}

    [[noreturn]] void fail(const std::string& cause) const {
        throw std::invalid_argument(place_.empty() ? cause : place_ + ": " + cause);
    }

    void into(std::string& text) const;
    void into(bool& truth) const;
    void into(std::map<std::string, std::string>& texts) const;
    void into(IntelRdt& rdt) const;
    template <std::integral T>
    void into(T& number) const;

    template <class T>
    void into(std::optional<T>& item) const {
        into(item.emplace());
    }
    template <class T>
    void into(std::vector<T>& items) const;
    template <HasMembers T>
    void into(T& object) const;

  private:
    void expect(bool isRight, std::string_view type) const {
        if (!isRight) {
            fail("expected " + std::string(type));
        }
    }

    const Json& json_;
    std::string place_;
};

/// The members of one JSON object, and which of them were asked for.
class Reader {
  public:
    Reader(const Json& object, std::string place) : object_(object), place_(std::move(place)) {}

    template <class T>
    void required(const char* name, T& member) {
        if (!object_.contains(name)) {
            Value(object_, place_).fail(inQuotes(name) + " is missing");
        }
        optional(name, member);
    }

    template <class T>
    void optional(const char* name, T& member) {
        known_.emplace_back(name);
        const auto found = object_.find(name);
        if (found != object_.end()) {
            Value(*found, place_.empty() ? name : place_ + '.' + name).into(member);
        }
    }

    void refuseUnknown() const {
        for (const auto& [name, value] : object_.items()) {
            if (std::ranges::find(known_, name) == known_.end()) {
                Value(object_, place_).fail("unknown field " + inQuotes(name));
            }
        }
    }

  private:
    const Json& object_;
    std::string place_;
    std::vector<std::string_view> known_;
};

void Value::into(std::string& text) const {
    expect(json_.is_string(), "a string");
    text = json_.get_ref<const std::string&>();
}

void Value::into(bool& truth) const {
    expect(json_.is_boolean(), "true or false");
    truth = json_.get<bool>();
}

void Value::into(std::map<std::string, std::string>& texts) const {
    expect(json_.is_object(), "an object of strings");
    for (const auto& [key, text] : json_.items()) {
        Value(text, place_ + '[' + inQuotes(key) + ']').into(texts[key]);
    }
}

/// The reference library takes even an empty list of schemata for a use of 1.1.0, and a Spec cannot
/// tell an empty list from none.
void Value::into(IntelRdt& rdt) const {
    if (json_.contains("schemata") && json_["schemata"].empty()) {
        fail("schemata are empty");
    }
    into<IntelRdt>(rdt);
}

template <std::integral T>
void Value::into(T& number) const {
    using Limits = std::numeric_limits<T>;
    const bool fits = json_.is_number_unsigned() ? std::in_range<T>(json_.get<std::uint64_t>())
                                                 : json_.is_number_integer() &&
                                                       std::in_range<T>(json_.get<std::int64_t>());
    expect(fits, "an integer from " + std::to_string(Limits::min()) + " to " +
                     std::to_string(Limits::max()));
    number = json_.get<T>();
}

template <class T>
void Value::into(std::vector<T>& items) const {
    constexpr std::string_view expected = std::same_as<T, std::string> ? "an array of strings"
                                          : std::integral<T>           ? "an array of integers"
                                                                       : "an array of objects";
    expect(json_.is_array(), expected);
    for (std::size_t index = 0; index < json_.size(); ++index) {
        Value(json_[index], place_ + '[' + std::to_string(index) + ']').into(items.emplace_back());
    }
}

template <HasMembers T>
void Value::into(T& object) const {
    expect(json_.is_object(), "an object");
    Reader reader(json_, place_);
    visitMembers(object, reader);
    reader.refuseUnknown();
}

void requireVersion(std::string_view declared, const Spec& spec) {
    if (!isKnownVersion(declared)) {
        throw std::invalid_argument("cdiVersion: " + inQuotes(declared) + " is unknown");
    }
    const std::string minimum(minimumVersion(spec));
    if (isOlder(declared, minimum)) {
        throw std::invalid_argument("cdiVersion: " + inQuotes(declared) +
                                    " is too old for the content, which needs " + minimum);
    }
}

Json parseJson(std::string_view json) {
    if (json.size() > maxSpecBytes) {
        throw std::invalid_argument("the file has " + std::to_string(json.size()) +
                                    " bytes, more than " + std::to_string(maxSpecBytes));
    }
    checkJsonStructure(json);
    return Json::parse(json);
}

} // namespace

std::string toJson(const Spec& spec) {
    requireValid(spec);
    std::string text;
    JsonWriter writer(text);
    writer.required("cdiVersion", std::string(minimumVersion(spec)));
    visitMembers(spec, writer);
    writer.end();
    return text + '\n';
}

Spec parseSpec(std::string_view json) {
    const Json document = parseJson(json);
    if (!document.is_object()) {
        throw std::invalid_argument("expected an object");
    }
    Spec spec;
    std::string version;
    Reader reader(document, {});
    reader.required("cdiVersion", version);
    visitMembers(spec, reader);
    reader.refuseUnknown();
    requireVersion(version, spec);
    requireValid(spec);
    return spec;
}

} // namespace hdp::cdi
