#include "modules/filings/http.h"

#include "modules/filings/differences.h"
#include "modules/filings/issue.h"
#include "modules/filings/paper.h"
#include "modules/filings/reading.h"

namespace anban::filings {
namespace {

using api::NoQuery;
using api::Path;

constexpr std::uint64_t kContentLimit = 8 << 20;  // a ledger of many thousand rows

struct VersionBody {
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionBody, (), (version))

struct ReasonBody {
    std::int64_t version = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonBody, (), (version, reason))

struct NoteBody {
    std::int64_t version = 0;
    std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(NoteBody, (), (version, reason))

struct ReturnBody {
    std::int64_t version = 0;
    std::string reason;
    std::optional<std::vector<Anchor>> anchors;
};
BOOST_DESCRIBE_STRUCT(ReturnBody, (), (version, reason, anchors))

struct ExtendBody {
    std::int64_t version = 0;
    std::string reason;
    Instant due;
};
BOOST_DESCRIBE_STRUCT(ExtendBody, (), (version, reason, due))

struct DraftBody {
    std::int64_t version = 0;  // of the draft; 0: none yet
    json::object parts;
};
BOOST_DESCRIBE_STRUCT(DraftBody, (), (version, parts))

struct CheckBody {
    json::object parts;
};
BOOST_DESCRIBE_STRUCT(CheckBody, (), (parts))

struct HandInBody {
    std::int64_t version = 0;  // of the filing
    std::int64_t draft_version = 0;  // 0: none yet
    std::optional<json::object> parts;
    std::optional<bool> nil;
    std::optional<bool> confirmed;
    std::optional<std::vector<NamedGap>> gaps;
};
BOOST_DESCRIBE_STRUCT(HandInBody, (), (version, draft_version, parts, nil, confirmed, gaps))

struct WithdrawBody {
    std::int64_t version = 0;  // of the filing
    std::optional<std::string> route;
};
BOOST_DESCRIBE_STRUCT(WithdrawBody, (), (version, route))

struct RoutesNow {
    std::vector<RouteNow> routes;
};
BOOST_DESCRIBE_STRUCT(RoutesNow, (), (routes))

struct BulkRoute {
    std::string id;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(BulkRoute, (), (id, version))

struct BulkAcceptBody {
    std::vector<BulkRoute> routes;
};
BOOST_DESCRIBE_STRUCT(BulkAcceptBody, (), (routes))

struct BulkReturnBody {
    std::vector<BulkRoute> routes;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(BulkReturnBody, (), (routes, reason))

struct BeginBody {
    std::string campaign;
    std::string duty;
    std::optional<Instant> event_at;
    std::optional<std::string> name;
};
BOOST_DESCRIBE_STRUCT(BeginBody, (), (campaign, duty, event_at, name))

struct EventDuesQuery {
    std::string campaign;
    std::string duty;
    std::optional<Instant> at;
};
BOOST_DESCRIBE_STRUCT(EventDuesQuery, (), (campaign, duty, at))

std::int64_t number_in(const Path& path) {
    const auto& text = path["number"];
    return text.size() > 9 || text.find_first_not_of("0123456789") != std::string::npos ? 0 : std::stoll("0" + text);
}

Result<Receipt> hand_in_body(Work& work, const Path& path, const HandInBody& body) {
    return hand_in(work, {path["id"], body.version, body.draft_version, body.parts, body.nil.value_or(false),
                          body.confirmed.value_or(false), body.gaps.value_or(std::vector<NamedGap>{})});
}

Result<RoutesNow> withdraw_body(Work& work, const Path& path, const WithdrawBody& body) {
    auto routes = withdraw(work, {path["id"], body.version, body.route});
    if (!routes) return routes.refusal();
    return RoutesNow{std::move(*routes)};
}

Result<Verdicts> accept_bulk(Work& work, const Path&, const BulkAcceptBody& body) {
    std::vector<Accepting> all;
    for (const auto& route : body.routes) all.push_back({route.id, route.version});
    return accept_all(work, all);
}

Result<Verdicts> return_bulk(Work& work, const Path&, const BulkReturnBody& body) {
    std::vector<Returning> all;
    for (const auto& route : body.routes) all.push_back({route.id, route.version, body.reason, {}});
    return return_all(work, all);
}

void add_filer_routes(api::Api& api) {
    api.get<NoQuery, MyWork>("/api/v1/my-work", Right::filings_read, {"我的待办", "own"},
                             [](View& view, const Path&, const NoQuery&) { return my_work(view); });
    api.get<NoQuery, OpenedFiling>("/api/v1/filings/{id}", Right::filings_read, {"一件报送件", "filing"},
                                   [](View& view, const Path& path, const NoQuery&) { return open(view, path["id"]); });
    api.get<NoQuery, SubmissionWhole>("/api/v1/filings/{id}/submissions/{number}", Right::filings_read, {"一个报送版本", "filing"},
                                      [](View& view, const Path& path, const NoQuery&) { return load_submission(view, path["id"], number_in(path)); });
    api.get<DifferencesQuery, Differences>("/api/v1/filings/{id}/differences", Right::filings_read, {"两个版本的差异", "filing"},
                                           [](View& view, const Path& path, const DifferencesQuery& query) { return differences(view, path["id"], query); });
    api.post<BeginBody, RouteNow>("/api/v1/filings", Right::filings_fill, {"新建按事项报送的报送件", "own"},
                                  [](Work& work, const Path&, const BeginBody& body) {
                                      return begin_event(work, {body.campaign, body.duty, body.event_at, body.name.value_or("")}, calendar::Calendar::built_in());
                                  });
    api.get<EventDuesQuery, EventDues>("/api/v1/event-dues", Right::filings_fill, {"事项报送的截止时间", "own"}, [](View& view, const Path&, const EventDuesQuery& query) {
        return event_dues(view, {query.campaign, query.duty, query.at, {}}, calendar::Calendar::built_in());
    });
    api.put<DraftBody, SavedDraft>("/api/v1/filings/{id}/draft", Right::filings_fill, {"保存草稿", "filing", kContentLimit},
                                   [](Work& work, const Path& path, const DraftBody& body) { return save_draft(work, {path["id"], body.version, body.parts}); });
    api.prepared<CheckBody, Checked>(http::Method::post, "/api/v1/filings/{id}/check", Right::filings_fill, {"报送前检查", "filing", kContentLimit},
                                     [](api::Call& call, const CheckBody& body) {
                                         return call.read<Checked>([&](View& view) { return check(view, call.path()["id"], body.parts); });
                                     });
    api.post<HandInBody, Receipt>("/api/v1/filings/{id}/hand-in", Right::filings_hand_in, {"报送", "filing", kContentLimit}, hand_in_body);
    api.post<WithdrawBody, RoutesNow>("/api/v1/filings/{id}/withdraw", Right::filings_hand_in, {"撤回", "filing"}, withdraw_body);
    api.post<ReasonBody, RouteNow>("/api/v1/routes/{id}/amendment", Right::filings_hand_in, {"申请更正", "route"},
                                   [](Work& work, const Path& path, const ReasonBody& body) { return ask_amendment(work, {path["id"], body.version, body.reason}); });
}

void add_receiver_routes(api::Api& api) {
    api.get<ReviewQuery, ReviewPage>("/api/v1/review", Right::filings_review, {"待审核", "own"},
                                     [](View& view, const Path&, const ReviewQuery& query) { return list_to_review(view, query); });
    api.post<BulkAcceptBody, Verdicts>("/api/v1/review/accept", Right::filings_review, {"批量通过", "own"}, accept_bulk);
    api.post<BulkReturnBody, Verdicts>("/api/v1/review/return", Right::filings_review, {"批量退回", "own"}, return_bulk);
    api.post<VersionBody, RouteNow>("/api/v1/routes/{id}/accept", Right::filings_review, {"审核通过", "route"},
                                    [](Work& work, const Path& path, const VersionBody& body) { return accept(work, {path["id"], body.version}); });
    api.post<ReturnBody, RouteNow>("/api/v1/routes/{id}/return", Right::filings_review, {"退回", "route"}, [](Work& work, const Path& path, const ReturnBody& body) {
        return return_for_correction(work, {path["id"], body.version, body.reason, body.anchors.value_or(std::vector<Anchor>{})});
    });
    api.post<NoteBody, RouteNow>("/api/v1/routes/{id}/undo-return", Right::filings_review, {"撤销退回", "route"}, [](Work& work, const Path& path, const NoteBody& body) {
        return undo_return(work, {path["id"], body.version, body.reason.value_or("")});
    });
    api.post<ExtendBody, RouteNow>("/api/v1/routes/{id}/extend", Right::filings_review, {"延期", "route"}, [](Work& work, const Path& path, const ExtendBody& body) {
        return extend(work, {path["id"], body.version, body.reason, body.due});
    });
    const auto decision = [&](const char* path, Right right, const char* summary, Result<RouteNow> (*deed)(Work&, const Deciding&)) {
        api.post<NoteBody, RouteNow>(path, right, {summary, "route"}, [deed](Work& work, const Path& at, const NoteBody& body) {
            return deed(work, {at["id"], body.version, body.reason.value_or("")});
        });
    };
    decision("/api/v1/routes/{id}/excuse", Right::filings_review, "免报", excuse);
    decision("/api/v1/routes/{id}/not-applicable", Right::filings_review, "不适用", mark_not_applicable);
    decision("/api/v1/routes/{id}/reinstate", Right::filings_review, "恢复应报", reinstate);
    decision("/api/v1/routes/{id}/amendment/grant", Right::filings_amend_approve, "同意更正", grant_amendment);
    decision("/api/v1/routes/{id}/amendment/refuse", Right::filings_amend_approve, "不同意更正", refuse_amendment);
}

}  // namespace

void add_routes(api::Api& api) {
    add_filer_routes(api);
    add_receiver_routes(api);
    add_paper_routes(api);
}

}  // namespace anban::filings
