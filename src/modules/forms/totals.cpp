#include "modules/forms/totals.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace anban::forms {
namespace {

Figure load(const char* at) {
    std::uint64_t value = 0;
    std::memcpy(&value, at, sizeof value);
    if constexpr (std::endian::native == std::endian::big) value = __builtin_bswap64(value);
    return static_cast<Figure>(value);
}

}  // namespace

std::string encode(const Cells& cells) {
    std::string blob(cells.size() * 8, '\0');
    for (std::size_t i = 0; i < cells.size(); ++i)
        for (std::size_t b = 0; b < 8; ++b) blob[i * 8 + b] = static_cast<char>(static_cast<std::uint64_t>(cells[i]) >> (8 * b) & 0xff);
    return blob;
}

std::optional<Cells> decode(const Form& form, std::string_view blob) {
    if (blob.size() != form.cells() * 8) return std::nullopt;
    Cells cells(form.cells());
    for (std::size_t i = 0; i < cells.size(); ++i) cells[i] = load(blob.data() + i * 8);
    return cells;
}

Adder::Adder(const Form& form, Over over) : form_(form), last_(form.cells()), sums_(form.cells()), said_(form.cells()) {
    for (std::size_t i = 0; i < last_.size(); ++i) {
        const auto& column = form.columns[i % form.columns.size()];
        last_[i] = over == Over::windows && (column.adds == Adds::stock || column.source == ColumnSource::cumulative);
    }
}

bool Adder::add(std::string_view blob) {
    if (blob.size() != sums_.size() * 8) return false;
    ++count_;
    const char* at = blob.data();
    for (std::size_t i = 0; i < sums_.size(); ++i, at += 8) {
        const Figure figure = load(at);
        if (figure <= undefined) {  // the three that are no numbers are the three smallest
            if (figure != nil) continue;
            if (last_[i]) sums_[i] = {};
            said_[i] = 1;
            continue;
        }
        if (last_[i]) sums_[i] = {};
        Sum& sum = sums_[i];
        const std::uint64_t low = sum.low + static_cast<std::uint64_t>(figure);
        sum.high += (figure < 0 ? -1 : 0) + (low < sum.low);
        sum.low = low;
        said_[i] = 1;
    }
    return true;
}

Cells carried_over(const Form& from, const Cells& cells, const Form& to) {
    auto out = blank_cells(to);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        if (cells[i] == blank) continue;
        const auto at = to.find_cell(from.cell_id(i));
        if (!at) continue;
        const int before = from.columns[i % from.columns.size()].decimals, after = to.columns[*at % to.columns.size()].decimals;
        out[*at] = is_number(cells[i]) ? rescale(cells[i], before, after) : cells[i];
    }
    return out;
}

United unite(const Form& newest, const std::vector<const Form*>& older) {
    United out{newest, {}, {}};
    auto& form = out.form;
    for (const auto* old : older) {
        for (const auto& column : old->columns) {
            if (form.find_column(column.id) >= 0) continue;
            const int at = static_cast<int>(form.columns.size());
            form.columns.push_back(column);
            form.columns.back().whole = -1;
            std::string title;
            for (const auto& word : column.path) title += (title.empty() ? "" : "·") + word;
            form.head.push_back({title.empty() ? column.title : title, 0, std::max(form.head_rows - 1, 0), at, at, false});
            out.retired_columns.push_back(column.id);
        }
        for (const auto& row : old->rows) {
            if (form.find_row(row.id) >= 0) continue;
            form.rows.push_back({row.id, row.title, RowKind::item, row.depth, {}});
            out.retired_rows.push_back(row.id);
        }
    }
    if (out.retired_columns.empty() && out.retired_rows.empty()) return out;
    form.settle();
    form.version = version_of(form);
    return out;
}

Cells Adder::finish() const {
    Cells added = blank_cells(form_);
    for (std::size_t i = 0; i < added.size(); ++i) {
        const auto adds = form_.columns[i % form_.columns.size()].adds;
        if (!said_[i] || adds == Adds::none || adds == Adds::recompute) continue;
        const __int128_t value = static_cast<__int128_t>(sums_[i].high) * (static_cast<__int128_t>(1) << 64) + sums_[i].low;
        added[i] = value > largest || value < -largest ? undefined : static_cast<Figure>(value);
    }
    return recompute(form_, std::move(added));
}

}  // namespace anban::forms
