// What a unit of the demo has to report: figures, hazards and texts, all made from its name and the words of the replay's
// folder. The same name always gives the same; nothing is drawn by chance.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/json.h"
#include "core/time.h"

namespace anban::demo {

// A number from a text, the same on every machine.
[[nodiscard]] std::uint64_t number_from(std::string_view text);
[[nodiscard]] int between(std::string_view text, int least, int most);  // both included

struct Unit {
    std::string id;
    std::string name;
    std::string short_name;
    std::string receiver_id;
    std::string receiver;  // short name
    std::string level;     // city, zone, county
    bool housing = true;   // else urban management

    [[nodiscard]] std::string place() const;  // 株洲市
};

struct HazardWords {
    std::string hazard, basis, measures;
};
struct Passage {
    std::string title, text;
};

// packs/<campaign>/demo/words.yaml. {unit}, {place}, {n}, {m} stand in texts.
struct Words {
    std::map<std::string, std::vector<HazardWords>> hazards;  // by row of the table
    std::map<std::string, std::vector<Passage>> weekly;       // by category
    std::map<std::string, std::vector<Passage>> articles;     // by category
    std::vector<std::string> progress;                        // paragraphs
};
[[nodiscard]] Words load_words(const std::string& file);  // throws std::runtime_error

[[nodiscard]] std::string filled(std::string text, const Unit&, int n, int m);

struct Hazard {
    std::string row;  // of the table
    Unit unit;        // where it is
    std::string project;
    HazardWords words;
    CivilDate found_on;
    CivilDate deadline;
    CivilDate done_on;  // planned: not shown before it has come
    CivilDate signed_off_on;
    std::string listed;      // 未挂牌, 县级, 市级, 省级
    std::int64_t funds = 0;  // hundredths of 10,000 yuan
};
// From January to May 2023, by day.
[[nodiscard]] std::vector<Hazard> hazards_of(const Unit&, const Words&);

struct Window {
    CivilDate from;
    CivilDate to;
    CivilDate as_of;  // what came later is not in the figures yet
};

// The ledger part's rows: everything found up to as_of.
[[nodiscard]] json::array ledger_rows(const std::vector<Hazard>&, const Window&);

// The cells that this unit types, "buildings.units" -> "37". below: a level below fills what adds up; the own stocks and
// funds remain.
[[nodiscard]] std::map<std::string, std::string> cells_of(const Unit&, const std::vector<Hazard>&, const Window&, bool below);

// A cell some figures higher or lower; never below zero.
[[nodiscard]] std::string shifted(const std::string& figure, int by);

}  // namespace anban::demo
