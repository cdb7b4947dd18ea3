#include "app/migrations.h"

#include <array>

namespace anban {
namespace {

// Instants are {int64} milliseconds UTC; civil dates are {key} text "2023-03-16"; yes and no are 0 and 1. Text columns are
// never null where an empty text would mean the same. Every table that people change carries a version.
constexpr const char* kFirst = R"sql(
create table divisions (
    code {key} primary key,
    name text not null,
    level {key} not null,                 -- province, city, county, zone, town, town_like
    parent {key} not null                 -- '' at the top
){strict};
create index divisions_by_parent on divisions (parent, code);

create table organizations (
    id {key} primary key,
    name text not null,                   -- full official name, as now
    short_name text not null,
    kind {key} not null,                  -- committee_office, department, bureau, sector_committee, town, enterprise, ...
    level {key} not null,                 -- province, city, county, town, enterprise
    division_code {key} not null,         -- '' when it stands for no division
    credit_code {key} not null,
    sort_order {int64} not null,          -- official order; never pinyin
    opened_on {key} not null,
    closed_on {key},                      -- first day on which it is no longer open
    merged_into {key},
    version {int64} not null
){strict};
create index organizations_by_name on organizations (name);

create table organization_names (
    organization_id {key} not null references organizations (id),
    name text not null,
    short_name text not null,
    valid_from {key} not null,
    valid_to {key},
    primary key (organization_id, valid_from)
){strict};

create table organization_edges (
    id {key} primary key,
    kind {key} not null,                  -- place, sector, committee
    child {key} not null references organizations (id),
    parent {key} not null references organizations (id),
    valid_from {key} not null,
    valid_to {key}
){strict};
create index organization_edges_by_child on organization_edges (kind, child, valid_from);
create index organization_edges_by_parent on organization_edges (kind, parent, valid_from);

create table organization_paths (         -- as of today; every organization is its own ancestor at depth 0
    kind {key} not null,
    ancestor {key} not null references organizations (id),
    descendant {key} not null references organizations (id),
    depth {int64} not null,
    primary key (kind, ancestor, descendant)
){strict};
create index organization_paths_up on organization_paths (kind, descendant, depth);

create table persons (
    id {key} primary key,
    name text not null,
    phone text not null,
    email text not null,
    created_at {int64} not null,
    version {int64} not null
){strict};

create table accounts (
    id {key} primary key,
    person_id {key} not null references persons (id),
    login {key} not null unique,
    password_hash text not null,
    must_change_password {int64} not null,
    failures {int64} not null,            -- in a row, since the last success
    failed_at {int64} not null,           -- real clock; how long to wait follows from both
    disabled_at {int64},
    created_at {int64} not null,
    version {int64} not null
){strict};
create index accounts_by_person on accounts (person_id);

create table posts (
    id {key} primary key,
    person_id {key} not null references persons (id),
    organization_id {key} not null references organizations (id),
    role {key} not null,
    title text not null,                  -- as shown: 株洲市住建局联络员
    valid_from {int64} not null,
    valid_to {int64}
){strict};
create index posts_by_person on posts (person_id, valid_from);
create index posts_by_organization on posts (organization_id, role);

create table sessions (                   -- real clock throughout
    token_hash {key} primary key,         -- SHA-256 of the cookie; the cookie itself is nowhere
    account_id {key} not null references accounts (id),
    post_id {key} not null references posts (id),
    csrf_token {key} not null,
    created_at {int64} not null,
    seen_at {int64} not null,
    expires_at {int64} not null,
    address text not null,
    agent text not null,
    ended_at {int64}
){strict};
create index sessions_by_account on sessions (account_id, created_at);

create table sign_in_budgets (            -- failures by address
    address {key} primary key,
    window_start {int64} not null,
    failures {int64} not null
){strict};

create table known_devices (
    account_id {key} not null references accounts (id),
    device_hash {key} not null,
    created_at {int64} not null,
    primary key (account_id, device_hash)
){strict};

create table attachments (
    id {key} primary key,
    sha256 {key} not null,
    name text not null,                   -- data only; the file is stored under its hash
    type {key} not null,                  -- by content
    size {int64} not null,
    paper {key} not null,                 -- e_copy, stamped_scan, picture
    organization_id {key} not null references organizations (id),
    uploaded_by {key} not null,
    uploaded_at {int64} not null
){strict};
create index attachments_by_hash on attachments (sha256);

create table blocked_uploads (            -- what a marking stopped: the content is deleted, not kept (H7)
    id {key} primary key,
    name text not null,
    size {int64} not null,
    rule {key} not null,
    place text not null,
    organization_id {key} not null,
    person_id {key} not null,
    at {int64} not null
){strict};

create table campaigns (
    id {key} primary key,                 -- the pack's id
    title text not null,
    office {key} not null references organizations (id),  -- the receiver
    period_from {key} not null,
    period_to {key} not null,
    pack_version {int64} not null,
    version {int64} not null
){strict};

create table pack_versions (
    campaign_id {key} not null references campaigns (id),
    number {int64} not null,
    digest {key} not null,
    content text not null,                -- the pack as JSON
    applied_at {int64} not null,
    applied_by {key} not null,
    primary key (campaign_id, number)
){strict};

create table campaign_reporters (         -- reports_to of one campaign: totals follow it
    campaign_id {key} not null references campaigns (id),
    organization_id {key} not null references organizations (id),
    receiver_id {key} not null references organizations (id),
    groups text not null,                 -- names of the reporter groups, joined by ','
    level {key} not null,
    sort_order {int64} not null,
    valid_from {key} not null,
    valid_to {key},
    primary key (campaign_id, organization_id, receiver_id, valid_from)
){strict};
create index campaign_reporters_by_receiver on campaign_reporters (campaign_id, receiver_id, sort_order);

create table duty_versions (
    id {key} primary key,
    campaign_id {key} not null references campaigns (id),
    duty {key} not null,                  -- the pack's id of the duty: the series
    number {int64} not null,
    definition text not null,             -- JSON
    valid_from {key} not null,            -- filings issued from this day on follow it
    valid_to {key},
    unique (campaign_id, duty, number)
){strict};

create table form_versions (
    digest {key} primary key,             -- over the canonical JSON of the definition
    campaign_id {key} not null references campaigns (id),
    form {key} not null,
    definition text not null,
    created_at {int64} not null
){strict};

create table filings (
    id {key} primary key,
    campaign_id {key} not null references campaigns (id),
    duty {key} not null,
    duty_version_id {key} not null references duty_versions (id),
    organization_id {key} not null references organizations (id),
    slot {key} not null,                  -- 2023-03, 2023-W11, 2023-01-01..2023-02-28, once, event:<id>
    window_from {key} not null,
    window_to {key} not null,
    applies {key} not null,               -- owed, not_applicable, excused
    applies_reason text not null,
    issued_at {int64} not null,
    version {int64} not null,
    unique (campaign_id, duty, organization_id, slot)
){strict};
create index filings_by_organization on filings (organization_id, campaign_id, slot);

create table filing_routes (              -- one filing on its way to one receiver; the states live here
    id {key} primary key,
    filing_id {key} not null references filings (id),
    campaign_id {key} not null,
    duty {key} not null,
    organization_id {key} not null,
    receiver_id {key} not null references organizations (id),
    slot {key} not null,
    window_from {key} not null,
    window_to {key} not null,
    due_at {int64},                       -- last instant on time, inclusive; frozen at issue; null: no day given
    due_has_hour {int64} not null,
    first_due_at {int64},                 -- as first issued; stays when due_at moves
    due_reason text not null,             -- why it moved since (extension), '' otherwise
    state {key} not null,                 -- expected, draft, submitted, accepted, returned, withdrawn, not_applicable, excused
    amendment {key} not null,             -- after acceptance: none, asked, granted
    nil {int64} not null,
    partial {int64} not null,
    submission_id {key},                  -- the newest handed in
    accepted_submission_id {key},         -- the authoritative one
    first_received_at {int64},            -- of the first receipt
    first_was_empty {int64} not null,
    first_complete_at {int64},            -- of the first receipt neither empty nor partial: the one that lateness counts
    received_at {int64},                  -- of the newest receipt
    accepted_received_at {int64},         -- receipt of the accepted version
    accepted_at {int64},
    restated {int64} not null,            -- accepted again after an amendment
    version {int64} not null,
    unique (filing_id, receiver_id)
){strict};
-- all that the matrix counts, so that it is counted without a row being read
create index filing_routes_matrix on filing_routes (campaign_id, duty, receiver_id, slot, state, due_at, nil, first_complete_at,
                                                    accepted_received_at, organization_id);
create index filing_routes_by_unit on filing_routes (organization_id, state, due_at);
create index filing_routes_by_row on filing_routes (campaign_id, duty, organization_id, receiver_id, window_to);
create index filing_routes_by_receiver on filing_routes (receiver_id, state, received_at);

create table route_events (               -- every transition, never changed
    id {key} primary key,
    route_id {key} not null references filing_routes (id),
    filing_id {key} not null references filings (id),
    deed {key} not null,
    from_state {key} not null,
    to_state {key} not null,
    submission_id {key},
    person_id {key} not null,
    actor_name text not null,
    organization_id {key} not null,
    at {int64} not null,
    reason text not null,
    anchors text not null                 -- JSON [{"path": "statistics:r1.c3", "note": "..."}]
){strict};
create index route_events_by_route on route_events (route_id, id);

create table drafts (
    filing_id {key} primary key references filings (id),
    content text not null,                -- JSON, parts by id
    saved_by {key} not null,
    saved_by_name text not null,
    saved_at {int64} not null,
    version {int64} not null
){strict};

create table submissions (
    id {key} primary key,
    filing_id {key} not null references filings (id),
    number {int64} not null,              -- 1, 2, 3 ... never overwritten
    content text not null,                -- canonical JSON bytes with the attachments' hashes
    digest {key} not null,                -- SM3 over exactly these bytes
    receipt_number {key} not null unique,
    nil {int64} not null,
    partial {int64} not null,
    empty {int64} not null,
    amends {key},                         -- the accepted submission that this one amends
    amend_reason text not null,
    amend_approved_by {key},
    submitted_by {key} not null,
    submitted_by_name text not null,
    received_at {int64} not null,         -- business clock, arrival of the last byte
    original_at {int64},                  -- an import keeps the original time apart from its own
    unique (filing_id, number)
){strict};

create table table_vectors (              -- cells of an accepted table part: one row (decisions.md 11)
    id {key} primary key,
    campaign_id {key} not null,
    duty {key} not null,
    part {key} not null,
    form_digest {key} not null references form_versions (digest),
    slot {key} not null,
    organization_id {key} not null,
    receiver_id {key} not null,
    filing_id {key} not null references filings (id),
    submission_id {key} not null references submissions (id),
    cells {bytes} not null,
    accepted_at {int64} not null,
    replaced_at {int64}
){strict};
create index table_vectors_by_slot on table_vectors (campaign_id, duty, part, slot, receiver_id, organization_id, accepted_at);
create index table_vectors_by_filing on table_vectors (filing_id, part, replaced_at);

create table items (
    id {key} primary key,
    campaign_id {key} not null references campaigns (id),
    duty {key} not null,
    part {key} not null,
    kind {key} not null,                  -- news_item, typical_case, good_practice, ...
    category {key} not null,              -- of the form; '' when it has none
    organization_id {key} not null references organizations (id),
    origin_id {key} not null references organizations (id),  -- the county whose item a city passes up (H10)
    title text not null,
    body text not null,                   -- JSON of the editor, or plain paragraphs
    happened_on {key} not null,
    state {key} not null,                 -- draft, handed_in, returned, withdrawn
    filing_id {key},                      -- when it travels inside a filing
    handed_in_at {int64},
    return_reason text not null,
    created_by {key} not null,
    created_at {int64} not null,
    version {int64} not null
){strict};
create index items_by_unit on items (campaign_id, duty, organization_id, handed_in_at);
create index items_by_filing on items (filing_id);

create table item_pictures (
    item_id {key} not null references items (id),
    attachment_id {key} not null references attachments (id),
    position {int64} not null,
    caption text not null,
    primary key (item_id, position)
){strict};

create table calendar_overrides (
    day {key} primary key,
    kind {key} not null,                  -- holiday, workday
    name text not null,
    version {int64} not null
){strict};

create table settings (
    name {key} primary key,
    content text not null,
    version {int64} not null
){strict};

create table counters (                   -- document numbers and receipts
    name {key} primary key,
    value {int64} not null
){strict};

create table idempotency_keys (
    person_id {key} not null,
    name {key} not null,
    endpoint {key} not null,
    digest {key} not null,                -- of the request's body
    status {int64} not null,
    answer text not null,
    at {int64} not null,
    primary key (person_id, name)
){strict};

create table journal (
    writer {key} not null,                -- the chain
    number {int64} not null,
    at {int64} not null,                  -- business clock
    real_at {int64} not null,             -- machine's clock
    person_id {key} not null,
    actor_name text not null,
    organization_id {key} not null,
    role {key} not null,
    address text not null,
    request_id {key} not null,
    deed {key} not null,                  -- filing.handed_in
    object_kind {key} not null,
    object_id {key} not null,
    object_organization_id {key} not null,  -- '' when it belongs to none; scope of reading
    outcome {key} not null,               -- done, refused
    detail text not null,                 -- JSON: before and after
    hash {key} not null,                  -- SM3 over the previous hash and this row
    primary key (writer, number)
){strict};
create index journal_by_time on journal (real_at, writer, number);
create index journal_by_object on journal (object_kind, object_id, real_at);
create index journal_by_organization on journal (object_organization_id, real_at);

create table journal_heads (
    writer {key} primary key,
    number {int64} not null,
    hash {key} not null
){strict};
)sql";

constexpr const char* kWhoSees = R"sql(
create table attachment_uses (           -- handed in with: from then on seen by whoever sees that
    attachment_id {key} not null references attachments (id),
    kind {key} not null,                  -- filing, item
    object_id {key} not null,
    campaign_id {key} not null references campaigns (id),
    organization_id {key} not null references organizations (id),  -- who handed it in
    first_day {key} not null,             -- the days that it speaks of
    last_day {key} not null,
    primary key (attachment_id, kind, object_id)
){strict};
create index campaign_reporters_by_receiver_alone on campaign_reporters (receiver_id, campaign_id);

insert into attachment_uses (attachment_id, kind, object_id, campaign_id, organization_id, first_day, last_day)
select distinct p.attachment_id, 'item', i.id, i.campaign_id, i.organization_id, i.happened_on, i.happened_on
from item_pictures p
join items i on i.id = p.item_id
where i.handed_in_at is not null;

create table password_resets (           -- the last one of each account, for telling its owner
    account_id {key} primary key references accounts (id),
    by_person_id {key} not null,
    by_name text not null,                -- as then shown
    at {int64} not null,                  -- business clock
    real_at {int64} not null,             -- machine's clock: how long the one-time password counts
    used_at {int64}                       -- machine's clock: when the first session after it began
){strict};
)sql";

