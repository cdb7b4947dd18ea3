// `anban notice extract FILE [--json]`: what a notice asks to be reported. Opens no data folder.
#pragma once

#include "app/command.h"

namespace anban {

int run_notice(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
