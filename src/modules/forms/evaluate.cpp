#include "modules/forms/evaluate.h"

#include <algorithm>

namespace anban::forms {
namespace {

const Column& column_at(const Form& form, std::size_t index) { return form.columns[index % form.columns.size()]; }

Figure at(const Cells& cells, std::size_t index) { return index < cells.size() ? cells[index] : blank; }

CellSource source_of(const Form& form, int row, int column) {
    const auto& c = form.columns[static_cast<std::size_t>(column)];
    if (form.rows[static_cast<std::size_t>(row)].kind != RowKind::item && c.adds != Adds::recompute) return CellSource::subtotal;
    return c.source == ColumnSource::cumulative ? CellSource::cumulative : CellSource::formula;
}

// Derived cells ask for each other; each is computed once. What asks for itself reads blank.
class Derivation {
public:
    enum class What { all, recomputed };  // recomputed: the rest is taken as it was given
    Derivation(const Form& form, const Inputs& inputs, Evaluated& out, What what = What::all)
        : form_(form), inputs_(inputs), out_(out), what_(what), state_(form.cells(), State::unseen) {}

    void run() {
        for (std::size_t i = 0; i < form_.cells(); ++i) cell(i);
    }

private:
    enum class State : unsigned char { unseen, open, done };

    Figure cell(std::size_t i) {
        if (state_[i] == State::open) return blank;
        if (state_[i] == State::done) return out_.cells[i];
        state_[i] = State::open;
        const int row = static_cast<int>(i / form_.columns.size()), column = static_cast<int>(i % form_.columns.size());
        if (asks_formula(row, column)) derive(i, row, column);
        else take(i);
        state_[i] = State::done;
        return out_.cells[i];
    }

    bool asks_formula(int row, int column) const {
        if (what_ == What::all) return form_.locked(row, column);
        return form_.columns[static_cast<std::size_t>(column)].adds == Adds::recompute;
    }

    void derive(std::size_t i, int row, int column) {
        const auto* formula = form_.formula_of(row, column);
        if (!formula) return;
        const auto placed = [&](auto read) {
            return [this, scale = formula->scale, read](const Ast& ast) {
                if (ast.cell < 0) return blank;
                const auto n = static_cast<std::size_t>(ast.cell);
                return rescale(read(n), column_at(form_, n).decimals, scale);
            };
        };
        const Operands operands{formula->scale, placed([this](std::size_t n) { return cell(n); }), placed([this](std::size_t n) { return at(inputs_.previous, n); }), {}};
        // Only a rate is printed otherwise than it is computed; anything else is computed in the decimals of its column.
        out_.cells[i] = formula->ast.op == "rate" ? figure_from(evaluate_text(formula->ast, operands), column_at(form_, i).decimals)
                                                  : value_of(formula->ast, operands);
        out_.sources[i] = out_.cells[i] == blank ? CellSource::none : source_of(form_, row, column);
    }

    void take(std::size_t i) {
        const auto source = column_at(form_, i).source;
        if (source == ColumnSource::last_window) out_.offered[i] = at(inputs_.previous, i);
        if (source == ColumnSource::lower_level) out_.offered[i] = at(inputs_.lower, i);
        const Figure typed = at(inputs_.typed, i), offered = out_.offered[i];
        out_.cells[i] = typed != blank ? typed : offered;
        const bool from_offer = offered != blank && (typed == blank || typed == offered);
        if (from_offer) out_.sources[i] = source == ColumnSource::last_window ? CellSource::last_window : CellSource::lower_level;
        else if (typed != blank) out_.sources[i] = CellSource::typed;
        // A closing stock arrives as it closed last time and moves in the ordinary course: no reason is asked. Anything else that was
        // carried over, an opening stock above all, must meet what it was carried over from.
        const bool moves = source == ColumnSource::last_window && column_at(form_, i).adds == Adds::stock;
        if (typed != blank && offered != blank && typed != offered && !moves) out_.overridden.push_back(i);
    }

    const Form& form_;
    const Inputs& inputs_;
    Evaluated& out_;
    What what_;
    std::vector<State> state_;
};

}  // namespace

Cells blank_cells(const Form& form) { return Cells(form.cells(), blank); }

Cells cells_from(const Form& form, const json::object& texts) {
    auto cells = blank_cells(form);
    for (const auto& member : texts) {
        const auto found = form.find_cell(std::string_view(member.key()));
        if (!found || !member.value().is_string()) continue;
        const int row = static_cast<int>(*found / form.columns.size()), column = static_cast<int>(*found % form.columns.size());
        if (!form.locked(row, column)) cells[*found] = figure_from(std::string_view(member.value().get_string()), column_at(form, *found).decimals);
    }
    return cells;
}

json::object cells_json(const Form& form, const Cells& cells) {
    json::object out;
    out.reserve(static_cast<std::size_t>(std::ranges::count_if(cells, [](Figure figure) { return figure != blank; })));
    for (std::size_t i = 0; i < cells.size(); ++i)
        if (cells[i] != blank) out[form.cell_id(i)] = figure_text(cells[i], column_at(form, i).decimals);
    return out;
}

Evaluated evaluate(const Form& form, const Inputs& inputs) {
    Evaluated out{blank_cells(form), std::vector<CellSource>(form.cells(), CellSource::none), blank_cells(form), {}};
    Derivation(form, inputs, out).run();
    std::sort(out.overridden.begin(), out.overridden.end());
    return out;
}

Cells recompute(const Form& form, Cells cells) {
    const Inputs inputs{std::move(cells), {}, {}};
    Evaluated out{blank_cells(form), std::vector<CellSource>(form.cells(), CellSource::none), blank_cells(form), {}};
    Derivation(form, inputs, out, Derivation::What::recomputed).run();
    return std::move(out.cells);
}

std::vector<std::size_t> missing_cells(const Form& form, const Cells& evaluated) {
    std::vector<std::size_t> missing;
    for (std::size_t i = 0; i < form.cells(); ++i) {
        const bool derived = form.locked(static_cast<int>(i / form.columns.size()), static_cast<int>(i % form.columns.size()));
        if (!derived && at(evaluated, i) == blank) missing.push_back(i);
    }
    return missing;
}

Cells previous_of(const Form& form, Cells last, bool year_begins) {
    for (std::size_t i = 0; i < last.size() && year_begins; ++i)
        if (column_at(form, i).source == ColumnSource::cumulative) last[i] = blank;
    return last;
}

}  // namespace anban::forms
