// Organizations from a spreadsheet: every row is checked, every fault is listed with its row and column, and nothing is stored
// when one is found. Parents may stand in the same sheet, above or below.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "modules/organizations/organizations.h"
#include "platform/office/sheet_rows.h"

namespace anban::organizations {

inline constexpr std::size_t kMostImported = 3000;  // a deed holds the writer for about a second at most

// 单位全称* 简称 类别* 层级* 上级单位 行业主管部门 所属安委会 行政区划代码 统一社会信用代码 启用日期. Several parents are joined by 、.
[[nodiscard]] const std::vector<office::SheetColumn>& import_columns();

// What the sheet's words mean in the database: asked for the words of the sheet alone.
struct ImportFacts {
    std::map<std::string, Organization> known;  // by name: open ones in the actor's scope
    std::set<std::string> taken;                // names that an open organization bears, in scope or not
    std::set<std::string> divisions;            // codes that exist
    CivilDate today;
    bool may_be_root = false;
};
struct ImportWords { std::set<std::string> names; std::set<std::string> parents; std::set<std::string> divisions; };
[[nodiscard]] ImportWords words_of(const std::vector<office::SheetRow>&);

// Pure. Openings with ids, in the order of the rows; or one refusal "import.rows_wrong" with all faults: path "row 7", params
// row, column, value.
[[nodiscard]] Result<std::vector<Opening>> check_import(const std::vector<office::SheetRow>&, const ImportFacts&, Instant now);

struct ImportReport {
    bool dry_run = false;
    std::int64_t rows = 0;
    std::vector<std::string> names;  // the first 500 that are (or would be) opened
};
BOOST_DESCRIBE_STRUCT(ImportReport, (), (dry_run, rows, names))
[[nodiscard]] Result<ImportReport> import(Work&, const std::vector<office::SheetRow>&, bool dry_run);

}  // namespace anban::organizations
