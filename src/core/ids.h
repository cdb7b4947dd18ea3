// Ids: 26 characters, time-ordered, made by us (48 bits of milliseconds, 80 of chance; Crockford's base 32, lower case).
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "core/time.h"

namespace anban {

// A new id. Rising within one process even when the clock stands still or jumps back.
[[nodiscard]] std::string new_id(Instant now);

[[nodiscard]] bool is_id(std::string_view);

// Bytes from the system's random source. For tokens and salts too.
[[nodiscard]] std::string random_bytes(std::size_t count);

}  // namespace anban
