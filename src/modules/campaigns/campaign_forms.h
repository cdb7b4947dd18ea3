// Public: Forms of a campaign, from the pack's files into the database and back. A form version never changes, so that a loaded one is
// kept for the run of the program and shared between threads.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "modules/campaigns/campaigns.h"
#include "modules/forms/forms.h"

namespace anban::campaigns {

// The pack's forms with the text of their files, as the database keeps them.
[[nodiscard]] std::vector<FormInPack> load_forms(const Pack&);
[[nodiscard]] FormInPack form_in_pack(const forms::Form&, std::string_view yaml);

// Throws db::Failure for a digest that is not there: a duty version names only forms that were stored with it.
[[nodiscard]] std::shared_ptr<const forms::Form> load_form_version(db::Connection&, const std::string& digest);

// Likewise for duty versions.
[[nodiscard]] std::shared_ptr<const DutyVersion> load_duty_version(db::Connection&, const std::string& id);

}  // namespace anban::campaigns
