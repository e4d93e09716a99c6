// SPDX-License-Identifier: Apache-2.0
#include "daemon/identify/identify_chip.hpp"

#include "daemon/identify/identify_control.hpp"

#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace hdp {

int identifyChip(const char* node) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL); // the daemon's end is this one's
    const int chip = ::open(node, O_RDWR | O_CLOEXEC);
    if (chip < 0) {
        return 1;
    }
    auto control = identifyRequest();
    const bool isAnswered = ::ioctl(chip, firmwareControlRequest, control.data()) == 0;
    const auto model = isAnswered ? modelIn(control) : std::nullopt;
    if (model) {
        std::puts(model->c_str());
        std::fflush(stdout);
    }
    ::close(chip); // only now, because this may hang as well
    return model ? 0 : 1;
}

} // namespace hdp
