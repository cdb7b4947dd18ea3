#include "platform/office/xlsx_reader.h"

#include <charconv>
#include <cmath>
#include <cstdio>

#include "platform/office/xlsx_book.h"

namespace anban::office {

struct XlsxReader::Book {
    BookFacts facts;
    XlsxLimits limits;
};

namespace {

constexpr int most_rows = 1'048'576, most_columns = 16'384;

struct Address { int row = 0; int column = -1; };  // row 0: none given

std::optional<Address> parse_address(std::string_view text) {
    Address address;
    std::size_t i = 0;
    int column = 0;
    for (; i < text.size() && text[i] >= 'A' && text[i] <= 'Z' && i < 4; ++i) column = column * 26 + (text[i] - 'A' + 1);
    const auto end = std::from_chars(text.data() + i, text.data() + text.size(), address.row);
    if (i == 0 || end.ec != std::errc() || end.ptr != text.data() + text.size()) return std::nullopt;
    address.column = column - 1;
    return address;
}

// As Excel shows a stored double: 15 significant digits, no exponent, no trailing zeros. 0.1 + 0.2 is 0.3 to the user.
std::optional<std::string> plain_decimal(std::string_view text, double& value) {
    const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
    if (std::abs(value) >= 1e15 || (value != 0 && std::abs(value) < 1e-9)) return std::string(text);
    char rounded[40], plain[400];
    std::snprintf(rounded, sizeof rounded, "%.14e", value);
    const int exponent = std::atoi(std::string_view(rounded).substr(std::string_view(rounded).find('e') + 1).data());
    std::snprintf(plain, sizeof plain, "%.*f", std::max(0, 14 - exponent), value);
    std::string out = plain;
    if (out.find('.') != std::string::npos) {
        out.erase(out.find_last_not_of('0') + 1);
        if (out.back() == '.') out.pop_back();
    }
    return out == "-0" ? "0" : out;
}

std::string date_text(double serial, const std::optional<CivilDate>& date) {
    const auto minute = static_cast<int>(std::lround((serial - std::floor(serial)) * 1440)) % 1440;
    char time[8];
    std::snprintf(time, sizeof time, "%02d:%02d", minute / 60, minute % 60);
    if (!date) return time;
    return minute == 0 ? format_date(*date) : format_date(*date) + ' ' + time;
}

class SheetPart : public XmlHandler {
public:
    SheetPart(const BookFacts& book, const XlsxLimits& limits, const std::function<bool(Row&)>& sink)
        : book_(book), limits_(limits), sink_(sink) {}

    XmlReader* reader = nullptr;
    SheetFacts facts;
    bool enough = false;

    void open(std::string_view name, const Attributes& a) override {
        if (name == "row") open_row(a);
        else if (name == "c") open_cell(a);
        else if (name == "v" || name == "t") in_value_ = phonetic_ == 0;
        else if (name == "rPh") ++phonetic_;
        else if (name == "f") cell_.formula = true;
        else if (name == "mergeCell") add_merge(a.get("ref"));
    }
    void close(std::string_view name) override {
        if (name == "v" || name == "t") in_value_ = false;
        else if (name == "rPh") --phonetic_;
        else if (name == "c") close_cell();
        else if (name == "row") close_row();
    }
    void text(std::string_view piece) override {
        if (!in_value_) return;
        value_ += piece;
        if (value_.size() > limits_.cell_text) stop(Code::too_large, "xlsx.cell_too_long", "cell", cell_name(row_.number, cell_.column));
    }

private:
    void stop(Code code, const char* key, std::string name, std::string value) {
        reader->stop({code, key, {{std::move(name), std::move(value)}}, {}, {}});
    }
    void open_row(const Attributes& a) {
        const auto given = a.find("r");
        int number = row_number_ + 1;
        if (given) std::from_chars(given->data(), given->data() + given->size(), number);
        if (number <= row_number_ || number > most_rows) return stop(Code::unprocessable, "xlsx.rows_out_of_order", "row", std::to_string(number));
        row_number_ = number;
        row_ = {number, a.get("hidden") == "1" || a.get("hidden") == "true", {}};
    }
    void open_cell(const Attributes& a) {
        int column = row_.cells.empty() ? 0 : row_.cells.back().column + 1;
        if (const auto given = a.find("r")) {
            const auto address = parse_address(*given);
            if (!address || address->row != row_.number || address->column < column) column = most_columns;
            else column = address->column;
        }
        if (column >= most_columns) return stop(Code::unprocessable, "xlsx.cell_out_of_range", "row", std::to_string(row_.number));
        if (++cells_ > limits_.cells) return stop(Code::too_large, "xlsx.too_many_cells", "limit", std::to_string(limits_.cells));
        cell_ = {};
        cell_.column = column;
        type_ = a.get("t");
        value_.clear();
        std::size_t style = 0;
        if (const auto s = a.get("s"); !s.empty()) std::from_chars(s.data(), s.data() + s.size(), style);
        date_style_ = style < book_.date_styles.size() && book_.date_styles[style];
    }
    void close_cell() {
        fill_cell();
        row_.cells.push_back(std::move(cell_));
        cell_ = {};
    }
    void fill_cell() {
        using Kind = Cell::Kind;
        if (type_ == "s") {
            std::size_t index = 0;
            const auto end = std::from_chars(value_.data(), value_.data() + value_.size(), index);
            if (end.ec == std::errc() && index < book_.texts.count()) set(Kind::text, std::string(book_.texts.at(index)));
        } else if (type_ == "inlineStr" || type_ == "str") {
            set(Kind::text, unescape_text(value_));
        } else if (type_ == "b") {
            set(Kind::boolean, value_ == "1" || value_ == "true" ? "TRUE" : "FALSE");
        } else if (type_ == "e") {
            set(Kind::error, value_);
        } else if (type_ == "d") {
            cell_.date = parse_date(std::string_view(value_).substr(0, 10));
            set(cell_.date ? Kind::date : Kind::text, cell_.date ? format_date(*cell_.date) : value_);
        } else {
            fill_number();
        }
    }
    void fill_number() {
        double value = 0;
        const auto decimal = plain_decimal(value_, value);
        if (!decimal) return set(Cell::Kind::text, value_);
        if (!date_style_) return set(Cell::Kind::number, *decimal);
        cell_.date = serial_date(value, book_.epoch_1904);
        if (!cell_.date && !(value >= 0 && value < 1)) return set(Cell::Kind::number, *decimal);
        cell_.number = *decimal;
        set(Cell::Kind::date, date_text(value, cell_.date));
    }
    void set(Cell::Kind kind, std::string text) {
        cell_.kind = text.empty() ? Cell::Kind::blank : kind;
        cell_.text = std::move(text);
    }
    void close_row() {
        facts.rows = row_.number;
        if (sink_(row_)) return;
        enough = true;
        reader->stop({Code::invalid, "xlsx.enough", {}, {}, {}});
    }
    void add_merge(std::string_view ref) {
        const auto colon = ref.find(':');
        if (colon == std::string_view::npos || facts.merged.size() >= 1'000'000) return;
        const auto from = parse_address(ref.substr(0, colon)), to = parse_address(ref.substr(colon + 1));
        if (from && to) facts.merged.push_back({from->row, from->column, to->row, to->column});
    }

