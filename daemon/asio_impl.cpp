// SPDX-License-Identifier: Apache-2.0
// Boost.Asio compiled once, so that the other translation units only see declarations.
#include <boost/asio/impl/src.hpp>
