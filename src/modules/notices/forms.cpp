// Heads of tables and ledgers: a row of columns, columns one below the other, columns that a sentence lists, parts of a form.
#include <algorithm>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongestCell = 16, kMostColumns = 40;
constexpr int kMostHeadings = 400;  // looked at for the parts of one form

bool is_form_title(View line) {
    while (line.ends_with(U')') && line.rfind(U'(') != View::npos) line = line.substr(0, line.rfind(U'('));
    return line.size() >= 3 && line.size() <= 50 && ends_with_any(line, {U"表", U"台账", U"台帐", U"清单", U"名册", U"登记册", U"名单", U"一览"}) && line.find_first_of(U"。;,") == View::npos;
}

bool is_head_word(View cell) {
    return contains_any(cell, {U"序号", U"编号", U"名称", U"单位", U"时间", U"日期", U"备注", U"内容", U"责任", U"措施", U"数", U"情况", U"地址", U"联系", U"姓名", U"项目", U"类别", U"隐患", U"人员", U"职务", U"时限", U"部门", U"地区", U"进度", U"结果", U"分值", U"得分"});
}

class FormReader {
public:
    explicit FormReader(const Page& page) : page_(page), plain_(page.plain()) {
        for (auto from = page.span.from; from < page.span.to;) {
            const auto to = std::min(plain_.find(U'\n', from), page.span.to);
            if (to > from) lines_.push_back({from, to});
            from = to + 1;
        }
    }

    std::vector<LedgerForm> read() {
        for (std::size_t i = 0; i < lines_.size() && out_.size() < kMostThings; ++i) {
            if (read_row(i)) continue;
            if (const auto n = read_column(i); n != 0) i += n - 1;
            else read_parts(i);
        }
        for (const auto& sentence : page_.head.sentences)
            if (out_.size() < kMostThings) read_sentence({sentence.from, sentence.to});
        std::ranges::stable_sort(out_, {}, &LedgerForm::from);
        return std::move(out_);
    }

private:
    [[nodiscard]] View line(std::size_t i) const { return page_.words(lines_[i]); }

    // 序号 | 单位 | 隐患: cells set apart by tabs, bars or wide blanks.
    bool read_row(std::size_t i) {
        const auto row = lines_[i];
        if (row.to - row.from > kMostColumns * kLongestCell) return false;
        auto cells = cells_of(page_.text, row);
        std::erase_if(cells, [](const Span& cell) { return cell.empty(); });
        if (cells.size() < 3 || cells.size() > kMostColumns) return false;
        std::size_t heads = 0;
        for (const auto& cell : cells) {
            const auto words = page_.words(cell);
            if (words.size() > kLongestCell || words.find_first_of(U"。;") != View::npos || words.find(U':') != View::npos) return false;
            heads += is_head_word(words);
        }
        const bool numbered = starts_with_any(page_.words(cells.front()), {U"序号", U"编号", U"序"});
        const auto title = title_above(i);
        if (heads < 2 || (!numbered && title.empty()) || (page_.words(cells.front())[0] >= U'0' && page_.words(cells.front())[0] <= U'9')) return false;
        add(title, cells, row);
        return true;
    }
    // 序号, and below it one column a line; how many lines, 0 for none.
    std::size_t read_column(std::size_t i) {
        if (line(i) != U"序号" && line(i) != U"编号") return 0;
        std::vector<Span> cells;
        auto n = i;
        for (; n < lines_.size() && cells.size() < kMostColumns; ++n) {
            const auto words = line(n);
            if (words.size() > kLongestCell || words.find_first_of(U"。:;…") != View::npos || words == U"一" || (words.size() >= 7 && is_issuer(words)) || day_line(words) || words.find_first_not_of(U"0123456789.") == View::npos) break;
            cells.push_back(lines_[n]);
        }
        if (cells.size() < 3) return 0;
        add(title_above(i), cells, {cells.front().from, cells.back().to});
        return n - i;
    }
    // A form that is made of parts: 统计表, then 一、… 二、… 三、….
    void read_parts(std::size_t i) {
        if (!is_form_title(line(i)) || i == 0 || i + 1 >= lines_.size() || !line(i - 1).starts_with(U"附件") || level_at(plain_, lines_[i + 1].from).depth != 1) return;
        std::vector<Span> parts;
        auto heading = std::ranges::lower_bound(page_.outline, lines_[i + 1].from, {}, &Heading::from);
        for (int looked = 0; heading != page_.outline.end() && parts.size() < kMostColumns && looked < kMostHeadings; ++heading, ++looked)
            if (heading->depth == 1 && !heading->title.empty()) parts.push_back(heading->title);
        if (parts.size() >= 3) add(bare_title(line(i)), parts, lines_[i]);
    }
    static View bare_title(View words) {
        if (const auto mark = words.rfind(U':'); mark != View::npos && mark + 3 < words.size()) words.remove_prefix(mark + 1);
        std::size_t n = 0;
        while (n < words.size() && ((words[n] >= U'0' && words[n] <= U'9') || words[n] == U'.')) ++n;
        if (n != 0 && words[n - 1] == U'.') words.remove_prefix(n);
        return words.starts_with(U"附件") && words.size() > 4 ? words.substr(words[2] >= U'0' && words[2] <= U'9' ? 3 : 2) : words;
    }
    [[nodiscard]] View title_above(std::size_t i) const {
        for (auto n = i; n > 0 && i - n < 4; --n) {
            const auto words = line(n - 1);
            if (starts_with_any(words, {U"填报", U"单位(", U"填表", U"单位:", U"制表"})) continue;
            if (is_form_title(words)) return bare_title(words);
            if (words.size() > 60) return {};
        }
        return {};
    }