    const BookFacts& book_;
    const XlsxLimits& limits_;
    const std::function<bool(Row&)>& sink_;
    Row row_;
    Cell cell_;
    std::string type_, value_;
    int row_number_ = 0, phonetic_ = 0;
    bool in_value_ = false, date_style_ = false;
    std::uint64_t cells_ = 0;
};

}  // namespace

const Cell* Row::at(int column) const {
    for (const auto& cell : cells)
        if (cell.column == column) return &cell;
    return nullptr;
}

Result<XlsxReader> XlsxReader::open(std::string_view bytes, const XlsxLimits& limits) {
    return open(Archive::open(bytes, limits.archive), limits);
}

Result<XlsxReader> XlsxReader::open_file(const std::string& path, const XlsxLimits& limits) {
    return open(Archive::open_file(path, limits.archive), limits);
}

Result<XlsxReader> XlsxReader::open(Result<Archive> archive, const XlsxLimits& limits) {
    if (!archive) return archive.refusal();
    auto facts = read_book(*archive, limits);
    if (!facts) return facts.refusal();
    XlsxReader reader(std::move(*archive));
    reader.sheets_ = facts->sheets;
    reader.book_ = std::make_shared<const Book>(Book{std::move(*facts), limits});
    return reader;
}

std::optional<std::size_t> XlsxReader::find_sheet(std::string_view name) const {
    for (std::size_t i = 0; i < sheets_.size(); ++i)
        if (sheets_[i].name == name) return i;
    return std::nullopt;
}

Result<SheetFacts> XlsxReader::read(std::size_t sheet, const std::function<bool(Row&)>& sink) const {
    const auto& parts = book_->facts.parts;
    if (sheet >= parts.size() || !archive_.has(parts[sheet])) return Refusal{Code::unprocessable, "xlsx.no_sheet", {}, {}, {}};
    SheetPart part(book_->facts, book_->limits, sink);
    auto refusal = read_xml(archive_, parts[sheet], part, part.reader);
    if (refusal && !part.enough) return *refusal;
    return std::move(part.facts);
}

std::string cell_name(int row, int column) {
    std::string letters;
    for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
    return letters + std::to_string(row);
}

std::optional<CivilDate> serial_date(double serial, bool epoch_1904) {
    if (!(serial >= 1 && serial < 120'000)) return std::nullopt;
    const auto days = static_cast<int>(std::floor(serial));
    // Excel counts a 29 February 1900 that never was: serial 60.
    const CivilDate date = epoch_1904 ? CivilDate{days - 24107} : CivilDate{days - (days < 60 ? 25568 : 25569)};
    const int year = to_ymd(date).year;
    return year >= 1900 && year <= 2200 ? std::optional(date) : std::nullopt;
}

}  // namespace anban::office
