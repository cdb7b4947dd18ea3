// The totals of a node on the form's own paper. Inside this module.
#pragma once

#include "modules/forms/forms.h"
#include "modules/totals/sheet_words.h"
#include "modules/totals/totals.h"

namespace anban::totals::sheets {

// The form in its own layout with the official figures; then the units with their states; then, where there are any, the differences
// from the recount. Throws std::runtime_error when the file can not be written.
void write_totals(const Totals&, const forms::Form&, const Foot&, const std::string& path);

}  // namespace anban::totals::sheets
