// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hdp::http {

/// One client, from when it is accepted until its connection is closed. Lives as long as an
/// operation of its own is under way.
class Session {
  public:
    Session() = default;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;
    virtual ~Session() = default;

    /// Ends it; what was under way ends soon after and tells nobody.
    virtual void close() = 0;
};

} // namespace hdp::http
