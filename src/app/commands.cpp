#include <algorithm>
#include <array>
#include <exception>
#include <ostream>

#include "app/command.h"
#include "app/pack_command.h"
#include "app/serve.h"

namespace anban {
namespace {

int run_help(Arguments, std::ostream& out, std::ostream&) {
    for (const auto& command : commands()) out << "anban " << command.name << ' ' << command.usage << "\n    " << command.help << '\n';
    return kAllWell;
}

constexpr std::array kCommands{
    Command{"help", "", "列出全部命令 · lists the commands", run_help},
    Command{"serve", "[--data DIR] [--listen ADDRESS:PORT] [--database postgresql://…] [--business-time TIME] [--origin https://…]",
            "启动服务 · serves the page and the API", run_serve},
    Command{"pack", "check DIR... | plan DIR --from DATE --to DATE [--level county] [--json]",
            "检查方案包，列出应报清单 · checks packs, prints who owes what by when", run_pack},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

int run_command(Arguments arguments, std::ostream& out, std::ostream& err) {
    if (arguments.empty()) return run_help({}, err, err), kWrongUse;
    const auto found = std::ranges::find(kCommands, arguments.front(), &Command::name);
    if (found == kCommands.end()) {
        err << "anban: 没有这个命令 · no such command: " << arguments.front() << '\n';
        return run_help({}, err, err), kWrongUse;
    }
    try {
        return found->run(arguments.subspan(1), out, err);
    } catch (const std::exception& broken) {
        err << "anban " << found->name << ": " << broken.what() << '\n';
        return kFindings;
    }
}

}  // namespace anban
