#include "platform/office/csv.h"

#include <array>

namespace anban::office::csv {
namespace {

bool runs_as_formula(std::string_view text) {
    static constexpr std::array<std::string_view, 12> starts{"=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠"};
    for (const auto start : starts)
        if (text.substr(0, start.size()) == start) return true;
    return false;
}

}  // namespace

std::string guard(std::string_view text) { return (runs_as_formula(text) ? "'" : "") + std::string(text); }

std::string unguard(std::string_view cell) {
    const bool guarded = cell.size() > 1 && cell.front() == '\'' && runs_as_formula(cell.substr(1));
    return std::string(guarded ? cell.substr(1) : cell);
}

Line& Line::text(std::string_view value) {
    cell(guard(value));
    return *this;
}

Line& Line::number(std::string_view decimal) {
    cell(decimal);
    return *this;
}

void Line::cell(std::string_view value) {
    if (!first_) line_ += ',';
    first_ = false;
    if (value.find_first_of(",\"\r\n") == std::string_view::npos) { line_ += value; return; }
    line_ += '"';
    for (const char c : value) line_ += c == '"' ? "\"\"" : std::string(1, c);
    line_ += '"';
}

std::string Line::end() { return std::move(line_ += "\r\n"); }

}  // namespace anban::office::csv
