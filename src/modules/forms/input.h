// What people type or paste, as the canonical text of a cell. Never rounds, never guesses a unit; a date without a year takes the
// year that is given. Keys: form.not_a_number, form.too_many_decimals, form.too_large, form.negative, form.not_a_date,
// form.date_incomplete, form.not_a_choice, form.required, form.too_long.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "modules/forms/evaluate.h"

namespace anban::forms {

struct Typed {
    std::string value;     // canonical: "12.5", "nil", "2023-03-05", a choice's id; "" is blank
    std::string key;       // empty: fine
    Params params;
    [[nodiscard]] bool ok() const { return key.empty(); }
};

// "１，２３４ 家" -> "1234"; 无 -> "nil" where the column takes nil; "—", "/", "-" -> blank.
[[nodiscard]] Typed read_number(std::string_view text, const Column&);
// "2023.3.5", "2023年3月5日", "20230305", "3月5日" -> "2023-03-05".
[[nodiscard]] Typed read_date(std::string_view text, int year);
[[nodiscard]] Typed read_field(std::string_view text, const Field&, int year);

// A whole table from typed text by cell name; what can not be read is left blank and told, addressed "<part>:<cell>".
struct TypedTable { Cells cells; std::vector<FieldError> errors; };
[[nodiscard]] TypedTable read_table(const Form&, const json::object& texts, const std::string& part);

}  // namespace anban::forms
