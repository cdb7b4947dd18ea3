#include "modules/filings/store.h"

#include "core/codec.h"
#include "core/ids.h"

namespace anban::filings::store {
namespace {

db::Value instant(const std::optional<Instant>& at) { return at ? db::Value(at->ms) : db::Value(nullptr); }
db::Value text(const std::optional<std::string>& s) { return s ? db::Value(*s) : db::Value(nullptr); }
db::Value yes(bool b) { return std::int64_t{b}; }
db::Value word(auto e) { return std::string(codec::enum_name(e)); }

std::optional<Instant> instant(const db::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(Instant{row.int64(column)});
}
std::optional<std::string> text(const db::Row& row, int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.string(column));
}
CivilDate date(const db::Row& row, int column) { return parse_date(row.text(column)).value(); }
template <class E> E word(const db::Row& row, int column) { return codec::enum_from<E>(row.text(column)).value(); }

Filing filing(const db::Row& row) {
    return {row.string(0), row.string(1), row.string(2), row.string(3), row.string(4), row.string(5),
            date(row, 6), date(row, 7), Instant{row.int64(8)}, row.int64(9), instant(row, 10), row.string(11)};
}

constexpr const char* kRoutes = R"sql(
    select r.id, r.filing_id, r.campaign_id, r.duty, r.organization_id, r.receiver_id, r.slot, r.window_from, r.window_to,
           r.due_at, r.due_has_hour, r.first_due_at, r.due_reason, r.state, r.amendment, r.nil, r.partial, r.submission_id,
           r.accepted_submission_id, r.first_received_at, r.first_was_empty, r.first_complete_at, r.received_at,
           r.accepted_received_at, r.accepted_at, r.restated, r.version
    from filing_routes r
)sql";

Route route(const db::Row& row) {
    Route r;
    r.id = row.string(0);
    r.filing_id = row.string(1);
    r.campaign_id = row.string(2);
    r.duty = row.string(3);
    r.organization_id = row.string(4);
    r.receiver_id = row.string(5);
    r.slot = row.string(6);
    r.window_from = date(row, 7);
    r.window_to = date(row, 8);
    r.due_at = instant(row, 9);
    r.due_has_hour = row.int64(10) != 0;
    r.first_due_at = instant(row, 11);
    r.due_reason = row.string(12);
    r.at = {word<State>(row, 13), word<Amendment>(row, 14)};
    r.nil = row.int64(15) != 0;
    r.partial = row.int64(16) != 0;
    r.submission_id = text(row, 17);
    r.accepted_submission_id = text(row, 18);
    r.first_received_at = instant(row, 19);
    r.first_was_empty = row.int64(20) != 0;
    r.first_complete_at = instant(row, 21);
    r.received_at = instant(row, 22);
    r.accepted_received_at = instant(row, 23);
    r.accepted_at = instant(row, 24);
    r.restated = row.int64(25) != 0;
    r.version = row.int64(26);
    return r;
}

Event event(const db::Row& row) {
    return {row.string(0), word<Deed>(row, 1), word<State>(row, 2), word<State>(row, 3), text(row, 4), row.string(5),
            row.string(6), row.string(7), Instant{row.int64(8)}, row.string(9), row.string(10)};
}

SubmissionHead head(const db::Row& row) {
    return {row.string(0), row.string(1), row.int64(2), row.string(3), row.string(4), row.int64(5) != 0, row.int64(6) != 0,
            row.int64(7) != 0, text(row, 8), row.string(9), text(row, 10), row.string(11), row.string(12), Instant{row.int64(13)}};
}

Submission submission(const db::Row& row) { return {head(row), row.string(14)}; }

template <class Read>
auto first(db::Connection& db, const db::Sql& sql, const db::Values& values, Read read) {
    std::optional<decltype(read(std::declval<const db::Row&>()))> found;
    db.each(sql, values, [&](const db::Row& row) { if (!found) found = read(row); });
    return found;
}

template <class Read>
auto all(db::Connection& db, const db::Sql& sql, const db::Values& values, Read read) {
    std::vector<decltype(read(std::declval<const db::Row&>()))> found;
    db.each(sql, values, [&](const db::Row& row) { found.push_back(read(row)); });
    return found;
}

void update_route(db::Connection& db, const Route& r) {
    const auto changed = db.run({"filings.update_route", R"sql(
        update filing_routes
        set due_at = $2, due_has_hour = $3, due_reason = $4, state = $5, amendment = $6, nil = $7, partial = $8,
            submission_id = $9, accepted_submission_id = $10, first_received_at = $11, first_was_empty = $12,
            first_complete_at = $13, received_at = $14, accepted_received_at = $15, accepted_at = $16, restated = $17,
            version = version + 1
        where id = $1 and version = $18
    )sql"}, {r.id, instant(r.due_at), yes(r.due_has_hour), r.due_reason, word(r.at.state), word(r.at.amendment), yes(r.nil),
             yes(r.partial), text(r.submission_id), text(r.accepted_submission_id), instant(r.first_received_at),
             yes(r.first_was_empty), instant(r.first_complete_at), instant(r.received_at), instant(r.accepted_received_at),
             instant(r.accepted_at), yes(r.restated), r.version});
    if (changed != 1) throw db::ConstraintFailure("route " + r.id + " moved under a deed that held its filing");
}

}  // namespace

