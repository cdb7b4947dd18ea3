// Accounts from a spreadsheet: every row is checked, every fault is listed with row and column, and nothing is stored when one
// is found. Initial passwords are made here and told once, in the answer; only their hashes are stored.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/people/people.h"
#include "platform/api/call.h"
#include "platform/office/sheet_rows.h"

namespace anban::people {

inline constexpr std::size_t kMostImported = 500;  // each row costs one hash

// 登录名* 姓名或岗位* 单位全称* 角色* 手机
[[nodiscard]] const std::vector<office::SheetColumn>& import_columns();

struct ImportFacts {
    Actor actor;
    CivilDate today;
    std::map<std::string, organizations::Organization> organizations;  // by name: those in the actor's scope
    std::set<std::string> taken;                                       // logins that exist
};
// Pure. password_hash stays empty.
[[nodiscard]] Result<std::vector<NewAccount>> check_import(const std::vector<office::SheetRow>&, const ImportFacts&);

struct ImportedAccount { std::string login; std::string name; std::string organization; Role role = Role::liaison; std::string password; };
BOOST_DESCRIBE_STRUCT(ImportedAccount, (), (login, name, organization, role, password))
struct ImportReport {
    bool dry_run = false;
    std::vector<ImportedAccount> rows;  // a dry run tells no passwords: none are made
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (dry_run, rows))
[[nodiscard]] Result<ImportReport> import(api::Call&, const std::vector<office::SheetRow>&, bool dry_run);

}  // namespace anban::people
