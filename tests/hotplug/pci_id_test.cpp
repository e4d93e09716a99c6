// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_id.hpp"

#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

TEST(APciId, NamesTheProductsThatDriversKnow) {
    EXPECT_EQ(modelOf({hailoVendor, 0x2864}), "hailo-8");
    EXPECT_EQ(modelOf({hailoVendor, 0x45c4}), "hailo-10h");
    EXPECT_EQ(modelOf({hailoVendor, 0x43a2}), "hailo-15l");
    EXPECT_EQ(modelOf({hailoVendor, 0x26a2}), "hailo-12l");
}

TEST(APciId, NamesAFutureProductByItsFourDigits) {
    EXPECT_EQ(modelOf({hailoVendor, 0x0abc}), "hailo-0abc");
    EXPECT_EQ(modelOf({hailoVendor, 0xffff}), "hailo-ffff");
}

TEST(APciId, IsReadAsDriversWriteIt) {
    EXPECT_EQ(parsePciId("1e60:2864"), (PciId{0x1e60, 0x2864}));
    EXPECT_EQ(parsePciId("1e60:abc"), (PciId{0x1e60, 0x0abc})) << "drivers do not pad with zeros";
}

TEST(APciId, IsWrittenWithFourDigitsOnEachSide) {
    EXPECT_EQ(toString(PciId{0x1e60, 0x0abc}), "1e60:0abc");
}

class NoPciId : public ::testing::TestWithParam<const char*> {};

TEST_P(NoPciId, IsReadAsNothing) {
    EXPECT_EQ(parsePciId(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts,
                         NoPciId,
                         ::testing::Values("",
                                           ":",
                                           "1e60",
                                           "1e60:",
                                           ":2864",
                                           "11e60:2864",
                                           "1e60:12864",
                                           "1e60:28g4",
                                           "1e60:2864 ",
                                           "-1:2",
                                           "0000:01:00.0",
                                           "[integrated]"));

} // namespace
} // namespace hdp::hotplug
