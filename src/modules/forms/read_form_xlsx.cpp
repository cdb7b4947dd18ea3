#include <algorithm>

#include "core/utf8.h"
#include "modules/forms/form_xlsx_layout.h"
#include "modules/forms/input.h"
#include "platform/office/xlsx_reader.h"

namespace anban::forms {
namespace {

using office::Cell;
using office::Row;
using office::XlsxReader;

constexpr int head_search = 40;   // rows from the top in which a head may begin

// A sheet as it lies, in memory: rows by number, merged boxes opened where asked.
struct Sheet {
    std::vector<Row> rows;        // rising numbers
    std::vector<office::Range> merged;
    int columns = 0;

    [[nodiscard]] const Cell* cell(int row, int column) const {
        const auto at = std::lower_bound(rows.begin(), rows.end(), row, [](const Row& r, int n) { return r.number < n; });
        return at == rows.end() || at->number != row ? nullptr : at->at(column);
    }
    [[nodiscard]] std::string text(int row, int column) const {
        const auto* found = cell(row, column);
        return found ? found->text : std::string();
    }
    // In a merged box every cell says what its corner says.
    [[nodiscard]] std::string boxed_text(int row, int column) const {
        for (const auto& box : merged)
            if (row >= box.row && row <= box.last_row && column >= box.column && column <= box.last_column) return text(box.row, box.column);
        return text(row, column);
    }
    [[nodiscard]] int last_row() const { return rows.empty() ? 0 : rows.back().number; }
};

Result<Sheet> read_sheet(const XlsxReader& reader, std::size_t index, std::size_t most_rows) {
    Sheet sheet;
    bool too_many = false;
    auto facts = reader.read(index, [&](Row& row) {
        const bool empty = std::all_of(row.cells.begin(), row.cells.end(), [](const Cell& c) { return c.kind == Cell::Kind::blank; });
        if (empty && row.number > head_search) return true;
        too_many = sheet.rows.size() >= most_rows;
        if (!row.cells.empty()) sheet.columns = std::max(sheet.columns, std::min(row.cells.back().column + 1, 500));
        sheet.rows.push_back(std::move(row));
        return !too_many;
    });
    if (!facts) return facts.refusal();
    if (too_many) return Refusal{Code::too_large, "form.too_many_rows", {{"limit", std::to_string(most_rows)}}, {}, {}};
    for (auto& box : facts->merged)
        if (box.row <= head_search + 10 && sheet.merged.size() < 1'000) sheet.merged.push_back(box);
    return sheet;
}

FormStamp read_stamp(const XlsxReader& reader) {
    FormStamp stamp;
    const auto sheet = reader.find_sheet(stamp_sheet);
    if (!sheet) return stamp;
    const auto facts = reader.read(*sheet, [&](Row& row) {
        const auto* name = row.at(0);
        const auto* value = row.at(1);
        if (name && value && name->text == "form") stamp.form = value->text;
        if (name && value && name->text == "version") stamp.version = value->text;
        if (name && value && name->text == "filing") stamp.filing_id = value->text;
        return row.number < 10;
    });
    return facts ? stamp : FormStamp{};
}

using Titles = std::vector<std::string>;

// What stands above one column from the head's first row on; a box that spans rows counts once.
Titles stack_at(const Sheet& sheet, int row, int height, int column) {
    Titles stack;
    for (int i = 0; i < height; ++i) {
        auto title = plain_title(sheet.boxed_text(row + i, column));
        if (!title.empty() && (stack.empty() || stack.back() != title)) stack.push_back(std::move(title));
    }
    return stack;
}

Titles plain_path(const std::vector<std::string>& path) {
    Titles plain;
    for (const auto& title : path)
        if (auto p = plain_title(title); plain.empty() || plain.back() != p) plain.push_back(std::move(p));
    return plain;
}

bool is_suffix(const Titles& part, const Titles& whole) {
    return !part.empty() && part.size() <= whole.size() && std::equal(part.rbegin(), part.rend(), whole.rbegin());
}

struct Head {
    int row = 0;                 // its first
    std::vector<int> columns;    // sheet column of each of the form's, -1 where missing
    int found = 0;
};

// Whole paths first; where boxes were unmerged, the lower titles alone, from left to right.
Head match_head(const Sheet& sheet, int row, int height, const std::vector<Titles>& wanted) {
    std::vector<Titles> stacks;
    for (int c = 0; c < sheet.columns; ++c) stacks.push_back(stack_at(sheet, row, height, c));
    Head head{row, std::vector<int>(wanted.size(), -1), 0};
    std::vector<char> used(stacks.size(), 0);
    const auto take = [&](std::size_t want, std::size_t column) {
        head.columns[want] = static_cast<int>(column);
        used[column] = 1;
        ++head.found;
    };
    for (std::size_t w = 0; w < wanted.size(); ++w)
        for (std::size_t c = 0; c < stacks.size() && head.columns[w] < 0; ++c)
            if (!used[c] && stacks[c] == wanted[w]) take(w, c);
    std::size_t from = 0;
    for (std::size_t w = 0; w < wanted.size(); ++w) {
        for (std::size_t c = from; c < stacks.size() && head.columns[w] < 0; ++c)
            if (!used[c] && is_suffix(stacks[c], wanted[w])) take(w, c);
        if (head.columns[w] >= 0) from = static_cast<std::size_t>(head.columns[w]) + 1;
    }
    return head;
}

Head find_head(const Sheet& sheet, int height, const std::vector<Titles>& wanted) {
    Head best;
    for (const auto& row : sheet.rows) {
        if (row.number > head_search) break;
        auto head = match_head(sheet, row.number, height, wanted);
        if (head.found > best.found) best = std::move(head);
        if (best.found == static_cast<int>(wanted.size())) break;
    }
    return best;
}

struct Found { Sheet sheet; Head head; };

// The visible sheet that shows most of the head.
Result<Found> find_form(const XlsxReader& reader, const Form& form, int height, const std::vector<Titles>& wanted, const std::vector<std::string>& titles, std::size_t most_rows) {
    Found best;
    for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
        if (reader.sheets()[i].hidden) continue;
        auto sheet = read_sheet(reader, i, most_rows);
        if (!sheet && sheet.refusal().key == "xlsx.no_sheet") continue;
        if (!sheet) return sheet.refusal();
        auto head = find_head(*sheet, height, wanted);
        if (head.found > best.head.found) best = {std::move(*sheet), std::move(head)};
    }
    if (best.head.found * 2 < static_cast<int>(wanted.size()) || wanted.empty())
        return Refusal{Code::unprocessable, "form.head_not_found", {{"title", form.title}}, {}, {}};
    Refusal missing{Code::unprocessable, "form.columns_missing", {}, {}, {}};
    for (std::size_t w = 0; w < wanted.size(); ++w)
        if (best.head.columns[w] < 0) missing.errors.push_back({titles[w], "form.column_missing", {{"title", titles[w]}}});
    if (missing.errors.empty()) return best;
    missing.params = {{"count", std::to_string(missing.errors.size())}};
    return missing;
}

// Sheet rows of the form's rows.
class TableRows {
public:
    TableRows(const Form& form, const Sheet& sheet, const Head& head) : form_(form), sheet_(sheet), head_(head), next_(head.row + form.head_rows) {}

