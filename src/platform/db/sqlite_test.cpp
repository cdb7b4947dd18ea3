// What holds for the embedded engine alone: one writer, groups, the lock, faults of the disk.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

#include "tests/support/tree.h"
#include "tests/support/watched_vfs.h"
#include "tests/support/world_db.h"

namespace anban::db {
namespace {

using test::WatchedVfs;
using test::WorldDb;

const Migration kShape[] = {{1, "first shape", "create table notes (id {key} not null primary key, body {bytes}) {strict}"}};
const Sql kAdd{"notes.add", "insert into notes (id, body) values ($1, $2)"};

void add(Database& db, const std::string& id, std::size_t size = 10) {
    db.write([&](Connection& c) { c.run(kAdd, {id, Bytes{std::string(size, 'x')}}); return Outcome::keep; });
}

std::int64_t count(Database& db) {
    std::int64_t out = -1;
    db.read([&](Connection& c) { out = c.count({"notes.count", "select count(*) from notes"}); });
    return out;
}

// A group of deeds that surely commit together: they queue up while the writer is held by the first.
class Queued {
public:
    explicit Queued(Database& db) : db_(db), holder_([this] {
        db_.write([this](Connection&) { held_.set_value(); go_.get_future().wait(); return Outcome::undo; });
    }) { held_.get_future().wait(); }
    std::future<void> add(Deed deed) {
        auto answered = std::async(std::launch::async, [this, deed = std::move(deed)] { db_.write(deed); });
        std::this_thread::sleep_for(std::chrono::milliseconds(20));  // in this order
        return answered;
    }
    void go() { go_.set_value(); holder_.join(); }

private:
    Database& db_;
    std::promise<void> held_, go_;
    std::jthread holder_;
};

TEST(DatabaseOnSqlite, a_second_process_on_the_same_file_is_refused) {
    // threats A14
    WorldDb db(Engine::sqlite, kShape);
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        int code = 1;
        try { (void)open(db.options()); }
        catch (const Failure& e) { code = std::string(e.what()).find("in use by process " + std::to_string(::getppid())) != std::string::npos ? 0 : 2; }
        ::_exit(code);
    }
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
    EXPECT_THROW((void)open(db.options()), Failure) << "nor a second time in this process";
    add(*db, "still-writing");
    db.close();
    EXPECT_NO_THROW((void)open(db.options()));
}

TEST(DatabaseOnSqlite, one_connection_alone_writes_and_checkpoints_the_file) {
    // threats A14
    WatchedVfs disk;
    {
        WorldDb db(Engine::sqlite, kShape);
        disk.main_writes = 0;
        std::atomic<bool> stop{false};
        std::vector<std::jthread> readers;
        for (int r = 0; r < 4; ++r) readers.emplace_back([&] { while (!stop) (void)count(*db); });
        for (int i = 0; i < 60; ++i) add(*db, std::to_string(i), 100'000);  // some 1,500 pages: past the bound
        stop = true;
        readers.clear();
        EXPECT_GT(disk.main_writes, 0) << "a checkpoint was due";
        EXPECT_GT(disk.checkpoint_locks, 0);
        db.close();
        EXPECT_FALSE(std::filesystem::exists(db.target() + "-wal")) << "the writer closes last and cleans up";
    }
    EXPECT_EQ(disk.main_writes_by_readers, 0);
    EXPECT_EQ(disk.checkpoint_locks_by_readers, 0);
}

TEST(DatabaseOnSqlite, an_answer_waits_until_the_disk_has_the_write) {
    // threats A3
    WatchedVfs disk;
    WorldDb db(Engine::sqlite, kShape, {.durable = true});
    for (int i = 0; i < 5; ++i) {
        const int before = disk.wal_syncs;
        add(*db, std::to_string(i));
        EXPECT_GT(disk.wal_syncs, before);
    }
    disk.slow_wal_sync_ms = 20;
    const int before = disk.wal_syncs;
    {
        std::vector<std::jthread> people;
        for (int p = 0; p < 48; ++p) people.emplace_back([&, p] { add(*db, "p" + std::to_string(p)); });
    }
    EXPECT_LT(disk.wal_syncs - before, 24) << "writes that come together share a sync";
    EXPECT_EQ(count(*db), 53);
}

TEST(DatabaseOnSqlite, when_the_commit_fails_nobody_of_the_group_is_told_yes) {
    // threats A3, A5
    WatchedVfs disk;
    WorldDb db(Engine::sqlite, kShape, {.durable = true});
    Queued queued(*db);
    auto kept = queued.add([](Connection& c) { c.run(kAdd, {"a", nullptr}); return Outcome::keep; });
    auto refused = queued.add([](Connection& c) { c.run(kAdd, {"a", nullptr}); return Outcome::keep; });
    disk.fail_wal_sync = true;
    queued.go();
    EXPECT_THROW(kept.get(), Unavailable);
    EXPECT_THROW(refused.get(), Unavailable) << "its refusal would rest on a row that is gone";
    EXPECT_EQ(count(*db), 0);
    disk.fail_wal_sync = false;
    add(*db, "b");
    EXPECT_EQ(count(*db), 1) << "whole again without a restart";
    db.close();
    db.open();
    EXPECT_EQ(count(*db), 1);
}

TEST(DatabaseOnSqlite, a_full_disk_refuses_the_deed_that_filled_it_and_no_other) {
    // threats A4, A5
    WatchedVfs disk;
    WorldDb db(Engine::sqlite, kShape, {.durable = true});
    Queued queued(*db);
    const auto small = [](const char* id) { return [id](Connection& c) { c.run(kAdd, {id, nullptr}); return Outcome::keep; }; };
    auto before = queued.add(small("before"));
    auto large = queued.add([&](Connection& c) {
        disk.fail_wal_write = true;
        try {
            for (int i = 0; i < 40; ++i) c.run(kAdd, {"large" + std::to_string(i), Bytes{std::string(1'000'000, 'x')}});
        } catch (const Unavailable&) {
            disk.fail_wal_write = false;
            throw;
        }
        return Outcome::keep;
    });
    auto after = queued.add(small("after"));
    queued.go();
    EXPECT_NO_THROW(before.get());
    EXPECT_THROW(large.get(), Unavailable);
    EXPECT_NO_THROW(after.get());
    EXPECT_EQ(count(*db), 2);
}

TEST(DatabaseOnSqlite, readers_that_never_let_go_do_not_make_the_log_grow_for_ever) {
    // threats A15
    WorldDb db(Engine::sqlite, kShape);
    std::atomic<bool> stop{false};
    std::vector<std::jthread> readers;
    for (int r = 0; r < 4; ++r) readers.emplace_back([&] {
        while (!stop) db->read([](Connection& c) {
            (void)c.count({"notes.count", "select count(*) from notes"});
            std::this_thread::sleep_for(std::chrono::milliseconds(3));
        });
    });
    std::uintmax_t largest = 0;
    for (int i = 0; i < 160; ++i) {
        add(*db, std::to_string(i), 1'000'000);
        largest = std::max(largest, std::filesystem::file_size(db.target() + "-wal"));
    }
    stop = true;
    EXPECT_LT(largest, 100u << 20) << "160 MB were written";
}

TEST(DatabaseOnSqlite, a_copy_taken_under_writes_is_one_moment_of_the_original) {
    // threats A7
    WorldDb db(Engine::sqlite, kShape);
    std::atomic<bool> stop{false};
    std::jthread writer([&] {
        for (int i = 0; !stop; ++i) db->write([&](Connection& c) {
            for (const char* half : {"l", "r"}) c.run(kAdd, {half + std::to_string(i), Bytes{std::string(2000, 'x')}});
            return Outcome::keep;
        });
    });
    for (int i = 0; i < 5; ++i) {
        const auto before = count(*db);
        const std::string path = db.target() + ".copy" + std::to_string(i);
        db->copy_to(path);
        EXPECT_THROW(db->copy_to(path), Failure) << "never over another file";
        const auto copy = open({.target = path});
        EXPECT_EQ(count(*copy) % 2, 0);
        EXPECT_GE(count(*copy), before);
        copy->read([](Connection& c) {
            c.each_built("check", "pragma integrity_check", {}, [](const Row& row) { EXPECT_EQ(row.text(0), "ok"); });
        });
    }
    stop = true;
}

TEST(DatabaseOnSqlite, nobody_else_on_the_machine_may_read_the_file) {
    TemporaryFolder folder;
    const auto db = open({.target = folder.path() + "/anban.db"});
    migrate(*db, kShape);
    for (const char* end : {"", "-wal", ".lock"}) {
        struct stat found{};
        ASSERT_EQ(::stat((folder.path() + "/anban.db" + end).c_str(), &found), 0);
        EXPECT_EQ(found.st_mode & 0777, 0600u) << end;
    }
}

TEST(DatabaseOnSqlite, a_file_that_is_no_database_is_refused_at_the_start) {
    TemporaryFolder folder;
    EXPECT_THROW((void)open({.target = folder.path() + "/no/such/folder/anban.db"}), Failure);
    EXPECT_THROW((void)open({.target = ":memory:"}), Failure);
    const std::string path = folder.path() + "/letter.txt";
    std::filesystem::copy_file(test::tree("CMakeLists.txt"), path);
    EXPECT_THROW((void)open({.target = path}), Failure);
}

}  // namespace
}  // namespace anban::db
