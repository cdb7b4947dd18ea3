// duties.yaml.
#include <algorithm>
#include <array>

#include "modules/campaigns/pack_parts.h"

namespace anban::campaigns {
namespace {

BOOST_DEFINE_ENUM_CLASS(ScheduleWord, weekly, monthly, quarterly, half_yearly, yearly, cut_offs, once, on_event, not_stated)
BOOST_DEFINE_ENUM_CLASS(EveryWord, day, workday)
BOOST_DEFINE_ENUM_CLASS(ShiftWord, none, next_workday, prev_workday)

constexpr std::array<std::string_view, 7> kWeekdays{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

std::optional<Weekday> weekday_named(std::string_view name) {
    const auto found = std::ranges::find(kWeekdays, name);
    if (found == kWeekdays.end()) return std::nullopt;
    return static_cast<Weekday>(found - kWeekdays.begin() + 1);
}

// --- windows

// "friday..thursday"
std::optional<Weekday> first_day_of(std::string_view text) {
    const auto dots = text.find("..");
    if (dots == text.npos) return std::nullopt;
    const auto first = weekday_named(text.substr(0, dots));
    const auto last = weekday_named(text.substr(dots + 2));
    if (!first || !last || (static_cast<int>(*last) + 1 - static_cast<int>(*first)) % 7 != 0) return std::nullopt;
    return first;
}

std::optional<int> ordinal(std::string_view text) {
    int value = 0;
    std::size_t at = 0;
    for (; at < text.size() && at < 2 && text[at] >= '0' && text[at] <= '9'; ++at) value = value * 10 + (text[at] - '0');
    const auto suffix = text.substr(at);
    const bool good = at > 0 && (suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th");
    return good ? std::optional(value) : std::nullopt;
}

// "calendar_month", "year_to_date", "25th_to_24th"
std::optional<Monthly> monthly_window(std::string_view text) {
    if (text == "calendar_month") return Monthly{Monthly::Span::calendar_month};
    if (text == "year_to_date") return Monthly{Monthly::Span::year_to_date};
    const auto to = text.find("_to_");
    if (to == text.npos) return std::nullopt;
    const auto first = ordinal(text.substr(0, to));
    const auto last = ordinal(text.substr(to + 4));
    if (!first || !last || *first < 2 || *first > 31 || *last != *first - 1) return std::nullopt;
    return Monthly{Monthly::Span::from_day, *first};
}

Window read_window(const Fields& fields) {
    const Window window{fields.date("from"), fields.date("to")};
    if (window.to < window.from) fields.complain("to", "pack.ends_before_it_begins");
    return window;
}

Weekly read_weekly(const Fields& fields) {
    const auto first = first_day_of(fields.text("window"));
    if (!first) fields.complain("window", "pack.week_window_expected");
    return {first.value_or(Weekday::monday)};
}

Monthly read_monthly(const Fields& fields) {
    const auto monthly = monthly_window(fields.text("window"));
    if (!monthly) fields.complain("window", "pack.month_window_expected");
    return monthly.value_or(Monthly{});
}

Periodic read_periodic(const Fields& fields, int months) {
    const auto window = fields.find_text("window");
    if (window && *window != "year_to_date") fields.complain("window", "pack.period_window_expected");
    return {months, window == "year_to_date"};
}

Once read_once(const Fields& fields) {
    const auto window = fields.find_child("window", "window");
    return {window ? std::optional(read_window(*window)) : std::nullopt};
}

Schedule read_schedule(const Fields& fields) {
    const auto word = fields.find_enum<ScheduleWord>("schedule");
    if (!word) return NotStated{};
    switch (*word) {
        case ScheduleWord::weekly: return read_weekly(fields);
        case ScheduleWord::monthly: return read_monthly(fields);
        case ScheduleWord::quarterly: return read_periodic(fields, 3);
        case ScheduleWord::half_yearly: return read_periodic(fields, 6);
        case ScheduleWord::yearly: return read_periodic(fields, 12);
        case ScheduleWord::once: return read_once(fields);
        case ScheduleWord::cut_offs:
            if (fields.has("window")) fields.complain("window", "pack.not_for_this_schedule");
            return CutOffs{};
        case ScheduleWord::on_event:
        case ScheduleWord::not_stated: break;
    }
    if (fields.has("window")) fields.complain("window", "pack.not_for_this_schedule");
    if (*word == ScheduleWord::on_event) return OnEvent{};
    if (fields.has("due")) fields.complain("due", "pack.not_for_this_schedule");
    return NotStated{};
}

// --- cut-offs

// "17:00"
std::optional<int> minute_of(const Fields& fields, std::string_view key, const std::string& text) {
    const auto digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9' ? text[at] - '0' : 100; };
    if (text.size() == 5 && text[2] == ':') {
        const int hour = digit(0) * 10 + digit(1), minute = digit(3) * 10 + digit(4);
        if (hour < 24 && minute < 60) return hour * 60 + minute;
    }
    fields.complain(key, "pack.time_expected", {{"value", text}});
    return std::nullopt;
}

std::optional<int> read_time(const Fields& fields) {
    const auto text = fields.find_text("time");
    return text ? minute_of(fields, "time", *text) : std::nullopt;
}

void refuse_others(const Fields& fields, std::initializer_list<std::string_view> allowed) {
    for (const std::string_view key : {"weekday", "day", "date", "in_window", "next_month", "month", "next_period", "weekdays", "days", "dates", "every", "times", "after", "before"})
        if (fields.has(key) && std::ranges::find(allowed, key) == allowed.end()) fields.complain(key, "pack.not_for_this_schedule");
}

void want(const Fields& fields, std::string_view key) {
    if (!fields.has(key)) fields.complain("", "pack.missing_member", {{"member", std::string(key)}});
}

DueRule read_due_date(const Fields& fields) {
    refuse_others(fields, {"date"});
    want(fields, "date");
    return DueDate{fields.date("date"), read_time(fields)};
}

DueRule read_due_weekday(const Fields& fields) {
    refuse_others(fields, {"weekday", "in_window"});
    want(fields, "weekday");
    const auto name = fields.find_word("weekday", kWeekdays).value_or("friday");
    return DueWeekday{*weekday_named(name), read_time(fields), fields.flag("in_window")};
}

DueRule read_due_month_day(const Fields& fields) {
    refuse_others(fields, {"day", "next_month"});
    want(fields, "day");
    return DueMonthDay{fields.find_number("day", 1, 31).value_or(1), read_time(fields), fields.flag("next_month")};
}

// Left out, the month is the period's last, or the first of the next one; the day left out is the month's last.
DueRule read_due_period_day(const Fields& fields, int months) {
    refuse_others(fields, {"month", "day", "next_period"});
    const bool next = fields.flag("next_period");
    return DuePeriodDay{months, fields.find_number("month", 1, months).value_or(next ? 1 : months), fields.find_number("day", 1, 31).value_or(31), read_time(fields), next};
}

template <class T, class Read>
std::vector<T> read_list(const Fields& fields, std::string_view key, Read read) {
    std::vector<T> out;
    for (const auto& text : fields.texts(key)) {
        const auto value = read(text);
        if (value && (out.empty() || out.back() < *value)) out.push_back(*value);
        else if (value) fields.complain(key, "pack.list_out_of_order", {{"value", text}});
    }
    return out;
}

CutOffs read_cut_offs(const Fields& fields) {
    refuse_others(fields, {"weekdays", "days", "dates", "every", "times"});
    CutOffs out;
    int said = 0;
    for (const std::string_view key : {"weekdays", "days", "dates", "every"}) said += fields.has(key);
    if (said != 1) fields.complain("", "pack.cut_offs_expected");
    out.listed = read_list<CivilDate>(fields, "dates", [&](const std::string& text) {
        const auto date = parse_date(text);
        if (!date) fields.complain("dates", "pack.date_expected", {{"value", text}});
        return date;
    });
    out.weekdays = read_list<Weekday>(fields, "weekdays", [&](const std::string& text) {
        const auto day = weekday_named(text);
        if (!day) fields.complain("weekdays", "pack.weekday_expected", {{"value", text}});
        return day;
    });
    out.month_days = read_list<int>(fields, "days", [&](const std::string& text) -> std::optional<int> {
        const auto plain = text.size() <= 2 && text.find_first_not_of("0123456789") == text.npos && !text.empty() ? std::stoi(text) : 0;
        if (plain >= 1 && plain <= 31) return plain;
        fields.complain("days", "pack.number_expected", {{"value", text}, {"least", "1"}, {"most", "31"}});
        return std::nullopt;
    });
    out.minutes = read_list<int>(fields, "times", [&](const std::string& text) { return minute_of(fields, "times", text); });
    if (const auto time = read_time(fields)) {
        if (fields.has("times")) fields.complain("time", "pack.not_for_this_schedule");
        out.minutes = {*time};
    }
    out.days = fields.has("weekdays") ? CutOffs::Days::weekdays : fields.has("days") ? CutOffs::Days::month_days : CutOffs::Days::listed;
    if (fields.has("every")) out.days = fields.find_enum<EveryWord>("every") == EveryWord::workday ? CutOffs::Days::workdays : CutOffs::Days::every_day;
    return out;
}

// {after: PT1H}, {before: P20WD, time: "17:00"}
DueRule read_event_clock(const Fields& fields) {
    refuse_others(fields, {"after", "before"});
    if (fields.has("after") == fields.has("before")) {
        fields.complain("", "pack.clock_expected");
        return NoDue{};
    }
    const bool after = fields.has("after");
    const auto span = fields.find_text(after ? "after" : "before");
    auto clock = span ? clock_of(after ? ClockSide::after : ClockSide::before, *span) : std::nullopt;
    if (span && !clock) fields.complain(after ? "after" : "before", "pack.span_expected", {{"value", *span}});
    if (!clock) return NoDue{};
    clock->minute = read_time(fields);
    if (clock->minute && clock->unit == ClockUnit::minutes) fields.complain("time", "pack.time_with_hours");
    return *clock;
}

DueRule read_due(const Fields& fields, const Schedule& schedule) {
    if (std::holds_alternative<OnEvent>(schedule)) return read_event_clock(fields);
    if (const auto* periodic = std::get_if<Periodic>(&schedule)) return read_due_period_day(fields, periodic->months);
    if (std::holds_alternative<CutOffs>(schedule)) {  // a receiver's own: the schedule is the cut-offs
        fields.complain("", "pack.not_for_this_schedule");
        return NoDue{};
    }
    if (std::holds_alternative<Weekly>(schedule)) return read_due_weekday(fields);
    if (std::holds_alternative<Monthly>(schedule)) return read_due_month_day(fields);
    if (std::holds_alternative<Once>(schedule)) return read_due_date(fields);
    return NoDue{};
}

HolidayRule read_holiday_rule(const Fields& fields) {
    if (!fields.has("holiday_rule")) return {};
    if (fields.at("holiday_rule").IsMap()) {
        const auto shift = fields.find_child("holiday_rule", "shift");
        return {HolidayRule::Kind::nth_workday_after, shift->find_number("nth_workday_after", 1, 30).value_or(1)};
    }
    switch (fields.find_enum<ShiftWord>("holiday_rule").value_or(ShiftWord::none)) {
        case ShiftWord::none: return {};
        case ShiftWord::next_workday: return {HolidayRule::Kind::next_workday};
        case ShiftWord::prev_workday: return {HolidayRule::Kind::prev_workday};
    }
    return {};
}

FirstWindow read_first(const Fields& fields) {
    FirstWindow first{{}, NoDue{}};
    if (const auto window = fields.find_child("window", "window")) first.window = read_window(*window);
    if (const auto due = fields.find_child("due", "due")) first.due = read_due_date(*due);
    return first;
}

Timetable read_timetable(const Fields& fields, const Period& period) {
    Timetable table{read_schedule(fields), NoDue{}, read_holiday_rule(fields), {}, period.from, period.to, {}};
    const auto due = fields.find_child("due", "due");
    if (std::holds_alternative<CutOffs>(table.schedule)) {
        want(fields, "due");
        table.due = DueWindowEnd{};
        if (due) table.schedule = read_cut_offs(*due);
    } else if (due) {
        table.due = read_due(*due, table.schedule);
    }
    // A clock counts its workdays itself; days of rest that move a date are said of dates.
    if (due && std::holds_alternative<OnEvent>(table.schedule) && fields.has("holiday_rule")) fields.complain("holiday_rule", "pack.not_for_this_schedule");
    if (const auto first = fields.find_child("first", "first")) table.first = read_first(*first);
    table.starts = fields.find_date("starts").value_or(period.from);
    table.ends = fields.find_date("ends").value_or(period.to);
    table.last_due = fields.find_date("last_due");
    if (table.ends < table.starts) fields.complain("starts", "pack.ends_before_it_begins");
    return table;
}

// --- parts

Quota read_quota(const Fields& fields) {
    Quota quota{fields.find_number("min", 0, 1'000'000), fields.find_number("max", 0, 1'000'000), fields.text("unit"),
                fields.find_enum<QuotaPer>("per").value_or(QuotaPer::window)};
    if (!quota.min && !quota.max) fields.complain("", "pack.quota_without_number");
    if (quota.min && quota.max && *quota.max < *quota.min) fields.complain("max", "pack.quota_backwards");
    return quota;
}

bool needs_form(PartKind kind) { return kind != PartKind::narrative && kind != PartKind::attachment; }

Part read_part(const Fields& fields, bool nil_allowed) {
    Part part{fields.find_id("id").value_or(""), fields.text("title"), fields.find_enum<PartKind>("kind").value_or(PartKind::narrative),
              fields.find_id("form"), fields.enums<PaperKind>("papers"), fields.flag("optional"),
              fields.has("nil_allowed") ? fields.flag("nil_allowed") : nil_allowed, {},
              fields.find_enum<CountingRule>("counting_rule").value_or(CountingRule::handed_in_not_returned)};
    if (const auto quota = fields.find_child("quota", "quota")) part.quota = read_quota(*quota);
    if (needs_form(part.kind) && fields.has("kind") && !fields.has("form")) fields.complain("", "pack.part_without_form", {{"part", part.id}});
    return part;
}

std::vector<Part> read_parts(const Fields& fields, bool nil_allowed) {
    std::vector<Part> parts;
    for (const auto& element : fields.children("parts", "part")) {
        auto part = read_part(element, nil_allowed);
        if (std::ranges::find(parts, part.id, &Part::id) != parts.end()) element.complain("id", "pack.named_twice", {{"name", part.id}});
        parts.push_back(std::move(part));
    }
    return parts;
}

// Ids of some of the duty's parts; absent means all of them.
std::vector<std::string> choose_parts(const Fields& fields, const std::vector<Part>& parts) {
    auto chosen = fields.texts("parts");
    if (!fields.has("parts"))
        for (const auto& part : parts) chosen.push_back(part.id);
    for (const auto& id : chosen)
        if (std::ranges::find(parts, id, &Part::id) == parts.end()) fields.complain("parts", "pack.no_such_part", {{"name", id}});
    return chosen;
}

// --- the duty

Receiver read_receiver(const Fields& fields, const Schedule& schedule) {
    Receiver receiver{fields.text("organization"), fields.flag("outside"), {}, fields.find_enum<ReceiverRule>("rule")};
    if (fields.has("organization") == fields.has("rule")) fields.complain("", "pack.receiver_by_name_or_by_rule");
    if (receiver.rule && receiver.outside) fields.complain("outside", "pack.receiver_outside_by_rule");
    if (const auto due = fields.find_child("due", "due")) receiver.due = read_due(*due, schedule);
    return receiver;
}

std::vector<Receiver> read_receivers(const Fields& fields, const Schedule& schedule, const std::string& office) {
    std::vector<Receiver> receivers;
    for (const auto& element : fields.children("receivers", "receiver")) receivers.push_back(read_receiver(element, schedule));
    if (!fields.has("receivers")) receivers.push_back({office, false, {}, {}});
    return receivers;
}

Duty read_duty(const Fields& fields, const Pack& pack) {
    Duty duty;
    duty.id = fields.find_id("id").value_or("");
    duty.title = fields.text("title");
    duty.reporters = fields.find_id("reporters").value_or("");
    duty.timetable = read_timetable(fields, pack.period);
    duty.receivers = read_receivers(fields, duty.timetable.schedule, pack.office);
    duty.event = fields.text("event");
    if (fields.has("event") && !std::holds_alternative<OnEvent>(duty.timetable.schedule)) fields.complain("event", "pack.not_for_this_schedule");
    duty.nil_allowed = fields.flag("nil_allowed");
    duty.parts = read_parts(fields, duty.nil_allowed);
    if (const auto first = fields.find_child("first", "first")) duty.first_parts = choose_parts(*first, duty.parts);
    duty.lateness = fields.find_enum<LatenessBy>("lateness").value_or(LatenessBy::first);
    if (const auto basis = fields.find_child("basis", "basis")) duty.basis = {basis->text("section"), basis->text("clause")};
    if (const auto old = fields.find_child("supersedes", "supersession"))
        duty.supersedes = Supersession{old->find_id("duty").value_or(""), old->date("from")};
    if (fields.has("assumed") && fields.at("assumed").IsSequence()) duty.ours = fields.enums<Ours>("assumed");
    else duty.assumed = fields.flag("assumed");
    if (duty.parts.empty() && !std::holds_alternative<NotStated>(duty.timetable.schedule)) fields.complain("", "pack.duty_without_parts");
    return duty;
}

Duty collected(const Fields& fields, const Duty& above, int lead) {
    Duty duty = above;
    const auto chosen = choose_parts(fields, above.parts);
    duty.collected_for = above.id;
    duty.level = fields.find_id("level").value_or("");
    duty.id = above.id + "_" + duty.level;
    duty.reporters = fields.find_id("reporters").value_or("");
    duty.lead = fields.find_number("lead", 0, 60).value_or(lead);
    duty.receivers.clear();
    std::erase_if(duty.parts, [&](const Part& part) { return std::ranges::find(chosen, part.id) == chosen.end(); });
    std::erase_if(duty.first_parts, [&](const std::string& id) { return std::ranges::find(chosen, id) == chosen.end(); });
    duty.basis = {"ours", above.basis.clause};
    duty.supersedes.reset();
    duty.assumed = true;
    return duty;
}

void add_duty(Pack& pack, Duty duty, const Fields& fields) {
    duty.line = line_of(fields.node());
    if (!duty.id.empty() && pack.find_duty(duty.id)) fields.complain("", "pack.named_twice", {{"name", duty.id}});
    pack.duties.push_back(std::move(duty));
}

// A duty superseded by another of the pack learns from when.
void link_supersessions(Pack& pack) {
    for (const auto& duty : pack.duties)
        for (auto& old : pack.duties)
            if (duty.supersedes && (old.id == duty.supersedes->duty || old.collected_for == duty.supersedes->duty))
                old.superseded_from = duty.supersedes->from;
}

}  // namespace

void read_duties(const YamlFile& file, Pack& pack, int lead) {
    const auto root = read_yaml(file);
    if (!root) return;
    const Fields fields(file, *root, "duties");
    for (const auto& element : fields.children("duties", "duty")) {
        auto duty = read_duty(element, pack);
        const auto below = element.find_child("collect", "collect");
        auto collected_duty = below ? std::optional(collected(*below, duty, lead)) : std::nullopt;
        add_duty(pack, std::move(duty), element);
        if (collected_duty) add_duty(pack, std::move(*collected_duty), *below);
    }
    link_supersessions(pack);
}

}  // namespace anban::campaigns
