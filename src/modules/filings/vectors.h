// The cells of an accepted table, one row for each (decisions.md 11). Inside this module only.
#pragma once

#include "modules/filings/store.h"

namespace anban::filings {

// Replaces what this route had before: the old rows stay, with the instant at which they were replaced.
void write_vectors(Work&, const Route&, const Submission&);

}  // namespace anban::filings
