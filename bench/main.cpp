// Figures for docs/performance.md: bin/bench [--short] [sqlite|postgresql] [hand-in|creates|matrix|total|start]…, all of them when none
// is named. Asserts nothing. Run from the top of the tree, on a quiet machine.
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>

#include "bench/load.h"
#include "bench/office.h"
#include "core/ids.h"
#include "modules/forms/forms.h"
#include "modules/forms/totals.h"
#include "modules/totals/matrix.h"
#include "modules/totals/totals.h"
#include "platform/http/server.h"
#include "platform/log/log.h"

namespace anban::bench {
namespace {

const char* name_of(db::Engine engine) { return engine == db::Engine::sqlite ? "SQLite" : "PostgreSQL"; }

// The server on a thread of this process: what it costs is this process without the client threads.
class Served {
public:
    explicit Served(Application& app) : server_(options(), app.routes()), thread_([this] { server_.run(); }) {}
    ~Served() {
        server_.stop();
        thread_.join();
    }
    [[nodiscard]] unsigned short port() const { return server_.port(); }

private:
    static http::Options options() {
        http::Options o;
        o.port = 0;
        return o;
    }
    http::Server server_;
    std::thread thread_;
};

// A signed-in connection.
struct Desk {
    Connection connection;
    std::string headers;
    Desk(unsigned short port, const std::string& login) : connection(port) {
        const auto in = connection.post("/api/v1/session", json::write(json::object{{"account", login}, {"password", Office::kPassword}}));
        if (in.status != 200) throw std::runtime_error(in.body);
        headers = "Cookie: " + in.session_cookie + "\r\nX-CSRF-Token: " +
                  std::string(json::parse(in.body).value().at("csrfToken").as_string()) + "\r\n";
    }
};

void print(const char* what, db::Engine engine, const Figures& f) {
    std::printf("| %-46s | %-10s | %8.0f | %7.1f | %7.1f | %7.0f | %7.0f |%s\n", what, name_of(engine), f.per_second, f.p50_ms, f.p99_ms, f.cpu_us,
                f.engine_us, f.refused ? (" refused " + std::to_string(f.refused)).c_str() : "");
    std::fflush(stdout);
}

Figures hand_in(Office& office, unsigned short port, int connections, int each) {
    const auto filers = office.make_filers(connections, each);
    std::vector<std::unique_ptr<Desk>> desks;
    for (const auto& filer : filers) desks.push_back(std::make_unique<Desk>(port, filer.login));
    const auto body = R"({"version":1,"draftVersion":0,"parts":)" + office.table_parts() + "}";
    std::vector<int> at(static_cast<std::size_t>(connections));
    return drive(connections, connections * each, [&](int thread, int) {
        const auto t = static_cast<std::size_t>(thread);
        const auto& mine = filers[t].filings;
        const auto n = static_cast<std::size_t>(at[t]++);
        if (n >= mine.size()) return false;
        return desks[t]->connection.post("/api/v1/filings/" + mine[n] + "/hand-in", body, desks[t]->headers).status == 200;
    }, [&] { return office.engine_cpu(); }, false);
}

// As a hand-in before this one wrote it.
std::string written(db::Database& db, const db::Sql& sql) {
    std::string content;
    db.read([&](db::Connection& c) { c.each(sql, {}, [&](const db::Row& row) { content = row.string(0); }); });
    if (content.empty()) throw std::runtime_error("nothing was handed in yet");
    return content;
}

// What one hand-in writes, as many bytes of it, by the same door to the engine and from as many threads: no HTTP, no JSON, no rule, no reading.
Figures raw_hand_in(Office& office, int threads, int count) {
    auto& db = office.app().database();
    const auto draft = written(db, {"raw.a_draft", "select content from drafts where version = 1 and length(content) > 100 limit 1"});
    const auto content = written(db, {"raw.a_submission", "select content from submissions where length(content) > 100 order by id limit 1"});
    const auto filers = office.make_filers(threads, count / threads + 1);
    std::vector<int> at(static_cast<std::size_t>(threads));
    return drive(threads, count, [&](int thread, int) {
        const auto t = static_cast<std::size_t>(thread);
        const auto& mine = filers[t].filings;
        const auto n = static_cast<std::size_t>(at[t]++);
        if (n >= mine.size()) return false;
        const auto& id = mine[n];
        const auto sub = new_id(Instant{1}), event = new_id(Instant{1});
        db.write([&](db::Connection& c) {
            c.run({"raw.draft", "insert into drafts (filing_id, content, saved_by, saved_by_name, saved_at, version) values ($1, $2, 'x', 'x', 1, 1)"}, {id, draft});
            c.run({"raw.submission", R"sql(insert into submissions (id, filing_id, number, content, digest, receipt_number, nil, partial, empty, amend_reason,
                submitted_by, submitted_by_name, received_at) values ($1, $2, 1, $3, $4, $1, 0, 0, 0, '', 'x', 'x', 1))sql"}, {sub, id, content, std::string(64, 'd')});
            c.run({"raw.route", "update filing_routes set state = 'submitted', submission_id = $2, first_received_at = 1, first_complete_at = 1, received_at = 1, version = version + 1 where id = $1"}, {id, sub});
            c.run({"raw.event", R"sql(insert into route_events (id, route_id, filing_id, deed, from_state, to_state, submission_id, person_id, actor_name, organization_id, at,
                reason, anchors) values ($1, $2, $2, 'hand_in', 'expected', 'submitted', $3, 'x', 'x', 'x', 1, '', '[]'))sql"}, {event, id, sub});
            c.run({"raw.filing", "update filings set version = version + 1 where id = $1"}, {id});
            c.run({"raw.journal", R"sql(insert into journal (writer, number, at, real_at, person_id, actor_name, organization_id, role, address, request_id, deed, object_kind,
                object_id, object_organization_id, outcome, detail, hash) values ('raw-' || $1, 1, 1, 1, 'x', 'x', 'x', 'liaison', '127.0.0.1', 'r', 'filing.handed_in',
                'filing', $1, 'x', 'done', $2, $3))sql"}, {id, std::string(300, 'j'), std::string(64, 'h')});
            return db::Outcome::keep;
        });
        return true;
    }, [&] { return office.engine_cpu(); }, true);
}

// What one unit may begin in a day is bounded: each connection speaks for several units in turn.
Figures creates(Office& office, unsigned short port, int connections, int count) {
    constexpr int each = 40;
    const int units = count / connections / each + 1;
    const auto logins = office.make_reporters(connections * units);
    std::vector<std::unique_ptr<Connection>> lines;
    std::vector<std::string> headers;
    for (int n = 0; n < connections; ++n) lines.push_back(std::make_unique<Connection>(port));
    for (const auto& login : logins) headers.push_back(Desk(port, login).headers);
    return drive(connections, count, [&](int thread, int n) {
        const auto t = static_cast<std::size_t>(thread);
        return lines[t]->post("/api/v1/filings", R"({"campaign":"small","duty":"cases"})", headers[t * static_cast<std::size_t>(units) + static_cast<std::size_t>(n / each)]).status == 200;
    }, [&] { return office.engine_cpu(); }, false);
}

void look(Desk& desk, Office& office, db::Engine engine, int times, const std::string& what, const std::string& path) {
    (void)desk.connection.get(path, desk.headers);
    print(what.c_str(), engine, drive(1, times, [&](int, int) { return desk.connection.get(path, desk.headers).status == 200; },
                                      [&] { return office.engine_cpu(); }, false));
}

void look_at_matrix(Office& office, unsigned short port, db::Engine engine, int times) {
    Desk desk(port, office.clerk_login());
    const std::string path = "/api/v1/campaigns/small/matrix?duty=matrix";
    look(desk, office, engine, times, "matrix, first screen: 50 of 3,000 x 52", path);
    Desk unit(port, office.unit_login());
    look(unit, office, engine, times, "the same matrix, its own row, for one of the 3,000", path);
}

// A duty's total and one cell of it, as the page first shows them.
void look_at_total(Office& office, unsigned short port, db::Engine engine, const std::string& duty, const std::string& size, const std::string& cell, int times) {
    Desk desk(port, office.clerk_login());
    const std::string totals = "/api/v1/campaigns/small/totals", query = "?part=statistics&slot=2023-03&show=missing_first&duty=" + duty;
    look(desk, office, engine, times, "total: " + size + " cells, first screen", totals + query);
    look(desk, office, engine, times, "the same total, one cell opened", totals + "/cell" + query + "&cell=" + cell);
}

// The arithmetic behind a total, without the names: every accepted table of the window read and added.
void add_up(Office& office, db::Engine engine, const std::string& duty, const forms::Form& form, int times) {
    std::size_t read = 0;
    const auto figures = drive(1, times, [&](int, int) {
        forms::Adder adder(form, forms::Over::organizations);
        office.app().database().read([&](db::Connection& db) {
            read = 0;
            db.each({"bench.vectors", R"sql(
                select cells from table_vectors
                where campaign_id = 'small' and duty = $1 and part = 'statistics' and slot = '2023-03' and replaced_at is null
            )sql"}, {duty}, [&](const db::Row& row) { read += adder.add(row.bytes(0)) ? 1 : 0; });
        });
        return read > 0 && !adder.finish().empty();
    }, [&] { return office.engine_cpu(); }, true);
    print(("the sum alone: " + std::to_string(read) + " x " + std::to_string(form.cells()) + " cells").c_str(), engine, figures);
}

// Start of the real program on that data, until it says that it is ready; what it holds when idle.
void start(const std::string& program, const std::string& data) {
    const std::string port = "18473";
    for (int round = 0; round < 3; ++round) {
        const auto begun = std::chrono::steady_clock::now();
        const pid_t child = ::fork();
        if (child == 0) {
            const int null = ::open("/dev/null", O_WRONLY);
            ::dup2(null, 1);
            ::dup2(null, 2);
            ::execl(program.c_str(), program.c_str(), "serve", "--data", data.c_str(), "--listen", ("127.0.0.1:" + port).c_str(), nullptr);
            ::_exit(1);
        }
        int status = 0;
        while (status != 200) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
            try { status = Connection(static_cast<unsigned short>(std::stoi(port))).get("/readyz").status; } catch (const std::exception&) {}
            if (::waitpid(child, nullptr, WNOHANG) == child) { std::printf("the program ended\n"); return; }
        }
        const double ms = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begun).count();
        std::this_thread::sleep_for(std::chrono::seconds(3));
        std::ifstream in("/proc/" + std::to_string(child) + "/status");
        std::string line, rss;
        while (std::getline(in, line)) if (line.rfind("VmRSS:", 0) == 0) rss = line.substr(6);
        std::printf("start until ready: %.0f ms; idle after 3 s: %s\n", ms, rss.c_str());
        ::kill(child, SIGTERM);
        ::waitpid(child, nullptr, 0);
    }
}

// What the command line names; without any name, everything.
struct Wanted {
    bool brief = false;
    std::vector<std::string> names;
    [[nodiscard]] bool operator()(const std::string& name) const { return names.empty() || std::count(names.begin(), names.end(), name) > 0; }
};

void hand_ins(Office& office, unsigned short port, db::Engine engine, int each) {
    for (const int n : {16, 64}) {
        const int deeds = n * each * (n == 16 ? 4 : 1);
        const auto http = hand_in(office, port, n, deeds / n);
        print(("hand-in of a table, " + std::to_string(n) + " connections").c_str(), engine, http);
        const auto raw = raw_hand_in(office, n, deeds);
        print(("the same rows by the engine alone, " + std::to_string(n) + " threads").c_str(), engine, raw);
        std::printf("  ratio %.2f\n", http.per_second / raw.per_second);
    }
}

void one_engine(db::Engine engine, const Wanted& wanted) {
    Office office(engine);
    const int units = wanted.brief ? 4'400 : 44'000, looks = wanted.brief ? 10 : 60;
    {
        Served served(office.app());
        if (wanted("hand-in")) hand_ins(office, served.port(), engine, wanted.brief ? 20 : 60);
        if (wanted("creates")) print("simple creates, 64 connections", engine, creates(office, served.port(), 64, wanted.brief ? 2'000 : 10'000));
        if (wanted("matrix") || wanted("start")) office.make_matrix(3'000, 52);
        if (wanted("matrix")) look_at_matrix(office, served.port(), engine, looks);
        if (wanted("total")) {
            office.make_total(units);
            look_at_total(office, served.port(), engine, "total", std::to_string(units) + " units x 403", "gas.found", looks);
            add_up(office, engine, "total", office.table(), looks);
            office.make_sixty(44'000);
            look_at_total(office, served.port(), engine, "sixty", "44000 units x 60", "r1.c1", looks);
            add_up(office, engine, "sixty", Office::sixty_cells(), looks);
        }
    }
    if (engine == db::Engine::sqlite && wanted("start")) {
        const auto data = office.folder() + "/data";
        office.close();
        start("build/release/anban", data);
    }
}

}  // namespace
}  // namespace anban::bench

int main(int count, char** words) {
    using namespace anban;
    log::set_level(log::Level::error);
    bench::Wanted wanted;
    bool sqlite = false, postgresql = false;
    for (const auto& word : std::vector<std::string>(words + 1, words + count)) {
        if (word == "--short") wanted.brief = true;
        else if (word == "sqlite") sqlite = true;
        else if (word == "postgresql") postgresql = true;
        else wanted.names.push_back(word);
    }
    std::printf("| %-46s | %-10s | %8s | %7s | %7s | %7s | %7s |\n", "what", "engine", "per s", "p50 ms", "p99 ms", "cpu us", "db us");
    if (postgresql || !sqlite) bench::one_engine(db::Engine::postgresql, wanted);
    if (sqlite || !postgresql) bench::one_engine(db::Engine::sqlite, wanted);
    return 0;
}
