// A sheet as people fill it in: one head row with known column names, rows below. What every import of lists starts from.
//
// The head may stand in one of the first ten rows, its columns in any order; a trailing * of a name is not part of it. Rows
// without any text are skipped. Refused: "import.not_a_spreadsheet" and what xlsx_reader.h refuses, "import.no_head" {columns}
// (the required ones that no row has), "import.column_twice" {column}, "import.too_many_rows" {most}, "import.empty".
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "platform/office/xlsx_reader.h"

namespace anban::office {

struct SheetColumn {
    std::string_view name;
    bool required = false;          // must stand in the head; whether a cell may be blank is the importer's rule
    std::string_view hint;          // second row of the template: what to write
    std::vector<std::string> choices;  // a list to choose from
};

struct SheetRow {
    int number = 0;                  // as Excel shows it
    std::vector<std::string> cells;  // trimmed, one for each SheetColumn; '' when absent
};

[[nodiscard]] Result<std::vector<SheetRow>> read_sheet_rows(const XlsxReader&, const std::vector<SheetColumn>&,
                                                            std::size_t most = 20'000);

// An empty sheet with the head and hints, as xlsx bytes at `path`.
void write_sheet_template(const std::string& path, std::string_view sheet, const std::vector<SheetColumn>&);

// Without blanks at both ends: ASCII ones, the full-width space and the no-break space.
[[nodiscard]] std::string_view trimmed(std::string_view);

}  // namespace anban::office
