// The roles in Chinese: default titles of posts, and what a spreadsheet says.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/actor.h"

namespace anban::people {

[[nodiscard]] std::string_view role_word(Role);
[[nodiscard]] std::optional<Role> role_from_word(std::string_view);

}  // namespace anban::people
