// A form as the official paper in xlsx, and back. The file names itself in a hidden sheet; the upload is read by the titles of
// its heads and rows, so that a column or row that somebody inserted, and any number format, does no harm.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "modules/forms/evaluate.h"
#include "modules/forms/ledger.h"

namespace anban::forms {

struct PaperFacts {
    std::string filing_id;        // comes back with the upload
    std::string part;             // "statistics": the address of errors
    std::string unit_line;        // "填报单位：株洲市住房和城乡建设局"
    std::string window_line;      // "统计时间：2023年3月1日至3月31日"
    int year = 2023;              // for dates without one
};

// Throws std::runtime_error when the file can not be written.
void write_table(const Form&, const PaperFacts&, const Evaluated&, const Cells& previous, const std::string& path);
void write_ledger(const Form&, const PaperFacts&, const LedgerRows&, const std::string& path, int empty_rows = 50);

struct FormStamp { std::string form, version, filing_id; };  // of the hidden sheet; empty when it is gone

struct TableUpload {
    FormStamp stamp;
    Cells cells;                      // typed columns only; derived cells of the file are not believed
    std::vector<FieldError> errors;   // path "statistics:r1.found", param cell "E7"
};
struct LedgerUpload {
    FormStamp stamp;
    LedgerRows rows;
    std::vector<FieldError> errors;   // path "ledger:r3.level", param cell "D8"
};

// Refusals of platform/office, "form.head_not_found" (this is another table), "form.columns_missing" with one error for each title,
// "form.rows_missing". Errors in cells are no refusal: the caller shows them all, and takes the rest.
[[nodiscard]] Result<TableUpload> read_table_xlsx(const Form&, const PaperFacts&, std::string_view bytes);
[[nodiscard]] Result<LedgerUpload> read_ledger_xlsx(const Form&, const PaperFacts&, std::string_view bytes);

}  // namespace anban::forms
