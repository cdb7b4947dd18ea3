#include "modules/forms/input.h"

#include <algorithm>
#include <array>

#include "core/time.h"
#include "core/utf8.h"

namespace anban::forms {
namespace {

using Text = std::u32string;
using View = std::u32string_view;

bool is_digit(char32_t c) { return c >= U'0' && c <= U'9'; }

Text narrow_trimmed(std::string_view text) {
    Text out;
    for (const auto c : utf8::decode(text)) out += utf8::half_width(c);
    while (!out.empty() && utf8::is_blank(out.front())) out.erase(0, 1);
    while (!out.empty() && utf8::is_blank(out.back())) out.pop_back();
    return out;
}

std::string trimmed(std::string_view text) {
    auto codes = utf8::decode(text);
    while (!codes.empty() && utf8::is_blank(codes.front())) codes.erase(0, 1);
    while (!codes.empty() && utf8::is_blank(codes.back())) codes.pop_back();
    return utf8::encode(codes);
}

bool says_nothing(View text) {
    static constexpr std::array<View, 10> dashes{U"-", U"--", U"—", U"——", U"–", U"/", U"\\", U"―", U"−", U"~"};
    return text.empty() || std::find(dashes.begin(), dashes.end(), text) != dashes.end();
}

bool says_nil(View text) { return text == U"无" || text == U"無" || text == U"没有" || text == U"nil" || text == U"零报告"; }

Typed fault(const char* key, std::string_view text, Params more = {}) {
    Typed out;
    out.key = key;
    out.params = {{"text", std::string(text.substr(0, 60))}};
    out.params.insert(out.params.end(), more.begin(), more.end());
    return out;
}

// Separators go only where they separate: between digits, three behind each. "1,5" is not 15.
bool drop_separators(Text& text) {
    Text out;
    std::size_t since = 0;  // digits since the last separator
    bool any = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = text[i];
        const bool separator = c == U',' || utf8::is_blank(c) || c == U'\'';
        if (c == U'.') { out += text.substr(i); break; }
        if (!separator) { out += c; since += is_digit(c); continue; }
        if (out.empty() || !is_digit(out.back()) || i + 1 >= text.size()) return false;
        if (utf8::is_blank(text[i + 1])) continue;
        if (!is_digit(text[i + 1]) || (any ? since != 3 : since > 3)) return false;
        any = true;
        since = 0;
    }
    text = std::move(out);
    return !any || since == 3;
}

// "12 家" in a column of 家; the column says the unit, the cell may repeat it.
void drop_unit(Text& text, const std::string& unit) {
    const auto codes = utf8::decode(unit);
    if (codes.empty() || text.size() <= codes.size() || text.substr(text.size() - codes.size()) != codes) return;
    text.resize(text.size() - codes.size());
    while (!text.empty() && utf8::is_blank(text.back())) text.pop_back();
}

Typed read_figure(std::string_view original, Text text, int decimals, bool negative) {
    std::replace(text.begin(), text.end(), U'−', U'-');
    if (!text.empty() && text.front() == U'+') text.erase(0, 1);
    if (!drop_separators(text)) return fault("form.not_a_number", original);
    if (!text.empty() && text.back() == U'.') text.pop_back();
    const auto plain = utf8::encode(text);
    const auto figure = parse_decimal(plain, decimals, true);
    if (figure && *figure < 0 && !negative) return fault("form.negative", original);
    if (figure) return {figure_text(*figure, decimals), {}, {}};
    const bool digits = !plain.empty() && plain.find_first_not_of("0123456789.-") == std::string::npos &&
                        std::count(plain.begin(), plain.end(), '.') <= 1 && plain.rfind('-') + 1 <= 1 && plain.find_first_of("0123456789") == (plain[0] == '-');
    if (!digits) return fault("form.not_a_number", original);
    const auto point = plain.find('.');
    const auto places = point == std::string::npos ? 0 : plain.find_last_not_of('0') - point;
    if (places > static_cast<std::size_t>(decimals)) return fault("form.too_many_decimals", original, {{"decimals", std::to_string(decimals)}});
    return fault("form.too_large", original);
}

// The numbers of a date as people write it, and whether each separator is one of a date.
bool split_date(const Text& text, std::vector<int>& numbers, bool& year_named) {
    year_named = false;
    int value = -1;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        const char32_t c = i < text.size() ? text[i] : U'\0';
        if (is_digit(c)) {
            if (value > 9'999'999) return false;
            value = std::max(value, 0) * 10 + static_cast<int>(c - U'0');
            continue;
        }
        if (utf8::is_blank(c)) { if (value >= 0 && i + 1 < text.size() && is_digit(text[i + 1])) return false; continue; }
        if (c != U'\0' && View(U"年月日号./-").find(c) == View::npos) return false;
        if (c == U'年') year_named = true;
        if (value >= 0) numbers.push_back(value);
        else if (c != U'\0') return false;
        value = -1;
    }
    return true;
}

