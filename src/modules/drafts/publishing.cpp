// What follows from a corrected draft: its calendar, and the campaign.
#include <algorithm>
#include <tuple>

#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/campaigns/pack.h"
#include "modules/drafts/desk.h"
#include "modules/drafts/divisions.h"
#include "modules/drafts/packing.h"
#include "modules/drafts/settled.h"
#include "modules/filings/issue.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"
#include "platform/messages/messages.h"

namespace anban::drafts {
namespace {

constexpr std::int64_t kMostLines = 20'000;         // of a calendar
constexpr std::int64_t kMostFilings = 2'000'000;    // that a draft may ask for in all its days

Refusal unknown() { return {Code::not_found, "notice.unknown", {}, {}, {}}; }
Refusal changed_meanwhile() { return {Code::conflict, "notice.changed_meanwhile", {}, {}, {}}; }

std::int64_t units_of(const campaigns::Pack& pack, const campaigns::Duty& duty) {
    const auto* group = pack.find_group(duty.reporters);
    return group ? static_cast<std::int64_t>(group->organizations.size()) : 0;
}

// Counted duty by duty, and no further than the limit.
std::optional<Refusal> too_many(const campaigns::Pack& pack) {
    std::int64_t lines = 0, filings = 0;
    for (const auto& duty : pack.duties) {
        const auto owed = static_cast<std::int64_t>(campaigns::occurrences(duty.timetable, calendar::Calendar::built_in()).owed.size());
        lines += owed;
        filings += owed * units_of(pack, duty);
        if (lines > kMostLines || filings > kMostFilings)
            return Refusal{Code::unprocessable, "draft.too_many_filings", {{"duty", duty.title}, {"lines", std::to_string(kMostLines)}, {"filings", std::to_string(kMostFilings)}}, {}, {}};
    }
    return std::nullopt;
}

std::string listed(const std::vector<std::string>& names) {
    std::string out;
    for (std::size_t i = 0; i < names.size() && i < 20; ++i) out += (i == 0 ? "" : "、") + names[i];
    return names.size() > 20 ? out + "…" : out;
}

// Below the office, or below the body whose office it is, or reporting to it in a campaign of today.
bool has_say(View& view, const std::string& organization_id) {
    return view.db.count({"notices.has_say", R"sql(
        select (select count(*)
                from organization_paths o
                join organization_paths u on u.kind = o.kind or o.depth = 1
                where o.descendant = $1 and o.depth <= 1 and u.ancestor = o.ancestor and u.descendant = $2)
             + (select count(*) from campaign_reporters where organization_id = $2 and receiver_id = $1 and valid_to is null)
    )sql"}, {view.actor.organization_id, organization_id}) > 0;
}

// Whom the campaign would oblige must be sure: a name that nobody bears, a unit that is closed, one that the office has no say over.
std::optional<Refusal> unsettled(View& view, const store::Stored& kept) {
    std::vector<std::string> open, closed, outside;
    for (const auto& group : groups(kept.content.extract, wishes_of(kept), divisions()))
        for (const auto& unit : group.units) {
            const auto settled = settled_as(view.db, unit);
            if (settled == Settled::open) open.push_back(unit.name);
            if (settled == Settled::closed) closed.push_back(unit.name);
            if (settled != Settled::known) continue;
            const auto found = organizations::find_by_name(view.db, unit.name);
            if (!has_say(view, found->id)) outside.push_back(unit.name);
        }
    const auto refuse = [](const char* key, const std::vector<std::string>& names) { return Refusal{Code::unprocessable, key, {{"names", listed(names)}}, {}, {}}; };
    if (!open.empty()) return refuse("draft.units_open", open);
    if (!closed.empty()) return refuse("draft.units_closed", closed);
    if (!outside.empty()) return refuse("draft.units_outside", outside);
    return std::nullopt;
}


// A damaged day that may be several is never settled in silence.
struct AskedDay {
    std::size_t duty;
    Params params;
};
std::vector<AskedDay> days_asked(const store::Stored& kept) {
    const auto& duties = kept.content.extract.duties;
    std::vector<AskedDay> out;
    for (std::size_t i = 0; i < duties.size() && out.size() < 100; ++i)
        if (!duties[i].optional && duties[i].due_readings) out.push_back({i, {{"number", std::to_string(i + 1)}, {"days", listed(*duties[i].due_readings)}}});
    return out;
}

std::optional<Refusal> days_open(const store::Stored& kept) {
    Refusal out{Code::unprocessable, "draft.days_asked", {}, {}, {}};
    for (auto& one : days_asked(kept)) out.errors.push_back({"/duties/" + std::to_string(one.duty) + "/due", "draft.day_asked", std::move(one.params)});
    return out.errors.empty() ? std::nullopt : std::optional(std::move(out));
}

bool is_there(db::Connection& db, const std::string& campaign_id) {
    return db.count({"notices.campaign_there", "select count(*) from campaigns where id = $1"}, {campaign_id}) > 0;
}

Published told(const campaigns::Pack& pack, const filings::PublishReport& report) {
    Published out{pack.id, report.pack.organizations_opened, static_cast<std::int64_t>(report.pack.reporters_added.size()), {}, report.filings.issued, report.filings.born_late};
    for (const auto& duty : pack.duties) out.duties.push_back(duty.title);
    return out;
}

}  // namespace

Result<DraftCalendar> calendar_of(View& view, const std::string& id) {
    const auto kept = store::find(view.db, view.actor.organization_id, id);
    if (!kept) return unknown();
    const auto loaded = packed(view.db, *kept, "draft");
    if (!loaded) return loaded.refusal();
    DraftCalendar out{{}, faults_of(*loaded)};
    for (const auto& one : days_asked(*kept))
        out.faults.push_back({messages::sentence(messages::Language::zh, "draft.day_asked", one.params), static_cast<std::int64_t>(one.duty)});
    if (!loaded->loaded.pack) return out;
    const auto& pack = *loaded->loaded.pack;
    if (auto refused = too_many(pack)) return *std::move(refused);
    std::vector<std::pair<Instant, CalendarLine>> lines;
    for (const auto& duty : pack.duties)
        for (const auto& one : campaigns::occurrences(duty.timetable, calendar::Calendar::built_in()).owed)
            lines.emplace_back(campaigns::judged_at(one.due, one.window),
                               CalendarLine{duty.id, duty.title, one.due ? std::optional(campaigns::format_due(*one.due)) : std::nullopt, one.window.from, one.window.to,
                                            units_of(pack, duty), one.on_rest_day});
    std::ranges::stable_sort(lines, {}, [](const auto& line) { return std::tuple(!line.second.due.has_value(), line.first); });
    for (auto& [at, line] : lines) out.items.push_back(std::move(line));
    return out;
}

Result<ReadyCampaign> ready(View& view, const std::string& id, const Publishing& asked) {
    const auto kept = store::find(view.db, view.actor.organization_id, id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    if (kept->version != asked.version) return changed_meanwhile();
    if (auto refused = days_open(*kept)) return *std::move(refused);
    if (auto refused = unsettled(view, *kept)) return *std::move(refused);
    auto loaded = packed(view.db, *kept, asked.campaign_id);
    if (!loaded) return loaded.refusal();
    if (!loaded->loaded.pack) return Refusal{Code::unprocessable, "draft.not_a_pack", {}, field_errors_of(*loaded), {}};
    if (auto refused = too_many(*loaded->loaded.pack)) return *std::move(refused);
    return ReadyCampaign{id, asked, std::make_shared<const campaigns::Pack>(*std::move(loaded->loaded.pack))};
}

Result<Published> publish(Work& work, const ReadyCampaign& ready) {
    auto kept = store::find(work.db, work.actor.organization_id, ready.notice_id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    if (kept->version != ready.asked.version) return changed_meanwhile();
    const auto& campaign_id = ready.asked.campaign_id;
    if (is_there(work.db, campaign_id)) return Refusal{Code::conflict, "draft.campaign_there", {{"id", campaign_id}}, {}, {}};
    const auto report = filings::publish(work, *ready.pack, campaigns::load_forms(*ready.pack), calendar::Calendar::built_in());
    if (!report) return report.refusal();
    kept->state = NoticeState::published;
    kept->campaign_id = campaign_id;
    if (!store::change(work, *kept)) return changed_meanwhile();
    journal::record(work, "notice.published", {"notice", ready.notice_id, kept->organization_id}, {{"campaign", campaign_id}, {"issued", report->filings.issued}});
    return told(*ready.pack, *report);
}

}  // namespace anban::drafts
