// What pages show of campaigns.
#include "core/codec.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/organizations/scope.h"

namespace anban::campaigns {
namespace {

CampaignLine line(const db::Row& row) {
    return {row.string(0), row.string(1), row.string(2), parse_date(row.text(3)).value(), parse_date(row.text(4)).value(),
            row.int64(5), row.int64(6)};
}

// Seen by its office and those above it, by whoever reports or receives in it or has a reporter in a tree below, by who reads everything.
std::vector<CampaignLine> visible(View& view, std::string_view only_id) {
    const auto scope = organizations::scope_of(view.actor);
    db::Values values{view.actor.organization_id, std::string(only_id)};
    const auto reporters = organizations::tree_filter(scope, "r.organization_id", values);
    const auto office = organizations::tree_filter(scope, "c.office", values);
    const std::string sql = R"sql(
        select c.id, c.title, o.name, c.period_from, c.period_to, c.pack_version, c.version
        from campaigns c
        join organizations o on o.id = c.office
        where ($2 = '' or c.id = $2)
          and (exists (select 1 from campaign_reporters r where r.campaign_id = c.id and (r.receiver_id = $1 or )sql" +
        reporters + ")) or " + office + ") order by c.period_from desc, c.id";
    std::vector<CampaignLine> found;
    if (scope.reach == organizations::Reach::nothing) return found;
    view.db.each_built("campaigns.visible", sql, values, [&](const db::Row& row) { found.push_back(line(row)); });
    return found;
}

json::value notice(View& view, const CampaignLine& campaign) {
    std::string content = "{}";
    view.db.each({"campaigns.pack_content", "select content from pack_versions where campaign_id = $1 and number = $2"},
                 {campaign.id, campaign.pack_version}, [&](const db::Row& row) { content = row.string(0); });
    const auto parsed = json::parse(content);
    const auto* found = parsed ? parsed->as_object().if_contains("notice") : nullptr;
    return found ? *found : json::value(nullptr);
}

std::vector<ReporterLine> reporters(View& view, const CampaignLine& campaign) {
    db::Values values{campaign.id};
    const organizations::Data line{"o.id", "$1", "r.valid_from", "coalesce(r.valid_to, '9999-12-30')"};
    const auto scope = organizations::data_filter(organizations::scope_of(view.actor), line, values);
    const std::string sql = R"sql(
        select o.id, o.name, o.short_name, r.receiver_id, v.name, r.groups, r.level, r.valid_from, r.valid_to
        from campaign_reporters r
        join organizations o on o.id = r.organization_id
        join organizations v on v.id = r.receiver_id
        where r.campaign_id = $1 and )sql" + scope + " order by r.sort_order, o.id, r.valid_from";
    std::vector<ReporterLine> found;
    view.db.each_built("campaigns.reporters", sql, values, [&](const db::Row& row) {
        ReporterLine r{row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), {}, row.string(6),
                       parse_date(row.text(7)).value(), row.is_null(8) ? std::nullopt : parse_date(row.text(8))};
        for (auto groups = row.text(5); !groups.empty();) {
            const auto comma = groups.find(',');
            r.groups.emplace_back(groups.substr(0, comma));
            groups.remove_prefix(comma == std::string_view::npos ? groups.size() : comma + 1);
        }
        found.push_back(std::move(r));
    });
    return found;
}

std::string name_of(db::Connection& db, const std::string& id) {
    std::string name;
    db.each({"campaigns.organization_name", "select name from organizations where id = $1"}, {id},
            [&](const db::Row& row) { name = row.string(0); });
    return name;
}

std::vector<DutyLine> duties(View& view, const CampaignLine& campaign) {
    std::vector<DutyLine> found;
    for (auto& version : current_duties(view.db, campaign.id)) {
        DutyLine duty{version.definition.duty, version.number, version.valid_from, version.definition.outside, {}};
        for (const auto& id : version.definition.receivers) duty.receiver_names.push_back(name_of(view.db, id));
        duty.definition = std::move(version.definition);
        found.push_back(std::move(duty));
    }
    return found;
}

FormLine form_line(db::Connection& db, const std::string& id, const std::string& digest) {
    const auto form = load_form_version(db, digest);
    FormLine line{id, digest, {}, form->pictures_min};
    for (const auto& category : form->categories) line.categories.push_back({category.id, category.title});
    return line;
}

std::vector<FormLine> forms(db::Connection& db, const std::vector<DutyLine>& duties) {
    std::map<std::string, std::string> by_id;
    for (const auto& duty : duties)
        for (const auto& part : duty.definition.parts)
            if (!part.form.empty()) by_id[part.form] = part.form_digest;
    std::vector<FormLine> found;
    for (const auto& [form, digest] : by_id) found.push_back(form_line(db, form, digest));
    return found;
}

}  // namespace

Result<CampaignLines> list(View& view) { return CampaignLines{visible(view, "")}; }

Result<CampaignWhole> load(View& view, std::string_view id) {
    const auto found = id.empty() ? std::vector<CampaignLine>{} : visible(view, id);
    if (found.empty()) return Refusal{Code::not_found, "campaign.unknown", {}, {}, {}};
    CampaignWhole whole{found.front(), notice(view, found.front()), duties(view, found.front()), reporters(view, found.front()), {}};
    whole.forms = forms(view.db, whole.duties);
    return whole;
}

}  // namespace anban::campaigns
