#include "modules/forms/form_xlsx.h"

#include <gtest/gtest.h>

#include <random>

#include "modules/forms/form_fixture.h"
#include "platform/office/office_fixture.h"
#include "platform/office/xlsx_reader.h"
#include "platform/office/xlsx_writer.h"

namespace anban::forms {
namespace {

using office::fixture::Folder;
using office::fixture::slurp;

const PaperFacts facts{"01hfiling", "statistics", "填报单位：株洲市住房和城乡建设局", "统计时间：2023年3月1日至3月31日", 2023};

TEST(FormXlsx, a_table_comes_back_as_it_went_out) {
    const Folder folder;
    const auto form = fixture::table();
    std::mt19937 chance(3);
    for (int round = 0; round < 10; ++round) {
        Inputs inputs{blank_cells(form), {}, {}};
        for (std::size_t i = 0; i < form.cells(); ++i) {
            if (form.locked(static_cast<int>(i / form.columns.size()), static_cast<int>(i % form.columns.size()))) continue;
            const auto kind = chance() % 8;
            inputs.typed[i] = kind == 0 ? blank : kind == 1 ? nil : static_cast<Figure>(chance() % 100'000);
        }
        write_table(form, facts, evaluate(form, inputs), {}, folder / "t.xlsx");
        const auto upload = read_table_xlsx(form, facts, slurp(folder / "t.xlsx"));
        ASSERT_TRUE(upload) << upload.refusal().key;
        EXPECT_TRUE(upload->errors.empty());
        EXPECT_EQ(upload->cells, inputs.typed);
        EXPECT_EQ(upload->stamp.form, form.id);
        EXPECT_EQ(upload->stamp.version, form.version);
        EXPECT_EQ(upload->stamp.filing_id, "01hfiling");
    }
}

TEST(FormXlsx, the_paper_has_the_layout_of_the_attachment_and_locks_what_is_derived) {
    const Folder folder;
    const auto form = fixture::table();
    write_table(form, facts, evaluate(form, {}), {}, folder / "t.xlsx");
    const auto reader = office::XlsxReader::open_file(folder / "t.xlsx");
    ASSERT_TRUE(reader);
    ASSERT_EQ(reader->sheets().size(), 2u);
    EXPECT_TRUE(reader->sheets()[1].hidden);
    std::map<std::string, std::string> texts;
    const auto sheet = reader->read(0, [&](office::Row& row) {
        for (const auto& cell : row.cells) texts[office::cell_name(row.number, cell.column)] = cell.text;
        return true;
    });
    ASSERT_TRUE(sheet);
    EXPECT_EQ(texts["A1"], form.title);
    EXPECT_EQ(texts["A4"], "行业领域");
    EXPECT_EQ(texts["C4"], "隐患排查整改");
    EXPECT_EQ(texts["C5"], "本月");
    EXPECT_EQ(texts["D6"], "其中重大");
    EXPECT_EQ(texts["A7"], "计量单位");
    EXPECT_EQ(texts["B7"], "家");
    EXPECT_EQ(texts["O8"], "14");
    EXPECT_EQ(texts["A10"], "　房建施工");
    const auto has = [&](office::Range box) { return std::find(sheet->merged.begin(), sheet->merged.end(), box) != sheet->merged.end(); };
    EXPECT_TRUE(has({4, 2, 4, 9}));   // 隐患排查整改 over eight columns
    EXPECT_TRUE(has({4, 1, 6, 1}));   // 检查单位 over three rows
    const auto xml = [&] {
        const auto archive = office::Archive::open_file(folder / "t.xlsx");
        std::string out;
        EXPECT_FALSE(archive->read("xl/worksheets/sheet1.xml", [&](std::string_view piece) { return out.append(piece), true; }));
        return out;
    }();
    EXPECT_NE(xml.find("<sheetProtection"), std::string::npos);
    EXPECT_NE(xml.find("<f>ROUND((N(D"), std::string::npos);
}

// What people do to a file between download and upload.
void rebuild(const std::string& path, const std::function<void(office::XlsxWriter&)>& fill) {
    office::XlsxWriter writer(path);
    writer.add_sheet("随手");
    fill(writer);
    writer.close();
}

TEST(FormXlsx, moved_columns_inserted_rows_and_lost_merges_do_no_harm) {
    const Folder folder;
    const auto form = fixture::form_of("id: t\nkind: table\ntitle: T\nhead:\n  - title: 隐患\n    columns:\n      - {id: found, title: 发现（项）}\n      - {id: fixed, title: 整改}\n"
                                       "  - {id: fines, title: 罚款, unit: 万元, decimals: 2}\nrows:\n  - {id: r1, title: 房建}\n  - {id: r2, title: 燃气}\n");
    rebuild(folder / "u.xlsx", [](office::XlsxWriter& w) {
        w.text(3, 1, "单位");
        w.text(3, 2, "罚款");
        w.text(3, 3, "本单位自加");
        w.text(3, 4, "隐患");
        w.text(4, 4, "发现 (项)");
        w.text(4, 5, " 整 改");
        w.text(6, 1, "房建");
        w.text(6, 2, "１，２３４.5");
        w.text(6, 4, "12项");
        w.number(6, 5, "7", {.decimals = 2});
        w.text(8, 1, "燃 气");
        w.text(8, 2, "1.234");
        w.text(8, 4, "无");
        w.text(8, 5, "七");
    });
    const auto upload = read_table_xlsx(form, facts, slurp(folder / "u.xlsx"));
    ASSERT_TRUE(upload) << upload.refusal().key;
    std::vector<std::string> told;
    for (const auto& e : upload->errors) told.push_back(e.path + ' ' + e.key + ' ' + e.params.back().second);
    EXPECT_EQ(told, (std::vector<std::string>{"statistics:r1.found form.not_a_number E7", "statistics:r2.fixed form.not_a_number F9", "statistics:r2.fines form.too_many_decimals C9"}));
    EXPECT_EQ(json::write(cells_json(form, upload->cells)), R"({"r1.fixed":"7","r1.fines":"1234.50","r2.found":"nil"})");
    EXPECT_EQ(upload->stamp.form, "");
}

TEST(FormXlsx, another_table_or_one_with_columns_cut_away_is_refused_by_name) {
    const Folder folder;
    const auto form = fixture::table();
    rebuild(folder / "other.xlsx", [](office::XlsxWriter& w) { w.text(0, 0, "别的表"); });
    EXPECT_EQ(read_table_xlsx(form, facts, slurp(folder / "other.xlsx")).refusal().key, "form.head_not_found");
    EXPECT_EQ(read_table_xlsx(form, facts, "not a file").refusal().key, "office.not_a_package");
    const auto small = fixture::form_of("id: t\nkind: table\ntitle: T\nhead:\n  - {id: a, title: 甲}\n  - {id: b, title: 乙}\n  - {id: c, title: 丙}\nrows:\n  - {id: r1, title: 一}\n  - {id: r2, title: 二}\n");
    rebuild(folder / "cut.xlsx", [](office::XlsxWriter& w) {
        w.text(0, 1, "甲");
        w.text(0, 2, "乙");
        w.text(1, 0, "一");
    });
    const auto cut = read_table_xlsx(small, facts, slurp(folder / "cut.xlsx"));
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.refusal().key, "form.columns_missing");
    EXPECT_EQ(cut.refusal().errors.at(0).params.at(0).second, "丙");
    rebuild(folder / "rows.xlsx", [](office::XlsxWriter& w) {
        for (int c = 0; c < 3; ++c) w.text(0, c + 1, std::vector{"甲", "乙", "丙"}[static_cast<std::size_t>(c)]);
        w.text(1, 0, "一");
    });
    EXPECT_EQ(read_table_xlsx(small, facts, slurp(folder / "rows.xlsx")).refusal().key, "form.rows_missing");
}

TEST(FormXlsx, a_table_of_one_row_needs_no_row_title) {
    const Folder folder;
    const auto form = fixture::form_of("id: t\nkind: table\ntitle: T\nhead:\n  - {id: a, title: 甲, unit: 家}\n  - {id: b, title: 乙}\n  - {id: c, title: 比率, source: {formula: \"rate(b, a)\"}}\nrows:\n  - {id: r1}\n");
    Inputs inputs{cells_from(form, {{"r1.a", "1"}, {"r1.b", "2"}}), {}, {}};
    write_table(form, facts, evaluate(form, inputs), {}, folder / "one.xlsx");
    const auto upload = read_table_xlsx(form, facts, slurp(folder / "one.xlsx"));
    ASSERT_TRUE(upload) << upload.refusal().key;
    EXPECT_EQ(upload->cells, inputs.typed);
}

TEST(FormXlsx, a_ledger_comes_back_and_its_faults_name_row_and_sheet_cell) {
    const Folder folder;
    const auto form = fixture::ledger();
    const PaperFacts paper{"01h", "ledger", "填报单位：株洲市", "三月", 2023};
    const LedgerRows rows{{{"unit", "=城东工地"}, {"level", "major"}, {"found", "2023-03-05"}, {"funds", "1200.50"}}, {{"unit", "燃气站"}, {"level", "general"}, {"found", "2023-03-09"}, {"funds", "nil"}}};
    write_ledger(form, paper, rows, folder / "l.xlsx");
    const auto upload = read_ledger_xlsx(form, paper, slurp(folder / "l.xlsx"));
    ASSERT_TRUE(upload) << upload.refusal().key;
    EXPECT_TRUE(upload->errors.empty());
    EXPECT_EQ(upload->rows, rows);
    EXPECT_EQ(upload->stamp.filing_id, "01h");
    auto wrong = rows;
    wrong[1]["level"] = "特大";
    wrong[1].erase("unit");
    write_ledger(form, paper, wrong, folder / "w.xlsx");
    const auto told = read_ledger_xlsx(form, paper, slurp(folder / "w.xlsx"));
    ASSERT_TRUE(told);
    ASSERT_EQ(told->errors.size(), 2u);
    EXPECT_EQ(told->errors[0].path, "ledger:r2.unit");
    EXPECT_EQ(told->errors[0].params.back().second, "A5");
    EXPECT_EQ(told->errors[1].path, "ledger:r2.level");
    EXPECT_EQ(told->errors[1].params.back().second, "B5");
}

}  // namespace
}  // namespace anban::forms
