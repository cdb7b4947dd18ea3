#include "modules/campaigns/pack.h"

#include <algorithm>

#include "modules/campaigns/pack_parts.h"

namespace anban::campaigns {
namespace {

template <class Things, class Member>
auto* find_by(const Things& things, std::string_view name, Member member) {
    const auto found = std::ranges::find(things, name, member);
    return found == things.end() ? nullptr : &*found;
}

std::vector<std::string> form_ids(const std::filesystem::path& directory) {
    std::vector<std::string> ids;
    std::error_code ec;
    for (const auto& entry : std::filesystem::directory_iterator(directory / "forms", ec))
        if (entry.path().extension() == ".yaml") ids.push_back(entry.path().stem().string());
    std::ranges::sort(ids);
    return ids;
}

}  // namespace

const Duty* Pack::find_duty(std::string_view wanted) const { return find_by(duties, wanted, &Duty::id); }
const ReporterGroup* Pack::find_group(std::string_view wanted) const { return find_by(groups, wanted, &ReporterGroup::id); }
const PackOrganization* Pack::find_organization(std::string_view name) const { return find_by(organizations, name, &PackOrganization::name); }
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

LoadedPack load_pack(const std::filesystem::path& directory) {
    LoadedPack out;
    Pack pack;
    Places places;
    int lead = 2;
    pack.directory = directory;
    const auto file = [&](const char* name) { return YamlFile{(directory / name).string(), &out.errors}; };
    read_campaign(file("campaign.yaml"), pack, places, lead);
    read_organizations(file("organizations.yaml"), pack, places);
    read_duties(file("duties.yaml"), pack, places, lead);
    pack.forms = form_ids(directory);
    check_pack(pack, places, out.errors);
    if (out.errors.empty()) out.pack = std::move(pack);
    return out;
}

}  // namespace anban::campaigns
