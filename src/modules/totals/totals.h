// Totals that open: province -> city -> county -> the cell of a filing. The official total of a node is the sum over the
// accepted filings of its direct reporters; the recount from the bottom stands beside it, and where the two differ the
// unit is named (decisions.md 10, 11). Both are exact and as new as the last acceptance.
//
// Who may: Right::totals_read, for a node in the actor's scope; another's is "not there". Figures are texts: "" nobody said
// anything, "nil" nothing to report, "—" no such rate, else the decimal. as_of: as it stood then, whatever happened since: the
// figures, and each unit's state, from the history of its route; what was not issued yet was not owed.
//
// Tens of thousands may report to one node: everything is counted and added over all of them, names come in pages. The pages put
// together are everybody of that filter, each once, as long as nobody's state changes; where one does, the others still come once
// each (missing_first and largest apart, which order by what changes: their later pages are better asked by filter).
//
// A window whose counted tables are of several versions of the form is shown in the newest of them with the columns and rows that
// only the older ones have behind it; everything adds by name.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "modules/filings/rules.h"
#include "modules/forms/forms.h"
#include "modules/totals/matrix.h"
#include "platform/api/work.h"

namespace anban::totals {

// Which direct reporters are named, and in which order. Each is in exactly one of missing (owes the table and is not in the total,
// whatever stands in the way), nil (its "nothing to report" is accepted: it brings no figure and is not missing), counted (its accepted
// figures are in the total) and not_owed (excused or not applicable). all: in official order; missing_first: all, group by group, each
// group in official order.
BOOST_DEFINE_ENUM_CLASS(Show, all, missing_first, missing, nil, counted, not_owed)

// largest: by the figure that each brings, the largest first, who brings none last; equal ones in official order.
BOOST_DEFINE_ENUM_CLASS(Order, official, largest)

struct TotalsQuery {
    std::string duty;
    std::string part;
    std::string slot;
    std::optional<std::string> node;   // default: the own organization where it receives, else the campaign's office
    std::optional<Instant> as_of;
    std::optional<Show> show;          // default: all
    std::optional<std::string> after;  // "next" of the page before
    std::optional<int> limit;          // names a page, 1..500, default 200
    BOOST_DESCRIBE_CLASS(TotalsQuery, (), (duty, part, slot, node, as_of, show, after, limit), (), ())
};

// One direct reporter of the node.
struct Contributor {
    std::string organization_id;
    std::string name;
    std::string filing_id;
    std::string route_id;
    Reading reading = Reading::expected;
    bool counted = false;    // its accepted figures are in the total
    bool nil = false;
    bool restated = false;
    bool opens = false;      // it has reporters of its own for the same table
    BOOST_DESCRIBE_CLASS(Contributor, (), (organization_id, name, filing_id, route_id, reading, counted, nil, restated, opens), (), ())
};

struct CellDifference {
    std::string cell;
    std::string official;
    std::string recount;
    BOOST_DESCRIBE_CLASS(CellDifference, (), (cell, official, recount), (), ())
};

struct Difference {
    std::string organization_id;
    std::string name;
    bool counted = false;                    // its own table is in the total
    std::vector<CellDifference> cells;       // without the running totals
    std::vector<CellDifference> cumulative;  // columns that carry earlier windows on: they repeat what those already showed
    BOOST_DESCRIBE_CLASS(Difference, (), (organization_id, name, counted, cells, cumulative), (), ())
};

// A column or row that only older versions of the form have, and who is in it: the units whose counted table is of such a version.
struct Retired {
    std::string id;
    std::string title;
    bool row = false;
    std::int64_t count = 0;
    std::vector<std::string> organizations;  // names in official order, the first ones: as many as a page holds
    BOOST_DESCRIBE_CLASS(Retired, (), (id, title, row, count, organizations), (), ())
};

struct Totals {
    std::string campaign_id;
    std::string duty;
    std::string duty_title;
    std::string part;
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    std::string node_id;
    std::string node_name;
    std::string node_filing_id;        // the node's own filing of the same window; '' when it owes none
    json::value form;                  // the definition, for the layout
    std::map<std::string, std::string> official;
    std::map<std::string, std::string> recount;  // empty when nobody below the reporters reports
    std::int64_t reporters = 0;        // everybody: missing + nil + counted + those who owe nothing
    std::int64_t counted = 0;
    std::int64_t nil = 0;
    std::int64_t missing = 0;
    std::int64_t owed = 0;             // neither excused nor not applicable
    bool restated = false;             // some counted filing was accepted again after an amendment
    std::int64_t matching = 0;         // how many of what is shown there are, over all pages
    std::vector<Contributor> contributors;       // one page
    std::optional<std::string> next;             // hand in as "after" for the next page; null at the end
    std::int64_t differing = 0;                  // how many reporters a recount from below does not meet
    std::vector<Difference> differences;         // the first of them in official order: as many as a page holds; on paper all
    std::vector<Retired> retired;                // figures of a form that has changed since stay in their window
    BOOST_DESCRIBE_CLASS(Totals, (), (campaign_id, duty, duty_title, part, slot, window_from, window_to, node_id, node_name, node_filing_id,
                                      form, official, recount, reporters, counted, nil, missing, owed, restated, matching,
                                      contributors, next, differing, differences, retired), (), ())
};

struct CellQuery {
    std::string duty;
    std::string part;
    std::string slot;
    std::string cell;                  // "r1.found"
    std::optional<std::string> node;
    std::optional<Instant> as_of;
    std::optional<Show> show;          // default: all
    std::optional<Order> order;        // default: official
    std::optional<std::string> after;  // "next" of the page before, under the same show and order
    std::optional<int> limit;          // shares a page, 1..500, default 200
    BOOST_DESCRIBE_CLASS(CellQuery, (), (duty, part, slot, cell, node, as_of, show, order, after, limit), (), ())
};

struct CellShare {
    std::string organization_id;
    std::string name;
    std::string filing_id;
    std::string value;                 // '' also for a unit that is not counted
    Reading reading = Reading::expected;
    bool counted = false;
    bool opens = false;
    bool restated = false;
    bool asked = true;                 // false: the version of the form that it filled has no such cell
    BOOST_DESCRIBE_CLASS(CellShare, (), (organization_id, name, filing_id, value, reading, counted, opens, restated, asked), (), ())
};

struct OpenedCell {
    std::string cell;
    std::string node_id;
    std::string node_name;
    std::string official;
    std::int64_t reporters = 0;
    std::int64_t counted = 0;
    std::int64_t matching = 0;         // how many of what is shown there are, over all pages
    std::vector<CellShare> shares;     // one page
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(OpenedCell, (), (cell, node_id, node_name, official, reporters, counted, matching, shares, next), (), ())
};

// Refused: totals.nothing_here; totals.no_such_cell; totals.limit; totals.after (nobody who reports here).
[[nodiscard]] Result<Totals> read_totals(View&, const std::string& campaign_id, const TotalsQuery&);

// Everybody by name in official order, whatever page was asked for, with the form that the window is shown in: for what writes it down.
struct TotalsOnPaper {
    Totals totals;
    std::shared_ptr<const forms::Form> form;
};
[[nodiscard]] Result<TotalsOnPaper> read_totals_on_paper(View&, const std::string& campaign_id, const TotalsQuery&);
[[nodiscard]] Result<OpenedCell> open_cell(View&, const std::string& campaign_id, const CellQuery&);

}  // namespace anban::totals
