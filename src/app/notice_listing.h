// An extract as lines for a terminal: the head, the duties, then what else was read, a line each with its kind in front.
#pragma once

#include <iosfwd>

#include "modules/notices/notices.h"

namespace anban {

void print_notice(std::ostream&, const notices::Extract&);

}  // namespace anban
