#include "modules/filings/impact.h"

#include "modules/filings/issue.h"

namespace anban::filings {

std::vector<organizations::Touched> OpenFilings::of(db::Connection& db, const std::vector<std::string>& organization_ids, CivilDate from) const {
    constexpr std::size_t kMostNames = 500;
    organizations::Touched touched{"open_filings", 0, {}};
    for (const auto& id : organization_ids)
        db.each({"filings.open_of", R"sql(
            select o.name, r.duty, r.slot
            from filing_routes r
            join organizations o on o.id = r.organization_id
            where r.organization_id = $1 and r.state in ('expected', 'draft', 'submitted', 'returned', 'withdrawn')
              and (r.due_at >= $2 or (r.due_at is null and r.window_to >= $3))
            order by r.window_to, r.duty
        )sql"}, {id, beijing_instant(from).ms, format_date(from)}, [&](const db::Row& row) {
            ++touched.count;
            if (touched.names.size() < kMostNames) touched.names.push_back(row.string(0) + " " + row.string(1) + " " + row.string(2));
        });
    if (touched.count == 0) return {};
    return {touched};
}

void OpenFilings::follow(Work& work) const { (void)issue_due_filings(work, beijing_date(work.now)); }

}  // namespace anban::filings
