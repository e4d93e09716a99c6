// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace CLI { // NOLINT(readability-identifier-naming): CLI11's name
class App;
}

namespace hdp::commands {

/// One flag of a command line.
struct Flag {
    enum class Takes { Nothing, Choice, File, Folder, Text };

    std::string name; ///< "--log-level"
    std::string help;
    std::string group;
    std::string argument{}; ///< "debug|info|warning|error"; empty if it takes nothing
    Takes takes = Takes::Nothing;
    std::vector<std::string> choices{}; ///< those four

    friend bool operator==(const Flag&, const Flag&) = default;
};

/// What may stand on a command line behind one word. Hidden commands are left out.
struct Grammar {
    std::string name; ///< the word
    std::string help;
    std::vector<Flag> flags;
    std::vector<Grammar> commands; ///< words that may follow
    bool takesFiles = false;       ///< names of files may follow
};

/// All that completions and manual pages tell of the program comes from here, so that they cannot
/// say anything else than --help.
Grammar grammarOf(const CLI::App& app);

} // namespace hdp::commands
