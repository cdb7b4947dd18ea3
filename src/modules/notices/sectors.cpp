// Sectors with who leads, who is responsible, who supports, and their tasks: an item with (牵头单位:…), a run of 煤矿:…牵头…, a row
// of a table, or a mere list of sectors.
#include <algorithm>
#include <optional>
#include <set>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr std::size_t kMostTasks = 20, kLongestBlock = 3'000;

std::vector<View> split_units(View words) {
    std::vector<View> out;
    int depth = 0;
    std::size_t from = 0;
    for (std::size_t at = 0; at <= words.size(); ++at) {
        const char32_t c = at < words.size() ? words[at] : U'、';
        depth += c == U'(' ? 1 : c == U')' ? -1 : 0;
        // 市公安局和市交通局 are two, 市工业和信息化局 is one.
        const bool joins = (c == U'和' || c == U'及' || c == U'与') && at > from + 2 && ends_as_office(words.substr(from, at - from));
        if (depth > 0 || !(c == U'、' || c == U',' || joins)) continue;
        if (at > from) out.push_back(words.substr(from, at - from));
        from = at + 1;
    }
    return out;
}

// 市交通局、市公安局 and what belongs to them, without 等.
std::vector<std::string> units_in(View words) {
    std::vector<std::string> out;
    for (auto one : split_units(words)) {
        while (!one.empty() && View(U",、:和及与由 ").find(one.front()) != View::npos) one.remove_prefix(1);
        for (const View tail : {View(U"等部门"), View(U"等单位"), View(U"等有关部门"), View(U"等"), View(U"分别"), View(U"共同")})
            if (one.size() > tail.size() && one.ends_with(tail)) one.remove_suffix(tail.size());
        if (one.size() >= 2 && one.size() <= 40) out.push_back(utf8::encode(one));
    }
    return out;
}

void join(std::vector<std::string>& to, std::vector<std::string> more) {
    for (auto& one : more)
        if (std::ranges::find(to, one) == to.end()) to.push_back(std::move(one));
}

enum class Part { none, lead, responsible, support };

struct Label {
    View word;
    Part part;
};
constexpr Label kLabels[] = {
    {U"牵头单位", Part::lead}, {U"牵头部门", Part::lead}, {U"牵头责任单位", Part::lead}, {U"牵头处室", Part::lead}, {U"牵头科室", Part::lead}, {U"主责单位", Part::lead}, {U"主责部门", Part::lead}, {U"总牵头", Part::lead},
    {U"责任单位", Part::responsible}, {U"责任部门", Part::responsible}, {U"责任科室", Part::responsible}, {U"责任主体", Part::responsible}, {U"实施单位", Part::responsible}, {U"落实单位", Part::responsible}, {U"监管部门", Part::responsible},
    {U"配合单位", Part::support}, {U"配合部门", Part::support}, {U"参加单位", Part::support}, {U"参与单位", Part::support}, {U"协助单位", Part::support}, {U"协同单位", Part::support}, {U"参与部门", Part::support}, {U"配合科室", Part::support},
};

// 牵头单位 here, followed by a colon; the longest.
const Label* label_at(View text, std::size_t at) {
    if (View(U"牵责配参协主总实落承监").find(text[at]) == View::npos) return nullptr;
    const Label* found = nullptr;
    for (const auto& label : kLabels)
        if (text.substr(at, label.word.size()) == label.word && (!found || label.word.size() > found->word.size())) found = &label;
    if (!found) return nullptr;
    const auto end = at + found->word.size();
    return end < text.size() && (text[end] == U':' || text[end] == U'为') ? found : nullptr;
}

class SectorReader {
public:
    explicit SectorReader(const Page& page) : page_(page), plain_(page.plain()) {}

