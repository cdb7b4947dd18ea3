// The divisions that come with the program, read once. Inside this module.
#pragma once

#include <vector>

#include "modules/drafts/desk_store.h"
#include "modules/organizations/divisions.h"

namespace anban::drafts {

[[nodiscard]] const std::vector<organizations::Division>& divisions();
[[nodiscard]] Wishes wishes_of(const store::Stored&);

}  // namespace anban::drafts
