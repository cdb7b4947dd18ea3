// What a notice sets up beside duties, spelled for a pack: papers that it replaces, the leading group, the days of its phases, ledgers
// whose columns it gives. What a person must still look at stands as a comment. Inside this module.
#pragma once

#include <optional>
#include <string>

#include "modules/drafts/draft.h"

namespace anban::drafts {

// The lines below notice:, two blanks in; empty: nothing is replaced by name.
[[nodiscard]] std::string supersedes_of(const notices::Extract&);
// Posts only; empty: no group was read.
[[nodiscard]] std::string leading_group_of(const notices::Extract&);

// The campaign's days: from the first phase's first day to the last one's last; without phases the longest stretch of weeks, about the
// notice's own day, in which something is carried out. nullopt while one of both ends is not said.
struct CampaignSpan {
    std::string from, to;
    bool said = false;  // by whole phases; else it is ours to have taken these days for the campaign's
};
[[nodiscard]] std::optional<CampaignSpan> campaign_span(const notices::Extract&, const std::string& issued);
[[nodiscard]] std::string phases_of(const notices::Extract&);  // as comments

// A form of forms/ for each ledger whose columns the notice gives and that a duty asks for.
struct LedgerForms {
    explicit LedgerForms(const notices::Extract&);
    // The id of the form that carries this material; empty: none.
    [[nodiscard]] std::string form_for(const std::string& material) const;
    [[nodiscard]] Files files() const;

private:
    struct Form { std::string id, title; const notices::LedgerForm* columns = nullptr; };
    std::vector<Form> forms_;
};

}  // namespace anban::drafts
