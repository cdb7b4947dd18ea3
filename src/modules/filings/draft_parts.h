// The draft's parts: read and kept. Inside this module only.
#pragma once

#include "modules/campaigns/campaigns.h"
#include "modules/filings/store.h"

namespace anban::filings {

[[nodiscard]] json::object parts_of_draft(const Draft&);

// Merges the parts into the draft as it stands; its new version. Refused: unknown parts, secrecy markings, a stale version.
struct KeptDraft {
    json::object parts;  // all of them
    std::int64_t version = 0;
};
[[nodiscard]] Result<KeptDraft> keep_draft(Work&, const Filing&, const Draft& present, const json::object& parts, std::int64_t version);

// A draft begun under an older version of the duty loses the parts, cells and fields that the new one does not ask: nobody could
// reach them on the page, and they would stand in the way of handing in.
void fit_draft(Work&, const std::string& filing_id, std::string_view slot, const campaigns::DutyDefinition&);

}  // namespace anban::filings
