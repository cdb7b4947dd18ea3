// Public: from what a notice asks to a campaign pack that a person then corrects (docs/packs.md is its language). Pure: an extract
// in, the text of files out. What the notice does not say is marked assumed; no day is invented. Reporters become organizations by
// the divisions of the issuer's place; forms that the notice only names are attachments, their columns are for a person to add.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "modules/notices/notices.h"
#include "modules/organizations/divisions.h"

namespace anban::drafts {

using Files = std::vector<std::pair<std::string, std::string>>;  // name in the folder, text

// id: the folder's name. issued: where the text shows no day of its own.
// Refused: draft.no_duties; draft.no_issue_date; draft.id (not [a-z][a-z0-9_-]*).
[[nodiscard]] Result<Files> draft(const notices::Extract&, const std::string& id, const std::optional<std::string>& issued,
                                  const std::vector<organizations::Division>&);

}  // namespace anban::drafts
