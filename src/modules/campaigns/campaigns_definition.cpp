// From a duty of a pack to the definition that the database keeps. Pure.
#include <algorithm>

#include "modules/campaigns/campaigns.h"

namespace anban::campaigns {
namespace {

PartDefinition part_of(const Part& part, const std::map<std::string, std::string>& form_digests) {
    PartDefinition out;
    out.id = part.id;
    out.title = part.title;
    out.kind = part.kind;
    out.form = part.form.value_or("");
    if (part.form) out.form_digest = form_digests.at(*part.form);
    out.papers = part.papers;
    out.optional = part.optional;
    out.nil_allowed = part.nil_allowed;
    if (part.quota) out.quota = QuotaDefinition{part.quota->min, part.quota->max, part.quota->unit, part.quota->per};
    out.counting_rule = part.counting_rule;
    return out;
}

DueDefinition due_definition(const std::optional<Due>& due) {
    if (!due) return {};
    return {due_at(*due), due->minute.has_value()};
}

// A collected duty is due some working days before the one that it feeds.
std::optional<Due> ahead(const Duty& duty, const std::optional<Due>& due, const calendar::Calendar& calendar) {
    if (!due || !duty.collected_for || duty.lead == 0) return due;
    return due_ahead(*due, duty.lead, calendar).due;
}

// The ids of everybody whom this receiver means for any reporter of the duty. Which of them one reporter hands in to stands in
// the campaign's reporters.
std::vector<std::string> ids_of(const Pack& pack, const Duty& duty, const Receiver& receiver, const std::map<std::string, std::string>& ids) {
    if (!receiver.rule) return {ids.at(receiver.organization)};
    std::vector<std::string> out;
    for (const auto& name : pack.find_group(duty.reporters)->organizations)
        for (const auto meant : meant_by(pack, receiver, *pack.find_organization(name)))
            if (const auto& id = ids.at(std::string(meant)); std::ranges::find(out, id) == out.end()) out.push_back(id);
    return out;
}

OccurrenceDefinition occurrence_of(const Pack& pack, const Duty& duty, const Occurrence& at, const std::map<std::string, std::string>& ids,
                                   const calendar::Calendar& calendar) {
    OccurrenceDefinition out{at.slot, at.window.from, at.window.to, at.first, due_definition(ahead(duty, at.due, calendar)), {}};
    for (const auto& receiver : duty.receivers) {
        if (!receiver.due || receiver.outside) continue;
        const auto own = due_of(*receiver.due, duty.timetable.holiday_rule, at.uncut, calendar);
        for (const auto& id : ids_of(pack, duty, receiver, ids)) out.by_receiver.emplace(id, due_definition(own.due));
    }
    return out;
}

std::optional<EventDefinition> event_of(const Pack& pack, const Duty& duty, const std::map<std::string, std::string>& ids) {
    EventDefinition out{duty.event, {}, {}};
    if (const auto* clock = std::get_if<EventClock>(&duty.timetable.due)) out.clock = *clock;
    for (const auto& receiver : duty.receivers)
        if (const auto* clock = receiver.due && !receiver.outside ? std::get_if<EventClock>(&*receiver.due) : nullptr)
            for (const auto& id : ids_of(pack, duty, receiver, ids)) out.by_receiver.emplace(id, *clock);
    return out.starts.empty() && !out.clock && out.by_receiver.empty() ? std::nullopt : std::optional(std::move(out));
}

}  // namespace

DutyDefinition definition_of(const Duty& duty, const std::map<std::string, std::string>& ids,
                             const std::map<std::string, std::string>& form_digests, const calendar::Calendar& calendar, const Pack& pack) {
    DutyDefinition out;
    out.duty = duty.id;
    out.title = duty.title;
    out.section = duty.basis.section;
    out.clause = duty.basis.clause;
    out.group = duty.reporters;
    out.level = duty.level;
    out.collected_for = duty.collected_for.value_or("");
    for (const auto& other : pack.duties)
        if (other.collected_for == duty.id) out.collected_by.push_back(other.id);
    for (const auto& receiver : duty.receivers) {
        if (receiver.outside) out.outside.push_back(receiver.organization);
        else
            for (const auto& id : ids_of(pack, duty, receiver, ids))
                if (std::ranges::find(out.receivers, id) == out.receivers.end()) out.receivers.push_back(id);
    }
    for (const auto& part : duty.parts) out.parts.push_back(part_of(part, form_digests));
    out.first_parts = duty.first_parts;
    out.nil_allowed = duty.nil_allowed;
    out.lateness = duty.lateness;
    out.on_event = std::holds_alternative<OnEvent>(duty.timetable.schedule);
    if (out.on_event) out.event = event_of(pack, duty, ids);
    out.assumed = duty.assumed;
    for (const auto& at : occurrences(duty.timetable, calendar).owed)
        if (!duty.superseded_from || !superseded(at.due, at.window, *duty.superseded_from))
            out.occurrences.push_back(occurrence_of(pack, duty, at, ids, calendar));
    return out;
}

bool owes(const Reporter& reporter, const DutyDefinition& duty) {
    return std::ranges::find(reporter.groups, duty.group) != reporter.groups.end() &&
           (duty.receivers.empty() || std::ranges::find(duty.receivers, reporter.receiver_id) != duty.receivers.end());
}

std::vector<PartDefinition> parts_in(const DutyDefinition& duty, std::string_view slot) {
    const auto at = std::find_if(duty.occurrences.begin(), duty.occurrences.end(), [&](const auto& o) { return o.slot == slot; });
    if (at == duty.occurrences.end() || !at->first || duty.first_parts.empty()) return duty.parts;
    std::vector<PartDefinition> asked;
    for (const auto& part : duty.parts)
        if (std::find(duty.first_parts.begin(), duty.first_parts.end(), part.id) != duty.first_parts.end()) asked.push_back(part);
    return asked;
}

std::optional<EventClock> clock_for(const DutyDefinition& duty, const std::string& receiver_id) {
    if (!duty.event) return std::nullopt;
    const auto own = duty.event->by_receiver.find(receiver_id);
    return own == duty.event->by_receiver.end() ? duty.event->clock : own->second;
}

const DueDefinition& due_for(const OccurrenceDefinition& at, const std::string& receiver_id) {
    const auto own = at.by_receiver.find(receiver_id);
    return own == at.by_receiver.end() ? at.due : own->second;
}

}  // namespace anban::campaigns
