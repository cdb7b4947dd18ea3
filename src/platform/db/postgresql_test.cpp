// What holds for PostgreSQL alone: lost connections, deadlocks, a standby that does not answer.
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "tests/support/postgresql_cluster.h"
#include "tests/support/world_db.h"

namespace anban::db {
namespace {

using test::PostgresqlCluster;
using test::WorldDb;
using namespace std::chrono_literals;

const Migration kShape[] = {{1, "first shape", R"sql(
    create table notes (id {key} not null primary key, value {int64} not null) {strict};
    insert into notes (id, value) values ('a', 0), ('b', 0);
)sql"}};
const Sql kAdd{"notes.add", "insert into notes (id, value) values ($1, 0)"};
const Sql kRaise{"notes.raise", "update notes set value = value + 1 where id = $1"};
const Sql kPid{"test.pid", "select pg_backend_pid()"};

std::int64_t value_of(Database& db, const char* id) {
    std::int64_t out = -1;
    db.read([&](Connection& c) { out = c.count({"notes.value", "select coalesce(max(value), -1) from notes where id = $1"}, {id}); });
    return out;
}

void end_connections_of(const WorldDb& db) {
    const auto name = db.target().substr(db.target().find("dbname=") + 7);
    PostgresqlCluster::get(false).administer("select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
}

TEST(DatabaseOnPostgresql, connections_that_broke_while_idle_are_made_anew) {
    WorldDb db(Engine::postgresql, kShape, {.readers = 2, .writers = 2});
    EXPECT_EQ(value_of(*db, "a"), 0);
    db->write([](Connection& c) { c.run(kRaise, {"a"}); return Outcome::keep; });
    end_connections_of(db);
    EXPECT_EQ(value_of(*db, "a"), 1);
    db->write([](Connection& c) { c.run(kRaise, {"a"}); return Outcome::keep; });
    EXPECT_EQ(value_of(*db, "a"), 2);
}

TEST(DatabaseOnPostgresql, a_look_that_ended_keeps_no_transaction_open) {
    WorldDb db(Engine::postgresql, kShape, {.readers = 2, .writers = 1});
    EXPECT_EQ(value_of(*db, "a"), 0);
    const Sql open{"test.open", "select count(*) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'"};
    std::int64_t still = -1;
    for (int tried = 0; tried < 200 && still != 0; ++tried) {
        std::this_thread::sleep_for(10ms);
        db->write([&](Connection& c) { still = c.count(open); return Outcome::undo; });
    }
    EXPECT_EQ(still, 0);
}

TEST(DatabaseOnPostgresql, a_deed_whose_connection_broke_before_its_first_word_runs_again_and_counts_once) {
    WorldDb db(Engine::postgresql, kShape, {.readers = 1, .writers = 1});
    for (int round = 1; round <= 3; ++round) {
        db->write([](Connection& c) { c.run_along(kRaise, {"a"}); return Outcome::keep; });
        EXPECT_EQ(value_of(*db, "a"), round);
        end_connections_of(db);
    }
}

// Also after it was made anew: three seconds of compiling for a look of milliseconds.
TEST(DatabaseOnPostgresql, no_connection_compiles_its_statements) {
    WorldDb db(Engine::postgresql, kShape, {.readers = 1, .writers = 1});
    const auto asked = [](Connection& c) { return c.exists({"test.jit", "select 1 where current_setting('jit') = 'off'"}); };
    for (int i = 0; i < 2; ++i) {
        db->read([&](Connection& c) { EXPECT_TRUE(asked(c)); });
        db->write([&](Connection& c) { EXPECT_TRUE(asked(c)); return Outcome::undo; });
        end_connections_of(db);
    }
}

TEST(DatabaseOnPostgresql, a_deed_whose_connection_breaks_before_the_commit_runs_again_and_counts_once) {
    WorldDb db(Engine::postgresql, kShape);
    int runs = 0;
    db->write([&](Connection& c) {
        c.run(kRaise, {"a"});
        if (++runs == 1) end_connections_of(db);
        c.run(kRaise, {"b"});
        return Outcome::keep;
    });
    EXPECT_EQ(runs, 2);
    EXPECT_EQ(value_of(*db, "a"), 1);
    EXPECT_EQ(value_of(*db, "b"), 1);
}

TEST(DatabaseOnPostgresql, a_connection_that_breaks_at_the_commit_is_told_as_unknown_and_not_repeated) {
    // threats A19
    WorldDb db(Engine::postgresql, kShape);
    int runs = 0;
    EXPECT_THROW(db->write([&](Connection& c) {
        c.run(kRaise, {"a"});
        ++runs;
        end_connections_of(db);
        return Outcome::keep;
    }), Unavailable);
    EXPECT_EQ(runs, 1);
    db->write([](Connection& c) { c.run(kRaise, {"b"}); return Outcome::keep; });
    EXPECT_EQ(value_of(*db, "b"), 1) << "and the next one goes through";
}

TEST(DatabaseOnPostgresql, a_server_that_does_not_answer_in_time_is_left) {
    WorldDb db(Engine::postgresql, kShape);
    auto options = db.options();
    options.write_limit = 150ms;
    const auto hasty = open(options);
    int runs = 0;
    hasty->write([&](Connection& c) {
        if (++runs == 1) (void)c.exists({"test.sleep", "select pg_sleep(20)"});
        c.run(kRaise, {"a"});
        return Outcome::keep;
    });
    EXPECT_EQ(runs, 2);
    EXPECT_THROW(hasty->write([](Connection& c) { (void)c.exists({"test.sleep", "select pg_sleep(20)"}); return Outcome::keep; }), Unavailable);
    EXPECT_EQ(value_of(*hasty, "a"), 1);
}

TEST(DatabaseOnPostgresql, two_deeds_that_wait_for_each_other_both_get_through) {
    WorldDb db(Engine::postgresql, kShape);
    const auto both = [&](const char* first, const char* second) {
        for (int i = 0; i < 3; ++i) db->write([&](Connection& c) {
            c.run(kRaise, {first});
            std::this_thread::sleep_for(20ms);
            c.run(kRaise, {second});
            return Outcome::keep;
        });
    };
    {
        std::jthread one([&] { both("a", "b"); });
        std::jthread other([&] { both("b", "a"); });
    }
    EXPECT_EQ(value_of(*db, "a"), 6);
    EXPECT_EQ(value_of(*db, "b"), 6);
}

TEST(DatabaseOnPostgresql, a_cancelled_wait_for_the_standby_is_no_yes) {
    // threats A20
    WorldDb db(Engine::postgresql, kShape, {.durable = true});
    auto& server = PostgresqlCluster::get(true);
    std::int64_t pid = 0;
    std::promise<void> known;
    const auto settle = [&](const char* standby) {
        server.administer("alter system set synchronous_standby_names = '" + std::string(standby) + "'");
        server.administer("select pg_reload_conf()");
    };
    auto answered = std::async(std::launch::async, [&] {
        db->write([&](Connection& c) {
            pid = c.count(kPid);
            c.run(kAdd, {"c"});
            settle("nobody");
            std::this_thread::sleep_for(300ms);  // until the server has read it
            known.set_value();
            return Outcome::keep;
        });
    });
    known.get_future().wait();
    for (int i = 0; i < 30 && answered.wait_for(100ms) != std::future_status::ready; ++i)
        server.administer("select pg_cancel_backend(pid) from pg_stat_activity where pid = " + std::to_string(pid) + " and wait_event = 'SyncRep'");
    EXPECT_THROW(answered.get(), Unavailable);
    settle("");
}

TEST(DatabaseOnPostgresql, of_several_hosts_the_one_that_lives_is_found) {
    WorldDb db(Engine::postgresql, kShape);
    auto options = db.options();
    options.target.insert(std::string("host=").size(), "/nowhere,");
    const auto found = open(options);
    found->write([](Connection& c) { c.run(kRaise, {"a"}); return Outcome::keep; });
    EXPECT_EQ(value_of(*found, "a"), 1);
}

TEST(DatabaseOnPostgresql, a_wrong_address_is_told_at_the_start) {
    EXPECT_THROW((void)open({.target = "host=/nowhere user=postgres dbname=postgres"}), Unavailable);
}

}  // namespace
}  // namespace anban::db
