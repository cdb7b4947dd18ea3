#include "modules/forms/form.h"

#include <algorithm>

#include "core/codec.h"
#include "platform/crypto/crypto.h"

namespace anban::forms {
namespace {

Ast leaf(std::string op, std::string name) { return {std::move(op), {}, std::move(name), {}, {}}; }

// A column's formula speaks of columns; in a row it speaks of that row's cells.
Ast in_row(Ast ast, const std::string& row) {
    if ((ast.op == "cell" || ast.op == "prev") && ast.name.find('.') == std::string::npos) ast.name = row + '.' + ast.name;
    for (auto& arg : ast.args) arg = in_row(std::move(arg), row);
    return ast;
}

std::optional<Ast> written_formula(const Form& form, const FormRow& row, const Column& column) {
    const bool adds_rows = row.kind != RowKind::item && column.adds != Adds::recompute;
    if (!adds_rows) return column.formula ? std::optional(in_row(*column.formula, row.id)) : std::nullopt;
    if (column.adds == Adds::none || row.of.empty()) return std::nullopt;
    Ast sum{"sum", {}, {}, {}, {}};
    for (const int part : row.of) sum.args.push_back(leaf("cell", form.rows[static_cast<std::size_t>(part)].id + '.' + column.id));
    return sum;
}

void place_cells(const Form& form, Ast& ast) {
    if (ast.op == "cell" || ast.op == "prev")
        if (const auto found = form.find_cell(ast.name)) ast.cell = static_cast<int>(*found);
    for (auto& arg : ast.args) place_cells(form, arg);
}

json::array texts_json(const std::vector<std::string>& texts) {
    json::array out;
    for (const auto& text : texts) out.emplace_back(text);
    return out;
}

json::object column_json(const Form& form, const Column& c) {
    json::object out{{"id", c.id}, {"title", c.title}, {"path", texts_json(c.path)}, {"unit", c.unit}, {"ofWhich", c.of_which},
                     {"whole", c.whole < 0 ? json::value(nullptr) : json::value(form.columns[static_cast<std::size_t>(c.whole)].id)},
                     {"adds", codec::enum_name(c.adds)}, {"decimals", c.decimals}, {"source", codec::enum_name(c.source)},
                     {"negative", c.negative}, {"nil", c.nil}, {"width", c.width}, {"assumed", c.assumed}};
    if (c.formula) out["formula"] = to_json(*c.formula);
    return out;
}

json::object row_json(const Form& form, const FormRow& r) {
    json::array of;
    for (const int i : r.of) of.emplace_back(form.rows[static_cast<std::size_t>(i)].id);
    return {{"id", r.id}, {"title", r.title}, {"kind", codec::enum_name(r.kind)}, {"depth", r.depth}, {"of", std::move(of)}};
}

json::object check_json(const Form& form, const Check& c) {
    json::array rows;
    for (const int i : c.rows) rows.emplace_back(form.rows[static_cast<std::size_t>(i)].id);
    return {{"id", c.id}, {"level", codec::enum_name(c.level)}, {"rule", c.rule}, {"message", c.message}, {"left", to_json(c.left)},
            {"relation", c.relation}, {"right", to_json(c.right)}, {"rows", std::move(rows)}, {"external", c.external}, {"scale", std::max(form.scale_of(c.left), form.scale_of(c.right))}};
}

json::array choices_json(const std::vector<Choice>& choices) {
    json::array out;
    for (const auto& c : choices) out.push_back(json::object{{"id", c.id}, {"title", c.title}});
    return out;
}

json::object field_json(const Field& f) {
    return {{"id", f.id}, {"title", f.title}, {"type", codec::enum_name(f.type)}, {"choices", choices_json(f.choices)}, {"required", f.required},
            {"decimals", f.decimals}, {"width", f.width}, {"longest", f.longest}, {"assumed", f.assumed}};
}

json::object head_json(const HeadCell& h) {
    return {{"title", h.title}, {"row", h.row}, {"lastRow", h.last_row}, {"column", h.column}, {"lastColumn", h.last_column}, {"ofWhich", h.of_which}};
}

json::object formulas_json(const Form& form) {
    json::object out;
    for (int r = 0; r < static_cast<int>(form.rows.size()); ++r)
        for (int c = 0; c < static_cast<int>(form.columns.size()); ++c)
            if (const auto* formula = form.formula_of(r, c))
                out[form.cell_id(form.index(r, c))] = json::object{{"ast", to_json(formula->ast)}, {"scale", formula->scale}};
    return out;
}

template <class T, class ToJson>
json::array list_json(const std::vector<T>& values, ToJson to) {
    json::array out;
    for (const auto& value : values) out.push_back(to(value));
    return out;
}

template <class T>
int find_id(const std::vector<T>& list, std::string_view id) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].id == id) return static_cast<int>(i);
    return -1;
}

}  // namespace

