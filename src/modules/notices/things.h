// What a notice holds beside duties, as values: phases, work lines, the leading group, sectors, forms, points of evaluation, key
// dates, papers that it replaces. Each stands at a place of the text, like a duty; several may stand at the same.
#pragma once

#include <boost/describe.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace anban::notices {

struct Phase {
    std::string quote;                // an exact substring of the text as read
    std::int64_t from = 0, to = 0;    // its place, in Unicode code points, end exclusive
    std::string title;
    std::optional<std::string> start_date, end_date;  // 2023-03-01
    std::vector<std::string> repairs; // damaged figures and their readings
};
BOOST_DESCRIBE_STRUCT(Phase, (), (quote, from, to, title, start_date, end_date, repairs))

// A task, topic, action or month's line that the campaign consists of, in order.
struct WorkLine {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string title, under;         // under: the heading that it stands below; empty: none
    std::string section;              // 三(二)
};
BOOST_DESCRIBE_STRUCT(WorkLine, (), (quote, from, to, title, under, section))

// A post in the leading group. The quote is the words of the post alone: a person's name is never among them.
struct GroupRole {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string role, post, organization;  // 副组长, 市应急管理局局长; the office (办公室) has an organization and no post
};
BOOST_DESCRIBE_STRUCT(GroupRole, (), (quote, from, to, role, post, organization))

struct Sector {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string sector;
    std::vector<std::string> leads, responsible, supports;  // 牵头, 责任, 配合
    std::vector<std::string> tasks;                         // in the notice's words
};
BOOST_DESCRIBE_STRUCT(Sector, (), (quote, from, to, sector, leads, responsible, supports, tasks))

struct LedgerForm {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string form;                  // its title; empty: not said
    std::vector<std::string> columns;  // in order
};
BOOST_DESCRIBE_STRUCT(LedgerForm, (), (quote, from, to, form, columns))

// deduct, add: points; full: what a whole or a part counts; grade: from how many on it is what; counts: the result enters an
// assessment; rank; veto: one fault and all is lost; point: what is looked at.
BOOST_DEFINE_ENUM_CLASS(Effect, deduct, add, full, grade, counts, rank, veto, point)

struct EvaluationPoint {
    std::string quote;
    std::int64_t from = 0, to = 0;
    Effect effect = Effect::point;
    std::optional<std::string> points;  // 0.5
    std::string what, section;
    std::vector<std::string> repairs;
};
BOOST_DESCRIBE_STRUCT(EvaluationPoint, (), (quote, from, to, effect, points, what, section, repairs))

// A day or a span that nobody reports by: an inspection, a meeting, a completion, the campaign itself.
struct KeyDate {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string what;
    std::optional<std::string> start_date, end_date;  // no start: by that day; no end: from that day on
    std::vector<std::string> repairs;
};
BOOST_DESCRIBE_STRUCT(KeyDate, (), (quote, from, to, what, start_date, end_date, repairs))

// An earlier paper that this one ends or changes.
struct Replaced {
    std::string quote;
    std::int64_t from = 0, to = 0;
    std::string title, doc_number;           // empty: not named
    std::optional<std::string> issue_date;
    std::string scope;                       // which of its rules; empty: all of it, or not said
};
BOOST_DESCRIBE_STRUCT(Replaced, (), (quote, from, to, title, doc_number, issue_date, scope))

}  // namespace anban::notices
