#include <algorithm>

#include "core/utf8.h"
#include "modules/forms/form_xlsx_layout.h"
#include "platform/office/xlsx_reader.h"
#include "platform/office/xlsx_writer.h"

namespace anban::forms {
namespace {

using office::Style;
using office::XlsxWriter;
using Align = Style::Align;

constexpr std::uint32_t derived_fill = 0xEFEFEF;

Style head_style() { return {.bold = true, .wrap = true, .align = Align::center}; }
Style line_style(Align align) { return {.border = false, .align = align}; }

void write_title(XlsxWriter& writer, int row, int last_column, const std::string& title, int size) {
    writer.merge(row, 0, row, last_column, title, {.bold = size > 12, .border = false, .align = Align::center, .size = size});
    writer.height(row, size > 12 ? 30 : 18);
}

// Three thirds of one line: who, when, units. A narrow table has no thirds: one under the other is not the paper, so they share.
void write_lines(XlsxWriter& writer, int row, int last_column, const PaperFacts& facts, const std::string& note) {
    if (last_column < 2) return writer.merge(row, 0, row, last_column, facts.unit_line + "  " + facts.window_line + "  " + note, line_style(Align::left));
    const int first = last_column / 3, second = std::max(first + 1, last_column * 2 / 3);
    writer.merge(row, 0, row, first, facts.unit_line, line_style(Align::left));
    writer.merge(row, first + 1, row, second, facts.window_line, line_style(Align::center));
    if (second < last_column) writer.merge(row, second + 1, row, last_column, note, line_style(Align::right));
}

void write_stamp(XlsxWriter& writer, const Form& form, const PaperFacts& facts) {
    writer.add_sheet(stamp_sheet, true);
    const std::pair<const char*, const std::string&> lines[] = {{"form", form.id}, {"version", form.version}, {"filing", facts.filing_id}};
    for (int row = 0; const auto& [name, value] : lines) {
        writer.text(row, 0, name);
        writer.text(row++, 1, value);
    }
    writer.protect();
}

XlsxWriter::Paper paper_for(int columns) { return columns > 16 ? XlsxWriter::Paper::a3 : XlsxWriter::Paper::a4; }

// Lines that a text needs in a column of this width; a Chinese sign is two wide. No program fits rows to wrapped text on opening.
int lines_of(std::string_view text, double width) {
    int lines = 1, used = 0;
    for (const auto c : utf8::decode(text)) {
        const int wide = c > 0x2e7f ? 2 : 1;
        if (c == U'\n' || used + wide > static_cast<int>(width)) { ++lines; used = 0; }
        if (c != U'\n') used += wide;
    }
    return lines;
}

class TablePaper {
public:
    TablePaper(const Form& form, const PaperFacts& facts, const Evaluated& values, const Cells& previous, const std::string& path)
        : form_(form), facts_(facts), values_(values), previous_(previous), at_(form), writer_(path) {}

