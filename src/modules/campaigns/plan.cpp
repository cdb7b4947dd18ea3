#include "modules/campaigns/plan.h"

#include <algorithm>
#include <tuple>

#include "core/codec.h"

namespace anban::campaigns {
namespace {

using calendar::Calendar;

bool in_span(const PlanQuestion& question, const std::optional<Due>& due, const Window& window) {
    const CivilDate day = due ? due->day : window.to;
    return question.from <= day && day <= question.to;
}

bool open_at(const PackOrganization& organization, CivilDate day) {
    return (!organization.since || *organization.since <= day) && (!organization.until || day <= *organization.until);
}

// Everything of a slot that is the same for each organization.
struct Slot {
    Occurrence occurrence;
    std::optional<Due> due;
    std::vector<std::optional<Due>> dues;  // of each receiver of the duty, in its order
    std::vector<const Part*> parts;
    calendar::MissingYears missing;
};

std::vector<const Part*> parts_of(const Duty& duty, bool first) {
    std::vector<const Part*> parts;
    for (const auto& part : duty.parts)
        if (!first || std::ranges::find(duty.first_parts, part.id) != duty.first_parts.end()) parts.push_back(&part);
    return parts;
}

std::vector<std::optional<Due>> dues_of(const Duty& duty, Slot& slot, const Calendar& calendar) {
    std::vector<std::optional<Due>> dues;
    for (const auto& receiver : duty.receivers) {
        auto due = slot.due;
        if (receiver.due && !slot.occurrence.first) {
            auto own = due_of(*receiver.due, duty.timetable.holiday_rule, slot.occurrence.uncut, calendar);
            due = own.due;
            slot.missing.merge(own.missing);
        }
        dues.push_back(due);
    }
    return dues;
}

Slot slot_of(const Duty& duty, Occurrence occurrence, const Calendar& calendar) {
    Slot slot{std::move(occurrence), {}, {}, {}, {}};
    slot.due = slot.occurrence.due;
    slot.missing = slot.occurrence.missing;
    if (slot.due && duty.lead > 0) {
        auto ahead = due_ahead(*slot.due, duty.lead, calendar);
        slot.due = ahead.due;
        slot.missing.merge(ahead.missing);
    }
    slot.dues = dues_of(duty, slot, calendar);
    slot.parts = parts_of(duty, slot.occurrence.first);
    return slot;
}

// An organization of the duty's group, with whom each of the duty's receivers means for it; a collected duty has its collector.
struct Reporter {
    const PackOrganization* organization;
    std::vector<std::vector<std::string_view>> meant;
    std::string_view collector;
};

std::vector<Reporter> reporters_of(const Pack& pack, const Duty& duty) {
    std::vector<Reporter> reporters;
    const auto* group = pack.find_group(duty.reporters);
    if (!group) return reporters;
    for (const auto& name : group->organizations)
        if (const auto* organization = pack.find_organization(name)) {
            reporters.push_back({organization, {}, duty.collected_for ? receiver_of(pack, duty, *organization) : std::string_view{}});
            for (const auto& receiver : duty.receivers) reporters.back().meant.push_back(meant_by(pack, receiver, *organization));
        }
    return reporters;
}

// Whoever is meant twice, by name and by rule, receives once, by what is said first.
std::vector<PlannedReceiver> receivers_of(const Duty& duty, const Slot& slot, const Reporter& reporter) {
    if (duty.collected_for) return {{reporter.collector, slot.due, false}};
    std::vector<PlannedReceiver> receivers;
    for (std::size_t i = 0; i < duty.receivers.size(); ++i)
        for (const auto name : reporter.meant[i])
            if (std::ranges::find(receivers, name, &PlannedReceiver::organization) == receivers.end())
                receivers.push_back({name, slot.dues[i], duty.receivers[i].outside});
    return receivers;
}

void add_slot(const Duty& duty, const Slot& slot, const std::vector<Reporter>& reporters, Plan& out) {
    const CivilDate day = slot.due ? slot.due->day : slot.occurrence.window.to;
    for (const auto& reporter : reporters)
        if (open_at(*reporter.organization, day))
            out.filings.push_back({&duty, reporter.organization, slot.occurrence.slot, slot.occurrence.window, slot.due,
                                   slot.occurrence.on_rest_day, receivers_of(duty, slot, reporter), slot.parts});
}

void add_duty(const Pack& pack, const Duty& duty, const Calendar& calendar, const PlanQuestion& question, Plan& out) {
    const auto reporters = reporters_of(pack, duty);
    for (auto& occurrence : occurrences(duty.timetable, calendar).owed) {
        // The level below follows the duty that it feeds: judged by that one's cut-off, before the lead.
        if (duty.superseded_from && superseded(occurrence.due, occurrence.window, *duty.superseded_from)) continue;
        auto slot = slot_of(duty, std::move(occurrence), calendar);
        if (!in_span(question, slot.due, slot.occurrence.window)) continue;
        out.missing.merge(slot.missing);
        add_slot(duty, slot, reporters, out);
    }
}

auto order_of(const PlannedFiling& filing) {
    return std::tuple(!filing.due.has_value(), judged_at(filing.due, filing.window), std::string_view(filing.duty->id),
                      std::string_view(filing.organization->name), filing.window.from);
}

// --- JSON, field by field

json::value due_json(const std::optional<Due>& due) { return due ? json::value(format_due(*due)) : json::value(nullptr); }

json::value number_json(const std::optional<int>& number) { return number ? json::value(*number) : json::value(nullptr); }

std::string_view paper_word(PaperKind paper) { return paper == PaperKind::e_copy ? "e-copy" : "stamped-scan"; }

json::value quota_json(const std::optional<Quota>& quota) {
    if (!quota) return nullptr;
    return json::object{{"min", number_json(quota->min)}, {"max", number_json(quota->max)}, {"unit", quota->unit},
                        {"per", codec::enum_name(quota->per)}};
}

json::object part_json(const Part& part) {
    json::array papers;
    for (const auto paper : part.papers) papers.emplace_back(paper_word(paper));
    return {{"id", part.id}, {"kind", codec::enum_name(part.kind)}, {"papers", papers}, {"optional", part.optional},
            {"quota", quota_json(part.quota)}};
}

json::object filing_json(const PlannedFiling& filing) {
    json::array receivers, parts;
    for (const auto& receiver : filing.receivers)
        receivers.push_back(json::object{{"organization", receiver.organization}, {"due", due_json(receiver.due)}, {"outside", receiver.outside}});
    for (const auto* part : filing.parts) parts.push_back(part_json(*part));
    return {{"duty", filing.duty->id},
            {"title", filing.duty->title},
            {"organization", filing.organization->name},
            {"windowFrom", format_date(filing.window.from)},
            {"windowTo", format_date(filing.window.to)},
            {"due", due_json(filing.due)},
            {"receivers", receivers},
            {"parts", parts},
            {"basis", filing.duty->basis.section}};
}

}  // namespace

Plan plan(const Pack& pack, const Calendar& calendar, const PlanQuestion& question) {
    Plan out;
    for (const auto& duty : pack.duties)
        if (!duty.collected_for || question.levels.contains(duty.level)) add_duty(pack, duty, calendar, question, out);
    std::ranges::sort(out.filings, [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
    return out;
}

std::vector<Unowed> unowed(const Pack& pack, const Calendar& calendar) {
    std::vector<Unowed> out;
    for (const auto& duty : pack.duties) {
        if (duty.collected_for) continue;
        for (auto& occurrence : occurrences(duty.timetable, calendar).after_end) out.push_back({&duty, std::move(occurrence)});
    }
    return out;
}

json::array to_json(const Plan& plan) {
    json::array rows;
    rows.reserve(plan.filings.size());
    for (const auto& filing : plan.filings) rows.push_back(filing_json(filing));
    return rows;
}

}  // namespace anban::campaigns
