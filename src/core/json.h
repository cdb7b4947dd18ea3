// JSON as it may enter: duplicate keys, non-finite numbers, bad UTF-8, lone surrogates, deep nesting and trailing bytes
// are refused with the byte where they stand. Written compactly, object members in the order they were put.
#pragma once

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::json {

using boost::json::array;
using boost::json::object;
using boost::json::storage_ptr;
using boost::json::value;

// A place for one large value that is made, written and dropped: memory only grows until all of it goes.
[[nodiscard]] inline storage_ptr one_use() { return boost::json::make_shared_resource<boost::json::monotonic_resource>(); }

struct Limits {
    std::size_t depth = 32;
    std::size_t values = 2'000'000;  // members and elements altogether
};

[[nodiscard]] Result<value> parse(std::string_view text, const Limits& = {});

[[nodiscard]] std::string write(const value&);

// The same value always gives the same bytes: members sorted by key at every level. What digests are taken over.
[[nodiscard]] std::string write_canonical(const value&);

}  // namespace anban::json
