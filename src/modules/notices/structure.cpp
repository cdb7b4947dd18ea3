#include "modules/notices/structure.h"

#include <algorithm>
#include <array>
#include <map>

namespace anban::notices {
namespace {

using View = std::u32string_view;

constexpr View kNumerals = U"一二三四五六七八九十";
constexpr std::size_t kLongest = 600;  // no sentence that somebody wrote is longer; what is cut keeps reading quick

// 一、 (一) 1. (1) 第一章: how deep, and the number as it is written; 0 for no level.
struct Level {
    int depth = 0;
    std::u32string text;
    std::size_t size = 0;
};

std::size_t run(View text, std::size_t at, View of) {
    std::size_t n = 0;
    while (n < 4 && at + n < text.size() && of.find(text[at + n]) != View::npos) ++n;  // no level has more
    return n;
}

Level level_at(View text, std::size_t at) {
    const std::size_t open = at < text.size() && text[at] == U'(' ? 1 : 0;
    const auto chinese = run(text, at + open, kNumerals), figures = run(text, at + open, U"0123456789");
    const auto n = chinese != 0 ? chinese : figures;
    if (n == 0 || n > 3 || at + open + n >= text.size()) return {};
    const char32_t after = text[at + open + n];
    const std::u32string word(text.substr(at + open, n));
    if (open == 1) return after == U')' ? Level{chinese ? 2 : 4, U'(' + word + U')', n + 2} : Level{};
    if (chinese) return after == U'、' ? Level{1, word, n + 1} : Level{};
    const char32_t next = at + n + 1 < text.size() ? text[at + n + 1] : U'\0';
    const bool point = (after == U'.' && !(next >= U'0' && next <= U'9')) || after == U'、';
    return point && n <= 2 ? Level{3, word, n + 1} : Level{};
}

class Splitter {
public:
    explicit Splitter(View text) : text_(text) {}

    std::vector<Sentence> split() {
        std::size_t from = 0;
        int depth = 0;
        for (std::size_t i = 0; i < text_.size(); ++i) {
            const char32_t c = text_[i];
            if (c == U'(' || c == U'《' || c == U'[') ++depth;
            if ((c == U')' || c == U'》' || c == U']') && depth > 0) --depth;
            if (c == U'\n') depth = 0;
            const bool endless = i - from > kLongest && (c == U',' || i - from > kLongest + 200);
            const bool mark = endless || c == U'\n' || ((c == U'。' || c == U'!' || c == U'?') && depth == 0) || (c == U';' && depth == 0);
            const bool level = !mark && depth <= 1 && i > from && (text_[i - 1] == U'。') && level_at(text_, i).depth != 0;
            if (level) close(from, i), from = i;
            if (!mark) continue;
            close(from, i);
            from = i + (endless && c != U',' ? 0 : 1);
            if (endless) depth = 0;
            if (c == U'\n') ++paragraph_;
        }
        close(from, text_.size());
        return std::move(out_);
    }

private:
    void close(std::size_t from, std::size_t to) {
        if (from >= to) return;
        const auto level = level_at(text_, from);
        if (level.depth != 0) enter(level);
        const auto size = to - from - level.size;
        const bool heading = level.depth != 0 && size <= 24 && text_.substr(from, to - from).find(U',') == View::npos && to < text_.size() && text_[to] == U'\n';
        out_.push_back({from + level.size, to, paragraph_, heading, section()});
    }
    void enter(const Level& level) {
        levels_[static_cast<std::size_t>(level.depth)] = level.text;
        for (std::size_t d = static_cast<std::size_t>(level.depth) + 1; d < levels_.size(); ++d) levels_[d].clear();
    }
    [[nodiscard]] std::string section() const {
        std::string out;
        for (const auto& level : levels_)
            for (const char32_t c : level) out += c < 0x80 ? std::string(1, static_cast<char>(c)) : encode(c);
        return out;
    }
    static std::string encode(char32_t c) {
        return {static_cast<char>(0xe0 | (c >> 12)), static_cast<char>(0x80 | ((c >> 6) & 63)), static_cast<char>(0x80 | (c & 63))};
    }

