// anban pack check DIR... | anban pack plan DIR --from DATE --to DATE [--level LEVEL] [--json]
#pragma once

#include "app/command.h"

namespace anban {

// check: every fault as "file:line: what is wrong and what to do" on `out`, then notes (cut-offs on days of rest, windows that
// nobody owes); 1 when there is a fault. plan: the rows on `out`, warnings on `err`; 1 when the pack has a fault.
[[nodiscard]] int run_pack(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
