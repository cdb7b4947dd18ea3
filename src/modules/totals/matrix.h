// The matrix organization × window of one duty, with the missing by name. Names first, rates second; 0/0 is "—".
//
// Who may: Right::matrix_read. A receiver sees its reporters; everybody else sees the own row and those below it. What is
// outside the scope is "not there". Lateness and overdue are computed from the frozen due instants and the receipts.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/time.h"
#include "modules/filings/rules.h"
#include "platform/api/work.h"

namespace anban::totals {

// How a route reads at an instant. Each is in exactly one of these; their sum is what was expected, whatever happens to the
// units in between (anchor-failures 6).
// Of a duty that is nothing but items with a number to reach, accepted means that the number is reached (quota.h).
BOOST_DEFINE_ENUM_CLASS(Reading, accepted, submitted, returned, expected, overdue, excused, not_applicable)

// overdue: nothing is with the receiver and the due instant has passed; a draft and a withdrawn filing are nothing received.
[[nodiscard]] Reading reading_of(filings::State, std::optional<Instant> due_at, Instant now);

// In per cent with one decimal, half up; "—" when the whole is nothing (anchor-failures 22).
[[nodiscard]] std::string rate_text(std::int64_t part, std::int64_t whole);

struct MatrixWindow {
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    std::optional<Instant> due_at;  // as most routes that are owed have it, like the window; one with an extension has its own
    // Counts over all organizations, not only over the page's.
    std::int64_t owed = 0;  // accepted + submitted + returned + expected + overdue
    std::int64_t accepted = 0;
    std::int64_t submitted = 0;
    std::int64_t returned = 0;
    std::int64_t expected = 0;
    std::int64_t overdue = 0;
    std::int64_t excused = 0;
    std::int64_t not_applicable = 0;
    std::int64_t late = 0;  // complete, but after the due
    std::int64_t nil = 0;
    std::string rate;  // accepted and submitted of owed
    BOOST_DESCRIBE_CLASS(MatrixWindow, (), (slot, window_from, window_to, due_at, owed, accepted, submitted, returned, expected,
                                             overdue, excused, not_applicable, late, nil, rate), (), ())
};

struct MatrixCell {
    std::string slot;
    std::string route_id;
    std::string filing_id;
    Reading reading = Reading::expected;
    filings::State state = filings::State::expected;
    filings::Timeliness timeliness;
    bool nil = false;
    bool partial = false;
    bool restated = false;
    std::optional<Instant> due_at;
    std::optional<Instant> first_received_at;
    BOOST_DESCRIBE_CLASS(MatrixCell, (), (slot, route_id, filing_id, reading, state, timeliness, nil, partial, restated, due_at,
                                           first_received_at), (), ())
};

struct MatrixRow {
    std::string organization_id;
    std::string name;
    std::string level;
    std::vector<MatrixCell> cells;  // in the order of the windows; a window in which it owed nothing has no cell
    std::int64_t judged = 0;        // owed, with a due that has passed or a receipt
    std::int64_t in_time = 0;
    std::string in_time_rate;
    BOOST_DESCRIBE_CLASS(MatrixRow, (), (organization_id, name, level, cells, judged, in_time, in_time_rate), (), ())
};

struct Missing {
    std::string organization_id;
    std::string name;
    std::string route_id;
    std::string filing_id;
    Reading reading = Reading::expected;
    filings::State state = filings::State::expected;
    std::optional<Instant> due_at;
    BOOST_DESCRIBE_CLASS(Missing, (), (organization_id, name, route_id, filing_id, reading, state, due_at), (), ())
};

struct Matrix {
    std::string campaign_id;
    std::string duty;
    std::string duty_title;
    std::string receiver_id;
    std::string receiver_name;
    std::vector<MatrixWindow> windows;
    std::vector<MatrixRow> rows;
    std::int64_t row_count = 0;          // over all pages
    std::optional<std::int64_t> next;    // hand in as "after" for the next page; null at the end
    std::string missing_slot;
    std::vector<Missing> missing;        // of that window, every one, in official order
    BOOST_DESCRIBE_CLASS(Matrix, (), (campaign_id, duty, duty_title, receiver_id, receiver_name, windows, rows, row_count, next,
                                       missing_slot, missing), (), ())
};

struct MatrixQuery {
    std::string duty;
    std::optional<std::string> receiver;  // default: the own organization where it receives this duty, else who it hands in to
    std::optional<std::string> slot;      // whose missing are named; default: the newest window already due, else the first
    std::optional<CivilDate> from;        // windows by their last day; default: the newest 52
    std::optional<CivilDate> to;
    std::optional<std::int64_t> after;
    std::optional<int> limit;             // rows a page, 1..200, default 50
    BOOST_DESCRIBE_CLASS(MatrixQuery, (), (duty, receiver, slot, from, to, after, limit), (), ())
};

// Refused: totals.nothing_here (no such duty, campaign or receiver, or outside the scope), totals.limit.
[[nodiscard]] Result<Matrix> read_matrix(View&, const std::string& campaign_id, const MatrixQuery&);

}  // namespace anban::totals
