#include "modules/totals/totals_sheet.h"

#include <algorithm>

namespace anban::totals::sheets {
namespace {

constexpr int kHead = 2;

class Paper {
public:
    Paper(const Totals& totals, const forms::Form& form, const Foot& foot, const std::string& path)
        : totals_(totals), form_(form), foot_(foot), writer_(path), first_(form.shows_row_titles() ? 1 : 0),
          last_(first_ + static_cast<int>(form.columns.size()) - 1), units_(kHead + form.head_rows) {}

    void write() {
        write_table();
        write_units();
        if (!totals_.differences.empty()) write_differences();
        writer_.close();
    }

private:
    void write_table() {
        writer_.add_sheet(say("sheet.totals"));
        title(writer_, std::max(last_, 3), form_.title);
        writer_.text(1, 0, say("sheet.node", {{"node", totals_.node_name}, {"from", format_date(totals_.window_from)}, {"to", format_date(totals_.window_to)},
                                              {"counted", std::to_string(totals_.counted)}, {"owed", std::to_string(totals_.owed)}}), loose());
        if (first_ == 1) {
            writer_.width(0, 0, 24);
            writer_.merge(kHead, 0, units_ - 1, 0, form_.row_head, head());
            writer_.text(units_, 0, say("sheet.measure"), head());
        }
        for (const auto& box : form_.head)
            writer_.merge(kHead + box.row, first_ + box.column, kHead + box.last_row, first_ + box.last_column, box.title, head());
        for (int row = kHead; row < units_; ++row) writer_.height(row, 30);
        for (int c = 0; c < static_cast<int>(form_.columns.size()); ++c) {
            const auto& column = form_.columns[static_cast<std::size_t>(c)];
            writer_.width(first_ + c, first_ + c, column.width);
            writer_.text(units_, first_ + c, column.unit, head());
        }
        int row = units_ + 1;
        for (int r = 0; r < static_cast<int>(form_.rows.size()); ++r) write_row(row++, r);
        write_notes(row + 1);
        writer_.freeze(units_ + 1, first_);
        writer_.print_on(last_ > 15 ? XlsxWriter::Paper::a3 : XlsxWriter::Paper::a4, units_ + 1);
    }

    void write_row(int at, int r) {
        const auto& row = form_.rows[static_cast<std::size_t>(r)];
        std::string indent;
        for (int i = 0; i < row.depth; ++i) indent += "\xe3\x80\x80";
        writer_.height(at, 20);
        if (first_ == 1) writer_.text(at, 0, indent + row.title, {.bold = row.kind != forms::RowKind::item, .wrap = true});
        for (int c = 0; c < static_cast<int>(form_.columns.size()); ++c) {
            const auto cell = totals_.official.find(form_.cell_id(form_.index(r, c)));
            value(writer_, at, first_ + c, cell == totals_.official.end() ? "" : cell->second, form_.columns[static_cast<std::size_t>(c)].decimals);
        }
    }

    void write_notes(int row) {
        if (totals_.restated) writer_.text(row++, 0, say("sheet.restated_note"), loose());
        for (const auto& one : totals_.retired) {
            std::string names;
            for (const auto& name : one.organizations) names += (names.empty() ? "" : "、") + name;
            writer_.text(row++, 0, say("sheet.retired", {{"title", one.title}, {"names", names}}), loose());
        }
        foot(writer_, row, foot_);
    }

    void write_units() {
        writer_.add_sheet(say("sheet.units"));
        title(writer_, 3, say("sheet.units"));
        writer_.width(0, 0, 36);
        writer_.width(1, 3, 12);
        const char* const keys[] = {"sheet.unit", "sheet.state", "sheet.counted", "sheet.amended"};
        for (int i = 0; i < 4; ++i) writer_.text(1, i, say(keys[i]), head());
        int row = 2;
        for (const auto& one : totals_.contributors) {
            writer_.text(row, 0, one.name, plain());
            writer_.text(row, 1, one.nil && one.reading == Reading::accepted ? say("reading.nil") : say(one.reading), plain(Align::center));
            writer_.text(row, 2, say(one.counted ? "sheet.yes" : "sheet.no"), plain(Align::center));
            writer_.text(row++, 3, say(one.restated ? "sheet.yes" : "sheet.no"), plain(Align::center));
        }
        foot(writer_, row + 1, foot_);
        writer_.print_on(XlsxWriter::Paper::a4, 2);
    }

    void write_differences() {
        writer_.add_sheet(say("sheet.differences"));
        title(writer_, 3, say("sheet.differences"));
        writer_.width(0, 1, 36);
        writer_.width(2, 3, 14);
        const char* const keys[] = {"sheet.unit", "sheet.cell", "sheet.official", "sheet.recount"};
        for (int i = 0; i < 4; ++i) writer_.text(1, i, say(keys[i]), head());
        int row = 2;
        for (const auto& one : totals_.differences)
            for (const auto* cells : {&one.cells, &one.cumulative})
                for (const auto& cell : *cells) write_difference(row++, one.name, cell);
        foot(writer_, row + 1, foot_);
        writer_.print_on(XlsxWriter::Paper::a4, 2);
    }

    void write_difference(int row, const std::string& unit, const CellDifference& cell) {
        const auto index = form_.find_cell(cell.cell);
        const auto& column = form_.columns[index.value_or(0) % form_.columns.size()];
        std::string place = form_.rows[index.value_or(0) / form_.columns.size()].title;
        for (const auto& word : column.path) place += (place.empty() ? "" : "·") + word;
        writer_.text(row, 0, unit, plain());
        writer_.text(row, 1, place, plain());
        value(writer_, row, 2, cell.official, column.decimals);
        value(writer_, row, 3, cell.recount, column.decimals);
    }

    const Totals& totals_;
    const forms::Form& form_;
    const Foot& foot_;
    XlsxWriter writer_;
    const int first_, last_, units_;
};

}  // namespace

void write_totals(const Totals& totals, const forms::Form& form, const Foot& foot, const std::string& path) { Paper(totals, form, foot, path).write(); }

}  // namespace anban::totals::sheets
