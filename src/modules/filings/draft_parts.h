// The draft's parts: read and kept. Inside this module only.
#pragma once

#include "modules/filings/store.h"

namespace anban::filings {

[[nodiscard]] json::object parts_of_draft(const Draft&);

// Merges the parts into the draft; its new version. Refused: unknown parts, secrecy markings, a stale version.
[[nodiscard]] Result<std::int64_t> keep_draft(Work&, const Filing&, const json::object& parts, std::int64_t version);

}  // namespace anban::filings
