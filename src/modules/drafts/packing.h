// A corrected draft as the pack that would be applied. Inside this module.
#pragma once

#include "modules/campaigns/pack.h"
#include "modules/drafts/desk_store.h"

namespace anban::drafts {

// The loader of packs reads the drafted files as it reads those of an office: what it refuses can not be published.
// campaign_id: [a-z][a-z0-9_-]*. Refused: what draft() refuses.
struct Packed {
    campaigns::LoadedPack loaded;
    std::vector<std::optional<std::size_t>> duty_of;  // for each fault, which of the notice's duties is to be mended
};
[[nodiscard]] Result<Packed> packed(db::Connection&, const store::Stored&, const std::string& campaign_id);

// In the words of the page.
[[nodiscard]] std::vector<DraftFault> faults_of(const Packed&);
// By the place in the body of a correction.
[[nodiscard]] std::vector<FieldError> field_errors_of(const Packed&);

}  // namespace anban::drafts