    View text_;
    int paragraph_ = 0;
    std::array<std::u32string, 5> levels_;
    std::vector<Sentence> out_;
};

std::vector<View> lines_of(View text) {
    std::vector<View> out;
    for (std::size_t from = 0; from <= text.size();) {
        const auto to = std::min(text.find(U'\n', from), text.size());
        if (to > from) out.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    return out;
}

// 乌政办〔2010〕111号, also [20234号 where a bracket was lost; as official papers write it.
std::u32string number_in(View line) {
    line = line.substr(0, std::min<std::size_t>(200, line.find(U'《')));
    for (auto open = line.find(U'['); open != View::npos; open = line.find(U'[', open + 1)) {
        Scan scan(line, open + 1);
        const auto figures = scan.figures();
        if (figures.size() < 4 || !figures.starts_with(U"20") || open == 0) continue;
        std::u32string year(figures.substr(0, 4)), count(figures.substr(4));
        if (scan.take_any({U"]", U"号]"})) {
            scan.take(U"第");
            count = scan.figures();
        }
        if (count.empty() || count.size() > 4) continue;
        if (!scan.take(U"号") && !scan.done()) continue;
        auto from = open;
        while (from > 0 && line[from - 1] > 0x2fff && line[from - 1] != U'。' && line[from - 1] != U']' && open - from < 12) --from;
        if (from == open) continue;
        return std::u32string(line.substr(from, open - from)) + U'〔' + year + U'〕' + count + U'号';
    }
    return {};
}

bool is_title(View line) {
    const bool path = contains_any(line, {U"首页", U"当前位置", U"》》"}) || (line.find(U'》') != View::npos && line.find(U'《') == View::npos);  // where a page stands on its site
    return !path && line.size() >= 6 && line.size() <= 80 && line.find(U'。') == View::npos &&
           ends_with_any(line, {U"通知", U"方案", U"意见", U"函", U"要点", U"办法", U"通报", U"计划", U"细则", U"通告", U"公告", U"紧急通知", U"提示", U"通知书", U"方案》的通知"});
}

// Rules, which bind whoever they name: 快报办法(暂行), 备案实施细则(节选).
bool is_rules(View line) {
    if (line.ends_with(U')')) line = line.substr(0, std::min(line.rfind(U'('), line.size()));
    return line.size() >= 6 && line.size() <= 50 && level_at(line, 0).depth == 0 && line.find_first_of(U"。,;:") == View::npos && ends_with_any(line, {U"规则", U"制度", U"规定", U"细则", U"办法", U"规程", U"须知"});
}

bool is_addressees(View line) {
    return line.ends_with(U':') && line.size() >= 4 && line.size() < 400 && line.find(U'。') == View::npos &&
           contains_any(line, {U"各", U"局", U"委", U"厅", U"镇", U"街道", U"单位", U"部门", U"企业", U"学校", U"公司"}) &&
           !contains_any(line, {U"如下", U"以下", U"事项", U"包括", U"要求", U"时间", U"来源", U"次数"});
}

// A line that is nothing but a day.
std::optional<Day> day_line(View line) {
    if (line.size() > 14) return std::nullopt;
    Scan scan(line, 0);
    if (auto day = day_at(scan, {}); day && scan.done() && day->day.year != 0) return day->day;
    Scan bare(line, 0);  // 2023310, where all marks were lost
    const auto figures = bare.figures();
    if (!bare.done() || figures.size() < 6 || figures.size() > 8 || figures.substr(0, 2) != U"20") return std::nullopt;
    const std::u32string marked = std::u32string(figures) + U"日";
    Scan again(marked, 0);
    if (auto day = day_at(again, {}); day && again.done()) return day->day;
    return std::nullopt;
}

bool is_issuer(View line) {
    return line.size() >= 4 && line.size() <= 40 && line.find_first_of(U"。,:;") == View::npos &&
           ends_with_any(line, {U"委员会", U"办公室", U"局", U"厅", U"政府", U"委", U"部", U"中心", U"指挥部", U"公司", U"领导小组", U"处", U"管委会", U"学校", U"学院", U"街道办事处", U"协会", U"总队", U"支队"});
}

void read_head(const std::vector<View>& lines, Structure& out) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto line = lines[i];
        if (out.title.empty() && (is_title(line) || (i < 6 && is_rules(line)))) out.title = line;
        if (out.number.empty() && i < 12) out.number = number_in(line);
        if (out.addressees.empty() && is_addressees(line)) out.addressees = line.substr(0, line.size() - 1);
    }
    // 某委[2021]25号关于…的通知
    if (const auto at = out.title.find(U"号关于"); at != View::npos && at < 24) out.title.erase(0, at + 1);
    // A title that was broken into two lines, or that runs into the text on the same line.
    if (out.title.empty())
        for (const auto line : lines)
            if (line.starts_with(U"关于") || line.find(U"关于") < 30) {
                const auto end = line.find(U"的通知");
                if (end != View::npos && end < 90) {
                    out.title = line.substr(0, end + 3);
                    break;
                }
            }
}

void read_foot(const std::vector<View>& lines, Structure& out) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto day = day_line(lines[i]);
        if (!day) continue;
        const bool signed_above = i > 0 && is_issuer(lines[i - 1]);
        if (!out.issued || signed_above) out.issued = day;
        if (signed_above) {
            out.issuer = lines[i - 1];
            return;
        }
    }
    if (out.issued) return;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line) {  // "某局 2023年3月10日" on one line, or "…10日印发"
        for (std::size_t at = 0; at < line->size() && line->size() < 80; ++at) {
            Scan scan(*line, at);
            const auto day = day_at(scan, {});
            if (!day || day->day.year == 0 || day->day.month == 0 || day->day.day == 0 || (!scan.done() && !scan.sees(U"印发"))) continue;
            out.issued = day->day;
            if (is_issuer(line->substr(0, at))) out.issuer = line->substr(0, at);
            return;
        }
    }
}

