// The recount from the bottom, beside the official total of a node. Costs nothing where nobody below the reporters has handed in:
// who collects from below is read first, and only their tables are added one by one. Inside this module.
#pragma once

#include <map>
#include <string>

#include "modules/totals/reporters.h"

namespace anban::totals {

// What was said, by cell.
[[nodiscard]] std::map<std::string, std::string> texts_of(const forms::Form&, const forms::Cells&);

class Recount {
public:
    // Reads what was accepted below the reporters of that level.
    Recount(View&, const Asked&, const Level&);
    Recount(const Recount&) = delete;
    Recount& operator=(const Recount&) = delete;

    // Each accepted table that leads to the node itself.
    void add(std::string_view organization_id, std::string_view digest, std::string_view cells);
    // The recount, and the names of those whose own table says otherwise; nothing when nobody below them reports.
    void finish(View&, Roll&, std::size_t limit, Totals&);  // so many differences by name, all of them counted

private:
    const Level& level_;
    std::map<std::string, campaigns::TableSum, std::less<>> lower_, own_;  // by reporter; own_: of those with any below
    campaigns::TableSum rest_;
};

}  // namespace anban::totals
