// All cells of a table from what was typed. The one place where a figure is derived.
#pragma once

#include <boost/describe.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "modules/forms/figure.h"
#include "modules/forms/form.h"

namespace anban::forms {

// In the form's pinned order, each with the decimals of its column. Empty counts as all blank.
using Cells = std::vector<Figure>;

[[nodiscard]] Cells blank_cells(const Form&);
[[nodiscard]] Cells cells_from(const Form&, const json::object&);  // {"r1.found":"12"}; unknown names and derived cells are passed over
[[nodiscard]] json::object cells_json(const Form&, const Cells&);  // without the blanks

BOOST_DEFINE_ENUM_CLASS(CellSource, none, typed, last_window, lower_level, formula, cumulative, subtotal)

struct Evaluated {
    Cells cells;
    std::vector<CellSource> sources;
    Cells offered;   // what last window or the lower level says where they are asked, also under an override
    std::vector<std::size_t> overridden;  // typed against what was offered: each needs a reason. Never a stock from last window: it is begun from
};

struct Inputs {
    Cells typed;
    Cells previous;      // the window before, whole and evaluated; through previous_of() first. Empty: there is none
    Cells lower;         // sum of the level below, for columns whose source is lower_level. Empty: there is none
};

[[nodiscard]] Evaluated evaluate(const Form&, const Inputs&);

// Columns that add by recompute, derived anew from the other cells as they stand; everything else unchanged. What totals end with.
[[nodiscard]] Cells recompute(const Form&, Cells);

// Cells that somebody should fill and nobody has: blank, not derived. In the form's order.
[[nodiscard]] std::vector<std::size_t> missing_cells(const Form&, const Cells& evaluated);

// The last window as this one may see it. A year's first window begins its cumulative columns anew: they are left out, so that
// cumulative = now. The page gets the same cells.
[[nodiscard]] Cells previous_of(const Form&, Cells last, bool year_begins);

// One formula against any cells; the rules are in tests/fixtures/formulas.md, and the page follows the same file.
struct Operands {
    int scale = 0;
    std::function<Figure(const Ast&)> cell, prev;                        // of that name, already in `scale`
    std::function<Figure(const Ast&)> external;                          // count, total; empty: blank
};
[[nodiscard]] Figure value_of(const Ast&, const Operands&);
[[nodiscard]] std::string evaluate_text(const Ast&, const Operands&);    // as printed: a rate at the top has one decimal; "" is blank

}  // namespace anban::forms