    void write() {
        writer_.add_sheet(form_.title);
        write_title(writer_, 0, at_.last_column, form_.title, 16);
        if (at_.subtitle >= 0) write_title(writer_, at_.subtitle, at_.last_column, form_.subtitle, 11);
        write_lines(writer_, at_.lines, at_.last_column, facts_, form_.unit_note);
        write_head();
        for (int row = 0; row < static_cast<int>(form_.rows.size()); ++row) write_row(row);
        write_foot();
        writer_.freeze(at_.first_row, at_.first_column);
        writer_.print_on(paper_for(at_.last_column + 1), at_.first_row);
        writer_.protect();
        write_stamp(writer_, form_, facts_);
        writer_.close();
    }

private:
    void write_head() {
        if (at_.first_column == 1) {
            writer_.width(0, 0, 22);
            writer_.merge(at_.head, 0, at_.units - 1, 0, form_.row_head, head_style());
            writer_.text(at_.units, 0, units_title, head_style());
            writer_.text(at_.numbers, 0, numbers_title, head_style());
        }
        for (const auto& box : form_.head)
            writer_.merge(at_.head + box.row, at_.first_column + box.column, at_.head + box.last_row, at_.first_column + box.last_column, box.title, head_style());
        for (int row = at_.head; row < at_.units; ++row) writer_.height(row, 30);
        for (int c = 0; c < static_cast<int>(form_.columns.size()); ++c) {
            const auto& column = form_.columns[static_cast<std::size_t>(c)];
            writer_.width(at_.first_column + c, at_.first_column + c, column.width);
            writer_.text(at_.units, at_.first_column + c, column.unit, {.align = Align::center});
            writer_.number(at_.numbers, at_.first_column + c, std::to_string(c + 1), {.align = Align::center});
        }
    }
    void write_row(int row) {
        const auto& r = form_.rows[static_cast<std::size_t>(row)];
        std::string indent;
        for (int i = 0; i < r.depth; ++i) indent += "\xe3\x80\x80";
        if (at_.first_column == 1) writer_.text(at_.first_row + row, 0, indent + r.title, {.bold = r.kind != RowKind::item, .wrap = true, .align = Align::left});
        writer_.height(at_.first_row + row, 20);
        for (int column = 0; column < static_cast<int>(form_.columns.size()); ++column) write_cell(row, column);
    }
    void write_cell(int row, int column) {
        const int x = at_.first_column + column, y = at_.first_row + row, decimals = form_.columns[static_cast<std::size_t>(column)].decimals;
        const bool locked = form_.locked(row, column);
        Style style{.bold = form_.rows[static_cast<std::size_t>(row)].kind != RowKind::item, .locked = locked, .align = Align::right, .decimals = decimals,
                    .fill = locked ? derived_fill : 0};
        const auto value = values_.cells[form_.index(row, column)];
        const auto text = value == nil ? "无" : figure_text(value, decimals);
        if (const auto* formula = form_.formula_of(row, column)) return writer_.formula(y, x, expression(formula->ast, decimals), text, style);
        if (is_number(value)) return writer_.number(y, x, text, style);
        writer_.text(y, x, text, style);
    }

    // The same arithmetic for whoever fills the file away from the server. The upload does not believe it.
    std::string expression(const Ast& ast, int decimals) const {
        if (ast.op == "rate") return "IF(" + figure(ast.args[1]) + "=0,\"—\",ROUND(" + figure(ast.args[0]) + "/" + figure(ast.args[1]) + "*100,1))";
        if (ast.op == "/") return "IF(" + figure(ast.args[1]) + "=0,\"—\",ROUND(" + figure(ast.args[0]) + "/" + figure(ast.args[1]) + "," + std::to_string(decimals) + "))";
        return "ROUND(" + figure(ast) + "," + std::to_string(decimals) + ")";
    }
    std::string figure(const Ast& ast) const {
        if (ast.op == "num") return ast.name;
        if (ast.op == "cell" || ast.op == "prev") return cell(ast);
        if (ast.op == "rate" || ast.op == "/") return "N(" + expression(ast, 4) + ")";
        std::string joined;
        for (const auto& arg : ast.args) joined += (joined.empty() ? "" : ast.op == "sum" ? "+" : ast.op) + figure(arg);
        return "(" + joined + ")";
    }
    std::string cell(const Ast& ast) const {
        const auto found = form_.find_cell(ast.name);
        if (!found) return "0";
        const int row = static_cast<int>(*found / form_.columns.size()), column = static_cast<int>(*found % form_.columns.size());
        if (ast.op == "cell") return "N(" + office::cell_name(at_.first_row + row + 1, at_.first_column + column) + ")";
        const auto value = *found < previous_.size() ? previous_[*found] : blank;
        return is_number(value) ? "(" + figure_text(value, form_.columns[static_cast<std::size_t>(column)].decimals) + ")" : "0";
    }
    void write_foot() {
        const int middle = std::max(0, at_.last_column / 2);
        if (middle == at_.last_column) return;
        const auto open = [](Align align) { auto style = line_style(align); style.locked = false; return style; };
        writer_.merge(at_.foot, 0, at_.foot, middle, "填表人：", open(Align::left));
        writer_.merge(at_.foot, middle + 1, at_.foot, at_.last_column, "审核人：", open(Align::left));
    }

