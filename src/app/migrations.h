// The schema, as an append-only list of migrations (decisions.md 14). docs/database.md describes the tables.
#pragma once

#include <span>

#include "platform/db/database.h"

namespace anban {

[[nodiscard]] std::span<const db::Migration> migrations();

}  // namespace anban
