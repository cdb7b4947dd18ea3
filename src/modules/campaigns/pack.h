// Public: a campaign as its pack states it: what a notice starts, in files of packs/<id>/, data and never code. The language is
// taught in docs/packs.md and published as JSON Schema in packs/schema/. Loading reads files and touches nothing else.
#pragma once

#include <boost/describe.hpp>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/pack_error.h"
#include "core/time.h"
#include "modules/campaigns/schedule.h"
#include "modules/forms/forms.h"

namespace anban::campaigns {

struct Paper {  // an official paper, by its facts
    std::string title;
    std::optional<std::string> number;  // 湘建明电〔2023〕4号
    std::optional<CivilDate> issued;
    std::string scope;  // of a superseded paper: which of its rules are replaced
};

struct Notice {
    std::string title;
    std::optional<std::string> number;  // many notices show none
    std::string issuer;
    CivilDate issued;
    std::vector<Paper> supersedes;
};

struct Period {
    CivilDate from;
    CivilDate to;
    bool assumed = false;  // ours, the notice does not say
};

struct Contact {
    std::string post;     // always a post, never a person
    std::string channel;  // how the notice wants it sent
};

struct NoticeAttachment {
    std::string title;
    std::optional<std::string> form;  // the form that carries it
};

struct GroupMember {  // of the leading group
    std::string role;  // 组长
    std::string post;
};

BOOST_DEFINE_ENUM_CLASS(EdgeKind, place, sector, committee)

struct ParentEdge {
    EdgeKind kind = EdgeKind::sector;
    std::string parent;  // full official name
};

struct PackOrganization {
    std::string name;        // full official name, unique in the pack
    std::string short_name;  // 株洲市住建局
    std::string kind;        // housing_bureau; a word of the pack's choice that groups select by
    std::string level;       // province, city, county, town, zone, enterprise
    std::optional<std::string> division;  // code in data/divisions*.csv; none for units that are no division's
    std::vector<ParentEdge> parents;
    std::optional<CivilDate> since;  // open from; none: always
    std::optional<CivilDate> until;  // last day open; none: still
    int line = 0;                    // in organizations.yaml
};

// A line of work of the campaign: one of "2 + 9" topics, an action, a sector. Topics can lie within another one.
struct Topic {
    std::string id;
    std::string title;
    std::optional<std::string> part_of;  // id of the topic that it belongs to
    std::vector<std::string> leads;      // lead departments, full official names; none where the notice names none
    std::vector<std::string> others;     // further departments that take part
    bool assumed = false;                // who leads and who takes part is ours
    int line = 0;                        // in organizations.yaml
};

// Who reports: organizations by name, or every organization of the pack that fits a rule. Resolved when loaded.
struct ReporterGroup {
    std::string id;
    std::string title;
    std::vector<std::string> organizations;  // full official names, in the pack's order
    bool assumed = false;                    // the notice does not name them one by one
    int line = 0;                            // in organizations.yaml
};

// What of a duty is ours and not the notice's, where the duty itself is the notice's.
BOOST_DEFINE_ENUM_CLASS(Ours, reporters, receivers, schedule, window, due, parts, quota)
BOOST_DEFINE_ENUM_CLASS(PartKind, narrative, table, ledger, items, form, attachment)
BOOST_DEFINE_ENUM_CLASS(PaperKind, e_copy, stamped_scan)
BOOST_DEFINE_ENUM_CLASS(QuotaPer, window, month, topic, campaign)
// What counts towards a quota.
BOOST_DEFINE_ENUM_CLASS(CountingRule, handed_in_not_returned, accepted, adopted)
// Which receipt lateness is judged by; both are always shown.
BOOST_DEFINE_ENUM_CLASS(LatenessBy, first, accepted)

struct Quota {
    std::optional<int> min;
    std::optional<int> max;
    std::string unit;  // 篇
    QuotaPer per = QuotaPer::window;
};

struct Part {
    std::string id;
    std::string title;
    PartKind kind = PartKind::narrative;
    std::optional<std::string> form;  // forms/<form>.yaml of the pack; always there for table, ledger, items and form
    std::vector<PaperKind> papers;
    bool optional = false;
    bool nil_allowed = false;
    std::optional<Quota> quota;
    CountingRule counting_rule = CountingRule::handed_in_not_returned;
};

// Who receives, said by what it is to each reporter: the lead departments of the reporter's topics, or its parent.
BOOST_DEFINE_ENUM_CLASS(ReceiverRule, topic_leads, place_parent, sector_parent, committee_parent)

struct Receiver {
    std::string organization;          // empty where a rule says who
    bool outside = false;              // not in the system: the filing is only recorded as sent
    std::optional<DueRule> due;        // its own cut-off; none: the duty's
    std::optional<ReceiverRule> rule;  // none: the organization by its name
};

struct Basis {
    std::string section;  // 一(二); "ours" for what we added
    std::string clause;   // in our own wording
};

struct Supersession {
    std::string duty;
    CivilDate from;
};

struct Duty {
    std::string id;
    std::string title;
    std::string reporters;            // group id
    std::vector<Receiver> receivers;  // empty for a collected duty: receiver_of() answers for each organization
    Timetable timetable;
    std::string event;  // of a duty on event: what starts it, in our words (接报); empty where the pack does not say
    std::vector<Part> parts;
    std::vector<std::string> first_parts;  // ids of the parts asked in the irregular first window
    bool nil_allowed = false;
    LatenessBy lateness = LatenessBy::first;
    Basis basis;
    std::optional<Supersession> supersedes;
    std::optional<CivilDate> superseded_from;  // by another duty of the pack
    bool assumed = false;                      // carried or chosen by us, the notice does not say
    std::vector<Ours> ours;                    // of a duty of the notice: what we chose where it does not say

