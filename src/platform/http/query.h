// Percent-encoding, query strings and cookies, read strictly: what could be read in two ways is refused.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace anban::http {

using Pairs = std::vector<std::pair<std::string, std::string>>;

// Valid UTF-8: no over-long forms, no surrogates, nothing past U+10FFFF.
[[nodiscard]] bool is_utf8(std::string_view);

// nullopt: '%' without two hex digits. '+' stays '+'.
[[nodiscard]] std::optional<std::string> percent_decode(std::string_view);
// Everything but letters, digits and "-._~" as %XX.
[[nodiscard]] std::string percent_encode(std::string_view);

// "a=1&b=%E5%AE%89" in order, '+' is a space. nullopt: bad percent-encoding, NUL, invalid UTF-8, an empty name, a name twice,
// more than 200 pairs.
[[nodiscard]] std::optional<Pairs> parse_query(std::string_view raw);

// The cookie of that name; none when it is absent or comes twice.
[[nodiscard]] std::optional<std::string> find_cookie(std::string_view header, std::string_view name);

}  // namespace anban::http
