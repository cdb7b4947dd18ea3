// The matrix and the totals as spreadsheets, for the office's own archive and for passing on. GET /api/v1/campaigns/{id}/matrix/xlsx and
// /totals/xlsx take the query of the page that they stand on, and show exactly what its scope shows, all rows instead of one page.
//
// Figures are numbers; blank, 无 and 0 stay three things; states are words; the foot says who wrote it when, and as of which instant.
// What people typed is text and never a formula (threats D3). The file is made after the reading and removed when it was sent.
//
// Refused: what read_matrix and read_totals refuse; "totals.export_too_large" above kMostCells cells: a shorter span is asked for.
#pragma once

#include "platform/api/api.h"

namespace anban::totals {

constexpr std::int64_t kMostCells = 300'000;

void add_sheet_routes(api::Api&);

}  // namespace anban::totals
