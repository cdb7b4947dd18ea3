// Small files of our own making for the demo: a page that looks stamped, a drawing. The same words always give the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace anban::demo {

// One A4 page with these lines; with a round red stamp that bears `stamp` when that is not empty. No font is embedded: viewers
// have one for Chinese.
[[nodiscard]] std::string pdf(const std::vector<std::string>& lines, const std::string& stamp);

// A drawing of a building site, 320 × 200; the seed chooses buildings, crane and sky.
[[nodiscard]] std::string png(std::uint64_t seed);

}  // namespace anban::demo
