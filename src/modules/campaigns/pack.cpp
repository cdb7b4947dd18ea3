#include "modules/campaigns/pack.h"

#include <algorithm>
#include <tuple>

#include "modules/campaigns/pack_parts.h"

namespace anban::campaigns {
namespace {

template <class Things, class Member>
auto* find_by(const Things& things, std::string_view name, Member member) {
    const auto found = std::ranges::find(things, name, member);
    return found == things.end() ? nullptr : &*found;
}

std::vector<std::filesystem::path> form_files(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "forms", ec))
        if (entry.path().extension() == ".yaml") files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

void read_forms(const std::filesystem::path& directory, Pack& pack, PackErrors& errors) {
    for (const auto& file : form_files(directory)) {
        auto form = forms::load_form(file.string(), errors);
        if (!form) continue;
        if (form->id != file.stem()) errors.push_back({file.string(), 0, "pack.id_is_not_the_file", {{"value", form->id}}});
        pack.forms.push_back(std::move(*form));
    }
}

// Faults found between files join those of their file, in the order in which the office reads them.
void sort_by_place(PackErrors& errors) {
    const auto place = [](const PackError& error) {
        const auto name = std::filesystem::path(error.file).filename();
        return std::tuple(name == "campaign.yaml" ? 0 : name == "organizations.yaml" ? 1 : name == "duties.yaml" ? 2 : 3, name, error.line);
    };
    std::ranges::stable_sort(errors, {}, place);
}

}  // namespace

const Duty* Pack::find_duty(std::string_view wanted) const { return find_by(duties, wanted, &Duty::id); }
const ReporterGroup* Pack::find_group(std::string_view wanted) const { return find_by(groups, wanted, &ReporterGroup::id); }

const Topic* Pack::find_topic(std::string_view wanted) const { return find_by(topics, wanted, &Topic::id); }

const PackOrganization* Pack::find_organization(std::string_view name) const {
    const auto found = organization_index.find(name);
    return found == organization_index.end() ? nullptr : &organizations[found->second];
}

const forms::Form* Pack::find_form(std::string_view wanted) const { return find_by(forms, wanted, &forms::Form::id); }
std::filesystem::path Pack::form_file(std::string_view form) const { return directory / "forms" / (std::string(form) + ".yaml"); }

std::string_view receiver_of(const Pack& pack, const Duty& collected, const PackOrganization& organization) {
    const auto* above = collected.collected_for ? pack.find_duty(*collected.collected_for) : nullptr;
    const auto* reporters = above ? pack.find_group(above->reporters) : nullptr;
    if (!reporters) return {};
    for (const auto kind : {EdgeKind::sector, EdgeKind::place, EdgeKind::committee})
        for (const auto& edge : organization.parents)
            if (edge.kind == kind && std::ranges::find(reporters->organizations, edge.parent) != reporters->organizations.end())
                return edge.parent;
    return {};
}

namespace {

void add_once(std::vector<std::string_view>& names, const std::string& name, const PackOrganization& reporter) {
    if (name != reporter.name && std::ranges::find(names, name) == names.end()) names.push_back(name);
}

std::optional<EdgeKind> edge_of(ReceiverRule rule) {
    switch (rule) {
        case ReceiverRule::place_parent: return EdgeKind::place;
        case ReceiverRule::sector_parent: return EdgeKind::sector;
        case ReceiverRule::committee_parent: return EdgeKind::committee;
        case ReceiverRule::topic_leads: break;
    }
    return std::nullopt;
}

bool takes_part(const Topic& topic, const std::string& name) { return std::ranges::find(topic.others, name) != topic.others.end(); }

}  // namespace

std::vector<std::string_view> meant_by(const Pack& pack, const Receiver& receiver, const PackOrganization& reporter) {
    if (!receiver.rule) return {receiver.organization};
    std::vector<std::string_view> names;
    if (const auto kind = edge_of(*receiver.rule)) {
        for (const auto& edge : reporter.parents)
            if (edge.kind == *kind) add_once(names, edge.parent, reporter);
        return names;
    }
    for (const auto& topic : pack.topics)
        if (takes_part(topic, reporter.name))
            for (const auto& lead : topic.leads) add_once(names, lead, reporter);
    return names;
}

LoadedPack load_pack(const std::filesystem::path& directory) {
    LoadedPack out;
    Pack pack;
    int lead = 2;
    int office_line = 0;
    pack.directory = directory;
    const auto file = [&](const char* name) { return YamlFile{(directory / name).string(), &out.errors}; };
    read_campaign(file("campaign.yaml"), pack, lead, office_line);
    read_organizations(file("organizations.yaml"), pack);
    read_duties(file("duties.yaml"), pack, lead);
    read_forms(directory, pack, out.errors);
    check_pack(pack, office_line, out.errors);
    sort_by_place(out.errors);
    if (out.errors.empty()) out.pack = std::move(pack);
    return out;
}

}  // namespace anban::campaigns
