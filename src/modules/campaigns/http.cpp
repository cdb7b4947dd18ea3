#include "modules/campaigns/http.h"

#include "modules/campaigns/campaigns.h"

namespace anban::campaigns {

void add_routes(api::Api& api) {
    api.get<api::NoQuery, CampaignLines>("/api/v1/campaigns", Right::campaigns_read, {"专项行动", "own"},
                                         [](View& view, const api::Path&, const api::NoQuery&) { return list(view); });
    api.get<api::NoQuery, CampaignWhole>("/api/v1/campaigns/{id}", Right::campaigns_read, {"一个专项行动", "campaign"},
                                         [](View& view, const api::Path& path, const api::NoQuery&) { return load(view, path["id"]); });
}

}  // namespace anban::campaigns
