// Public: filing rows from duties: made when a pack is applied and by the daily job, 35 days ahead of their windows. Idempotent: the
// key (campaign, duty, organization, slot) makes a row at most once, and what changed in the pack or in the structure since is
// followed only where nothing was handed in yet and the due has not passed. History stays.
#pragma once

#include <boost/describe.hpp>
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

// A filing for a duty on event (a typical case, H6): begun by the reporter when there is something to report. No due.
// Refused: not_found outside the campaign, "filing.duty_not_on_event", forbidden for who does not report this duty, and
// "filing.too_many_events" from the kMostEventsADay-th of one duty that the organization began on one Beijing day.
constexpr std::int64_t kMostEventsADay = 50;
struct Beginning { std::string campaign_id; std::string duty; };
[[nodiscard]] Result<RouteNow> begin_event(Work&, const Beginning&);

}  // namespace anban::filings
