// What pages show of filings. Everything lies in the actor's scope, or is "not there": the own unit, the units below it, and
// whatever leads to the own organization as its receiver. A draft is seen by its own unit alone.
#pragma once

#include "modules/filings/content.h"
#include "modules/filings/filings.h"
#include "modules/filings/offered.h"

namespace anban::filings {

struct ReturnLine {
    std::string reason;
    std::vector<Anchor> anchors;
    std::string by;
    Instant at;
};
BOOST_DESCRIBE_STRUCT(ReturnLine, (), (reason, anchors, by, at))

struct RouteLine {
    std::string id;
    std::string receiver_id;
    std::string receiver;
    std::optional<Instant> due_at;
    bool due_has_hour = false;
    std::optional<Instant> first_due_at;  // as first issued; differs once the due moved
    std::string due_reason;
    State state = State::expected;
    Amendment amendment = Amendment::none;
    bool nil = false;
    bool partial = false;
    bool restated = false;
    std::optional<std::string> submission_id;
    std::optional<std::string> accepted_submission_id;  // the authoritative one
    std::optional<Instant> first_received_at;
    bool first_was_empty = false;
    std::optional<Instant> received_at;
    std::optional<Instant> accepted_at;
    Timeliness timeliness;
    std::optional<ReturnLine> returned;  // while it is returned
    std::vector<Deed> may;               // what the actor may do now
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(RouteLine, (), (id, receiver_id, receiver, due_at, due_has_hour, first_due_at, due_reason, state, amendment, nil,
                                      partial, restated, submission_id, accepted_submission_id, first_received_at, first_was_empty,
                                      received_at, accepted_at, timeliness, returned, may, version))

// What a filing on event is about. In the head of one that was begun with an instant or a name.
struct HappenedEvent {
    std::optional<Instant> at;  // as the reporter says
    std::string name;
    std::string starts;         // of the duty: what starts the clock, 接报
    std::optional<campaigns::EventClock> clock;  // the duty's; a receiver's own shows in its due
};
BOOST_DESCRIBE_STRUCT(HappenedEvent, (), (at, name, starts, clock))

struct FilingHead {
    std::string id;
    std::string campaign_id;
    std::string duty;
    std::string title;
    std::string section;  // basis
    std::string clause;
    std::string organization_id;
    std::string organization;
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    bool nil_allowed = false;
    Counts counts = Counts::first_complete;  // which receipt lateness counts
    std::int64_t version = 0;
    std::optional<HappenedEvent> event;
};
BOOST_DESCRIBE_STRUCT(FilingHead, (), (id, campaign_id, duty, title, section, clause, organization_id, organization, slot, window_from,
                                       window_to, nil_allowed, counts, version, event))

// --- my work (待办) ---------------------------------------------------------------------------------------------------

// Of a duty that is nothing but items with a number to reach: handed in and not returned within the filing's window.
struct QuotaLine {
    std::int64_t count = 0;
    std::int64_t min = 0;
    std::string unit;
    bool met = false;
};
BOOST_DESCRIBE_STRUCT(QuotaLine, (), (count, min, unit, met))

struct WorkLine {
    FilingHead filing;
    std::vector<RouteLine> routes;
    std::optional<Instant> due_at;  // the earliest of the routes that are still to be handed in
    std::int64_t parts_done = 0;    // of the draft
    std::int64_t parts_asked = 0;   // without the optional ones
    std::optional<QuotaLine> quota;
};
BOOST_DESCRIBE_STRUCT(WorkLine, (), (filing, routes, due_at, parts_done, parts_asked, quota))

// Beijing days; the week ends on Sunday. Ordered by due instant; without one in `later`, by the window's end. A filing with a
// number to reach is done once the number is reached, and without a due it is judged by its window's end.
struct MyWork {
    Instant now;
    std::vector<WorkLine> to_mend;  // returned, and its lateness is decided (in time, late, or never asked): it waits for a mended version
    std::vector<WorkLine> overdue;
    std::vector<WorkLine> today;
    std::vector<WorkLine> this_week;
    std::vector<WorkLine> later;
    std::vector<WorkLine> under_review;
    std::vector<WorkLine> done;  // the newest 20
    std::int64_t returned = 0;   // among the first five
    std::int64_t to_review = 0;  // as a receiver
};
BOOST_DESCRIBE_STRUCT(MyWork, (), (now, to_mend, overdue, today, this_week, later, under_review, done, returned, to_review))
[[nodiscard]] Result<MyWork> my_work(View&);

// --- one filing ---------------------------------------------------------------------------------------------------------

struct SubmissionLine {
    std::string id;
    std::int64_t number = 0;
    std::string receipt_number;
    std::string digest;
    Instant received_at;
    std::string submitted_by;  // the post
    bool nil = false;
    bool partial = false;
    bool empty = false;
    std::optional<std::string> amends;
    std::string amend_reason;
};
BOOST_DESCRIBE_STRUCT(SubmissionLine, (), (id, number, receipt_number, digest, received_at, submitted_by, nil, partial, empty, amends, amend_reason))

struct EventLine {
    std::string route_id;
    Deed deed = Deed::save_draft;
    State from = State::expected;
    State to = State::expected;
    std::optional<std::string> submission_id;
    std::string by;  // the post
    Instant at;
    std::string reason;
    std::vector<Anchor> anchors;
};
BOOST_DESCRIBE_STRUCT(EventLine, (), (route_id, deed, from, to, submission_id, by, at, reason, anchors))

struct DraftLine {
    std::int64_t version = 0;  // 0: none yet
    std::string saved_by;
    std::optional<Instant> saved_at;
    json::object parts;
};
BOOST_DESCRIBE_STRUCT(DraftLine, (), (version, saved_by, saved_at, parts))

struct OpenedFiling {
    FilingHead filing;
    std::vector<RouteLine> routes;
    std::vector<campaigns::PartDefinition> parts;  // asked in this window
    std::map<std::string, json::value> forms;      // definitions by digest
    DraftLine draft;                               // own unit only
    std::vector<PartReport> report;                // the draft examined, with cells that arrive filled; own unit only
    std::vector<SubmissionLine> submissions;       // oldest first
    std::vector<EventLine> events;                 // oldest first
    std::vector<BelowLine> below;                  // not accepted yet, by name
};
BOOST_DESCRIBE_STRUCT(OpenedFiling, (), (filing, routes, parts, forms, draft, report, submissions, events, below))
[[nodiscard]] Result<OpenedFiling> open(View&, const std::string& filing_id);

// What the parts would be if they were handed in now; nothing is kept.
struct Checked {
    std::vector<PartReport> parts;
    std::vector<std::string> missing;
    bool ready = false;
};
BOOST_DESCRIBE_STRUCT(Checked, (), (parts, missing, ready))
[[nodiscard]] Result<Checked> check(View&, const std::string& filing_id, const json::object& parts);

struct SubmissionWhole {
    SubmissionLine submission;
    FilingHead filing;
    json::value content;  // as stored, parsed
};
BOOST_DESCRIBE_STRUCT(SubmissionWhole, (), (submission, filing, content))
[[nodiscard]] Result<SubmissionWhole> load_submission(View&, const std::string& filing_id, std::int64_t number);

// --- review ---------------------------------------------------------------------------------------------------------------

struct ReviewQuery {
    std::optional<std::string> campaign;
    std::optional<std::string> duty;
    std::optional<std::string> slot;
    std::optional<std::string> organization;
    std::optional<State> state;         // submitted when absent
    std::optional<Amendment> amendment; // asked: requests waiting for a decision; then state does not matter
    std::optional<std::string> after;   // the `next` of the page before
    std::optional<std::int64_t> limit;  // 1..200, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ReviewQuery, (), (campaign, duty, slot, organization, state, amendment, after, limit))

struct ReviewLine {
    FilingHead filing;
    RouteLine route;
    std::optional<SubmissionLine> submission;
};
BOOST_DESCRIBE_STRUCT(ReviewLine, (), (filing, route, submission))

struct ReviewPage {
    std::vector<ReviewLine> lines;  // what waits longest first
    std::optional<std::string> next;
    std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(ReviewPage, (), (lines, next, total))
[[nodiscard]] Result<ReviewPage> list_to_review(View&, const ReviewQuery&);

}  // namespace anban::filings
