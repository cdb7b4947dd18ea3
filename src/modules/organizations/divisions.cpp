#include "modules/organizations/divisions.h"

#include <algorithm>
#include <unordered_set>

#include "core/codec.h"

namespace anban::organizations {
namespace {

constexpr std::string_view kHead = "code,name,level,parent";

std::vector<std::string_view> split(std::string_view line, char by) {
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = line.find(by);
        parts.push_back(line.substr(0, end));
        if (end == std::string_view::npos) return parts;
        line.remove_prefix(end + 1);
    }
}

struct Reader {
    std::vector<Division> rows;
    std::unordered_set<std::string> codes;
    std::vector<FieldError> errors;

    void complain(const char* key, const std::string& file, int row, std::string_view text) {
        errors.push_back({file + " row " + std::to_string(row), key, {{"text", std::string(text)}}});
    }

    void read_row(const std::string& file, int number, std::string_view line) {
        const auto parts = split(line, ',');
        if (parts.size() != 4 || parts[0].empty() || parts[1].empty()) return complain("division.bad_row", file, number, line);
        const auto level = codec::enum_from<DivisionLevel>(parts[2]);
        if (!level) return complain("division.bad_level", file, number, parts[2]);
        if (!codes.emplace(parts[0]).second) return complain("division.code_twice", file, number, parts[0]);
        if (!parts[3].empty() && !codes.contains(std::string(parts[3]))) return complain("division.unknown_parent", file, number, parts[3]);
        rows.push_back({std::string(parts[0]), std::string(parts[1]), *level, std::string(parts[3])});
    }

    void read(const std::string& file, std::string_view csv) {
        int number = 0;
        for (auto line : split(csv, '\n')) {
            ++number;
            if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
            if (number == 1 && line != kHead) return complain("division.bad_head", file, 1, line);
            if (number > 1 && !line.empty()) read_row(file, number, line);
        }
    }
};

}  // namespace

Result<std::vector<Division>> parse_divisions(std::string_view counties_csv, std::string_view towns_csv) {
    Reader reader;
    reader.read("divisions.csv", counties_csv);
    if (reader.errors.empty()) reader.read("divisions-towns.csv", towns_csv);
    if (!reader.errors.empty()) return Refusal{Code::invalid, "division.bad_file", {}, std::move(reader.errors), {}};
    return std::move(reader.rows);
}

// Some hundred rows for each statement: on PostgreSQL every statement is a round trip.
std::int64_t store_divisions_once(db::Connection& db, const std::vector<Division>& all) {
    constexpr std::size_t batch = 500;
    if (db.count({"divisions.count", "select count(*) from divisions"}) > 0) return 0;
    for (std::size_t first = 0; first < all.size(); first += batch) {
        std::string text = "insert into divisions (code, name, level, parent) values ";
        db::Values values;
        for (std::size_t i = first; i < std::min(first + batch, all.size()); ++i) {
            const auto n = values.size();
            text += (i > first ? ", ($" : "($") + std::to_string(n + 1) + ", $" + std::to_string(n + 2) + ", $" +
                    std::to_string(n + 3) + ", $" + std::to_string(n + 4) + ")";
            values.insert(values.end(), {all[i].code, all[i].name, std::string(codec::enum_name(all[i].level)), all[i].parent});
        }
        db.run_built("divisions.insert", text, values);
    }
    return static_cast<std::int64_t>(all.size());
}

std::vector<Division> list_divisions(db::Connection& db, std::string_view parent) {
    std::vector<Division> found;
    db.each({"divisions.list", "select code, name, level, parent from divisions where parent = $1 order by code"},
            {std::string(parent)}, [&](const db::Row& row) {
        found.push_back({row.string(0), row.string(1), codec::enum_from<DivisionLevel>(row.text(2)).value(), row.string(3)});
    });
    return found;
}

}  // namespace anban::organizations
