#include "modules/organizations/scope.h"

namespace anban::organizations {
namespace {

Reach business_reach(Role role) {
    switch (role) {
        case Role::liaison:
        case Role::reviewer:
        case Role::unit_leader:
        case Role::office_clerk:
        case Role::office_leader:
        case Role::inspector: return Reach::below;
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

std::string tree(std::string_view column, const std::string& own) {
    return std::string(column) + " in (select descendant from organization_paths where ancestor = " + own + ")";
}

// A reporter of a reporter counts within the same campaign only. Past reporters stay: their filings do.
std::string below(std::string_view column, const std::string& own) {
    const std::string c(column);
    return "(" + tree(column, own) + " or " + c + " in (with recursive reach (campaign_id, organization_id) as ("
           "select campaign_id, organization_id from campaign_reporters where receiver_id = " + own +
           " union select r.campaign_id, r.organization_id from campaign_reporters r"
           " join reach on reach.campaign_id = r.campaign_id and reach.organization_id = r.receiver_id)"
           " select organization_id from reach))";
}

}  // namespace

Scope scope_of(const Actor& actor, Matter matter) {
    if (matter != Matter::business && is_admin(actor.role)) return {Reach::everything, actor.organization_id};
    const auto reach = business_reach(actor.role);
    if (matter == Matter::structure_change && reach == Reach::below) return {Reach::tree, actor.organization_id};
    return {reach, actor.organization_id};
}

std::string scope_filter(const Scope& scope, std::string_view column, db::Values& values) {
    switch (scope.reach) {
        case Reach::nothing: return "1 = 0";
        case Reach::own: return std::string(column) + " = " + bound(values, scope.organization_id);
        case Reach::below: return below(column, bound(values, scope.organization_id));
        case Reach::tree: return tree(column, bound(values, scope.organization_id));
        case Reach::everything: return "1 = 1";
    }
    return "1 = 0";
}

bool in_scope(db::Connection& db, const Scope& scope, std::string_view organization_id) {
    db::Values values{std::string(organization_id)};
    const auto filter = scope_filter(scope, "o.id", values);
    bool found = false;
    db.each_built("organizations.in_scope", "select 1 from organizations o where o.id = $1 and " + filter, values,
                  [&](const db::Row&) { found = true; });
    return found;
}

std::string reporters_filter(std::string_view campaign_id, std::string_view receiver_id, std::string_view column,
                             db::Values& values) {
    const auto campaign = bound(values, campaign_id);
    const auto receiver = bound(values, receiver_id);
    const std::string c(column);
    return "(" + c + " = " + receiver + " or " + c + " in (with recursive reach (organization_id) as ("
           "select organization_id from campaign_reporters where campaign_id = " + campaign + " and receiver_id = " + receiver +
           " union select r.organization_id from campaign_reporters r join reach on reach.organization_id = r.receiver_id"
           " where r.campaign_id = " + campaign + ") select organization_id from reach))";
}

}  // namespace anban::organizations
