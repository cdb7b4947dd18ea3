#include "modules/notices/page.h"

namespace anban::notices {

bool may_begin_day(View text, std::size_t at) {
    const char32_t c = text[at], before = at > 0 ? text[at - 1] : U'\0';
    const bool figure = c >= U'0' && c <= U'9', after_figure = before >= U'0' && before <= U'9';
    if (figure) return !after_figure && before != U'.' && before != U'“' && before != U'[' && before != U']';
    if (View(U"即印发今本当次明翌下").find(c) != View::npos) return true;
    if (c == U'年') return at + 1 < text.size() && (text[at + 1] == U'底' || text[at + 1] == U'末') && !(before >= U'0' && before <= U'9');
    constexpr View numerals = U"〇一二三四五六七八九十廿";
    return numerals.find(c) != View::npos && numerals.find(before) == View::npos && before != U'第' && before != U'“';
}

Span bare(View text, Span span) {
    constexpr View marks = U",;:、。()\n!?";
    while (span.from < span.to && marks.find(text[span.from]) != View::npos) ++span.from;
    while (span.to > span.from && marks.find(text[span.to - 1]) != View::npos) --span.to;
    return span;
}

Span without_article(View text, Span span) {
    if (span.empty() || text[span.from] != U'第') return span;
    const auto end = text.substr(span.from, std::min<std::size_t>(8, span.to - span.from)).find(U'条');
    return end == View::npos ? span : Span{span.from + end + 1, span.to};
}

Span clause_at(View text, std::size_t at, Span within) {
    auto from = at, to = at;
    while (from > within.from && !is_break(text[from - 1])) --from;
    while (to < within.to && !is_break(text[to])) ++to;
    return {from, to};
}

std::vector<Span> cells_of(const Text& text, Span line) {
    std::vector<Span> out;
    const auto& raw = text.raw();
    auto at = line.from;
    std::size_t blanks = 0;
    const auto next = [&] { out.push_back({at, at}); };
    next();
    for (auto place = text.raw_at(line.from); at < line.to && place < text.raw_end(line.to); ++place) {
        const bool plain = text.raw_at(at) == place, bar = raw[place] == U'|' || raw[place] == U'\t';
        if (plain) ++at;
        if (bar) next();
        else if (plain) {
            if (blanks >= 3 && !out.back().empty()) out.push_back({at - 1, at - 1});
            out.back().to = at;
        }
        blanks = plain || bar ? 0 : blanks + 1;
    }
    return out;
}

}  // namespace anban::notices
