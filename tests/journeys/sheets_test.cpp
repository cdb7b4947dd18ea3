// What the office takes away: the matrix and the totals as spreadsheets, read back cell by cell and held against the page's own answers.
#include <set>

#include "modules/campaigns/campaign_forms.h"
#include "platform/office/xlsx_reader.h"
#include "tests/journeys/life_steps.h"

namespace anban::test::life {
namespace {

constexpr const char* kYear = "2023-01-01..2023-02-28";
constexpr const char* kHengyang = "衡阳市住房和城乡建设局";

using Rows = std::vector<office::Row>;

Rows rows_of(const Answer& answer, int sheet) {
    Rows out;
    EXPECT_EQ(answer.status, 200) << answer.text.substr(0, 300);
    const auto reader = office::XlsxReader::open(answer.text);
    EXPECT_TRUE(reader.ok());
    if (reader.ok()) (void)reader->read(sheet, [&](office::Row& row) { out.push_back(row); return true; });
    return out;
}

std::string text_at(const office::Row& row, int column) {
    const auto* cell = row.at(column);
    return cell ? cell->text : "";
}

const office::Row* row_named(const Rows& rows, const std::string& name) {
    for (const auto& row : rows)
        if (text_at(row, 0) == name) return &row;
    return nullptr;
}

bool anywhere(const Rows& rows, const std::string& text) {
    for (const auto& row : rows)
        for (const auto& cell : row.cells)
            if (cell.text.find(text) != std::string::npos) return true;
    return false;
}

ANBAN_ON_BOTH_ENGINES(Sheets);

// anchor-failures 19, 23
TEST_P(Sheets, the_totals_come_in_the_forms_layout_with_numbers_and_what_nobody_said_stays_blank) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    w.set_time(beijing("2023-03-11 09:00"));
    Desk zhuzhou(w, kZhuzhou), xiangtan(w, kXiangtan);
    ASSERT_EQ(zhuzhou.hand_in("monthly", kYear, zhuzhou.table_and_ledger({{"gas.found", "5"}, {"gas.fixed", "0"}})).status, 200);
    ASSERT_EQ(xiangtan.hand_in("monthly", kYear, xiangtan.table_and_ledger({{"gas.found", "7"}, {"gas.fixed", "0"}})).status, 200);
    w.set_time(beijing("2023-03-12 09:00"));
    ASSERT_EQ(office.accept("monthly", kZhuzhou, kYear).status, 200);
    ASSERT_EQ(office.accept("monthly", kXiangtan, kYear).status, 200);

    const auto path = std::string(kCampaign) + "/totals/xlsx?part=statistics&duty=monthly&slot=" + kYear;
    const auto answer = office.client.get(path);
    const auto sheet = rows_of(answer, 0);
    const auto official = office.totals(kYear).at("/official").as_object();
    const auto pack = campaigns::load_pack(kPack).pack.value();
    const auto& form = *pack.find_form("statistics");
    ASSERT_TRUE(official.contains("gas.fixed"));
    ASSERT_FALSE(official.contains("gas.fines"));
    const int first = 2 + form.head_rows + 2;  // title, line, head, units; rows count from 1
    std::size_t numbers = 0;
    for (const auto& row : sheet) {
        const int r = row.number - first;
        if (r < 0 || r >= static_cast<int>(form.rows.size())) continue;
        for (int c = 0; c < static_cast<int>(form.columns.size()); ++c) {
            const auto id = form.cell_id(form.index(r, c));
            const auto* cell = row.at(c + 1);
            const auto* figure = official.if_contains(id);
            if (!figure) {
                EXPECT_TRUE(!cell || cell->kind == office::Cell::Kind::blank) << id;
                continue;
            }
            ASSERT_NE(cell, nullptr) << id;
            if (figure->as_string() == "—") continue;
            EXPECT_EQ(cell->kind, office::Cell::Kind::number) << id;
            EXPECT_EQ(std::stod(cell->text), std::stod(std::string(figure->as_string()))) << id;
            ++numbers;
        }
    }
    EXPECT_TRUE(anywhere(sheet, "城镇燃气"));
    EXPECT_GT(numbers, 3u);
    for (const auto& box : form.head) EXPECT_TRUE(anywhere(sheet, box.title)) << box.title;
    EXPECT_TRUE(anywhere(sheet, "导出时间：2023-03-12 09:00"));
    EXPECT_TRUE(anywhere(sheet, "导出人："));
    const auto units = rows_of(answer, 1);
    EXPECT_EQ(text_at(*row_named(units, kZhuzhou), 1), "已通过");
    EXPECT_EQ(text_at(*row_named(units, kHengyang), 1), "待报");
    EXPECT_EQ(text_at(*row_named(units, kHengyang), 2), "否");

