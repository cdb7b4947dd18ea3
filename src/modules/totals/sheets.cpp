#include "modules/totals/sheets.h"

#include <algorithm>
#include <iterator>

#include "modules/totals/matrix_sheet.h"
#include "modules/totals/totals_sheet.h"
#include "platform/api/sheets.h"
#include "platform/http/names.h"

namespace anban::totals {
namespace {

constexpr int kMostRows = 200;  // read_matrix's largest page

struct Shown {
    std::string name;
    std::function<void(const std::string& path)> write;
};

// A download that takes a query as the page's own reading does.
template <class Query>
void add_sheet(api::Api& api, std::string path, api::About about, Right right, Result<Shown> (*read)(View&, const std::string&, const Query&)) {
    api::Endpoint e;
    e.method = http::Method::get;
    e.path = std::move(path);
    e.right = right;
    e.about = std::move(about);
    e.file_answer = true;
    e.query_schema = codec::schema<Query>();
    e.run = [read](api::Call& call) -> http::Response {
        auto query = call.query<Query>();
        if (!query) return call.refuse(query.refusal());
        auto shown = call.read<Shown>([&](View& view) { return read(view, call.path()["id"], *query); });
        if (!shown) return call.refuse(shown.refusal());
        auto response = api::sheet_answer(shown->name);
        shown->write(response.file);
        return response;
    };
    api.add(std::move(e));
}

Verdict refuse_size(std::int64_t cells) {
    if (cells <= kMostCells) return std::nullopt;
    return Refusal{Code::unprocessable, "totals.export_too_large", {{"most", std::to_string(kMostCells)}}, {}, {}};
}

Result<Shown> matrix_shown(View& view, const std::string& campaign_id, const MatrixQuery& query) {
    auto page = query;
    page.after.reset();
    page.limit = kMostRows;
    auto all = read_matrix(view, campaign_id, page);
    if (!all) return all.refusal();
    if (auto no = refuse_size(all->row_count * static_cast<std::int64_t>(all->windows.size()))) return *no;
    for (page.after = all->next; page.after;) {
        auto more = read_matrix(view, campaign_id, page);
        if (!more) return more.refusal();
        std::ranges::move(more->rows, std::back_inserter(all->rows));
        page.after = more->next;
    }
    const sheets::Foot foot{view.actor.name, view.now, {}};
    auto name = sheets::say("sheet.matrix") + " " + all->duty_title + " " + format_date(beijing_date(view.now));
    return Shown{std::move(name), [matrix = std::move(*all), foot](const std::string& path) { sheets::write_matrix(matrix, foot, path); }};
}

Result<Shown> totals_shown(View& view, const std::string& campaign_id, const TotalsQuery& query) {
    auto all = read_totals_on_paper(view, campaign_id, query);
    if (!all) return all.refusal();
    if (auto no = refuse_size(static_cast<std::int64_t>(all->form->cells() + all->totals.contributors.size()))) return *no;
    const sheets::Foot foot{view.actor.name, view.now, query.as_of};
    auto name = all->form->title + " " + all->totals.node_name + " " + all->totals.slot;
    return Shown{std::move(name), [all = std::move(*all), foot](const std::string& path) { sheets::write_totals(all.totals, *all.form, foot, path); }};
}

}  // namespace

void add_sheet_routes(api::Api& api) {
    add_sheet<MatrixQuery>(api, "/api/v1/campaigns/{id}/matrix/xlsx", {"导出报送矩阵", "campaign"}, Right::matrix_read, matrix_shown);
    add_sheet<TotalsQuery>(api, "/api/v1/campaigns/{id}/totals/xlsx", {"导出汇总", "campaign"}, Right::totals_read, totals_shown);
}

}  // namespace anban::totals
