// SPDX-License-Identifier: Apache-2.0
#include "daemon/child/abandoned_children.hpp"

#include <sys/wait.h>

namespace hdp {

namespace {

bool hasEnded(pid_t child) {
    // Not only the child's own number: -1 says that somebody else reaped it.
    return ::waitpid(child, nullptr, WNOHANG) != 0;
}

} // namespace

void AbandonedChildren::add(pid_t child) {
    if (!hasEnded(child)) {
        children_.push_back(child);
    }
}

std::size_t AbandonedChildren::reap() {
    std::erase_if(children_, hasEnded);
    return children_.size();
}

} // namespace hdp
