#include "app/demo_figures.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace anban::demo {
namespace {

constexpr std::pair<const char*, const char*> kRows[] = {
    {"buildings", "房屋建筑工程"}, {"municipal", "市政基础设施工程"}, {"rail", "城市轨道交通工程"},     {"gas", "城镇燃气"},
    {"water", "供水排水"},         {"sanitation", "市容环卫"},        {"facilities", "桥梁隧道和照明"}, {"self_built", "经营性自建房"},
    {"property", "住宅小区和物业"}};

std::string title_of(const std::string& row) {
    for (const auto& [id, title] : kRows)
        if (row == id) return title;
    return row;
}

// Which sectors a bureau answers for.
std::vector<std::string> rows_of(const Unit& unit) {
    if (!unit.housing) return {"sanitation", "facilities", "gas"};
    std::vector<std::string> rows{"buildings", "municipal", "water", "gas", "self_built", "property"};
    if (unit.place() == "长沙市") rows.insert(rows.begin() + 2, "rail");
    return rows;
}

int size_of(const Unit& unit) { return unit.level == "county" ? 1 : between(unit.name + "规模", 4, 9); }

std::string money(std::int64_t hundredths) {
    const auto rest = hundredths % 100;
    return std::to_string(hundredths / 100) + (rest ? (rest < 10 ? ".0" : ".") + std::to_string(rest) : "");
}

std::string project_name(const Unit& unit, const std::string& row, int number) {
    static const std::map<std::string, std::vector<const char*>> kinds{
        {"buildings", {"安置房二期", "学校综合楼", "商住小区三标段", "医院门诊楼"}},
        {"municipal", {"滨江路改造工程", "雨污分流三标段", "环城路提质工程"}},
        {"rail", {"地铁六号线延长段", "轨道交通车站附属工程"}},
        {"gas", {"老城区燃气管网", "液化气储配站", "餐饮街燃气改造"}},
        {"water", {"第二水厂", "城南污水泵站", "供水加压站"}},
        {"sanitation", {"生活垃圾中转站", "餐厨垃圾处理厂"}},
        {"facilities", {"人行天桥", "下穿隧道泵房", "高杆灯照明设施"}},
        {"self_built", {"临街自建房（餐饮）", "出租自建房", "自建房民宿"}},
        {"property", {"高层住宅小区", "老旧小区电动车停放区"}}};
    const auto& names = kinds.at(row);
    return unit.place() +
           names[static_cast<std::size_t>(between(unit.name + row + std::to_string(number), 0, static_cast<int>(names.size()) - 1))];
}

Hazard make_hazard(const Unit& unit, const Words& words, const std::string& row, int number) {
    const auto seed = unit.name + "隐患" + std::to_string(number);
    const auto& choices = words.hazards.at(row);
    Hazard h;
    h.row = row;
    h.unit = unit;
    h.project = project_name(unit, row, number);
    h.words = choices[static_cast<std::size_t>(between(seed + "内容", 0, static_cast<int>(choices.size()) - 1))];
    h.found_on = to_date({2023, between(seed + "月", 1, 5), between(seed + "日", 3, 19)});
    h.deadline = h.found_on + between(seed + "期", 30, 75);
    h.done_on = h.found_on + between(seed + "毕", 18, 80);
    h.signed_off_on = h.done_on + between(seed + "销", 3, 9);
    static constexpr const char* kListed[] = {"未挂牌", "未挂牌", "县级", "市级", "省级"};
    h.listed = kListed[between(seed + "挂", 0, unit.level == "county" ? 3 : 4)];
    h.funds = between(seed + "资", 3, 90) * 50;
    return h;
}

std::string progress_on(const Hazard& h, CivilDate day) {
    if (h.signed_off_on <= day) return "已销号";
    if (h.done_on <= day) return "已完成待验收";
    return h.found_on + 5 <= day ? "整改中" : "未开始";
}

bool in(const Window& w, CivilDate day) { return w.from <= day && day <= std::min(w.to, w.as_of); }

class Cells {
public:
    Cells(const Unit& unit, const Window& window, std::string row)
        : seed_(unit.name + format_date(window.from) + row), row_(std::move(row)) {}
    int some(const char* column, int least, int most) { return put(column, between(seed_ + column, least, most)); }
    int put(const char* column, int value) { return out[row_ + '.' + column] = std::to_string(value), value; }
    void put_money(const char* column, std::int64_t hundredths) { out[row_ + '.' + column] = money(hundredths); }
    std::map<std::string, std::string> out;

private:
    std::string seed_, row_;
};

// Checks, findings, law enforcement of one sector in one window; the months since the window began scale it.
void add_work(Cells& cells, int scale, int major_found, int major_fixed) {
    const int units = cells.some("units", 3 * scale, 7 * scale);
    const int trips = cells.put("trips", units + between(std::to_string(units) + "次", 0, units / 2));
    cells.put("people", trips * 3 + between(std::to_string(trips) + "人", 0, trips));
    const int found = cells.put("found", units * 2 + between(std::to_string(units) + "患", 0, units) + major_found);
    cells.put("fixed",
              std::max(0, found - major_found - between(std::to_string(found) + "改", 0, found / 9)) + std::min(major_fixed, major_found));
    cells.put("major_found", major_found);
    cells.put("major_fixed", major_fixed);
    const int papers = cells.some("papers", scale / 2, 2 * scale);
    const int fined = between(std::to_string(papers) + "罚", 0, papers) * 60;
    cells.put_money("fines", fined);
    cells.put_money("fines_collected", fined * 4 / 5);
    cells.put("suspended", papers / 5);
    cells.put("closed", papers / 14);
    cells.put("transferred_cases", papers / 17);
    cells.put("transferred_people", papers / 17);
    cells.some("talks", 0, std::max(1, scale / 2));
    cells.put_money("rewards", papers % 4 == 0 ? 20 : 0);
}

void add_stocks(Cells& cells, const std::vector<Hazard>& hazards, const std::string& row, const Window& window) {
    int listed = 0, by_province = 0, planned = 0, five = 0;
    std::int64_t funds = 0;
    const auto day = std::min(window.to, window.as_of);
    for (const auto& h : hazards) {
        if (h.row != row || day < h.found_on) continue;
        if (in(window, h.found_on)) funds += h.funds;
        if (h.signed_off_on <= day) continue;
        ++planned;
        five += h.found_on + 10 <= day;
        listed += h.listed != "未挂牌";
        by_province += h.listed == "省级";
    }
    cells.put("listed", listed);
    cells.put("listed_province", by_province);
    cells.put("planned", planned);
    cells.put("planned_five", five);
    cells.put_money("funds", funds);
}

}  // namespace

