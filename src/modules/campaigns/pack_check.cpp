// Faults between the files of a pack.
#include <algorithm>
#include <set>

#include "modules/campaigns/pack_parts.h"
#include "platform/embedded/embedded.h"

namespace anban::campaigns {
namespace {

struct Complaints {
    const Pack& pack;
    PackErrors& errors;

    void at(const char* file, int line, const char* key, Params params) const {
        errors.push_back({(pack.directory / file).string(), line, key, std::move(params)});
    }
    void in(const PackOrganization& organization, const char* key, Params params) const { at("organizations.yaml", organization.line, key, std::move(params)); }
    void in(const ReporterGroup& group, const char* key, Params params) const { at("organizations.yaml", group.line, key, std::move(params)); }
    void in(const Duty& duty, const char* key, Params params) const { at("duties.yaml", duty.line, key, std::move(params)); }
};

std::set<std::string_view> codes(std::string_view csv) {
    std::set<std::string_view> out;
    while (!csv.empty()) {
        const auto end = std::min(csv.find('\n'), csv.size());
        out.insert(csv.substr(0, std::min(csv.find(','), end)));
        csv.remove_prefix(std::min(end + 1, csv.size()));
    }
    return out;
}

bool known_division(const std::string& code) {
    static const auto counties = codes(embedded::divisions());
    static const auto towns = codes(embedded::division_towns());
    return counties.contains(code) || towns.contains(code);
}

void check_organizations(const Complaints& complain) {
    for (const auto& organization : complain.pack.organizations) {
        if (organization.division && !known_division(*organization.division))
            complain.in(organization, "pack.no_such_division", {{"code", *organization.division}});
        for (const auto& edge : organization.parents)
            if (!complain.pack.find_organization(edge.parent) || edge.parent == organization.name)
                complain.in(organization, "pack.no_such_organization", {{"name", edge.parent}});
    }
}

void check_topics(const Complaints& complain) {
    for (const auto& topic : complain.pack.topics) {
        const auto at = [&](const char* key, const std::string& name) { complain.at("organizations.yaml", topic.line, key, {{"name", name}}); };
        if (topic.part_of && (*topic.part_of == topic.id || !complain.pack.find_topic(*topic.part_of))) at("pack.no_such_topic", *topic.part_of);
        std::set<std::string> seen;
        for (const auto* names : {&topic.leads, &topic.others})
            for (const auto& name : *names) {
                if (!complain.pack.find_organization(name)) at("pack.no_such_organization", name);
                if (!seen.insert(name).second) at("pack.named_twice", name);
            }
    }
}

void check_groups(const Complaints& complain) {
    for (const auto& group : complain.pack.groups) {
        std::set<std::string> seen;
        for (const auto& name : group.organizations) {
            if (!complain.pack.find_organization(name)) complain.in(group, "pack.no_such_organization", {{"name", name}});
            if (!seen.insert(name).second) complain.in(group, "pack.named_twice", {{"name", name}});
        }
    }
}

void check_receivers(const Complaints& complain, const Duty& duty) {
    for (const auto& receiver : duty.receivers)
        if (!receiver.rule && !receiver.outside && !receiver.organization.empty() && !complain.pack.find_organization(receiver.organization))
            complain.in(duty, "pack.no_such_organization", {{"name", receiver.organization}});
    const auto* group = complain.pack.find_group(duty.reporters);
    if (!group) return;
    for (const auto& receiver : duty.receivers)
        for (const auto& name : group->organizations)
            if (const auto* reporter = complain.pack.find_organization(name); receiver.rule && reporter && meant_by(complain.pack, receiver, *reporter).empty())
                complain.in(duty, "pack.nobody_receives_from", {{"name", name}, {"rule", std::string(codec::enum_name(*receiver.rule))}});
    if (!duty.collected_for) return;
    for (const auto& name : group->organizations)
        if (const auto* organization = complain.pack.find_organization(name); organization && receiver_of(complain.pack, duty, *organization).empty())
            complain.in(duty, "pack.nobody_collects_from", {{"name", name}});
}

using Names = std::set<std::string_view>;

Names receivers_for(const Pack& pack, const Duty& duty, const std::string& reporter) {
    Names names;
    if (const auto* organization = pack.find_organization(reporter))
        for (const auto& receiver : duty.receivers)
            if (!receiver.outside)
                for (const auto name : meant_by(pack, receiver, *organization)) names.insert(name);
    return names;
}

// Who hands in to whom is kept by group: a receiver that only some of the group have by rule must not be everybody's by another duty.
void check_same_group(const Complaints& complain, const Duty& duty) {
    const auto* group = complain.pack.find_group(duty.reporters);
    if (!group || std::ranges::none_of(duty.receivers, [](const auto& receiver) { return receiver.rule.has_value(); })) return;
    Names anyones;
    for (const auto& name : group->organizations) anyones.merge(receivers_for(complain.pack, duty, name));
    for (const auto& other : complain.pack.duties) {
        if (other.id == duty.id || other.reporters != duty.reporters || other.collected_for) continue;
        for (const auto& name : group->organizations)
            for (const auto receiver : receivers_for(complain.pack, other, name))
                if (anyones.contains(receiver) && !receivers_for(complain.pack, duty, name).contains(receiver))
                    return complain.in(duty, "pack.receiver_of_another_duty", {{"duty", other.id}, {"receiver", std::string(receiver)}, {"name", name}});
    }
}

bool has_form(const Pack& pack, const std::string& form) { return std::filesystem::exists(pack.form_file(form)); }

// A table part shows a table, a ledger part a ledger; only a part of kind form takes any.
bool fits(PartKind part, forms::FormKind form) { return part == PartKind::form || codec::enum_name(part) == codec::enum_name(form); }

void check_form(const Complaints& complain, const Duty& duty, const Part& part) {
    if (!has_form(complain.pack, *part.form)) complain.in(duty, "pack.no_such_form", {{"name", *part.form}, {"part", part.id}});
    const auto* form = complain.pack.find_form(*part.form);
    if (form && !fits(part.kind, form->kind))
        complain.in(duty, "pack.form_of_another_kind", {{"name", form->id}, {"part", part.id}, {"kind", std::string(codec::enum_name(form->kind))}});
}

void check_duty(const Complaints& complain, const Duty& duty) {
    if (!duty.reporters.empty() && !complain.pack.find_group(duty.reporters)) complain.in(duty, "pack.no_such_group", {{"name", duty.reporters}});
    check_receivers(complain, duty);
    check_same_group(complain, duty);
    for (const auto& part : duty.parts)
        if (part.form && !duty.collected_for) check_form(complain, duty, part);
    if (duty.supersedes && (duty.supersedes->duty == duty.id || !complain.pack.find_duty(duty.supersedes->duty)))
        complain.in(duty, "pack.no_such_duty", {{"name", duty.supersedes->duty}});
}

}  // namespace

// What could not be read is told already; names that would hang on it are not told again.
void check_pack(const Pack& pack, int office_line, PackErrors& errors) {
    const Complaints complain{pack, errors};
    if (!pack.organizations.empty()) {
        if (!pack.office.empty() && !pack.find_organization(pack.office))
            complain.at("campaign.yaml", office_line, "pack.no_such_organization", {{"name", pack.office}});
        check_organizations(complain);
        check_topics(complain);
        check_groups(complain);
    }
    for (const auto& attachment : pack.attachments)
        if (attachment.form && !has_form(pack, *attachment.form))
            complain.at("campaign.yaml", 0, "pack.no_such_form", {{"name", *attachment.form}, {"part", attachment.title}});
    for (const auto& duty : pack.duties)
        if (!pack.groups.empty()) check_duty(complain, duty);
}

}  // namespace anban::campaigns