void hold(db::Connection& db, std::string_view filing_id) {
    db.run_along({"filings.hold", "update filings set version = version where id = $1"}, {std::string(filing_id)});
}

std::optional<Filing> find(db::Connection& db, std::string_view id) {
    return first(db, {"filings.find", R"sql(
        select id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, issued_at, version,
               event_at, event_name
        from filings
        where id = $1
    )sql"}, {std::string(id)}, filing);
}

std::optional<Filing> find_and_hold(db::Connection& db, std::string_view id) {
    return first(db, {"filings.find_and_hold", R"sql(
        update filings
        set version = version
        where id = $1
        returning id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, issued_at, version,
               event_at, event_name
    )sql"}, {std::string(id)}, filing);
}

std::optional<Filing> find_by_slot(db::Connection& db, std::string_view campaign_id, std::string_view duty,
                                   std::string_view organization_id, std::string_view slot) {
    return first(db, {"filings.find_by_slot", R"sql(
        select id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, issued_at, version,
               event_at, event_name
        from filings
        where campaign_id = $1 and duty = $2 and organization_id = $3 and slot = $4
    )sql"}, {std::string(campaign_id), std::string(duty), std::string(organization_id), std::string(slot)}, filing);
}

std::optional<Route> find_route(db::Connection& db, std::string_view id) {
    static const std::string sql = std::string(kRoutes) + "where r.id = $1";
    return first(db, {"filings.find_route", sql.c_str()}, {std::string(id)}, route);
}

std::vector<Route> routes_of(db::Connection& db, std::string_view filing_id) {
    static const std::string sql = std::string(kRoutes) + "where r.filing_id = $1 order by r.id";
    return all(db, {"filings.routes_of", sql.c_str()}, {std::string(filing_id)}, route);
}

std::vector<Route> list_routes(db::Connection& db, const std::string& name, const std::string& conditions, const db::Values& values) {
    std::vector<Route> found;
    db.each_built(name, kRoutes + ("where 1 = 1 " + conditions), values, [&](const db::Row& row) { found.push_back(route(row)); });
    return found;
}

void add(db::Connection& db, const Filing& f) {
    db.run_along({"filings.add", R"sql(
        insert into filings (id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, applies,
                             applies_reason, issued_at, version, event_at, event_name)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'owed', '', $9, 1, $10, $11)
    )sql"}, {f.id, f.campaign_id, f.duty, f.duty_version_id, f.organization_id, f.slot, format_date(f.window_from),
             format_date(f.window_to), f.issued_at.ms, instant(f.event_at), f.event_name});
}

void add_route(db::Connection& db, const Route& r) {
    db.run_along({"filings.add_route", R"sql(
        insert into filing_routes (id, filing_id, campaign_id, duty, organization_id, receiver_id, slot, window_from, window_to,
                                   due_at, due_has_hour, first_due_at, due_reason, state, amendment, nil, partial,
                                   first_was_empty, restated, version)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $12, 'expected', 'none', 0, 0, 0, 0, 1)
    )sql"}, {r.id, r.filing_id, r.campaign_id, r.duty, r.organization_id, r.receiver_id, r.slot, format_date(r.window_from),
             format_date(r.window_to), instant(r.due_at), yes(r.due_has_hour), r.due_reason});
}

void move(Work& work, Route& r, State before, Deed deed, const Said& said) {
    update_route(work.db, r);
    ++r.version;
    work.db.run_along({"filings.lift", "update filings set version = version + 1 where id = $1"}, {r.filing_id});
    work.db.run_along({"filings.add_event", R"sql(
        insert into route_events (id, route_id, filing_id, deed, from_state, to_state, submission_id, person_id, actor_name,
                                  organization_id, at, reason, anchors)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    )sql"}, {new_id(work.now), r.id, r.filing_id, word(deed), word(before), word(r.at.state), text(r.submission_id),
             work.actor.person_id, work.actor.name, work.actor.organization_id, work.now.ms, said.reason, said.anchors});
}

