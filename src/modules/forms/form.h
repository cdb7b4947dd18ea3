// The definition of a form, as loaded and checked: flattened for computing, with what the layout needs kept beside.
//
// Cells are named "<row>.<column>" ("r1.found"). The order of a stored vector is rows × columns as they stand here, row by
// row, and is pinned to the form's version: two forms with the same version have the same vector and the same formulas.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"

namespace anban::forms {

BOOST_DEFINE_ENUM_CLASS(FormKind, table, ledger, items)
BOOST_DEFINE_ENUM_CLASS(Adds, sum, recompute, stock, none)                              // across organizations and windows: totals.h
BOOST_DEFINE_ENUM_CLASS(ColumnSource, typed, last_window, lower_level, formula, cumulative)
BOOST_DEFINE_ENUM_CLASS(RowKind, item, subtotal, total)
BOOST_DEFINE_ENUM_CLASS(CheckLevel, hard, explain)                                      // hard: mend it; explain: mend it or say why
BOOST_DEFINE_ENUM_CLASS(FieldType, text, date, number, choice, organization)

// A formula, or one side of a check. op: + - * / sum rate | cell, prev (args: one name) | num (args: one decimal) |
// count, total (facts of another part: part, column, conditions).
struct Condition { std::string column, relation, value; };  // relation: = or !=
struct Ast {
    std::string op;
    std::vector<Ast> args;
    std::string name;                   // of cell, prev: "r1.found"; as written in a column's formula: "found"; of num: the decimal
    std::string part;                   // of count, total: the part ("ledger")
    std::vector<Condition> conditions;  // of count, total
    int cell = -1;                      // of cell, prev in Form::formulas: the place in the vector
};
[[nodiscard]] json::value to_json(const Ast&);             // {"op":"+","args":[{"op":"cell","args":["r1.c1"]},…]}, evaluated by the page too
[[nodiscard]] std::optional<Ast> ast_from(const json::value&);  // cell, prev, num and operations; nullopt for anything else

struct Formula {                        // of one derived cell, with full cell names
    Ast ast;
    int scale = 0;                      // decimals to compute with
};

struct HeadCell {                       // a box of the multi-row head; columns count from the first leaf
    std::string title;
    int row = 0, last_row = 0, column = 0, last_column = 0;
    bool of_which = false;
};

struct Column {
    std::string id;
    std::string title;
    std::vector<std::string> path;      // titles from the top of the head to the leaf
    std::string unit;
    bool of_which = false;
    int whole = -1;                     // of an of_which column: the column it is part of; -1: none
    Adds adds = Adds::sum;
    int decimals = 0;                   // 0..4; rates have 1
    ColumnSource source = ColumnSource::typed;
    std::optional<Ast> formula;         // of formula and cumulative; names are columns of the same row
    bool negative = false;              // whether a typed figure may be below zero
    bool nil = true;                    // "无" is nil; else it is blank
    double width = 10;
    bool assumed = false;               // not in the notice's text (decisions.md 24)
};

struct FormRow {
    std::string id;
    std::string title;
    RowKind kind = RowKind::item;
    int depth = 0;
    std::vector<int> of;                // subtotal, total: rows that are added
};

struct Check {
    std::string id;
    CheckLevel level = CheckLevel::hard;
    std::string rule;                   // as written: "found >= fixed"
    std::string message;                // the pack's sentence; {left} and {right} stand for the two values
    Ast left, right;
    std::string relation;               // = != <= >= < >
    std::vector<int> rows;              // it is asked once for each
    bool external = false;              // needs facts of another part: the server asks it, the page can not
};

struct Choice { std::string id, title; };

struct Field {                          // a column of a ledger
    std::string id;
    std::string title;
    FieldType type = FieldType::text;
    std::vector<Choice> choices;
    bool required = false;
    int decimals = 0;
    double width = 14;
    int longest = 2'000;                // characters
    bool assumed = false;
};

struct Form {
    std::string id;
    FormKind kind = FormKind::table;
    std::string title, subtitle, unit_note;
    bool assumed = false;
    // table
    std::string row_head = "项目";      // above the row titles; no such column when there is one row without a title
    std::vector<Column> columns;
    std::vector<HeadCell> head;
    int head_rows = 0;
    std::vector<FormRow> rows;
    std::vector<Check> checks;
    std::vector<std::optional<Formula>> formulas;  // by cell; none for what is typed, and for adds: none in a subtotal
    // ledger
    std::vector<Field> fields;
    // items
    std::vector<Choice> categories;
    std::string counting_rule;
    int pictures_min = 0;

    std::string version;                // SHA-256 (hex) of canonical(): what a stored vector is pinned to

    [[nodiscard]] std::size_t cells() const { return rows.size() * columns.size(); }
    [[nodiscard]] std::size_t index(int row, int column) const { return static_cast<std::size_t>(row) * columns.size() + static_cast<std::size_t>(column); }
    [[nodiscard]] std::string cell_id(std::size_t index) const;                       // "r1.found"
    [[nodiscard]] std::optional<std::size_t> find_cell(std::string_view id) const;
    [[nodiscard]] int find_column(std::string_view id) const;                         // -1: none
    [[nodiscard]] int find_row(std::string_view id) const;
    [[nodiscard]] bool shows_row_titles() const;
    [[nodiscard]] bool locked(int row, int column) const;  // derived: nobody types it
    void settle();                                         // fills formulas; to be called again when columns or rows change
    [[nodiscard]] const Formula* formula_of(int row, int column) const;  // null: there is none
    // Decimals to compute with: the finest among the cells and numbers named; rates inside count one.
    [[nodiscard]] int scale_of(const Ast&) const;
    // Of the formula of this column: rates at the top are computed in their operands' scale, the rest in the column's own.
    [[nodiscard]] int formula_scale(const Ast&, int column) const;
};

// Everything that the page and a later reader need, formulas as trees; the same definition always gives the same bytes
// through json::write_canonical. Without `version`.
[[nodiscard]] json::object canonical(const Form&);
[[nodiscard]] std::string version_of(const Form&);

}  // namespace anban::forms
