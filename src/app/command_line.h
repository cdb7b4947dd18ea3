// What the operator's commands share: their own flags apart from those of every data folder (config.h), and the folder opened.
#pragma once

#include <iosfwd>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/command.h"
#include "app/config.h"

namespace anban {

class Application;

struct CommandLine {
    std::vector<std::string> words;             // without a dash in front: folders, "add", "list"
    std::map<std::string, std::string> values;  // "--login" -> "zz.zj"
    std::set<std::string> switches;             // "--json"
    Config config;

    [[nodiscard]] std::string value(const std::string& flag) const;  // '' when it was not given
    [[nodiscard]] bool has(const std::string& flag) const { return switches.contains(flag); }
};

struct Flags {
    std::set<std::string> with_value;
    std::set<std::string> alone;
};

// The flags named are the command's own; every other flag is read_config's and refused as there.
[[nodiscard]] Result<CommandLine> read_command_line(Arguments, const Flags& own);

// Whether a command may go on: no server runs on the folder, and the database is there when it must be. Else a sentence on err.
[[nodiscard]] bool may_open(const Config&, bool must_exist, std::ostream& err);

// A demo folder remembers the business time at which its replay ended; whoever opens it without a time of its own goes on there.
[[nodiscard]] std::optional<Instant> demo_business_time(const std::string& data);

// The folder opened for one command; nullptr where may_open says no.
[[nodiscard]] std::unique_ptr<Application> open_application(const Config&, bool must_exist, std::ostream& err);

[[nodiscard]] std::string in_chinese(std::string_view key, const Params& params = {});
// The refusal and every place that it names, one a line.
void print(std::ostream&, const Refusal&);

}  // namespace anban