// What a page of tens of thousands of reporters is found by, without a row being read.
constexpr const char* kManyReporters = R"sql(
create index organizations_official_order on organizations (sort_order, id);
create index filing_routes_restated on filing_routes (campaign_id, duty, receiver_id, slot, organization_id) where restated = 1;
)sql";

// What the matrix of a receiver counts, kept as sums: a matrix of 3,000 units and a year of weeks is 156,000 routes, too many to be read
// for one look. Every change of a route appends what it takes away and what it adds, so that two deeds never wait for each other;
// the sum of all rows is always exact, and the ticker folds them (filings/route_counts.h). The engine appends, by triggers: no way to
// change a route goes past them.
constexpr const char* kRouteCounts = R"sql(
create table route_counts (
    campaign_id {key} not null,
    duty {key} not null,
    receiver_id {key} not null,
    slot {key} not null,
    window_from {key} not null,
    window_to {key} not null,
    state {key} not null,
    due_at {int64},
    routes {int64} not null,              -- may be negative in one row, never in the sum
    late {int64} not null,                -- the first complete receipt came after the due
    late_accepted {int64} not null,       -- the receipt of the accepted version did
    nil {int64} not null
){strict};
create index route_counts_by_receiver on route_counts (campaign_id, duty, receiver_id, slot);

