// Every statement on filings, filing_routes, route_events, drafts and submissions. No rights, no rules: the deeds ask first.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/time.h"
#include "modules/filings/rules.h"
#include "platform/api/work.h"

namespace anban::filings {

struct Filing {
    std::string id;
    std::string campaign_id;
    std::string duty;
    std::string duty_version_id;
    std::string organization_id;
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    Instant issued_at;
    std::int64_t version = 0;  // rises with every deed on the filing or on any of its routes
    std::optional<Instant> event_at;  // on event: when it was or will be, to the minute; as the reporter says
    std::string event_name;           // short; '' where the reporter gave none
};

struct Route {
    std::string id;
    std::string filing_id;
    std::string campaign_id;
    std::string duty;
    std::string organization_id;
    std::string receiver_id;
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    std::optional<Instant> due_at;        // last instant on time, inclusive
    bool due_has_hour = false;
    std::optional<Instant> first_due_at;  // as first issued
    std::string due_reason;
    Situation at;
    bool nil = false;
    bool partial = false;
    std::optional<std::string> submission_id;           // the newest handed in on this route
    std::optional<std::string> accepted_submission_id;  // the authoritative one
    std::optional<Instant> first_received_at;
    bool first_was_empty = false;
    std::optional<Instant> first_complete_at;
    std::optional<Instant> received_at;
    std::optional<Instant> accepted_received_at;
    std::optional<Instant> accepted_at;
    bool restated = false;
    std::int64_t version = 0;
};

[[nodiscard]] inline Receipts receipts_of(const Route& r) {
    return {r.first_received_at, r.first_was_empty, r.first_complete_at, r.accepted_received_at};
}

// A version without what it holds: up to kMostVersions of them stand in one filing, each of up to some megabytes.
struct SubmissionHead {
    std::string id;
    std::string filing_id;
    std::int64_t number = 0;
    std::string digest;   // SM3 over exactly the bytes of the content, hex
    std::string receipt_number;
    bool nil = false;
    bool partial = false;
    bool empty = false;
    std::optional<std::string> amends;
    std::string amend_reason;
    std::optional<std::string> amend_approved_by;
    std::string submitted_by;
    std::string submitted_by_name;
    Instant received_at;
};

struct Submission : SubmissionHead {
    std::string content;  // canonical JSON: exactly the bytes that the digest is over
};

struct Draft {
    std::string content = "{}";
    std::string saved_by_name;
    Instant saved_at;
    std::int64_t version = 0;  // 0: never saved
};

struct Event {
    std::string id;
    Deed deed = Deed::save_draft;
    State from = State::expected;
    State to = State::expected;
    std::optional<std::string> submission_id;
    std::string person_id;
    std::string actor_name;
    std::string organization_id;
    Instant at;
    std::string reason;
    std::string anchors = "[]";
};

// What a deed says beside where it leads.
struct Said {
    std::string reason;
    std::string anchors = "[]";
};

namespace store {

// Holds the filing's row for the rest of the transaction, so that two deeds on it, or on any of its routes, follow one
// another. What is read afterwards is current. Nothing is changed.
void hold(db::Connection&, std::string_view filing_id);
// The same, and the filing as it then stands.
[[nodiscard]] std::optional<Filing> find_and_hold(db::Connection&, std::string_view filing_id);

[[nodiscard]] std::optional<Filing> find(db::Connection&, std::string_view id);
[[nodiscard]] std::optional<Filing> find_by_slot(db::Connection&, std::string_view campaign_id, std::string_view duty,
                                                 std::string_view organization_id, std::string_view slot);
[[nodiscard]] std::optional<Route> find_route(db::Connection&, std::string_view id);
[[nodiscard]] std::vector<Route> routes_of(db::Connection&, std::string_view filing_id);

// Routes chosen by conditions put together in the code, "and r.receiver_id = $1"; columns of filing_routes are r.*.
[[nodiscard]] std::vector<Route> list_routes(db::Connection&, const std::string& name, const std::string& conditions, const db::Values&);

void add(db::Connection&, const Filing&);
void add_route(db::Connection&, const Route&);

// Stores the route as it now is, adds the transition to its history, and lifts the versions of route and filing (the
// route's in the value too). before: the state it comes from.
void move(Work&, Route&, State before, Deed, const Said&);

[[nodiscard]] std::vector<Event> events_of(db::Connection&, std::string_view route_id);  // oldest first
[[nodiscard]] std::optional<Event> last_event(db::Connection&, std::string_view route_id, Deed);

[[nodiscard]] Draft find_draft(db::Connection&, std::string_view filing_id);
// False: somebody saved in between.
[[nodiscard]] bool save_draft(Work&, std::string_view filing_id, const std::string& content, std::int64_t version);
void refit_draft(db::Connection&, std::string_view filing_id, const std::string& content);  // its author stays

[[nodiscard]] std::optional<Submission> find_submission(db::Connection&, std::string_view id);
[[nodiscard]] std::optional<Submission> find_submission(db::Connection&, std::string_view filing_id, std::int64_t number);
[[nodiscard]] std::optional<SubmissionHead> find_submission_head(db::Connection&, std::string_view id);
[[nodiscard]] std::vector<SubmissionHead> submissions_of(db::Connection&, std::string_view filing_id);  // oldest first
void add_submission(db::Connection&, const Submission&);
[[nodiscard]] std::int64_t next_submission_number(db::Connection&, std::string_view filing_id);

// Whether the item travels inside another filing that is under review, accepted or returned. One item is in one filing.
[[nodiscard]] bool stands_in_another(db::Connection&, std::string_view filing_id, std::string_view item_id);

// Items that travel inside this filing: these from now on, and no others any more, unless a version with them is accepted.
void bind_items(db::Connection&, std::string_view filing_id, const std::vector<std::string>& item_ids);

}  // namespace store
}  // namespace anban::filings
