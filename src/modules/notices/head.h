// Lines that a paper's head and foot are made of, and the numbers that its sections bear. Plain text only.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/notices/dates.h"
#include "modules/notices/parts.h"
#include "modules/notices/text.h"

namespace anban::notices {

// A line, or a piece of a long one where the original has a blank: a page that was scraped into one line keeps those.
struct Piece {
    Span span;
    View words;
};
[[nodiscard]] std::vector<Piece> pieces_of(const Text&, Span of_plain);

// 一、 (一) 1. (1): how deep, the number as it is written, and how long; depth 0 for no level.
struct Level {
    int depth = 0;
    std::u32string text;
    std::size_t size = 0;
};
[[nodiscard]] Level level_at(View text, std::size_t at);

[[nodiscard]] std::u32string number_in(View line);      // 乌政办〔2010〕111号 as official papers write it; empty: none
[[nodiscard]] bool is_title(View line);                 // …的通知, …方案
[[nodiscard]] bool is_rules(View line);                 // …办法(暂行)
[[nodiscard]] bool is_addressees(View line);            // 各县区:
[[nodiscard]] bool is_issuer(View line);                // a line that an office signs with
[[nodiscard]] std::optional<Day> day_line(View line);   // a line that is nothing but a day

}  // namespace anban::notices
