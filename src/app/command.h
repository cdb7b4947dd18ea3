// The command line: a table of commands, each a plain function. `anban` alone or `anban help` prints the table.
// Exit codes, the same for every command: 0 all well, 1 findings (the command ran and says no), 2 wrong use.
#pragma once

#include <iosfwd>
#include <span>
#include <string_view>

namespace anban {

constexpr int kAllWell = 0;
constexpr int kFindings = 1;
constexpr int kWrongUse = 2;

using Arguments = std::span<const std::string_view>;  // without the program and the command's own name

struct Command {
    std::string_view name;
    std::string_view usage;  // "check DIR... | plan DIR --from DATE --to DATE"
    std::string_view help;   // one line
    int (*run)(Arguments, std::ostream& out, std::ostream& err);
};

[[nodiscard]] std::span<const Command> commands();

// What main does, in process: the first argument names the command. Broken machinery (an exception) ends as 1 with its
// text on err.
[[nodiscard]] int run_command(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
