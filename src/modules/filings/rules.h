// Public: what may happen to a filing route, and what its instants mean. Values in, verdict out: no clock, no database.
// The table in README.md of this folder is the law; rules_test.cpp holds this file against it.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>

#include "core/result.h"
#include "core/time.h"

namespace anban::filings {

BOOST_DEFINE_ENUM_CLASS(State, expected, draft, submitted, accepted, returned, withdrawn, not_applicable, excused)

// After acceptance: nothing asked; asked by the filer; granted by the receiver until the amended version is accepted.
BOOST_DEFINE_ENUM_CLASS(Amendment, none, asked, granted)

BOOST_DEFINE_ENUM_CLASS(Deed, save_draft, hand_in, withdraw, return_for_correction, undo_return, accept, ask_amendment,
                        grant_amendment, refuse_amendment, excuse, mark_not_applicable, reinstate, extend)

// On which side of the route the actor sits. office: the pack and the daily job.
BOOST_DEFINE_ENUM_CLASS(Seat, filer, receiver, office, nobody)

struct Situation {
    State state = State::expected;
    Amendment amendment = Amendment::none;
    friend bool operator==(const Situation&, const Situation&) = default;
};

// Where the deed leads; refused with Code::conflict ("filing.deed_not_now", the state in the params) where the table has
// a dot. before: the state that an excused or not applicable route had, for reinstate.
[[nodiscard]] Result<Situation> next(const Situation&, Deed, State before = State::expected);

// Whether that seat may do the deed at all (Code::forbidden).
[[nodiscard]] Verdict refuse_seat(Deed, Seat);

// A reason is compulsory for these deeds; blanks are none (Code::invalid, "filing.reason_missing").
[[nodiscard]] bool needs_reason(Deed);
[[nodiscard]] Verdict refuse_reason(Deed, std::string_view reason);

// One person never decides on the own work: persons are compared, never posts.
[[nodiscard]] Verdict refuse_own_work(Deed, std::string_view actor_person, std::string_view work_of_person);

// A due instant only ever moves later, and only when there is one (domain.md section 4: late is not extended).
[[nodiscard]] Verdict refuse_extension(std::optional<Instant> due, Instant wanted);

BOOST_DEFINE_ENUM_CLASS(Punctuality, no_due, not_yet, overdue, on_time, late)

// received at: nothing received yet when empty. On time iff received <= due, inclusive (decisions.md 4).
[[nodiscard]] Punctuality judge(std::optional<Instant> due, std::optional<Instant> received, Instant now);

// The whole verdict on one route, computed whenever it is asked for.
struct Timeliness {
    Punctuality first_receipt = Punctuality::no_due;     // whatever it held
    bool first_was_empty = false;
    Punctuality counted = Punctuality::no_due;           // the one that counts: see judge_route
    Punctuality accepted_version = Punctuality::no_due;
};
BOOST_DESCRIBE_STRUCT(Timeliness, (), (first_receipt, first_was_empty, counted, accepted_version))

struct Receipts {
    std::optional<Instant> first;           // first receipt
    bool first_was_empty = false;
    std::optional<Instant> first_complete;  // first receipt that was neither empty nor partial
    std::optional<Instant> accepted;        // receipt of the accepted version
};

// What counts is the first complete receipt, or, where the duty says so, the accepted version's receipt (domain.md section 2).
BOOST_DEFINE_ENUM_CLASS(Counts, first_complete, accepted_version)
[[nodiscard]] Timeliness judge_route(std::optional<Instant> due, const Receipts&, Instant now, Counts = Counts::first_complete);

}  // namespace anban::filings
