#include "modules/notices/structure.h"

#include <algorithm>
#include <array>
#include <map>

#include "modules/notices/head.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongest = 600;  // no sentence that somebody wrote is longer; what is cut keeps reading quick

class Splitter {
public:
    Splitter(View text, std::size_t base) : text_(text), base_(base) {}

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
        out_.push_back({base_ + from + level.size, base_ + to, paragraph_, heading, section()});
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
    std::size_t base_;
    int paragraph_ = 0;
    std::array<std::u32string, 5> levels_;
    std::vector<Sentence> out_;
};

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

Structure structure_of(const Text& whole, Span paper, View title) {
    Structure out;
    const auto text = cut(whole.plain(), paper);
    std::vector<View> lines;
    for (const auto& piece : pieces_of(whole, paper)) lines.push_back(piece.words);
    read_head(lines, out);
    if (out.title.empty()) out.title = title;
    read_foot(lines, out);
    read_issuer_above(lines, out);
    out.year = out.issued && out.issued->year != 0 ? out.issued->year : year_named(text);
    out.sentences = Splitter(text, paper.from).split();
    out.rules = is_rules(out.title) || contains_any(text, {U"第一条", U"制定本制度", U"制定本办法", U"制定本规定", U"制定本细则", U"本制度适用", U"本办法适用"});
    out.addressed = is_addressed(out, text);
    out.orders = out.addressed || !only_tells(out, text);
    return out;
}

}  // namespace anban::notices
