// SPDX-License-Identifier: Apache-2.0
#include "hotplug/pci_address.hpp"

#include <gtest/gtest.h>

namespace hdp::hotplug {
namespace {

TEST(APciAddress, IsReadFromTheKernelsForm) {
    EXPECT_EQ(parsePciAddress("0001:3b:1f.7"), (PciAddress{1, 0x3b, 0x1f, 7}));
}

TEST(APciAddress, IsReadInEitherCase) {
    EXPECT_EQ(parsePciAddress("00AB:cD:0a.0"), (PciAddress{0xab, 0xcd, 0x0a, 0}));
}

TEST(APciAddress, HasADomainOfUpTo32Bits) {
    EXPECT_EQ(parsePciAddress("10000:01:00.0"), (PciAddress{0x10000, 1, 0, 0}));
    EXPECT_EQ(parsePciAddress("ffffffff:01:00.0"), (PciAddress{0xffffffff, 1, 0, 0}));
}

TEST(APciAddress, IsWrittenInTheKernelsForm) {
    EXPECT_EQ(toString({0, 1, 0, 0}), "0000:01:00.0");
    EXPECT_EQ(toString({0xabcd, 0xef, 0x1f, 7}), "abcd:ef:1f.7");
    EXPECT_EQ(toString({0x10000, 0x3b, 0, 0}), "10000:3b:00.0");
    EXPECT_EQ(toString({0xffffffff, 0xff, 0x1f, 7}), "ffffffff:ff:1f.7");
}

TEST(APciAddress, SortsByDomainThenBusThenDeviceThenFunction) {
    EXPECT_LT((PciAddress{0, 0xff, 0x1f, 7}), (PciAddress{1, 0, 0, 0}));
    EXPECT_LT((PciAddress{0, 1, 0x1f, 7}), (PciAddress{0, 2, 0, 0}));
    EXPECT_LT((PciAddress{0, 1, 1, 7}), (PciAddress{0, 1, 2, 0}));
    EXPECT_LT((PciAddress{0, 1, 1, 0}), (PciAddress{0, 1, 1, 1}));
}

class NoPciAddress : public ::testing::TestWithParam<const char*> {};

TEST_P(NoPciAddress, IsReadAsNothing) {
    EXPECT_EQ(parsePciAddress(GetParam()), std::nullopt);
}

INSTANTIATE_TEST_SUITE_P(Texts,
                         NoPciAddress,
                         ::testing::Values("",
                                           ":",
                                           "01:00.0",
                                           ":01:00.0",
                                           "000:01:00.0",
                                           "00000:01:00.0",
                                           "00010000:01:00.0",
                                           "123456789:01:00.0",
                                           "0000:01:00.8",
                                           "0000:01:20.0",
                                           "0000:1:00.0",
                                           "0000:01:0.0",
                                           "0000:01:00",
                                           "0000:01:00.",
                                           "0000:01:00.00",
                                           "0000-01:00.0",
                                           "0000:01-00.0",
                                           "0000:01:00:0",
                                           "0000:01:00.0\n",
                                           " 0000:01:00.0",
                                           "0000:01:00.0 ",
                                           "0x00:01:00.0",
                                           "-000:01:00.0",
                                           "0000:+1:00.0",
                                           "000g:01:00.0",
                                           "1e60:2864",
                                           "[integrated]"));

} // namespace
} // namespace hdp::hotplug
