// What is owed, handed in, returned, accepted: the deeds. README.md of this folder holds the transition table.
//
// Every deed: outside the actor's scope not_found ("filing.unknown"); the wrong side forbidden; a version older than the
// present one conflict ("filing.changed_meanwhile", with the present state); a dot of the table conflict
// ("filing.deed_not_now"). Each writes exactly one journal line in its own transaction. Instants are the business clock's;
// lateness is judged by Work.received alone: nothing that a client says about its arrival is ever read (anchor-failures 5). Only what an
// event's clock starts with is the reporter's word (issue.h).
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "modules/filings/rules.h"
#include "platform/api/work.h"

namespace anban::filings {

// A route as it stands after a deed.
struct RouteNow {
    std::string id;
    std::string filing_id;
    State state = State::expected;
    Amendment amendment = Amendment::none;
    std::int64_t version = 0;         // of the route
    std::int64_t filing_version = 0;  // of the filing
};
BOOST_DESCRIBE_STRUCT(RouteNow, (), (id, filing_id, state, amendment, version, filing_version))

// Where a return points: "statistics:r1.c3" a cell, "statistics:r1" a row, "statistics" a part; paragraphs "narrative:p2".
struct Anchor {
    std::string path;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(Anchor, (), (path, note))

struct Accepting { std::string route_id; std::int64_t version = 0; };
struct Returning { std::string route_id; std::int64_t version = 0; std::string reason; std::vector<Anchor> anchors; };
struct Deciding { std::string route_id; std::int64_t version = 0; std::string reason; };
struct Extending { std::string route_id; std::int64_t version = 0; std::string reason; Instant due; };

// Receiver's side. Accepting makes the newest version the authoritative one and writes its tables' vectors; after an
// amendment the route reads restated. The person who handed in is refused.
[[nodiscard]] Result<RouteNow> accept(Work&, const Accepting&);

// Receiver's side. Reason compulsory; every anchor must name a part of the filing. The clock keeps running.
[[nodiscard]] Result<RouteNow> return_for_correction(Work&, const Returning&);
[[nodiscard]] Result<RouteNow> undo_return(Work&, const Deciding&);  // the returned version is under review again

// Filer's side: after acceptance, with a reason. Then the receiver grants or refuses; never the person who asked.
[[nodiscard]] Result<RouteNow> ask_amendment(Work&, const Deciding&);
[[nodiscard]] Result<RouteNow> grant_amendment(Work&, const Deciding&);
[[nodiscard]] Result<RouteNow> refuse_amendment(Work&, const Deciding&);

// Receiver's side, with a reason. reinstate gives an excused or not applicable route its former state back.
[[nodiscard]] Result<RouteNow> excuse(Work&, const Deciding&);
[[nodiscard]] Result<RouteNow> mark_not_applicable(Work&, const Deciding&);
[[nodiscard]] Result<RouteNow> reinstate(Work&, const Deciding&);
[[nodiscard]] Result<RouteNow> extend(Work&, const Extending&);

// Many at once: each through the very same gate as a single one (anchor-failures 10), each with its own verdict. The good
// ones stand whatever happens to the others. At most 500.
struct OneVerdict {
    std::string route_id;
    bool done = false;
    std::optional<RouteNow> now;
    std::string refusal;                       // message key when not done
    std::map<std::string, std::string> params;
};
BOOST_DESCRIBE_STRUCT(OneVerdict, (), (route_id, done, now, refusal, params))
struct Verdicts {
    std::vector<OneVerdict> verdicts;
};
BOOST_DESCRIBE_STRUCT(Verdicts, (), (verdicts))
[[nodiscard]] Result<Verdicts> accept_all(Work&, const std::vector<Accepting>&);
[[nodiscard]] Result<Verdicts> return_all(Work&, const std::vector<Returning>&);

// Filer's side: takes back what is under review on every route of the filing (or on the one named). What was taken back was
// never received in time: when it was the first complete receipt, that receipt is forgotten, and lateness is judged by the
// version that is handed in next. A return, the receiver's deed, keeps the first complete receipt.
struct Withdrawing { std::string filing_id; std::int64_t version = 0; std::optional<std::string> route_id; };
[[nodiscard]] Result<std::vector<RouteNow>> withdraw(Work&, const Withdrawing&);

// --- filling and handing in -------------------------------------------------------------------------------------------

// Filer's side, while the table lets it. parts replaces the parts that it names and leaves the others; null empties one.
// version: of the draft, 0 when there is none yet; stale is conflict ("filing.draft_changed_meanwhile"). Text with a secrecy
// marking never enters (H7).
struct SavingDraft { std::string filing_id; std::int64_t version = 0; json::object parts; };
struct SavedDraft {
    std::int64_t version = 0;         // of the draft
    std::int64_t filing_version = 0;
    Instant saved_at;
};
BOOST_DESCRIBE_STRUCT(SavedDraft, (), (version, filing_version, saved_at))
[[nodiscard]] Result<SavedDraft> save_draft(Work&, const SavingDraft&);

struct NamedGap {
    std::string part;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(NamedGap, (), (part, reason))

// Versions of one filing; more is conflict ("filing.too_many_versions").
constexpr std::int64_t kMostVersions = 500;

// Filer's side. Hands the draft in to every route that the table lets move; with parts, what these bring is saved as the draft
// first, which asks Right::filings_fill too (a unit's leader hands in what others filled). nil: nothing to report, explicitly confirmed. gaps: parts that are not in, each with its reason: a partial report.
// Refused with every reason at once ("filing.not_ready"): parts missing and not named, papers missing, figures that contradict
// each other, differences without an explanation. What is handed in is stored as canonical bytes, never overwritten.
struct HandingIn {
    std::string filing_id;
    std::int64_t version = 0;                    // of the filing
    std::int64_t draft_version = 0;              // the draft that the filer looked at, 0 when there is none; stale is conflict
    std::optional<json::object> parts;
    bool nil = false;
    bool confirmed = false;
    std::vector<NamedGap> gaps;
};

struct RouteReceipt {
    RouteNow route;
    Timeliness timeliness;
};
BOOST_DESCRIBE_STRUCT(RouteReceipt, (), (route, timeliness))

struct Receipt {
    std::string number;      // of the receipt, for people
    std::string filing_id;
    std::string submission_id;
    std::int64_t submission_number = 0;
    Instant received_at;     // the server's
    std::string digest;      // SM3 over exactly the stored bytes, hex
    bool nil = false;
    bool partial = false;
    bool empty = false;
    std::vector<RouteReceipt> routes;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (number, filing_id, submission_id, submission_number, received_at, digest, nil, partial, empty, routes))
[[nodiscard]] Result<Receipt> hand_in(Work&, const HandingIn&);

}  // namespace anban::filings
