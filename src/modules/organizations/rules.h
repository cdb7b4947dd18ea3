// What a change of structure may and may not do, as values in and a plan out: no clock, no database. The dry run shows the
// plan, the change stores the very same plan.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "modules/organizations/organizations.h"

namespace anban::organizations::rules {

struct EdgeEnd { Edge edge; CivilDate on; };  // edge.from == on: it never came into force and goes
struct NameChange { std::string name; std::string short_name; CivilDate from; };
struct CloseOn { CivilDate on; std::optional<std::string> merged_into; };

// The children of its edges are the roots whose subtrees get new paths.
struct Plan {
    std::vector<EdgeEnd> ends;
    std::vector<Edge> begins;              // ids still empty
    std::optional<NameChange> name;
    std::optional<CloseOn> close;          // of the organization asked about
};

[[nodiscard]] Verdict refuse_version(const Organization&, std::int64_t asked);
[[nodiscard]] Verdict refuse_day(const Organization&, CivilDate from, CivilDate today);

// A name is 2..100 characters, a credit code is empty or 18 characters with its check digit (GB 32100-2015).
[[nodiscard]] Verdict refuse_name(std::string_view name);
[[nodiscard]] bool credit_code_holds(std::string_view);

struct CloseFacts { Organization organization; std::vector<Organization> open_children; CivilDate today; };
[[nodiscard]] Result<Plan> plan_close(const Closing&, const CloseFacts&);

struct MoveFacts {
    Organization child;
    std::optional<Organization> to;
    std::vector<Edge> edges;          // of the child and the kind, valid on the day or beginning later
    bool to_is_below_child = false;   // in this kind, on the day or ever after
    CivilDate today;
};
[[nodiscard]] Result<Plan> plan_move(const Moving&, const MoveFacts&);

struct MergeFacts {
    Organization from;
    Organization into;
    std::vector<Edge> own_place_edges;  // of `from` as a child, valid on the day or later
    std::vector<Edge> child_edges;      // with `from` as parent, any kind, valid on the day or later
    std::vector<Edge> child_edges_into; // those that already lead to `into`
    bool into_is_below = false;         // in any kind, on the day or ever after
    CivilDate today;
};
[[nodiscard]] Result<Plan> plan_merge(const Merging&, const MergeFacts&);

struct RenameFacts { Organization organization; std::optional<CivilDate> last_name_from; bool name_taken = false; CivilDate today; };
[[nodiscard]] Result<Plan> plan_rename(const Renaming&, const RenameFacts&);

// Whether `parent` may take a child from that day on.
[[nodiscard]] Verdict refuse_parent(const Organization& parent, CivilDate from);

}  // namespace anban::organizations::rules
