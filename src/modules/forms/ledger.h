// Rows of a ledger: each column to its canonical text, every fault addressed to its cell.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "modules/forms/form.h"

namespace anban::forms {

using LedgerRow = std::map<std::string, std::string>;  // by field id; blanks may be absent
using LedgerRows = std::vector<LedgerRow>;

struct LedgerRead {
    LedgerRows rows;                 // canonical; rows that were wholly blank are gone
    std::vector<FieldError> errors;  // "ledger:r3.level": r3 is the third row as it was given
};

constexpr std::size_t most_ledger_rows = 20'000;  // "form.too_many_rows" beyond

[[nodiscard]] LedgerRead read_ledger(const Form&, const LedgerRows& texts, const std::string& part, int year);
[[nodiscard]] LedgerRead ledger_from(const Form&, const json::array& rows, const std::string& part, int year);  // [{"unit":"…"}]
[[nodiscard]] json::array ledger_json(const LedgerRows&);

}  // namespace anban::forms
