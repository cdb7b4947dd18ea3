// Writes xlsx. Text is written as a typed text cell, whatever it begins with: "=1+1" from a user never becomes a formula, and
// reads back unchanged (threats D3). Formulas come only from formula(), from our own definitions.
//
// Streaming mode holds one row in memory: rows must rise, and merges, widths and freezing are set before the first row. Rows and
// columns count from 0 here. Throws std::runtime_error when the file can not be written (disk full): the file is then worthless.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace anban::office {

struct Style {
    enum class Align { general, left, center, right };
    bool bold = false;
    bool wrap = false;
    bool border = true;
    bool locked = true;         // holds only on a protected sheet
    bool text_format = false;   // the cell keeps what a user types there as text
    Align align = Align::general;
    int decimals = -1;          // -1: general
    int size = 11;
    std::uint32_t fill = 0;     // 0xRRGGBB; 0: none
    std::uint32_t color = 0;
    friend auto operator<=>(const Style&, const Style&) = default;
};

class XlsxWriter {
public:
    enum class Mode { whole, streaming };
    explicit XlsxWriter(std::string path, Mode = Mode::whole);
    ~XlsxWriter();
    XlsxWriter(const XlsxWriter&) = delete;
    XlsxWriter& operator=(const XlsxWriter&) = delete;

    // All deeds below act on the newest sheet. A name is cut and cleaned to what Excel takes.
    void add_sheet(std::string_view name, bool hidden = false);
    void text(int row, int column, std::string_view value, const Style& = {});          // cut at 32,767 characters, Excel's most
    void number(int row, int column, std::string_view decimal, const Style& = {});      // "12.50"; blank when empty
    void formula(int row, int column, const std::string& expression, std::string_view computed, const Style& = {});
    void blank(int row, int column, const Style& = {});
    void merge(int row, int column, int last_row, int last_column, std::string_view value, const Style& = {});
    void width(int column, int last_column, double characters);
    void height(int row, double points);
    void freeze(int rows, int columns);
    void protect();                                    // no password: it guards against slips, not against people
    void choose(int row, int column, int last_row, int last_column, const std::vector<std::string>& choices);
    enum class Paper { a4, a3 };
    void print_on(Paper, int title_rows);              // landscape, one page wide, title rows repeated

    void close();  // once, at the end; without it nothing useful is on disk

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace anban::office
