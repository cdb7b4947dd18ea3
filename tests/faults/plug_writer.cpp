// What the power-cut test pulls the plug on: writes rows or files until it is killed, and says on its standard output which
// ones it was promised. plug_writer DIR rows-full|rows-off|rows-database|files-careful|files-careless
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "platform/db/database.h"

namespace {

void need(bool well, const char* what) {
    if (well) return;
    std::fprintf(stderr, "plug_writer: %s\n", what);
    std::_Exit(1);
}

void acknowledge(int number) {
    const std::string line = std::to_string(number) + "\n";
    need(::write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size()), "nobody listens");
}

std::string payload(int number) { return std::string(700, static_cast<char>('a' + number % 26)) + std::to_string(number); }

void write_rows(const std::string& folder, bool synced) {
    sqlite3* db = nullptr;
    need(sqlite3_open((folder + "/rows.db").c_str(), &db) == SQLITE_OK, "open");
    auto run = [&](const std::string& text) {
        need(sqlite3_exec(db, text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
    };
    run("pragma journal_mode = wal");
    run(synced ? "pragma synchronous = full" : "pragma synchronous = off");
    run("pragma wal_autocheckpoint = 40");  // a cut also falls into checkpoints
    for (int number = 1;; number += 3) {    // three rows in one commit, as grouped commits are
        run("begin immediate");
        for (int i = 0; i < 3; ++i) run("insert into rows values (" + std::to_string(number + i) + ", '" + payload(number + i) + "')");
        run("commit");
        for (int i = 0; i < 3; ++i) acknowledge(number + i);
    }
}

// Through the product's own door: eight writers, grouped commits.
void write_through_database(const std::string& folder) {
    const auto database = anban::db::open({.target = folder + "/rows.db"});
    std::atomic<int> last = 0;
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 8; ++writer)
        writers.emplace_back([&] {
            for (;;) {
                const int number = ++last;
                database->write([&](anban::db::Connection& connection) {
                    connection.run({"plug_writer.add", "insert into rows values ($1, $2)"}, {std::int64_t{number}, payload(number)});
                    return anban::db::Outcome::keep;
                });
                acknowledge(number);
            }
        });
}

void write_file(const std::string& path, const std::string& bytes, bool synced) {
    const int file = ::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    need(file >= 0 && ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "write");
    if (synced) need(::fsync(file) == 0, "fsync");
    ::close(file);
}

// A temporary name, the bytes synced, the last name, the folder synced; the careless way leaves both syncs out.
void write_files(const std::string& folder, bool synced) {
    const int blobs = ::open((folder + "/blobs").c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    need(blobs >= 0, "blobs");
    for (int number = 1;; ++number) {
        const std::string name = std::to_string(number);
        write_file(folder + "/part-" + name, payload(number), synced);
        need(::rename((folder + "/part-" + name).c_str(), (folder + "/blobs/" + name).c_str()) == 0, "rename");
        if (synced) need(::fsync(blobs) == 0, "fsync of the folder");
        acknowledge(number);
    }
}

}  // namespace

int main(int count, char** words) {
    need(count == 3, "plug_writer DIR WAY");
    const std::string folder = words[1], way = words[2];
    if (way == "rows-database") write_through_database(folder);
    if (way.starts_with("rows-")) write_rows(folder, way == "rows-full");
    if (way.starts_with("files-")) write_files(folder, way == "files-careful");
    need(false, "no such way");
}