create table route_units (                -- who ever owed a receiver something, kept the same way
    campaign_id {key} not null,
    duty {key} not null,
    receiver_id {key} not null,
    organization_id {key} not null,
    routes {int64} not null
){strict};
create index route_units_by_receiver on route_units (campaign_id, duty, receiver_id, organization_id, routes);

-- a row of the matrix, and the window before one, are found by their days: the receiver may be another by then
drop index filing_routes_by_row;
create index filing_routes_by_row on filing_routes (campaign_id, duty, organization_id, window_to, receiver_id);
-- all that is counted for somebody who sees only a part of the routes, and what a total's reporters are counted by
drop index filing_routes_restated;
drop index filing_routes_matrix;
create index filing_routes_matrix on filing_routes (campaign_id, duty, receiver_id, slot, state, due_at, nil, first_complete_at,
                                                    accepted_received_at, organization_id, restated, window_from, window_to);
)sql";

constexpr const char* kNotices = R"sql(
create table notices (                    -- a notice as it was read, and what a person makes of it until it is published
    id {key} primary key,
    organization_id {key} not null references organizations (id),
    name text not null,                   -- of the file; '' when pasted
    text text not null,                   -- as read: the places of the duties count its characters
    as_read text not null,                -- JSON: what the rules found, never changed
    content text not null,                -- JSON: the same, corrected
    state {key} not null,                 -- draft, published
    campaign_id {key},                    -- once published
    changed_by text not null,             -- the post
    changed_at {int64} not null,
    version {int64} not null
){strict};
create index notices_by_organization on notices (organization_id, changed_at);
)sql";

