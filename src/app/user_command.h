// anban user add | list | reset | disable: accounts from the command line, where every role can be given. Journalled as "operator".
#pragma once

#include "app/command.h"

namespace anban {

int run_user(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
