// campaign.yaml and organizations.yaml.
#include <algorithm>

#include "modules/campaigns/pack_parts.h"

namespace anban::campaigns {
namespace {

BOOST_DEFINE_ENUM_CLASS(TopicRole, lead, other)

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

bool contains(const std::vector<std::string>& words, const std::string& word) { return std::ranges::find(words, word) != words.end(); }

// A rule of a group: every condition that it gives has to fit.
struct Rule {
    std::optional<std::string> level;
    std::vector<std::string> kinds, under, topics, except;
    std::optional<TopicRole> role;
};

Rule read_rule(const Pack& pack, const Fields& fields) {
    Rule rule{fields.find_word("level", kLevels), fields.texts("kinds"), fields.texts("under"), fields.texts("topics"), fields.texts("except"),
              fields.find_enum<TopicRole>("role")};
    if (!rule.level && rule.kinds.empty() && rule.under.empty() && !rule.role) fields.complain("", "pack.select_without_condition");
    for (const auto& topic : rule.topics)
        if (!pack.find_topic(topic)) fields.complain("topics", "pack.no_such_topic", {{"name", topic}});
    if (fields.has("topics") && !rule.role) fields.complain("topics", "pack.topics_without_role");
    for (const auto* names : {&rule.under, &rule.except})
        for (const auto& name : *names)
            if (!pack.find_organization(name)) fields.complain("", "pack.no_such_organization", {{"name", name}});
    return rule;
}

// A department that leads one of the topics is a lead, whatever else it takes part in.
bool has_role(const Pack& pack, const Rule& rule, const std::string& name) {
    bool leads = false, takes_part = false;
    for (const auto& topic : pack.topics) {
        if (!rule.topics.empty() && !contains(rule.topics, topic.id)) continue;
        leads = leads || contains(topic.leads, name);
        takes_part = takes_part || contains(topic.others, name);
    }
    return *rule.role == TopicRole::lead ? leads : takes_part && !leads;
}

bool fits(const Pack& pack, const Rule& rule, const PackOrganization& organization) {
    const auto is_under = [&](const ParentEdge& edge) { return contains(rule.under, edge.parent); };
    return (!rule.level || organization.level == *rule.level) && (rule.kinds.empty() || contains(rule.kinds, organization.kind)) &&
           (rule.under.empty() || std::ranges::any_of(organization.parents, is_under)) &&
           (!rule.role || has_role(pack, rule, organization.name)) && !contains(rule.except, organization.name);
}

std::vector<std::string> selected(const Pack& pack, const Fields& fields) {
    const auto rule = read_rule(pack, fields);
    std::vector<std::string> out;
    for (const auto& organization : pack.organizations)
        if (fits(pack, rule, organization)) out.push_back(organization.name);
    return out;
}

Topic read_topic(const Fields& fields) {
    return {fields.find_id("id").value_or(""), fields.text("title"), fields.find_id("part_of"), fields.texts("leads"), fields.texts("others"),
            fields.flag("assumed"), line_of(fields.node())};
}

ReporterGroup read_group(const Pack& pack, const Fields& fields) {
    ReporterGroup group{fields.find_id("id").value_or(""), fields.text("title"), fields.texts("organizations"), fields.flag("assumed"), line_of(fields.node())};
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
    for (const auto& topic : fields.children("topics", "topic")) {
        auto read = read_topic(topic);
        if (pack.find_topic(read.id)) topic.complain("", "pack.named_twice", {{"name", read.id}});
        pack.topics.push_back(std::move(read));
    }
    for (const auto& group : fields.children("groups", "group")) {
        auto read = read_group(pack, group);
        if (pack.find_group(read.id)) group.complain("", "pack.named_twice", {{"name", read.id}});
        pack.groups.push_back(std::move(read));
    }
}

}  // namespace anban::campaigns