    // 台账应载明单位名称、隐患内容、整改时限等内容; (表头:市州、库名、等别)
    void read_sentence(Span sentence) {
        const auto words = page_.words(sentence);
        if (!contains_any(words, {U"台账", U"台帐", U"表", U"清单", U"名册", U"档案"})) return;
        for (const View trigger : {View(U"载明"), View(U"表头"), View(U"栏目"), View(U"字段"), View(U"列明"), View(U"注明"), View(U"台账内容"), View(U"填报内容"), View(U"填写内容"), View(U"统计指标"), View(U"指标包括"), View(U"要素"), View(U"项目\\数量"), View(U"应包括"), View(U"应当包括"), View(U"应包含"), View(U"内容包括"), View(U"主要包括"), View(U"登记")})
            if (const auto at = words.find(trigger); at != View::npos && read_listed(sentence, sentence.from + at, sentence.from + at + trigger.size())) return;
    }
    bool read_listed(Span sentence, std::size_t trigger, std::size_t from) {
        for (const View word : {View(U"应当"), View(U"应"), View(U"主要"), View(U"包括"), View(U"包含"), View(U"为"), View(U"有"), View(U"含"), View(U"是"), View(U":"), View(U"“")})
            if (plain_.substr(from, sentence.to - from).starts_with(word)) from += word.size();
        std::vector<Span> cells;
        auto begun = from, at = from;
        int depth = 0;
        for (; at <= sentence.to; ++at) {
            const char32_t c = at < sentence.to ? plain_[at] : U'。';
            if (c == U'(') ++depth;
            if (c == U')') --depth;
            const bool ends = depth < 0 || (depth == 0 && (c == U'。' || c == U';' || c == U'等' || c == U',' || c == U'”' || c == U'\n'));
            if (!ends && !(c == U'、' && depth == 0)) continue;
            if (at > begun) cells.push_back({begun, at});
            begun = at + 1;
            if (ends || cells.size() > kMostColumns) break;
        }
        const auto form = form_before({sentence.from, trigger});
        if (cells.size() < 3 || form.empty() || std::ranges::any_of(cells, [](const Span& cell) { return cell.to - cell.from > kLongestCell || cell.to < cell.from + 2; })) return false;
        add(form, cells, {cells.front().from, cells.back().to});
        return true;
    }
    // The last form that the words name.
    [[nodiscard]] View form_before(Span left) const {
        std::size_t end = 0;
        const auto words = page_.words(left);
        for (const View form : {View(U"台账"), View(U"台帐"), View(U"清单"), View(U"表"), View(U"名册"), View(U"档案")})
            if (const auto at = words.rfind(form); at != View::npos) end = std::max(end, at + form.size());
        if (end == 0) {  // the line above names it
            const auto here = std::ranges::lower_bound(lines_, left.from + 1, {}, &Span::from);
            const auto i = static_cast<std::size_t>(here - lines_.begin());
            return i > 0 ? title_above(i - 1) : View();
        }
        auto from = end;
        while (from > 0 && end - from < 30 && View(U",。;:《》“”(、\n").find(words[from - 1]) == View::npos) --from;
        auto form = words.substr(from, end - from);
        for (const View lead : {View(U"建立"), View(U"完善"), View(U"填写"), View(U"填报"), View(U"报送"), View(U"各校"), View(U"各单位"), View(U"的")})
            if (const auto at = form.rfind(lead); at != View::npos && at + lead.size() + 1 < form.size()) form.remove_prefix(at + lead.size());
        // 填写《隐患台账》,台账应载明…: which one, the title said.
        const auto close = form.size() <= 2 ? words.rfind(U'》') : View::npos, open = close == View::npos ? close : words.rfind(U'《', close);
        return open != View::npos && words.substr(open, close - open).ends_with(form) ? words.substr(open + 1, close - open - 1) : form;
    }

    void add(View title, const std::vector<Span>& cells, Span place) {
        LedgerForm form{{}, 0, 0, utf8::encode(title), {}};
        for (const auto& cell : cells) form.columns.push_back(page_.text.words(cell.from, cell.to));
        page_.place(form, place);
        out_.push_back(std::move(form));
    }

    const Page& page_;
    View plain_;
    std::vector<Span> lines_;
    std::vector<LedgerForm> out_;
};

}  // namespace

std::vector<LedgerForm> forms_of(const Page& page) { return FormReader(page).read(); }

}  // namespace anban::notices
