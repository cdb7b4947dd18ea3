// Every statement on organizations, their names, edges and paths.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/organizations/organizations.h"

namespace anban::organizations::store {

// The columns of an Organization in this order, on a table named o.
inline constexpr const char* kColumns =
    "o.id, o.name, o.short_name, o.kind, o.level, o.division_code, o.credit_code, o.sort_order, o.opened_on, o.closed_on, "
    "o.merged_into, o.version";
[[nodiscard]] Organization read(const db::Row&);
[[nodiscard]] std::optional<CivilDate> read_day(const db::Row&, int column);

// Changes of structure go one after another: taken first, held to the end of the deed. Remembers the day of the paths.
void lock_structure(db::Connection&);
[[nodiscard]] std::optional<CivilDate> day_of_paths(db::Connection&);
void set_day_of_paths(db::Connection&, CivilDate);

[[nodiscard]] std::optional<Organization> find(db::Connection&, std::string_view id);
[[nodiscard]] bool open_name_exists(db::Connection&, std::string_view name, std::string_view but_id, CivilDate from);
[[nodiscard]] std::int64_t last_sort_order(db::Connection&);
[[nodiscard]] std::vector<Organization> open_children(db::Connection&, std::string_view parent, CivilDate from);

// Edges valid on the day or beginning later; kind '' is any.
[[nodiscard]] std::vector<Edge> edges_of_child(db::Connection&, std::string_view child, std::string_view kind, CivilDate from);
[[nodiscard]] std::vector<Edge> edges_to_parent(db::Connection&, std::string_view parent, CivilDate from);
// Whether `id` lies below `above` (or is it) over edges valid on the day or beginning later.
[[nodiscard]] bool is_below(db::Connection&, EdgeKind, std::string_view id, std::string_view above, CivilDate from);
// The root and all below it over edges valid on the day, in official order.
struct Named { std::string id; std::string name; };
[[nodiscard]] std::vector<Named> subtree(db::Connection&, EdgeKind, std::string_view root, CivilDate on);
// (kind, child) of every edge that begins or ends on a day in (after, until].
struct Root { EdgeKind kind; std::string id; friend auto operator<=>(const Root&, const Root&) = default; };
[[nodiscard]] std::vector<Root> changed_between(db::Connection&, CivilDate after, CivilDate until);

void insert(db::Connection&, const Organization&);
void insert_name(db::Connection&, std::string_view id, std::string_view name, std::string_view short_name, CivilDate from);
void change_name(db::Connection&, std::string_view id, std::string_view name, std::string_view short_name, CivilDate from);
[[nodiscard]] std::optional<CivilDate> last_name_from(db::Connection&, std::string_view id);
void insert_edge(db::Connection&, const Edge&);
void end_edge(db::Connection&, std::string_view edge_id, CivilDate on);
void set_closed(db::Connection&, std::string_view id, CivilDate on, const std::optional<std::string>& merged_into);
// False: somebody was quicker.
[[nodiscard]] bool raise_version(db::Connection&, std::string_view id, std::int64_t from);

void insert_own_paths(db::Connection&, std::string_view id);
// Recomputes the ancestors of everything in the subtree of `root` from the edges valid today. Nothing else is touched.
void rewrite_paths(db::Connection&, EdgeKind, std::string_view root, CivilDate today);
// Present names of the organizations whose name changes on a day in (after, until].
void bring_names(db::Connection&, CivilDate after, CivilDate until, CivilDate today);

}  // namespace anban::organizations::store
