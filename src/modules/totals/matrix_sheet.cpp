#include "modules/totals/matrix_sheet.h"

#include <algorithm>
#include <map>

namespace anban::totals::sheets {
namespace {

constexpr int kNames = 2;    // unit, level
constexpr int kHead = 2;     // first row of the head
constexpr int kFirst = 5;    // first unit

bool begun(const MatrixWindow& window, CivilDate today) {
    return window.window_from <= today || window.accepted + window.submitted + window.returned > 0;
}

// 2023年3月 above, 第11周 below; what is itself a month or longer stands below its year.
std::pair<std::string, std::string> heading(const MatrixWindow& window) {
    const auto to = to_ymd(window.window_to);
    const auto year = std::to_string(to.year), month = std::to_string(to.month);
    const auto in_month = say("sheet.month", {{"year", year}, {"month", month}});
    const auto in_year = say("sheet.year", {{"year", year}});
    const auto& slot = window.slot;
    if (slot.size() > 6 && slot.substr(4, 2) == "-W") return {in_month, say("sheet.week", {{"week", std::to_string(std::stoi(slot.substr(6, 2)))}})};
    if (slot.size() == 7 && slot.substr(4, 2) == "-Q") return {in_year, say("sheet.quarter", {{"quarter", slot.substr(6)}})};
    if (slot.size() == 7 && slot.substr(4, 2) == "-H") return {in_year, say(slot[6] == '1' ? "sheet.first_half" : "sheet.second_half")};
    if (slot.size() == 4 && slot[0] == '2') return {in_year, say("sheet.whole_year")};
    if (slot.size() == 16 && slot[10] == 'T') return {format_date(window.window_to), slot.substr(11)};
    if (slot.size() == 7) return {in_year, say("sheet.month_alone", {{"month", month}})};
    return {in_month, format_date(window.window_from).substr(5) + "~" + format_date(window.window_to).substr(5)};
}

class Paper {
public:
    Paper(const Matrix& matrix, const Foot& foot, const std::string& path) : matrix_(matrix), foot_(foot), writer_(path) {
        for (const auto& window : matrix.windows)
            if (begun(window, beijing_date(foot.now))) windows_.push_back(&window);
        if (windows_.empty() && !matrix.windows.empty()) windows_.push_back(&matrix.windows.front());
        last_ = kNames + static_cast<int>(windows_.size()) + 2;
    }

    void write() {
        writer_.add_sheet(say("sheet.matrix"));
        title(writer_, last_, matrix_.duty_title);
        writer_.text(1, 0, say("sheet.receiver", {{"receiver", matrix_.receiver_name}}), loose());
        write_head();
        int row = kFirst;
        for (const auto& unit : matrix_.rows) write_unit(row++, unit);
        row = write_counts(row + 1);
        foot(writer_, row + 1, foot_);
        writer_.freeze(kFirst, kNames);
        writer_.print_on(last_ > 12 ? XlsxWriter::Paper::a3 : XlsxWriter::Paper::a4, kFirst);
        write_missing();
        writer_.close();
    }

private:
    void write_head() {
        writer_.width(0, 0, 42);
        writer_.width(1, 1, 8);
        if (!windows_.empty()) writer_.width(kNames, kNames + static_cast<int>(windows_.size()) - 1, 11);
        writer_.width(last_ - 2, last_, 9);
        writer_.merge(kHead, 0, kFirst - 1, 0, say("sheet.unit"), head());
        writer_.merge(kHead, 1, kFirst - 1, 1, say("sheet.level"), head());
        for (std::size_t i = 0; i < windows_.size();) {
            const auto above = heading(*windows_[i]).first;
            auto end = i;
            while (end < windows_.size() && heading(*windows_[end]).first == above) ++end;
            writer_.merge(kHead, column(i), kHead, column(end - 1), above, head());
            i = end;
        }
        for (std::size_t i = 0; i < windows_.size(); ++i) {
            writer_.text(kHead + 1, column(i), heading(*windows_[i]).second, head());
            const auto due = windows_[i]->due_at;
            writer_.text(kHead + 2, column(i), due ? say("sheet.due", {{"at", minute(*due).substr(5)}}) : "", head());
        }
        writer_.height(kHead + 2, 30);
        const char* const keys[] = {"sheet.judged", "sheet.in_time", "sheet.in_time_rate"};
        for (int i = 0; i < 3; ++i) writer_.merge(kHead, last_ - 2 + i, kFirst - 1, last_ - 2 + i, say(keys[i]), head());
    }

