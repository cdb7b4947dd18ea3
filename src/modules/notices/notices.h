// Public: reads a notice and says what it asks to be reported, each duty with the sentence that it comes from. Rules of our own,
// no network, no state: any bytes in, an answer out. docs/notices.md tells the grammar and the spelling of `due`.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/notices/things.h"
#include "modules/notices/times.h"

namespace anban::notices {

struct Duty {
    std::string quote;                     // an exact substring of the text as read
    std::int64_t from = 0, to = 0;         // its place, in Unicode code points, end exclusive
    std::vector<std::string> materials;
    std::string reporters, recipient;      // in the notice's words, several joined by 、; empty: not said
    Recurrence recurrence = Recurrence::once;
    std::optional<std::string> due;
    std::optional<std::string> active_from, active_to;  // 2023-03-01
    std::optional<int> quota_min, quota_max;
    std::optional<std::string> quota_unit, quota_per;
    std::vector<std::string> papers;       // e-copy, stamped-scan, paper, video, photo
    std::optional<std::string> window_rule;
    bool nil = false;                      // "nothing to report" must be said
    bool soft = false;                     // 及时, 定期, 随时: no clock
    std::optional<std::string> event;      // what starts the clock
    bool optional = false;                 // it is doubtful that anything is owed
    double confidence = 0;                 // 0 to 1, for ordering and colouring only
    std::vector<std::string> repairs;      // damaged figures and their readings
    std::vector<std::string> why;          // which words made it a duty
    std::string section;                   // 一(二)
    // What its due may be where the text is damaged and nothing tells which is meant: somebody must be asked. `due` is the first.
    std::optional<std::vector<std::string>> due_readings;
};
BOOST_DESCRIBE_STRUCT(Duty, (), (quote, from, to, materials, reporters, recipient, recurrence, due, active_from, active_to, quota_min, quota_max, quota_unit, quota_per,
                                 papers, window_rule, nil, soft, event, optional, confidence, repairs, why, section, due_readings))

// One paper of a file that holds several: a cover letter, the plan that it sends along.
struct Paper {
    std::string title, doc_number, issuer;   // its own; empty: not written
    std::optional<std::string> issue_date;
    std::int64_t from = 0, to = 0;           // in code points; together the papers cover the text
};
BOOST_DESCRIBE_STRUCT(Paper, (), (title, doc_number, issuer, issue_date, from, to))

struct Extract {
    std::string title, doc_number, issuer;
    std::string addressees;                // as the notice writes them, without the colon
    std::optional<std::string> issue_date;
    std::vector<Duty> duties;
    std::vector<Duty> office_will;         // what the office itself will do, kept apart
    std::vector<Paper> papers;             // at least one; the head fields above are those of the first
    std::vector<Phase> phases;
    std::vector<WorkLine> work_lines;
    std::vector<GroupRole> leading_group;
    std::vector<Sector> sectors;
    std::vector<LedgerForm> ledger_columns;
    std::vector<EvaluationPoint> evaluation;
    std::vector<KeyDate> key_dates;
    std::vector<Replaced> replaces;
};
BOOST_DESCRIBE_STRUCT(Extract, (), (title, doc_number, issuer, addressees, issue_date, duties, office_will, papers, phases, work_lines, leading_group,
                                    sectors, ledger_columns, evaluation, key_dates, replaces))

// The bytes as text, UTF-8: what the places of an extract count. Any bytes; what can not be read becomes U+FFFD.
[[nodiscard]] std::string text_as_read(std::string_view bytes);

// issued: 2023-03-10, for a text that shows no day of its own.
[[nodiscard]] Extract extract(std::string_view bytes, const std::optional<std::string>& issued = {});

}  // namespace anban::notices