    std::vector<Sector> read() {
        read_tables();
        read_runs();  // what a run says, the heading above it need not say again
        read_headings();
        read_lists();
        std::ranges::stable_sort(out_, {}, &Sector::from);
        return std::move(out_);
    }

private:
    // 序号 行业领域 牵头单位 配合单位 主要任务, and its rows.
    struct Columns {
        std::size_t name = 0, lead = 0, responsible = 0, support = 0, task = 0;  // 0: none, else its place and one
    };
    static std::optional<Columns> columns_of(View plain, const std::vector<Span>& cells) {
        Columns out;
        std::size_t other = 0;
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const auto words = cut(plain, cells[i]);
            const auto has = [&](Words some) { return contains_any(words, some); };
            if (words.size() > 12) return std::nullopt;
            if (has({U"牵头", U"主责", U"主管"})) out.lead = i + 1;
            else if (has({U"配合", U"参与", U"参加", U"协助", U"协同"})) out.support = i + 1;
            else if (has({U"责任单位", U"责任部门", U"责任科室", U"监管部门", U"落实单位"})) out.responsible = i + 1;
            else if (has({U"行业", U"领域", U"专题", U"专项", U"类别", U"项目", U"事项"})) out.name = i + 1;
            else if (has({U"任务", U"内容", U"措施", U"要求"})) out.task = i + 1;
            else if (!has({U"序号", U"编号"}) && other == 0) other = i + 1;
        }
        if (out.name == 0) out.name = out.task != 0 ? out.task : other;
        return (out.lead == 0 && out.responsible == 0) || out.name == 0 ? std::nullopt : std::optional(out);
    }
    void read_tables() {
        std::optional<Columns> columns;
        for (auto from = page_.span.from; from < page_.span.to && out_.size() < kMostThings;) {
            const auto to = std::min(plain_.find(U'\n', from), page_.span.to);
            const auto cells = to - from < 600 ? cells_of(page_.text, {from, to}) : std::vector<Span>();
            if (cells.size() < 3) columns.reset();
            else if (!columns) columns = columns_of(plain_, cells);
            else add_row(*columns, cells);
            from = to + 1;
        }
    }
    void add_row(const Columns& columns, const std::vector<Span>& cells) {
        const auto cell = [&](std::size_t column) { return column == 0 || column > cells.size() ? Span{} : bare(plain_, cells[column - 1]); };
        const auto name = cell(columns.name);
        if (name.empty() || name.to - name.from > 40) return;
        Sector sector{{}, 0, 0, page_.text.words(name.from, name.to), units_in(page_.words(cell(columns.lead))), units_in(page_.words(cell(columns.responsible))), units_in(page_.words(cell(columns.support))), {}};
        if (columns.task != 0 && columns.task != columns.name) sector.tasks = tasks_in(cell(columns.task));
        if (sector.leads.empty() && sector.responsible.empty()) return;
        page_.place(sector, name);
        names_.insert(sector.sector);
        out_.push_back(std::move(sector));
    }

    void read_headings() {
        for (std::size_t i = 0; i < page_.outline.size() && out_.size() < kMostThings; ++i) {
            const auto& heading = page_.outline[i];
            if (heading.title.empty() || heading.title.to - heading.title.from > 30) continue;
            const auto next = i + 1 < page_.outline.size() ? page_.outline[i + 1].from : page_.span.to;
            const auto title = page_.words(heading.title);
            const auto end = std::min({next, heading.end, heading.title.to + kLongestBlock});
            if (!holds_run({heading.title.to, end})) add({heading.title.from, heading.title.from + std::min(title.find(U','), title.size())}, {heading.title.to, end});
        }
    }

    // 道路交通:… 煤矿:…: a short name and a colon at the beginning of a sentence, the block to the next one.
    void read_runs() {
        std::vector<Span> names;
        for (const auto& sentence : page_.head.sentences)
            if (const auto name = name_of_run({sentence.from, sentence.to}); !name.empty()) names.push_back(name);
        std::size_t heading = 0;
        for (std::size_t i = 0; i < names.size() && out_.size() < kMostThings; ++i) {
            auto end = i + 1 < names.size() ? names[i + 1].from : page_.span.to;
            while (heading < page_.outline.size() && page_.outline[heading].from < names[i].to) ++heading;
            if (heading < page_.outline.size()) end = std::min(end, page_.outline[heading].from);
            const auto had = out_.size();
            add(names[i], {names[i].to + 1, std::min(end, names[i].to + kLongestBlock)});
            if (out_.size() > had) runs_.push_back(names[i].from);
        }
    }
    [[nodiscard]] Span name_of_run(Span sentence) const {
        auto from = sentence.from;
        for (auto at = from; at < sentence.to && at - from <= 14; ++at) {
            const char32_t c = plain_[at];
            if (c == U':') return at - from >= 2 && !is_form_field(plain_.substr(from, at - from)) ? Span{from, at} : Span{};
            if (c < 0x2fff && c != U'(' && c != U')') return {};
        }
        return {};
    }
    static bool is_form_field(View name) {
        return contains_any(name, {U"联系", U"电话", U"附件", U"邮箱", U"时间", U"地点", U"单位", U"部门", U"组长", U"成员", U"主任", U"如下", U"事项", U"要求", U"传真", U"抄送", U"地址", U"来源", U"主题词", U"步骤", U"阶段"});
    }

    [[nodiscard]] bool holds_run(Span block) const {
        const auto found = std::ranges::lower_bound(runs_, block.from);
        return found != runs_.end() && *found < block.to;
    }

    // Who leads and who helps in the block; nothing is added where nobody does.
    void add(Span name, Span block) {
        name = bare(plain_, name);
        if (name.empty() || block.empty()) return;
        Sector sector{{}, 0, 0, page_.text.words(name.from, name.to), {}, {}, {}, {}};
        for (auto at = block.from; at < block.to; ++at) {
            if (const auto* label = label_at(plain_.substr(0, block.to), at)) {
                at = take_labelled(*label, at + label->word.size() + 1, block.to, sector);
            } else if (plain_[at] == U'牵' && plain_.substr(at, 2) == U"牵头" && !starts_with_any(plain_.substr(at + 2, 3), {U"抓总", U"部门", U"单位", U"方面", U"的", U"责任", U"负责人", U"领导"})) {
                join(sector.leads, units_before(block.from, at));
            } else if (plain_[at] == U'配' && plain_.substr(at, 2) == U"配合" && !starts_with_any(plain_.substr(at + 2, 3), {U"单位", U"部门", U"协调", U"的"})) {
                join(sector.supports, units_before(block.from, at));
            }
        }
        if (sector.leads.empty() && sector.responsible.empty()) return;
        sector.tasks = tasks_in(block);
        page_.place(sector, name);
        names_.insert(sector.sector);
        out_.push_back(std::move(sector));
    }
    std::size_t take_labelled(const Label& label, std::size_t from, std::size_t end, Sector& sector) const {
        auto to = from;
        for (int depth = 0; to < end && to - from < 300; ++to) {
            const char32_t c = plain_[to];
            depth += c == U'(' ? 1 : c == U')' ? -1 : 0;
            if (depth < 0 || c == U';' || c == U'。' || c == U'\n' || c == U']' || label_at(plain_.substr(0, end), to)) break;
        }
        auto& part = label.part == Part::lead ? sector.leads : label.part == Part::responsible ? sector.responsible : sector.supports;
        join(part, units_in(cut(plain_, bare(plain_, {from, to}))));
        return to > from ? to - 1 : from;
    }
    // 由市公安局牵头; 市安监局、市供销社配合: the offices of the clause right before.
    [[nodiscard]] std::vector<std::string> units_before(std::size_t begin, std::size_t at) const {
        auto from = at;
        for (int depth = 0; from > begin && at - from < 80; --from) {
            const char32_t c = plain_[from - 1];
            depth += c == U')' ? 1 : c == U'(' ? -1 : 0;
            if (depth < 0 || (depth == 0 && is_break(c))) break;
        }
        auto words = plain_.substr(from, at - from);
        if (const auto by = words.rfind(U'由'); by != View::npos) words.remove_prefix(by + 1);
        for (const View tail : {View(U"负责"), View(U"分别"), View(U"共同"), View(U"要"), View(U"予以"), View(U"做好"), View(U"等部门"), View(U"等单位"), View(U"密切"), View(U"积极")})
            while (words.ends_with(tail)) words.remove_suffix(tail.size());
        const bool whose = words.ends_with(U"所") && !ends_with_any(words, {U"派出所", U"研究所", U"事务所", U"卫生所"});  // 撰写所牵头的报告
        return ends_as_office(words) && !whose ? units_in(words) : std::vector<std::string>();
    }
    // The sentences of the block without the brackets that name units.
    [[nodiscard]] std::vector<std::string> tasks_in(Span block) const {
        std::vector<std::string> out;
        auto from = block.from;
        for (auto at = block.from; at <= block.to && out.size() < kMostTasks; ++at) {
            if (at < block.to && plain_[at] != U'。' && plain_[at] != U';' && plain_[at] != U'\n') continue;
            const auto place = bare(plain_, {from, at});
            const auto words = page_.words(place);
            const bool units = starts_with_any(words, {U"牵头", U"责任", U"配合", U"(牵头", U"参与", U"主责"});
            if (words.size() >= 4 && words.size() <= 400 && !units) out.push_back(utf8::encode(words));
            from = at + 1;
        }
        return out;
    }

    // 突出燃气、建设、消防等行业领域: names alone.
    void read_lists() {
        for (const auto& sentence : page_.head.sentences) {
            const auto words = page_.words({sentence.from, sentence.to});
            for (auto at = words.find(U"领域"); at != View::npos && out_.size() < kMostThings; at = words.find(U"领域", at + 2)) read_list(sentence.from, sentence.from + at);
            for (auto at = words.find(U"等行业("); at != View::npos && out_.size() < kMostThings; at = words.find(U"等行业(", at + 2)) read_list(sentence.from, sentence.from + at + 3);
        }
    }
    void read_list(std::size_t begin, std::size_t at) {
        auto to = at;
        for (const View word : {View(U"("), View(U"行业"), View(U"重点"), View(U"高危"), View(U"个"), View(U"九"), View(U"十"), View(U"大"), View(U"八"), View(U"六"), View(U"七")})
            if (plain_.substr(begin, to - begin).ends_with(word)) to -= word.size();
        while (to > begin && plain_[to - 1] >= U'0' && plain_[to - 1] <= U'9') --to;
        for (const View word : {View(U"等"), View(U"等重点"), View(U"等"), View(U"重点")})
            if (plain_.substr(begin, to - begin).ends_with(word)) to -= word.size();
        auto from = to;
        while (from > begin && to - from < 160 && View(U",;。:\n").find(plain_[from - 1]) == View::npos) --from;
        const auto words = plain_.substr(from, to - from);
        std::size_t lead = 0;
        for (const View verb : {View(U"突出"), View(U"聚焦"), View(U"紧盯"), View(U"围绕"), View(U"涉及"), View(U"覆盖"), View(U"包括"), View(U"抓好"), View(U"强化"), View(U"加强"), View(U"对"), View(U"深化"), View(U"针对"), View(U"开展"), View(U"在")})
            if (const auto found = words.rfind(verb); found != View::npos) lead = std::max(lead, found + verb.size());
        std::vector<Span> items;
        auto item = from + lead;
        for (auto i = item; i <= to; ++i)
            if (i == to || plain_[i] == U'、') items.push_back({item, i}), item = i + 1;
        if (items.size() < 3 || std::ranges::any_of(items, [](const Span& one) { return one.to < one.from + 2 || one.to - one.from > 24; })) return;
        for (const auto& one : items) add_named(one);
    }
    void add_named(Span place) {
        const auto words = page_.words(place);
        auto from = place.from;
        for (const auto& name : words.size() > 4 ? split_sectors(words) : std::vector<View>{words}) {
            Sector sector{{}, 0, 0, utf8::encode(name), {}, {}, {}, {}};
            page_.place(sector, {from, from + name.size()});
            from += name.size();
            if (name.size() <= 12 && names_.insert(sector.sector).second && out_.size() < kMostThings) out_.push_back(std::move(sector));
        }
    }

    const Page& page_;
    View plain_;
    std::set<std::string> names_;
    std::vector<std::size_t> runs_;  // where those begin that became sectors
    std::vector<Sector> out_;
};

}  // namespace

std::vector<Sector> sectors_of(const Page& page) { return SectorReader(page).read(); }

}  // namespace anban::notices
