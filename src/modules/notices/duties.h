// From sentences to duties: around each verb of reporting stand who reports, what, by when, and to whom. Private to the folder.
#pragma once

#include "modules/notices/notices.h"
#include "modules/notices/structure.h"
#include "modules/notices/text.h"

namespace anban::notices {

struct Duties {
    std::vector<Duty> owed, office;
};

[[nodiscard]] Duties duties_of(const Text&, const Structure&);

}  // namespace anban::notices
