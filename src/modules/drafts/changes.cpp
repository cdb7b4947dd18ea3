// A draft beside a campaign of today. Which duty is which is told by what is asked and how often, never by an id: the draft's are new.
#include <algorithm>
#include <map>
#include <set>

#include "core/utf8.h"
#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaigns.h"
#include "modules/campaigns/plan.h"
#include "modules/drafts/desk.h"
#include "modules/drafts/packing.h"

namespace anban::drafts {
namespace {

constexpr double kAlike = 0.45;       // of 0 to 1; below it two duties are two
constexpr std::size_t kShown = 12;

// What is compared of a duty, wherever it comes from.
struct Side {
    std::string title;
    std::string duty;                                     // of the campaign
    std::u32string words;                                 // titles of the duty and its parts
    std::set<std::u32string> pairs;                       // their characters two by two
    std::map<std::string, std::optional<std::string>> dues;  // by slot
    std::set<std::string> reporters;
    std::string rhythm;                                   // the shape of its slots
    std::optional<std::string> clock;                     // of an event, spelt as in a notice: PT1H, P3WD 17:00, -P20WD, next_day
};

std::optional<std::string> spelt(const std::optional<campaigns::EventClock>& clock) {
    if (!clock) return std::nullopt;
    const bool before = clock->side == campaigns::ClockSide::before;
    const auto count = std::to_string(clock->count);
    std::string out;
    switch (clock->unit) {
        case campaigns::ClockUnit::minutes: out = clock->count % 60 == 0 ? "PT" + std::to_string(clock->count / 60) + "H" : "PT" + count + "M"; break;
        case campaigns::ClockUnit::days: out = before || clock->count > 1 ? "P" + count + "D" : clock->count == 0 ? "P1D" : "next_day"; break;
        case campaigns::ClockUnit::workdays: out = "P" + count + "WD"; break;
        case campaigns::ClockUnit::months: out = "P" + count + "M"; break;
    }
    if (clock->minute) out += campaigns::format_due({CivilDate{}, clock->minute}).substr(10, 6).replace(0, 1, " ");
    return (before ? "-" : "") + out;
}

// Figures become 9: "2023-W11" and "2023-W40" are of one rhythm. The last slot tells it, the first may be irregular.
std::string rhythm_of(const std::map<std::string, std::optional<std::string>>& dues) {
    if (dues.empty()) return "event";
    auto shape = dues.rbegin()->first;
    for (auto& c : shape)
        if (c >= '0' && c <= '9') c = '9';
    return shape;
}

std::set<std::u32string> pairs_of(const std::u32string& words) {
    std::set<std::u32string> out;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) out.insert(words.substr(i, 2));
    return out;
}

std::string due_text(const campaigns::DueDefinition& due) {
    const auto text = format_instant(*due.at);
    return due.has_hour ? text.substr(0, 16) + "+08:00" : text.substr(0, 10);
}

Side side_of(const campaigns::DutyLine& line, const std::vector<campaigns::ReporterLine>& reporters) {
    Side out{line.definition.title, line.duty, utf8::decode(line.definition.title), {}, {}, {}, {}, {}};
    for (const auto& part : line.definition.parts) out.words += utf8::decode(part.title);
    for (const auto& one : line.definition.occurrences) out.dues[one.slot] = one.due.at ? std::optional(due_text(one.due)) : std::nullopt;
    for (const auto& reporter : reporters)
        if (!reporter.to && std::ranges::find(reporter.groups, line.definition.group) != reporter.groups.end()) out.reporters.insert(reporter.name);
    out.rhythm = rhythm_of(out.dues);
    out.pairs = pairs_of(out.words);
    if (line.definition.event) out.clock = spelt(line.definition.event->clock);
    return out;
}

Side side_of(const campaigns::Pack& pack, const campaigns::Duty& duty) {
    Side out{duty.title, {}, utf8::decode(duty.title), {}, {}, {}, {}, {}};
    for (const auto& part : duty.parts) out.words += utf8::decode(part.title);
    for (const auto& one : campaigns::occurrences(duty.timetable, calendar::Calendar::built_in()).owed)
        out.dues[one.slot] = one.due ? std::optional(campaigns::format_due(*one.due)) : std::nullopt;
    if (const auto* group = pack.find_group(duty.reporters)) out.reporters.insert(group->organizations.begin(), group->organizations.end());
    out.rhythm = rhythm_of(out.dues);
    out.pairs = pairs_of(out.words);
    if (const auto* clock = std::get_if<campaigns::EventClock>(&duty.timetable.due)) out.clock = spelt(*clock);
    return out;
}

// Pairs of characters in common, of those of the shorter; another rhythm is a doubt, not a no: a monthly report may become weekly.
double likeness(const Side& a, const Side& b) {
    const auto &left = a.pairs, &right = b.pairs;
    if (left.empty() || right.empty()) return 0;
    const auto common = std::ranges::count_if(left, [&](const auto& pair) { return right.contains(pair); });
    const double words = static_cast<double>(common) / static_cast<double>(std::min(left.size(), right.size()));
    return a.rhythm == b.rhythm ? words * 0.6 + 0.4 : words * 0.6;
}

DutyChange compared(const Side& draft, const Side& present) {
    DutyChange out{draft.title, present.duty, ChangeKind::same, 0, {}, {}, {}};
    const auto note = [&](const std::string& slot, const std::optional<std::string>& before, const std::optional<std::string>& after) {
        if (before == after) return;
        ++out.moved;
        if (out.moves.size() < kShown) out.moves.push_back({slot, before, after});
    };
    // Only windows that both have: a notice of today says nothing of last year's.
    for (const auto& [slot, due] : draft.dues)
        if (const auto found = present.dues.find(slot); found != present.dues.end()) note(slot, found->second, due);
    if (draft.rhythm != present.rhythm && draft.dues.size() > 1 && !present.dues.empty())
        note("", present.dues.rbegin()->second, draft.dues.rbegin()->second);
    if (draft.rhythm == present.rhythm && draft.dues.empty()) note("event:", present.clock, draft.clock);
    std::ranges::set_difference(draft.reporters, present.reporters, std::back_inserter(out.reporters_added));
    std::ranges::set_difference(present.reporters, draft.reporters, std::back_inserter(out.reporters_removed));
    if (out.moved > 0) out.change = ChangeKind::moved;
    return out;
}

// A single filing of the draft may be one window of a duty of today: its irregular first one.
const Side* window_of(const Side& draft, const std::vector<Side>& present) {
    const auto holds = [&](const Side& side) {
        return side.rhythm != draft.rhythm && !draft.dues.empty() &&
               std::ranges::all_of(draft.dues, [&](const auto& one) { return side.dues.contains(one.first); });
    };
    const auto found = std::ranges::find_if(present, holds);
    return found == present.end() ? nullptr : &*found;
}

// The likest pairs first; each duty in one pair at most.
std::vector<DutyChange> matched(const std::vector<Side>& draft, const std::vector<Side>& present) {
    struct Pair { double likeness; std::size_t draft, present; };
    std::vector<Pair> pairs;
    for (std::size_t i = 0; i < draft.size(); ++i)
        for (std::size_t k = 0; k < present.size(); ++k)
            if (const auto alike = likeness(draft[i], present[k]); alike >= kAlike) pairs.push_back({alike, i, k});
    std::ranges::stable_sort(pairs, std::greater<>{}, &Pair::likeness);
    std::map<std::size_t, std::size_t> match;
    std::set<std::size_t> taken;
    for (const auto& pair : pairs)
        if (!match.contains(pair.draft) && !taken.contains(pair.present)) match[pair.draft] = pair.present, taken.insert(pair.present);
    std::vector<DutyChange> out;
    for (std::size_t i = 0; i < draft.size(); ++i) {
        const auto found = match.find(i);
        const auto* side = found != match.end() ? &present[found->second] : window_of(draft[i], present);
        if (side) out.push_back(compared(draft[i], *side));
        else out.push_back({draft[i].title, std::nullopt, ChangeKind::added, 0, {}, {}, {}});
    }
    for (std::size_t k = 0; k < present.size(); ++k)
        if (!taken.contains(k)) out.push_back({present[k].title, present[k].duty, ChangeKind::dropped, 0, {}, {}, {}});
    return out;
}

}  // namespace

Result<DutyChanges> changes_to(View& view, const std::string& id, const std::string& campaign_id) {
    const auto kept = store::find(view.db, view.actor.organization_id, id);
    if (!kept) return Refusal{Code::not_found, "notice.unknown", {}, {}, {}};
    const auto campaign = campaigns::load(view, campaign_id);
    if (!campaign) return campaign.refusal();
    const auto loaded = packed(view.db, *kept, "draft");
    if (!loaded) return loaded.refusal();
    if (!loaded->loaded.pack) return Refusal{Code::unprocessable, "draft.not_a_pack", {}, field_errors_of(*loaded), {}};
    std::vector<Side> draft, present;
    for (const auto& duty : loaded->loaded.pack->duties) draft.push_back(side_of(*loaded->loaded.pack, duty));
    for (const auto& line : campaign->duties)
        if (line.definition.collected_for.empty() && !line.definition.assumed) present.push_back(side_of(line, campaign->reporters));
    return DutyChanges{matched(draft, present)};
}

}  // namespace anban::drafts
