// UTF-8 to code points and back. Invalid bytes become U+FFFD, one for each byte: reading never fails, valid() tells.
#pragma once

#include <string>
#include <string_view>

namespace anban::utf8 {

[[nodiscard]] bool valid(std::string_view);                  // shortest forms only, no surrogates, at most U+10FFFF
[[nodiscard]] std::u32string decode(std::string_view);
[[nodiscard]] std::string encode(std::u32string_view);
void append(std::string& out, char32_t);

// Blanks of every kind that Chinese documents hold: ASCII, no-break, U+3000, the U+2000 family, zero-width and BOM.
[[nodiscard]] bool is_blank(char32_t);
// Full-width ASCII (Ａ １ ， ．) as ASCII; anything else unchanged. U+3000 becomes a space.
[[nodiscard]] char32_t half_width(char32_t);

}  // namespace anban::utf8
