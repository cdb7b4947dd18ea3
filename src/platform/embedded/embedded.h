// Files of the tree that travel inside the binary, so that one file is the whole installation. The text lives as long as
// the program; sources and licences are in data/README.md.
#pragma once

#include <string_view>

namespace anban::embedded {

[[nodiscard]] std::string_view holidays();            // data/cn-holidays.csv: date,kind,name from 2020
[[nodiscard]] std::string_view holidays_2004_2019();  // data/cn-holidays-2004-2019.csv: the same for older years
[[nodiscard]] std::string_view divisions();           // data/divisions.csv: code,name,level,parent down to counties
[[nodiscard]] std::string_view division_towns();      // data/divisions-towns.csv: the same for towns
[[nodiscard]] std::string_view messages_zh();         // messages/zh.json
[[nodiscard]] std::string_view messages_en();         // messages/en.json

}  // namespace anban::embedded
