// The five deeds on structure. Each one: take the lock, load the facts, ask the rules for a plan, show it (dry run) or store it.
#include <algorithm>
#include <set>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"
#include "modules/organizations/rules.h"
#include "modules/organizations/scope.h"
#include "modules/organizations/store.h"

namespace anban::organizations {
namespace {

constexpr std::size_t kNamesShown = 500;

Refusal unknown() { return {Code::not_found, "organization.unknown", {}, {}, {}}; }

Result<Organization> load_in_scope(Work& work, std::string_view id) {
    auto found = store::find(work.db, id);
    if (!found || !in_structure_scope(work.db, scope_of(work.actor, Matter::structure_change), id, beijing_date(work.now))) return unknown();
    return *found;
}

void add_name(Touched& touched, std::string name) {
    ++touched.count;
    if (touched.names.size() < kNamesShown) touched.names.push_back(std::move(name));
}

// The house one stands in is changed by those above it.
Result<Organization> load_to_change(Work& work, std::string_view id) {
    auto found = load_in_scope(work, id);
    const bool own = id == work.actor.organization_id && scope_of(work.actor, Matter::structure_change).reach != Reach::everything;
    if (found && own) return Refusal{Code::forbidden, "organization.own", {}, {}, {}};
    return found;
}

std::string name_of(db::Connection& db, std::string_view id) {
    const auto found = store::find(db, id);
    return found ? found->name : std::string(id);
}

std::string edge_sentence(db::Connection& db, const Edge& e) {
    return name_of(db, e.child) + " → " + name_of(db, e.parent);
}

std::set<store::Root> roots_of(const rules::Plan& plan) {
    std::set<store::Root> roots;
    for (const auto& end : plan.ends) roots.insert({end.edge.kind, end.edge.child});
    for (const auto& begun : plan.begins) roots.insert({begun.kind, begun.child});
    return roots;
}

// Everything whose place in a tree or whose being open changes; what other modules are asked about.
struct Reached { std::vector<std::string> ids; Touched moved{"organizations_moved", 0, {}}; };
Reached reached_by(db::Connection& db, const std::string& id, const rules::Plan& plan, CivilDate from) {
    Reached reached;
    std::set<std::string> seen;
    for (const auto& root : roots_of(plan))
        for (auto& one : store::subtree(db, root.kind, root.id, from)) {
            if (!seen.insert(one.id).second) continue;
            reached.ids.push_back(one.id);
            add_name(reached.moved, std::move(one.name));
        }
    if (seen.insert(id).second) reached.ids.push_back(id);
    return reached;
}

std::vector<Touched> touched_by(db::Connection& db, const Impacts& impacts, const Organization& o, const rules::Plan& plan,
                                CivilDate from) {
    auto reached = reached_by(db, o.id, plan, from);
    std::vector<Touched> touched;
    const auto keep = [&](Touched t) { if (t.count > 0) touched.push_back(std::move(t)); };
    if (plan.close) keep({"closed", 1, {o.name}});
    if (plan.name) keep({"renamed", 1, {o.name + " → " + plan.name->name}});
    keep(std::move(reached.moved));
    Touched ended{"edges_ended", 0, {}}, begun{"edges_begun", 0, {}};
    for (const auto& end : plan.ends) add_name(ended, edge_sentence(db, end.edge));
    for (const auto& edge : plan.begins) add_name(begun, edge_sentence(db, edge));
    keep(std::move(ended));
    keep(std::move(begun));
    for (const auto& impact : impacts)
        for (auto& t : impact->of(db, reached.ids, from)) keep(std::move(t));
    return touched;
}

void apply(Work& work, const Organization& o, const rules::Plan& plan) {
    const auto today = beijing_date(work.now);
    for (const auto& end : plan.ends) store::end_edge(work.db, end.edge.id, end.on);
    for (auto begun : plan.begins) {
        begun.id = new_id(work.now);
        store::insert_edge(work.db, begun);
    }
    if (plan.close) store::set_closed(work.db, o.id, plan.close->on, plan.close->merged_into);
    if (plan.name) {
        store::change_name(work.db, o.id, plan.name->name, plan.name->short_name, plan.name->from);
        store::bring_names(work.db, plan.name->from - 1, plan.name->from, today);
    }
    for (const auto& root : roots_of(plan)) store::rewrite_paths(work.db, root.kind, root.id, today);
}

struct Change {
    const char* deed;
    Organization before;
    rules::Plan plan;
    CivilDate from;
    json::object asked;  // for the journal
};

Result<ChangeReport> carry_out(Work& work, const Impacts& impacts, const Change& change, bool dry_run) {
    ChangeReport report{dry_run, change.before, touched_by(work.db, impacts, change.before, change.plan, change.from)};
    if (dry_run) {
        if (change.plan.close) {
            report.organization.closed_on = change.plan.close->on;
            report.organization.merged_into = change.plan.close->merged_into;
        }
        if (change.plan.name) {
            report.organization.name = change.plan.name->name;
            report.organization.short_name = change.plan.name->short_name;
        }
        return report;
    }
    if (!store::raise_version(work.db, change.before.id, change.before.version))
        return Refusal{Code::conflict, "organization.changed_meanwhile", {{"name", change.before.name}}, {}, {}};
    apply(work, change.before, change.plan);
    report.organization = store::find(work.db, change.before.id).value();
    journal::record(work, change.deed, {"organization", change.before.id, change.before.id},
                    {{"asked", change.asked}, {"before", codec::encode(change.before)},
                     {"after", codec::encode(report.organization)}, {"touched", codec::encode(report.touched)}});
    if (change.from <= beijing_date(work.now))
        for (const auto& impact : impacts) impact->follow(work);
    return report;
}

void begin(Work& work) {
    store::lock_structure(work.db);
    bring_to_day(work.db, beijing_date(work.now));
}

Verdict refuse_opening(Work& work, const Opening& asked) {
    if (auto no = rules::refuse_name(asked.name)) return no;
    if (!asked.short_name.empty())
        if (auto no = rules::refuse_name(asked.short_name)) return no;
    if (!asked.credit_code.empty() && !rules::credit_code_holds(asked.credit_code))
        return Refusal{Code::unprocessable, "organization.bad_credit_code", {{"code", asked.credit_code}}, {}, {}};
    const auto today = beijing_date(work.now);
    if (asked.from > today + 366) return Refusal{Code::unprocessable, "organization.too_far_ahead", {{"days", "366"}}, {}, {}};
    if (store::open_name_exists(work.db, asked.name, "", asked.from))
        return Refusal{Code::conflict, "organization.name_taken", {{"name", asked.name}}, {}, {}};
    if (!asked.division_code.empty() &&
        !work.db.exists({"organizations.division_exists", "select 1 from divisions where code = $1"}, {asked.division_code}))
        return Refusal{Code::unprocessable, "organization.unknown_division", {{"code", asked.division_code}}, {}, {}};
    return std::nullopt;
}

Verdict refuse_parents(Work& work, const Opening& asked) {
    if (asked.parents.empty() && scope_of(work.actor, Matter::structure_change).reach != Reach::everything)
        return Refusal{Code::unprocessable, "organization.parent_missing", {}, {}, {}};
    std::set<std::pair<EdgeKind, std::string>> seen;
    int places = 0;
    for (const auto& link : asked.parents) {
        const auto parent = load_in_scope(work, link.parent);
        if (!parent) return parent.refusal();
        if (auto no = rules::refuse_parent(*parent, asked.from)) return no;
        places += link.kind == EdgeKind::place ? 1 : 0;
        if (places > 1 || !seen.insert({link.kind, link.parent}).second)
            return Refusal{Code::unprocessable, "organization.parent_twice", {{"parent", parent->name}}, {}, {}};
    }
    return std::nullopt;
}

Organization opened(const Opening& asked, std::int64_t sort_order) {
    Organization o;
    o.id = asked.id;
    o.name = asked.name;
    o.short_name = asked.short_name.empty() ? asked.name : asked.short_name;
    o.kind = asked.kind;
    o.level = asked.level;
    o.division_code = asked.division_code;
    o.credit_code = asked.credit_code;
    o.sort_order = sort_order;
    o.opened_on = asked.from;
    o.version = 1;
    return o;
}

}  // namespace

Result<ChangeReport> open(Work& work, const Impacts&, const Opening& asked, bool dry_run) {
    begin(work);
    if (auto no = refuse_opening(work, asked)) return *no;
    if (auto no = refuse_parents(work, asked)) return *no;
    auto one = asked;
    one.id = new_id(work.now);
    if (one.sort_order == 0) one.sort_order = store::last_sort_order(work.db) + 10;
    ChangeReport report{dry_run, opened(one, one.sort_order), {{"opened", 1, {one.name}}}};
    Touched begun{"edges_begun", 0, {}};
    for (const auto& link : one.parents) add_name(begun, one.name + " → " + name_of(work.db, link.parent));
    if (begun.count > 0) report.touched.push_back(std::move(begun));
    if (!dry_run) open_all(work, {one}, "organization.opened");
    return report;
}

void open_all(Work& work, const std::vector<Opening>& all, std::string_view deed) {
    if (all.empty()) return;
    const auto today = beijing_date(work.now);
    store::lock_structure(work.db);
    bring_to_day(work.db, today);
    auto next = store::last_sort_order(work.db);
    json::array names;
    for (const auto& one : all) {
        const auto order = one.sort_order != 0 ? one.sort_order : (next += 10);
        store::insert(work.db, opened(one, order));
        store::insert_own_paths(work.db, one.id);
        names.emplace_back(one.name);
    }
    std::set<store::Root> roots;
    for (const auto& one : all)
        for (const auto& link : one.parents) {
            store::insert_edge(work.db, {new_id(work.now), link.kind, one.id, link.parent, one.from, std::nullopt});
            roots.insert({link.kind, one.id});
        }
    for (const auto& root : roots) store::rewrite_paths(work.db, root.kind, root.id, today);
    const std::string id = all.size() == 1 ? all.front().id : "";
    journal::record(work, deed, {"organization", id, id}, {{"count", all.size()}, {"names", std::move(names)}});
}

Result<ChangeReport> close(Work& work, const Impacts& impacts, const Closing& asked, bool dry_run) {
    begin(work);
    auto organization = load_to_change(work, asked.id);
    if (!organization) return organization.refusal();
    const auto plan = rules::plan_close(asked, {*organization, store::open_children(work.db, asked.id, asked.on),
                                                beijing_date(work.now)});
    if (!plan) return plan.refusal();
    return carry_out(work, impacts, {"organization.closed", *organization, *plan, asked.on, {{"on", format_date(asked.on)}}}, dry_run);
}

Result<ChangeReport> move(Work& work, const Impacts& impacts, const Moving& asked, bool dry_run) {
    begin(work);
    auto child = load_to_change(work, asked.id);
    if (!child) return child.refusal();
    rules::MoveFacts facts;
    facts.child = *child;
    facts.today = beijing_date(work.now);
    if (asked.to) {
        auto to = load_in_scope(work, *asked.to);
        if (!to) return to.refusal();
        facts.to_is_below_child = store::is_below(work.db, asked.kind, *asked.to, asked.id, asked.from);
        facts.to = std::move(*to);
    } else if (scope_of(work.actor, Matter::structure_change).reach != Reach::everything) {
        return Refusal{Code::unprocessable, "organization.parent_missing", {}, {}, {}};
    }
    facts.edges = store::edges_of_child(work.db, asked.id, codec::enum_name(asked.kind), asked.from);
    const auto plan = rules::plan_move(asked, facts);
    if (!plan) return plan.refusal();
    json::object detail{{"kind", codec::encode(asked.kind)}, {"from", format_date(asked.from)},
                        {"leave", codec::encode(asked.leave)}, {"to", codec::encode(asked.to)}};
    return carry_out(work, impacts, {"organization.moved", *child, *plan, asked.from, std::move(detail)}, dry_run);
}

Result<ChangeReport> merge(Work& work, const Impacts& impacts, const Merging& asked, bool dry_run) {
    begin(work);
    auto from = load_to_change(work, asked.id);
    if (!from) return from.refusal();
    auto into = load_in_scope(work, asked.into);
    if (!into) return into.refusal();
    rules::MergeFacts facts{*from, *into, store::edges_of_child(work.db, asked.id, "place", asked.from),
                            store::edges_to_parent(work.db, asked.id, asked.from),
                            store::edges_to_parent(work.db, asked.into, asked.from), false, beijing_date(work.now)};
    for (const auto kind : {EdgeKind::place, EdgeKind::sector, EdgeKind::committee})
        facts.into_is_below = facts.into_is_below || store::is_below(work.db, kind, asked.into, asked.id, asked.from);
    const auto plan = rules::plan_merge(asked, facts);
    if (!plan) return plan.refusal();
    json::object detail{{"from", format_date(asked.from)}, {"into", asked.into}};
    auto done = carry_out(work, impacts, {"organization.merged", *from, *plan, asked.from, std::move(detail)}, dry_run);
    if (done && !dry_run && !store::raise_version(work.db, asked.into, asked.into_version))
        return Refusal{Code::conflict, "organization.changed_meanwhile", {{"name", into->name}}, {}, {}};
    return done;
}

Result<ChangeReport> rename(Work& work, const Impacts& impacts, const Renaming& asked, bool dry_run) {
    begin(work);
    auto organization = load_to_change(work, asked.id);
    if (!organization) return organization.refusal();
    const auto plan = rules::plan_rename(asked, {*organization, store::last_name_from(work.db, asked.id),
                                                 store::open_name_exists(work.db, asked.name, asked.id, asked.from),
                                                 beijing_date(work.now)});
    if (!plan) return plan.refusal();
    json::object detail{{"from", format_date(asked.from)}, {"name", asked.name}};
    return carry_out(work, impacts, {"organization.renamed", *organization, *plan, asked.from, std::move(detail)}, dry_run);
}

std::vector<std::string> link_all(Work& work, const std::vector<NewLink>& all, std::string_view deed) {
    std::vector<std::string> linked;
    const auto today = beijing_date(work.now);
    for (const auto& [child, link] : all) {
        if (linked.empty()) begin(work);
        const auto there = store::edges_of_child(work.db, child, codec::enum_name(link.kind), today);
        const bool same = std::any_of(there.begin(), there.end(), [&](const Edge& e) { return e.parent == link.parent; });
        if (same || (link.kind == EdgeKind::place && !there.empty()) || child == link.parent) continue;
        if (store::is_below(work.db, link.kind, link.parent, child, today)) continue;
        const Edge edge{new_id(work.now), link.kind, child, link.parent, today, std::nullopt};
        store::insert_edge(work.db, edge);
        store::rewrite_paths(work.db, link.kind, child, today);
        linked.push_back(edge_sentence(work.db, edge));
    }
    json::array names;
    for (const auto& sentence : linked) names.emplace_back(sentence);
    if (!linked.empty()) journal::record(work, deed, {"organization", "", ""}, {{"count", linked.size()}, {"names", std::move(names)}});
    return linked;
}

void bring_to_day(db::Connection& db, CivilDate today) {
    const auto stood = store::day_of_paths(db);
    if (stood == today) return;
    if (stood) {
        const auto after = std::min(*stood, today), until = std::max(*stood, today);
        for (const auto& root : store::changed_between(db, after, until)) store::rewrite_paths(db, root.kind, root.id, today);
        store::bring_names(db, after, until, today);
    } else {
        store::lock_structure(db);
    }
    store::set_day_of_paths(db, today);
}

}  // namespace anban::organizations
