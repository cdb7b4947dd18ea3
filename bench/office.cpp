#include "bench/office.h"

#include <unistd.h>

#include <fstream>
#include <iterator>

#include "core/ids.h"
#include "modules/calendar/calendar.h"
#include "modules/filings/issue.h"
#include "modules/filings/route_counts.h"
#include "modules/forms/forms.h"
#include "modules/people/people.h"
#include "platform/crypto/crypto.h"
#include "tests/support/campaign_world.h"
#include "tests/support/postgresql_cluster.h"

namespace anban::bench {
namespace {

using test::CampaignWorld;

std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

campaigns::FormInPack hunan_table() { return test::form_of(file_text("packs/hunan-2023/forms/statistics.yaml")); }

campaigns::FormInPack short_ledger() {
    return test::form_of("id: hazards\nkind: ledger\ntitle: 台账\ncolumns:\n  - {id: unit, title: 隐患单位, type: text, required: true}\n");
}

// 6 rows x 10 columns: nine that are added, one that is computed from two of them.
std::string sixty_yaml() {
    std::string yaml = "id: statistics\nkind: table\ntitle: 六十格统计表\nhead:\n";
    for (int c = 1; c < 10; ++c) yaml += "  - {id: c" + std::to_string(c) + ", title: 指标" + std::to_string(c) + ", unit: 项}\n";
    yaml += "  - {id: rate, title: 整改率, unit: \"%\", source: {formula: \"rate(c2, c1)\"}}\nrows:\n";
    for (int r = 1; r < 6; ++r) yaml += "  - {id: r" + std::to_string(r) + ", title: 行业" + std::to_string(r) + "}\n";
    return yaml + "  - {id: all, title: 合计, kind: total}\n";
}

bool typed(const forms::Column& column) { return column.id == "found" || column.id == "fixed" || column.id == "units" || column.id == "trips" ||
                                                  column.id == "people" || column.id == "papers"; }

std::string letters(int n) { return std::to_string(100'000 + n); }

}  // namespace

Office::Office(db::Engine engine) {
    config_.data = folder_.path() + "/data";
    config_.divisions = false;
    config_.business_time = test::beijing("2023-03-10 09:00");
    if (engine == db::Engine::postgresql) {
        auto& cluster = test::PostgresqlCluster::get(true);
        cluster.administer("create database anban_bench");
        config_.database = cluster.target("anban_bench");
    }
    app_ = std::make_unique<Application>(config_);
    auto pack = test::small_pack();
    const auto form = hunan_table();
    digest_ = form.digest;
    const auto done = app_->as_operator<filings::PublishReport>(
        [&](Work& work) { return filings::publish(work, pack, {short_ledger(), form}, calendar::Calendar::built_in()); });
    if (!done) throw std::runtime_error(done.refusal().key);
    app_->database().read([&](db::Connection& db) {
        db.each({"bench.office", "select id from organizations where name = $1"}, {std::string(CampaignWorld::kOffice)},
                [&](const db::Row& row) { office_ = row.string(0); });
    });
}

Office::~Office() = default;

void Office::write(const std::function<void(db::Connection&)>& deed) {
    app_->database().reshape([&](db::Connection& db) {
        deed(db);
        return db::Outcome::keep;
    });
}

double Office::engine_cpu() const {
    if (config_.database.empty()) return 0;
    std::int64_t backend = 0;
    app_->database().read([&](db::Connection& db) { backend = db.count({"bench.pid", "select pg_backend_pid()"}); });
    const auto read = [](std::int64_t pid, int& parent) {
        const auto text = file_text("/proc/" + std::to_string(pid) + "/stat");
        if (text.empty()) return 0.0;
        long long user = 0, system = 0;
        std::sscanf(text.c_str() + text.rfind(')') + 2, "%*c %d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lld %lld", &parent, &user, &system);
        return static_cast<double>(user + system) / static_cast<double>(sysconf(_SC_CLK_TCK));
    };
    int postmaster = 0, ignored = 0;
    (void)read(backend, postmaster);
    double all = read(postmaster, ignored);
    std::ifstream children("/proc/" + std::to_string(postmaster) + "/task/" + std::to_string(postmaster) + "/children");
    for (std::int64_t pid = 0; children >> pid;) all += read(pid, ignored);
    return all;
}

forms::Form Office::table() const {
    PackErrors errors;
    return forms::read_form(file_text("packs/hunan-2023/forms/statistics.yaml"), "statistics.yaml", errors).value();
}

std::string Office::table_parts() const {
    const auto form = table();
    json::object cells;
    for (const auto& row : form.rows)
        if (row.kind == forms::RowKind::item)
            for (const auto& column : form.columns)
                if (typed(column)) cells.emplace(row.id + "." + column.id, column.id == "fixed" ? "3" : "5");
    return json::write(json::object{{"progress", json::object{{"paragraphs", json::array{"本月开展了检查，排查整改隐患若干。"}}}},
                                    {"statistics", json::object{{"cells", cells}}}, {"hazards", json::object{{"nil", true}}}});
}

std::string Office::make_account(const std::string& organization_id, Role role) {
    people::NewAccount account;
    account.login = "bench" + std::to_string(++accounts_);
    account.name = "某单位联络员";
    account.password_hash = crypto::hash_password(kPassword, {1, 64});
    account.must_change_password = false;
    account.post = people::NewPost{organization_id, role, {}};
    const auto made = app_->as_operator<people::Account>([&](Work& work) { return people::create(work, account); });
    if (!made) throw std::runtime_error(made.refusal().key);
    return account.login;
}

std::string Office::clerk_login() { return make_account(office_, Role::office_clerk); }

std::string Office::unit_login() { return make_account("m" + letters(0), Role::liaison); }

std::vector<Filer> Office::make_filers(int units, int filings_each) {
    const std::vector<const char*> bureaus{CampaignWorld::kZhuzhou, CampaignWorld::kXiangtan, CampaignWorld::kHengyang};
    std::vector<Filer> filers;
    for (int unit = 0; unit < units; ++unit) {
        std::string organization;
        app_->database().read([&](db::Connection& db) {
            db.each({"bench.unit", "select id from organizations where name = $1"}, {std::string(bureaus[static_cast<std::size_t>(unit) % 3])},
                    [&](const db::Row& row) { organization = row.string(0); });
        });
        Filer filer{make_account(organization, Role::liaison), {}};
        write([&](db::Connection& db) {
            for (int n = 0; n < filings_each; ++n) {
                const auto number = letters(++filings_);
                const auto id = "bf" + number, slot = "2023-X" + number;
                db.run({"bench.filing", R"sql(
                    insert into filings (id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, applies,
                                         applies_reason, issued_at, version)
                    select $1, campaign_id, duty, duty_version_id, organization_id, $2, window_from, window_to, applies, '', issued_at, 1
                    from filings where duty = 'monthly' and slot = '2023-03' and organization_id = $3
                )sql"}, {id, slot, organization});
                db.run({"bench.route", R"sql(
                    insert into filing_routes (id, filing_id, campaign_id, duty, organization_id, receiver_id, slot, window_from, window_to,
                        due_at, due_has_hour, first_due_at, due_reason, state, amendment, nil, partial, first_was_empty, restated, version)
                    select $1, $1, campaign_id, duty, organization_id, receiver_id, $2, window_from, window_to, due_at, due_has_hour,
                           first_due_at, '', 'expected', 'none', 0, 0, 0, 0, 1
                    from filing_routes where duty = 'monthly' and slot = '2023-03' and organization_id = $3
                )sql"}, {id, slot, organization});
                filer.filings.push_back(id);
            }
        });
        filers.push_back(std::move(filer));
    }
    return filers;
}

void Office::make_duty(db::Connection& db, const std::string& duty, const std::string& form_digest) {
    db.run({"bench.duty", R"sql(
        insert into duty_versions (id, campaign_id, duty, number, definition, valid_from)
        select $1, campaign_id, $2, 1, replace(replace(definition, '"duty":"monthly"', $3), $4, $5), valid_from
        from duty_versions where duty = 'monthly' and campaign_id = 'small'
    )sql"}, {"dv-" + duty, duty, "\"duty\":\"" + duty + "\"", digest_, form_digest});
}

// What a server has done by itself some minutes after a load like this: its ticker, and PostgreSQL's statistics. SQLite keeps none.
void Office::look_through() {
    app_->tick();
    if (config_.database.empty()) return;
    // What a server that has run for a while has behind it; left to itself it happens in the midst of the looks.
    for (const auto* deed : {"vacuum analyze", "checkpoint"}) test::PostgresqlCluster::get(true).administer(deed, "anban_bench");
}

namespace {

void add_units(db::Connection& db, const std::string& prefix, int units, const std::string& office, const std::string& groups = "bench") {
    db.run({"bench.units", R"sql(
        with recursive n (i) as (select 0 union all select i + 1 from n where i < $2 - 1)
        insert into organizations (id, name, short_name, kind, level, division_code, credit_code, sort_order, opened_on, version)
        select $1 || cast(100000 + i as text), '某县住房和城乡建设局' || $1 || cast(100000 + i as text), '某县局', 'bureau', 'county', '', '', i, '2020-01-01', 1 from n
    )sql"}, {prefix, static_cast<std::int64_t>(units)});
    db.run({"bench.paths", R"sql(
        insert into organization_paths (kind, ancestor, descendant, depth) select 'place', id, id, 0 from organizations where id like $1
    )sql"}, {prefix + "1%"});
    db.run({"bench.reporters", R"sql(
        insert into campaign_reporters (campaign_id, organization_id, receiver_id, groups, level, sort_order, valid_from)
        select 'small', id, $2, $3, 'county', sort_order, '2020-01-01' from organizations where id like $1
    )sql"}, {prefix + "1%", office, groups});
}

constexpr const char* kMixed = R"sql(case when sort_order % 20 = 0 then 'expected' when sort_order % 20 = 1 then 'returned'
                                    when sort_order % 20 < 6 then 'submitted' else 'accepted' end)sql";

// One window of every unit of that prefix. state: SQL over the unit's sort_order.
void add_window(db::Connection& db, const std::string& prefix, const std::string& duty, const std::string& office, const std::string& slot,
                const std::string& from, const std::string& to, std::int64_t due, const std::string& state) {
    db.run({"bench.filings", R"sql(
        insert into filings (id, campaign_id, duty, duty_version_id, organization_id, slot, window_from, window_to, applies, applies_reason, issued_at, version)
        select id || $1, 'small', $2, 'dv-' || $2, id, $1, $3, $4, 'owed', '', 0, 1 from organizations where id like $5
    )sql"}, {slot, duty, from, to, prefix + "1%"});
    db.run_built("bench.routes", R"sql(
        insert into filing_routes (id, filing_id, campaign_id, duty, organization_id, receiver_id, slot, window_from, window_to, due_at, due_has_hour,
            first_due_at, due_reason, state, amendment, nil, partial, first_received_at, first_was_empty, first_complete_at, received_at,
            accepted_received_at, accepted_at, restated, version)
        select id || $1, id || $1, 'small', $2, id, $7, $1, $3, $4, cast($6 as bigint), 1, cast($6 as bigint), '',
               )sql" + state + R"sql(,
               'none', 0, 0, cast($6 as bigint) - 60000 + (sort_order % 10) * 7000, 0, cast($6 as bigint) - 60000 + (sort_order % 10) * 7000, cast($6 as bigint), cast($6 as bigint), cast($6 as bigint), 0, 1
        from organizations where id like $5
    )sql", {slot, duty, from, to, prefix + "1%", due, office});
}

}  // namespace

std::vector<std::string> Office::make_reporters(int units) {
    write([&](db::Connection& db) { add_units(db, "r", units, office_, "bureaus"); });
    std::vector<std::string> logins;
    for (int unit = 0; unit < units; ++unit) logins.push_back(make_account("r" + letters(unit), Role::liaison));
    return logins;
}

void Office::make_matrix(int units, int windows) {
    write([&](db::Connection& db) {
        make_duty(db, "matrix", digest_);
        add_units(db, "m", units, office_);
    });
    for (int k = 0; k < windows; ++k)
        write([&](db::Connection& db) {
            const auto day = to_date({2022, 3, 11}) + 7 * k;
            add_window(db, "m", "matrix", office_, "w" + letters(k), format_date(day), format_date(day + 6), beijing_instant(day + 6, 17 * 60).ms, kMixed);
        });
    fold();
    look_through();
}

// What the server does within its first minute.
void Office::fold() {
    for (bool again = true; again;)
        write([&](db::Connection& db) {
            const auto heaps = filings::counts_to_fold(db);
            for (const auto& heap : heaps) filings::fold_counts(db, heap);
            again = !heaps.empty();
        });
}

void Office::add_tables(db::Connection& db, const std::string& duty, const std::string& form_digest, const std::string& cells) {
    db.run({"bench.submissions", R"sql(
        insert into submissions (id, filing_id, number, content, digest, receipt_number, nil, partial, empty, amend_reason, submitted_by,
                                 submitted_by_name, received_at)
        select filing_id, filing_id, 1, '{}', '', filing_id, 0, 0, 0, '', '', '', 0 from filing_routes where duty = $1 and state = 'accepted'
    )sql"}, {duty});
    db.run({"bench.vectors", R"sql(
        insert into table_vectors (id, campaign_id, duty, part, form_digest, slot, organization_id, receiver_id, filing_id, submission_id, cells, accepted_at)
        select r.filing_id, 'small', r.duty, 'statistics', $2, r.slot, r.organization_id, $3, r.filing_id, r.filing_id, $4, 1
        from filing_routes r where r.duty = $1 and r.state = 'accepted'
    )sql"}, {duty, form_digest, office_, db::Bytes{cells}});
}

void Office::make_total(int units) {
    const auto form = table();
    json::object cells;
    for (const auto& row : form.rows)
        for (const auto& column : form.columns)
            if (row.kind == forms::RowKind::item && typed(column)) cells.emplace(row.id + "." + column.id, "5");
    const auto bytes = forms::encode(forms::evaluate(form, {forms::cells_from(form, cells), {}, {}}).cells);
    write([&](db::Connection& db) {
        make_duty(db, "total", digest_);
        add_units(db, "t", units, office_);
        add_window(db, "t", "total", office_, "2023-03", "2023-02-25", "2023-03-24", test::beijing("2023-03-25 17:00").ms, "'accepted'");
        add_tables(db, "total", digest_, bytes);
    });
    look_through();
}

forms::Form Office::sixty_cells() {
    PackErrors errors;
    return forms::read_form(sixty_yaml(), "sixty.yaml", errors).value();
}

void Office::make_sixty(int units) {
    const auto form = sixty_cells();
    json::object cells;
    for (const auto& row : form.rows)
        for (const auto& column : form.columns)
            if (row.kind == forms::RowKind::item && column.id != "rate") cells.emplace(row.id + "." + column.id, "5");
    const auto bytes = forms::encode(forms::evaluate(form, {forms::cells_from(form, cells), {}, {}}).cells);
    const auto stored = test::form_of(sixty_yaml());
    write([&](db::Connection& db) {
        db.run({"bench.form", "insert into form_versions (digest, campaign_id, form, definition, created_at) values ($1, 'small', 'statistics', $2, 0)"},
               {stored.digest, stored.definition});
        make_duty(db, "sixty", stored.digest);
        add_units(db, "s", units, office_);
        // The official order is not the order in which the units came into the ledger.
        db.run({"bench.order", "update organizations set sort_order = (sort_order * 7919) % $1 where id like 's1%'"}, {static_cast<std::int64_t>(units)});
        add_window(db, "s", "sixty", office_, "2023-03", "2023-02-25", "2023-03-24", test::beijing("2023-03-25 17:00").ms,
                   "case when sort_order % 20 = 0 then 'expected' else 'accepted' end");
        add_tables(db, "sixty", stored.digest, bytes);
    });
    look_through();
}

}  // namespace anban::bench