    // A duty that a reporter collects from the level below it, ours: same windows, due `lead` working days earlier.
    std::optional<std::string> collected_for;  // id of the duty it feeds
    std::string level;                         // of a collected duty: county
    int lead = 0;
    int line = 0;                              // in duties.yaml
};

struct Pack {
    std::filesystem::path directory;
    std::string id;
    std::string title;
    Notice notice;
    Period period;
    std::optional<Contact> contact;
    std::vector<std::string> addressees;
    std::vector<std::string> copies;
    std::vector<NoticeAttachment> attachments;
    std::vector<GroupMember> leading_group;
    std::vector<Paper> basis_papers;
    std::string office;  // receiver organization, full official name
    std::vector<PackOrganization> organizations;
    std::map<std::string, std::size_t, std::less<>> organization_index;  // by full official name; filled by loading
    std::vector<Topic> topics;
    std::vector<ReporterGroup> groups;
    std::vector<Duty> duties;  // each collected duty stands after the duty it feeds, id "<duty>_<level>"
    std::vector<forms::Form> forms;  // every file in forms/, by id

    [[nodiscard]] const Duty* find_duty(std::string_view id) const;
    [[nodiscard]] const ReporterGroup* find_group(std::string_view id) const;
    [[nodiscard]] const Topic* find_topic(std::string_view id) const;
    [[nodiscard]] const PackOrganization* find_organization(std::string_view name) const;
    [[nodiscard]] const forms::Form* find_form(std::string_view id) const;
    [[nodiscard]] std::filesystem::path form_file(std::string_view form) const;
};

// Who receives a collected duty from this organization: its nearest parent (sector, then place, then committee) among the
// reporters of the duty that it feeds. Empty when there is none, which loading refuses.
[[nodiscard]] std::string_view receiver_of(const Pack&, const Duty& collected, const PackOrganization&);

// The organizations that this receiver of a duty means for the reporter, each once, never the reporter itself: the one it names, or
// by its rule. Empty when the rule finds nobody, which loading refuses.
[[nodiscard]] std::vector<std::string_view> meant_by(const Pack&, const Receiver&, const PackOrganization& reporter);

struct LoadedPack {
    std::optional<Pack> pack;  // only when there is no error
    PackErrors errors;         // all of them, in reading order
};

// Reads campaign.yaml, organizations.yaml, duties.yaml and, by modules/forms, every file of forms/.
[[nodiscard]] LoadedPack load_pack(const std::filesystem::path& directory);

}  // namespace anban::campaigns