std::string date_text(int year, int month, int day) {
    char out[16];
    std::snprintf(out, sizeof out, "%04d-%02d-%02d", year, month, day);
    return parse_date(out) ? out : "";
}

// What a spreadsheet appends to a date: "2023-03-05 00:00".
void drop_time(Text& text) {
    const auto colon = text.find(U':');
    if (colon == Text::npos || colon < 8) return;
    const auto gap = text.find_last_of(U" T", colon);
    if (gap != Text::npos && gap >= 6) text.resize(gap);
}

}  // namespace

Typed read_number(std::string_view text, const Column& column) {
    auto narrow = narrow_trimmed(text);
    if (says_nil(narrow)) return {column.nil ? "nil" : "", {}, {}};
    if (says_nothing(narrow)) return {};
    drop_unit(narrow, column.unit);
    return read_figure(text, std::move(narrow), column.decimals, column.negative);
}

Typed read_date(std::string_view text, int year) {
    auto narrow = narrow_trimmed(text);
    if (says_nothing(narrow) || says_nil(narrow)) return {};
    drop_time(narrow);
    std::vector<int> n;
    bool year_named = false;
    if (!split_date(narrow, n, year_named)) return fault("form.not_a_date", text);
    if (n.size() == 1 && narrow.size() == 8) n = {n[0] / 10000, n[0] / 100 % 100, n[0] % 100};
    if (n.size() == 2 && (year_named || n[0] > 31)) return fault("form.date_incomplete", text);
    if (n.size() == 2) n.insert(n.begin(), year);
    if (n.size() != 3) return fault("form.not_a_date", text);
    if (n[0] < 100) n[0] += 2000;
    auto date = date_text(n[0], n[1], n[2]);
    return date.empty() ? fault("form.not_a_date", text) : Typed{std::move(date), {}, {}};
}

Typed read_field(std::string_view text, const Field& field, int year) {
    auto plain = trimmed(text);
    Typed out;
    switch (field.type) {
        case FieldType::number: {
            auto narrow = narrow_trimmed(text);
            if (says_nil(narrow)) out.value = "nil";
            else if (!says_nothing(narrow)) out = read_figure(text, std::move(narrow), field.decimals, false);
            break;
        }
        case FieldType::date: out = read_date(text, year); break;
        case FieldType::choice: {
            const auto same = [&](const Choice& c) { return c.id == plain || c.title == plain; };
            const auto found = std::find_if(field.choices.begin(), field.choices.end(), same);
            if (found != field.choices.end()) out.value = found->id;
            else if (!plain.empty()) out = fault("form.not_a_choice", plain);
            break;
        }
        case FieldType::text:
        case FieldType::organization: out.value = std::move(plain); break;
    }
    if (!out.ok()) return out;
    if (field.required && out.value.empty()) return fault("form.required", text);
    if (utf8::decode(out.value).size() > static_cast<std::size_t>(field.longest)) return fault("form.too_long", out.value, {{"longest", std::to_string(field.longest)}});
    return out;
}

TypedTable read_table(const Form& form, const json::object& texts, const std::string& part) {
    TypedTable out{blank_cells(form), {}};
    for (const auto& member : texts) {
        const std::string name(member.key());
        const auto cell = form.find_cell(name);
        const auto complain = [&](std::string key, Params params = {}) { out.errors.push_back({part + ':' + name, std::move(key), std::move(params)}); };
        if (!cell) { complain("form.no_such_cell"); continue; }
        if (form.locked(static_cast<int>(*cell / form.columns.size()), static_cast<int>(*cell % form.columns.size()))) { complain("form.cell_is_derived"); continue; }
        const auto& column = form.columns[*cell % form.columns.size()];
        if (member.value().is_null()) continue;
        if (!member.value().is_string()) { complain("body.text_expected"); continue; }
        auto typed = read_number(std::string_view(member.value().get_string()), column);
        if (!typed.ok()) { complain(typed.key, typed.params); continue; }
        out.cells[*cell] = figure_from(typed.value, column.decimals);
    }
    return out;
}

}  // namespace anban::forms
