// SPDX-License-Identifier: Apache-2.0
// The compiled part of Boost.Asio, for everything that links this library.
#include <boost/asio/impl/src.hpp>
