// What follows from a corrected draft: its calendar, and the campaign.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/codec.h"
#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/campaigns/plan.h"
#include "modules/drafts/desk.h"
#include "modules/drafts/packing.h"
#include "modules/filings/issue.h"
#include "modules/journal/journal.h"

namespace anban::drafts {
namespace {

Refusal unknown() { return {Code::not_found, "notice.unknown", {}, {}, {}}; }

Refusal not_a_pack(const campaigns::LoadedPack& loaded) {
    Refusal out{Code::unprocessable, "draft.not_a_pack", {}, {}, {}};
    for (const auto& error : loaded.errors)
        if (out.errors.size() < 100) out.errors.push_back({"/duties", error.key, error.params});
    return out;
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
    if (!loaded->pack) return out;
    const auto& pack = *loaded->pack;
    // A cut-off may lie after the campaign's days: 次月5日前 of its last month.
    const campaigns::PlanQuestion whole{pack.period.from, pack.period.to + 400, {}};
    std::map<std::pair<const campaigns::Duty*, std::string>, std::size_t> lines;
    for (const auto& filing : campaigns::plan(pack, calendar::Calendar::built_in(), whole).filings) {
        const auto [place, is_new] = lines.emplace(std::pair(filing.duty, filing.slot), out.items.size());
        if (is_new)
            out.items.push_back({filing.duty->id, filing.duty->title, filing.due ? std::optional(campaigns::format_due(*filing.due)) : std::nullopt,
                                 filing.window.from, filing.window.to, 0, filing.on_rest_day});
        ++out.items[place->second].units;
    }
    return out;
}

Result<Published> publish(Work& work, const std::string& id, const Publishing& body) {
    auto kept = store::find(work.db, work.actor.organization_id, id);
    if (!kept) return unknown();
    if (kept->state == NoticeState::published) return Refusal{Code::conflict, "notice.published", {}, {}, {}};
    if (kept->version != body.version) return Refusal{Code::conflict, "notice.changed_meanwhile", {}, {}, {}};
    const auto loaded = packed(work.db, *kept, body.campaign_id);
    if (!loaded) return loaded.refusal();
    if (!loaded->pack) return not_a_pack(*loaded);
    if (is_there(work.db, body.campaign_id)) return Refusal{Code::conflict, "draft.campaign_there", {{"id", body.campaign_id}}, {}, {}};
    const auto report = filings::publish(work, *loaded->pack, campaigns::load_forms(*loaded->pack), calendar::Calendar::built_in());
    if (!report) return report.refusal();
    kept->state = NoticeState::published;
    kept->campaign_id = body.campaign_id;
    if (!store::change(work, *kept)) return Refusal{Code::conflict, "notice.changed_meanwhile", {}, {}, {}};
    journal::record(work, "notice.published", {"notice", id, kept->organization_id}, {{"campaign", body.campaign_id}, {"issued", report->filings.issued}});
    return told(*loaded->pack, *report);
}

}  // namespace anban::drafts
