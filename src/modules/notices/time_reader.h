// Reads one word of time at a place: the parts of times.cpp, by kind in recurring.cpp, relative.cpp and once.cpp.
#pragma once

#include "modules/notices/clock.h"
#include "modules/notices/times.h"

namespace anban::notices {

class TimeReader {
public:
    // A word of time at `at`, within the sentence [from, to).
    TimeReader(std::u32string_view text, std::size_t from, std::size_t at, std::size_t to, const Around& around)
        : text_(text.substr(0, to)), first_(from), start_(at), scan_(text_, at), around_(around) {}

    [[nodiscard]] std::optional<TimeWord> read();

private:
    [[nodiscard]] std::u32string_view before() const;
    [[nodiscard]] std::u32string_view sentence() const;
    void due(std::string text);
    void finish(bool firm = true);
    // (星期二), (正月初八): says the same day again.
    void take_aside();
    void take_part_of_day();
    // 最迟3月1日, 不晚于3月1日
    [[nodiscard]] bool announced() const;

    // recurring.cpp: every week, month, quarter, half, year, day
    bool recurring();
    // 每小时, 每2小时: every day, without a clock that could be written.
    bool every_hours();
    bool weekly();
    bool half_month();
    bool monthly();
    // 5日、15日、25日
    void days_of_month();
    // 结束后5日内 → 5
    int after_end();
    bool quarterly();
    void quarter_day();
    bool halfyearly();
    bool yearly();
    bool daily();
    // 3月、6月、9月、12月的20日前
    bool months_of_year();
    void quarter_rule(std::string text);
    // 次月5日: the report of a month; 下月 only where the sentence speaks of months.
    bool next_month();

    // relative.cpp: within n of an event, or before it, or softly
    bool relative();
    bool comes_before_an_event(std::string_view duration);
    std::optional<std::string> duration_at();
    // 开学后第一天, 发生当日
    bool first_day();
    // 两局汇总后于当天下午5点前: every day.
    bool hour_of_each_day();
    [[nodiscard]] std::string event_words(bool ahead) const;
    bool soft();

    // once.cpp: a day, or a list of days
    // 本周五: of the week of the notice.
    bool this_week();
    bool once();
    bool range_together();
    // 17日 after 3月10日、
    std::optional<DayWord> next_day(const Around& around);
    bool range(const std::vector<DayWord>& days);
    // 6月份每周四16:00前
    bool recurring_in_month(const std::vector<DayWord>& days);
    bool then_recurring();
    bool limit_of_days(const std::vector<DayWord>& days);
    static Day before_month(Day d);
    void keep(const DayWord& day);
    std::vector<Day> settled(DayWord day, std::u32string_view aside);
    // A year that is not written: the notice's, or the next one where the day lies well before the notice.
    [[nodiscard]] Day with_year(Day d) const;
    // 25日前, of a month that is named elsewhere.
    bool day_alone();

    std::u32string_view text_;
    std::size_t first_, start_;
    Scan scan_;
    Around around_;
    TimeWord word_;
};

}  // namespace anban::notices
