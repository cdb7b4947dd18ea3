#include "app/application.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <mutex>

#include "app/migrations.h"
#include "app/page.h"
#include "app/system_http.h"
#include "core/ids.h"
#include "modules/attachments/attachments.h"
#include "modules/campaigns/campaigns.h"
#include "modules/campaigns/http.h"
#include "modules/drafts/http.h"
#include "modules/filings/http.h"
#include "modules/filings/impact.h"
#include "modules/filings/issue.h"
#include "modules/filings/route_counts.h"
#include "modules/items/items.h"
#include "modules/journal/verify.h"
#include "modules/organizations/divisions.h"
#include "modules/organizations/http.h"
#include "modules/people/http.h"
#include "modules/people/people.h"
#include "modules/totals/http.h"
#include "platform/embedded/embedded.h"
#include "platform/log/log.h"

namespace anban {
namespace {

namespace fs = std::filesystem;

// A secret of this installation: made once, mode 600, never in the database (decisions.md 21).
std::string load_or_make_key(const std::string& file) {
    if (std::ifstream in(file, std::ios::binary); in) return {std::istreambuf_iterator<char>(in), {}};
    const auto key = random_bytes(32);
    const int fd = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool kept = fd >= 0 && ::write(fd, key.data(), key.size()) == static_cast<ssize_t>(key.size()) && ::fsync(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!kept) throw db::Failure("cannot write " + file);
    return key;
}

std::string prepared_folder(const std::string& folder) {
    fs::create_directories(folder);
    fs::create_directories(folder + "/keys");
    fs::permissions(folder + "/keys", fs::perms::owner_all);
    return folder;
}

db::Options database_options(const Config& config) {
    db::Options options;
    options.target = config.database_target();
    options.durable = config.durable;
    return options;
}

void load_divisions_once(db::Database& db) {
    bool any = false;
    db.read([&](db::Connection& c) { any = c.exists({"divisions.any", "select 1 from divisions limit 1"}); });
    if (any) return;
    const auto divisions = organizations::parse_divisions(embedded::divisions(), embedded::division_towns());
    if (!divisions) throw db::Failure("the embedded divisions do not read: " + divisions.refusal().key);
    db.reshape([&](db::Connection& c) {
        organizations::store_divisions_once(c, *divisions);
        return db::Outcome::keep;
    });
}

}  // namespace

struct Application::Parts {
    explicit Parts(const Config& asked)
        : config(asked), folder(prepared_folder(asked.data)), journal_key(load_or_make_key(folder + "/keys/journal")),
          database(db::open(database_options(asked))), blobs(std::make_shared<files::BlobStore>(folder + "/blobs", asked.durable)) {}

