// What a person may write into a drafted duty, so that a pack can be made of it. Inside this module.
#pragma once

#include "core/result.h"
#include "modules/notices/notices.h"

namespace anban::drafts {

// `due` as docs/notices.md spells it for that recurrence.
[[nodiscard]] bool is_due(notices::Recurrence, const std::string& due);

// Every fault of the duty under `path` ("/duties/3"): due, days, window, quota, papers, lengths, control characters.
void check_duty(const notices::Duty&, const std::string& path, std::vector<FieldError>& faults);

}  // namespace anban::drafts
