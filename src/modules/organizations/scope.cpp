#include "modules/organizations/scope.h"

namespace anban::organizations {
namespace {

Reach reach_of(Role role) {
    switch (role) {
        case Role::liaison:
        case Role::reviewer:
        case Role::unit_leader:
        case Role::office_clerk:
        case Role::office_leader:
        case Role::inspector: return Reach::reporters;
        case Role::enterprise: return Reach::own;
        case Role::auditor: return Reach::everything;
        case Role::system_admin:
        case Role::security_admin:
        case Role::security_auditor: return Reach::nothing;
    }
    return Reach::nothing;
}

bool is_admin(Role role) {
    return role == Role::system_admin || role == Role::security_admin || role == Role::security_auditor;
}

std::string bound(db::Values& values, std::string_view value) {
    values.emplace_back(std::string(value));
    return '$' + std::to_string(values.size());
}

// What needs no campaign. Empty for `reporters`, which the callers know how to widen.
std::string simple(const Scope& scope, const std::string& column, db::Values& values) {
    switch (scope.reach) {
        case Reach::nothing: return "1 = 0";
        case Reach::own: return column + " = " + bound(values, scope.organization_id);
        case Reach::administered:
            return column + " in (select descendant from organization_paths where kind in ('place', 'committee') and ancestor = " +
                   bound(values, scope.organization_id) + ")";
        case Reach::everything: return "1 = 1";
        case Reach::reporters: break;
    }
    return {};
}

std::string tree(const std::string& column, const std::string& own) {
    return column + " in (select descendant from organization_paths where ancestor = " + own + ")";
}

constexpr const char* kForever = "'9999-12-31'";

// Everybody who reports to `own` in the campaign, directly or through others, and since and until when: the days that all links
// of the chain have in common.
std::string reporters(const std::string& own, const std::string& campaign) {
    const auto only = campaign.starts_with('$') ? " and campaign_id = " + campaign : std::string();
    const auto end = "coalesce(r.valid_to, " + std::string(kForever) + ")";
    return "with recursive reach (campaign_id, organization_id, since, until) as ("
           "select campaign_id, organization_id, valid_from, coalesce(valid_to, " + std::string(kForever) + ") from campaign_reporters"
           " where receiver_id = " + own + only +
           " union select r.campaign_id, r.organization_id,"
           " case when r.valid_from > reach.since then r.valid_from else reach.since end,"
           " case when " + end + " < reach.until then " + end + " else reach.until end"
           " from reach join campaign_reporters r on r.campaign_id = reach.campaign_id and r.receiver_id = reach.organization_id"
           " and r.valid_from < reach.until and " + end + " > reach.since) ";
}

// The same question of one unit, o.id: up its few chains instead of down to everybody.
std::string reports_to(const std::string& own, const std::string& campaign, const std::string& first, const std::string& last) {
    const auto end = "coalesce(r.valid_to, " + std::string(kForever) + ")";
    return "exists (with recursive above (organization_id, since, until) as ("
           "select r.receiver_id, r.valid_from, " + end + " from campaign_reporters r where r.campaign_id = " + campaign + " and r.organization_id = o.id"
           " union select r.receiver_id,"
           " case when r.valid_from > above.since then r.valid_from else above.since end,"
           " case when " + end + " < above.until then " + end + " else above.until end"
           " from above join campaign_reporters r on r.campaign_id = " + campaign + " and r.organization_id = above.organization_id"
           " and r.valid_from < above.until and " + end + " > above.since)"
           " select 1 from above where above.organization_id = " + own + " and (above.until = " + kForever +
           " or (above.since <= " + last + " and above.until > " + first + ")))";
}

// Present reporters; past ones with what falls into their days.
std::string reported(const Data& data, const std::string& own) {
    const bool one = data.campaign.starts_with('$');
    const auto key = one ? data.organization : "(" + data.campaign + ", " + data.organization + ")";
    const auto columns = std::string(one ? "organization_id" : "campaign_id, organization_id");
    const auto listed = [&](const std::string& which) {
        return key + " in (" + reporters(own, data.campaign) + "select " + columns + " from reach where until " + which + ' ' + kForever + ")";
    };
    return "(" + listed("=") + " or (" + listed("<>") + " and exists (" + reporters(own, data.campaign) +
           "select 1 from reach where reach.campaign_id = " + data.campaign + " and reach.organization_id = " + data.organization +
           " and reach.since <= " + data.last_day + " and reach.until > " + data.first_day + ")))";
}

std::string living_reporters(const std::string& column, const std::string& own, CivilDate today, db::Values& values) {
    const auto day = bound(values, format_date(today)), still = bound(values, format_date(today - kSummingUpDays));
    return column + " in (with recursive reach (campaign_id, organization_id) as ("
           "select r.campaign_id, r.organization_id from campaign_reporters r join campaigns c on c.id = r.campaign_id"
           " where r.receiver_id = " + own + " and (r.valid_to is null or r.valid_to > " + day + ") and c.period_to >= " + still +
           " union select r.campaign_id, r.organization_id"
           " from reach join campaign_reporters r on r.campaign_id = reach.campaign_id and r.receiver_id = reach.organization_id"
           " and (r.valid_to is null or r.valid_to > " + day + ")) select organization_id from reach)";
}

bool any_organization(db::Connection& db, const char* name, const std::string& filter, const db::Values& values) {
    bool found = false;
    db.each_built(name, "select 1 from organizations o where o.id = $1 and " + filter, values, [&](const db::Row&) { found = true; });
    return found;
}

}  // namespace

Scope scope_of(const Actor& actor) { return {reach_of(actor.role), actor.organization_id}; }

Scope scope_of(const Actor& actor, Matter matter) {
    if (is_admin(actor.role)) return {Reach::everything, actor.organization_id};
    const auto reach = reach_of(actor.role);
    if (matter == Matter::structure_change && reach == Reach::reporters) return {Reach::administered, actor.organization_id};
    return {reach, actor.organization_id};
}

std::string data_filter(const Scope& scope, const Data& data, db::Values& values) {
    if (auto condition = simple(scope, data.organization, values); !condition.empty()) return condition;
    const auto own = bound(values, scope.organization_id);
    return "(" + tree(data.organization, own) + " or " + reported(data, own) + ")";
}

std::string data_filter(const Scope& scope, std::string_view organization, std::string_view campaign, const Days& days, db::Values& values) {
    const std::string column(organization);
    if (auto condition = simple(scope, column, values); !condition.empty()) return condition;
    const auto first = bound(values, format_date(days.first)), last = bound(values, format_date(days.last));
    return data_filter(scope, {column, std::string(campaign), first, last}, values);
}

std::string tree_filter(const Scope& scope, std::string_view column, db::Values& values) {
    if (auto condition = simple(scope, std::string(column), values); !condition.empty()) return condition;
    return tree(std::string(column), bound(values, scope.organization_id));
}

std::string structure_filter(const Scope& scope, std::string_view column, CivilDate today, db::Values& values) {
    const std::string c(column);
    if (auto condition = simple(scope, c, values); !condition.empty()) return condition;
    const auto own = bound(values, scope.organization_id);
    return "(" + tree(c, own) + " or " + living_reporters(c, own, today, values) + ")";
}

bool in_scope(db::Connection& db, const Scope& scope, std::string_view organization_id, std::string_view campaign_id, const Days& days) {
    if (scope.reach != Reach::nothing && organization_id == scope.organization_id) return true;  // most questions are about one's own
    db::Values values{std::string(organization_id)};
    if (scope.reach != Reach::reporters) return any_organization(db, "organizations.in_simple_scope", simple(scope, "o.id", values), values);
    values.insert(values.end(), {scope.organization_id, std::string(campaign_id), format_date(days.first), format_date(days.last)});
    return any_organization(db, "organizations.in_scope", "(" + tree("o.id", "$2") + " or " + reports_to("$2", "$3", "$4", "$5") + ")", values);
}

bool in_structure_scope(db::Connection& db, const Scope& scope, std::string_view organization_id, CivilDate today) {
    db::Values values{std::string(organization_id)};
    const auto filter = structure_filter(scope, "o.id", today, values);
    return any_organization(db, "organizations.in_structure_scope", filter, values);
}

}  // namespace anban::organizations