    const Form& form_;
    const PaperFacts& facts_;
    const Evaluated& values_;
    const Cells& previous_;
    TableLayout at_;
    XlsxWriter writer_;
};

std::string shown(const Field& field, const std::string& value) {
    if (value == "nil") return "无";
    for (const auto& choice : field.choices)
        if (choice.id == value) return choice.title;
    return value;
}

void write_field(XlsxWriter& writer, int row, int column, const Field& field, const std::string& value) {
    const bool number = field.type == FieldType::number && parse_decimal(value, field.decimals).has_value();
    Style style{.wrap = field.type != FieldType::number, .locked = false, .text_format = field.type != FieldType::number,
                .align = field.type == FieldType::number ? Align::right : Align::left};
    if (field.type == FieldType::number) style.decimals = field.decimals;
    if (number) writer.number(row, column, value, style);
    else writer.text(row, column, shown(field, value), style);
}

void write_ledger_head(XlsxWriter& writer, int row, const Form& form) {
    int lines = 1;
    for (const auto& field : form.fields) lines = std::max(lines, lines_of(field.title, field.width));
    writer.height(row, 16.0 * lines + 6);
    for (int c = 0; c < static_cast<int>(form.fields.size()); ++c) writer.text(row, c, form.fields[static_cast<std::size_t>(c)].title, head_style());
}

void write_ledger_row(XlsxWriter& writer, int row, const Form& form, const LedgerRow& cells) {
    int lines = 1;
    for (const auto& field : form.fields)
        if (const auto found = cells.find(field.id); found != cells.end()) lines = std::max(lines, lines_of(found->second, field.width));
    writer.height(row, std::min(16.0 * lines + 4, 400.0));
    for (int c = 0; c < static_cast<int>(form.fields.size()); ++c) {
        const auto& field = form.fields[static_cast<std::size_t>(c)];
        const auto found = cells.find(field.id);
        write_field(writer, row, c, field, found == cells.end() ? std::string() : found->second);
    }
}

}  // namespace

void write_table(const Form& form, const PaperFacts& facts, const Evaluated& values, const Cells& previous, const std::string& path) {
    TablePaper(form, facts, values, previous, path).write();
}

void write_ledger(const Form& form, const PaperFacts& facts, const LedgerRows& rows, const std::string& path, int empty_rows) {
    XlsxWriter writer(path, XlsxWriter::Mode::streaming);
    const int last = static_cast<int>(form.fields.size()) - 1, head = form.subtitle.empty() ? 2 : 3;
    const int count = static_cast<int>(rows.size()) + empty_rows;
    writer.add_sheet(form.title);
    for (int c = 0; c <= last; ++c) {
        const auto& field = form.fields[static_cast<std::size_t>(c)];
        writer.width(c, c, field.width);
        std::vector<std::string> titles;
        for (const auto& choice : field.choices) titles.push_back(choice.title);
        if (count > 0) writer.choose(head + 1, c, head + count, c, titles);
    }
    writer.freeze(head + 1, 0);
    writer.print_on(paper_for(last + 1), head + 1);
    write_title(writer, 0, last, form.title, 16);
    if (head == 3) write_title(writer, 1, last, form.subtitle, 11);
    write_lines(writer, head - 1, last, facts, form.unit_note);
    write_ledger_head(writer, head, form);
    static const LedgerRow none;
    for (int r = 0; r < count; ++r) write_ledger_row(writer, head + 1 + r, form, r < static_cast<int>(rows.size()) ? rows[static_cast<std::size_t>(r)] : none);
    write_stamp(writer, form, facts);
    writer.close();
}

}  // namespace anban::forms
