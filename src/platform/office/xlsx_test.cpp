#include <gtest/gtest.h>

#include "platform/office/csv.h"
#include "platform/office/office_fixture.h"
#include "platform/office/xlsx_reader.h"
#include "platform/office/xlsx_writer.h"

namespace anban::office {
namespace {

using fixture::package;
using fixture::workbook;
using Kind = Cell::Kind;

struct Held {
    std::string why;
    std::vector<Row> rows;
    SheetFacts facts;
    [[nodiscard]] std::string text(int row, int column) const {
        for (const auto& r : rows)
            if (r.number == row) return r.at(column) ? r.at(column)->text : "(absent)";
        return "(no row)";
    }
};

Held read(const std::string& bytes, const XlsxLimits& limits = {}) {
    Held held;
    const auto reader = XlsxReader::open(bytes, limits);
    if (!reader) return held.why = reader.refusal().key, held;
    const auto facts = reader->read(0, [&](Row& row) { return held.rows.push_back(row), true; });
    if (!facts) held.why = facts.refusal().key; else held.facts = *facts;
    return held;
}

Held read_sheet(const std::string& sheet, const std::string& shared = "", const std::string& styles = "", const std::string& properties = "") {
    return read(package(workbook(sheet, shared, styles, properties)));
}

std::string sheet(const std::string& rows) { return "<worksheet><sheetData>" + rows + "</sheetData></worksheet>"; }

TEST(Xlsx, every_way_a_program_writes_a_cell_is_read) {
    const auto held = read_sheet(sheet("<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"C2\" t=\"inlineStr\"><is><t>行内</t></is></c>"
        "<c t=\"str\"><f>A1&amp;\"\"</f><v>式</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"n\"><v>12.50</v></c><c s=\"1\"/></row>"
        "<row><c><v>7</v></c></row>"), "<sst><si><t>共享</t></si></sst>");
    ASSERT_EQ(held.why, "");
    ASSERT_EQ(held.rows.size(), 2u);
    EXPECT_EQ(held.text(2, 0), "共享");
    EXPECT_EQ(held.text(2, 1), "(absent)");
    EXPECT_EQ(held.text(2, 2), "行内");
    EXPECT_EQ(held.text(2, 3), "式");
    EXPECT_TRUE(held.rows[0].at(3)->formula);
    EXPECT_EQ(held.text(2, 4), "TRUE");
    EXPECT_EQ(held.rows[0].at(5)->kind, Kind::error);
    EXPECT_EQ(held.text(2, 6), "12.5");
    EXPECT_EQ(held.rows[0].at(7)->kind, Kind::blank);
    EXPECT_EQ(held.rows[1].number, 3);
    EXPECT_EQ(held.text(3, 0), "7");
}

// What orcus 0.17 got wrong: an empty shared text took the one before, phonetic guides replaced the text.
TEST(Xlsx, rich_runs_are_joined_and_phonetic_guides_are_not_text) {
    const auto held = read_sheet(sheet("<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c><c t=\"s\"><v>9</v></c></row>"),
        "<sst><si><r><t>重大</t></r><r><rPr/><t xml:space=\"preserve\"> 隐患</t></r></si><si><t/></si>"
        "<si><t>拼音</t><rPh sb=\"0\" eb=\"2\"><t>pinyin</t></rPh></si></sst>");
    EXPECT_EQ(held.text(1, 0), "重大 隐患");
    EXPECT_EQ(held.text(1, 1), "");
    EXPECT_EQ(held.text(1, 2), "拼音");
    EXPECT_EQ(held.text(1, 3), "");
}

TEST(Xlsx, dates_are_known_by_their_format_in_both_epochs) {
    const std::string styles = "<styleSheet><numFmts><numFmt numFmtId=\"176\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@\"/>"
        "<numFmt numFmtId=\"177\" formatCode=\"#,##0.00_);[Red]\\(#,##0.00\\)\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
        "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"176\"/><xf numFmtId=\"177\"/><xf numFmtId=\"31\"/></cellXfs></styleSheet>";
    const std::string row = "<row r=\"1\"><c s=\"0\"><v>44990</v></c><c s=\"1\"><v>44990</v></c><c s=\"2\"><v>44990.7083333333</v></c>"
        "<c s=\"3\"><v>44990</v></c><c s=\"4\"><v>44990</v></c><c t=\"d\"><v>2023-03-05T00:00:00</v></c></row>";
    const auto held = read_sheet(sheet(row), "", styles);
    EXPECT_EQ(held.text(1, 0), "44990");
    EXPECT_EQ(held.text(1, 1), "2023-03-05");
    EXPECT_EQ(held.text(1, 2), "2023-03-05 17:00");
    EXPECT_EQ(held.text(1, 3), "44990");
    EXPECT_EQ(held.text(1, 4), "2023-03-05");
    EXPECT_EQ(held.text(1, 5), "2023-03-05");
    const auto old_mac = read_sheet(sheet("<row r=\"1\"><c s=\"1\"><v>43528</v></c></row>"), "", styles, "<workbookPr date1904=\"1\"/>");
    EXPECT_EQ(old_mac.text(1, 0), "2023-03-05");
}

TEST(Xlsx, the_serial_of_a_day_is_counted_as_excel_counts) {
    EXPECT_EQ(format_date(*serial_date(1, false)), "1900-01-01");
    EXPECT_EQ(format_date(*serial_date(61, false)), "1900-03-01");
    EXPECT_FALSE(serial_date(0.5, false));
    EXPECT_FALSE(serial_date(-3, false));
    EXPECT_FALSE(serial_date(2e9, false));
    for (const auto* format : {"yyyy/m/d", "m\"月\"d\"日\"", "[$-804]yyyy\"年\"m\"月\"", "[h]:mm", "hh:mm:ss"}) EXPECT_TRUE(is_date_format(format)) << format;
    for (const auto* format : {"General", "0.00%", "#,##0;[Red]-#,##0", "\"days\"0", "0.00E+00", "[DBNum2]0", "@", "\\d0"}) EXPECT_FALSE(is_date_format(format)) << format;
}

TEST(Xlsx, a_number_reads_as_the_user_saw_it) {
    const auto held = read_sheet(sheet("<row r=\"1\"><c><v>0.30000000000000004</v></c><c><v>1E3</v></c><c><v>-0</v></c><c><v>1234567.89</v></c><c><v>99.999999999999986</v></c></row>"));
    EXPECT_EQ(held.text(1, 0), "0.3");
    EXPECT_EQ(held.text(1, 1), "1000");
    EXPECT_EQ(held.text(1, 2), "0");
    EXPECT_EQ(held.text(1, 3), "1234567.89");
    EXPECT_EQ(held.text(1, 4), "100");
}

TEST(Xlsx, merged_heads_are_reported) {
    const auto held = read_sheet("<worksheet><sheetData><row r=\"1\"/></sheetData><mergeCells><mergeCell ref=\"A1:D1\"/><mergeCell ref=\"B2:B4\"/></mergeCells></worksheet>");
    ASSERT_EQ(held.facts.merged.size(), 2u);
    EXPECT_EQ(held.facts.merged[0], (Range{1, 0, 1, 3}));
    EXPECT_EQ(held.facts.merged[1], (Range{2, 1, 4, 1}));
    EXPECT_EQ(cell_name(7, 4), "E7");
    EXPECT_EQ(cell_name(1, 26), "AA1");
    EXPECT_EQ(cell_name(1, 701), "ZZ1");
}

TEST(Xlsx, rows_and_cells_that_run_backwards_are_refused) {
    EXPECT_EQ(read_sheet(sheet("<row r=\"5\"/><row r=\"5\"/>")).why, "xlsx.rows_out_of_order");
    EXPECT_EQ(read_sheet(sheet("<row r=\"1048577\"/>")).why, "xlsx.rows_out_of_order");
    EXPECT_EQ(read_sheet(sheet("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>")).why, "xlsx.cell_out_of_range");
    EXPECT_EQ(read_sheet(sheet("<row r=\"1\"><c r=\"ZZZZ1\"/></row>")).why, "xlsx.cell_out_of_range");
    EXPECT_EQ(read_sheet(sheet("<row r=\"1\"><c t=\"str\"><v>" + std::string(300'000, 'x') + "</v></c></row>")).why, "xlsx.cell_too_long");
    EXPECT_EQ(read(package({{"a.txt", "x"}})).why, "xlsx.no_workbook");
}

// threats D3
TEST(Xlsx, what_looks_like_a_formula_is_written_as_text_and_reads_back_unchanged) {
    const fixture::Folder folder;
    const std::vector<std::string> hostile{"=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1＋1", "=HYPERLINK(\"http://x\")", "{=1}", "_x000D_", "a\nb", "'x", " lead ", "<&>\""};
    for (const auto mode : {XlsxWriter::Mode::whole, XlsxWriter::Mode::streaming}) {
        const auto path = folder / "out.xlsx";
        XlsxWriter writer(path, mode);
        writer.add_sheet("台账[1]");
        for (int i = 0; i < static_cast<int>(hostile.size()); ++i) writer.text(i, 0, hostile[static_cast<std::size_t>(i)]);
        writer.close();
        const auto held = read(fixture::slurp(path));
        ASSERT_EQ(held.why, "");
        for (int i = 0; i < static_cast<int>(hostile.size()); ++i) {
            EXPECT_EQ(held.text(i + 1, 0), hostile[static_cast<std::size_t>(i)]);
            EXPECT_EQ(held.rows[static_cast<std::size_t>(i)].at(0)->kind, Kind::text);
            EXPECT_FALSE(held.rows[static_cast<std::size_t>(i)].at(0)->formula);
        }
    }
}

// threats D3
TEST(Csv, a_cell_that_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_on_the_way_back) {
    for (const std::string text : {"=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", "'", "'=1", "''"}) {
        EXPECT_EQ(csv::guard(text), "'" + text);
        EXPECT_EQ(csv::unguard(csv::guard(text)), text);
    }
    for (const std::string text : {"", "普通", "1-2", "a=b", "'"}) EXPECT_EQ(csv::unguard(csv::guard(text)), text);
    EXPECT_EQ(csv::Line().text("a,\"b\"").number("-5").text("=1").text("").end(), "\"a,\"\"b\"\"\",-5,'=1,\r\n");
}

// anchor-failures 15
TEST(Xlsx, a_long_export_streams_and_reads_back_row_by_row) {
    const fixture::Folder folder;
    const auto path = folder / "long.xlsx";
    XlsxWriter writer(path, XlsxWriter::Mode::streaming);
    writer.add_sheet("台账");
    writer.freeze(1, 0);
    for (int row = 0; row < 20'000; ++row) {
        writer.text(row, 0, "株洲市住建局第" + std::to_string(row));
        writer.number(row, 1, std::to_string(row) + ".25", {.decimals = 2});
    }
    writer.close();
    const auto reader = XlsxReader::open_file(path);
    ASSERT_TRUE(reader);
    int seen = 0;
    const auto facts = reader->read(0, [&](Row& row) {
        ++seen;
        return row.at(1)->text == std::to_string(row.number - 1) + ".25";
    });
    ASSERT_TRUE(facts);
    EXPECT_EQ(seen, 20'000);
    int first = 0;
    ASSERT_TRUE(reader->read(0, [&](Row&) { return ++first < 3; }));
    EXPECT_EQ(first, 3);
}

TEST(Xlsx, a_cell_longer_than_excel_takes_is_cut_and_says_so) {
    const fixture::Folder folder;
    XlsxWriter writer(folder / "cut.xlsx");
    writer.add_sheet("表");
    std::string text;
    for (int i = 0; i < 40'000; ++i) text += "安";
    writer.text(0, 0, text);
    writer.close();
    const auto held = read(fixture::slurp(folder / "cut.xlsx"));
    EXPECT_EQ(held.text(1, 0).size(), 32'767u * 3);
    EXPECT_EQ(held.text(1, 0).substr(held.text(1, 0).size() - 3), "…");
}

}  // namespace
}  // namespace anban::office