    void write_unit(int row, const MatrixRow& unit) {
        writer_.text(row, 0, unit.name, plain());
        writer_.text(row, 1, say("level." + unit.level), plain(Align::center));
        std::map<std::string_view, const MatrixCell*> by_slot;
        for (const auto& cell : unit.cells) by_slot[cell.slot] = &cell;
        for (std::size_t i = 0; i < windows_.size(); ++i) {
            const auto cell = by_slot.find(windows_[i]->slot);
            if (cell == by_slot.end()) writer_.blank(row, column(i), plain(Align::center));
            else writer_.text(row, column(i), word_of(*cell->second), marked(*cell->second));
        }
        writer_.number(row, last_ - 2, std::to_string(unit.judged), figure());
        writer_.number(row, last_ - 1, std::to_string(unit.in_time), figure());
        value(writer_, row, last_, unit.in_time_rate, 1);
    }

    static Style marked(const MatrixCell& cell) {
        auto style = plain(Align::center);
        if (cell.reading == Reading::overdue) style.fill = 0xF8DDDD;
        else if (cell.reading == Reading::returned || cell.timeliness.counted == filings::Punctuality::late) style.fill = 0xFBEFD9;
        return style;
    }

    int write_counts(int row) {
        struct Line { std::string word; std::int64_t MatrixWindow::*count; };
        const Line lines[] = {{say("sheet.owed"), &MatrixWindow::owed},
                              {say(Reading::accepted), &MatrixWindow::accepted},
                              {say(Reading::submitted), &MatrixWindow::submitted},
                              {say(Reading::returned), &MatrixWindow::returned},
                              {say(Reading::expected), &MatrixWindow::expected},
                              {say(Reading::overdue), &MatrixWindow::overdue},
                              {say("reading.late"), &MatrixWindow::late},
                              {say("reading.nil"), &MatrixWindow::nil},
                              {say(Reading::excused), &MatrixWindow::excused},
                              {say(Reading::not_applicable), &MatrixWindow::not_applicable}};
        for (const auto& line : lines) {
            writer_.merge(row, 0, row, 1, say("sheet.count", {{"word", line.word}}), head());
            for (std::size_t i = 0; i < windows_.size(); ++i) writer_.number(row, column(i), std::to_string(windows_[i]->*line.count), figure());
            ++row;
        }
        writer_.merge(row, 0, row, 1, say("sheet.rate"), head());
        for (std::size_t i = 0; i < windows_.size(); ++i) value(writer_, row, column(i), windows_[i]->rate, 1);
        return row + 1;
    }

    void write_missing() {
        writer_.add_sheet(say("sheet.missing"));
        title(writer_, 2, say("sheet.missing_in", {{"slot", matrix_.missing_slot}}));
        writer_.width(0, 0, 36);
        writer_.width(1, 2, 20);
        const char* const keys[] = {"sheet.unit", "sheet.state", "sheet.due_at"};
        for (int i = 0; i < 3; ++i) writer_.text(1, i, say(keys[i]), head());
        int row = 2;
        for (const auto& one : matrix_.missing) {
            writer_.text(row, 0, one.name, plain());
            writer_.text(row, 1, say(one.reading), plain(Align::center));
            writer_.text(row++, 2, one.due_at ? minute(*one.due_at) : "", plain(Align::center));
        }
        foot(writer_, row + 1, foot_);
        writer_.print_on(XlsxWriter::Paper::a4, 2);
    }

    static int column(std::size_t window) { return kNames + static_cast<int>(window); }

    const Matrix& matrix_;
    const Foot& foot_;
    XlsxWriter writer_;
    std::vector<const MatrixWindow*> windows_;
    int last_ = 0;
};

}  // namespace

std::string word_of(const MatrixCell& cell) {
    auto word = say(cell.reading);
    if (cell.reading == Reading::expected && cell.state == filings::State::withdrawn) word = say("reading.withdrawn");
    if (cell.reading == Reading::accepted && cell.timeliness.counted == filings::Punctuality::late) word = say("reading.late");
    else if (cell.reading == Reading::accepted && cell.nil) word = say("reading.nil");
    else if (cell.reading == Reading::accepted && cell.partial) word = say("reading.partial");
    return cell.restated ? word + say("sheet.restated") : word;
}

void write_matrix(const Matrix& matrix, const Foot& foot, const std::string& path) { Paper(matrix, foot, path).write(); }

}  // namespace anban::totals::sheets
