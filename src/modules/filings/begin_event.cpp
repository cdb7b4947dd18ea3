// A filing that nothing plans: somebody has something to report, and from the event's instant a clock may run.
#include <algorithm>

#include "core/ids.h"
#include "core/utf8.h"
#include "modules/filings/deed.h"
#include "modules/filings/issue.h"
#include "modules/filings/issue_store.h"
#include "modules/filings/lines.h"
#include "modules/journal/journal.h"
#include "platform/files/markings.h"
#include "platform/messages/messages.h"

namespace anban::filings {
namespace {

using campaigns::ClockSide;
using campaigns::DutyDefinition;
using campaigns::Reporter;

constexpr std::int64_t kClocksDiffer = 10 * 60'000;  // by which the clock of a reporter's machine may be ahead of ours
constexpr int kFarthest = 3'660;                     // days; a term may end in ten years
constexpr std::size_t kLongestName = 60;

struct Ready {
    std::shared_ptr<const campaigns::DutyVersion> duty;
    std::vector<Reporter> mine;  // one for each receiver
    std::string name;
};

bool has_clock(const DutyDefinition& duty, ClockSide side) {
    if (!duty.event) return false;
    const auto is = [&](const campaigns::EventClock& clock) { return clock.side == side; };
    return (duty.event->clock && is(*duty.event->clock)) || std::ranges::any_of(duty.event->by_receiver, [&](const auto& own) { return is(own.second); });
}

Refusal refused(const char* key, Params params = {}) { return {Code::unprocessable, key, std::move(params), {}, {}}; }

// 2023-03-16 09:20
std::string minute_text(Instant at) { return format_instant(at).substr(0, 16).replace(10, 1, " "); }

Verdict refuse_instant(db::Connection& db, const campaigns::DutyVersion& duty, std::optional<Instant> event, Instant now) {
    const bool before = has_clock(duty.definition, ClockSide::before), after = has_clock(duty.definition, ClockSide::after);
    if (!event) return before || after ? Verdict(refused("filing.event_instant_missing", {{"duty", duty.definition.title}})) : std::nullopt;
    if (!before && *event > Instant{now.ms + kClocksDiffer}) return refused("filing.event_ahead", {{"now", minute_text(now)}});
    if (*event > beijing_day_end(beijing_date(now) + kFarthest)) return refused("filing.event_too_far");
    const auto begins = store::campaign_begins(db, duty.campaign_id);
    if (*event < beijing_instant(begins)) return refused("filing.event_before_campaign", {{"from", format_date(begins)}});
    return std::nullopt;
}

Result<std::string> plain_name(const std::string& typed) {
    auto name = utf8::decode(typed);
    std::ranges::replace_if(name, [](char32_t c) { return c < 0x20 || c == 0x7f; }, U' ');
    while (!name.empty() && utf8::is_blank(name.back())) name.pop_back();
    name.erase(name.begin(), std::ranges::find_if_not(name, utf8::is_blank));
    if (name.size() > kLongestName) return refused("filing.event_name_too_long", {{"most", std::to_string(kLongestName)}});
    auto plain = utf8::encode(name);
    const auto verdict = files::check_markings(plain);
    if (verdict.level == files::MarkingVerdict::Level::block) return refused("filing.marked_secret", {{"rule", verdict.rule}});
    return plain;
}

// Works for a deed and for a look.
template <class In>
Result<Ready> ready(In& in, const Beginning& asked) {
    Ready out{campaigns::current_duty(in.db, asked.campaign_id, asked.duty), {}, {}};
    const auto day = beijing_date(in.now);
    for (auto& reporter : campaigns::reporters_of(in.db, asked.campaign_id, in.actor.organization_id))
        if (out.duty && campaigns::owes(reporter, out.duty->definition) && reporter.from <= day && (!reporter.to || day < *reporter.to))
            out.mine.push_back(std::move(reporter));
    if (out.mine.empty()) return unknown_filing();
    const auto& duty = out.duty->definition;
    if (!duty.on_event) return Refusal{Code::conflict, "filing.duty_not_on_event", {{"duty", duty.title}}, {}, {}};
    if (auto no = refuse_instant(in.db, *out.duty, asked.event_at, in.now)) return *no;
    auto name = plain_name(asked.name);
    if (!name) return name.refusal();
    out.name = std::move(*name);
    return out;
}

std::optional<campaigns::DueAnswer> due_to(const Ready& ready, const Reporter& reporter, const Beginning& asked, const calendar::Calendar& calendar) {
    const auto clock = campaigns::clock_for(ready.duty->definition, reporter.receiver_id);
    if (!clock) return std::nullopt;
    return campaigns::due_of(*clock, *asked.event_at, calendar);
}

// Kept with the due, which rests on a year that the calendar lacks.
std::string warning_of(const calendar::MissingYears& missing) {
    std::string out;
    for (const int year : missing) out += messages::sentence(messages::Language::zh, "calendar.year_missing", {{"year", std::to_string(year)}});
    return out;
}

// To the minute, as the clock counts.
std::optional<Instant> to_the_minute(std::optional<Instant> at) {
    if (at) at = beijing_instant(beijing_date(*at), beijing_minute_of_day(*at));
    return at;
}

Filing filing_of(const Work& work, const Ready& ready, const Beginning& asked) {
    const auto day = beijing_date(work.now);
    Filing filing{new_id(work.now), asked.campaign_id, asked.duty, ready.duty->id, work.actor.organization_id, "", day, day, work.now, 1, to_the_minute(asked.event_at), ready.name};
    filing.slot = "event:" + filing.id;
    return filing;
}

Route route_of(const Work& work, const Filing& filing, const Reporter& reporter, const std::optional<campaigns::DueAnswer>& answer) {
    Route route;
    route.id = new_id(work.now);
    route.filing_id = filing.id;
    route.campaign_id = filing.campaign_id;
    route.duty = filing.duty;
    route.organization_id = filing.organization_id;
    route.receiver_id = reporter.receiver_id;
    route.slot = filing.slot;
    route.window_from = route.window_to = filing.window_from;
    if (!answer) return route;
    route.due_at = campaigns::due_at(*answer->due);
    route.due_has_hour = answer->due->minute.has_value();
    route.due_reason = warning_of(answer->missing);
    return route;
}

}  // namespace

Result<EventDues> event_dues(View& view, const Beginning& asked, const calendar::Calendar& calendar) {
    const auto all = ready(view, asked);
    if (!all) return all.refusal();
    EventDues out;
    calendar::MissingYears missing;
    for (const auto& reporter : all->mine) {
        auto answer = due_to(*all, reporter, asked, calendar);
        if (answer) missing.merge(answer->missing);
        const auto due = answer ? std::optional(campaigns::due_at(*answer->due)) : std::nullopt;
        out.dues.push_back({reporter.receiver_id, name_of(view.db, reporter.receiver_id), due, answer && answer->due->minute,
                            campaigns::clock_for(all->duty->definition, reporter.receiver_id)});
    }
    out.missing_years.assign(missing.begin(), missing.end());
    return out;
}

Result<RouteNow> begin_event(Work& work, const Beginning& asked, const calendar::Calendar& calendar) {
    const auto all = ready(work, asked);
    if (!all) return all.refusal();
    if (store::begun_on(work.db, asked.campaign_id, asked.duty, work.actor.organization_id, beijing_date(work.now)) >= kMostEventsADay)
        return Refusal{Code::conflict, "filing.too_many_events", {{"most", std::to_string(kMostEventsADay)}, {"duty", all->duty->definition.title}}, {}, {}};
    const auto filing = filing_of(work, *all, asked);
    store::add(work.db, filing);
    Route route;
    for (const auto& reporter : all->mine) {
        route = route_of(work, filing, reporter, due_to(*all, reporter, asked, calendar));
        store::add_route(work.db, route);
    }
    json::object facts{{"duty", filing.duty}, {"slot", filing.slot}};
    if (filing.event_at) facts["eventAt"] = format_instant(*filing.event_at);
    if (!filing.event_name.empty()) facts["name"] = filing.event_name;
    journal::record(work, "filing.begun", {"filing", filing.id, filing.organization_id}, facts);
    route.version = 1;
    return now_of(work.db, route);
}

}  // namespace anban::filings
