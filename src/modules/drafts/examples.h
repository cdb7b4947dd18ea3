// Public: what people made of what was read, as gold for the rules (tests/notices/README.md): the published notices of this machine, each
// text with its corrected duties. Nothing leaves the machine; the operator of the command line takes them.
#pragma once

#include <string>
#include <vector>

#include "core/json.h"
#include "platform/db/database.h"

namespace anban::drafts {

struct Example {
    std::string name;   // of the files: the notice's id
    std::string text;
    json::object gold;
};

[[nodiscard]] std::vector<Example> examples(db::Connection&);

}  // namespace anban::drafts
