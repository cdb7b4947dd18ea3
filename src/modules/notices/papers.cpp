#include "modules/notices/papers.h"

#include "modules/notices/head.h"

namespace anban::notices {
namespace {

View without_tail(View line) {
    if (!line.ends_with(U')')) return line;
    const auto open = line.rfind(U'(');
    return open == View::npos ? line : line.substr(0, open);
}

// What a paper that orders something is called. Tables and lists of names are annexes of the paper that they stand in.
bool names_a_paper(View line) {
    line = without_tail(line);
    if (line.size() < 6 || line.size() > 70 || level_at(line, 0).depth != 0 || line.find_first_of(U"。;:,!?") != View::npos) return false;
    if (line.ends_with(U"要点") || line.starts_with(U"附件") || line.starts_with(U"附:") || line.starts_with(U"第")) return false;
    return is_title(line) || is_rules(line) || ends_with_any(line, {U"预案", U"制度", U"规程", U"章程", U"安排", U"规范", U"标准"});
}

bool is_separator(View line) {
    if (starts_with_any(line, {U"[文件", U"(文件", U"文件一", U"文件二", U"文件三", U"★"})) return true;
    return line.size() >= 4 && line.find_first_not_of(U"-=*_~·…") == View::npos;
}
bool is_annex_mark(View line) { return line.size() <= 5 && (line.starts_with(U"附件") || line == U"附" || line == U"附:"); }
bool is_imprint(View line) { return line.size() < 60 && line.ends_with(U"印发"); }
bool is_foot(View line) { return day_line(line).has_value() || is_separator(line) || is_annex_mark(line) || is_imprint(line); }
bool is_number_line(View line) { return line.size() <= 30 && line.find(U'[') != View::npos && !number_in(line).empty(); }
bool is_prose(View line) { return line.size() >= 15 && line.find(U'。') != View::npos; }

class Cutter {
public:
    explicit Cutter(const Text& text) : text_(text), pieces_(pieces_of(text, {0, text.plain().size()})) {}

    std::vector<PaperSpan> papers() {
        std::vector<std::size_t> begins{0};
        std::vector<View> titles{View()};
        bool body = false;
        for (std::size_t i = 0; i < pieces_.size() && begins.size() < kMostPapers; ++i) {
            const auto words = pieces_[i].words;
            if (names_a_paper(words)) {
                if (body && words != titles.back() && begins_paper(i, begins.back())) {
                    begins.push_back(head_of(i, begins.back()));
                    titles.push_back(words);
                    body = false;
                } else if (!body && titles.back().empty()) {
                    titles.back() = words;
                }
            }
            body = body || is_prose(words) || is_addressees(words);
        }
        std::vector<PaperSpan> out;
        for (std::size_t n = 0; n < begins.size(); ++n) {
            const auto last = n + 1 < begins.size() ? begins[n + 1] : pieces_.size();
            const auto from = n == 0 ? 0 : pieces_[begins[n]].span.from;
            const auto to = last < pieces_.size() ? pieces_[last].span.from : text_.plain().size();
            out.push_back({{from, to}, titles[n], n > 0 && !stands_alone(begins[n], last)});
        }
        return out;
    }

private:
    // After the foot of the one before, or with a number or addressees of its own; and prose follows, not a list of further reading.
    [[nodiscard]] bool begins_paper(std::size_t at, std::size_t begun) const {
        bool foot = false, head = false, prose = false;
        for (auto i = at; i > begun && at - i < 12 && !foot; --i) {
            const auto before = pieces_[i - 1].words;
            if (is_prose(before) && !starts_with_any(before, {U"联系", U"(联系", U"抄"})) break;
            foot = is_foot(before);
        }
        for (auto i = at + 1; i < pieces_.size() && i < at + 9 && !prose; ++i) {
            const auto next = pieces_[i].words;
            head = head || (i < at + 4 && is_number_line(next)) || (i < at + 5 && is_addressees(next));
            prose = is_prose(next);
        }
        return prose && (foot || (head && (is_number_line(pieces_[at - 1].words) || is_issuer(pieces_[at - 1].words) || ended(at))));
    }
    [[nodiscard]] bool ended(std::size_t at) const {
        const char32_t last = pieces_[at - 1].words.back();
        return last == U'。' || last == U')' || (last >= U'0' && last <= U'9');
    }
    // The letterhead, the number and the mark of the annex above a title are its own.
    [[nodiscard]] std::size_t head_of(std::size_t title, std::size_t begun) const {
        auto at = title;
        while (at > begun + 1 && title - at < 6) {
            const auto before = pieces_[at - 1].words;
            if (day_line(before) || is_imprint(before) || is_prose(before)) break;
            if (!is_number_line(before) && !is_separator(before) && !is_annex_mark(before) && !(is_issuer(before) && at >= 2 && is_foot(pieces_[at - 2].words))) break;
            --at;
        }
        return at;
    }
    [[nodiscard]] bool stands_alone(std::size_t from, std::size_t to) const {
        for (auto i = from; i < to; ++i) {
            const auto words = pieces_[i].words;
            if (i < from + 8 && (is_number_line(words) || is_addressees(words))) return true;
            if (i > from && day_line(words) && is_issuer(pieces_[i - 1].words)) return true;
        }
        return false;
    }

    const Text& text_;
    std::vector<Piece> pieces_;
};

}  // namespace

std::vector<PaperSpan> papers_of(const Text& text) { return Cutter(text).papers(); }

}  // namespace anban::notices
