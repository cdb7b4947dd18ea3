#include "modules/items/items.h"
#include "modules/items/store.h"
#include "modules/organizations/scope.h"

namespace anban::items {
namespace {

struct VersionBody {
    std::int64_t version = 0;
    BOOST_DESCRIBE_CLASS(VersionBody, (), (version), (), ())
};

Result<Item> show(View& view, const api::Path& path, const api::NoQuery&) {
    auto item = store::find(view.db, path["id"]);
    const bool hidden = !item || !organizations::in_scope(view.db, organizations::scope_of(view.actor), item->organization_id, item->campaign_id,
                                                         {item->happened_on, item->happened_on}) ||
                        (item->state == State::draft && item->organization_id != view.actor.organization_id);
    if (hidden) return Refusal{Code::not_found, "item.unknown", {}, {}, {}};
    return std::move(*item);
}

}  // namespace

void add_routes(api::Api& api) {
    api.get<ListQuery, Page>("/api/v1/campaigns/{id}/items", Right::items_read, {"稿件列表", "campaign"},
                             [](View& view, const api::Path& path, const ListQuery& query) { return list(view, path["id"], query); });
    api.get<MeterQuery, Meters>("/api/v1/campaigns/{id}/quotas", Right::items_read, {"报送数量", "campaign"},
                                [](View& view, const api::Path& path, const MeterQuery& query) { return read_meters(view, path["id"], query); });
    api.get<api::NoQuery, Item>("/api/v1/items/{id}", Right::items_read, {"一篇稿件", "item"}, show);
    api.post<Writing, Item>("/api/v1/campaigns/{id}/items", Right::items_write, {"写稿、交稿", "campaign"},
                            [](Work& work, const api::Path& path, const Writing& body) { return write(work, path["id"], body); });
    api.post<VersionBody, Item>("/api/v1/items/{id}/hand-in", Right::items_write, {"交稿", "item"},
                                [](Work& work, const api::Path& path, const VersionBody& body) { return hand_in(work, path["id"], body.version); });
    api.post<VersionBody, Item>("/api/v1/items/{id}/withdraw", Right::items_write, {"撤回稿件", "item"},
                                [](Work& work, const api::Path& path, const VersionBody& body) { return withdraw(work, path["id"], body.version); });
    api.post<Deciding, Item>("/api/v1/items/{id}/return", Right::filings_review, {"退回稿件", "item"},
                             [](Work& work, const api::Path& path, const Deciding& body) { return return_for_correction(work, path["id"], body); });
    api.post<VersionBody, Item>("/api/v1/items/{id}/undo-return", Right::filings_review, {"撤销退回稿件", "item"},
                                [](Work& work, const api::Path& path, const VersionBody& body) { return undo_return(work, path["id"], body.version); });
}

}  // namespace anban::items
