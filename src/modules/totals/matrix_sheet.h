// The matrix on paper. Inside this module.
#pragma once

#include "modules/totals/sheet_words.h"

namespace anban::totals::sheets {

// All rows; windows that have begun. Throws std::runtime_error when the file can not be written.
void write_matrix(const Matrix&, const Foot&, const std::string& path);

// As the page's mark reads: late before nil before partial.
[[nodiscard]] std::string word_of(const MatrixCell&);

}  // namespace anban::totals::sheets
