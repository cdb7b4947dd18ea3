// Items: articles with pictures (H5), typical cases (H6) and whatever a pack asks for one by one. Each is handed in on its own,
// counts at once for its unit's quota, and can be returned on its own. A county's item can be passed up under the city's
// name; where it came from stays (H10).
//
// Who may: the unit itself writes and hands in (Right::items_write); the receiver of the duty returns (Right::filings_review);
// who has the unit in scope reads. Refused: text with a secrecy marking (H7), fewer pictures than the form asks, more items
// than the quota's maximum, a version that is not the present one, withdrawing or returning what stands inside a filing under review or
// accepted (that filing is withdrawn or returned instead), returning or undoing a return of what the same person handed in,
// deeds that the state does not allow. Undoing a return hands the item in again, so it asks content and quota again; who receives
// is who does so today:
//
//   draft -> handed_in -> returned -> handed_in      handed_in -> withdrawn -> handed_in      returned -> handed_in (undo)
//
// A quota counts what is handed in and not returned, in the calendar month (Beijing) of the handing in.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "platform/api/api.h"
#include "platform/api/work.h"

namespace anban::items {

BOOST_DEFINE_ENUM_CLASS(State, draft, handed_in, returned, withdrawn)

struct Picture {
    std::string attachment_id;
    std::string caption;
    BOOST_DESCRIBE_CLASS(Picture, (), (attachment_id, caption), (), ())
};

struct Item {
    std::string id;
    std::string campaign_id;
    std::string duty;
    std::string part;
    std::string category;
    std::string organization_id;
    std::string organization_name;
    std::string origin_id;
    std::string origin_name;
    std::string title;
    std::vector<std::string> paragraphs;
    CivilDate happened_on;
    std::vector<Picture> pictures;
    State state = State::draft;
    std::optional<Instant> handed_in_at;
    std::string return_reason;
    std::int64_t version = 0;
    BOOST_DESCRIBE_CLASS(Item, (), (id, campaign_id, duty, part, category, organization_id, organization_name, origin_id, origin_name,
                                    title, paragraphs, happened_on, pictures, state, handed_in_at, return_reason, version), (), ())
};

struct Writing {
    std::optional<std::string> id;              // none: a new one
    std::optional<std::int64_t> version;        // with id
    std::string duty;
    std::string part;
    std::string category;                       // of the form's categories; '' when it has none
    std::optional<std::string> origin_id;       // a unit below, whose item it is
    std::string title;
    std::vector<std::string> paragraphs;
    CivilDate happened_on;
    std::vector<Picture> pictures;
    bool hand_in = false;
    BOOST_DESCRIBE_CLASS(Writing, (), (id, version, duty, part, category, origin_id, title, paragraphs, happened_on, pictures, hand_in), (), ())
};

struct Deciding {
    std::int64_t version = 0;
    std::string reason;
    BOOST_DESCRIBE_CLASS(Deciding, (), (version, reason), (), ())
};

[[nodiscard]] Result<Item> write(Work&, const std::string& campaign_id, const Writing&);
[[nodiscard]] Result<Item> hand_in(Work&, const std::string& id, std::int64_t version);
[[nodiscard]] Result<Item> withdraw(Work&, const std::string& id, std::int64_t version);
[[nodiscard]] Result<Item> return_for_correction(Work&, const std::string& id, const Deciding&);  // reason compulsory
[[nodiscard]] Result<Item> undo_return(Work&, const std::string& id, std::int64_t version);

struct ListQuery {
    std::optional<std::string> duty;
    std::optional<std::string> organization;
    std::optional<State> state;
    std::optional<std::string> month;   // 2023-03: handed in within it
    std::optional<std::string> before;  // id, "next" of the page before
    std::optional<int> limit;           // 1..200, default 50
    BOOST_DESCRIBE_CLASS(ListQuery, (), (duty, organization, state, month, before, limit), (), ())
};

struct Page {
    std::vector<Item> items;            // newest first; drafts only to their own unit
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(Page, (), (items, next), (), ())
};
[[nodiscard]] Result<Page> list(View&, const std::string& campaign_id, const ListQuery&);

// How far each unit of the scope is in a month. Units that owe the duty, in official order; nothing handed in is 0, not absent.
struct Meter {
    std::string organization_id;
    std::string name;
    std::int64_t count = 0;
    std::int64_t returned = 0;
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    bool met = false;
    BOOST_DESCRIBE_CLASS(Meter, (), (organization_id, name, count, returned, min, max, met), (), ())
};

struct MeterQuery {
    std::string duty;
    std::string month;
    BOOST_DESCRIBE_CLASS(MeterQuery, (), (duty, month), (), ())
};

struct Meters {
    std::string month;
    std::string unit;  // 篇
    std::vector<Meter> meters;
    BOOST_DESCRIBE_CLASS(Meters, (), (month, unit, meters), (), ())
};
[[nodiscard]] Result<Meters> read_meters(View&, const std::string& campaign_id, const MeterQuery&);

// By id, whatever the scope: for modules that have decided already.
[[nodiscard]] std::optional<Item> find(db::Connection&, std::string_view id);

// Holds these items for the rest of the transaction: nobody withdraws, returns or takes one into another filing meanwhile.
void hold(db::Connection&, std::vector<std::string> ids);

// What counts for one unit in one month.
[[nodiscard]] std::int64_t count_handed_in(db::Connection&, const std::string& campaign_id, const std::string& duty,
                                           const std::string& organization_id, std::string_view month);

// Likewise between two days, both included.
[[nodiscard]] std::int64_t count_handed_in(db::Connection&, const std::string& campaign_id, const std::string& duty,
                                           const std::string& organization_id, CivilDate from, CivilDate to);

void add_routes(api::Api&);

}  // namespace anban::items
