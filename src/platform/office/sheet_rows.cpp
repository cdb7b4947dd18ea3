#include "platform/office/sheet_rows.h"

#include <algorithm>
#include <array>
#include <optional>

#include "platform/office/xlsx_writer.h"

namespace anban::office {
namespace {

constexpr int kHeadRows = 10;
constexpr int kBlankRows = 3000;  // of the template that carry choices and keep typed text as text

std::string_view head_name(std::string_view text) {
    text = trimmed(text);
    while (!text.empty() && text.back() == '*') text = trimmed(text.substr(0, text.size() - 1));
    return text;
}

struct Head {
    std::vector<int> places;  // column in the sheet for each SheetColumn; -1: absent
    std::vector<std::string> missing;
    std::optional<std::string> twice;
};

Head head_of(const Row& row, const std::vector<SheetColumn>& columns) {
    Head head;
    for (const auto& column : columns) {
        int place = -1;
        for (const auto& cell : row.cells) {
            if (head_name(cell.text) != column.name) continue;
            if (place >= 0) head.twice = std::string(column.name);
            place = cell.column;
        }
        if (place < 0 && column.required) head.missing.emplace_back(column.name);
        head.places.push_back(place);
    }
    return head;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : "、") + word;
    return out;
}

// Nothing for a row without text, and for the template's own row of hints.
std::optional<SheetRow> sheet_row(const Row& row, const Head& head, const std::vector<SheetColumn>& columns) {
    SheetRow out{row.number, {}};
    bool said = false;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const auto* cell = head.places[i] < 0 ? nullptr : row.at(head.places[i]);
        out.cells.emplace_back(cell ? trimmed(cell->text) : std::string_view());
        said = said || (!out.cells.back().empty() && out.cells.back() != columns[i].hint);
    }
    if (!said) return std::nullopt;
    return out;
}

Refusal refuse(const char* key, Params params = {}) { return {Code::unprocessable, key, std::move(params), {}, {}}; }

}  // namespace

std::string_view trimmed(std::string_view text) {
    constexpr std::array<std::string_view, 6> blanks{" ", "\t", "\r", "\n", "\u3000", "\u00A0"};
    for (bool again = true; again;) {
        again = false;
        for (const auto blank : blanks) {
            if (text.starts_with(blank)) { text.remove_prefix(blank.size()); again = true; }
            if (text.ends_with(blank)) { text.remove_suffix(blank.size()); again = true; }
        }
    }
    return text;
}

Result<std::vector<SheetRow>> read_sheet_rows(const XlsxReader& book, const std::vector<SheetColumn>& columns, std::size_t most) {
    std::vector<SheetRow> rows;
    std::optional<Head> head;
    std::optional<std::vector<std::string>> missing;
    bool too_many = false;
    if (book.sheets().empty()) return refuse("import.empty");
    const auto facts = book.read(0, [&](Row& row) {
        if (!head) {
            auto tried = head_of(row, columns);
            if (!missing || tried.missing.size() < missing->size()) missing = tried.missing;
            if (tried.missing.empty()) head = std::move(tried);
            return row.number < kHeadRows || head.has_value();
        }
        if (auto one = sheet_row(row, *head, columns)) rows.push_back(std::move(*one));
        too_many = rows.size() > most;
        return !too_many;
    });
    if (!facts) return facts.refusal();
    if (!missing) return refuse("import.empty");
    if (!head) return refuse("import.no_head", {{"columns", joined(*missing)}});
    if (head->twice) return refuse("import.column_twice", {{"column", *head->twice}});
    if (too_many) return refuse("import.too_many_rows", {{"most", std::to_string(most)}});
    if (rows.empty()) return refuse("import.empty");
    return rows;
}

void write_sheet_template(const std::string& path, std::string_view sheet, const std::vector<SheetColumn>& columns) {
    XlsxWriter writer(path);
    writer.add_sheet(sheet);
    writer.freeze(2, 0);
    Style head{.bold = true, .align = Style::Align::center, .fill = 0xE8EEF5};
    Style hint{.wrap = true, .color = 0x5F6B7A};
    Style free{.border = false, .text_format = true};
    int at = 0;
    for (const auto& column : columns) {
        writer.width(at, at, 24);
        writer.text(0, at, std::string(column.name) + (column.required ? "*" : ""), head);
        writer.text(1, at, column.hint, hint);
        for (int row = 2; row < 12; ++row) writer.blank(row, at, free);
        if (!column.choices.empty()) writer.choose(2, at, kBlankRows, at, column.choices);
        ++at;
    }
    writer.close();
}

}  // namespace anban::office