    const auto then = office.client.get(path + "&asOf=" + encoded("2023-03-11T12:00:00.000+08:00"));
    EXPECT_TRUE(anywhere(rows_of(then, 0), "2023-03-11 12:00"));
    EXPECT_EQ(text_at(*row_named(rows_of(then, 1), kZhuzhou), 1), "待审核");
    expect_refused(xiangtan.client.get(path + "&node=" + w.organization_id(kZhuzhou)), 404, "totals.nothing_here");
}

TEST_P(Sheets, the_matrix_comes_with_every_row_in_words_for_the_office_and_with_the_own_row_for_a_unit) {
    World w(GetParam());
    w.apply_pack(kPack);
    Receiver office(w, kOffice);
    Desk zhuzhou(w, kZhuzhou), xiangtan(w, kXiangtan);
    ASSERT_EQ(zhuzhou.hand_in("weekly", "2023-W11", {}, {{"nil", true}, {"confirmed", true}}).status, 200);
    ASSERT_EQ(office.accept("weekly", kZhuzhou, "2023-W11").status, 200);
    w.set_time(beijing("2023-03-20 09:00"));
    const auto path = std::string(kCampaign) + "/matrix/xlsx?duty=weekly";
    const auto answer = office.client.get(path + "&limit=2");
    const auto sheet = rows_of(answer, 0);
    const auto page = office.matrix("weekly");
    int units = 0;
    for (const auto& row : page.at("/rows").as_array()) units += row_named(sheet, text_of(row, "name")) != nullptr;
    EXPECT_EQ(units, 31);
    EXPECT_EQ(text_at(*row_named(sheet, kZhuzhou), 2), "零报告");
    EXPECT_EQ(text_at(*row_named(sheet, kXiangtan), 2), "未报");
    EXPECT_EQ(text_at(sheet[3], 2), "第11周");
    const auto* owed = row_named(sheet, "应报（家）");
    ASSERT_NE(owed, nullptr);
    ASSERT_NE(owed->at(2), nullptr);
    EXPECT_EQ(owed->at(2)->kind, office::Cell::Kind::number);
    EXPECT_EQ(text_at(*owed, 2), "31");
    EXPECT_EQ(rows_of(answer, 1).size(), 2u + 30 + 1);  // title, head, the missing, foot
    const auto own = rows_of(xiangtan.client.get(path), 0);
    EXPECT_NE(row_named(own, kXiangtan), nullptr);
    EXPECT_FALSE(anywhere(own, kZhuzhou));
}

// threats D3
TEST_P(Sheets, a_name_that_looks_like_a_formula_is_text) {
    World w(GetParam());
    w.apply_pack(kPack);
    const std::string name = R"(=HYPERLINK("x","点我"))";
    w.app().database().write([&](db::Connection& db) {
        db.run({"test.rename", "update organizations set name = $2 where id = $1"}, {w.organization_id(kHengyang), name});
        return db::Outcome::keep;
    });
    const auto sheet = rows_of(Receiver(w, kOffice).client.get(std::string(kCampaign) + "/matrix/xlsx?duty=weekly"), 0);
    const auto* row = row_named(sheet, name);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(row->at(0)->kind, office::Cell::Kind::text);
    for (const auto& one : sheet)
        for (const auto& cell : one.cells) EXPECT_FALSE(cell.formula) << cell.text;
}

}  // namespace
}  // namespace anban::test::life
