#include "modules/organizations/import.h"

#include <algorithm>
#include <functional>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/organizations/rules.h"
#include "modules/organizations/scope.h"
#include "modules/organizations/store.h"

namespace anban::organizations {
namespace {

enum Column { name, short_name, kind, level, place, sector, committee, division, credit_code, from };

const std::map<std::string_view, Kind> kKinds{
    {"人民政府", Kind::government}, {"安委办", Kind::committee_office}, {"部门", Kind::department}, {"局", Kind::bureau},
    {"专委会", Kind::sector_committee}, {"功能区", Kind::functional_zone}, {"乡镇街道", Kind::town}, {"科室", Kind::section},
    {"企业", Kind::enterprise}, {"其他", Kind::other}};
const std::map<std::string_view, Level> kLevels{{"省级", Level::province}, {"市级", Level::city}, {"县级", Level::county},
                                                {"乡镇级", Level::town}, {"企业", Level::enterprise}};

template <class T>
std::vector<std::string> words(const std::map<std::string_view, T>& from) {
    std::vector<std::string> out;
    for (const auto& [word, _] : from) out.emplace_back(word);
    return out;
}

std::vector<std::string> several(std::string_view cell) {
    std::vector<std::string> out;
    constexpr std::string_view comma = "、";
    while (!cell.empty()) {
        const auto end = std::min(cell.find(comma), cell.size());
        const auto one = office::trimmed(cell.substr(0, end));
        if (!one.empty()) out.emplace_back(one);
        cell.remove_prefix(std::min(end + comma.size(), cell.size()));
    }
    return out;
}

class Checker {
public:
    Checker(const std::vector<office::SheetRow>& rows, const ImportFacts& facts, Instant now) : rows_(rows), facts_(facts) {
        for (const auto& row : rows) {
            openings_.push_back({});
            openings_.back().id = new_id(now);
            by_name_.emplace(row.cells[name], openings_.size() - 1);
        }
    }