    Result<std::vector<int>> find() {
        if (!form_.shows_row_titles()) return std::vector<int>{skip_small_print()};
        std::vector<int> rows;
        Refusal missing{Code::unprocessable, "form.rows_missing", {}, {}, {}};
        const int column = title_column();
        for (const auto& row : form_.rows) {
            const int at = find_title(plain_title(row.title), column);
            if (at == 0) missing.errors.push_back({row.id, "form.row_missing", {{"title", row.title}}});
            else next_ = at + 1;
            rows.push_back(at);
        }
        if (missing.errors.empty()) return rows;
        missing.params = {{"count", std::to_string(missing.errors.size())}};
        return missing;
    }

private:
    // Left of the figures, the column that names most of the rows.
    int title_column() const {
        const int figures = *std::min_element(head_.columns.begin(), head_.columns.end());
        int best = 0, most = -1;
        for (int c = 0; c < figures; ++c) {
            int known = 0;
            for (int r = next_; r <= sheet_.last_row() && r < next_ + 500; ++r) known += is_title(plain_title(sheet_.text(r, c)));
            if (known > most) { most = known; best = c; }
        }
        return best;
    }
    bool is_title(const std::string& text) const {
        return !text.empty() && std::any_of(form_.rows.begin(), form_.rows.end(), [&](const FormRow& r) { return plain_title(r.title) == text; });
    }
    int find_title(const std::string& title, int column) const {
        for (int r = next_; r <= sheet_.last_row(); ++r)
            if (plain_title(sheet_.text(r, column)) == title) return r;
        return 0;
    }
    int skip_small_print() const {
        int row = next_;
        while (row < next_ + 2 && (says_units(row) || says_numbers(row))) ++row;
        return row;
    }
    bool says_units(int row) const {
        bool any = false;
        for (std::size_t c = 0; c < form_.columns.size(); ++c) {
            const auto text = plain_title(sheet_.text(row, head_.columns[c]));
            if (!text.empty() && text != plain_title(form_.columns[c].unit)) return false;
            any = any || !text.empty();
        }
        return any;
    }
    bool says_numbers(int row) const {
        if (form_.columns.size() < 2) return sheet_.text(row, head_.columns[0]) == "1" && row < sheet_.last_row();
        for (std::size_t c = 0; c < form_.columns.size(); ++c)
            if (sheet_.text(row, head_.columns[c]) != std::to_string(c + 1)) return false;
        return true;
    }

