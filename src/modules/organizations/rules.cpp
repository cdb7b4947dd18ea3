#include "modules/organizations/rules.h"

#include <algorithm>
#include <array>

namespace anban::organizations::rules {
namespace {

constexpr int kDaysAhead = 366;

Refusal conflict(const char* key, Params params = {}) { return {Code::conflict, key, std::move(params), {}, {}}; }
Refusal unprocessable(const char* key, Params params = {}) { return {Code::unprocessable, key, std::move(params), {}, {}}; }

Verdict refuse_ended(const Organization& o) {
    if (o.closed_on) return conflict("organization.closed", {{"name", o.name}, {"day", format_date(*o.closed_on)}});
    return std::nullopt;
}

Verdict refuse_change(const Organization& o, std::int64_t version, CivilDate from, CivilDate today) {
    if (auto no = refuse_version(o, version)) return no;
    if (auto no = refuse_ended(o)) return no;
    return refuse_day(o, from, today);
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

Verdict refuse_later(const std::vector<Edge>& edges, CivilDate from) {
    for (const auto& e : edges)
        if (e.from > from) return conflict("organization.later_change", {{"day", format_date(e.from)}});
    return std::nullopt;
}

}  // namespace

Verdict refuse_version(const Organization& o, std::int64_t asked) {
    if (o.version != asked) return conflict("organization.changed_meanwhile", {{"name", o.name}});
    return std::nullopt;
}

Verdict refuse_day(const Organization& o, CivilDate from, CivilDate today) {
    if (from < o.opened_on) return unprocessable("organization.before_opening", {{"day", format_date(o.opened_on)}});
    if (from > today + kDaysAhead) return unprocessable("organization.too_far_ahead", {{"days", std::to_string(kDaysAhead)}});
    return std::nullopt;
}

Verdict refuse_name(std::string_view name) {
    const auto n = characters(name);
    const bool edged = !name.empty() && (name.front() == ' ' || name.back() == ' ');
    const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; });
    if (n < 2 || n > 100 || edged || control) return unprocessable("organization.bad_name");
    return std::nullopt;
}

bool credit_code_holds(std::string_view code) {
    constexpr std::string_view digits = "0123456789ABCDEFGHJKLMNPQRTUWXY";  // without I, O, S, V, Z
    constexpr std::array weights{1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    if (code.size() != 18) return false;
    std::size_t sum = 0;
    for (std::size_t i = 0; i < 17; ++i) {
        const auto digit = digits.find(code[i]);
        if (digit == std::string_view::npos) return false;
        sum += digit * static_cast<std::size_t>(weights[i]);
    }
    return digits[(31 - sum % 31) % 31] == code[17];
}

Verdict refuse_parent(const Organization& parent, CivilDate from) {
    if (auto no = refuse_ended(parent)) return no;
    if (from < parent.opened_on)
        return unprocessable("organization.parent_not_open", {{"name", parent.name}, {"day", format_date(parent.opened_on)}});
    return std::nullopt;
}

Result<Plan> plan_close(const Closing& asked, const CloseFacts& facts) {
    if (auto no = refuse_change(facts.organization, asked.version, asked.on, facts.today)) return *no;
    if (!facts.open_children.empty()) {
        auto no = conflict("organization.has_children", {{"count", std::to_string(facts.open_children.size())}});
        for (const auto& child : facts.open_children)
            no.errors.push_back({child.id, "organization.open_child", {{"name", child.name}}});
        return no;
    }
    Plan plan;
    plan.close = CloseOn{asked.on, std::nullopt};
    return plan;
}

Result<Plan> plan_move(const Moving& asked, const MoveFacts& facts) {
    if (auto no = refuse_change(facts.child, asked.version, asked.from, facts.today)) return *no;
    if (facts.to) {
        if (facts.to->id == facts.child.id || facts.to_is_below_child)
            return conflict("organization.cycle", {{"name", facts.child.name}, {"parent", facts.to->name}});
        if (auto no = refuse_parent(*facts.to, asked.from)) return *no;
    }
    if (asked.kind == EdgeKind::place)
        if (auto no = refuse_later(facts.edges, asked.from)) return *no;
    Plan plan;
    bool left = !asked.leave;
    for (const auto& e : facts.edges) {
        if (facts.to && e.parent == facts.to->id) return conflict("organization.already_there", {{"parent", facts.to->name}});
        const bool leaves = asked.leave ? e.parent == *asked.leave : asked.kind == EdgeKind::place;
        if (!leaves) continue;
        left = true;
        if (auto no = refuse_later({e}, asked.from)) return *no;
        plan.ends.push_back({e, asked.from});
    }
    if (!left) return unprocessable("organization.not_below", {{"name", facts.child.name}});
    if (facts.to) plan.begins.push_back({"", asked.kind, facts.child.id, facts.to->id, asked.from, std::nullopt});
    if (plan.ends.empty() && plan.begins.empty()) return unprocessable("organization.nothing_to_move");
    return plan;
}

Result<Plan> plan_merge(const Merging& asked, const MergeFacts& facts) {
    if (facts.from.id == facts.into.id) return unprocessable("organization.merge_with_itself");
    if (auto no = refuse_change(facts.from, asked.version, asked.from, facts.today)) return *no;
    if (auto no = refuse_change(facts.into, asked.into_version, asked.from, facts.today)) return *no;
    if (facts.into_is_below) return conflict("organization.cycle", {{"name", facts.from.name}, {"parent", facts.into.name}});
    if (auto no = refuse_later(facts.own_place_edges, asked.from)) return *no;
    Plan plan;
    plan.close = CloseOn{asked.from, facts.into.id};
    bool below_already = false;
    for (const auto& e : facts.own_place_edges) {
        if (e.parent == facts.into.id && !e.to) { below_already = true; continue; }
        plan.ends.push_back({e, asked.from});
    }
    if (!below_already) plan.begins.push_back({"", EdgeKind::place, facts.from.id, facts.into.id, asked.from, std::nullopt});
    for (const auto& e : facts.child_edges) {
        const auto first = std::max(e.from, asked.from);
        plan.ends.push_back({e, first});
        const bool there = std::any_of(facts.child_edges_into.begin(), facts.child_edges_into.end(), [&](const Edge& other) {
            return other.kind == e.kind && other.child == e.child;
        });
        if (!there) plan.begins.push_back({"", e.kind, e.child, facts.into.id, first, e.to});
    }
    return plan;
}

Result<Plan> plan_rename(const Renaming& asked, const RenameFacts& facts) {
    if (auto no = refuse_change(facts.organization, asked.version, asked.from, facts.today)) return *no;
    if (auto no = refuse_name(asked.name)) return *no;
    if (!asked.short_name.empty())
        if (auto no = refuse_name(asked.short_name)) return *no;
    if (facts.name_taken) return conflict("organization.name_taken", {{"name", asked.name}});
    if (facts.last_name_from && *facts.last_name_from > asked.from)
        return conflict("organization.later_change", {{"day", format_date(*facts.last_name_from)}});
    Plan plan;
    plan.name = NameChange{asked.name, asked.short_name.empty() ? asked.name : asked.short_name, asked.from};
    return plan;
}

}  // namespace anban::organizations::rules