std::string Form::cell_id(std::size_t i) const { return rows[i / columns.size()].id + '.' + columns[i % columns.size()].id; }

std::optional<std::size_t> Form::find_cell(std::string_view id) const {
    const auto dot = id.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    const int row = find_row(id.substr(0, dot)), column = find_column(id.substr(dot + 1));
    return row < 0 || column < 0 ? std::nullopt : std::optional(index(row, column));
}

int Form::find_column(std::string_view column_id) const { return find_id(columns, column_id); }
int Form::find_row(std::string_view row_id) const { return find_id(rows, row_id); }

bool Form::shows_row_titles() const { return rows.size() > 1 || (!rows.empty() && !rows[0].title.empty()); }

bool Form::locked(int row, int column) const {
    const auto source = columns[static_cast<std::size_t>(column)].source;
    return rows[static_cast<std::size_t>(row)].kind != RowKind::item || source == ColumnSource::formula || source == ColumnSource::cumulative;
}

void Form::settle() {
    formulas.assign(cells(), std::nullopt);
    for (std::size_t i = 0; i < formulas.size(); ++i) {
        const int column = static_cast<int>(i % columns.size());
        auto ast = written_formula(*this, rows[i / columns.size()], columns[i % columns.size()]);
        if (!ast) continue;
        place_cells(*this, *ast);
        const int scale = formula_scale(*ast, column);
        formulas[i] = Formula{std::move(*ast), scale};
    }
}

const Formula* Form::formula_of(int row, int column) const {
    const auto& formula = formulas.at(index(row, column));  // throws where nobody settled
    return formula ? &*formula : nullptr;
}

int Form::scale_of(const Ast& ast) const {
    int scale = 0;
    if (ast.op == "cell" || ast.op == "prev") {
        const auto dot = ast.name.rfind('.');
        const int column = find_column(dot == std::string::npos ? ast.name : std::string_view(ast.name).substr(dot + 1));
        scale = column < 0 ? 0 : columns[static_cast<std::size_t>(column)].decimals;
    }
    if (ast.op == "num" && ast.name.find('.') != std::string::npos) scale = static_cast<int>(ast.name.size() - ast.name.find('.') - 1);
    for (const auto& arg : ast.args) scale = std::max(scale, arg.op == "rate" ? std::max(1, scale_of(arg)) : scale_of(arg));
    return scale;
}

int Form::formula_scale(const Ast& ast, int column) const {
    return ast.op == "rate" ? scale_of(ast) : columns[static_cast<std::size_t>(column)].decimals;
}

json::object canonical(const Form& form) {
    json::object out{{"id", form.id}, {"kind", codec::enum_name(form.kind)}, {"title", form.title}, {"subtitle", form.subtitle},
                     {"unitNote", form.unit_note}, {"assumed", form.assumed}};
    if (form.kind == FormKind::table) {
        out["rowHead"] = form.row_head;
        out["headRows"] = form.head_rows;
        out["head"] = list_json(form.head, head_json);
        out["columns"] = list_json(form.columns, [&](const Column& c) { return column_json(form, c); });
        out["rows"] = list_json(form.rows, [&](const FormRow& r) { return row_json(form, r); });
        out["checks"] = list_json(form.checks, [&](const Check& c) { return check_json(form, c); });
        out["formulas"] = formulas_json(form);
    }
    if (form.kind == FormKind::ledger) out["fields"] = list_json(form.fields, field_json);
    if (form.kind == FormKind::items) {
        out["categories"] = choices_json(form.categories);
        out["countingRule"] = form.counting_rule;
        out["picturesMin"] = form.pictures_min;
    }
    return out;
}

std::string version_of(const Form& form) { return crypto::hex(crypto::sha256(json::write_canonical(canonical(form)))); }

}  // namespace anban::forms
