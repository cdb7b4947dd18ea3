#include "modules/organizations/store.h"

#include "core/codec.h"

namespace anban::organizations::store {
namespace {

std::string text(std::string_view v) { return std::string(v); }
std::string day(CivilDate d) { return format_date(d); }
std::string word(EdgeKind k) { return text(codec::enum_name(k)); }

db::Value nullable(const std::optional<CivilDate>& d) { return d ? db::Value(day(*d)) : db::Value(nullptr); }

Edge read_edge(const db::Row& row) {
    return {row.string(0), codec::enum_from<EdgeKind>(row.text(1)).value(), row.string(2), row.string(3),
            read_day(row, 4).value(), read_day(row, 5)};
}

}  // namespace

std::optional<CivilDate> read_day(const db::Row& row, int column) {
    if (row.is_null(column)) return std::nullopt;
    return parse_date(row.text(column)).value();
}

Organization read(const db::Row& row) {
    Organization o;
    o.id = row.string(0);
    o.name = row.string(1);
    o.short_name = row.string(2);
    o.kind = codec::enum_from<Kind>(row.text(3)).value();
    o.level = codec::enum_from<Level>(row.text(4)).value();
    o.division_code = row.string(5);
    o.credit_code = row.string(6);
    o.sort_order = row.int64(7);
    o.opened_on = read_day(row, 8).value();
    o.closed_on = read_day(row, 9);
    if (!row.is_null(10)) o.merged_into = row.string(10);
    o.version = row.int64(11);
    return o;
}

void lock_structure(db::Connection& db) {
    db.run({"organizations.lock_structure", R"sql(
        insert into settings (name, content, version) values ('organizations.day_of_paths', '', 1)
        on conflict (name) do update set version = settings.version + 1
    )sql"});
}

std::optional<CivilDate> day_of_paths(db::Connection& db) {
    std::optional<CivilDate> found;
    db.each({"organizations.day_of_paths", "select content from settings where name = 'organizations.day_of_paths'"}, {},
            [&](const db::Row& row) { found = parse_date(row.text(0)); });
    return found;
}

void set_day_of_paths(db::Connection& db, CivilDate today) {
    db.run({"organizations.set_day_of_paths", "update settings set content = $1 where name = 'organizations.day_of_paths'"},
           {day(today)});
}

std::optional<Organization> find(db::Connection& db, std::string_view id) {
    std::optional<Organization> found;
    db.each({"organizations.find", R"sql(
        select o.id, o.name, o.short_name, o.kind, o.level, o.division_code, o.credit_code, o.sort_order, o.opened_on,
               o.closed_on, o.merged_into, o.version
        from organizations o
        where o.id = $1
    )sql"}, {text(id)}, [&](const db::Row& row) { found = read(row); });
    return found;
}

bool open_name_exists(db::Connection& db, std::string_view name, std::string_view but_id, CivilDate from) {
    return db.exists({"organizations.open_name_exists", R"sql(
        select 1
        from organization_names n
        join organizations o on o.id = n.organization_id
        where n.name = $1
          and o.id <> $2
          and (n.valid_to is null or n.valid_to > $3)
          and (o.closed_on is null or o.closed_on > $3)
    )sql"}, {text(name), text(but_id), day(from)});
}

std::int64_t last_sort_order(db::Connection& db) {
    return db.count({"organizations.last_sort_order", "select coalesce(max(sort_order), 0) from organizations"});
}

std::vector<Organization> open_children(db::Connection& db, std::string_view parent, CivilDate from) {
    std::vector<Organization> found;
    db.each({"organizations.open_children", R"sql(
        select distinct o.id, o.name, o.short_name, o.kind, o.level, o.division_code, o.credit_code, o.sort_order, o.opened_on,
               o.closed_on, o.merged_into, o.version
        from organization_edges e
        join organizations o on o.id = e.child
        where e.parent = $1
          and (e.valid_to is null or e.valid_to > $2)
          and (o.closed_on is null or o.closed_on > $2)
        order by o.sort_order, o.id
    )sql"}, {text(parent), day(from)}, [&](const db::Row& row) { found.push_back(read(row)); });
    return found;
}

std::vector<Edge> edges_of_child(db::Connection& db, std::string_view child, std::string_view kind, CivilDate from) {
    std::vector<Edge> found;
    db.each({"organizations.edges_of_child", R"sql(
        select id, kind, child, parent, valid_from, valid_to
        from organization_edges
        where child = $1
          and ($2 = '' or kind = $2)
          and (valid_to is null or valid_to > $3)
        order by kind, valid_from, id
    )sql"}, {text(child), text(kind), day(from)}, [&](const db::Row& row) { found.push_back(read_edge(row)); });
    return found;
}

std::vector<Edge> edges_to_parent(db::Connection& db, std::string_view parent, CivilDate from) {
    std::vector<Edge> found;
    db.each({"organizations.edges_to_parent", R"sql(
        select id, kind, child, parent, valid_from, valid_to
        from organization_edges
        where parent = $1
          and (valid_to is null or valid_to > $2)
        order by kind, child, valid_from
    )sql"}, {text(parent), day(from)}, [&](const db::Row& row) { found.push_back(read_edge(row)); });
    return found;
}

bool is_below(db::Connection& db, EdgeKind kind, std::string_view id, std::string_view above, CivilDate from) {
    return db.exists({"organizations.is_below", R"sql(
        with recursive up (id) as (
            select o.id from organizations o where o.id = $1
            union
            select e.parent
            from up
            join organization_edges e on e.kind = $2 and e.child = up.id and (e.valid_to is null or e.valid_to > $3)
        )
        select 1 from up where id = $4
    )sql"}, {text(id), word(kind), day(from), text(above)});
}

std::vector<Named> subtree(db::Connection& db, EdgeKind kind, std::string_view root, CivilDate on) {
    std::vector<Named> found;
    db.each({"organizations.subtree", R"sql(
        with recursive below (id) as (
            select o.id from organizations o where o.id = $1
            union
            select e.child
            from below
            join organization_edges e on e.kind = $2 and e.parent = below.id
             and e.valid_from <= $3 and (e.valid_to is null or e.valid_to > $3)
        )
        select o.id, o.name
        from below
        join organizations o on o.id = below.id
        order by o.sort_order, o.id
    )sql"}, {text(root), word(kind), day(on)}, [&](const db::Row& row) { found.push_back({row.string(0), row.string(1)}); });
    return found;
}

std::vector<Root> changed_between(db::Connection& db, CivilDate after, CivilDate until) {
    std::vector<Root> found;
    db.each({"organizations.changed_between", R"sql(
        select distinct kind, child
        from organization_edges
        where (valid_from > $1 and valid_from <= $2) or (valid_to > $1 and valid_to <= $2)
        order by kind, child
    )sql"}, {day(after), day(until)}, [&](const db::Row& row) {
        found.push_back({codec::enum_from<EdgeKind>(row.text(0)).value(), row.string(1)});
    });
    return found;
}

void insert(db::Connection& db, const Organization& o) {
    db.run({"organizations.insert", R"sql(
        insert into organizations (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on,
                                   closed_on, merged_into, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, 1)
    )sql"}, {o.id, o.name, o.short_name, text(codec::enum_name(o.kind)), text(codec::enum_name(o.level)), o.division_code,
             o.credit_code, o.sort_order, day(o.opened_on)});
    insert_name(db, o.id, o.name, o.short_name, o.opened_on);
}

void insert_name(db::Connection& db, std::string_view id, std::string_view name, std::string_view short_name, CivilDate from) {
    db.run({"organizations.insert_name", R"sql(
        insert into organization_names (organization_id, name, short_name, valid_from, valid_to)
        values ($1, $2, $3, $4, null)
        on conflict (organization_id, valid_from) do update set name = excluded.name, short_name = excluded.short_name
    )sql"}, {text(id), text(name), text(short_name), day(from)});
}

// A second name on the same day corrects the first.
void change_name(db::Connection& db, std::string_view id, std::string_view name, std::string_view short_name, CivilDate from) {
    db.run({"organizations.end_name", R"sql(
        update organization_names set valid_to = $2
        where organization_id = $1 and valid_to is null and valid_from < $2
    )sql"}, {text(id), day(from)});
    insert_name(db, id, name, short_name, from);
}

std::optional<CivilDate> last_name_from(db::Connection& db, std::string_view id) {
    std::optional<CivilDate> found;
    db.each({"organizations.last_name_from", R"sql(
        select valid_from from organization_names where organization_id = $1 and valid_to is null
    )sql"}, {text(id)}, [&](const db::Row& row) { found = read_day(row, 0); });
    return found;
}

void insert_edge(db::Connection& db, const Edge& e) {
    db.run({"organizations.insert_edge", R"sql(
        insert into organization_edges (id, kind, child, parent, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6)
    )sql"}, {e.id, word(e.kind), e.child, e.parent, day(e.from), nullable(e.to)});
}

void end_edge(db::Connection& db, std::string_view edge_id, CivilDate on) {
    db.run({"organizations.end_edge", "update organization_edges set valid_to = $2 where id = $1"}, {text(edge_id), day(on)});
    db.run({"organizations.drop_empty_edge", "delete from organization_edges where id = $1 and valid_to <= valid_from"},
           {text(edge_id)});
}

void set_closed(db::Connection& db, std::string_view id, CivilDate on, const std::optional<std::string>& merged_into) {
    db.run({"organizations.set_closed", "update organizations set closed_on = $2, merged_into = $3 where id = $1"},
           {text(id), day(on), merged_into ? db::Value(*merged_into) : db::Value(nullptr)});
}

bool raise_version(db::Connection& db, std::string_view id, std::int64_t from) {
    return db.run({"organizations.raise_version", "update organizations set version = version + 1 where id = $1 and version = $2"},
                  {text(id), from}) == 1;
}

void insert_own_paths(db::Connection& db, std::string_view id) {
    db.run({"organizations.insert_own_paths", R"sql(
        insert into organization_paths (kind, ancestor, descendant, depth)
        select k.kind, o.id, o.id, 0
        from organizations o
        cross join (select 'place' as kind union all select 'sector' union all select 'committee') k
        where o.id = $1
    )sql"}, {text(id)});
}

void rewrite_paths(db::Connection& db, EdgeKind kind, std::string_view root, CivilDate today) {
    const db::Values bound{text(root), word(kind), day(today)};
    db.run({"organizations.drop_paths", R"sql(
        delete from organization_paths
        where kind = $2
          and depth > 0
          and descendant in (
            with recursive below (id) as (
                select o.id from organizations o where o.id = $1
                union
                select e.child
                from below
                join organization_edges e on e.kind = $2 and e.parent = below.id
                 and e.valid_from <= $3 and (e.valid_to is null or e.valid_to > $3)
            )
            select id from below)
    )sql"}, bound);
    db.run({"organizations.write_paths", R"sql(
        insert into organization_paths (kind, ancestor, descendant, depth)
        with recursive below (id) as (
            select o.id from organizations o where o.id = $1
            union
            select e.child
            from below
            join organization_edges e on e.kind = $2 and e.parent = below.id
             and e.valid_from <= $3 and (e.valid_to is null or e.valid_to > $3)
        ),
        up (descendant, ancestor, depth) as (
            select id, id, 0 from below
            union
            select up.descendant, e.parent, up.depth + 1
            from up
            join organization_edges e on e.kind = $2 and e.child = up.ancestor
             and e.valid_from <= $3 and (e.valid_to is null or e.valid_to > $3)
        )
        select $2, ancestor, descendant, min(depth) from up where depth > 0 group by ancestor, descendant
    )sql"}, bound);
}

void bring_names(db::Connection& db, CivilDate after, CivilDate until, CivilDate today) {
    struct Present { std::string id, name, short_name; };
    std::vector<Present> present;
    db.each({"organizations.names_between", R"sql(
        select n.organization_id, n.name, n.short_name
        from organization_names n
        where n.valid_from <= $3
          and (n.valid_to is null or n.valid_to > $3)
          and n.organization_id in (select c.organization_id from organization_names c where c.valid_from > $1 and c.valid_from <= $2)
    )sql"}, {day(after), day(until), day(today)},
            [&](const db::Row& row) { present.push_back({row.string(0), row.string(1), row.string(2)}); });
    for (const auto& p : present)
        db.run({"organizations.set_name", "update organizations set name = $2, short_name = $3 where id = $1"},
               {p.id, p.name, p.short_name});
}

}  // namespace anban::organizations::store
