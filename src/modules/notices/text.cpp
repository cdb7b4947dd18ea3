#include "modules/notices/text.h"

#include <iconv.h>
#include <opencc/opencc.h>

#include <algorithm>
#include <set>
#include <unordered_map>

#include "core/utf8.h"

namespace anban::notices {
namespace {

// The simplified form of each character that is here; those that are simplified already are left out. Character by character, so
// that every one keeps its place.
std::unordered_map<char32_t, char32_t> simplified(std::u32string_view text) {
    std::set<char32_t> seen;
    for (const char32_t c : text)
        if (c >= 0x4e00 && c < 0xa000) seen.insert(c);
    std::u32string lines;
    for (const char32_t c : seen) lines.append({c, U'\n'});
    static const opencc::SimpleConverter converter("t2s.json");
    const auto converted = utf8::decode(converter.Convert(utf8::encode(lines)));
    std::unordered_map<char32_t, char32_t> out;
    if (converted.size() != lines.size()) return out;
    for (std::size_t i = 0; i < lines.size(); i += 2)
        if (converted[i] != lines[i]) out.emplace(lines[i], converted[i]);
    return out;
}

char32_t plain_form(char32_t c) {
    c = utf8::half_width(c);
    switch (c) {
        case U'~': case U'－': case U'–': case U'—': case U'―': case U'─': case U'～': case U'〜': case U'−': return U'-';
        case U'〔': case U'【': case U'［': case U'〖': return U'[';
        case U'〕': case U'】': case U'］': case U'〗': return U']';
        case U'﹙': case U'︵': return U'(';
        case U'﹚': case U'︶': return U')';
        case U'，': case U'﹐': return U',';
        case U'：': case U'﹕': case U'∶': case U'︰': return U':';
        case U'；': return U';';
        case U'．': return U'.';
        case U'！': return U'!';
        case U'？': return U'?';
        case U'„': case U'＂': case U'「': case U'『': return U'“';
        case U'」': case U'』': return U'”';
        case U'<': case U'〈': return U'《';
        case U'>': case U'〉': return U'》';
        case U'○': case U'Ｏ': case U'◯': return U'〇';
        case U'\t': case U'\r': case U'\v': case U'\f': return U' ';
        default: break;
    }
    return c;
}

std::string from_gb18030(std::string_view bytes) {
    const auto converter = iconv_open("UTF-8", "GB18030");
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::string(bytes);
    std::string in(bytes), out(bytes.size() * 2 + 16, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size(), room = out.size();
    while (left > 0 && iconv(converter, &from, &left, &to, &room) == static_cast<std::size_t>(-1) && left > 0 && room > 3) {
        ++from, --left;  // a byte that is nothing in this code either
        for (const char c : {'\xef', '\xbf', '\xbd'}) *to++ = c, --room;
    }
    iconv_close(converter);
    out.resize(out.size() - room);
    return out;
}

bool blank(char32_t c) { return c == U' ' || utf8::is_blank(c); }

// "- 3 -", "第3页", "3": what a printer put at the foot.
bool is_page_number(std::u32string_view line) {
    std::u32string rest;
    std::size_t figure = 0;
    for (const char32_t c : line) {
        const char32_t p = plain_form(c);
        if (p >= U'0' && p <= U'9') ++figure;
        else if (!blank(p) && p != U'-' && p != U'.' && p != U'·') rest += p;
    }
    return figure > 0 && figure < 6 && line.size() <= 12 && (rest.empty() || rest == U"第页" || rest == U"共页" || rest == U"第页共页" || rest == U"/");
}

// " - 3 - " in the middle of a line: how long it is, 0 for none.
std::size_t page_number_inside(std::u32string_view line, std::size_t at) {
    const auto dash = [&](std::size_t i) { return i < line.size() && plain_form(line[i]) == U'-'; };
    if (!dash(at) || (at > 0 && !blank(line[at - 1]))) return 0;
    auto i = at + 1, figures = std::size_t{0};
    while (i < line.size() && blank(line[i])) ++i;
    while (i < line.size() && figures < 4 && plain_form(line[i]) >= U'0' && plain_form(line[i]) <= U'9') ++i, ++figures;
    while (i < line.size() && blank(line[i])) ++i;
    if (figures == 0 || i == at + 1 || !dash(i) || (i + 1 < line.size() && !blank(line[i + 1]))) return 0;
    return i + 1 - at;
}

// 農(nóng): a converted page's readings behind its characters; how long it is, 0 for none.
std::size_t reading_behind(std::u32string_view line, std::size_t at) {
    if (at == 0 || at >= line.size() || plain_form(line[at]) != U'(') return 0;
    bool accent = false;
    for (std::size_t i = at + 1; i < line.size() && i < at + 9; ++i) {
        const char32_t c = line[i];
        if (plain_form(c) == U')') return accent && i > at + 1 ? i + 1 - at : 0;
        const bool mark = c >= 0xe0 && c <= 0x1dc;
        if (!mark && !(c >= U'a' && c <= U'z')) return 0;
        accent = accent || mark;
    }
    return 0;
}

bool begins_paragraph(std::u32string_view plain) {
    constexpr std::u32string_view levels = U"一二三四五六七八九十";
    if (plain.empty()) return true;
    if (plain.starts_with(U"附件") || plain.starts_with(U"抄送") || plain.starts_with(U"联系") || plain.starts_with(U"第")) return true;
    const bool no_marks = plain.find_first_of(U",。;:、(《") == plain.npos;
    const auto ends = [&](std::u32string_view tail) { return plain.ends_with(tail); };
    if (no_marks && plain.size() <= 14 && ends(U"日") && plain.find(U'年') != plain.npos) return true;  // the day it is signed
    if (no_marks && plain.size() >= 5 && plain.size() <= 30 && (ends(U"办公室") || ends(U"委员会") || ends(U"人民政府") || ends(U"厅") || ends(U"局") || ends(U"指挥部") || ends(U"领导小组"))) return true;
    if (plain.size() <= 24 && ends(U"号") && plain.find(U"[20") != plain.npos) return true;  // the paper's number
    std::size_t n = plain[0] == U'(' ? 1 : 0;
    const auto start = n;
    while (n < plain.size() && n < start + 3 && (levels.find(plain[n]) != levels.npos || (plain[n] >= U'0' && plain[n] <= U'9'))) ++n;
    if (n == start || n >= plain.size()) return false;
    return start == 1 ? plain[n] == U')' : plain[n] == U'、' || plain[n] == U'.';
}

bool ends_paragraph(char32_t last) { return std::u32string_view(U"。!?:;”").find(last) != std::u32string_view::npos; }

// A broken line is joined to the one before unless a paragraph plainly ends or begins there; a comma at the end never ends one.
bool goes_on(std::u32string_view before, std::u32string_view line, bool indented, std::size_t gap) {
    if (before.empty()) return false;
    const char32_t last = before.back();
    if (last == U',' || last == U'、') return true;
    const auto tail = before.substr(before.size() > 40 ? before.size() - 40 : 0);
    const auto begun = tail.rfind(U'\n');
    const auto length = begun == tail.npos ? tail.size() : tail.size() - begun - 1;
    const auto line_before = begun == tail.npos ? tail : tail.substr(begun + 1);
    const bool title = line_before.ends_with(U"的通知") || line_before.ends_with(U"的通报") || line_before.ends_with(U"的函") || line_before.ends_with(U"的意见") || line_before.ends_with(U"的决定");
    return !title && !ends_paragraph(last) && !begins_paragraph(line) && !indented && gap == 0 && length > 28;
}

// A row of a table: at least three columns, set apart by tabs or wide blanks.
bool is_row(std::u32string_view line) {
    std::size_t gaps = 0, blanks = 0;
    bool tab = false, begun = false;
    for (const char32_t c : line) {
        if (blank(c)) {
            ++blanks;
            tab = tab || c == U'\t';
            continue;
        }
        if (begun && (blanks >= 3 || tab)) ++gaps;
        begun = true;
        tab = false;
        blanks = 0;
    }
    return gaps >= 2;
}

}  // namespace

Text Text::read(std::string_view bytes) {
    Text text;
    if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
    text.raw_ = utf8::decode(utf8::valid(bytes) ? std::string(bytes) : from_gb18030(bytes));
    auto read = text.raw_;
    const auto simple = simplified(read);
    for (auto& c : read)
        if (const auto found = simple.find(c); found != simple.end()) c = found->second;
    std::size_t from = 0, gap = 0;
    while (from < read.size()) {
        const auto to = std::min(read.find(U'\n', from), read.size());
        text.add_line(std::u32string_view(read).substr(from, to - from), from, gap);
        from = to + 1;
    }
    return text;
}

// gap: empty lines since the last one that was not; kept here.
void Text::add_line(std::u32string_view written, std::size_t from, std::size_t& gap) {
    std::u32string line;
    std::vector<std::size_t> at;
    for (std::size_t i = 0; i < written.size(); ++i)
        if (const auto skip = page_number_inside(written, i)) {
            i += skip - 1;
        } else if (const auto reading = reading_behind(written, i)) {
            i += reading - 1;
        } else if (!blank(written[i])) {
            line += plain_form(written[i]);
            at.push_back(from + i);
        }
    if (line.empty()) {
        ++gap;
        return;
    }
    if (is_page_number(written)) return;
    const bool indented = blank(written.front()) || is_row(written) || row_before_;
    row_before_ = is_row(written);
    if (!plain_.empty() && !goes_on(plain_, line, indented, gap)) {
        plain_ += U'\n';
        at_.push_back(from == 0 ? 0 : from - 1);
    }
    plain_ += line;
    at_.insert(at_.end(), at.begin(), at.end());
    gap = 0;
}

std::string Text::words(std::size_t from, std::size_t to) const {
    to = std::min(to, plain_.size());
    return from < to ? utf8::encode(std::u32string_view(plain_).substr(from, to - from)) : std::string();
}

}  // namespace anban::notices
