// The only place where the two engines' words differ. Everything else is one text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/db/database.h"

namespace anban::db {

// Appended to a select that takes rows for itself: " for update skip locked", or nothing where the one writer is alone anyway.
[[nodiscard]] constexpr std::string_view skip_locked(Engine engine) {
    return engine == Engine::postgresql ? " for update skip locked" : "";
}
[[nodiscard]] constexpr std::string_view for_update(Engine engine) {
    return engine == Engine::postgresql ? " for update" : "";
}

// The words {int64} {bytes} {key} {strict} replaced. Any other {word} is a slip of the pen: Failure.
[[nodiscard]] std::string spelled_for(Engine, std::string_view text);

// The statements of a script. Respects '…', "…", -- and /* */; no dollar quotes. Pieces of nothing but comments are left out.
[[nodiscard]] std::vector<std::string> split_statements(std::string_view script);

// One row if a table of the name $1 is there.
[[nodiscard]] Sql table_exists(Engine);

// Holds other programs that migrate the same database until the end of the transaction.
void wait_for_other_migrators(Connection&);

}  // namespace anban::db
