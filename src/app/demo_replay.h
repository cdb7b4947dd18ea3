// A replay: what a campaign's units and offices did, as a readable file. Habits say what everybody does; exceptions, by name,
// say who did otherwise. Instants are Beijing time, "2023-03-30T19:20". Nothing in it is left to chance at run time.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/time.h"

namespace anban::demo {

struct Span {  // minutes of the day, both ends included: "10:00-16:50"
    int from = 0;
    int to = 0;
};

struct Decision {  // an excuse; with `until` an extension
    Instant at;
    std::string reason;
    std::optional<Instant> until;
};

// How a duty is usually handed in and reviewed. A duty without a habit is not played.
struct Habit {
    int days_before_least = 0;  // days before the due day; without a due, before the window's end
    int days_before_most = 0;
    Span between;
    std::optional<Span> gathering;  // of who collects from below: on the due day itself, after the units below were reviewed
    int review_workdays = 1;        // so many working days after the receipt
    Span review;
    std::optional<Decision> extended;  // by the receiver, for everybody
};

using Figures = std::map<std::string, int>;  // cell "gas.found" -> what is added to the right figure

struct Return {
    std::string reason;
    std::map<std::string, std::string> places;  // anchor -> note
    Figures wrong;                              // of the version that is sent back
    std::optional<Instant> at;                  // else when it would have been accepted
    std::optional<Instant> mended;              // nothing: still with the unit
};

struct Withdrawal {
    Instant at;
    std::optional<Instant> again;
};

struct Amending {
    Instant asked;
    std::string reason;
    std::optional<Instant> granted;
    std::optional<Instant> refused;
    Figures changes;
    std::optional<Instant> again;
    std::optional<Instant> accepted;
};

struct Difference {
    std::map<std::string, int> cells;  // against what the level below adds up to
    std::string reason;
};

// What one unit did otherwise, for one duty in one slot.
struct Exception {
    std::optional<Instant> at;  // handed in then
    bool missing = false;
    bool draft = false;  // begun, not handed in
    bool nil = false;
    bool unreviewed = false;                  // stays in the receiver's queue
    std::map<std::string, std::string> gaps;  // part -> reason: a partial report
    std::optional<Return> returned;
    std::optional<Withdrawal> withdrawn;
    std::optional<Amending> amended;
    std::optional<Decision> excused;
    std::optional<Decision> extended;
    std::optional<Difference> differs;
};

struct Articles {
    int handed_in = 5;
    int returned = 0;  // of these, the first ones
    std::string reason;
};

struct Case {
    std::string unit;
    Instant at;
    std::string category;
    std::string title;
    std::vector<std::string> paragraphs;
};

struct Post {
    std::string unit;
    std::string role;
    std::string login;
    std::string name;
};

struct Key {
    std::string unit;  // short name
    std::string duty;
    std::string slot;
    friend auto operator<=>(const Key&, const Key&) = default;
};

struct Replay {
    Instant begins;
    Instant ends;
    std::set<std::string> only;                 // short names; empty: every reporter plays
    std::map<std::string, std::string> logins;  // short name -> first part of its people's logins
    std::set<std::string> reviewed_units;       // short names that also have a reviewer and a leader
    std::vector<Post> posts;                    // offices, auditors, admins
    std::map<std::string, Habit> habits;        // by duty
    std::map<std::pair<std::string, std::string>, Habit> habits_of_slot;
    int articles_least = 5;
    int articles_most = 7;
    std::map<std::pair<std::string, std::string>, Articles> articles;  // unit, month
    std::map<Key, Exception> exceptions;
    std::vector<Case> cases;

    [[nodiscard]] const Habit* habit(const std::string& duty, const std::string& slot) const;
    [[nodiscard]] const Exception& exception(const Key&) const;
};

// Throws std::runtime_error that names file, line and what is wrong: unknown keys, instants that do not read.
[[nodiscard]] Replay load_replay(const std::string& file);

}  // namespace anban::demo
