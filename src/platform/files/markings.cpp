#include "platform/files/markings.h"

#include <array>

#include "core/utf8.h"

namespace anban::files {
namespace {

using Text = std::u32string;
using View = std::u32string_view;
using Level = MarkingVerdict::Level;

constexpr std::array<View, 5> levels{U"绝密", U"机密", U"秘密", U"絕密", U"機密"};
constexpr std::array<View, 6> words{U"绝密", U"机密", U"秘密", U"絕密", U"機密", U"涉密"};

bool is_star(char32_t c) { return c == U'★' || c == U'☆' || c == U'⭐' || c == U'✩' || c == U'✭' || c == U'*' || c == U'＊'; }
bool is_bracket(char32_t c) { return View(U"【】[]()（）〔〕〈〉《》［］").find(c) != View::npos; }
bool is_letter(char32_t c) {
    return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Blanks of all kinds between the two characters of a marking are how it is set in print: 机　密.
Text without_blanks(View line) {
    Text out;
    for (const auto c : line)
        if (!utf8::is_blank(c)) out += c;
    return out;
}

bool begins(View text, View with) { return text.substr(0, with.size()) == with; }

// The level at this place, blanks inside it allowed; `end` is behind it.
bool level_at(View line, std::size_t at, std::size_t& end) {
    for (const auto level : levels) {
        if (line[at] != level[0]) continue;
        std::size_t i = at + 1;
        while (i < line.size() && utf8::is_blank(line[i])) ++i;
        if (i < line.size() && line[i] == level[1]) return end = i + 1, true;
    }
    return false;
}

std::size_t skip_blanks(View line, std::size_t at) {
    while (at < line.size() && utf8::is_blank(line[at])) ++at;
    return at;
}

// "密级：机密", "【绝密】", "机密": the whole line, and nothing else on it.
bool stands_alone(View line) {
    Text bare;
    for (const auto c : without_blanks(line))
        if (!is_bracket(c)) bare += c;
    for (const View label : {View(U"密级"), View(U"文件密级"), View(U"保密级别")})
        if (begins(bare, label) && bare.size() > label.size() && (bare[label.size()] == U':' || bare[label.size()] == U'：')) {
            bare.erase(0, label.size() + 1);
            break;
        }
    for (const auto level : levels)
        if (bare == level) return true;
    return false;
}

// 机密★1年 at the front, behind numbers and brackets, or behind a gap or colon, and nothing but a term behind it (then perhaps a gap: 特急).
bool is_starred(View line, std::size_t begin, std::size_t end) {
    const bool gap = begin > 0 && (utf8::is_blank(line[begin - 1]) || line[begin - 1] == U':' || line[begin - 1] == U'：');
    for (std::size_t i = 0; i < begin && !gap; ++i)
        if (is_letter(line[i]) || View(U"“”‘’\"'「『").find(line[i]) != View::npos) return false;
    const auto star = skip_blanks(line, end);
    if (star >= line.size() || !is_star(line[star])) return false;
    Text term;
    for (std::size_t i = skip_blanks(line, star + 1); i < line.size() && !utf8::is_blank(line[i]) && !is_bracket(line[i]); ++i) term += line[i];
    return term.size() <= 8;  // "1年", "十个月", "长期", "启用前"
}

bool is_token(View line, std::size_t begin, std::size_t end) {
    return (begin == 0 || !is_letter(line[begin - 1])) && (end == line.size() || !is_letter(line[end]));
}

bool has_word(View line) {
    const auto dense = without_blanks(line);
    for (const auto word : words)
        if (dense.find(word) != Text::npos) return true;
    return false;
}

}  // namespace

MarkingVerdict check_line(std::string_view utf8_line, Place place) {
    const auto line = utf8::decode(utf8_line);
    if (stands_alone(line)) return {Level::block, place == Place::head ? "head" : "alone", {}};
    for (std::size_t at = 0, end = 0; at < line.size(); ++at) {
        if (!level_at(line, at, end)) continue;
        if (is_starred(line, at, end)) return {Level::block, "star", {}};
        if (place == Place::head && is_token(line, at, end)) return {Level::block, "head", {}};
    }
    return has_word(line) ? MarkingVerdict{Level::warn, "word", {}} : MarkingVerdict{};
}

MarkingVerdict check_markings(std::string_view text) {
    MarkingVerdict worst;
    for (int number = 1; !text.empty(); ++number) {
        const auto end = text.find_first_of("\n\r\f");
        auto found = check_line(text.substr(0, end), Place::body);
        found.where = "line " + std::to_string(number);
        if (found.level > worst.level) worst = std::move(found);
        if (end == std::string_view::npos || worst.level == Level::block) break;
        text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
    }
    return worst;
}

}  // namespace anban::files
