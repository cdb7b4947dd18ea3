// anban pack apply: a pack becomes the campaign's present version and its filings are issued, as the operator; with --dry-run
// nothing is kept and the print is what would be done.
#pragma once

#include "app/command.h"
#include "core/pack_error.h"
#include "modules/filings/issue.h"

namespace anban {

class Application;

struct LoadedPack {
    campaigns::Pack pack;
    std::vector<campaigns::FormInPack> forms;
};
// Nothing after every fault was printed with file and line.
[[nodiscard]] std::optional<LoadedPack> load_whole_pack(const std::string& folder, std::ostream& err);

// One deed of the operator; undone when dry.
[[nodiscard]] Result<filings::PublishReport> apply_pack(Application&, const LoadedPack&, bool dry_run);

void print_faults(std::ostream&, const PackErrors&);

int run_pack_apply(Arguments, std::ostream& out, std::ostream& err);

}  // namespace anban