constexpr const char* kEvents = R"sql(
-- of a filing on event: when it was or will be, milliseconds at its minute, as the reporter says
alter table filings add column event_at {int64};
-- short; '' where the reporter gave none
alter table filings add column event_name text not null default '';
)sql";

// After the triggers, which keep every other writer out until the migration is done.
constexpr const char* kCountPresentRoutes = R"sql(
insert into route_counts (campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at, routes, late, late_accepted, nil)
select campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at, count(*),
       count(case when first_complete_at > due_at then 1 end), count(case when accepted_received_at > due_at then 1 end), sum(nil)
from filing_routes
group by campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at
)sql";
constexpr const char* kCountPresentUnits = R"sql(
insert into route_units (campaign_id, duty, receiver_id, organization_id, routes)
select campaign_id, duty, receiver_id, organization_id, count(*)
from filing_routes
group by campaign_id, duty, receiver_id, organization_id
)sql";

#define ANBAN_COUNT_ROUTE(row, sign)                                                                                              \
    "insert into route_counts (campaign_id, duty, receiver_id, slot, window_from, window_to, state, due_at, routes, late, "         \
    "late_accepted, nil) values (" row ".campaign_id, " row ".duty, " row ".receiver_id, " row ".slot, " row ".window_from, " row    \
    ".window_to, " row ".state, " row ".due_at, " sign "1, " sign "(case when " row ".first_complete_at > " row                      \
    ".due_at then 1 else 0 end), " sign "(case when " row ".accepted_received_at > " row ".due_at then 1 else 0 end), " sign row ".nil);"

