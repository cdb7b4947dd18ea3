// One cell: a whole number of 10^-decimals, at most 18 digits, or one of three that are no numbers. Blank (nobody said anything),
// nil (the filer says: nothing to report) and zero are three things (anchor-failures 19); undefined is a division by zero, "—".
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace anban::forms {

using Figure = std::int64_t;

inline constexpr Figure blank = std::numeric_limits<Figure>::min();
inline constexpr Figure nil = blank + 1;        // counts as zero in every operation
inline constexpr Figure undefined = blank + 2;  // "—"; spreads, and wins over blank
inline constexpr Figure largest = 999'999'999'999'999'999;

[[nodiscard]] constexpr bool is_number(Figure f) { return f >= -largest && f <= largest; }

// "-12.50" with at most `decimals` digits behind the point (further zeros are allowed when `trim_zeros`); nullopt for anything else.
[[nodiscard]] std::optional<Figure> parse_decimal(std::string_view, int decimals, bool trim_zeros = false);

// As it travels in JSON and in formulas.json: "" is blank, "nil", "—", else the decimal. Not readable: blank.
[[nodiscard]] Figure figure_from(std::string_view, int decimals);
// Exactly `decimals` digits behind the point: "12.50", "nil", "—"; blank is "". Never "-0".
[[nodiscard]] std::string figure_text(Figure, int decimals);

// Half away from zero; blank when it needs more than 18 digits. For numbers and nil only.
[[nodiscard]] Figure rescale(Figure, int from_decimals, int to_decimals);
[[nodiscard]] Figure divide_rounded(__int128_t numerator, __int128_t denominator);  // denominator not 0

}  // namespace anban::forms