std::vector<Event> events_of(db::Connection& db, std::string_view route_id) {
    return all(db, {"filings.events_of", R"sql(
        select id, deed, from_state, to_state, submission_id, person_id, actor_name, organization_id, at, reason, anchors
        from route_events
        where route_id = $1
        order by id
    )sql"}, {std::string(route_id)}, event);
}

std::optional<Event> last_event(db::Connection& db, std::string_view route_id, Deed deed) {
    return first(db, {"filings.last_event", R"sql(
        select id, deed, from_state, to_state, submission_id, person_id, actor_name, organization_id, at, reason, anchors
        from route_events
        where route_id = $1 and deed = $2
        order by id desc
        limit 1
    )sql"}, {std::string(route_id), word(deed)}, event);
}

Draft find_draft(db::Connection& db, std::string_view filing_id) {
    const auto found = first(db, {"filings.find_draft", R"sql(
        select content, saved_by_name, saved_at, version
        from drafts
        where filing_id = $1
    )sql"}, {std::string(filing_id)}, [](const db::Row& row) {
        return Draft{row.string(0), row.string(1), Instant{row.int64(2)}, row.int64(3)};
    });
    return found.value_or(Draft{});
}

bool save_draft(Work& work, std::string_view filing_id, const std::string& content, std::int64_t version) {
    if (version != 0)
        return work.db.run({"filings.save_draft", R"sql(
            update drafts
            set content = $2, saved_by = $3, saved_by_name = $4, saved_at = $5, version = version + 1
            where filing_id = $1 and version = $6
        )sql"}, {std::string(filing_id), content, work.actor.person_id, work.actor.name, work.now.ms, version}) != 0;
    return work.db.run({"filings.begin_draft", R"sql(
        insert into drafts (filing_id, content, saved_by, saved_by_name, saved_at, version)
        values ($1, $2, $3, $4, $5, 1)
        on conflict (filing_id) do nothing
    )sql"}, {std::string(filing_id), content, work.actor.person_id, work.actor.name, work.now.ms}) != 0;
}

void refit_draft(db::Connection& db, std::string_view filing_id, const std::string& content) {
    db.run_along({"filings.refit_draft", "update drafts set content = $2, version = version + 1 where filing_id = $1"}, {std::string(filing_id), content});
}

std::optional<Submission> find_submission(db::Connection& db, std::string_view id) {
    return first(db, {"filings.find_submission", R"sql(
        select id, filing_id, number, digest, receipt_number, nil, partial, empty, amends, amend_reason, amend_approved_by,
               submitted_by, submitted_by_name, received_at, content
        from submissions
        where id = $1
    )sql"}, {std::string(id)}, submission);
}

std::optional<Submission> find_submission(db::Connection& db, std::string_view filing_id, std::int64_t number) {
    return first(db, {"filings.find_version", R"sql(
        select id, filing_id, number, digest, receipt_number, nil, partial, empty, amends, amend_reason, amend_approved_by,
               submitted_by, submitted_by_name, received_at, content
        from submissions
        where filing_id = $1 and number = $2
    )sql"}, {std::string(filing_id), number}, submission);
}

std::optional<SubmissionHead> find_submission_head(db::Connection& db, std::string_view id) {
    return first(db, {"filings.find_submission_head", R"sql(
        select id, filing_id, number, digest, receipt_number, nil, partial, empty, amends, amend_reason, amend_approved_by,
               submitted_by, submitted_by_name, received_at
        from submissions
        where id = $1
    )sql"}, {std::string(id)}, head);
}

std::vector<SubmissionHead> submissions_of(db::Connection& db, std::string_view filing_id) {
    return all(db, {"filings.submissions_of", R"sql(
        select id, filing_id, number, digest, receipt_number, nil, partial, empty, amends, amend_reason, amend_approved_by,
               submitted_by, submitted_by_name, received_at
        from submissions
        where filing_id = $1
        order by number
    )sql"}, {std::string(filing_id)}, head);
}

void add_submission(db::Connection& db, const Submission& s) {
    db.run_along({"filings.add_submission", R"sql(
        insert into submissions (id, filing_id, number, content, digest, receipt_number, nil, partial, empty, amends,
                                 amend_reason, amend_approved_by, submitted_by, submitted_by_name, received_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    )sql"}, {s.id, s.filing_id, s.number, s.content, s.digest, s.receipt_number, yes(s.nil), yes(s.partial), yes(s.empty),
             text(s.amends), s.amend_reason, text(s.amend_approved_by), s.submitted_by, s.submitted_by_name, s.received_at.ms});
}

std::int64_t next_submission_number(db::Connection& db, std::string_view filing_id) {
    return 1 + db.count({"filings.last_number", "select coalesce(max(number), 0) from submissions where filing_id = $1"}, {std::string(filing_id)});
}

bool stands_in_another(db::Connection& db, std::string_view filing_id, std::string_view item_id) {
    return db.exists({"filings.stands_in_another", R"sql(
        select 1
        from items i
        join filing_routes r on r.filing_id = i.filing_id
        where i.id = $2 and i.filing_id <> $1
          and (r.state in ('submitted', 'accepted', 'returned') or r.accepted_submission_id is not null)
    )sql"}, {std::string(filing_id), std::string(item_id)});
}

void bind_items(db::Connection& db, std::string_view filing_id, const std::vector<std::string>& item_ids) {
    db.run_along({"filings.free_items", R"sql(
        update items
        set filing_id = null
        where filing_id = $1
          and not exists (select 1 from filing_routes r where r.filing_id = $1 and r.accepted_submission_id is not null)
    )sql"}, {std::string(filing_id)});
    for (const auto& id : item_ids)
        db.run_along({"filings.bind_item", "update items set filing_id = $2 where id = $1"}, {id, std::string(filing_id)});
}

}  // namespace anban::filings::store
