#include "modules/filings/issue.h"

#include <algorithm>
#include <map>
#include <set>

#include "core/codec.h"
#include "core/ids.h"
#include "modules/filings/deed.h"
#include "modules/filings/draft_parts.h"
#include "modules/filings/issue_store.h"
#include "modules/journal/journal.h"
#include "platform/messages/messages.h"

namespace anban::filings {
namespace {

using campaigns::DutyVersion;
using campaigns::OccurrenceDefinition;
using campaigns::Reporter;

constexpr std::size_t kMostLines = 500;

// The instant that decides whether somebody owed: the due, or without one the end of the window.
Instant judged_at(const std::optional<Instant>& due, CivilDate window_to) { return due ? *due : beijing_day_end(window_to); }

struct Key {
    std::string organization;
    std::string receiver;
    std::string slot;
    friend auto operator<=>(const Key&, const Key&) = default;
};

struct Owed {
    const OccurrenceDefinition* at;
    campaigns::DueDefinition due;
    bool without_cut_off = false;  // it lay before anybody could know
};

class Issue {
public:
    Issue(Work& work, std::string campaign_id, CivilDate today)
        : work_(work), campaign_id_(std::move(campaign_id)), today_(today),
          reporters_(campaigns::reporters_of(work.db, campaign_id_)), lives_(store::lives_of(work.db, campaign_id_)) {}

    IssueReport run() {
        std::set<std::string> present;
        versions_ = campaigns::current_duties(work_.db, campaign_id_);
        for (const auto& version : versions_) {
            present.insert(version.definition.duty);
            follow(version);
        }
        for (const auto& duty : store::duties_with_filings(work_.db, campaign_id_))
            if (!present.contains(duty)) release_all(duty);
        return report_;
    }

private:
    [[nodiscard]] bool open_on(const std::string& organization, CivilDate day) const {
        const auto life = lives_.find(organization);
        return life != lives_.end() && life->second.opened_on <= day && (!life->second.closed_on || day < *life->second.closed_on);
    }

    // Every route that this version asks for, whenever its window begins.
    [[nodiscard]] std::map<Key, Owed> owed(const DutyVersion& version) {
        std::map<Key, Owed> out;
        const bool ours = !version.definition.collected_for.empty();
        const auto known_from = ours ? store::known_from(work_.db, campaign_id_, version.definition.duty) : Instant{};
        for (const auto& reporter : reporters_) {
            if (!campaigns::owes(reporter, version.definition)) continue;
            for (const auto& at : version.definition.occurrences) {
                const auto& due = campaigns::due_for(at, reporter.receiver_id);
                const auto day = beijing_date(judged_at(due.at, at.window_to));
                if (day < reporter.from || (reporter.to && *reporter.to <= day) || !open_on(reporter.organization_id, day)) continue;
                const Key key{reporter.organization_id, reporter.receiver_id, at.slot};
                if (!due.at || known_from <= *due.at) out[key] = {&at, due, false};
                else if (still_feeds(version, at.slot, known_from)) out[key] = {&at, {}, true};
                else note_born_late(version.definition.duty, key, *due.at);
            }
        }
        return out;
    }

    // Whether the report that this slot feeds was still to come when the duty became known.
    [[nodiscard]] bool still_feeds(const DutyVersion& version, const std::string& slot, Instant known_from) const {
        for (const auto& upper : versions_) {
            if (upper.definition.duty != version.definition.collected_for) continue;
            for (const auto& at : upper.definition.occurrences)
                if (at.slot == slot) return known_from <= judged_at(at.due.at, at.window_to);
        }
        return false;
    }

    void follow(const DutyVersion& version) {
        auto wanted = owed(version);
        for (const auto& row : store::issued(work_.db, campaign_id_, version.definition.duty)) {
            const auto same = wanted.find({row.organization_id, row.receiver_id, row.slot});
            if (same == wanted.end()) {
                release(row, version.definition.on_event);
            } else {
                keep_up(row, version, same->second);
                wanted.erase(same);
            }
        }
        for (const auto& [key, at] : wanted)
            if (at.at->window_from <= today_ + kDaysAhead) issue(version, key, at);
    }

    void issue(const DutyVersion& version, const Key& key, const Owed& at) {
        auto filing = store::find_by_slot(work_.db, campaign_id_, version.definition.duty, key.organization, key.slot);
        if (!filing) {
            filing = Filing{new_id(work_.now), campaign_id_, version.definition.duty, version.id, key.organization, key.slot,
                            at.at->window_from, at.at->window_to, work_.now, 1};
            store::add(work_.db, *filing);
            ++report_.issued;
        }
        Route route;
        route.id = new_id(work_.now);
        route.filing_id = filing->id;
        route.campaign_id = campaign_id_;
        route.duty = version.definition.duty;
        route.organization_id = key.organization;
        route.receiver_id = key.receiver;
        route.slot = key.slot;
        route.window_from = at.at->window_from;
        route.window_to = at.at->window_to;
        route.due_at = at.due.at;
        route.due_has_hour = at.due.has_hour;
        if (at.without_cut_off) route.due_reason = messages::sentence(messages::Language::zh, "filing.reason_no_cut_off", {});
        store::add_route(work_.db, route);
    }

    void note_born_late(const std::string& duty, const Key& key, Instant due) {
        ++report_.born_late;
        if (report_.born_late_lines.size() >= kMostLines) return;
        const auto life = lives_.find(key.organization);
        report_.born_late_lines.push_back({duty, life == lives_.end() ? key.organization : life->second.name, key.slot, format_instant(due), ""});
    }

    [[nodiscard]] bool is_past(const store::Issued& row) const { return judged_at(row.due_at, row.window_to) < work_.now; }