// A speech, a piece of news, a law of a congress, an examination: it tells of duties and lays none on its reader.
bool only_tells(const Structure& s, View text) {
    const auto head = text.substr(0, 600);
    if (ends_with_any(s.title.empty() ? head.substr(0, head.find(U'\n')) : View(s.title), {U"讲话", U"致辞", U"发言", U"总结", U"报告", U"综述", U"纪实", U"大事记", U"访谈", U"试题", U"解读", U"简报", U"调查", U"评论", U"手册", U"资料", U"读本", U"问答", U"巡礼"})) return true;
    if (contains_any(head, {U"同志们", U"笔者", U"记者", U"本报讯", U"讯)", U"据悉", U"据了解", U"人民代表大会常务委员会第", U"单选题", U"判断题", U"多选题", U"学习资料"})) return true;
    std::size_t past = 0, must = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const auto rest = text.substr(at, 2);
        past += rest == U"表示" || rest == U"强调" || rest == U"指出" || rest == U"介绍" || rest == U"了," || rest == U"了。" || rest == U"共检" || rest == U"累计" || rest == U"以来" || rest == U"同比" || rest == U"经查" || rest == U"先后" || rest == U"坚持" || rest == U"荣获" || rest == U"签订" || rest == U"死亡" || rest == U"未将" || rest == U"举办" || rest == U"开展" || rest == U"召开";
        must += rest[0] == U'须' || rest == U"应当" || rest == U"务必" || rest == U"请于" || rest == U"请各" || rest == U"要在" || rest == U"应在" || rest == U"应于" || rest[0] == U'应' || rest == U"日前" || rest == U"日内";
    }
    return past > must;
}

bool is_addressed(const Structure& s, View text) {
    if (!s.addressees.empty() || (!s.title.empty() && !s.title.ends_with(U"公告"))) return true;
    if (const auto about = text.substr(0, 400).find(U"关于"); about != View::npos && contains_any(text.substr(about, 400 - about), {U"的通知", U"的函", U"的紧急通知", U"的意见"})) return true;
    if (contains_any(text, {U"你单位", U"你局", U"你公司", U"你矿", U"你校", U"你县", U"你区", U"你市", U"贵单位", U"贵局"})) return true;
    return contains_any(text, {U"特此通知", U"请各", U"请于", U"现通知如下", U"通知如下", U"安排如下"}) && !only_tells(s, text);
}

int damaged_year(int figures) {
    while (figures > 9999) figures /= 10;
    return figures >= 1990 && figures <= 2100 ? figures : 0;
}
// The year that the text names most; 0: none.
int year_named(View text) {
    std::map<int, int> votes;
    for (std::size_t at = 0; at + 5 < text.size(); ++at) {
        Scan scan(text, at);
        const auto n = scan.number();
        if (n && n->value >= 1990 && n->value <= 2100 && scan.sees(U"年")) votes[n->value] += 100;
        if (n && n->value >= 1990 && n->value <= 2100 && scan.sees(U"]")) ++votes[n->value];
        if (n && at > 0 && text[at - 1] == U'[' && n->digits > 4 && scan.sees(U"号"))  // [201812号
            if (const int year = damaged_year(n->value); year != 0) ++votes[year];
    }
    const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    return most == votes.end() ? 0 : most->first;
}

// Who does not sign stands before 关于 in the title, or alone on a line above it.
void read_issuer_above(const std::vector<View>& lines, Structure& out) {
    if (!out.issuer.empty()) return;
    if (const auto about = out.title.find(U"关于"); about != View::npos && about >= 4 && is_issuer(View(out.title).substr(0, about))) out.issuer = out.title.substr(0, about);
    for (std::size_t i = 0; i < std::min<std::size_t>(lines.size(), 6) && out.issuer.empty(); ++i)
        if (is_issuer(lines[i]) && lines[i] != View(out.title) && level_at(lines[i], 0).depth == 0) out.issuer = lines[i];
    if (ends_with_any(out.issuer, {U"文件"})) out.issuer.resize(out.issuer.size() - 2);
}

}  // namespace

Structure structure_of(const Text& text) {
    Structure out;
    const auto lines = lines_of(text.plain());
    read_head(lines, out);
    read_foot(lines, out);
    read_issuer_above(lines, out);
    out.year = out.issued && out.issued->year != 0 ? out.issued->year : year_named(text.plain());
    out.sentences = Splitter(text.plain()).split();
    out.rules = is_rules(out.title) || contains_any(text.plain(), {U"第一条", U"制定本制度", U"制定本办法", U"制定本规定", U"制定本细则", U"本制度适用", U"本办法适用"});
    out.addressed = is_addressed(out, text.plain());
    out.orders = out.addressed || !only_tells(out, text.plain());
    return out;
}

}  // namespace anban::notices
