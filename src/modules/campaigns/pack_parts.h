// The pieces of load_pack(), one for each file. Internal to the loader: each reads its file into the pack, tells every
// fault, and never stops at the first.
#pragma once

#include "modules/campaigns/pack.h"
#include "modules/campaigns/pack_yaml.h"

namespace anban::campaigns {

void read_campaign(const YamlFile&, Pack&, int& lead, int& office_line);
void read_organizations(const YamlFile&, Pack&);
void read_duties(const YamlFile&, Pack&, int lead);

// Faults between things: names that nothing carries.
void check_pack(const Pack&, int office_line, PackErrors&);

[[nodiscard]] inline int line_of(const YAML::Node& node) { return node.Mark().is_null() ? 0 : node.Mark().line + 1; }

}  // namespace anban::campaigns
