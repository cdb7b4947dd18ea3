// Organizations: who reports, and below whom. Apart from divisions (decisions.md 7): a development zone and two bureaus of
// one city all report; an organization may stand for a division or for none.
//
// Everything is valid from a civil day (Beijing) to the day before another: names, edges, the organization itself. A change of
// structure never touches what was before its first day (anchor-failures 18).
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/time.h"
#include "platform/api/work.h"

namespace anban::organizations {

BOOST_DEFINE_ENUM_CLASS(Kind, government, committee_office, department, bureau, sector_committee, functional_zone, town, section,
                        enterprise, other)
BOOST_DEFINE_ENUM_CLASS(Level, province, city, county, town, enterprise)

// place: one parent at a time. sector, committee: any number of parents.
BOOST_DEFINE_ENUM_CLASS(EdgeKind, place, sector, committee)

struct Organization {
    std::string id;
    std::string name;        // full official name, as of today
    std::string short_name;  // as shown in narrow columns
    Kind kind = Kind::bureau;
    Level level = Level::city;
    std::string division_code;  // '' when it stands for no division
    std::string credit_code;
    std::int64_t sort_order = 0;  // official order; lists keep it
    CivilDate opened_on;
    std::optional<CivilDate> closed_on;  // first day on which it is no longer open; may lie ahead
    std::optional<std::string> merged_into;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(Organization, (), (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on,
                                         closed_on, merged_into, version))

[[nodiscard]] inline bool open_on(const Organization& o, CivilDate day) {
    return o.opened_on <= day && (!o.closed_on || day < *o.closed_on);
}

struct Edge {
    std::string id;
    EdgeKind kind = EdgeKind::place;
    std::string child;
    std::string parent;
    CivilDate from;
    std::optional<CivilDate> to;  // first day on which it no longer holds
};

[[nodiscard]] inline bool valid_on(const Edge& e, CivilDate day) { return e.from <= day && (!e.to || day < *e.to); }

// What a change touches, by name. `what` is a closed word: organizations_moved, edges_ended, edges_begun, closed, renamed,
// opened, and whatever the registered impacts count (open_filings, posts_held).
struct Touched {
    std::string what;
    std::int64_t count = 0;
    std::vector<std::string> names;  // the first 500
};
BOOST_DESCRIBE_STRUCT(Touched, (), (what, count, names))

// Asked before every change for what hangs on the organizations: filings, posts. Registered at wiring, so that this module
// includes none of them.
class Impact {
public:
    virtual ~Impact() = default;
    [[nodiscard]] virtual std::vector<Touched> of(db::Connection&, const std::vector<std::string>& organization_ids,
                                                  CivilDate from) const = 0;
    // Told in the deed's own transaction after a change that holds from today or before: what follows from it is done at once. What
    // begins later is done when its day comes.
    virtual void follow(Work&) const {}
};
using Impacts = std::vector<std::shared_ptr<const Impact>>;

struct ChangeReport {
    bool dry_run = false;
    Organization organization;     // as it is (dry run: as it would be)
    std::vector<Touched> touched;  // exactly the list that the dry run showed
};
BOOST_DESCRIBE_STRUCT(ChangeReport, (), (dry_run, organization, touched))

struct ParentLink {
    EdgeKind kind = EdgeKind::place;
    std::string parent;  // id
};
BOOST_DESCRIBE_STRUCT(ParentLink, (), (kind, parent))

struct Opening {
    std::string id;  // '' : made here
    std::string name;
    std::string short_name;  // '' : the name
    Kind kind = Kind::bureau;
    Level level = Level::city;
    std::string division_code;
    std::string credit_code;
    std::int64_t sort_order = 0;  // 0: after all others
    CivilDate from;
    std::vector<ParentLink> parents;
};
struct Closing { std::string id; std::int64_t version = 0; CivilDate on; };
struct Renaming { std::string id; std::int64_t version = 0; CivilDate from; std::string name; std::string short_name; };
// place: `leave` is not needed, there is only one. sector, committee: leave one, join one, or both.
struct Moving {
    std::string id;
    std::int64_t version = 0;
    CivilDate from;
    EdgeKind kind = EdgeKind::place;
    std::optional<std::string> leave;
    std::optional<std::string> to;  // none: becomes a root of this kind
};
// `id` ends and goes below `into`, so that the successor reads its history; its children go to `into`.
struct Merging {
    std::string id;
    std::int64_t version = 0;
    std::string into;
    std::int64_t into_version = 0;
    CivilDate from;
};

// Deeds. The actor needs organizations_change (asked at the gate) and everything named must lie in its tree (else not_found); who
// does not see all may not change the own organization, nor one that only reports to it in a campaign.
// Refused: stale version (conflict), a day before the organization opened or more than 366 days ahead, a cycle, a name that
// another open organization bears, a parent that is closed or closing, closing with open children, a change before a later one
// that is already entered. A dry run does all checks and stores nothing. One journal line for each deed.
[[nodiscard]] Result<ChangeReport> open(Work&, const Impacts&, const Opening&, bool dry_run);
[[nodiscard]] Result<ChangeReport> close(Work&, const Impacts&, const Closing&, bool dry_run);
[[nodiscard]] Result<ChangeReport> move(Work&, const Impacts&, const Moving&, bool dry_run);
[[nodiscard]] Result<ChangeReport> merge(Work&, const Impacts&, const Merging&, bool dry_run);
[[nodiscard]] Result<ChangeReport> rename(Work&, const Impacts&, const Renaming&, bool dry_run);

// Many at once (import, pack apply, demo): parents may be among them, in any order; names must be new, the parents known and
// without a cycle: the caller has checked (import.h does). One journal line for all. No scope check.
void open_all(Work&, const std::vector<Opening>&, std::string_view deed = "organization.imported");

// Parents that organizations have besides the ones that they had (pack apply), from today. Left out: a parent that is there already,
// a second parent by place (a pack never moves a body), what would close a cycle. The sentences "child → parent" of those that
// began; one journal line for all. No scope check.
struct NewLink { std::string child; ParentLink link; };
std::vector<std::string> link_all(Work&, const std::vector<NewLink>&, std::string_view deed);

// Paths and present names hold as of one day; brings them to `today` when the clock went on (or back). Cheap when nothing begins
// or ends in between. Called at start, at midnight and after the business clock was moved.
void bring_to_day(db::Connection&, CivilDate today);

// Reading. No scope: for other modules that have decided it already.
[[nodiscard]] std::optional<Organization> find(db::Connection&, std::string_view id);
[[nodiscard]] std::optional<Organization> find_by_name(db::Connection&, std::string_view full_name);  // open or closed, newest first
[[nodiscard]] std::string name_on(db::Connection&, std::string_view id, CivilDate);  // '' when it had none yet

struct ListAsked {
    std::optional<std::string> search;  // part of a name, as of today
    std::optional<std::string> parent;  // direct children, of `edge`
    std::optional<EdgeKind> edge;       // place when absent
    std::optional<Kind> kind;
    std::optional<Level> level;
    std::optional<std::string> division;
    std::optional<bool> closed;         // true: also the closed ones
    std::optional<std::string> after;   // the `next` of the page before
    std::optional<std::int64_t> limit;  // 1..500, 50 when absent
};
BOOST_DESCRIBE_STRUCT(ListAsked, (), (search, parent, edge, kind, level, division, closed, after, limit))
struct Page {
    std::vector<Organization> rows;   // in official order
    std::optional<std::string> next;  // none: the last page
    std::int64_t total = 0;           // in scope and fitting, over all pages
};
BOOST_DESCRIBE_STRUCT(Page, (), (rows, next, total))
// In the actor's scope only; the picker of every page (anchor-failures 24).
[[nodiscard]] Result<Page> list(View&, const ListAsked&);

struct NamePeriod { std::string name; std::string short_name; CivilDate from; std::optional<CivilDate> to; };
BOOST_DESCRIBE_STRUCT(NamePeriod, (), (name, short_name, from, to))
struct ParentPeriod {
    EdgeKind kind = EdgeKind::place;
    std::string parent;
    std::string parent_name;
    CivilDate from;
    std::optional<CivilDate> to;
};
BOOST_DESCRIBE_STRUCT(ParentPeriod, (), (kind, parent, parent_name, from, to))
struct Whole {
    Organization organization;
    std::vector<NamePeriod> names;
    std::vector<ParentPeriod> parents;
    bool in_own_structure = false;  // within what whoever asks may change, the right given; a mere reporter of a campaign is not
};
BOOST_DESCRIBE_STRUCT(Whole, (), (organization, names, parents, in_own_structure))
// not_found outside the scope.
[[nodiscard]] Result<Whole> load(View&, std::string_view id);

struct TreeAsked {
    std::optional<EdgeKind> kind;
    std::optional<CivilDate> as_of;      // today when absent
    std::optional<std::string> parent;   // its children; the roots of the scope when absent
    std::optional<std::int64_t> depth;   // 1..6 levels, 1 when absent
};
BOOST_DESCRIBE_STRUCT(TreeAsked, (), (kind, as_of, parent, depth))
struct Node {
    std::string id;
    std::optional<std::string> parent;  // none: a root of what the actor sees
    std::string name;                   // as it was on that day
    std::string short_name;
    Kind kind = Kind::bureau;
    Level level = Level::city;
    std::int64_t children = 0;          // open on that day, in scope
};
BOOST_DESCRIBE_STRUCT(Node, (), (id, parent, name, short_name, kind, level, children))
struct Tree {
    CivilDate as_of;
    std::vector<Node> nodes;  // parents before children, official order among brothers
    bool truncated = false;   // more than 2,000: open a branch
};
BOOST_DESCRIBE_STRUCT(Tree, (), (as_of, nodes, truncated))
[[nodiscard]] Result<Tree> tree(View&, const TreeAsked&);

}  // namespace anban::organizations
