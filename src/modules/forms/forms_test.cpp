#include "modules/forms/forms.h"

#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <random>
#include <sstream>

#include "modules/forms/form_fixture.h"

#include "tests/support/tree.h"
namespace anban::forms {
namespace {

using fixture::form_of;
using fixture::ledger;
using fixture::table;

std::string text(const Form& form, const Cells& cells, std::string_view id) {
    const auto i = *form.find_cell(id);
    return figure_text(cells[i], form.columns[i % form.columns.size()].decimals);
}

Cells typed(const Form& form, json::object texts) { return cells_from(form, texts); }

// The page evaluates the same file: one rule, two languages.
TEST(Formulas, the_shared_cases_give_the_shared_results) {
    std::ifstream in(test::tree("tests/fixtures/formulas.json"));
    std::stringstream bytes;
    bytes << in.rdbuf();
    const auto cases = json::parse(bytes.str());
    ASSERT_TRUE(cases);
    ASSERT_GT(cases->get_array().size(), 40u);
    for (const auto& one : cases->get_array()) {
        const auto& c = one.get_object();
        const int scale = static_cast<int>(c.at("scale").to_number<std::int64_t>());
        const auto reading = [&](const char* key) {
            return [&c, key, scale](const Ast& ast) {
                const auto* cells = c.if_contains(key);
                const auto* cell = cells ? cells->get_object().if_contains(ast.name) : nullptr;
                return cell && cell->is_string() ? figure_from(std::string_view(cell->get_string()), scale) : blank;
            };
        };
        const auto ast = ast_from(c.at("ast"));
        ASSERT_TRUE(ast) << json::write(c.at("ast"));
        const auto result = evaluate_text(*ast, {scale, reading("cells"), reading("prev"), {}});
        const auto expected = c.at("result").is_string() ? std::string(c.at("result").get_string()) : std::string();
        EXPECT_EQ(result, expected) << std::string_view(c.at("name").get_string());
        EXPECT_EQ(json::write_canonical(to_json(*ast)), json::write_canonical(c.at("ast")));
    }
}

TEST(LoadForm, a_table_is_flattened_with_its_head_its_parts_and_its_rows) {
    const auto form = table();
    ASSERT_EQ(form.columns.size(), 14u);
    EXPECT_EQ(form.head_rows, 3);
    EXPECT_EQ(form.columns[2].path, (std::vector<std::string>{"隐患排查整改", "本月", "其中重大"}));
    EXPECT_EQ(form.columns[2].whole, 1);
    EXPECT_EQ(form.columns[4].whole, 3);
    EXPECT_EQ(form.columns[5].decimals, 1);
    EXPECT_EQ(form.columns[5].adds, Adds::recompute);
    EXPECT_EQ(form.columns[13].adds, Adds::sum);
    EXPECT_EQ(form.head[0].last_row, 2);       // a leaf on top reaches down
    EXPECT_EQ(form.head[1].last_column, 8);
    EXPECT_EQ(form.head[1].last_row, 0);
    ASSERT_EQ(form.rows.size(), 5u);
    EXPECT_EQ(form.rows[0].of, (std::vector<int>{1, 2}));
    EXPECT_EQ(form.rows[4].of, (std::vector<int>{0, 3}));
    EXPECT_EQ(form.rows[1].depth, 1);
    EXPECT_EQ(form.cell_id(form.index(1, 3)), "r1.fixed");
    EXPECT_EQ(form.version.size(), 64u);
}

TEST(LoadForm, the_version_follows_the_definition_and_nothing_else) {
    const std::string yaml = fixture::table_yaml;
    auto changed = yaml;
    changed.replace(changed.find("检查单位"), 12, "检查企业");
    EXPECT_EQ(form_of(yaml).version, form_of("# a comment\n" + yaml).version);
    EXPECT_NE(form_of(yaml).version, form_of(changed).version);
}

std::vector<std::string> faults(const std::string& yaml) {
    PackErrors errors;
    const auto form = read_form(yaml, "f.yaml", errors);
    std::vector<std::string> told;
    for (const auto& e : errors) told.push_back(std::to_string(e.line) + ' ' + e.key);
    EXPECT_EQ(form.has_value(), told.empty());
    return told;
}

TEST(LoadForm, every_fault_is_told_with_its_line) {
    const std::string head = "id: t\nkind: table\ntitle: T\nhead:\n";
    const std::string rows = "rows:\n  - {id: r1}\n";
    using Told = std::vector<std::string>;
    EXPECT_EQ(faults(head + "  - {id: a, title: A, units: x}\n  - {id: a, title: B}\n" + rows), (Told{"5 pack.unknown_member", "6 pack.named_twice"}));
    EXPECT_EQ(faults(head + "  - {id: a-b, title: A}\n" + rows), Told{"5 form.name_expected"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, source: {formula: \"b + 1\"}}\n" + rows), Told{"5 form.formula_unknown_cell"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, source: {formula: \"1 +\"}}\n" + rows), Told{"5 form.formula_unreadable"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, source: {formula: \"b\"}}\n  - {id: b, title: B, source: {formula: \"a\"}}\n" + rows), Told{"5 form.formula_ring"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, of_which: true}\n" + rows), Told{"5 form.of_which_without_whole"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, decimals: 9}\n" + rows), Told{"5 pack.number_expected"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A}\nrows:\n  - {id: r1, kind: total, of: [r9]}\n"), Told{"7 form.no_such_row"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A}\n" + rows + "checks:\n  - {id: c, level: loud, rule: a > b, message: m}\n"), (Told{"9 pack.not_one_of", "9 form.formula_unknown_cell"}));
    EXPECT_EQ(faults("id: t\nkind: table\ntitle: [T\n").front().substr(2), "pack.not_yaml");
    EXPECT_EQ(faults("id: t\nkind: ledger\ntitle: T\n"), Told{"1 pack.list_expected"});
    EXPECT_EQ(faults("just text"), Told{"1 pack.mapping_expected"});
    EXPECT_EQ(faults(head + "  - {id: a, title: A, source: {formula: \"" + std::string(5'000, '(') + "\"}}\n" + rows), Told{"5 form.formula_unreadable"});
}

TEST(Evaluate, subtotals_totals_rates_and_cumulatives_follow_from_what_is_typed) {
    const auto form = table();
    Inputs inputs;
    inputs.typed = typed(form, {{"r1.found", "10"}, {"r1.fixed", "7"}, {"r2.found", "5"}, {"r2.fixed", "5"}, {"r3.fines", "1.25"}, {"r1.fines", "0.50"},
                                {"r3.stopped", "2"}, {"r3.closed", "nil"}, {"all.found", "99"}, {"r1.rate", "50.0"}});
    inputs.previous = typed(form, {{"r1.registered", "30"}});
    inputs.previous[*form.find_cell("r1.found_total")] = 100;
    const auto out = evaluate(form, inputs);
    EXPECT_EQ(text(form, out.cells, "building.found"), "15");
    EXPECT_EQ(text(form, out.cells, "all.found"), "15");          // what was typed into a derived cell is not believed
    EXPECT_EQ(text(form, out.cells, "all.fines"), "1.75");
    EXPECT_EQ(text(form, out.cells, "r1.rate"), "70.0");
    EXPECT_EQ(text(form, out.cells, "all.rate"), "80.0");         // of the added cells, not the mean of rates
    EXPECT_EQ(text(form, out.cells, "r1.found_total"), "110");
    EXPECT_EQ(text(form, out.cells, "r2.found_total"), "5");
    EXPECT_EQ(text(form, out.cells, "all.found_total"), "115");
    EXPECT_EQ(text(form, out.cells, "r3.measures"), "2");
    EXPECT_EQ(text(form, out.cells, "r1.measures"), "");
    EXPECT_EQ(text(form, out.cells, "r1.registered"), "30");
    const auto source = [&](const char* id) { return out.sources[*form.find_cell(id)]; };
    EXPECT_EQ(source("r1.found"), CellSource::typed);
    EXPECT_EQ(source("r1.registered"), CellSource::last_window);
    EXPECT_EQ(source("r1.found_total"), CellSource::cumulative);
    EXPECT_EQ(source("r1.rate"), CellSource::formula);
    EXPECT_EQ(source("all.found"), CellSource::subtotal);
    EXPECT_EQ(source("all.rate"), CellSource::formula);
    EXPECT_EQ(source("r2.registered"), CellSource::none);
}

TEST(Evaluate, a_closing_stock_begins_from_the_last_one_and_moves_without_a_reason) {
    const auto form = table();
    const auto previous = typed(form, {{"r1.registered", "30"}, {"r2.registered", "8"}});
    const auto out = evaluate(form, {typed(form, {{"r1.registered", "28"}, {"r2.registered", "8"}}), previous, {}});
    EXPECT_EQ(text(form, out.cells, "r1.registered"), "28");
    EXPECT_EQ(text(form, out.offered, "r1.registered"), "30");
    EXPECT_TRUE(out.overridden.empty());
    EXPECT_EQ(out.sources[*form.find_cell("r2.registered")], CellSource::last_window);
}

TEST(Evaluate, what_is_carried_over_and_is_no_closing_stock_wants_a_reason_where_it_does_not_meet) {
    std::string yaml = fixture::table_yaml;
    const std::string stock = "source: last_window, adds: stock";
    yaml.replace(yaml.find(stock), stock.size(), "source: last_window, adds: sum");
    const auto form = form_of(yaml);
    const auto previous = typed(form, {{"r1.registered", "30"}});
    const auto out = evaluate(form, {typed(form, {{"r1.registered", "28"}}), previous, {}});
    EXPECT_EQ(out.overridden, std::vector<std::size_t>{*form.find_cell("r1.registered")});
}

TEST(Totals, one_layout_for_two_versions_of_a_form_holds_every_column_and_row_once) {
    auto newest = table();
    auto older = newest;
    newest.columns.erase(newest.columns.begin());          // inspected
    newest.rows.erase(newest.rows.begin() + 3);            // r3
    newest.version = version_of(newest);
    const auto united = unite(newest, {&older});
    EXPECT_EQ(united.retired_columns, std::vector<std::string>{"inspected"});
    EXPECT_EQ(united.retired_rows, std::vector<std::string>{"r3"});
    EXPECT_EQ(united.form.columns.size(), older.columns.size());
    EXPECT_TRUE(united.form.find_cell("r3.inspected").has_value());
    EXPECT_NE(united.form.version, newest.version);
    EXPECT_EQ(unite(older, {&older}).form.version, older.version);
}

// anchor-failures 22
TEST(Evaluate, nothing_found_and_nothing_fixed_prints_a_dash_and_never_a_hundred) {
    const auto form = table();
    const auto out = evaluate(form, {typed(form, {{"r1.found", "0"}, {"r1.fixed", "0"}, {"r2.found", "31"}, {"r2.fixed", "30"}, {"r3.found", "nil"}, {"r3.fixed", "nil"}}), {}, {}});
    EXPECT_EQ(text(form, out.cells, "r1.rate"), "—");
    EXPECT_EQ(text(form, out.cells, "r2.rate"), "96.8");
    EXPECT_EQ(text(form, out.cells, "r3.rate"), "—");
}

// anchor-failures 19
TEST(Evaluate, nil_missing_and_zero_stay_three_things) {
    const auto form = table();
    const auto out = evaluate(form, {typed(form, {{"r1.found", "nil"}, {"r2.found", "0"}}), {}, {}});
    EXPECT_EQ(text(form, out.cells, "r1.found"), "nil");
    EXPECT_EQ(text(form, out.cells, "r2.found"), "0");
    EXPECT_EQ(text(form, out.cells, "r3.found"), "");
    EXPECT_EQ(text(form, *decode(form, encode(out.cells)), "r1.found"), "nil");
    const auto json = cells_json(form, out.cells);
    EXPECT_EQ(json.at("r1.found"), "nil");
    EXPECT_EQ(json.at("r2.found"), "0");
    EXPECT_FALSE(json.contains("r3.found"));
}

TEST(Evaluate, what_nobody_has_filled_is_named_and_derived_cells_are_not_asked_for) {
    const auto form = form_of("id: t\nkind: table\ntitle: T\nhead:\n  - {id: a, title: A}\n  - {id: b, title: B}\n  - {id: c, title: C, source: {formula: a + b}}\n"
                              "rows:\n  - {id: r1}\n  - {id: r2, kind: total}\n");
    const auto out = evaluate(form, {typed(form, {{"r1.a", "nil"}}), {}, {}});
    EXPECT_EQ(missing_cells(form, out.cells), std::vector<std::size_t>{*form.find_cell("r1.b")});
}

TEST(Evaluate, a_new_year_begins_the_cumulative_columns_anew_and_keeps_the_rest) {
    const auto form = table();
    Cells last = typed(form, {{"r1.registered", "30"}});
    last[*form.find_cell("r1.found_total")] = 500;
    const auto january = evaluate(form, {typed(form, {{"r1.found", "4"}}), previous_of(form, last, true), {}});
    EXPECT_EQ(text(form, january.cells, "r1.found_total"), "4");
    EXPECT_EQ(text(form, january.cells, "r1.registered"), "30");
    const auto march = evaluate(form, {typed(form, {{"r1.found", "4"}}), previous_of(form, last, false), {}});
    EXPECT_EQ(text(form, march.cells, "r1.found_total"), "504");
}

std::vector<std::string> ids(const std::vector<Finding>& findings) {
    std::vector<std::string> out;
    for (const auto& f : findings) out.push_back(f.id);
    return out;
}

TEST(Checks, a_contradiction_names_both_cells_and_the_values) {
    const auto form = table();
    const auto hazards = ledger();
    CheckInputs in;
    in.previous = typed(form, {{"r1.registered", "10"}});
    in.cells = evaluate(form, {typed(form, {{"r1.found", "3"}, {"r1.found_major", "4"}, {"r1.fixed", "5"}, {"r1.registered", "16"}}), in.previous, {}}).cells;
    const LedgerRows rows{{{"level", "major"}, {"funds", "3.50"}, {"done", "2023-03-05"}}, {{"level", "general"}}, {{"level", "major"}, {"funds", "9.00"}}};
    in.parts["ledger"] = {&hazards, &rows};
    auto findings = check(form, in);
    EXPECT_EQ(ids(findings), (std::vector<std::string>{"of_which_found_major:r1", "fixed_found:r1", "jump:r1", "ledger:all"}));
    EXPECT_EQ(findings[0].cells, (std::vector<std::string>{"r1.found_major", "r1.found"}));
    EXPECT_EQ(findings[1].message, "累计整改（5）多于累计发现（3）");
    EXPECT_EQ(findings[2].cells, (std::vector<std::string>{"r1.registered", "prev:r1.registered"}));
    EXPECT_EQ(findings[3].cells, (std::vector<std::string>{"all.found_major", "ledger:"}));
    EXPECT_EQ(findings[3].message, "表内重大隐患 4 项，台账 2 项");
    const auto refusal = refuse_open(findings, "statistics");
    ASSERT_TRUE(refusal);
    EXPECT_EQ(refusal->errors.size(), 4u);
    EXPECT_EQ(refusal->errors[0].path, "statistics:r1.found_major");
}

TEST(Checks, an_explanation_opens_the_way_only_where_one_is_allowed) {
    const auto form = table();
    CheckInputs in;
    in.previous = typed(form, {{"r1.registered", "10"}});
    in.cells = evaluate(form, {typed(form, {{"r1.fixed", "5"}, {"r1.found", "4"}, {"r1.registered", "16"}}), in.previous, {}}).cells;
    in.explanations = {{"jump:r1", "新开工项目纳入监管"}, {"fixed_found:r1", "上年结转"}};
    auto findings = check(form, in);
    ASSERT_EQ(ids(findings), (std::vector<std::string>{"fixed_found:r1", "jump:r1"}));
    EXPECT_TRUE(findings[0].open());
    EXPECT_FALSE(findings[1].open());
    in.explanations["jump:r1"] = "  ";
    EXPECT_TRUE(check(form, in)[1].open());
}

TEST(Checks, what_is_not_filled_in_contradicts_nothing_yet) {
    const auto form = table();
    EXPECT_TRUE(check(form, {blank_cells(form), {}, {}, {}}).empty());
    EXPECT_TRUE(check(form, {evaluate(form, {typed(form, {{"r1.found_major", "4"}}), {}, {}}).cells, {}, {}, {}}).empty());
    EXPECT_FALSE(refuse_open({}, "statistics"));
}

TEST(Checks, money_of_the_ledger_is_compared_to_the_fen) {
    const auto form = table();
    const auto hazards = ledger();
    const LedgerRows rows{{{"level", "major"}, {"funds", "3.51"}, {"done", "2023-03-05"}}};
    CheckInputs in{evaluate(form, {typed(form, {{"r1.fines", "3.50"}, {"r1.found_major", "1"}, {"r1.found", "1"}}), {}, {}}).cells, {}, {{"ledger", {&hazards, &rows}}}, {}};
    const auto findings = check(form, in);
    ASSERT_EQ(ids(findings), std::vector<std::string>{"funds:all"});
    EXPECT_EQ(findings[0].message, "罚款 3.50 少于 3.51");
}

struct Spelling { const char* text; const char* expected; };  // expected: the value, or the key of the fault

TEST(Input, numbers_are_read_as_people_write_them) {
    Column column;
    column.unit = "家";
    column.decimals = 2;
    for (const auto& [spelling, expected] : std::vector<Spelling>{
             {"12", "12.00"}, {" 12 ", "12.00"}, {"１２", "12.00"}, {"1,234", "1234.00"}, {"1，234，567.5", "1234567.50"}, {"1 234", "1234.00"},
             {"12家", "12.00"}, {"12 家", "12.00"}, {"０．５", "0.50"}, {"12.500", "12.50"}, {"+3", "3.00"}, {"3.", "3.00"}, {"无", "nil"}, {"", ""},
             {"—", ""}, {"/", ""}, {"-", ""}, {"\xe3\x80\x80", ""}, {"0", "0.00"}, {"-0", "0.00"},
             {"1,5", "form.not_a_number"}, {"1,23,456", "form.not_a_number"}, {"12项", "form.not_a_number"}, {"十二", "form.not_a_number"}, {"1e3", "form.not_a_number"},
             {"=1+1", "form.not_a_number"}, {"1.2.3", "form.not_a_number"}, {"--1", "form.not_a_number"}, {"5-3", "form.not_a_number"}, {"约12", "form.not_a_number"},
             {"1.234", "form.too_many_decimals"}, {"-3", "form.negative"}, {"99999999999999999999", "form.too_large"}}) {
        const auto typed = read_number(spelling, column);
        EXPECT_EQ(typed.ok() ? typed.value : typed.key, expected) << spelling;
    }
    column.nil = false;
    EXPECT_EQ(read_number("无", column).value, "");
    column.negative = true;
    EXPECT_EQ(read_number("－3", column).value, "-3.00");
}

TEST(Input, dates_are_read_as_people_write_them) {
    for (const auto& [spelling, expected] : std::vector<Spelling>{
             {"2023.3.5", "2023-03-05"}, {"2023-03-05", "2023-03-05"}, {"2023/3/5", "2023-03-05"}, {"2023年3月5日", "2023-03-05"}, {"２０２３年３月５日", "2023-03-05"},
             {"20230305", "2023-03-05"}, {"3月5日", "2023-03-05"}, {"3.5", "2023-03-05"}, {" 2023. 3. 5 ", "2023-03-05"}, {"2023-03-05 00:00", "2023-03-05"},
             {"23.3.5", "2023-03-05"}, {"", ""}, {"无", ""}, {"2023年3月", "form.date_incomplete"}, {"2023.3", "form.date_incomplete"}, {"2月30日", "form.not_a_date"},
             {"2023.13.1", "form.not_a_date"}, {"三月五日", "form.not_a_date"}, {"明天", "form.not_a_date"}, {"5", "form.not_a_date"}, {"2023 3 5", "form.not_a_date"}}) {
        const auto typed = read_date(spelling, 2023);
        EXPECT_EQ(typed.ok() ? typed.value : typed.key, expected) << spelling;
    }
}

TEST(Input, a_pasted_table_is_taken_cell_by_cell_with_every_fault_named) {
    const auto form = table();
    const auto read = read_table(form, {{"r1.found", "１２"}, {"r1.fixed", "x"}, {"all.found", "3"}, {"r9.found", "1"}, {"r2.found", nullptr}}, "statistics");
    EXPECT_EQ(text(form, read.cells, "r1.found"), "12");
    std::vector<std::string> told;
    for (const auto& e : read.errors) told.push_back(e.path + ' ' + e.key);
    EXPECT_EQ(told, (std::vector<std::string>{"statistics:r1.fixed form.not_a_number", "statistics:all.found form.cell_is_derived", "statistics:r9.found form.no_such_cell"}));
}

TEST(Ledger, each_row_is_normalised_and_each_fault_addressed) {
    const auto form = ledger();
    const auto read = read_ledger(form, {{{"unit", " 城东工地 "}, {"level", "重大"}, {"found", "2023.3.5"}, {"funds", "1，200.5"}},
                                         {{"unit", " "}, {"level", ""}},
                                         {{"level", "特大"}, {"found", "3月"}, {"remark", std::string(63, 'x')}}}, "ledger", 2023);
    ASSERT_EQ(read.rows.size(), 2u);
    EXPECT_EQ(read.rows[0], (LedgerRow{{"unit", "城东工地"}, {"level", "major"}, {"found", "2023-03-05"}, {"funds", "1200.50"}}));
    std::vector<std::string> told;
    for (const auto& e : read.errors) told.push_back(e.path + ' ' + e.key);
    EXPECT_EQ(told, (std::vector<std::string>{"ledger:r3.unit form.required", "ledger:r3.level form.not_a_choice", "ledger:r3.found form.not_a_date", "ledger:r3.remark form.too_long"}));
}

// Against an oracle that adds the typed cells alone and derives everything from their sum.
TEST(Totals, the_sum_of_evaluated_tables_is_the_table_of_the_summed_cells) {
    const auto form = table();
    std::mt19937 chance(7);
    for (int round = 0; round < 30; ++round) {
        Adder adder(form, Over::organizations);
        std::vector<std::optional<std::int64_t>> oracle(form.cells());
        for (int unit = 0; unit < 20; ++unit) {
            Inputs inputs{blank_cells(form), {}, {}};
            for (std::size_t i = 0; i < form.cells(); ++i) {
                const auto& column = form.columns[i % form.columns.size()];
                if (form.rows[i / form.columns.size()].kind != RowKind::item || form.locked(static_cast<int>(i / form.columns.size()), static_cast<int>(i % form.columns.size()))) continue;
                const auto kind = chance() % 10;
                if (kind < 3) continue;
                inputs.typed[i] = kind == 3 ? nil : static_cast<Figure>(chance() % 1000);
                oracle[i] = oracle[i].value_or(0) + (kind == 3 ? 0 : inputs.typed[i]);
                EXPECT_LE(column.decimals, 2);
            }
            ASSERT_TRUE(adder.add(encode(evaluate(form, inputs).cells)));
        }
        Inputs summed{blank_cells(form), {}, {}};
        for (std::size_t i = 0; i < form.cells(); ++i)
            if (oracle[i]) summed.typed[i] = *oracle[i];
        const auto expected = evaluate(form, summed).cells, got = adder.finish();
        for (std::size_t i = 0; i < form.cells(); ++i) {
            if (form.columns[i % form.columns.size()].id == "measures") continue;  // a + b is blank where one part is; its sum is of those that are not
            EXPECT_EQ(got[i], expected[i]) << form.cell_id(i);
        }
    }
}

TEST(Totals, over_windows_cumulative_and_stock_take_the_last_and_the_rest_adds) {
    const auto form = table();
    Cells march = typed(form, {{"r1.found", "3"}, {"r1.fixed", "1"}, {"r1.registered", "10"}}), april = typed(form, {{"r1.found", "4"}, {"r1.fixed", "2"}, {"r1.registered", "12"}});
    const auto first = evaluate(form, {march, {}, {}}).cells, second = evaluate(form, {april, first, {}}).cells;
    Adder adder(form, Over::windows);
    adder.add(encode(first));
    adder.add(encode(second));
    const auto quarter = adder.finish();
    EXPECT_EQ(text(form, quarter, "r1.found"), "7");
    EXPECT_EQ(text(form, quarter, "r1.found_total"), "7");
    EXPECT_EQ(text(form, quarter, "r1.registered"), "12");
    EXPECT_EQ(text(form, quarter, "r1.rate"), "42.9");
    EXPECT_EQ(text(form, quarter, "r1.rate_total"), "42.9");
}

TEST(Totals, a_vector_of_another_form_is_refused_and_too_large_a_sum_is_no_figure) {
    const auto form = table();
    Adder adder(form, Over::organizations);
    EXPECT_FALSE(adder.add("short"));
    EXPECT_FALSE(decode(form, std::string(8, 'x')));
    const auto most = encode(typed(form, {{"r1.found", "999999999999999999"}, {"r2.found", "5"}}));
    for (int i = 0; i < 30; ++i) ASSERT_TRUE(adder.add(most));
    EXPECT_EQ(text(form, adder.finish(), "r1.found"), "—");
    EXPECT_EQ(text(form, adder.finish(), "r2.found"), "150");
    EXPECT_EQ(adder.count(), 30u);
    EXPECT_EQ(text(form, Adder(form, Over::organizations).finish(), "r1.found"), "");
}

// anchor-failures 19
TEST(Totals, of_those_that_have_nothing_the_total_is_nought_and_of_those_that_say_nothing_it_is_blank) {
    const auto form = table();
    Adder adder(form, Over::organizations);
    for (int i = 0; i < 3; ++i) ASSERT_TRUE(adder.add(encode(typed(form, {{"r1.found", "nil"}}))));
    EXPECT_EQ(text(form, adder.finish(), "r1.found"), "0");
    EXPECT_EQ(text(form, adder.finish(), "r2.found"), "");
}

TEST(Totals, negative_figures_add_up_too) {
    const auto form = form_of("id: t\nkind: table\ntitle: T\nhead:\n  - {id: a, title: A, negative: true}\nrows:\n  - {id: r1}\n");
    Adder adder(form, Over::organizations);
    for (const char* figure : {"-5", "3", "-10", "nil"}) adder.add(encode(cells_from(form, {{"r1.a", figure}})));
    EXPECT_EQ(text(form, adder.finish(), "r1.a"), "-12");
}

}  // namespace
}  // namespace anban::forms
