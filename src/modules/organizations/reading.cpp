// Lists, one organization, the tree as of a day: always through the scope's filter.
#include <algorithm>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/organizations/organizations.h"
#include "modules/organizations/scope.h"
#include "modules/organizations/store.h"

namespace anban::organizations {
namespace {

constexpr std::size_t kMostNodes = 2000;

// Conditions collected with what they bind, numbered by their place.
struct Where {
    db::Values values;
    std::string text = "1 = 1";

    std::string bind(db::Value value) {
        values.push_back(std::move(value));
        return '$' + std::to_string(values.size());
    }
    void add(const std::string& condition) { text += " and " + condition; }
};

std::string like_pattern(std::string_view part) {
    std::string out = "%";
    for (const char c : part) {
        if (c == '%' || c == '_' || c == '\\') out += '\\';
        out += c;
    }
    return out + '%';
}

struct After { std::int64_t sort_order = 0; std::string id; };

std::optional<After> read_cursor(const std::string& text) {
    const auto dot = text.find('.');
    if (dot == std::string::npos || dot == 0 || dot > 18) return std::nullopt;
    if (text.find_first_not_of("-0123456789") != dot || text.find('-', 1) < dot || !is_id(text.substr(dot + 1))) return std::nullopt;
    if (text.substr(0, dot) == "-") return std::nullopt;
    return After{std::stoll(text.substr(0, dot)), text.substr(dot + 1)};
}

Where conditions(const Actor& actor, const ListAsked& asked, CivilDate today) {
    Where where;
    if (asked.search && !asked.search->empty()) {
        const auto pattern = where.bind(like_pattern(*asked.search));
        where.add("(lower(o.name) like lower(" + pattern + ") escape '\\' or lower(o.short_name) like lower(" + pattern + ") escape '\\')");
    }
    if (asked.kind) where.add("o.kind = " + where.bind(std::string(codec::enum_name(*asked.kind))));
    if (asked.level) where.add("o.level = " + where.bind(std::string(codec::enum_name(*asked.level))));
    if (asked.division) where.add("o.division_code = " + where.bind(*asked.division));
    if (!asked.closed.value_or(false)) where.add("(o.closed_on is null or o.closed_on > " + where.bind(format_date(today)) + ")");
    if (asked.parent)
        where.add("o.id in (select descendant from organization_paths where depth = 1 and kind = " +
                  where.bind(std::string(codec::enum_name(asked.edge.value_or(EdgeKind::place)))) + " and ancestor = " +
                  where.bind(*asked.parent) + ")");
    where.add(structure_filter(scope_of(actor, Matter::structure), "o.id", today, where.values));
    return where;
}

Refusal unknown() { return {Code::not_found, "organization.unknown", {}, {}, {}}; }

// The name on a day: before the first name counts the first, for a tree of days before the register began.
constexpr const char* kNodeColumns = "o.id, coalesce(n.name, o.name), coalesce(n.short_name, o.short_name), o.kind, o.level";

class TreeReader {
public:
    TreeReader(View& view, EdgeKind kind, CivilDate day)
        : db_(view.db), scope_(scope_of(view.actor, Matter::structure)), today_(beijing_date(view.now)), kind_(codec::enum_name(kind)),
          day_(format_date(day)) {}

    std::vector<Node> roots() {
        db::Values values{day_, kind_};
        const auto own = structure_filter(scope_, "o.id", today_, values);
        const auto parent = structure_filter(scope_, "e.parent", today_, values);
        return nodes(open_text() + " and " + own +
                     " and not exists (select 1 from organization_edges e join organizations p on p.id = e.parent"
                     " where e.child = o.id and " + edge_text() + " and " + parent +
                     " and p.opened_on <= $1 and (p.closed_on is null or p.closed_on > $1))", values, std::nullopt);
    }

    std::vector<Node> children(const std::string& parent) {
        db::Values values{day_, kind_, parent};
        const auto own = structure_filter(scope_, "o.id", today_, values);
        return nodes(open_text() + " and " + own + " and exists (select 1 from organization_edges e where e.child = o.id"
                     " and e.parent = $3 and " + edge_text() + ")", values, parent);
    }

    void count_children(Node& node) {
        db::Values values{day_, kind_, node.id};
        const auto own = structure_filter(scope_, "o.id", today_, values);
        db_.each_built("organizations.count_children",
                       "select count(*) from organizations o where " + open_text() + " and " + own +
                       " and o.id in (select e.child from organization_edges e where e.parent = $3 and " + edge_text() + ")",
                       values, [&](const db::Row& row) { node.children = row.int64(0); });
    }

private:
    static std::string open_text() { return "o.opened_on <= $1 and (o.closed_on is null or o.closed_on > $1)"; }
    static std::string edge_text() { return "e.kind = $2 and e.valid_from <= $1 and (e.valid_to is null or e.valid_to > $1)"; }

    std::vector<Node> nodes(const std::string& where, const db::Values& values, const std::optional<std::string>& parent) {
        std::vector<Node> found;
        db_.each_built("organizations.tree_level", std::string("select ") + kNodeColumns +
                       " from organizations o left join organization_names n on n.organization_id = o.id"
                       " and n.valid_from <= $1 and (n.valid_to is null or n.valid_to > $1) where " + where +
                       " order by o.sort_order, o.id limit " + std::to_string(kMostNodes + 1), values, [&](const db::Row& row) {
            found.push_back({row.string(0), parent, row.string(1), row.string(2), codec::enum_from<Kind>(row.text(3)).value(),
                             codec::enum_from<Level>(row.text(4)).value(), 0});
        });
        return found;
    }

