// The little language of formulas and rules, from text to tree. Private to modules/forms.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/forms/form.h"

namespace anban::forms {

struct FormulaFault { std::string key; std::string at; };  // "form.formula_unreadable", with the text from where it went wrong

struct Rule { Ast left; std::string relation; Ast right; };

// Names are left as written ("found", "r1.found", prev ones without "prev."); whether they exist is the loader's question.
[[nodiscard]] std::optional<Ast> parse_formula(std::string_view text, FormulaFault& fault);
[[nodiscard]] std::optional<Rule> parse_rule(std::string_view text, FormulaFault& fault);

}  // namespace anban::forms