std::uint64_t number_from(std::string_view text) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const unsigned char c : text) hash = (hash ^ c) * 1099511628211ULL;
    hash ^= hash >> 31;  // neighbouring texts far apart
    hash *= 0x9e3779b97f4a7c15ULL;
    return hash ^ hash >> 29;
}

int between(std::string_view text, int least, int most) {
    return most <= least ? least : least + static_cast<int>(number_from(text) % static_cast<std::uint64_t>(most - least + 1));
}

std::string Unit::place() const {
    for (const std::string_view end : {"住建局", "城管局", "人居环境局", "开发建设局", "行政执法局"})
        if (short_name.ends_with(end)) return short_name.substr(0, short_name.size() - end.size());
    return short_name;
}

Words load_words(const std::string& file) {
    const auto root = YAML::LoadFile(file);
    Words words;
    for (const auto& row : root["hazards"])
        for (const auto& h : row.second)
            words.hazards[row.first.as<std::string>()].push_back(
                {h["hazard"].as<std::string>(), h["basis"].as<std::string>(), h["measures"].as<std::string>()});
    const auto passages = [](const YAML::Node& node, auto& into) {
        for (const auto& category : node)
            for (const auto& p : category.second)
                into[category.first.as<std::string>()].push_back({p["title"].as<std::string>(), p["text"].as<std::string>()});
    };
    passages(root["weekly"], words.weekly);
    passages(root["articles"], words.articles);
    for (const auto& p : root["progress"]) words.progress.push_back(p.as<std::string>());
    return words;
}

