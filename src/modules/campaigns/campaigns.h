// Campaigns as the database holds them: what a pack became when it was applied. A duty lives in versions; a filing names the
// version it follows, so that a later pack never rewrites what was owed before.
#pragma once

#include <boost/describe.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "core/time.h"
#include "modules/campaigns/pack.h"
#include "platform/api/work.h"

namespace anban::campaigns {

// --- a duty version's definition, as stored (JSON of exactly these members) -------------------------------------------

struct QuotaDefinition {
    std::optional<std::int64_t> min;
    std::optional<std::int64_t> max;
    std::string unit;
    QuotaPer per = QuotaPer::window;
};
BOOST_DESCRIBE_STRUCT(QuotaDefinition, (), (min, max, unit, per))

struct PartDefinition {
    std::string id;
    std::string title;
    PartKind kind = PartKind::narrative;
    std::string form;         // '' when it has none
    std::string form_digest;  // of form_versions; '' when it has none
    std::vector<PaperKind> papers;
    bool optional = false;
    bool nil_allowed = false;
    std::optional<QuotaDefinition> quota;
    CountingRule counting_rule = CountingRule::handed_in_not_returned;
};
BOOST_DESCRIBE_STRUCT(PartDefinition, (), (id, title, kind, form, form_digest, papers, optional, nil_allowed, quota, counting_rule))

struct DueDefinition {
    std::optional<Instant> at;  // last instant on time, inclusive
    bool has_hour = false;
    friend bool operator==(const DueDefinition&, const DueDefinition&) = default;
};
BOOST_DESCRIBE_STRUCT(DueDefinition, (), (at, has_hour))

struct OccurrenceDefinition {
    std::string slot;
    CivilDate window_from;
    CivilDate window_to;
    bool first = false;                                // the irregular first window: first_parts are asked
    DueDefinition due;
    std::map<std::string, DueDefinition> by_receiver;  // receivers (ids) with a cut-off of their own
};
BOOST_DESCRIBE_STRUCT(OccurrenceDefinition, (), (slot, window_from, window_to, first, due, by_receiver))

// What is known of the event that a duty waits for.
struct EventDefinition {
    std::string starts;                             // in our words: 接报; '' where the pack does not say
    std::optional<EventClock> clock;                // none: promptly
    std::map<std::string, EventClock> by_receiver;  // receivers (ids) with a clock of their own
};
BOOST_DESCRIBE_STRUCT(EventDefinition, (), (starts, clock, by_receiver))

struct DutyDefinition {
    std::string duty;   // the pack's id: the series
    std::string title;
    std::string section;  // basis: 一(二); "ours"
    std::string clause;   // in our own wording
    std::string group;    // reporter group
    std::string level;    // of a collected duty: county; '' otherwise
    std::string collected_for;           // the duty it feeds; '' otherwise
    std::vector<std::string> collected_by;  // duties that collect for this one from the level below
    std::vector<std::string> receivers;  // ids; empty for a collected duty: the reporter's own receiver
    std::vector<std::string> outside;    // names of receivers that are not in the system
    std::vector<PartDefinition> parts;
    std::vector<std::string> first_parts;
    bool nil_allowed = false;
    LatenessBy lateness = LatenessBy::first;
    bool on_event = false;
    std::optional<EventDefinition> event;  // only on event, and only where the pack names what starts it or gives a clock
    bool assumed = false;
    std::vector<OccurrenceDefinition> occurrences;  // by the one deadline function, at the time of applying
};
BOOST_DESCRIBE_STRUCT(DutyDefinition, (), (duty, title, section, clause, group, level, collected_for, collected_by,
                                           receivers, outside, parts,
                                           first_parts, nil_allowed, lateness, on_event, event, assumed, occurrences))

// The parts asked in this slot: all, or those of the irregular first window.
[[nodiscard]] std::vector<PartDefinition> parts_in(const DutyDefinition&, std::string_view slot);
[[nodiscard]] const DueDefinition& due_for(const OccurrenceDefinition&, const std::string& receiver_id);
[[nodiscard]] std::optional<EventClock> clock_for(const DutyDefinition&, const std::string& receiver_id);

struct DutyVersion {
    std::string id;
    std::string campaign_id;
    std::int64_t number = 0;
    CivilDate valid_from;
    std::optional<CivilDate> valid_to;
    DutyDefinition definition;
};

struct Reporter {
    std::string organization_id;
    std::string receiver_id;
    std::vector<std::string> groups;
    std::string level;
    std::int64_t sort_order = 0;
    CivilDate from;
    std::optional<CivilDate> to;  // first day on which it no longer reports
};

// Whether this reporter owes the duty to its receiver, on any day.
[[nodiscard]] bool owes(const Reporter&, const DutyDefinition&);

// --- applying a pack --------------------------------------------------------------------------------------------------

struct FormInPack {
    std::string id;
    std::string digest;      // over the canonical JSON
    std::string definition;  // canonical JSON
};

// Names, not counts: what an apply did, or in a dry run would do.
struct ApplyReport {
    std::string campaign;
    std::int64_t pack_version = 0;
    bool unchanged = false;
    std::vector<std::string> organizations_opened;
    std::vector<std::string> parents_added;  // "child → parent" of organizations that were there before
    std::vector<std::string> reporters_added;
    std::vector<std::string> reporters_removed;
    std::vector<std::string> forms_changed;
    std::vector<std::string> duties_added;
    std::vector<std::string> duties_changed;
    std::vector<std::string> duties_dropped;
};
BOOST_DESCRIBE_STRUCT(ApplyReport, (), (campaign, pack_version, unchanged, organizations_opened, parents_added, reporters_added,
                                        reporters_removed, forms_changed, duties_added, duties_changed, duties_dropped))

// Stores the pack as the campaign's present version: opens organizations that are not there (by full name), gives those
// that are there the parents that the pack adds, closes and adds
// reporters as of today, stores forms, and a new version of each duty whose definition changed. Applying the same pack twice
// changes nothing. One journal line (and one for the organizations opened). The caller holds campaigns_publish.
// Refused: "campaign.form_missing" when a part names a form that is not among `forms`.
[[nodiscard]] Result<ApplyReport> apply(Work&, const Pack&, const std::vector<FormInPack>& forms, const calendar::Calendar&);

// The definition that a pack's duty becomes. ids: organization ids by full name.
[[nodiscard]] DutyDefinition definition_of(const Duty&, const std::map<std::string, std::string>& ids,
                                           const std::map<std::string, std::string>& form_digests, const calendar::Calendar&,
                                           const Pack&);

// --- reading, for other modules: no scope ------------------------------------------------------------------------------

[[nodiscard]] std::vector<std::string> list_ids(db::Connection&);
[[nodiscard]] std::vector<DutyVersion> current_duties(db::Connection&, std::string_view campaign_id);  // valid_to none
[[nodiscard]] std::vector<DutyVersion> newest_duties(db::Connection&, std::string_view campaign_id);   // dropped ones too: their past stays
[[nodiscard]] std::vector<DutyVersion> versions_of_duty(db::Connection&, std::string_view campaign_id, std::string_view duty);  // newest first
[[nodiscard]] std::optional<DutyVersion> find_duty_version(db::Connection&, std::string_view id);
[[nodiscard]] std::shared_ptr<const DutyVersion> current_duty(db::Connection&, std::string_view campaign_id, std::string_view duty);
[[nodiscard]] std::vector<Reporter> reporters_of(db::Connection&, std::string_view campaign_id);  // past ones too, official order
[[nodiscard]] std::vector<Reporter> reporters_of(db::Connection&, std::string_view campaign_id, std::string_view organization_id);  // of one, past ones too, by receiver and day
[[nodiscard]] std::string form_definition(db::Connection&, std::string_view digest);             // '' when unknown

// --- reading, for pages -------------------------------------------------------------------------------------------------

struct CampaignLine {
    std::string id;
    std::string title;
    std::string office;       // name
    CivilDate period_from;
    CivilDate period_to;
    std::int64_t pack_version = 0;
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(CampaignLine, (), (id, title, office, period_from, period_to, pack_version, version))

struct DutyLine {
    std::string duty;
    std::int64_t number = 0;
    CivilDate valid_from;
    std::vector<std::string> receiver_names;
    DutyDefinition definition;  // with its clause and basis
};
BOOST_DESCRIBE_STRUCT(DutyLine, (), (duty, number, valid_from, receiver_names, definition))

struct ReporterLine {
    std::string organization_id;
    std::string name;
    std::string short_name;
    std::string receiver_id;
    std::string receiver_name;
    std::vector<std::string> groups;
    std::string level;
    CivilDate from;
    std::optional<CivilDate> to;
};
BOOST_DESCRIBE_STRUCT(ReporterLine, (), (organization_id, name, short_name, receiver_id, receiver_name, groups, level, from, to))

struct FormCategory {
    std::string id;
    std::string title;
};
BOOST_DESCRIBE_STRUCT(FormCategory, (), (id, title))

struct FormLine {
    std::string form;
    std::string digest;
    std::vector<FormCategory> categories;  // of items
    std::int64_t pictures_min = 0;         // likewise
};
BOOST_DESCRIBE_STRUCT(FormLine, (), (form, digest, categories, pictures_min))

struct CampaignWhole {
    CampaignLine campaign;
    json::value notice;  // title, number, issuer, issued, supersedes, addressees, contact …, from the pack
    std::vector<DutyLine> duties;
    std::vector<ReporterLine> reporters;  // in the actor's scope
    std::vector<FormLine> forms;
};
BOOST_DESCRIBE_STRUCT(CampaignWhole, (), (campaign, notice, duties, reporters, forms))

struct CampaignLines {
    std::vector<CampaignLine> campaigns;
};
BOOST_DESCRIBE_STRUCT(CampaignLines, (), (campaigns))

// A campaign is seen by its office, by whoever reports in it or above a reporter, and by auditors; else "campaign.unknown".
[[nodiscard]] Result<CampaignLines> list(View&);
[[nodiscard]] Result<CampaignWhole> load(View&, std::string_view id);

}  // namespace anban::campaigns
