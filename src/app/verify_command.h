// anban verify: whether everything that is kept is still what was handed in. Looks only: nothing is written.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/command.h"
#include "app/config.h"
#include "core/result.h"

namespace anban {

// Journal chain against its signed heads (threats E1), every submission's bytes against its receipt, every attachment's bytes
// against its name, and what the engine says of its own file. Findings in this order, each naming the first bad row of its kind.
struct Checked {
    std::int64_t journal_lines = 0;
    std::int64_t submissions = 0;
    std::int64_t attachments = 0;
    std::vector<FieldError> findings;  // path: the table and row, "journal/sqlite/17", "submissions/<id>", "attachments/<id>"
};
[[nodiscard]] Checked verify_storage(const Config&);

int run_verify(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
