#include <algorithm>
#include <array>
#include <exception>
#include <ostream>

#include "app/command.h"
#include "app/demo_command.h"
#include "app/migrate_command.h"
#include "app/notice_command.h"
#include "app/openapi_command.h"
#include "app/pack_command.h"
#include "app/serve.h"
#include "app/user_command.h"
#include "app/verify_command.h"

namespace anban {
namespace {

int run_help(Arguments, std::ostream& out, std::ostream&) {
    for (const auto& command : commands()) out << "anban " << command.name << ' ' << command.usage << "\n    " << command.help << '\n';
    return kAllWell;
}

constexpr std::array kCommands{
    Command{"help", "", "列出全部命令 · lists the commands", run_help},
    Command{"serve", "[--data DIR] [--listen ADDRESS:PORT] [--database postgresql://…] [--business-time TIME] [--origin https://…] [--trusted-proxy ADDRESS]…",
            "启动服务 · serves the page and the API", run_serve},
    Command{"pack", "check DIR... | plan DIR --from DATE --to DATE [--level county] [--json] | apply DIR [--dry-run] [--json] [--data DIR]",
            "检查、预演、施行方案包 · checks packs, prints who owes what by when, applies them", run_pack},
    Command{"notice", "extract FILE [--json] | draft FILE -o DIR [--issued DATE] | text FILE | examples -o DIR", "读通知，列出谁在何时报什么，或起草方案包；取出更正过的通知 · reads a notice: who reports what, by when; drafts a pack; takes out what was corrected", run_notice},
    Command{"user", "add --login L --name N --organization O --role R | list | reset --login L | disable --login L --reason W [--data DIR]",
            "账号 · accounts from the command line", run_user},
    Command{"demo", "--data DIR --packs packs/hunan-2023", "装入演示数据 · loads the demo data", run_demo},
    Command{"verify", "[--data DIR]", "核对日志链、回执、附件和数据库 · checks the journal, receipts, attachments and the database", run_verify},
    Command{"migrate", "[--data DIR]", "更新数据库结构 · brings the database to this program's shape", run_migrate},
    Command{"openapi", "", "打印接口说明 · prints the interface as OpenAPI", run_openapi},
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
