#include "modules/filings/issue_store.h"

#include <algorithm>

#include "core/codec.h"

namespace anban::filings::store {

std::map<std::string, Life> lives_of(db::Connection& db, std::string_view campaign_id) {
    std::map<std::string, Life> found;
    db.each({"filings.lives_of", R"sql(
        select o.id, o.name, o.opened_on, o.closed_on
        from organizations o
        where o.id in (select r.organization_id from campaign_reporters r where r.campaign_id = $1)
    )sql"}, {std::string(campaign_id)}, [&](const db::Row& row) {
        found[row.string(0)] = {row.string(1), parse_date(row.text(2)).value(), row.is_null(3) ? std::nullopt : parse_date(row.text(3))};
    });
    return found;
}

std::vector<std::string> duties_with_filings(db::Connection& db, std::string_view campaign_id) {
    std::vector<std::string> found;
    db.each({"filings.duties_with_filings", "select distinct duty from duty_versions where campaign_id = $1 order by duty"},
            {std::string(campaign_id)}, [&](const db::Row& row) { found.push_back(row.string(0)); });
    return found;
}

std::vector<Issued> issued(db::Connection& db, std::string_view campaign_id, std::string_view duty) {
    std::vector<Issued> found;
    db.each({"filings.issued", R"sql(
        select r.id, r.filing_id, r.organization_id, r.receiver_id, r.slot, r.window_to, r.due_at, r.state,
               r.first_received_at, f.applies, f.duty_version_id,
               (select count(*) from route_events e where e.route_id = r.id and e.deed = 'extend')
        from filing_routes r
        join filings f on f.id = r.filing_id
        where r.campaign_id = $1 and r.duty = $2
        order by r.id
    )sql"}, {std::string(campaign_id), std::string(duty)}, [&](const db::Row& row) {
        Issued one;
        one.route_id = row.string(0);
        one.filing_id = row.string(1);
        one.duty = duty;
        one.organization_id = row.string(2);
        one.receiver_id = row.string(3);
        one.slot = row.string(4);
        one.window_to = parse_date(row.text(5)).value();
        if (!row.is_null(6)) one.due_at = Instant{row.int64(6)};
        one.state = codec::enum_from<State>(row.text(7)).value();
        one.received = !row.is_null(8);
        one.applies = row.string(9);
        one.duty_version_id = row.string(10);
        one.extended = row.int64(11) != 0;
        found.push_back(std::move(one));
    });
    return found;
}

std::int64_t follow_version(db::Connection& db, std::string_view filing_id, std::string_view duty_version_id, CivilDate window_from,
                            CivilDate window_to) {
    const auto changed = db.run({"filings.follow_version", R"sql(
        update filings
        set duty_version_id = $2, window_from = $3, window_to = $4, version = version + 1
        where id = $1 and duty_version_id <> $2
          and not exists (select 1 from filing_routes r where r.filing_id = filings.id and r.first_received_at is not null)
    )sql"}, {std::string(filing_id), std::string(duty_version_id), format_date(window_from), format_date(window_to)});
    if (changed != 0)
        db.run({"filings.follow_window", "update filing_routes set window_from = $2, window_to = $3 where filing_id = $1"},
               {std::string(filing_id), format_date(window_from), format_date(window_to)});
    return changed;
}

std::int64_t freeze_due(db::Connection& db, std::string_view route_id, const std::optional<Instant>& due, bool has_hour) {
    return db.run({"filings.freeze_due", R"sql(
        update filing_routes
        set due_at = $2, due_has_hour = $3, version = version + 1
        where id = $1 and first_received_at is null
    )sql"}, {std::string(route_id), due ? db::Value(due->ms) : db::Value(nullptr), std::int64_t{has_hour}});
}

Instant known_from(db::Connection& db, std::string_view campaign_id, std::string_view duty) {
    Instant at;
    const auto day = [&](const db::Row& row) {
        if (const auto first = row.is_null(0) ? std::nullopt : parse_date(row.text(0))) at = std::max(at, beijing_instant(*first));
    };
    db.each({"filings.first_published", "select min(valid_from) from duty_versions where campaign_id = $1 and duty = $2"},
            {std::string(campaign_id), std::string(duty)}, day);
    db.each({"filings.notice", R"sql(
        select content from pack_versions where campaign_id = $1 order by number desc limit 1
    )sql"}, {std::string(campaign_id)}, [&](const db::Row& row) {
        const auto pack = json::parse(row.text(0));
        const auto* notice = pack && pack->is_object() ? pack->as_object().if_contains("notice") : nullptr;
        const auto* issued = notice && notice->is_object() ? notice->as_object().if_contains("issued") : nullptr;
        if (issued && issued->is_string())
            if (const auto first = parse_date(issued->as_string())) at = std::max(at, beijing_instant(*first));
    });
    return at;
}

CivilDate campaign_begins(db::Connection& db, std::string_view campaign_id) {
    CivilDate from;
    db.each({"filings.campaign_begins", "select period_from from campaigns where id = $1"}, {std::string(campaign_id)},
            [&](const db::Row& row) { from = parse_date(row.text(0)).value(); });
    return from;
}

std::int64_t begun_on(db::Connection& db, std::string_view campaign_id, std::string_view duty, std::string_view organization_id, CivilDate day) {
    db.run_along({"filings.hold_reporter", R"sql(
        update campaign_reporters set sort_order = sort_order where campaign_id = $1 and organization_id = $2
    )sql"}, {std::string(campaign_id), std::string(organization_id)});
    return db.count({"filings.begun_on", R"sql(
        select count(*) from filings where campaign_id = $1 and duty = $2 and organization_id = $3 and window_from = $4
    )sql"}, {std::string(campaign_id), std::string(duty), std::string(organization_id), format_date(day)});
}

void set_applies(db::Connection& db, std::string_view filing_id, std::string_view applies, std::string_view reason) {
    db.run({"filings.set_applies", "update filings set applies = $2, applies_reason = $3 where id = $1"},
           {std::string(filing_id), std::string(applies), std::string(reason)});
}

}  // namespace anban::filings::store
