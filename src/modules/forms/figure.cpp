#include "modules/forms/figure.h"

#include <algorithm>

namespace anban::forms {
namespace {

constexpr __int128_t power(int exponent) {
    __int128_t value = 1;
    while (exponent-- > 0) value *= 10;
    return value;
}

Figure bounded(__int128_t value) { return value > largest || value < -largest ? blank : static_cast<Figure>(value); }

bool all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<Figure> parse_decimal(std::string_view text, int decimals, bool trim_zeros) {
    const bool negative = !text.empty() && text.front() == '-';
    if (negative) text.remove_prefix(1);
    const auto point = text.find('.');
    const auto whole = text.substr(0, point);
    auto part = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
    if (!all_digits(whole) || (point != std::string_view::npos && !all_digits(part))) return std::nullopt;
    while (trim_zeros && !part.empty() && part.back() == '0') part.remove_suffix(1);
    if (part.size() > static_cast<std::size_t>(decimals)) return std::nullopt;
    __int128_t value = 0;
    const auto take = [&](char digit) { return (value = value * 10 + (digit - '0')) <= largest; };
    for (const char digit : whole)
        if (!take(digit)) return std::nullopt;
    for (std::size_t i = 0; i < static_cast<std::size_t>(decimals); ++i)
        if (!take(i < part.size() ? part[i] : '0')) return std::nullopt;
    return static_cast<Figure>(negative ? -value : value);
}

Figure figure_from(std::string_view text, int decimals) {
    if (text == "nil") return nil;
    if (text == "—") return undefined;
    return parse_decimal(text, decimals).value_or(blank);
}

std::string figure_text(Figure figure, int decimals) {
    if (figure == nil) return "nil";
    if (figure == undefined) return "—";
    if (!is_number(figure)) return {};
    const bool negative = figure < 0;
    std::string digits = std::to_string(negative ? -figure : figure);
    const auto least = static_cast<std::size_t>(decimals) + 1;
    if (digits.size() < least) digits.insert(0, least - digits.size(), '0');
    if (decimals > 0) digits.insert(digits.size() - static_cast<std::size_t>(decimals), 1, '.');
    return negative ? '-' + digits : digits;
}

Figure divide_rounded(__int128_t numerator, __int128_t denominator) {
    if (denominator < 0) { numerator = -numerator; denominator = -denominator; }
    const bool negative = numerator < 0;
    const __int128_t half_up = ((negative ? -numerator : numerator) * 2 + denominator) / (denominator * 2);
    return bounded(negative ? -half_up : half_up);
}

Figure rescale(Figure figure, int from_decimals, int to_decimals) {
    if (!is_number(figure) || from_decimals == to_decimals) return figure;
    if (from_decimals > to_decimals) return divide_rounded(figure, power(from_decimals - to_decimals));
    return bounded(static_cast<__int128_t>(figure) * power(to_decimals - from_decimals));
}

}  // namespace anban::forms