    Result<std::vector<Opening>> check() {
        for (std::size_t i = 0; i < rows_.size(); ++i) check_row(i);
        for (const auto kind_of_edge : {EdgeKind::place, EdgeKind::sector, EdgeKind::committee}) check_cycles(kind_of_edge);
        if (errors_.empty()) return std::move(openings_);
        std::stable_sort(errors_.begin(), errors_.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
        Refusal refusal{Code::unprocessable, "import.rows_wrong", {{"count", std::to_string(errors_.size())}}, {}, {}};
        for (auto& [row, error] : errors_) refusal.errors.push_back(std::move(error));
        return refusal;
    }

private:
    void complain(std::size_t i, Column column, const char* key, std::string value) {
        const int row = rows_[i].number;
        errors_.push_back({row, {"row " + std::to_string(row), key,
                                 {{"row", std::to_string(row)}, {"column", std::string(import_columns()[column].name)},
                                  {"value", std::move(value)}}}});
    }

    void check_row(std::size_t i) {
        const auto& cells = rows_[i].cells;
        auto& o = openings_[i];
        o.name = cells[name];
        o.short_name = cells[short_name];
        check_name(i);
        if (const auto k = kKinds.find(cells[kind]); k != kKinds.end()) o.kind = k->second;
        else complain(i, kind, "import.not_one_of", cells[kind]);
        if (const auto l = kLevels.find(cells[level]); l != kLevels.end()) o.level = l->second;
        else complain(i, level, "import.not_one_of", cells[level]);
        o.division_code = cells[division];
        if (!o.division_code.empty() && !facts_.divisions.contains(o.division_code)) complain(i, division, "import.unknown_division", o.division_code);
        o.credit_code = cells[credit_code];
        if (!o.credit_code.empty() && !rules::credit_code_holds(o.credit_code)) complain(i, credit_code, "import.bad_credit_code", o.credit_code);
        check_day(i);
        check_parents(i);
    }

    void check_name(std::size_t i) {
        const auto& o = openings_[i];
        if (rules::refuse_name(o.name)) complain(i, name, "import.bad_name", o.name);
        else if (by_name_.at(o.name) != i) complain(i, name, "import.name_twice", o.name);
        else if (facts_.taken.contains(o.name)) complain(i, name, "import.name_taken", o.name);
        if (!o.short_name.empty() && rules::refuse_name(o.short_name)) complain(i, short_name, "import.bad_name", o.short_name);
    }

    void check_day(std::size_t i) {
        const auto& text = rows_[i].cells[from];
        const auto day = text.empty() ? std::optional(facts_.today) : parse_date(text);
        if (!day || *day > facts_.today + 366) complain(i, from, "import.bad_day", text);
        else openings_[i].from = *day;
    }

    void check_parents(std::size_t i) {
        const auto& cells = rows_[i].cells;
        if (const auto places = several(cells[place]); places.size() > 1) complain(i, place, "import.one_place_only", cells[place]);
        for (const auto& [edge, column] : {std::pair(EdgeKind::place, place), std::pair(EdgeKind::sector, sector),
                                           std::pair(EdgeKind::committee, committee)})
            for (const auto& parent : several(cells[column])) add_parent(i, edge, column, parent);
        if (openings_[i].parents.empty() && several(cells[place]).empty() && !facts_.may_be_root) complain(i, place, "import.parent_missing", "");
    }

    void add_parent(std::size_t i, EdgeKind edge, Column column, const std::string& parent) {
        auto& links = openings_[i].parents;
        std::string id;
        if (const auto inside = by_name_.find(parent); inside != by_name_.end()) id = openings_[inside->second].id;
        else if (const auto known = facts_.known.find(parent); known != facts_.known.end()) {
            if (rules::refuse_parent(known->second, openings_[i].from)) return complain(i, column, "import.parent_not_open", parent);
            id = known->second.id;
        }
        if (id.empty()) return complain(i, column, "import.unknown_parent", parent);
        const bool twice = std::any_of(links.begin(), links.end(), [&](const auto& l) { return l.kind == edge && l.parent == id; });
        if (twice) return complain(i, column, "import.parent_twice", parent);
        links.push_back({edge, id});
    }

    // A new organization can only be below itself through other rows of the sheet.
    void check_cycles(EdgeKind edge) {
        std::map<std::string, std::size_t> at;
        for (std::size_t i = 0; i < openings_.size(); ++i) at.emplace(openings_[i].id, i);
        std::vector<int> seen(openings_.size(), 0);  // 0 new, 1 on the way, 2 done
        const Column column = edge == EdgeKind::place ? place : edge == EdgeKind::sector ? sector : committee;
        for (std::size_t start = 0; start < openings_.size(); ++start) {
            std::vector<std::pair<std::size_t, std::size_t>> way;
            if (seen[start] == 0) { seen[start] = 1; way.emplace_back(start, 0); }
            while (!way.empty()) {
                auto& [i, next] = way.back();
                const auto& links = openings_[i].parents;
                while (next < links.size() && (links[next].kind != edge || !at.contains(links[next].parent))) ++next;
                if (next >= links.size()) { seen[i] = 2; way.pop_back(); continue; }
                const auto parent = at.at(links[next++].parent);
                if (seen[parent] == 1) complain(i, column, "import.cycle", openings_[parent].name);
                if (seen[parent] == 0) { seen[parent] = 1; way.emplace_back(parent, 0); }
            }
        }
    }

    const std::vector<office::SheetRow>& rows_;
    const ImportFacts& facts_;
    std::vector<Opening> openings_;
    std::map<std::string, std::size_t> by_name_;
    std::vector<std::pair<int, FieldError>> errors_;
};

ImportFacts facts_for(Work& work, const ImportWords& asked) {
    const auto scope = scope_of(work.actor, Matter::structure_change);
    ImportFacts facts;
    facts.today = beijing_date(work.now);
    facts.may_be_root = scope.reach == Reach::everything;
    for (const auto& word : asked.parents)
        if (auto found = find_by_name(work.db, word); found && in_structure_scope(work.db, scope, found->id, facts.today))
            facts.known.emplace(word, std::move(*found));
    for (const auto& word : asked.names)
        if (store::open_name_exists(work.db, word, "", facts.today)) facts.taken.insert(word);
    for (const auto& code : asked.divisions)
        if (work.db.exists({"organizations.division_exists", "select 1 from divisions where code = $1"}, {code})) facts.divisions.insert(code);
    return facts;
}

}  // namespace

const std::vector<office::SheetColumn>& import_columns() {
    static const std::vector<office::SheetColumn> columns{
        {"单位全称", true, "与公章一致的全称", {}},
        {"简称", false, "表格中显示的名称，可不填", {}},
        {"类别", true, "从下拉列表中选择", words(kKinds)},
        {"层级", true, "从下拉列表中选择", words(kLevels)},
        {"上级单位", false, "属地上级的全称，只能填一个", {}},
        {"行业主管部门", false, "全称，多个用、隔开", {}},
        {"所属安委会", false, "全称，多个用、隔开", {}},
        {"行政区划代码", false, "6 位或 9 位，可不填", {}},
        {"统一社会信用代码", false, "18 位，可不填", {}},
        {"启用日期", false, "如 2023-03-10，不填为今天", {}}};
    return columns;
}

ImportWords words_of(const std::vector<office::SheetRow>& rows) {
    ImportWords words;
    for (const auto& row : rows) {
        words.names.insert(row.cells[name]);
        for (const auto column : {place, sector, committee})
            for (auto& parent : several(row.cells[column])) words.parents.insert(std::move(parent));
        if (!row.cells[division].empty()) words.divisions.insert(row.cells[division]);
    }
    return words;
}

Result<std::vector<Opening>> check_import(const std::vector<office::SheetRow>& rows, const ImportFacts& facts, Instant now) {
    return Checker(rows, facts, now).check();
}

Result<ImportReport> import(Work& work, const std::vector<office::SheetRow>& rows, bool dry_run) {
    if (rows.size() > kMostImported)
        return Refusal{Code::unprocessable, "import.too_many_rows", {{"most", std::to_string(kMostImported)}}, {}, {}};
    store::lock_structure(work.db);
    auto openings = check_import(rows, facts_for(work, words_of(rows)), work.now);
    if (!openings) return openings.refusal();
    ImportReport report{dry_run, static_cast<std::int64_t>(openings->size()), {}};
    for (const auto& one : *openings)
        if (report.names.size() < 500) report.names.push_back(one.name);
    if (!dry_run) open_all(work, *openings);
    return report;
}

}  // namespace anban::organizations
