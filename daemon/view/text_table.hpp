// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace hdp {

/// Rows of cells as lines with aligned columns, two spaces apart and without spaces at a line's
/// end; an empty cell is a dash. Cells hold printable ASCII. Pure.
std::string textTable(const std::vector<std::vector<std::string>>& rows);

} // namespace hdp
