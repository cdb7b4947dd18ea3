#include "platform/office/xlsx_writer.h"

#include <xlsxwriter.h>

#include <cstdlib>
#include <stdexcept>

namespace anban::office {
namespace {

constexpr std::size_t most_characters = 32'767;

// The byte behind the n-th character.
std::size_t byte_of(std::string_view text, std::size_t characters) {
    std::size_t i = 0;
    for (; i < text.size(); ++i)
        if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80 && characters-- == 0) break;
    return i;
}

std::string fit(std::string_view text) {
    if (text.size() <= most_characters || byte_of(text, most_characters) == text.size()) return std::string(text);
    return std::string(text.substr(0, byte_of(text, most_characters - 1))) + "…";
}

// "_x000D_" typed by a user is not the carriage return that readers would take it for: its first character is itself escaped.
std::string escape(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool looks_escaped = text.substr(i, 2) == "_x" && i + 6 < text.size() && text[i + 6] == '_' &&
                                   text.substr(i + 2, 4).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
        out += looks_escaped ? std::string("_x005F_") : std::string(1, text[i]);
    }
    return out;
}

std::string sheet_name(std::string_view name) {
    std::string out;
    for (const char c : name)
        if (std::string_view("[]:*?/\\'").find(c) == std::string_view::npos) out += c;
    out.resize(byte_of(out, 31));
    return out.empty() ? "Sheet" : out;
}

void must(lxw_error error) {
    if (error != LXW_NO_ERROR) throw std::runtime_error(std::string("xlsx: ") + lxw_strerror(error));
}

lxw_row_t at_row(int row) { return static_cast<lxw_row_t>(row); }
lxw_col_t at_column(int column) { return static_cast<lxw_col_t>(column); }

}  // namespace

struct XlsxWriter::Impl {
    lxw_workbook* book = nullptr;
    lxw_worksheet* sheet = nullptr;
    std::map<Style, lxw_format*> formats;

    lxw_format* format(const Style& style) {
        auto& known = formats[style];
        if (known) return known;
        known = workbook_add_format(book);
        format_set_font_name(known, "宋体");
        format_set_font_size(known, style.size);
        format_set_align(known, LXW_ALIGN_VERTICAL_CENTER);
        if (style.bold) format_set_bold(known);
        if (style.wrap) format_set_text_wrap(known);
        if (style.border) format_set_border(known, LXW_BORDER_THIN);
        if (!style.locked) format_set_unlocked(known);
        if (style.text_format) format_set_num_format(known, "@");
        if (style.fill) format_set_bg_color(known, style.fill);
        if (style.color) format_set_font_color(known, style.color);
        if (style.decimals >= 0) format_set_num_format(known, style.decimals == 0 ? "0" : ("0." + std::string(static_cast<std::size_t>(style.decimals), '0')).c_str());
        if (style.align == Style::Align::left) format_set_align(known, LXW_ALIGN_LEFT);
        if (style.align == Style::Align::center) format_set_align(known, LXW_ALIGN_CENTER);
        if (style.align == Style::Align::right) format_set_align(known, LXW_ALIGN_RIGHT);
        return known;
    }
};

XlsxWriter::XlsxWriter(std::string path, Mode mode) : impl_(std::make_unique<Impl>()) {
    lxw_workbook_options options{};
    options.constant_memory = mode == Mode::streaming;
    impl_->book = workbook_new_opt(path.c_str(), &options);
    if (!impl_->book) throw std::runtime_error("xlsx: cannot begin");
}

XlsxWriter::~XlsxWriter() {
    if (impl_->book) workbook_close(impl_->book);  // frees; what it leaves on disk is not asked for
}

void XlsxWriter::add_sheet(std::string_view name, bool hidden) {
    impl_->sheet = workbook_add_worksheet(impl_->book, sheet_name(name).c_str());
    if (!impl_->sheet) throw std::runtime_error("xlsx: sheet name taken");
    if (hidden) worksheet_hide(impl_->sheet);
}

