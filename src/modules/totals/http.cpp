#include "modules/totals/http.h"

#include "modules/totals/matrix.h"
#include "modules/totals/sheets.h"
#include "modules/totals/totals.h"

namespace anban::totals {

void add_routes(api::Api& api) {
    api.get<MatrixQuery, Matrix>("/api/v1/campaigns/{id}/matrix", Right::matrix_read, {"报送矩阵", "campaign"},
                                 [](View& view, const api::Path& path, const MatrixQuery& query) { return read_matrix(view, path["id"], query); });
    api.get<TotalsQuery, Totals>("/api/v1/campaigns/{id}/totals", Right::totals_read, {"汇总", "campaign"},
                                 [](View& view, const api::Path& path, const TotalsQuery& query) { return read_totals(view, path["id"], query); });
    api.get<CellQuery, OpenedCell>("/api/v1/campaigns/{id}/totals/cell", Right::totals_read, {"打开一个汇总数", "campaign"},
                                   [](View& view, const api::Path& path, const CellQuery& query) { return open_cell(view, path["id"], query); });
    add_sheet_routes(api);
}

}  // namespace anban::totals
