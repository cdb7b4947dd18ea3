// Public: the desk on which a notice becomes a campaign. A text comes in and is read; a person corrects what was read; the calendar,
// the units and what would change beside a campaign of today are shown from the corrected draft; publishing makes the campaign.
//
// Who may: holders of campaigns_publish, on the notices of their own organization; others are told "notice.unknown". The organization
// is the office of the campaign that it publishes. Texts that carry a marking of secrecy are refused (H7) and not kept.
#pragma once

#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "modules/drafts/draft.h"
#include "modules/notices/notices.h"
#include "platform/api/work.h"

namespace anban::campaigns { struct Pack; }

namespace anban::drafts {

BOOST_DEFINE_ENUM_CLASS(NoticeState, draft, published)

struct NamedUnit { std::string said, name; };  // a unit as the words gave it; its full name, empty when it is not asked
BOOST_DESCRIBE_STRUCT(NamedUnit, (), (said, name))

// What a person may change.
struct Corrected {
    std::int64_t version = 0;
    std::string title, doc_number, issuer, addressees;
    std::optional<std::string> issued;                   // 2023-03-10
    std::optional<std::string> period_from, period_to;
    std::vector<notices::Duty> duties;
    std::vector<NamedUnit> names;
};
BOOST_DESCRIBE_STRUCT(Corrected, (), (version, title, doc_number, issuer, addressees, issued, period_from, period_to, duties, names))

struct GroupUnit {
    std::string said, name, level, division;
    bool resolved = false;  // a division bears it, or a person named it
    bool known = false;     // an organization of that full name is there
};
BOOST_DESCRIBE_STRUCT(GroupUnit, (), (said, name, level, division, resolved, known))
struct UnitGroup { std::string words; std::vector<GroupUnit> units; };
BOOST_DESCRIBE_STRUCT(UnitGroup, (), (words, units))

// What was read beside the duties; shown, and taken into the campaign as it was read.
struct AlsoRead {
    std::vector<notices::Paper> papers;
    std::vector<notices::Replaced> replaces;
    std::vector<notices::Phase> phases;
    std::vector<notices::WorkLine> work_lines;
    std::vector<notices::GroupRole> leading_group;
    std::vector<notices::Sector> sectors;
    std::vector<notices::LedgerForm> ledger_columns;
    std::vector<notices::EvaluationPoint> evaluation;
    std::vector<notices::KeyDate> key_dates;
};
BOOST_DESCRIBE_STRUCT(AlsoRead, (), (papers, replaces, phases, work_lines, leading_group, sectors, ledger_columns, evaluation, key_dates))

struct NoticeDraft {
    std::string id;
    std::int64_t version = 0;
    std::string name;
    NoticeState state = NoticeState::draft;
    std::optional<std::string> campaign_id;
    std::string text;
    std::string title, doc_number, issuer, addressees;
    std::optional<std::string> issued, issue_date;       // said by a person; read in the text
    std::optional<std::string> period_from, period_to;
    std::vector<notices::Duty> duties, office_will;
    std::vector<NamedUnit> names;
    std::vector<UnitGroup> groups;
    AlsoRead also_read;
};
BOOST_DESCRIBE_STRUCT(NoticeDraft, (), (id, version, name, state, campaign_id, text, title, doc_number, issuer, addressees, issued, issue_date,
                                        period_from, period_to, duties, office_will, names, groups, also_read))

struct NoticeLine {
    std::string id, name, title;
    NoticeState state = NoticeState::draft;
    std::optional<std::string> campaign_id;
    std::int64_t duties = 0;
    Instant changed_at;
    std::string changed_by;
};
BOOST_DESCRIBE_STRUCT(NoticeLine, (), (id, name, title, state, campaign_id, duties, changed_at, changed_by))
struct NoticeLines { std::vector<NoticeLine> notices; };  // newest change first, 200 at most
BOOST_DESCRIBE_STRUCT(NoticeLines, (), (notices))

// A text that was read and may be kept; nothing is stored yet.
struct ReadNotice {
    std::string name, text;
    std::optional<std::string> issued;
    notices::Extract extract;
};
// bytes: a text in UTF-8 or GB18030, or a docx. Refused: notice.empty, notice.too_large (1 MB of text), what docx_text refuses,
// notice.no_text (a pdf, a picture), attachment.marked_secret, draft.issued (no date).
[[nodiscard]] Result<ReadNotice> read_notice(const std::string& name, std::string_view bytes, const std::optional<std::string>& issued);

// The new notice's id.
[[nodiscard]] Result<std::string> add(Work&, const ReadNotice&);
// Refused: notice.unknown, notice.changed_meanwhile, notice.published, and every fault by its place (attachment.marked_secret too: H7).
[[nodiscard]] Result<Done> correct(Work&, const std::string& id, const Corrected&);
[[nodiscard]] Result<Done> remove(Work&, const std::string& id, std::int64_t version);
[[nodiscard]] Result<NoticeDraft> open(View&, const std::string& id);
[[nodiscard]] NoticeLines list(View&);

struct CalendarLine {
    std::string duty, title;
    std::optional<std::string> due;  // 2023-03-16T17:00+08:00, or 2023-03-13 where no hour is given
    CivilDate window_from, window_to;
    std::int64_t units = 0;
    bool on_rest_day = false;        // before any holiday rule
};
BOOST_DESCRIBE_STRUCT(CalendarLine, (), (duty, title, due, window_from, window_to, units, on_rest_day))
// What keeps the draft from being a campaign, in Chinese, and which of its duties is to be mended (counted from 0).
struct DraftFault { std::string text; std::optional<std::int64_t> duty; };
BOOST_DESCRIBE_STRUCT(DraftFault, (), (text, duty))
struct DraftCalendar { std::vector<CalendarLine> items; std::vector<DraftFault> faults; };
BOOST_DESCRIBE_STRUCT(DraftCalendar, (), (items, faults))

// Every cut-off that follows from the draft, in order.
[[nodiscard]] Result<DraftCalendar> calendar_of(View&, const std::string& id);

BOOST_DEFINE_ENUM_CLASS(ChangeKind, added, dropped, moved, same)
struct MovedDue { std::string slot; std::optional<std::string> before, after; };  // slot "event:": clocks, spelt as in a notice
BOOST_DESCRIBE_STRUCT(MovedDue, (), (slot, before, after))
struct DutyChange {
    std::string title;
    std::optional<std::string> duty;  // of the campaign; none: added
    ChangeKind change = ChangeKind::same;
    std::int64_t moved = 0;
    std::vector<MovedDue> moves;      // the first twelve
    std::vector<std::string> reporters_added, reporters_removed;
};
BOOST_DESCRIBE_STRUCT(DutyChange, (), (title, duty, change, moved, moves, reporters_added, reporters_removed))
struct DutyChanges { std::vector<DutyChange> items; };
BOOST_DESCRIBE_STRUCT(DutyChanges, (), (items))

// The draft beside a campaign that the actor sees: duties are matched by what they ask and how often.
[[nodiscard]] Result<DutyChanges> changes_to(View&, const std::string& id, const std::string& campaign_id);

struct Publishing { std::int64_t version = 0; std::string campaign_id; bool dry_run = false; };
BOOST_DESCRIBE_STRUCT(Publishing, (), (version, campaign_id, dry_run))
struct Published {
    std::string campaign_id;
    std::vector<std::string> organizations_opened;
    std::int64_t reporters = 0;
    std::vector<std::string> duties;
    std::int64_t issued = 0, born_late = 0;  // filings; those whose cut-off has passed
};
BOOST_DESCRIBE_STRUCT(Published, (), (campaign_id, organizations_opened, reporters, duties, issued, born_late))

// The corrected draft as the pack that would be applied: read, checked and built before any transaction. Refused: draft.not_a_pack with
// each fault; draft.days_asked where a damaged day is not settled; draft.too_many (filings); draft.units_open {names} for units that are neither found, named nor there; draft.units_closed;
// draft.units_outside for units that are there and over which the office has no say; what draft() refuses.
struct ReadyCampaign {
    std::string notice_id;
    Publishing asked;
    std::shared_ptr<const campaigns::Pack> pack;
};
[[nodiscard]] Result<ReadyCampaign> ready(View&, const std::string& id, const Publishing&);

// The campaign, in one transaction with the notice's new state. Refused besides: draft.campaign_there, what filings::publish refuses. A
// dry run is the caller's to undo. Units that are not there are opened, as by a pack that the operator applies; the journal tells each.
[[nodiscard]] Result<Published> publish(Work&, const ReadyCampaign&);

}  // namespace anban::drafts