void XlsxWriter::text(int row, int column, std::string_view value, const Style& style) {
    if (value.empty()) return blank(row, column, style);
    must(worksheet_write_string(impl_->sheet, at_row(row), at_column(column), escape(fit(value)).c_str(), impl_->format(style)));
}

void XlsxWriter::number(int row, int column, std::string_view decimal, const Style& style) {
    if (decimal.empty()) return blank(row, column, style);
    must(worksheet_write_number(impl_->sheet, at_row(row), at_column(column), std::stod(std::string(decimal)), impl_->format(style)));
}

void XlsxWriter::formula(int row, int column, const std::string& expression, std::string_view computed, const Style& style) {
    const std::string result(computed), text = "=" + expression;
    char* end = nullptr;
    const double number = std::strtod(result.c_str(), &end);
    if (!result.empty() && *end == '\0')
        must(worksheet_write_formula_num(impl_->sheet, at_row(row), at_column(column), text.c_str(), impl_->format(style), number));
    else
        must(worksheet_write_formula_str(impl_->sheet, at_row(row), at_column(column), text.c_str(), impl_->format(style), result.c_str()));
}

void XlsxWriter::blank(int row, int column, const Style& style) {
    must(worksheet_write_blank(impl_->sheet, at_row(row), at_column(column), impl_->format(style)));
}

void XlsxWriter::merge(int row, int column, int last_row, int last_column, std::string_view value, const Style& style) {
    if (row == last_row && column == last_column) return text(row, column, value, style);
    must(worksheet_merge_range(impl_->sheet, at_row(row), at_column(column), at_row(last_row), at_column(last_column), escape(fit(value)).c_str(),
                               impl_->format(style)));
}

void XlsxWriter::width(int column, int last_column, double characters) {
    must(worksheet_set_column(impl_->sheet, at_column(column), at_column(last_column), characters, nullptr));
}

void XlsxWriter::height(int row, double points) { must(worksheet_set_row(impl_->sheet, at_row(row), points, nullptr)); }

void XlsxWriter::freeze(int rows, int columns) { worksheet_freeze_panes(impl_->sheet, at_row(rows), at_column(columns)); }

void XlsxWriter::protect() {
    lxw_protection options{};
    options.format_columns = options.format_rows = 1;
    worksheet_protect(impl_->sheet, nullptr, &options);
}

void XlsxWriter::choose(int row, int column, int last_row, int last_column, const std::vector<std::string>& choices) {
    std::size_t length = 0;
    std::vector<char*> list;
    for (const auto& choice : choices) {
        length += choice.size() + 1;
        list.push_back(const_cast<char*>(choice.c_str()));  // the C interface forgot its const
    }
    if (list.empty() || length > 255) return;  // Excel's limit for a list inside the cell: the check at upload still holds
    list.push_back(nullptr);
    lxw_data_validation validation{};
    validation.validate = LXW_VALIDATION_TYPE_LIST;
    validation.value_list = list.data();
    must(worksheet_data_validation_range(impl_->sheet, at_row(row), at_column(column), at_row(last_row), at_column(last_column), &validation));
}

void XlsxWriter::print_on(Paper paper, int title_rows) {
    worksheet_set_paper(impl_->sheet, paper == Paper::a3 ? 8 : 9);
    worksheet_set_landscape(impl_->sheet);
    worksheet_set_margins(impl_->sheet, 0.4, 0.4, 0.5, 0.5);
    worksheet_fit_to_pages(impl_->sheet, 1, 0);
    worksheet_center_horizontally(impl_->sheet);
    if (title_rows > 0) must(worksheet_repeat_rows(impl_->sheet, 0, at_row(title_rows - 1)));
}

void XlsxWriter::close() {
    auto* book = impl_->book;
    impl_->book = nullptr;
    must(workbook_close(book));
}

}  // namespace anban::office
