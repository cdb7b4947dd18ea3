// JSON as it may enter: duplicate keys, non-finite numbers, bad UTF-8, lone surrogates, deep nesting and trailing bytes
// are refused with the byte where they stand. Written compactly, object members in the order they were put.
#pragma once

#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::json {

using boost::json::array;
using boost::json::object;
using boost::json::value;

struct Limits {
    std::size_t depth = 32;
    std::size_t values = 2'000'000;  // members and elements altogether
};

[[nodiscard]] Result<value> parse(std::string_view text, const Limits& = {});

[[nodiscard]] std::string write(const value&);

// The same value always gives the same bytes: members sorted by key at every level. What digests are taken over.
[[nodiscard]] std::string write_canonical(const value&);

}  // namespace anban::json
