// Public: administrative divisions of the country and statistical zones: reference data, loaded once from the embedded files
// data/divisions.csv and data/divisions-towns.csv (code,name,level,parent; data/README.md names source and licence).
#pragma once

#include <boost/describe.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "platform/db/database.h"

namespace anban::organizations {

BOOST_DEFINE_ENUM_CLASS(DivisionLevel, province, city, county, zone, town, town_like)

struct Division {
    std::string code;
    std::string name;
    DivisionLevel level = DivisionLevel::province;
    std::string parent;  // '' at the top
};
BOOST_DESCRIBE_STRUCT(Division, (), (code, name, level, parent))

// Every bad row at once ("row 7"): wrong head, number of columns, level, a code twice, a parent that is not there.
[[nodiscard]] Result<std::vector<Division>> parse_divisions(std::string_view counties_csv, std::string_view towns_csv);

// Stores them when the table is empty; the number stored. Some 44,000 rows in well under a second.
std::int64_t store_divisions_once(db::Connection&, const std::vector<Division>&);

// Children of a division in order of their codes; '' lists the provinces.
[[nodiscard]] std::vector<Division> list_divisions(db::Connection&, std::string_view parent);

}  // namespace anban::organizations
