// anban demo: a fresh folder with a campaign's pack applied and its replay (<pack>/demo/replay.yaml) played. A folder that holds
// the demo already is left as it is; one that holds anything else, or half a demo, is refused.
#pragma once

#include <cstdint>
#include <string>

#include "app/command.h"
#include "app/config.h"
#include "core/result.h"
#include "core/time.h"

namespace anban {

struct DemoLoaded {
    std::int64_t deeds = 0;
    Instant business_time;  // where the replay ended
};

// Throws std::runtime_error when a deed of the replay is refused; the folder is then to be thrown away. password: one for all
// accounts, for tests; '' for random ones. replay: another file than the pack's; '' for the pack's.
[[nodiscard]] DemoLoaded load_demo(const Config&, const std::string& pack_folder, const std::string& password,
                                   const std::string& replay = {});

int run_demo(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
