// The forms of a campaign: what a table, a ledger and an items part ask for; what a filled one holds; what contradicts itself.
// Pure values: no database, no clock, no rights. The definition comes from the pack's forms/*.yaml (load_form), a filled table is
// a row of scaled integers (Cells), and everything derived comes from evaluate() alone: page, xlsx, hand-in and totals
// ask the same function. Rules of figures: tests/fixtures/formulas.md, domain.md section 3, decisions.md 10, 11, 24.
#pragma once

#include "modules/forms/checks.h"     // contradictions, inside a table, with the ledger, with the last window
#include "modules/forms/evaluate.h"   // derived cells
#include "modules/forms/figure.h"     // one cell's value
#include "modules/forms/form.h"       // the definition
#include "modules/forms/form_xlsx.h"  // the official layout as a file, and back
#include "modules/forms/input.h"      // what people type
#include "modules/forms/ledger.h"     // rows of a ledger
#include "modules/forms/load_form.h"  // from the pack
#include "modules/forms/totals.h"     // stored vectors and their sums