    // Nothing was ever handed in on it.
    [[nodiscard]] static bool untouched(const store::Issued& row) {
        return (row.state == State::expected || row.state == State::draft) && !row.received;
    }

    void keep_up(const store::Issued& row, const DutyVersion& version, const Owed& at) {
        if (row.applies == "not_applicable" && row.state == State::not_applicable) return take_back(row);
        if (!untouched(row) || is_past(row)) return;
        if (row.duty_version_id == version.id && (row.due_at == at.due.at || row.extended)) return;
        store::hold(work_.db, row.filing_id);  // whoever hands in meanwhile is waited for, and then nothing is changed under the report
        if (row.duty_version_id != version.id && store::follow_version(work_.db, row.filing_id, version.id, at.at->window_from, at.at->window_to) != 0) {
            fit_draft(work_, row.filing_id, row.slot, version.definition);
            ++report_.versions_followed;
        }
        if (row.due_at == at.due.at || row.extended) return;
        if (store::freeze_due(work_.db, row.route_id, at.due.at, at.due.has_hour) == 0) return;
        ++report_.dues_moved;
        add_line(report_.moved, row, row.due_at ? format_instant(*row.due_at) : "", at.due.at ? format_instant(*at.due.at) : "");
    }

    // Owed again: the reporter came back, the organization did not close after all.
    void take_back(const store::Issued& row) {
        if (!move(row, Deed::reinstate, "filing.reason_owed_again")) return;
        store::set_applies(work_.db, row.filing_id, "owed", "");
        ++report_.reinstated;
    }

    void release(const store::Issued& row, bool on_event) {
        // What an event began is owed by who was there that day, however far from it the clock leads.
        const auto day = on_event ? row.window_to : beijing_date(judged_at(row.due_at, row.window_to));
        const bool closed = !open_on(row.organization_id, day);
        if (on_event && !closed) return;  // begun by the reporter, not by the plan
        if (closed ? !untouched(row) : is_past(row)) return;
        release_for(row, closed ? "filing.reason_organization_closed" : why_not(row, day));
    }

    [[nodiscard]] const char* why_not(const store::Issued& row, CivilDate day) const {
        const bool still = std::any_of(reporters_.begin(), reporters_.end(), [&](const Reporter& r) {
            return r.organization_id == row.organization_id && r.receiver_id == row.receiver_id && (!r.to || day < *r.to);
        });
        return still ? "filing.reason_slot_dropped" : "filing.reason_reporter_removed";
    }

    void release_all(const std::string& duty) {
        for (const auto& row : store::issued(work_.db, campaign_id_, duty))
            if (!is_past(row)) release_for(row, "filing.reason_duty_dropped");
    }

    void release_for(const store::Issued& row, const char* reason) {
        if (!move(row, Deed::mark_not_applicable, reason)) return;
        store::set_applies(work_.db, row.filing_id, "not_applicable", messages::sentence(messages::Language::zh, reason, {}));
        ++report_.released;
        add_line(report_.released_lines, row, "", "");
    }

    // False: the table does not allow it (handed in meanwhile, excused by the receiver): then it stays as it is.
    bool move(const store::Issued& row, Deed deed, const char* reason) {
        store::hold(work_.db, row.filing_id);
        auto route = *store::find_route(work_.db, row.route_id);
        const Said said{messages::sentence(messages::Language::zh, reason, {}), "[]"};
        return !carry_out(work_, route, deed, said, state_before_release(work_.db, route));
    }

    void add_line(std::vector<IssuedLine>& lines, const store::Issued& row, std::string before, std::string after) const {
        if (lines.size() >= kMostLines) return;
        const auto life = lives_.find(row.organization_id);
        lines.push_back({row.duty, life == lives_.end() ? row.organization_id : life->second.name, row.slot, std::move(before), std::move(after)});
    }

    Work& work_;
    const std::string campaign_id_;
    const CivilDate today_;
    const std::vector<Reporter> reporters_;
    const std::map<std::string, store::Life> lives_;
    std::vector<DutyVersion> versions_;
    IssueReport report_;
};

bool changed(const IssueReport& r) { return r.issued + r.dues_moved + r.versions_followed + r.released + r.reinstated != 0; }

}  // namespace

IssueReport issue_campaign(Work& work, const std::string& campaign_id, CivilDate today) {
    auto report = Issue(work, campaign_id, today).run();
    if (changed(report)) journal::record(work, "campaign.filings_issued", {"campaign", campaign_id, ""}, {{"report", codec::encode(report)}});
    return report;
}

IssueReport issue_due_filings(Work& work, CivilDate today) {
    IssueReport all;
    for (const auto& id : campaigns::list_ids(work.db)) {
        const auto one = issue_campaign(work, id, today);
        all.issued += one.issued;
        all.dues_moved += one.dues_moved;
        all.versions_followed += one.versions_followed;
        all.released += one.released;
        all.reinstated += one.reinstated;
        all.born_late += one.born_late;
        all.moved.insert(all.moved.end(), one.moved.begin(), one.moved.end());
        all.released_lines.insert(all.released_lines.end(), one.released_lines.begin(), one.released_lines.end());
        all.born_late_lines.insert(all.born_late_lines.end(), one.born_late_lines.begin(), one.born_late_lines.end());
    }
    return all;
}

Result<PublishReport> publish(Work& work, const campaigns::Pack& pack, const std::vector<campaigns::FormInPack>& forms,
                              const calendar::Calendar& calendar) {
    auto applied = campaigns::apply(work, pack, forms, calendar);
    if (!applied) return applied.refusal();
    return PublishReport{std::move(*applied), issue_campaign(work, pack.id, beijing_date(work.now))};
}

}  // namespace anban::filings
