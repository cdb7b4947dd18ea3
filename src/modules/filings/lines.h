// How filings, routes, submissions and events read on a page. Inside this module only.
#pragma once

#include "modules/filings/reading.h"

namespace anban::filings {

[[nodiscard]] std::string name_of(db::Connection&, const std::string& organization_id);
[[nodiscard]] FilingHead head_of(db::Connection&, const Filing&);
[[nodiscard]] RouteLine line_of(View&, const FilingHead&, const Route&);
[[nodiscard]] SubmissionLine line_of(const SubmissionHead&);
[[nodiscard]] EventLine line_of(const std::string& route_id, const Event&);

// The filing when the actor may see it, with its routes.
struct Seen { Filing filing; std::vector<Route> routes; };
[[nodiscard]] Result<Seen> see(View&, const std::string& filing_id);

}  // namespace anban::filings