    db::Connection& db_;
    Scope scope_;
    CivilDate today_;  // the scope is as of now, whatever day the tree shows
    std::string kind_;
    std::string day_;
};

void grow(TreeReader& reader, Tree& tree, std::vector<Node> brothers, std::int64_t depth) {
    for (auto& node : brothers) {
        if (tree.nodes.size() >= kMostNodes) { tree.truncated = true; return; }
        reader.count_children(node);
        tree.nodes.push_back(node);
        if (depth > 1 && node.children > 0) grow(reader, tree, reader.children(node.id), depth - 1);
    }
}

}  // namespace

std::optional<Organization> find(db::Connection& db, std::string_view id) { return store::find(db, id); }

std::optional<Organization> find_by_name(db::Connection& db, std::string_view full_name) {
    std::optional<Organization> found;
    db.each({"organizations.find_by_name", R"sql(
        select o.id, o.name, o.short_name, o.kind, o.level, o.division_code, o.credit_code, o.sort_order, o.opened_on,
               o.closed_on, o.merged_into, o.version
        from organizations o
        where o.name = $1
        order by case when o.closed_on is null then 0 else 1 end, o.opened_on desc, o.id desc
        limit 1
    )sql"}, {std::string(full_name)}, [&](const db::Row& row) { found = store::read(row); });
    return found;
}

std::string name_on(db::Connection& db, std::string_view id, CivilDate day) {
    std::string found;
    db.each({"organizations.name_on", R"sql(
        select name from organization_names
        where organization_id = $1 and valid_from <= $2 and (valid_to is null or valid_to > $2)
    )sql"}, {std::string(id), format_date(day)}, [&](const db::Row& row) { found = row.string(0); });
    return found;
}

Result<Page> list(View& view, const ListAsked& asked) {
    const auto limit = asked.limit.value_or(50);
    if (limit < 1 || limit > 500) return Refusal{Code::invalid, "list.bad_limit", {}, {}, {}};
    auto where = conditions(view.actor, asked, beijing_date(view.now));
    Page page;
    view.db.each_built("organizations.count", "select count(*) from organizations o where " + where.text, where.values,
                       [&](const db::Row& row) { page.total = row.int64(0); });
    if (asked.after) {
        const auto after = read_cursor(*asked.after);
        if (!after) return Refusal{Code::invalid, "list.bad_cursor", {}, {}, {}};
        const auto order = where.bind(after->sort_order), id = where.bind(after->id);
        where.add("(o.sort_order > " + order + " or (o.sort_order = " + order + " and o.id > " + id + "))");
    }
    view.db.each_built("organizations.list", std::string("select ") + store::kColumns + " from organizations o where " + where.text +
                       " order by o.sort_order, o.id limit " + std::to_string(limit + 1), where.values,
                       [&](const db::Row& row) { page.rows.push_back(store::read(row)); });
    if (page.rows.size() > static_cast<std::size_t>(limit)) {
        page.rows.pop_back();
        page.next = std::to_string(page.rows.back().sort_order) + '.' + page.rows.back().id;
    }
    return page;
}

Result<Whole> load(View& view, std::string_view id) {
    const auto found = store::find(view.db, id);
    if (!found || !in_structure_scope(view.db, scope_of(view.actor, Matter::structure), id, beijing_date(view.now))) return unknown();
    Whole whole;
    whole.organization = *found;
    whole.in_own_structure = in_structure_scope(view.db, scope_of(view.actor, Matter::structure_change), id, beijing_date(view.now));
    view.db.each({"organizations.names", R"sql(
        select name, short_name, valid_from, valid_to from organization_names where organization_id = $1 order by valid_from
    )sql"}, {std::string(id)}, [&](const db::Row& row) {
        whole.names.push_back({row.string(0), row.string(1), store::read_day(row, 2).value(), store::read_day(row, 3)});
    });
    view.db.each({"organizations.parents", R"sql(
        select e.kind, e.parent, o.name, e.valid_from, e.valid_to
        from organization_edges e
        join organizations o on o.id = e.parent
        where e.child = $1
        order by e.kind, e.valid_from, e.id
    )sql"}, {std::string(id)}, [&](const db::Row& row) {
        whole.parents.push_back({codec::enum_from<EdgeKind>(row.text(0)).value(), row.string(1), row.string(2),
                                 store::read_day(row, 3).value(), store::read_day(row, 4)});
    });
    return whole;
}

Result<Tree> tree(View& view, const TreeAsked& asked) {
    const auto depth = asked.depth.value_or(1);
    if (depth < 1 || depth > 6) return Refusal{Code::invalid, "list.bad_limit", {}, {}, {}};
    const auto kind = asked.kind.value_or(EdgeKind::place);
    Tree tree{asked.as_of.value_or(beijing_date(view.now)), {}, false};
    TreeReader reader(view, kind, tree.as_of);
    if (asked.parent && !in_structure_scope(view.db, scope_of(view.actor, Matter::structure), *asked.parent, beijing_date(view.now))) return unknown();
    grow(reader, tree, asked.parent ? reader.children(*asked.parent) : reader.roots(), depth);
    return tree;
}

}  // namespace anban::organizations
