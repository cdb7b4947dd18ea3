// Reads xlsx as a stream of rows, in flat memory: only the shared texts (at most 32 MB) are held. Takes what Excel, WPS,
// LibreOffice and export programs write. Never opens another file and never the network: external links are not followed.
//
// Refusals: those of archive.h and xml.h, and "xlsx.no_workbook", "xlsx.no_sheet", "xlsx.too_much_text", "xlsx.too_many_cells",
// "xlsx.rows_out_of_order" {row}, "xlsx.cell_out_of_range" {row}, "xlsx.cell_too_long" {cell}. Reading is all or nothing for
// the caller: when read() refuses after some rows, forget the rows.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "platform/office/archive.h"

namespace anban::office {

struct Cell {
    enum class Kind { blank, text, number, boolean, date, error };
    int column = 0;                  // from 0: 0 is A
    Kind kind = Kind::blank;
    std::string text;                // number: plain decimal as Excel shows it (15 digits, no exponent); date: "2023-03-05"
                                     // or "2023-03-05 17:00"; boolean: TRUE, FALSE; error: "#DIV/0!"
    std::optional<CivilDate> date;   // when kind is date and not a bare time of day
    std::string number;              // when kind is date: the plain decimal behind the format, for columns that want a number
    bool formula = false;            // the text is what the writing program had computed; may be stale
};

struct Row {
    int number = 0;                  // from 1, as Excel shows it
    bool hidden = false;
    std::vector<Cell> cells;         // by column, rising; blanks without a style may be absent
    [[nodiscard]] const Cell* at(int column) const;  // null when absent
};

struct Range { int row = 0, column = 0, last_row = 0, last_column = 0; friend bool operator==(const Range&, const Range&) = default; };  // rows from 1, columns from 0

struct SheetName { std::string name; bool hidden = false; };

struct SheetFacts {
    int rows = 0;                    // number of the last row that was given
    std::vector<Range> merged;       // stands behind the rows in the file: known only at the end
};

struct XlsxLimits {
    ArchiveLimits archive;
    std::size_t shared_text = 32'000'000;  // bytes
    std::size_t cell_text = 200'000;       // bytes
    std::uint64_t cells = 20'000'000;
};

class XlsxReader {
public:
    static Result<XlsxReader> open(std::string_view bytes, const XlsxLimits& = {});  // bytes must outlive the reader
    static Result<XlsxReader> open_file(const std::string& path, const XlsxLimits& = {});

    [[nodiscard]] const std::vector<SheetName>& sheets() const { return sheets_; }
    [[nodiscard]] std::optional<std::size_t> find_sheet(std::string_view name) const;

    // Rows from the top, each once; the sink returns false to stop (merged is then empty).
    Result<SheetFacts> read(std::size_t sheet, const std::function<bool(Row&)>& sink) const;

private:
    struct Book;
    explicit XlsxReader(Archive archive) : archive_(std::move(archive)) {}
    static Result<XlsxReader> open(Result<Archive>, const XlsxLimits&);
    Archive archive_;
    std::shared_ptr<const Book> book_;
    std::vector<SheetName> sheets_;
};

// "E7" from row 7, column 4.
[[nodiscard]] std::string cell_name(int row, int column);
// The date of a serial number; nullopt outside 1900..2200.
[[nodiscard]] std::optional<CivilDate> serial_date(double serial, bool epoch_1904);
// Whether a number format shows a date: "yyyy\"年\"m\"月\"", not "#,##0.00_);[Red]".
[[nodiscard]] bool is_date_format(std::string_view format);

}  // namespace anban::office
