// SPDX-License-Identifier: Apache-2.0
#include "cdi/names.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <string>

namespace hdp::cdi {
namespace {

/// A DNS subdomain with labels as long as can be.
std::string subdomainOf(std::size_t size) {
    std::string text(size, 'a');
    for (std::size_t at = 63; at < size; at += 64) {
        text[at] = '.';
    }
    return text;
}

const std::string label63 = subdomainOf(63);
const std::string subdomain253 = subdomainOf(253);

TEST(AKind, IsVendorAndClass) {
    for (const std::string& kind :
         {std::string("hailo.ai/device"), std::string("ab/cd"), std::string("a-1.2b.c/D-e_f.g9"),
          label63 + "/cd", "ab/" + label63, subdomain253 + "/cd"}) {
        EXPECT_TRUE(isKind(kind)) << kind;
    }
}

TEST(AKind, IsNothingElse) {
    for (const std::string& text :
         {std::string(), std::string("/"), std::string("hailo.ai"), std::string("hailo.ai/"),
          std::string("/device"), std::string("hailo.ai/device/x"), std::string("hailo.ai/device="),
          std::string("ab/../cd"), std::string("ab/cd\n"), std::string("ab/cd\0", 6)}) {
        EXPECT_FALSE(isKind(text)) << text;
    }
}

TEST(AKind, HasADnsSubdomainForAVendor) {
    for (const std::string& vendor :
         {std::string("Hailo.ai"), std::string("hailo.AI"), std::string("1hailo.ai"),
          std::string("hailo..ai"), std::string(".hailo"), std::string("hailo."),
          std::string("-hailo"), std::string("hailo-"), std::string("hailo-.ai"),
          std::string("hailo.-ai"), std::string("ha_ilo"), std::string("h\xC3\xA9"), label63 + "a",
          subdomain253 + "a"}) {
        EXPECT_FALSE(isKind(vendor + "/device")) << vendor;
    }
}

TEST(AKind, HasAClassThatBeginsWithALetterAndEndsInNoMark) {
    for (const std::string& name : {std::string("1a"), std::string("-a"), std::string(".a"),
                                    std::string("a-"), std::string("a_"), std::string("a."),
                                    std::string("a:b"), std::string("a b"), label63 + "a"}) {
        EXPECT_FALSE(isKind("hailo.ai/" + name)) << name;
    }
}

TEST(AKind, SparesOlderRuntimesTheNamesOnWhichTheyPanic) {
    EXPECT_FALSE(isKind("a/device"));
    EXPECT_FALSE(isKind("hailo.ai/d"));
}

TEST(ADeviceName, MayBeAnAddress) {
    for (const auto* name : {"0000:01:00.0", "all", "a", "0", "A_b-c.d:e"}) {
        EXPECT_TRUE(isDeviceName(name)) << name;
    }
}

TEST(ADeviceName, BeginsAndEndsWithALetterOrDigit) {
    for (const auto* name : {"", ":", ":a", "a:", "_a", "a_", "-a", "a-", ".a", "a.", "a/b", "a=b",
                             "a b", "a,b", "\xC3\xA9"}) {
        EXPECT_FALSE(isDeviceName(name)) << name;
    }
}

TEST(AnAnnotationKey, IsAKubernetesQualifiedNameInEitherCase) {
    for (const std::string& key :
         {std::string("a"), std::string("A.b-c_9"), std::string("hailo.ai/x"),
          std::string("Hailo.AI/X"), std::string("1.2/3"), label63, "b/" + label63,
          subdomain253 + "/b"}) {
        EXPECT_TRUE(isAnnotationKey(key)) << key;
    }
}

TEST(AnAnnotationKey, IsNothingElse) {
    for (const std::string& key :
         {std::string(), std::string("/a"), std::string("a/"), std::string("a/b/c"),
          std::string("a_b/c"), std::string("a..b/c"), std::string("a b"), std::string("-a"),
          std::string("a."), label63 + "a", subdomain253 + "a/b"}) {
        EXPECT_FALSE(isAnnotationKey(key)) << key;
    }
}

TEST(AQualifiedName, JoinsKindAndDevice) {
    EXPECT_EQ(qualifiedName("hailo.ai/device", "0000:01:00.0"), "hailo.ai/device=0000:01:00.0");
}

} // namespace
} // namespace hdp::cdi
