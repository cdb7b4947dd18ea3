// The direct reporters of a node in one window: all of them counted, a page of them named. Tens of thousands may report to one node,
// so counting reads one index, and names, states and what lies below are read for the page alone. Inside this module.
#pragma once

#include <boost/unordered/unordered_flat_map.hpp>
#include <cstdint>
#include <map>
#include <memory_resource>
#include <string>
#include <unordered_map>
#include <vector>

#include "modules/totals/asked.h"
#include "modules/totals/totals.h"

namespace anban::totals {

// Whose accepted tables are in the total, by the version of the form that each filled.
class Accepted {
public:
    void add(std::string_view organization_id, std::string_view digest);
    [[nodiscard]] bool holds(std::string_view organization_id) const { return version_of_.contains(organization_id); }
    [[nodiscard]] std::string_view digest_of(std::string_view organization_id) const;  // '' when not counted
    [[nodiscard]] const std::vector<std::string>& digests() const { return digests_; }

private:
    std::pmr::monotonic_buffer_resource held_;  // the ids
    std::vector<std::string> digests_;
    boost::unordered_flat_map<std::string_view, std::uint32_t> version_of_;
};

struct Reporter {
    std::string_view organization_id;  // lives as long as the roll
    Show group = Show::missing;        // missing, nil, counted or not_owed
    bool owes = true;
    bool restated = false;
    forms::Figure figure = 0;          // what it brings to a cell, where that orders them
    std::optional<std::int64_t> place; // in the official order, once somebody asked; equal ones by id
};
using Reporters = std::vector<Reporter*>;

// Which page, and of whom.
struct Turn {
    Show show = Show::all;
    Order order = Order::official;
    std::string after;            // '' from the first
    std::size_t limit = 0;
};

// Refused: totals.limit.
[[nodiscard]] Result<Turn> turn_of(const std::optional<Show>&, const std::optional<std::string>& after, const std::optional<int>& limit);

struct Turned {
    Reporters reporters;
    std::int64_t matching = 0;    // how many there are of that filter
    std::optional<std::string> next;
};

class Roll {
public:
    Roll(View&, const Asked&, const Accepted&);
    Roll(const Roll&) = delete;
    Roll& operator=(const Roll&) = delete;

    [[nodiscard]] std::vector<Reporter>& all() { return reporters_; }  // in no order
    [[nodiscard]] std::int64_t count(Show) const;
    [[nodiscard]] std::int64_t owed() const;
    [[nodiscard]] bool restated() const;          // some counted one is
    [[nodiscard]] const Reporter* any() const;    // always the same one, of those that owe where any does
    // Refused: totals.after, for somebody who does not report here.
    [[nodiscard]] Result<Turned> turn(const Turn&);
    // The first of those in official order, at most so many; behind that organization, where one is named.
    [[nodiscard]] Reporters in_order(const Reporters&, std::size_t limit, const Reporter* after = nullptr);

private:
    void place(const Reporters&);
    [[nodiscard]] bool walk(const Reporters&, std::size_t limit, const Reporter* after, Reporters& out);

    db::Connection& db_;
    std::pmr::monotonic_buffer_resource held_;
    std::vector<Reporter> reporters_;
};

// The page by name, in its order.
[[nodiscard]] std::vector<Contributor> name_reporters(View&, const Asked&, const Level&, const Reporters&);
[[nodiscard]] std::map<std::string, std::string> names_of(db::Connection&, const std::vector<std::string>& organizations);
[[nodiscard]] std::vector<std::string> ids_of(const Reporters&);

// Runs a statement for some hundreds of ids at a time. Its text ends before the places of the ids in brackets.
void each_of(db::Connection&, const std::string& name, const std::string& text, const db::Values&, const std::vector<std::string>& ids,
             const std::function<void(const db::Row&)>&);

}  // namespace anban::totals
