// What a person may write into a drafted duty, so that a pack can be made of it. Inside this module.
#pragma once

#include "core/result.h"
#include "modules/notices/notices.h"

namespace anban::drafts {

// `due` as docs/notices.md spells it for that recurrence.
[[nodiscard]] bool is_due(notices::Recurrence, const std::string& due);

// What carries a marking of secrecy does not enter (H7).
void check_marking(const std::string& typed, const std::string& path, std::vector<FieldError>& faults);

// Every fault of the duty under `path` ("/duties/3"): due, days, window, quota, papers, lengths, control characters, markings. Its quote is not the person's to write.
void check_duty(const notices::Duty&, const std::string& path, std::vector<FieldError>& faults);

}  // namespace anban::drafts
