#include "modules/notices/head.h"

#include <algorithm>

namespace anban::notices {
namespace {

constexpr View kNumerals = U"一二三四五六七八九十";

std::size_t run(View text, std::size_t at, View of) {
    std::size_t n = 0;
    while (n < 4 && at + n < text.size() && of.find(text[at + n]) != View::npos) ++n;  // no level has more
    return n;
}

constexpr std::size_t kLongLine = 200;

}  // namespace

std::vector<Piece> pieces_of(const Text& text, Span of) {
    const View plain = text.plain();
    std::vector<Piece> out;
    const auto add = [&](std::size_t from, std::size_t to) {
        if (to > from) out.push_back({{from, to}, plain.substr(from, to - from)});
    };
    for (std::size_t from = of.from; from < of.to;) {
        const auto to = std::min(plain.find(U'\n', from), of.to);
        std::size_t begun = from, blanks = 0;
        if (to - from > kLongLine)
            for (auto at = from + 1; at < to; ++at) blanks += text.blank_before(at);
        if (blanks * 5 < to - from && blanks != 0)  // more: blanks between all characters tell nothing
            for (auto at = from + 1; at < to; ++at)
                if (text.blank_before(at)) add(begun, at), begun = at;
        add(begun, to);
        from = to + 1;
    }
    return out;
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
        if ((!scan.take(U"号") && !scan.done()) || scan.sees(U"文转发")) continue;
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
           ends_with_any(line, {U"委员会", U"办公室", U"局", U"厅", U"政府", U"委", U"部", U"中心", U"指挥部", U"公司", U"领导小组", U"处", U"管委会", U"学校", U"学院", U"街道办事处", U"协会", U"总队", U"支队", U"大队", U"工会", U"医院", U"集团", U"联合会", U"联席会议", U"工作组", U"专班", U"安委会", U"妇联", U"团委"});
}

}  // namespace anban::notices
