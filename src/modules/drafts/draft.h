// Public: from what a notice asks to a campaign pack that a person then corrects (docs/packs.md is its language). Pure: an extract
// in, the text of files out. What the notice does not say is marked assumed; no day is invented. Reporters become organizations by
// the divisions of the issuer's place; a ledger whose columns the notice gives becomes a form, forms that it only names are attachments.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "modules/notices/notices.h"
#include "modules/organizations/divisions.h"

namespace anban::drafts {

using Files = std::vector<std::pair<std::string, std::string>>;  // name in the folder, text

// What a person says beyond the text.
struct Wishes {
    std::optional<std::string> issued;         // 2023-03-10: where the text shows no day of its own
    std::string office;                        // who receives, full name; empty: the issuer
    std::optional<std::string> from, to;       // the campaign's days; else from the phases, or from the duties to the year's end
    std::map<std::string, std::string> names;  // a unit as the words gave it -> its full name; empty: it is not asked
};

// Refused: draft.no_duties; draft.no_issue_date; draft.period (it ends before it begins); draft.period_long (over ten years); draft.id (not [a-z][a-z0-9_-]*).
[[nodiscard]] Result<Files> draft(const notices::Extract&, const std::string& id, const Wishes&, const std::vector<organizations::Division>&);

// For each duty of the draft, in the order of its duties.yaml, which of the extract's duties it is made of (counted from 0).
using Origins = std::vector<std::vector<std::size_t>>;
[[nodiscard]] Origins origins(const notices::Extract&, const Wishes&, const std::vector<organizations::Division>&);

inline constexpr const char* kNobodySaid = "通知未写明的报送单位";  // who reports where the notice does not say

struct AskedUnit {
    std::string said;   // what the words and the divisions make of it
    std::string name;   // the same, or what a person says instead; empty: not asked
    std::string level;
    std::string division;
    bool resolved = false;
};
struct AskedGroup {
    std::string words;  // of the notice
    std::vector<AskedUnit> units;
};

// Whom the duties ask, one group for each wording.
[[nodiscard]] std::vector<AskedGroup> groups(const notices::Extract&, const Wishes&, const std::vector<organizations::Division>&);

}  // namespace anban::drafts
