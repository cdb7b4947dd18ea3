// Reads forms/<id>.yaml of a pack. Every fault is told with file and line, all of them at once; a form comes back only without one.
//
// Rule and formula text: + - * / ( ), sum(a, b), rate(part, whole), column names of the same row, row.column, prev.column,
// prev.row.column, numbers; in checks also <part>.count(where column == "value" and …) and <part>.total(column where …).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/pack_error.h"
#include "modules/forms/form.h"

namespace anban::forms {

[[nodiscard]] std::optional<Form> load_form(const std::string& file, PackErrors& errors);
// The same from text; `file` is for the faults only.
[[nodiscard]] std::optional<Form> read_form(std::string_view yaml, const std::string& file, PackErrors& errors);

}  // namespace anban::forms
