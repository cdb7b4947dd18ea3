// anban migrate: brings a database to this program's shape, or says that it is there already. serve does the same at start; here it
// can be done, and timed, before.
#pragma once

#include "app/command.h"

namespace anban {

int run_migrate(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