    const Form& form_;
    const Sheet& sheet_;
    const Head& head_;
    int next_;
};

// A number that some program shows as a date is still the number.
std::string figure_of(const Cell& cell) { return cell.kind == Cell::Kind::date && !cell.number.empty() ? cell.number : cell.text; }

void read_cells(const Form& form, const PaperFacts& facts, const Found& found, const std::vector<int>& rows, TableUpload& upload) {
    for (int r = 0; r < static_cast<int>(form.rows.size()); ++r)
        for (int c = 0; c < static_cast<int>(form.columns.size()); ++c) {
            if (form.locked(r, c)) continue;
            const auto& column = form.columns[static_cast<std::size_t>(c)];
            const int y = rows[static_cast<std::size_t>(r)], x = found.head.columns[static_cast<std::size_t>(c)];
            const auto* cell = found.sheet.cell(y, x);
            if (!cell) continue;
            auto typed = read_number(figure_of(*cell), column);
            const auto index = form.index(r, c);
            if (typed.ok()) upload.cells[index] = figure_from(typed.value, column.decimals);
            else {
                typed.params.emplace_back("cell", office::cell_name(y, x));
                upload.errors.push_back({facts.part + ':' + form.cell_id(index), typed.key, typed.params});
            }
        }
}

// "ledger:r3.level" of the rows as read, with the place in the sheet beside it.
void address_in_sheet(std::vector<FieldError>& errors, const Form& form, const Head& head, const std::vector<int>& sheet_rows) {
    for (auto& error : errors) {
        const auto row = error.path.find(":r"), dot = error.path.rfind('.');
        if (row == std::string::npos || dot == std::string::npos) continue;
        const auto number = static_cast<std::size_t>(std::stoi(error.path.substr(row + 2)));
        for (std::size_t f = 0; f < form.fields.size(); ++f)
            if (form.fields[f].id == std::string_view(error.path).substr(dot + 1) && number <= sheet_rows.size())
                error.params.emplace_back("cell", office::cell_name(sheet_rows[number - 1], head.columns[f]));
    }
}

}  // namespace

std::string plain_title(std::string_view title) {
    std::u32string out;
    for (const auto c : utf8::decode(title))
        if (!utf8::is_blank(c)) out += utf8::half_width(c);
    return utf8::encode(out);
}

Result<TableUpload> read_table_xlsx(const Form& form, const PaperFacts& facts, std::string_view bytes) {
    const auto reader = XlsxReader::open(bytes);
    if (!reader) return reader.refusal();
    std::vector<Titles> wanted;
    std::vector<std::string> titles;
    for (const auto& column : form.columns) {
        wanted.push_back(plain_path(column.path));
        std::string title;
        for (const auto& step : column.path) title += (title.empty() ? "" : " / ") + step;
        titles.push_back(std::move(title));
    }
    const auto found = find_form(*reader, form, form.head_rows, wanted, titles, 5'000);
    if (!found) return found.refusal();
    const auto rows = TableRows(form, found->sheet, found->head).find();
    if (!rows) return rows.refusal();
    TableUpload upload{read_stamp(*reader), blank_cells(form), {}};
    read_cells(form, facts, *found, *rows, upload);
    return upload;
}

Result<LedgerUpload> read_ledger_xlsx(const Form& form, const PaperFacts& facts, std::string_view bytes) {
    const auto reader = XlsxReader::open(bytes);
    if (!reader) return reader.refusal();
    std::vector<Titles> wanted;
    std::vector<std::string> titles;
    for (const auto& field : form.fields) {
        wanted.push_back({plain_title(field.title)});
        titles.push_back(field.title);
    }
    const auto found = find_form(*reader, form, 1, wanted, titles, most_ledger_rows + 100);
    if (!found) return found.refusal();
    LedgerRows texts;
    std::vector<int> sheet_rows;
    for (const auto& row : found->sheet.rows) {
        if (row.number <= found->head.row) continue;
        LedgerRow cells;
        for (std::size_t f = 0; f < form.fields.size(); ++f) {
            const auto* cell = row.at(found->head.columns[f]);
            if (!cell || cell->text.empty()) continue;
            cells[form.fields[f].id] = form.fields[f].type == FieldType::number ? figure_of(*cell) : cell->text;
        }
        if (cells.empty()) continue;
        texts.push_back(std::move(cells));
        sheet_rows.push_back(row.number);
    }
    auto read = read_ledger(form, texts, facts.part, facts.year);
    address_in_sheet(read.errors, form, found->head, sheet_rows);
    return LedgerUpload{read_stamp(*reader), std::move(read.rows), std::move(read.errors)};
}

}  // namespace anban::forms
