#include "modules/notices/outline.h"

#include <array>

#include "core/utf8.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongestTitle = 44;

struct Marker {
    int depth = 0;
    std::size_t size = 0;
    std::string text;
};

class Outliner {
public:
    Outliner(const Text& text, Span paper) : text_(text), plain_(text.plain()), paper_(paper), gaps_(!spaced_out(text, paper)) {}

    std::vector<Heading> read() {
        for (auto at = paper_.from; at < paper_.to; ++at) {
            if (!may_begin(at)) continue;
            const auto marker = marker_at(at);
            if (marker.depth == 0) continue;
            add(at, marker);
            at += marker.size - 1;
        }
        for (auto& one : out_)
            if (one.end == 0) one.end = paper_.to;
        return std::move(out_);
    }

private:
    [[nodiscard]] bool line_begins(std::size_t at) const { return at == paper_.from || plain_[at - 1] == U'\n'; }
    [[nodiscard]] bool may_begin(std::size_t at) const {
        return line_begins(at) || View(U"。;:!?”)》").find(plain_[at - 1]) != View::npos || (gaps_ && text_.blank_before(at));
    }
    [[nodiscard]] Marker marker_at(std::size_t at) const {
        const char32_t c = plain_[at];
        if (c >= U'①' && c <= U'⑳') return {5, 1, utf8::encode(View(&c, 1))};
        const auto next = at + 1 < paper_.to ? plain_[at + 1] : U'\0';
        if (next == U'是' && View(U"一二三四五六七八九十").find(c) != View::npos) return {6, 2, {}};
        if (line_begins(at) && (c == U'、' || c == U')') && next > 0x2fff) return {c == U'、' ? 1 : 2, 1, {}};
        const auto level = level_at(plain_, at);
        return {level.depth, level.size, level.depth == 0 ? std::string() : utf8::encode(level.text)};
    }
    void add(std::size_t at, const Marker& marker) {
        while (!open_.empty() && out_[open_.back()].depth >= marker.depth) {
            out_[open_.back()].end = at;
            open_.pop_back();
        }
        Heading heading{marker.depth, at, title_at(at + marker.size), 0, open_.empty() ? -1 : static_cast<int>(open_.back()), {}};
        heading.section = (heading.parent < 0 ? std::string() : out_[static_cast<std::size_t>(heading.parent)].section) + marker.text;
        open_.push_back(out_.size());
        out_.push_back(std::move(heading));
    }
    // Up to where the words stop to be a name: a mark, a bracket, a blank of the original; the first clause of a longer sentence.
    [[nodiscard]] Span title_at(std::size_t from) const {
        auto comma = from, at = from;
        for (; at < paper_.to && at - from <= kLongestTitle; ++at) {
            const char32_t c = plain_[at];
            if (View(U"。:;!?(\n").find(c) != View::npos) return {from, at};
            if (c == U',' && comma == from) comma = at;
            if (gaps_ && at >= from + 2 && text_.blank_before(at) && plain_[at - 1] != U',') return {from, at};
        }
        if (at >= paper_.to) return {from, at};
        return comma > from && comma - from <= 24 ? Span{from, comma} : Span{from, from};
    }

    const Text& text_;
    View plain_;
    Span paper_;
    bool gaps_;
    std::vector<std::size_t> open_;
    std::vector<Heading> out_;
};

}  // namespace

bool spaced_out(const Text& text, Span span) {
    std::size_t blanks = 0;
    for (auto at = span.from; at < span.to; ++at) blanks += text.plain()[at] != U'\n' && text.blank_before(at);
    return blanks * 6 > span.to - span.from;
}

std::vector<Heading> outline_of(const Text& text, Span paper) { return Outliner(text, paper).read(); }

}  // namespace anban::notices
