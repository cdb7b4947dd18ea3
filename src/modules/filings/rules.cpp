#include "modules/filings/rules.h"

#include <algorithm>

#include "core/codec.h"

namespace anban::filings {
namespace {

using S = State;
using A = Amendment;

bool is_open(const Situation& at) {
    return at.amendment == A::none && (at.state == S::expected || at.state == S::draft || at.state == S::returned || at.state == S::withdrawn);
}

// What the filer may still work on: open, or granted an amendment and not under review.
bool is_workable(const Situation& at) {
    return is_open(at) || (at.amendment == A::granted && at.state != S::submitted);
}

std::optional<Situation> when(bool allowed, S state, A amendment = A::none) {
    return allowed ? std::optional(Situation{state, amendment}) : std::nullopt;
}

std::optional<Situation> withdrawn(const Situation& at) {
    if (at.state != S::submitted) return std::nullopt;
    // An accepted version stands behind an amended one: the route falls back to it, the grant stays.
    return at.amendment == A::granted ? Situation{S::accepted, A::granted} : Situation{S::withdrawn, A::none};
}

std::optional<Situation> lead(const Situation& at, Deed deed, S before) {
    switch (deed) {
        case Deed::save_draft: return when(is_workable(at), at.state == S::expected ? S::draft : at.state, at.amendment);
        case Deed::hand_in: return when(is_workable(at), S::submitted, at.amendment);
        case Deed::withdraw: return withdrawn(at);
        case Deed::return_for_correction: return when(at.state == S::submitted, S::returned, at.amendment);
        case Deed::undo_return: return when(at.state == S::returned, S::submitted, at.amendment);
        case Deed::accept: return when(at.state == S::submitted, S::accepted);
        case Deed::ask_amendment: return when(at == Situation{S::accepted, A::none}, S::accepted, A::asked);
        case Deed::grant_amendment: return when(at.amendment == A::asked, S::accepted, A::granted);
        case Deed::refuse_amendment: return when(at.amendment == A::asked, S::accepted, A::none);
        case Deed::excuse: return when(is_open(at), S::excused);
        case Deed::mark_not_applicable: return when(is_open(at), S::not_applicable);
        case Deed::reinstate: return when(at.state == S::excused || at.state == S::not_applicable, before);
        case Deed::extend: return when(is_open(at), at.state);
    }
    return std::nullopt;
}

constexpr std::size_t kLongestReason = 6'000;  // bytes: 2,000 characters; it is kept with every route of a bulk deed, and journalled

bool is_blank(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c <= ' '; });
}

}  // namespace

Result<Situation> next(const Situation& at, Deed deed, State before) {
    if (const auto then = lead(at, deed, before)) return *then;
    return Refusal{Code::conflict, "filing.deed_not_now",
                   {{"deed", std::string(codec::enum_name(deed))},
                    {"state", std::string(codec::enum_name(at.state))},
                    {"amendment", std::string(codec::enum_name(at.amendment))}}, {}, {}};
}

Verdict refuse_seat(Deed deed, Seat seat) {
    bool allowed = false;
    switch (deed) {
        case Deed::save_draft: case Deed::hand_in: case Deed::withdraw: case Deed::ask_amendment:
            allowed = seat == Seat::filer; break;
        case Deed::return_for_correction: case Deed::undo_return: case Deed::accept: case Deed::grant_amendment:
        case Deed::refuse_amendment: case Deed::excuse: case Deed::extend:
            allowed = seat == Seat::receiver; break;
        case Deed::mark_not_applicable: case Deed::reinstate:
            allowed = seat == Seat::receiver || seat == Seat::office; break;
    }
    if (allowed) return std::nullopt;
    return Refusal{Code::forbidden, "filing.not_your_side", {{"deed", std::string(codec::enum_name(deed))}}, {}, {}};
}

bool needs_reason(Deed deed) {
    switch (deed) {
        case Deed::return_for_correction: case Deed::ask_amendment: case Deed::refuse_amendment: case Deed::excuse:
        case Deed::mark_not_applicable: case Deed::reinstate: case Deed::extend: return true;
        case Deed::save_draft: case Deed::hand_in: case Deed::withdraw: case Deed::undo_return: case Deed::accept:
        case Deed::grant_amendment: return false;
    }
    return true;
}

Verdict refuse_reason(Deed deed, std::string_view reason) {
    if (reason.size() > kLongestReason) return Refusal{Code::invalid, "filing.reason_too_long", {{"most", "2000"}}, {}, {}};
    if (!needs_reason(deed) || !is_blank(reason)) return std::nullopt;
    return Refusal{Code::invalid, "filing.reason_missing", {{"deed", std::string(codec::enum_name(deed))}}, {}, {}};
}

Verdict refuse_own_work(Deed deed, std::string_view actor_person, std::string_view work_of_person) {
    if (actor_person != work_of_person) return std::nullopt;
    return Refusal{Code::forbidden, "filing.own_work", {{"deed", std::string(codec::enum_name(deed))}}, {}, {}};
}

Verdict refuse_extension(std::optional<Instant> due, Instant wanted) {
    if (!due) return Refusal{Code::conflict, "filing.no_due_to_extend", {}, {}, {}};
    if (wanted > *due) return std::nullopt;
    return Refusal{Code::invalid, "filing.extension_not_later", {{"due", format_instant(*due)}}, {}, {}};
}

Punctuality judge(std::optional<Instant> due, std::optional<Instant> received, Instant now) {
    if (!due) return Punctuality::no_due;
    if (received) return *received <= *due ? Punctuality::on_time : Punctuality::late;
    return now <= *due ? Punctuality::not_yet : Punctuality::overdue;
}

Timeliness judge_route(std::optional<Instant> due, const Receipts& receipts, Instant now, Counts counts) {
    const auto counted = counts == Counts::first_complete ? receipts.first_complete : receipts.accepted;
    return {judge(due, receipts.first, now), receipts.first_was_empty, judge(due, counted, now), judge(due, receipts.accepted, now)};
}

}  // namespace anban::filings