// What a change must touch to be counted; a draft that is saved again is none.
#define ANBAN_COUNTED(row)                                                                                                        \
    row ".campaign_id, " row ".duty, " row ".receiver_id, " row ".slot, " row ".window_from, " row ".window_to, " row ".state, " row  \
    ".due_at, " row ".first_complete_at, " row ".accepted_received_at, " row ".nil"

#define ANBAN_COUNT_UNIT(row, sign)                                                                                               \
    "insert into route_units (campaign_id, duty, receiver_id, organization_id, routes) values (" row ".campaign_id, " row ".duty, "  \
    row ".receiver_id, " row ".organization_id, " sign "1);"

constexpr std::array kCountOnSqlite{
    "create trigger filing_routes_added after insert on filing_routes begin "
        ANBAN_COUNT_ROUTE("new", "") ANBAN_COUNT_UNIT("new", "") " end",
    "create trigger filing_routes_changed after update on filing_routes when (" ANBAN_COUNTED("old") ") is not (" ANBAN_COUNTED("new") ") begin "
        ANBAN_COUNT_ROUTE("old", "-") ANBAN_COUNT_ROUTE("new", "") " end",
    "create trigger filing_routes_moved after update of campaign_id, duty, receiver_id, organization_id on filing_routes begin "
        ANBAN_COUNT_UNIT("old", "-") ANBAN_COUNT_UNIT("new", "") " end",
    "create trigger filing_routes_removed after delete on filing_routes begin "
        ANBAN_COUNT_ROUTE("old", "-") ANBAN_COUNT_UNIT("old", "-") " end",
    kCountPresentRoutes, kCountPresentUnits,
};
constexpr std::array kCountOnPostgresql{
    "create function count_filing_route() returns trigger language plpgsql as 'begin "
    "if tg_op = ''UPDATE'' then if (" ANBAN_COUNTED("old") ") is not distinct from (" ANBAN_COUNTED("new") ") then return null; end if; end if; "
    "if tg_op <> ''INSERT'' then " ANBAN_COUNT_ROUTE("old", "-") " end if; "
    "if tg_op <> ''DELETE'' then " ANBAN_COUNT_ROUTE("new", "") " end if; "
    "return null; end'",
    "create function count_route_unit() returns trigger language plpgsql as 'begin "
    "if tg_op <> ''INSERT'' then " ANBAN_COUNT_UNIT("old", "-") " end if; "
    "if tg_op <> ''DELETE'' then " ANBAN_COUNT_UNIT("new", "") " end if; "
    "return null; end'",
    "create trigger filing_routes_counted after insert or update or delete on filing_routes for each row execute function count_filing_route()",
    "create trigger filing_routes_unit_counted after insert or delete or update of campaign_id, duty, receiver_id, organization_id"
    " on filing_routes for each row execute function count_route_unit()",
    kCountPresentRoutes, kCountPresentUnits,
};
#undef ANBAN_COUNT_UNIT
#undef ANBAN_COUNTED
#undef ANBAN_COUNT_ROUTE

constexpr std::array kMigrations{db::Migration{1, "first", kFirst}, db::Migration{2, "who_sees", kWhoSees},
                                 db::Migration{3, "many_reporters", kManyReporters},
                                 db::Migration{4, "route_counts", kRouteCounts, kCountOnSqlite, kCountOnPostgresql},
                                 db::Migration{5, "notices", kNotices}, db::Migration{6, "events", kEvents}};

}  // namespace

std::span<const db::Migration> migrations() { return kMigrations; }

}  // namespace anban
