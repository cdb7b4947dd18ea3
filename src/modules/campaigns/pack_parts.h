// The pieces of load_pack(), one for each file. Internal to the loader: each reads its file into the pack, tells every
// fault, and never stops at the first.
#pragma once

#include <map>
#include <string>

#include "modules/campaigns/pack.h"
#include "modules/campaigns/pack_yaml.h"

namespace anban::campaigns {

// Where each named thing stands, so that faults found across files still point at a line.
struct Places {
    std::map<std::string, int> organizations, groups, duties;
    int office = 0;
};

void read_campaign(const YamlFile&, Pack&, Places&, int& lead);
void read_organizations(const YamlFile&, Pack&, Places&);
void read_duties(const YamlFile&, Pack&, Places&, int lead);

// Faults between things: names that nothing carries, names used twice, doubtful dates.
void check_pack(const Pack&, const Places&, PackErrors&);

[[nodiscard]] inline int line_of(const YAML::Node& node) { return node.Mark().is_null() ? 0 : node.Mark().line + 1; }

}  // namespace anban::campaigns
