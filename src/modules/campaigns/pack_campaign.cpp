// campaign.yaml and organizations.yaml.
#include <algorithm>

#include "modules/campaigns/pack_parts.h"

namespace anban::campaigns {
namespace {

constexpr std::string_view kLevels[] = {"province", "city", "county", "town", "zone", "enterprise"};

Paper read_paper(const Fields& fields) {
    return {fields.text("title"), fields.find_text("number"), fields.find_date("issued"), fields.text("scope")};
}

Notice read_notice(const Fields& fields) {
    Notice notice{fields.text("title"), fields.find_text("number"), fields.text("issuer"), fields.date("issued"), {}};
    for (const auto& paper : fields.children("supersedes", "paper")) notice.supersedes.push_back(read_paper(paper));
    return notice;
}

Period read_period(const Fields& fields) {
    Period period{fields.date("from"), fields.date("to"), fields.flag("assumed")};
    if (period.to < period.from) fields.complain("to", "pack.ends_before_it_begins");
    return period;
}

std::vector<ParentEdge> read_parents(const Fields& fields) {
    std::vector<ParentEdge> edges;
    for (const auto kind : {EdgeKind::place, EdgeKind::sector, EdgeKind::committee})
        if (const auto parent = fields.find_text(codec::enum_name(kind))) edges.push_back({kind, *parent});
    return edges;
}

PackOrganization read_organization(const Fields& fields) {
    PackOrganization out{fields.text("name"), fields.text("short"), fields.find_id("kind").value_or(""),
                         fields.find_word("level", kLevels).value_or(""), fields.find_text("division"), {},
                         fields.find_date("since"), fields.find_date("until"), line_of(fields.node())};
    if (const auto parents = fields.find_child("parents", "parents")) out.parents = read_parents(*parents);
    if (out.since && out.until && *out.until < *out.since) fields.complain("until", "pack.ends_before_it_begins");
    return out;
}

std::vector<std::string> selected(const Pack& pack, const Fields& rule) {
    std::vector<std::string> out;
    const auto level = rule.find_word("level", kLevels);
    const auto kinds = rule.texts("kinds");
    for (const auto& organization : pack.organizations)
        if (organization.level == level && std::ranges::find(kinds, organization.kind) != kinds.end()) out.push_back(organization.name);
    return out;
}

ReporterGroup read_group(const Pack& pack, const Fields& fields) {
    ReporterGroup group{fields.find_id("id").value_or(""), fields.text("title"), fields.texts("organizations"), line_of(fields.node())};
    if (fields.has("organizations") == fields.has("select")) fields.complain("", "pack.group_by_name_or_by_rule");
    if (const auto rule = fields.find_child("select", "select")) group.organizations = selected(pack, *rule);
    if (group.organizations.empty()) fields.complain("", "pack.group_empty");
    return group;
}

std::string folder_name(const std::filesystem::path& directory) {
    const auto clean = std::filesystem::absolute(directory).lexically_normal();
    return (clean.has_filename() ? clean : clean.parent_path()).filename().string();
}

}  // namespace

void read_campaign(const YamlFile& file, Pack& pack, int& lead, int& office_line) {
    const auto root = read_yaml(file);
    if (!root) return;
    const Fields fields(file, *root, "campaign");
    pack.id = fields.find_id("id").value_or("");
    if (!pack.id.empty() && pack.id != folder_name(pack.directory)) fields.complain("id", "pack.id_is_not_the_folder", {{"value", pack.id}});
    pack.title = fields.text("title");
    if (const auto notice = fields.find_child("notice", "notice")) pack.notice = read_notice(*notice);
    if (const auto period = fields.find_child("period", "period")) pack.period = read_period(*period);
    if (const auto contact = fields.find_child("contact", "contact")) pack.contact = Contact{contact->text("post"), contact->text("channel")};
    pack.addressees = fields.texts("addressees");
    pack.copies = fields.texts("copies");
    for (const auto& attachment : fields.children("attachments", "attachment"))
        pack.attachments.push_back({attachment.text("title"), attachment.find_id("form")});
    for (const auto& member : fields.children("leading_group", "member")) pack.leading_group.push_back({member.text("role"), member.text("post")});
    for (const auto& paper : fields.children("basis_papers", "paper")) pack.basis_papers.push_back(read_paper(paper));
    pack.office = fields.text("office");
    office_line = line_of(fields.at("office"));
    lead = fields.find_number("lead", 0, 60).value_or(2);
}

void read_organizations(const YamlFile& file, Pack& pack) {
    const auto root = read_yaml(file);
    if (!root) return;
    const Fields fields(file, *root, "organizations");
    for (const auto& organization : fields.children("organizations", "organization")) {
        auto read = read_organization(organization);
        if (!pack.organization_index.emplace(read.name, pack.organizations.size()).second)
            organization.complain("", "pack.named_twice", {{"name", read.name}});
        pack.organizations.push_back(std::move(read));
    }
    for (const auto& group : fields.children("groups", "group")) {
        auto read = read_group(pack, group);
        if (pack.find_group(read.id)) group.complain("", "pack.named_twice", {{"name", read.id}});
        pack.groups.push_back(std::move(read));
    }
}

}  // namespace anban::campaigns