    Config config;
    std::string folder;
    std::string journal_key;
    MovableClock clock;
    std::unique_ptr<db::Database> database;
    std::shared_ptr<files::BlobStore> blobs;
    std::unique_ptr<api::Gate> gate;
    api::Api api;
    std::shared_ptr<api::Router> router;
    std::mutex ticking;  // the ticker's thread, and every request that moves the business clock
    std::map<std::string, std::int64_t> signed_numbers;
    std::chrono::steady_clock::time_point fold_at{};
    std::optional<CivilDate> issued_on;
};

namespace {

// The campaigns that the signed-in person takes part in, for the picker at the top of the page.
std::vector<people::CampaignReference> campaigns_of(View& view) {
    std::vector<people::CampaignReference> out;
    if (const auto lines = campaigns::list(view))
        for (const auto& line : lines->campaigns) out.push_back({line.id, line.title});
    return out;
}

// Every module's routes, in the order of the floors.
void add_routes(api::Api& api, const Config& config, std::shared_ptr<files::BlobStore> blobs) {
    organizations::add_routes(api, {people::posts_impact(), std::make_shared<filings::OpenFilings>()});
    attachments::add_routes(api, std::move(blobs));
    people::add_routes(api, {config.secure_cookies(), is_demo(config), campaigns_of});
    campaigns::add_routes(api);
    items::add_routes(api);
    filings::add_routes(api);
    totals::add_routes(api);
    drafts::add_routes(api);
    add_journal_routes(api);
}

// The business clock never runs backwards over a restart: history would contradict itself.
Instant latest_business_instant(db::Database& db) {
    Instant latest;
    db.read([&](db::Connection& c) { latest.ms = c.count({"clock.latest", "select coalesce(max(at), 0) from journal"}); });
    return latest;
}

}  // namespace

Application::Application(const Config& config) : parts_(std::make_unique<Parts>(config)) {
    auto& p = *parts_;
    db::migrate(*p.database, migrations());
    if (config.divisions) load_divisions_once(*p.database);
    if (config.business_time) p.clock.set_business(std::max(*config.business_time, latest_business_instant(*p.database)));
    p.gate = people::make_gate(*p.database, p.clock, {config.origin, config.secure_cookies()});
    add_routes(p.api, config, p.blobs);
    add_system_routes(p.api, {p.clock, config.business_time.has_value(), [&p] {
        p.database->read([](db::Connection& c) { (void)c.count({"ready", "select 1"}); });
    }, [this] { tick(); }});
    p.router = std::make_shared<api::Router>(p.api, api::Ground{*p.database, p.clock, *p.gate},
                                             [web = config.web](const http::Request& request) { return serve_page(request, web); });
}

Application::~Application() = default;

std::shared_ptr<const http::Routes> Application::routes() const { return parts_->router; }
http::Response Application::handle(const http::Request& request) const { return parts_->router->handle(request); }
const api::Api& Application::api() const { return parts_->api; }
db::Database& Application::database() { return *parts_->database; }
MovableClock& Application::clock() { return parts_->clock; }
files::BlobStore& Application::blobs() { return *parts_->blobs; }

namespace {

// Nobody asks again after a month; each key holds a whole answer.
void sweep_idempotency_keys(db::Connection& db, Instant real_now) {
    constexpr std::int64_t month = 30LL * 24 * 60 * 60 * 1000;
    db.run({"idempotency.sweep", "delete from idempotency_keys where at < $1"}, {real_now.ms - month});
}

// Many small deeds: none keeps others waiting.
void fold_counts(db::Database& database) {
    std::vector<filings::Heap> heaps;
    database.read([&](db::Connection& db) { heaps = filings::counts_to_fold(db); });
    constexpr std::size_t kAtOnce = 20;
    for (std::size_t from = 0; from < heaps.size(); from += kAtOnce)
        database.write([&](db::Connection& db) {
            for (std::size_t i = from; i < std::min(from + kAtOnce, heaps.size()); ++i) filings::fold_counts(db, heaps[i]);
            return db::Outcome::keep;
        });
}

}  // namespace

void Application::sign_heads() {
    auto& p = *parts_;
    std::map<std::string, journal::Link> heads;
    p.database->read([&](db::Connection& c) { heads = journal::read_heads(c); });
    std::map<std::string, std::int64_t> numbers;
    for (const auto& [writer, link] : heads) numbers[writer] = link.number;
    if (numbers == p.signed_numbers) return;
    journal::write_signed_heads(p.folder + "/journal.heads", p.journal_key, heads);
    p.signed_numbers = std::move(numbers);
}

void Application::tick() {
    auto& p = *parts_;
    const std::scoped_lock lock(p.ticking);
    const auto today = beijing_date(p.clock.business_now());
    if (!p.issued_on || *p.issued_on < today) {
        const auto issued = as_operator<Done>([&](Work& work) -> Result<Done> {
            organizations::bring_to_day(work.db, today);
            people::sweep(work.db, work.real_now);
            sweep_idempotency_keys(work.db, work.real_now);
            (void)filings::issue_due_filings(work, today);
            return Done{};
        });
        if (issued) p.issued_on = today;
    }
    sign_heads();
    if (const auto real = std::chrono::steady_clock::now(); real >= p.fold_at) {
        p.fold_at = real + std::chrono::minutes(1);
        fold_counts(*p.database);
    }
}

const Actor& operator_actor() {
    static const Actor actor = [] {
        Actor made;
        made.person_id = "operator";
        made.role = Role::system_admin;
        made.name = "operator";
        made.address = "operator";
        return made;
    }();
    return actor;
}

}  // namespace anban
