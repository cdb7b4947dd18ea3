// Contradictions of a filled table: inside it, with the last window, with other parts of the same filing.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "modules/forms/evaluate.h"
#include "modules/forms/ledger.h"

namespace anban::forms {

struct Finding {
    std::string id;                    // "found_fixed:r1": what an explanation is stored under; stable while the form is
    std::string check;
    CheckLevel level = CheckLevel::hard;
    std::vector<std::string> cells;    // both sides: "r1.found", "prev:r1.found", "ledger:"
    std::string message;               // the pack's sentence with its values; empty: use key
    std::string key;                   // "form.check_broken", "form.of_which_exceeds"
    Params params;                     // left, right, rule, row, left_title, right_title
    std::string explanation;           // what the filer wrote; only where level is explain
    [[nodiscard]] bool open() const { return level == CheckLevel::hard || explanation.empty(); }  // stands in the way of the hand-in
};

struct CheckInputs {
    Cells cells;                                           // evaluated
    Cells previous;                                        // as given to evaluate
    std::map<std::string, std::pair<const Form*, const LedgerRows*>> parts;  // ledgers of the same filing, by the name that rules use: put each in under its part id and its form id
    std::map<std::string, std::string> explanations;       // by finding id; blank text explains nothing
};

// In the order of rows and checks. A side that is blank or "—" says nothing yet: no finding. A ledger that is not there: none either.
[[nodiscard]] std::vector<Finding> check(const Form&, const CheckInputs&);

// The hand-in's answer: form.contradictions with one error for each open finding, addressed "<part>:<cell>".
[[nodiscard]] Verdict refuse_open(const std::vector<Finding>&, const std::string& part);

}  // namespace anban::forms