std::string filled(std::string text, const Unit& unit, int n, int m) {
    const std::pair<std::string, std::string> values[] = {
        {"{unit}", unit.short_name}, {"{place}", unit.place()}, {"{n}", std::to_string(n)}, {"{m}", std::to_string(m)}};
    for (const auto& [name, value] : values)
        for (std::size_t at = 0; (at = text.find(name, at)) != std::string::npos; at += value.size()) text.replace(at, name.size(), value);
    return text;
}

std::vector<Hazard> hazards_of(const Unit& unit, const Words& words) {
    const auto rows = rows_of(unit);
    const int count = unit.level == "county" ? between(unit.name + "隐患数", 0, 2) : between(unit.name + "隐患数", 0, 5);
    std::vector<Hazard> hazards;
    for (int i = 0; i < count; ++i)
        hazards.push_back(make_hazard(
            unit, words,
            rows[static_cast<std::size_t>(between(unit.name + "类" + std::to_string(i), 0, static_cast<int>(rows.size()) - 1))], i));
    std::stable_sort(hazards.begin(), hazards.end(), [](const Hazard& a, const Hazard& b) { return a.found_on < b.found_on; });
    return hazards;
}

json::array ledger_rows(const std::vector<Hazard>& hazards, const Window& window) {
    json::array rows;
    const auto day = std::min(window.to, window.as_of);
    for (const auto& h : hazards) {
        if (day < h.found_on) continue;
        const auto place = h.unit.place();
        json::object row{{"serial", std::to_string(rows.size() + 1)},
                         {"name", h.project},
                         {"address", place + "城区"},
                         {"sector", title_of(h.row)},
                         {"contractor", h.project + "责任单位"},
                         {"hazard", h.words.hazard},
                         {"basis", h.words.basis},
                         {"found_on", format_date(h.found_on)},
                         {"found_by", h.unit.name},
                         {"measures", h.words.measures},
                         {"responsible_unit", h.project + "责任单位"},
                         {"responsible_post", "主要负责人"},
                         {"funds", money(h.funds)},
                         {"deadline", format_date(h.deadline)},
                         {"emergency_plan", "有"},
                         {"listed", h.listed},
                         {"progress", progress_on(h, day)}};
        if (h.unit.level == "county") row["county"] = place;
        if (h.listed != "未挂牌") row["supervised_by"] = h.unit.name;
        if (h.done_on <= day) row["done_on"] = format_date(h.done_on);
        if (h.signed_off_on <= day) row["signed_off_on"] = format_date(h.signed_off_on);
        rows.push_back(std::move(row));
    }
    return rows;
}

std::map<std::string, std::string> cells_of(const Unit& unit, const std::vector<Hazard>& hazards, const Window& window, bool below) {
    std::map<std::string, std::string> out;
    const int months = window.to.days - window.from.days > 40 ? 2 : 1;
    for (const auto& row : rows_of(unit)) {
        if (below && row == "rail") continue;  // no county has any
        int found = 0, fixed = 0;
        for (const auto& h : hazards) {
            if (h.row != row) continue;
            found += in(window, h.found_on);
            fixed += in(window, h.signed_off_on);
        }
        Cells cells(unit, window, row);
        if (!below) add_work(cells, size_of(unit) * months, found, fixed);
        add_stocks(cells, hazards, row, window);
        out.merge(cells.out);
    }
    return out;
}

std::string shifted(const std::string& figure, int by) {
    const auto dot = figure.find('.');
    const int whole = figure.empty() ? 0 : std::stoi(figure.substr(0, dot));
    return std::to_string(std::max(0, whole + by)) + (dot == std::string::npos ? "" : figure.substr(dot));
}

}  // namespace anban::demo
