// What only all duties together tell: which of them are the office's own, and to whom goes what no clause addresses.
#pragma once

#include <string>

#include "modules/notices/duties.h"

namespace anban::notices {

// issuer: as the notice signs; empty: unknown, then the receiver of most.
void part_the_offices_own(Duties&, const std::u32string& issuer);
void name_receivers(Duties&);

}  // namespace anban::notices
