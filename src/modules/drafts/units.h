// Who is meant by the words of a notice: "各市州住房和城乡建设局、城市管理和综合执法局" from an office of Hunan are the bureaus of its fourteen
// cities. Divisions come from data/divisions*.csv. What the words do not say is not invented: "各有关单位" stays one unit of that name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "modules/organizations/divisions.h"

namespace anban::drafts {

struct Unit {
    std::string name;      // full name where a division gives one, else the notice's words
    std::string level;     // province, city, county, town, enterprise
    std::string division;  // code; empty: none
    bool resolved = false; // a division, or a name that needs none
};

class Units {
public:
    // issuer: as the notice signs; its place is the one whose children 各市州, 各县区 and 各乡镇 are.
    Units(const std::vector<organizations::Division>&, std::string_view issuer);

    [[nodiscard]] std::vector<Unit> named(std::string_view words) const;
    [[nodiscard]] Unit one(std::string_view name) const;
    [[nodiscard]] static bool says_nobody(std::string_view words);  // 各部门, 各有关单位: whoever is addressed

private:
    [[nodiscard]] const organizations::Division* place_of(std::string_view name) const;
    void add(std::u32string_view words, std::vector<Unit>&) const;
    void add_division(const organizations::Division&, const std::string& rest, std::vector<Unit>&) const;

    const std::vector<organizations::Division>& divisions_;
    const organizations::Division* place_ = nullptr;
};

}  // namespace anban::drafts
