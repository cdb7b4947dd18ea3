// anban serve: the server until SIGTERM or SIGINT; begun requests are answered, then it ends with 0.
#pragma once

#include "app/command.h"

namespace anban {

int run_serve(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
