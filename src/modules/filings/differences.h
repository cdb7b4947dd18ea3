// What changed from one version of a filing to another: cell by cell, row by row, paragraph by paragraph.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "platform/api/work.h"

namespace anban::filings {

BOOST_DEFINE_ENUM_CLASS(Change, same, added, removed, changed)

struct CellChange {
    std::string cell;
    std::string before;  // '' : blank
    std::string after;
};
BOOST_DESCRIBE_STRUCT(CellChange, (), (cell, before, after))

struct RowChange {
    Change change = Change::changed;
    std::int64_t before_row = 0;  // counted from 1; 0 when it was not there
    std::int64_t after_row = 0;
    std::vector<CellChange> fields;  // cell: the column; of an added or removed row all of them
};
BOOST_DESCRIBE_STRUCT(RowChange, (), (change, before_row, after_row, fields))

struct ParagraphChange {
    Change change = Change::same;
    std::int64_t before_number = 0;
    std::int64_t after_number = 0;
    std::string text;
};
BOOST_DESCRIBE_STRUCT(ParagraphChange, (), (change, before_number, after_number, text))

struct PaperChange {
    Change change = Change::added;
    std::string attachment_id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PaperChange, (), (change, attachment_id, name))

struct PartChange {
    std::string part;
    Change change = Change::changed;  // added, removed: the whole part
    bool nil_before = false;
    bool nil_after = false;
    std::vector<CellChange> cells;            // of tables, all of them as handed in: typed and derived
    std::vector<RowChange> rows;              // of ledgers, changed ones only
    std::vector<ParagraphChange> paragraphs;  // of narratives, also those that stayed; empty when none changed
    std::vector<PaperChange> papers;
    std::vector<CellChange> reasons;          // of overrides, by cell
    std::vector<CellChange> explanations;     // by finding
    std::vector<std::string> items_added;     // titles
    std::vector<std::string> items_removed;
};
BOOST_DESCRIBE_STRUCT(PartChange, (), (part, change, nil_before, nil_after, cells, rows, paragraphs, papers, reasons, explanations,
                                       items_added, items_removed))

// Only parts in which something changed. Pure: contents of two submissions.
[[nodiscard]] std::vector<PartChange> compare(const json::object& before, const json::object& after);

struct Differences {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::vector<PartChange> parts;
};
BOOST_DESCRIBE_STRUCT(Differences, (), (from, to, parts))

struct DifferencesQuery {
    std::int64_t from = 0;  // version numbers
    std::int64_t to = 0;
};
BOOST_DESCRIBE_STRUCT(DifferencesQuery, (), (from, to))
[[nodiscard]] Result<Differences> differences(View&, const std::string& filing_id, const DifferencesQuery&);

// The shortest way from one list to the other, in order. Lists whose middle is too long for it read as removed and added.
struct Step { Change change; std::size_t before; std::size_t after; };
[[nodiscard]] std::vector<Step> steps(const std::vector<std::string>& before, const std::vector<std::string>& after);

}  // namespace anban::filings
