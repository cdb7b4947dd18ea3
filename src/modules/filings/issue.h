// Public: filing rows from duties: made when a pack is applied and by the daily job, 35 days ahead of their windows. Idempotent: the
// key (campaign, duty, organization, slot) makes a row at most once, and what changed in the pack or in the structure since is
// followed only where nothing was handed in yet and the due has not passed. History stays.
#pragma once

#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <vector>

#include "modules/campaigns/campaigns.h"
#include "modules/filings/filings.h"

namespace anban::filings {

constexpr int kDaysAhead = 35;

// One route that was touched, by name.
struct IssuedLine {
    std::string duty;
    std::string organization;
    std::string slot;
    std::string before;  // of a moved due: the instant it was, '' for none; else ''
    std::string after;
};
BOOST_DESCRIBE_STRUCT(IssuedLine, (), (duty, organization, slot, before, after))

struct IssueReport {
    std::int64_t issued = 0;             // filings
    std::int64_t dues_moved = 0;         // routes
    std::int64_t versions_followed = 0;  // filings that now follow a newer version of their duty
    std::int64_t released = 0;           // filings that are not applicable any more, with the reason
    std::int64_t reinstated = 0;         // filings owed again
    std::int64_t born_late = 0;          // routes that are not issued: below
    std::vector<IssuedLine> moved;       // the first 500 of each
    std::vector<IssuedLine> released_lines;
    std::vector<IssuedLine> born_late_lines;  // before: the due
};
BOOST_DESCRIBE_STRUCT(IssueReport, (), (issued, dues_moved, versions_followed, released, reinstated, born_late, moved, released_lines, born_late_lines))

// Brings the filings of one campaign to what its present duties, its reporters and the organizations' lives say. One journal
// line when anything changed. today: the business clock's Beijing date.
//
// A duty of ours by which a reporter collects from the level below may have a cut-off, some workdays ahead, that lies before the notice or
// before the duty was first published: nobody could have kept it. Such a filing is never born overdue. Where the report that it feeds is
// still to come it is owed without a cut-off ("filing.reason_no_cut_off"), so that running totals begin at the beginning; where that one
// is past too, nothing is issued, and the report names it ("filing.reason_born_late"). A plan prints what the pack says.
[[nodiscard]] IssueReport issue_campaign(Work&, const std::string& campaign_id, CivilDate today);

// The daily job over all campaigns; also to be run after organizations changed.
[[nodiscard]] IssueReport issue_due_filings(Work&, CivilDate today);

// A pack in one deed: campaigns::apply, then its filings. Run it in a transaction that is undone for a dry run: the report is
// then exactly what would be done.
struct PublishReport {
    campaigns::ApplyReport pack;
    IssueReport filings;
};
BOOST_DESCRIBE_STRUCT(PublishReport, (), (pack, filings))
[[nodiscard]] Result<PublishReport> publish(Work&, const campaigns::Pack&, const std::vector<campaigns::FormInPack>&,
                                            const calendar::Calendar&);

// A filing for a duty on event: begun by the reporter when there is something to report (a typical case, H6; an accident). Where the
// duty has a clock, event_at says when the event was or will be, to the minute, and each receiver's due follows from it (schedule.h).
// It is the reporter's word, as on paper: kept with the filing, written into the journal, shown to who receives; when the report itself
// arrived is never asked (anchor-failures 5). A wrong instant is mended by the receiver: not applicable, and begun anew.
// Refused: not_found outside the campaign and for who does not report this duty, "filing.duty_not_on_event",
// "filing.event_instant_missing" where a clock wants one, "filing.event_ahead" more than ten minutes from now unless the duty is due
// before the event, "filing.event_too_far" in more than ten years, "filing.event_before_campaign", "filing.event_name_too_long" past
// 60 characters, "filing.marked_secret" (H7), and "filing.too_many_events" from the kMostEventsADay-th of one duty that the organization
// began on one Beijing day. A due that rests on a year that the calendar lacks carries that warning as its reason.
constexpr std::int64_t kMostEventsADay = 50;
struct Beginning {
    std::string campaign_id;
    std::string duty;
    std::optional<Instant> event_at;
    std::string name;  // of the event, short; may be empty
};
[[nodiscard]] Result<RouteNow> begin_event(Work&, const Beginning&, const calendar::Calendar&);

// What begin_event would make of it, with the same refusals, but for the number of the day.
struct EventDue {
    std::string receiver_id;
    std::string receiver;
    std::optional<Instant> due_at;
    bool due_has_hour = false;
    std::optional<campaigns::EventClock> clock;
};
BOOST_DESCRIBE_STRUCT(EventDue, (), (receiver_id, receiver, due_at, due_has_hour, clock))
struct EventDues {
    std::vector<EventDue> dues;               // one for each receiver
    std::vector<std::int64_t> missing_years;  // that the calendar lacks and that a due rests on: warn
};
BOOST_DESCRIBE_STRUCT(EventDues, (), (dues, missing_years))
[[nodiscard]] Result<EventDues> event_dues(View&, const Beginning&, const calendar::Calendar&);

}  // namespace anban::filings
