// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/entry.hpp"

#include "cdi/text.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>

#include <fcntl.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

/// The lowest number that is free.
int nextDescriptor() {
    const int descriptor = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    ::close(descriptor);
    return descriptor;
}

} // namespace

void require(bool condition, std::string_view property) {
    require(condition, property, "");
}

void require(bool condition, std::string_view property, std::string_view value) {
    if (condition) {
        return;
    }
    const auto text = log::printable(value);
    static_cast<void>(std::fprintf(stderr, "does not hold: %.*s\n  of: %s\n",
                                   static_cast<int>(property.size()), property.data(),
                                   text.c_str()));
    std::abort();
}

void requireSentence(std::string_view sentence) {
    require(!sentence.empty(), "a sentence says something");
    require(cdi::isText(sentence), "a sentence is UTF-8", sentence);
    require(log::printable(sentence) == sentence, "a sentence is one printable line", sentence);
}

void requireNoLeak(const std::function<void()>& deed) {
    const int before = nextDescriptor();
    deed();
    require(nextDescriptor() == before, "all descriptors are closed");
}

} // namespace hdp::testing

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): bytes are bytes
        hdp::testing::tryOut({reinterpret_cast<const char*>(data), size});
    } catch (const std::exception& error) {
        hdp::testing::require(false, "every exception is part of a contract", error.what());
    }
    return 0;
}
