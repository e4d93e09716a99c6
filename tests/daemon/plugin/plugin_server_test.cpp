// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/builders.hpp"
#include "tests/daemon/plugin/raw_connection.hpp"
#include "tests/daemon/plugin/served_plugin.hpp"
#include "tests/daemon/plugin/stream_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

class PluginServerTest : public ServedPlugin {
  protected:
    grpc::Status allocateIds(const std::vector<std::string>& ids) {
        v1beta1::AllocateRequest request;
        auto& container = *request.add_container_requests();
        *container.mutable_devices_ids() = {ids.begin(), ids.end()};
        return call([this, &request](auto& stub, auto& context) {
            return stub.Allocate(&context, request, &allocated);
        });
    }

    grpc::Status prefer(int size) {
        v1beta1::PreferredAllocationRequest request;
        auto& container = *request.add_container_requests();
        container.add_available_deviceids(firstId);
        container.add_available_deviceids(secondId);
        container.set_allocation_size(size);
        return call([this, &request](auto& stub, auto& context) {
            return stub.GetPreferredAllocation(&context, request, &preferred);
        });
    }

    v1beta1::AllocateResponse allocated;
    v1beta1::PreferredAllocationResponse preferred;
};

using APluginServer = PluginServerTest;

TEST_F(APluginServer, AsksForPreferredAllocationAndForNothingBeforeTheStart) {
    v1beta1::DevicePluginOptions options;
    const auto status = call([&options](auto& stub, auto& context) {
        return stub.GetDevicePluginOptions(&context, {}, &options);
    });

    EXPECT_TRUE(status.ok()) << status.error_message();
    EXPECT_TRUE(options.get_preferred_allocation_available());
    EXPECT_FALSE(options.pre_start_required());
    EXPECT_EQ(options.DebugString(), DevicePluginService::options().DebugString());
}

TEST_F(APluginServer, Allocates) {
    plug({chip(firstId), chip(secondId, 1)});
    const auto status = allocateIds({secondId, firstId});

    EXPECT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(allocated.container_responses_size(), 1);
    EXPECT_EQ(allocated.container_responses(0).envs().at("HAILO_DEVICE_COUNT"), "2");
    EXPECT_EQ(allocated.container_responses(0).cdi_devices_size(), 2);
}

TEST_F(APluginServer, AllocatesFromWhatIsTrueNow) {
    plug({chip(firstId)});
    plug({});

    EXPECT_EQ(allocateIds({firstId}).error_code(), grpc::StatusCode::FAILED_PRECONDITION);
}

TEST_F(APluginServer, RefusesAnInvalidRequestWithASentence) {
    plug({chip(firstId)});
    const auto status = allocateIds({"0000:09:00.0"});

    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_THAT(status.error_message(), HasSubstr("\"0000:09:00.0\" is unknown"));
}

TEST_F(APluginServer, RefusesAChipThatCannotBeHadNowWithItsReason) {
    plug({unboundChip(firstId)});
    const auto status = allocateIds({firstId});

    EXPECT_EQ(status.error_code(), grpc::StatusCode::FAILED_PRECONDITION);
    EXPECT_THAT(status.error_message(), HasSubstr("(driver-not-bound)"));
}

TEST_F(APluginServer, RefusesAHugeIdWithASmallSentence) {
    plug({chip(firstId)});
    const auto status = allocateIds({std::string(1U << 20U, 'x')});

    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_LT(status.error_message().size(), 300U);
}

TEST_F(APluginServer, WritesEveryAllocationAndEveryRefusalDown) {
    plug({chip(firstId)});
    allocateIds({firstId});
    allocateIds({secondId});

    EXPECT_EQ(log.count("HAILO_EVENT=allocation  HAILO_OUTCOME=granted  "
                        "HAILO_RESOURCE=hailo.ai/device  HAILO_DEVICE=0000:01:00.0  "
                        "HAILO_HANDOVER=cdi-cri,device-specs"),
              1U)
        << log.text();
    EXPECT_EQ(log.count("HAILO_EVENT=allocation  HAILO_OUTCOME=refused  "
                        "HAILO_RESOURCE=hailo.ai/device  HAILO_DEVICE=0000:02:00.0"),
              1U);
}

TEST_F(APluginServer, WritesNoMoreOfARequestDownThanALineHolds) {
    plug({chip(firstId)});
    const auto before = log.text().size();
    v1beta1::AllocateRequest request;
    for (int container = 0; container < 1000; ++container) {
        request.add_container_requests()->add_devices_ids(std::string(100, 'x'));
    }
    const auto status = call(
        [&](auto& stub, auto& context) { return stub.Allocate(&context, request, &allocated); });

    EXPECT_EQ(status.error_code(), grpc::StatusCode::INVALID_ARGUMENT);
    EXPECT_LT(log.text().size() - before, 5000U);
}

TEST_F(APluginServer, PrefersAllocations) {
    plug({chip(firstId), chip(secondId, 1)});
    const auto status = prefer(2);

    EXPECT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(preferred.container_responses_size(), 1);
    EXPECT_THAT(preferred.container_responses(0).deviceids(),
                UnorderedElementsAre(firstId, secondId));
}

TEST_F(APluginServer, RefusesANonsensicalPreference) {
    EXPECT_EQ(prefer(-1).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
}

TEST_F(APluginServer, HasNothingToDoBeforeAContainerStarts) {
    const auto status = call([](auto& stub, auto& context) {
        v1beta1::PreStartContainerResponse response;
        return stub.PreStartContainer(&context, {}, &response);
    });

    EXPECT_TRUE(status.ok()) << status.error_message();
}

TEST_F(APluginServer, IsNotDisturbedByGarbage) {
    const RawConnection garbage{path};
    garbage.write(std::string(100'000, '\xff'));
    const RawConnection http{path};
    http.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    const RawConnection silent{path};
    plug({chip(firstId)});

    EXPECT_TRUE(allocateIds({firstId}).ok());
    const StreamReader reader{connect()};
    EXPECT_THAT(listAfter(reader, 1), ElementsAre("0000:01:00.0 Healthy"));
}

TEST_F(APluginServer, IsNotDisturbedByConnectionsThatComeAndGo) {
    for (int connection = 0; connection < 100; ++connection) {
        const RawConnection visitor{path};
    }
    plug({chip(firstId)});

    EXPECT_TRUE(allocateIds({firstId}).ok());
}

TEST_F(APluginServer, ServesConnectionsThatOutliveItsSocket) {
    plug({chip(firstId)});
    const StreamReader reader{connect()};
    EXPECT_THAT(listAfter(reader, 1), ElementsAre("0000:01:00.0 Healthy"));
    socket.reset();
    plug({});

    EXPECT_THAT(listAfter(reader, 2), ElementsAre("0000:01:00.0 Unhealthy"));
}

TEST_F(APluginServer, ShutsDownWithNothingOpen) {
    EXPECT_TRUE(shutDown());
}

TEST_F(APluginServer, ShutsDownWithAStreamOpenThatNobodyEnds) {
    const StreamReader reader{connect()};
    ASSERT_TRUE(waitFor([this] { return opened.size() == 1; }));

    EXPECT_TRUE(shutDown());
    EXPECT_NE(endOf(reader), grpc::StatusCode::OK);
}

TEST_F(APluginServer, ShutsDownWithASilentConnectionOpen) {
    const RawConnection silent{path};
    plug({chip(firstId)});
    allocateIds({firstId});

    EXPECT_TRUE(shutDown());
}

} // namespace
} // namespace hdp::testing
