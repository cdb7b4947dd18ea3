#include "modules/drafts/spelling.h"

#include <algorithm>
#include <regex>
#include <set>

#include "core/time.h"
#include "platform/files/markings.h"

namespace anban::drafts {
namespace {

using notices::Duty;
using notices::Recurrence;

constexpr std::size_t kLongest = 4'000;  // bytes of one text; a quote is a clause of the notice

const char* const kHour = "(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)";

std::regex spelling_of(Recurrence recurrence) {
    const std::string hour = kHour, at = "( " + hour + ")?", month_day = "(D([1-9]|[12][0-9]|3[01])|LAST)", weekday = "(MON|TUE|WED|THU|FRI|SAT|SUN)";
    const std::string year_day = "(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])";
    switch (recurrence) {
        case Recurrence::once: return std::regex("[0-9]{4}-[0-9]{2}-[0-9]{2}(T" + hour + ")?");
        case Recurrence::weekly: return std::regex(weekday + "(," + weekday + ")*" + at);
        case Recurrence::monthly: return std::regex(month_day + "(," + month_day + ")*" + at);
        case Recurrence::quarterly: return std::regex("(Q-END|D([1-9]|[12][0-9]|3[01]) after quarter|QM[123]-D([1-9]|[12][0-9]|3[01]))" + at);
        case Recurrence::halfyearly: return std::regex("(H-END|D([1-9]|[12][0-9]|3[01]) after half)" + at);
        case Recurrence::yearly: return std::regex(year_day + "(," + year_day + ")*" + at);
        case Recurrence::daily: return std::regex(hour + "(," + hour + ")*");
        case Recurrence::immediate: return std::regex("-?P(T[1-9][0-9]{0,3}[HM]|[1-9][0-9]{0,3}(WD|D|W|M))");
    }
    return std::regex("x^");
}

bool is_day(const std::string& text) { return text.size() == 10 && parse_date(text).has_value(); }

// FRI..THU, 2023-01-01..2023-02-28, or a word of the reader: week, last-month, since 2024-01-01.
bool is_window(const std::string& rule) {
    static const std::regex plain("[A-Za-z0-9:. -]{1,40}");
    if (!std::regex_match(rule, plain)) return false;
    return rule.size() != 22 || (is_day(rule.substr(0, 10)) && rule.substr(10, 2) == ".." && is_day(rule.substr(12)) && rule.substr(0, 10) <= rule.substr(12));
}

struct Faults {
    const std::string& path;
    std::vector<FieldError>& found;

    void unless(bool well, const char* member, const char* key, Params params = {}) const {
        if (!well && found.size() < 100) found.push_back({path + '/' + member, key, std::move(params)});
    }
    void text(const std::string& value, const char* member) const {
        unless(value.size() <= kLongest, member, "draft.too_long");
        unless(std::ranges::none_of(value, [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\r'; }), member, "draft.control_character");
    }
    void line(const std::string& value, const char* member) const {
        text(value, member);
        check_marking(value, path + '/' + member, found);
        unless(value.find_first_of("\r\n") == std::string::npos, member, "draft.one_line");
    }
};

}  // namespace

bool is_due(Recurrence recurrence, const std::string& due) {
    if (due.size() > 200 || !std::regex_match(due, spelling_of(recurrence))) return false;
    return recurrence != Recurrence::once || is_day(due.substr(0, 10));
}

void check_marking(const std::string& typed, const std::string& path, std::vector<FieldError>& faults) {
    const auto verdict = files::check_markings(typed);
    if (verdict.level == files::MarkingVerdict::Level::block) faults.push_back({path, "draft.marked_secret", {}});
}

void check_duty(const Duty& duty, const std::string& path, std::vector<FieldError>& faults) {
    const Faults wrong{path, faults};
    for (const auto& material : duty.materials) wrong.line(material, "materials");
    wrong.unless(duty.materials.size() <= 50, "materials", "draft.too_long");
    wrong.line(duty.reporters, "reporters");
    wrong.line(duty.recipient, "recipient");
    wrong.line(duty.section, "section");
    wrong.line(duty.event.value_or(""), "event");
    wrong.line(duty.quota_unit.value_or(""), "quotaUnit");
    wrong.unless(duty.repairs.size() <= 50, "repairs", "draft.too_long");
    wrong.unless(duty.why.size() <= 50, "why", "draft.too_long");
    wrong.unless(duty.quota_per.value_or("").size() <= 30, "quotaPer", "draft.too_long");
    wrong.unless(std::set<std::string>(duty.papers.begin(), duty.papers.end()).size() == duty.papers.size(), "papers", "body.not_one_of");
    for (const auto& note : duty.repairs) wrong.text(note, "repairs");
    for (const auto& note : duty.why) wrong.text(note, "why");
    wrong.unless(!duty.due || is_due(duty.recurrence, *duty.due), "due", "draft.due", {{"due", duty.due.value_or("")}});
    if (duty.due_readings)
        for (const auto& one : *duty.due_readings) wrong.unless(is_due(duty.recurrence, one), "dueReadings", "draft.due", {{"due", one}});
    wrong.unless(!duty.due_readings || (duty.due_readings->size() >= 2 && duty.due_readings->size() <= 20), "dueReadings", "draft.too_many", {{"most", "20"}});
    wrong.unless(!duty.active_from || is_day(*duty.active_from), "activeFrom", "body.date_expected");
    wrong.unless(!duty.active_to || is_day(*duty.active_to), "activeTo", "body.date_expected");
    wrong.unless(!duty.active_from || !duty.active_to || *duty.active_from <= *duty.active_to, "activeTo", "draft.period");
    wrong.unless(!duty.window_rule || is_window(*duty.window_rule), "windowRule", "draft.window");
    wrong.unless(duty.quota_min.value_or(1) > 0 && duty.quota_max.value_or(1) > 0 && duty.quota_min.value_or(0) <= duty.quota_max.value_or(1'000'000'000), "quotaMin", "draft.quota");
    static const std::set<std::string> papers{"e-copy", "stamped-scan", "paper", "video", "photo"};
    for (const auto& paper : duty.papers) wrong.unless(papers.contains(paper), "papers", "body.not_one_of");
}

}  // namespace anban::drafts
