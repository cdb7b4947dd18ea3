#include "tests/support/postgresql_cluster.h"

#include <fcntl.h>
#include <libpq-fe.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <thread>

extern char** environ;

namespace anban::test {
namespace {

// The keeper: makes the cluster, runs the server, and waits for its standard input to close, which the kernel does when the
// test program ends, also by a signal or an abort. In a session of its own, so that a Ctrl-C meant for the tests lets it clean up.
constexpr const char* kKeeper = R"sh(
set -eu
dir=$1 durable=$2 bin=$3
as_owner() { "$@"; }
if [ "$(id -u)" = 0 ]; then
    chown postgres: "$dir"
    as_owner() { setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps=-all -- "$@"; }
fi
finish() {
    [ ! -s "$dir/data/postmaster.pid" ] || kill -INT "$(head -n 1 "$dir/data/postmaster.pid")" || true
    wait
    rm -rf "$dir"
}
trap finish EXIT
cd "$dir"
as_owner "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/initdb.log" 2>&1 </dev/null
as_owner "$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=300 -c shared_buffers=64MB -c deadlock_timeout=100ms \
    -c fsync="$durable" -c synchronous_commit="$durable" -c full_page_writes="$durable" >"$dir/server.log" 2>&1 </dev/null &
cat >/dev/null
)sh";

struct Close { void operator()(PGconn* c) const { PQfinish(c); } };
struct Clear { void operator()(PGresult* r) const { PQclear(r); } };

std::string binaries() {
    const char* asked = std::getenv("ANBAN_PG_BIN");
    return asked ? asked : "/usr/lib/postgresql/15/bin";
}

std::string temporary_folder() {
    std::string path = "/tmp/anban-pg-XXXXXX";  // short: a socket's path may have 107 bytes
    if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("no temporary folder for PostgreSQL");
    return path;
}

void spawn_keeper(const std::string& folder, bool durable) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe for PostgreSQL");
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, ends[0], STDIN_FILENO);
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    std::array<std::string, 7> words{"sh", "-c", kKeeper, "keeper", folder, durable ? "on" : "off", binaries()};
    std::array<char*, 8> arguments{};
    for (std::size_t i = 0; i < words.size(); ++i) arguments[i] = words[i].data();
    pid_t pid = 0;
    const int rc = ::posix_spawn(&pid, "/bin/sh", &files, &attributes, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    ::close(ends[0]);  // ends[1] stays open as long as we live: that is its whole purpose
    if (rc != 0) throw std::runtime_error("can not start the keeper of PostgreSQL");
}

}  // namespace

PostgresqlCluster& PostgresqlCluster::get(bool durable) {
    static std::unique_ptr<PostgresqlCluster> quick, safe;
    auto& wanted = durable ? safe : quick;
    if (!wanted) wanted.reset(new PostgresqlCluster(durable));
    return *wanted;
}

PostgresqlCluster::PostgresqlCluster(bool durable) {
    if (const char* given = std::getenv("ANBAN_TEST_PG"); given != nullptr && *given != '\0') {
        server_ = given;
        return;
    }
    start(durable);
}

void PostgresqlCluster::start(bool durable) {
    const std::string folder = temporary_folder();
    spawn_keeper(folder, durable);
    server_ = "host=" + folder + " user=postgres";
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(90);
    while (PQping(target("postgres").c_str()) != PQPING_OK) {
        // The keeper removes the folder when it could not start.
        if (std::chrono::steady_clock::now() > until || ::access(folder.c_str(), F_OK) != 0)
            throw std::runtime_error("PostgreSQL 15 did not start from " + binaries());
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

std::string PostgresqlCluster::target(const std::string& database) const {
    if (server_.find("://") == std::string::npos) return server_ + " dbname=" + database;
    return server_ + (server_.find('?') == std::string::npos ? "?" : "&") + "dbname=" + database;
}

void PostgresqlCluster::administer(const std::string& statement, const std::string& database) const {
    const std::unique_ptr<PGconn, Close> c(PQconnectdb(target(database).c_str()));
    if (PQstatus(c.get()) != CONNECTION_OK) throw std::runtime_error(PQerrorMessage(c.get()));
    PQsetNoticeProcessor(c.get(), [](void*, const char*) {}, nullptr);
    const std::unique_ptr<PGresult, Clear> result(PQexec(c.get(), statement.c_str()));
    const auto status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        throw std::runtime_error(statement + ": " + PQresultErrorMessage(result.get()));
}

}  // namespace anban::test
