// One filing as its people walk it: filled, handed in, returned, withdrawn, accepted, through the real use cases.
#pragma once

#include "modules/filings/filings.h"
#include "tests/support/campaign_world.h"

namespace anban::test {

using filings::Accepting;
using filings::Anchor;
using filings::Deciding;
using filings::HandingIn;
using filings::Receipt;
using filings::Returning;
using filings::RouteNow;
using filings::Timeliness;

inline constexpr const char* kWeek = "2023-W11";  // due 2023-03-16 17:00
inline constexpr const char* kNews = R"({"news":{"paragraphs":["市长带队检查在建项目"]}})";
inline constexpr const char* kMonth = R"({"progress":{"paragraphs":["本月开展了检查"]},
    "statistics":{"cells":{"r1.found":"12","r1.fixed":"10","r2.found":"3","r2.fixed":"3"}},"hazards":{"nil":true}})";

// The way of one filing, step by step, as its people walk it.
struct Walk {
    CampaignWorld& w;
    std::string duty = "weekly";
    std::string unit = CampaignWorld::kZhuzhou;
    std::string slot = kWeek;
    std::string filer = "liaison";

    Actor liaison() { return w.at(unit, Role::liaison, filer); }
    Actor receiver(const std::string& person = "clerk") {
        auto actor = w.clerk();
        actor.organization_id = route().receiver_id;
        actor.person_id = person;
        return actor;
    }
    filings::Route route() { return w.route(duty, unit, slot); }
    std::int64_t draft_version() {
        std::int64_t version = 0;
        w.db->read([&](db::Connection& db) { version = filings::store::find_draft(db, filing().id).version; });
        return version;
    }
    filings::Filing filing() { return w.filing(duty, unit, slot); }

    HandingIn asking(const char* parts) {
        HandingIn asked{filing().id, filing().version, draft_version(), {}, false, false, {}};
        if (parts) asked.parts = w.parts(parts);
        return asked;
    }
    Result<Receipt> hand_in(const HandingIn& asked, std::optional<Instant> received = {}) {
        return w.deed<Receipt>(liaison(), [&](Work& work) { return filings::hand_in(work, asked); }, received);
    }
    Result<Receipt> hand_in(const char* parts, std::optional<Instant> received = {}) { return hand_in(asking(parts), received); }
    Result<Receipt> hand_in_empty(std::optional<Instant> received = {}) {
        auto asked = asking("{}");
        asked.gaps = {{"news", "材料还在整理"}};
        return hand_in(asked, received);
    }
    Result<std::vector<RouteNow>> withdraw() {
        return w.deed<std::vector<RouteNow>>(liaison(), [&](Work& work) { return filings::withdraw(work, {filing().id, filing().version, {}}); });
    }
    Result<RouteNow> accept(const std::string& person = "clerk") {
        const Accepting asked{route().id, route().version};
        return w.deed<RouteNow>(receiver(person), [&](Work& work) { return filings::accept(work, asked); });
    }
    Result<RouteNow> give_back(const std::string& reason, std::vector<Anchor> anchors = {}) {
        const Returning asked{route().id, route().version, reason, std::move(anchors)};
        return w.deed<RouteNow>(receiver(), [&](Work& work) { return filings::return_for_correction(work, asked); });
    }
    Result<RouteNow> decide(Result<RouteNow> (*deed)(Work&, const Deciding&), const Actor& actor, const std::string& reason) {
        const Deciding asked{route().id, route().version, reason};
        return w.deed<RouteNow>(actor, [&](Work& work) { return deed(work, asked); });
    }
    Timeliness timeliness() { return filings::judge_route(route().due_at, filings::receipts_of(route()), w.now); }
};

}  // namespace anban::test
