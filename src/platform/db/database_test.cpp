#include "platform/db/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <limits>
#include <mutex>
#include <thread>

#include "tests/support/world_db.h"

namespace anban::db {
namespace {

using test::WorldDb;
using ::testing::ElementsAre;

const Migration kShape[] = {{1, "first shape", R"sql(
    create table parts (id {key} not null primary key, number {int64}, words text, content {bytes}) {strict};
    create table counters (id {key} not null primary key, value {int64} not null, version {int64} not null) {strict};
    create table deeds (id {key} not null primary key, round {int64} not null, check (round >= 0)) {strict};
    create table children (id {key} not null primary key,
        parent {key} references parts (id) deferrable initially deferred) {strict};
    insert into counters (id, value, version) values ('quota', 0, 1);
)sql"}};

const Sql kAddPart{"parts.add", "insert into parts (id, number, words, content) values ($1, $2, $3, $4)"};
const Sql kAddDeed{"deeds.add", "insert into deeds (id, round) values ($1, $2)"};
const Sql kCountDeeds{"deeds.count", "select count(*) from deeds"};

// Every row as text, "|" between columns: what the same words give on either engine.
std::vector<std::string> rows(Connection& c, const std::string& text, const Values& values, int columns) {
    std::vector<std::string> out;
    c.each_built("test.rows", text, values, [&](const Row& row) {
        std::string line;
        for (int i = 0; i < columns; ++i) line += (i ? "|" : "") + (row.is_null(i) ? std::string("null") : row.string(i));
        out.push_back(line);
    });
    return out;
}

std::vector<std::string> rows(Database& db, const std::string& text, const Values& values, int columns) {
    std::vector<std::string> out;
    db.read([&](Connection& c) { out = rows(c, text, values, columns); });
    return out;
}

std::int64_t count(Database& db, const Sql& sql) {
    std::int64_t out = -1;
    db.read([&](Connection& c) { out = c.count(sql); });
    return out;
}

void keep(Database& db, const std::function<void(Connection&)>& deed) {
    db.write([&](Connection& c) { deed(c); return Outcome::keep; });
}

ANBAN_ON_BOTH_ENGINES(DatabaseDoor);

TEST_P(DatabaseDoor, every_kind_of_value_comes_back_as_it_was_put) {
    WorldDb db(GetParam(), kShape);
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::int64_t>::max();
    std::string every_byte(256, '\0');
    for (std::size_t i = 0; i < 256; ++i) every_byte[i] = static_cast<char>(i);
    keep(*db, [&](Connection& c) {
        EXPECT_EQ(c.run(kAddPart, {"a", least, "安全生产百日攻坚 “𠮷” '; --", Bytes{every_byte}}), 1);
        c.run(kAddPart, {"b", most, "", Bytes{""}});
        c.run(kAddPart, {"c", nullptr, nullptr, nullptr});
    });
    // Asked again, PostgreSQL answers in another form.
    for (int asked = 0; asked < 3; ++asked)
        db->read([&](Connection& c) {
            int at = 0;
            c.each({"parts.list", "select number, words, content from parts order by id"}, {}, [&](const Row& row) {
                switch (at++) {
                    case 0:
                        EXPECT_EQ(row.int64(0), least);
                        EXPECT_EQ(row.text(0), std::to_string(least));
                        EXPECT_EQ(row.text(1), "安全生产百日攻坚 “𠮷” '; --");
                        EXPECT_EQ(row.bytes(2), every_byte);
                        break;
                    case 1:
                        EXPECT_EQ(row.int64(0), most);
                        EXPECT_FALSE(row.is_null(1));
                        EXPECT_EQ(row.optional_string(1), "");
                        EXPECT_FALSE(row.is_null(2));
                        EXPECT_EQ(row.bytes(2), "");
                        break;
                    default:
                        EXPECT_EQ(row.optional_int64(0), std::nullopt);
                        EXPECT_EQ(row.optional_string(1), std::nullopt);
                        EXPECT_TRUE(row.is_null(2));
                        EXPECT_EQ(row.int64(0), 0);
                        EXPECT_EQ(row.text(1), "");
                        EXPECT_EQ(row.bytes(2), "");
                }
            });
            EXPECT_EQ(at, 3);
        });
}

TEST_P(DatabaseDoor, the_same_words_give_the_same_rows) {
    WorldDb db(GetParam(), kShape);
    keep(*db, [](Connection& c) {
        int n = 0;
        for (const char* id : {"B", "a", "_", "安", "A"}) c.run(kAddPart, {id, ++n * 10, "Word", nullptr});
    });
    EXPECT_THAT(rows(*db, "select id from parts order by id", {}, 1), ElementsAre("A", "B", "_", "a", "安"));
    EXPECT_THAT(rows(*db, "select id, number = $2 from parts where number >= $1 and number = $2", {10, 20}, 2), ElementsAre("a|1"));
    EXPECT_THAT(rows(*db, "select $2 || '-' || $1 || '-' || $2 from parts where id = 'A'", {"x", "y"}, 1), ElementsAre("y-x-y"));
    EXPECT_THAT(rows(*db, "select count(*) from parts where words like 'word'", {}, 1), ElementsAre("0"));
    EXPECT_THAT(rows(*db, "select id, row_number() over (order by number desc), sum(number) over (order by number) from parts order by number", {}, 3),
                ElementsAre("B|5|10", "a|4|30", "_|3|60", "安|2|100", "A|1|150"));
    EXPECT_THAT(rows(*db, R"sql(
        with recursive steps (n) as (select min(number) / 10 from parts union all select n + 1 from steps where n < $1)
        select n, n * n from steps order by n)sql", {4}, 2), ElementsAre("1|1", "2|4", "3|9", "4|16"));
}

TEST_P(DatabaseDoor, a_row_that_is_there_is_changed_and_handed_back) {
    WorldDb db(GetParam(), kShape);
    const Sql upsert{"counters.count", R"sql(
        insert into counters (id, value, version) values ($1, $2, 1)
        on conflict (id) do update set value = counters.value + excluded.value, version = counters.version + 1
        returning value, version
    )sql"};
    std::vector<std::string> seen;
    keep(*db, [&](Connection& c) {
        for (const int add : {5, 7})
            c.each(upsert, {"towns", add}, [&](const Row& row) { seen.push_back(row.string(0) + "@" + row.string(1)); });
        EXPECT_EQ(c.run({"counters.none", "update counters set value = 0 where id = 'nobody'"}), 0);
        EXPECT_EQ(c.run({"counters.all", "update counters set value = value + 1"}), 2);
        EXPECT_EQ(c.run({"counters.look", "select id from counters"}), 0);
    });
    EXPECT_THAT(seen, ElementsAre("5@1", "12@2"));
}

TEST_P(DatabaseDoor, a_statement_may_be_asked_again_while_its_rows_are_read) {
    WorldDb db(GetParam(), kShape);
    const Sql later{"parts.later", "select id from parts where id > $1 order by id"};
    keep(*db, [&](Connection& c) { for (const char* id : {"a", "b", "c"}) c.run(kAddPart, {id, 1, "w", nullptr}); });
    std::string pairs;
    db->read([&](Connection& c) {
        c.each(later, {""}, [&](const Row& outer) {
            const auto id = outer.string(0);
            c.each(later, {id}, [&](const Row& inner) { pairs += id + inner.string(0) + ' '; });
        });
    });
    EXPECT_EQ(pairs, "ab ac bc ");
}

TEST_P(DatabaseDoor, a_slip_in_the_program_is_told_alike_on_both_engines) {
    WorldDb db(GetParam(), kShape);
    keep(*db, [&](Connection& c) { c.run(kAddPart, {"a", 1, "words", Bytes{"\1"}}); });
    const auto ask = [&](const char* text, const Values& values, const std::function<void(const Row&)>& look) {
        db->read([&](Connection& c) { c.each_built("test.slip", text, values, look); });
    };
    EXPECT_THROW(ask("select words from parts", {}, [](const Row& row) { (void)row.int64(0); }), Failure);
    EXPECT_THROW(ask("select content from parts", {}, [](const Row& row) { (void)row.text(0); }), Failure);
    EXPECT_THROW(ask("select id from parts", {}, [](const Row& row) { (void)row.text(1); }), Failure);
    EXPECT_THROW(ask("select id from parts where id = $1", {}, [](const Row&) {}), Failure);
    EXPECT_THROW(ask("select id from parts where id = $1", {"a", "b"}, [](const Row&) {}), Failure);
    EXPECT_THROW(ask("select id from parts where id = \"a\"", {}, [](const Row&) {}), Failure);
    EXPECT_THROW(ask("select id from parts; select id from parts", {}, [](const Row&) {}), Failure);
    EXPECT_THROW(ask("select id from parts where id = $1", {std::string("a\0b", 3)}, [](const Row&) {}), Failure);
    EXPECT_THROW(keep(*db, [](Connection& c) { c.run(kAddPart, {"a", 2, "", nullptr}); }), ConstraintFailure);
    EXPECT_THAT(rows(*db, "select number from parts", {}, 1), ElementsAre("1")) << "and the door still works";
}

TEST_P(DatabaseDoor, what_is_undone_leaves_nothing) {
    WorldDb db(GetParam(), kShape);
    db->write([](Connection& c) { c.run(kAddDeed, {"undone", 1}); return Outcome::undo; });
    EXPECT_THROW(keep(*db, [](Connection& c) { c.run(kAddDeed, {"thrown", 1}); throw std::out_of_range("ours"); }), std::out_of_range);
    EXPECT_EQ(count(*db, kCountDeeds), 0);
    keep(*db, [](Connection& c) { c.run(kAddDeed, {"kept", 1}); });
    EXPECT_EQ(count(*db, kCountDeeds), 1);
}

TEST_P(DatabaseDoor, a_deed_that_goes_on_after_a_failure_is_undone_and_told) {
    WorldDb db(GetParam(), kShape);
    const auto stumble = [](Connection& c) {
        c.run(kAddDeed, {"before", 1});
        EXPECT_THROW(c.run(kAddDeed, {"bad", -1}), ConstraintFailure);
        EXPECT_THROW(c.run(kAddDeed, {"after", 1}), Failure);
    };
    EXPECT_THROW(keep(*db, stumble), Failure);
    EXPECT_NO_THROW(db->write([&](Connection& c) { stumble(c); return Outcome::undo; }));
    EXPECT_EQ(count(*db, kCountDeeds), 0);
}

TEST_P(DatabaseDoor, what_runs_along_is_there_for_the_next_statement_and_gone_with_an_undone_deed) {
    WorldDb db(GetParam(), kShape);
    for (int round = 0; round < 3; ++round) {  // also when the statements are known to the server
        db->write([&](Connection& c) {
            c.run_along(kAddDeed, {"undone", 1});
            c.run_along(kAddDeed, {"undone as well", 1});
            if (round == 1) EXPECT_EQ(c.count(kCountDeeds), round + 2);
            return Outcome::undo;
        });
        keep(*db, [&](Connection& c) { c.run_along(kAddDeed, {"kept " + std::to_string(round), 1}); });
        EXPECT_EQ(count(*db, kCountDeeds), round + 1);
    }
}

TEST_P(DatabaseDoor, a_failure_of_what_runs_along_is_thrown_by_the_next_statement_or_the_commit_and_keeps_nothing) {
    WorldDb db(GetParam(), kShape);
    for (const bool asks_on : {true, false, true, false}) {
        EXPECT_THROW(keep(*db, [&](Connection& c) {
            c.run_along(kAddDeed, {"before", 1});
            c.run_along(kAddDeed, {"below zero", -1});
            c.run_along(kAddDeed, {"behind", 1});
            if (asks_on) (void)c.count(kCountDeeds);
        }), ConstraintFailure);
        EXPECT_EQ(count(*db, kCountDeeds), 0);
    }
    keep(*db, [](Connection& c) { c.run_along(kAddDeed, {"good", 1}); });
    EXPECT_EQ(count(*db, kCountDeeds), 1);
}

TEST_P(DatabaseDoor, one_bad_deed_among_many_spoils_none_of_its_neighbours) {
    // threats A4
    WorldDb db(GetParam(), kShape);
    const int rounds = GetParam() == Engine::sqlite ? 20 : 4;
    std::atomic<int> kept{0}, refused{0};
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::jthread> writers;
        for (int w = 0; w < 64; ++w) writers.emplace_back([&, w] {
            const bool bad = w % 8 == 3;
            const auto id = std::to_string(round) + '-' + std::to_string(w);
            try {
                keep(*db, [&](Connection& c) {
                    c.run(kAddDeed, {id, round});
                    if (bad) c.run(kAddDeed, {id + "x", -1});
                });
                EXPECT_FALSE(bad);
                ++kept;
            } catch (const ConstraintFailure&) {
                EXPECT_TRUE(bad);
                ++refused;
            }
        });
    }
    EXPECT_EQ(kept, rounds * 56);
    EXPECT_EQ(refused, rounds * 8);
    EXPECT_EQ(count(*db, kCountDeeds), rounds * 56);
}

TEST_P(DatabaseDoor, a_reference_left_open_refuses_that_deed_alone) {
    // threats A4: deferred rules are looked at only when the group commits
    WorldDb db(GetParam(), kShape);
    const Sql child{"children.add", "insert into children (id, parent) values ($1, $2)"};
    std::atomic<int> refused{0};
    {
        std::vector<std::jthread> writers;
        for (int w = 0; w < 32; ++w) writers.emplace_back([&, w] {
            try {
                keep(*db, [&](Connection& c) {
                    const auto id = std::to_string(w);
                    c.run(child, {id, id});
                    if (w % 4 != 0) c.run(kAddPart, {id, 1, "", nullptr});
                });
                EXPECT_NE(w % 4, 0);
            } catch (const ConstraintFailure&) {
                EXPECT_EQ(w % 4, 0);
                ++refused;
            }
        });
    }
    EXPECT_EQ(refused, 8);
    EXPECT_EQ(count(*db, {"children.count", "select count(*) from children"}), 24);
}

TEST_P(DatabaseDoor, five_hundred_at_once_on_one_quota_lose_and_invent_nothing) {
    // anchor-failures 9
    WorldDb db(GetParam(), kShape);
    std::atomic<int> counted{0}, conflicts{0};
    {
        std::vector<std::jthread> writers;
        for (int w = 0; w < 20; ++w) writers.emplace_back([&] {
            for (int i = 0; i < 25;) {
                bool through = false;
                db->write([&](Connection& c) {
                    std::int64_t version = 0;
                    c.each({"counters.find", "select version from counters where id = 'quota'"}, {}, [&](const Row& row) { version = row.int64(0); });
                    through = c.run({"counters.raise", "update counters set value = value + 1, version = version + 1 where id = 'quota' and version = $1"}, {version}) == 1;
                    return through ? Outcome::keep : Outcome::undo;
                });
                if (through) ++i, ++counted;
                else ++conflicts;
            }
        });
    }
    EXPECT_EQ(counted, 500);
    EXPECT_THAT(rows(*db, "select value, version from counters where id = 'quota'", {}, 2), ElementsAre("500|501")) << conflicts << " conflicts";
}

TEST_P(DatabaseDoor, a_look_sees_one_moment_and_never_half_of_a_write) {
    WorldDb db(GetParam(), kShape);
    std::atomic<bool> stop{false};
    std::jthread writer([&] {
        for (int i = 0; !stop; ++i) keep(*db, [&](Connection& c) {
            c.run(kAddDeed, {"l" + std::to_string(i), i});
            c.run(kAddDeed, {"r" + std::to_string(i), i});
        });
    });
    for (int i = 0; i < 50; ++i) db->read([&](Connection& c) {
        const auto before = c.count(kCountDeeds);
        EXPECT_EQ(before % 2, 0);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        EXPECT_EQ(c.count(kCountDeeds), before);
    });
    stop = true;
    writer.join();
    EXPECT_GT(count(*db, kCountDeeds), 0);
}

TEST_P(DatabaseDoor, who_was_answered_finds_his_write_at_once) {
    WorldDb db(GetParam(), kShape);
    std::vector<std::jthread> people;
    for (int p = 0; p < 8; ++p) people.emplace_back([&, p] {
        for (int i = 0; i < 20; ++i) {
            const auto id = std::to_string(p) + '-' + std::to_string(i);
            keep(*db, [&](Connection& c) { c.run(kAddDeed, {id, i}); });
            bool found = false;
            db->read([&](Connection& c) { found = c.exists({"deeds.find", "select 1 from deeds where id = $1"}, {id}); });
            EXPECT_TRUE(found) << id;
        }
    });
}

TEST_P(DatabaseDoor, a_look_inside_a_deed_sees_the_state_before_it) {
    WorldDb db(GetParam(), kShape, {.readers = 1, .writers = 1});
    keep(*db, [&](Connection& c) {
        c.run(kAddDeed, {"a", 1});
        EXPECT_EQ(c.count(kCountDeeds), 1);
        EXPECT_EQ(count(*db, kCountDeeds), 0);
    });
    EXPECT_EQ(count(*db, kCountDeeds), 1);
}

TEST_P(DatabaseDoor, a_look_inside_a_look_needs_no_second_connection) {
    WorldDb db(GetParam(), kShape, {.readers = 1, .writers = 1});
    db->read([&](Connection& outer) {
        db->read([&](Connection& inner) { EXPECT_EQ(&inner, &outer); });
    });
}

TEST_P(DatabaseDoor, a_write_that_would_wait_for_itself_is_refused_instead) {
    WorldDb db(GetParam(), kShape);
    const auto write = [&] { keep(*db, [](Connection& c) { c.run(kAddDeed, {"inner", 1}); }); };
    EXPECT_THROW(keep(*db, [&](Connection&) { write(); }), Failure);
    EXPECT_THROW(db->read([&](Connection&) { write(); }), Failure);
    EXPECT_EQ(count(*db, kCountDeeds), 0);
    write();
    EXPECT_EQ(count(*db, kCountDeeds), 1);
}

TEST_P(DatabaseDoor, nobody_writes_through_a_look) {
    WorldDb db(GetParam(), kShape);
    try {
        db->read([](Connection& c) { c.run(kAddDeed, {"a", 1}); });
        ADD_FAILURE() << "written";
    } catch (const Unavailable&) {
        ADD_FAILURE() << "to try again would not help";
    } catch (const Failure&) {
    }
    EXPECT_EQ(count(*db, kCountDeeds), 0);
}

TEST_P(DatabaseDoor, a_look_without_end_is_ended) {
    WorldDb db(GetParam(), kShape);
    auto options = db.options();
    db.close();
    options.read_limit = std::chrono::milliseconds(100);
    const auto hasty = open(options);
    EXPECT_THROW(hasty->read([](Connection& c) {
        (void)c.count({"test.endless", "with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000000000) select count(*) from n"});
    }), Unavailable);
    EXPECT_EQ(count(*hasty, kCountDeeds), 0);
}

TEST_P(DatabaseDoor, every_connection_that_writes_has_a_name_for_its_chain) {
    WorldDb db(GetParam(), kShape, {.writers = 3});
    std::mutex mutex;
    std::vector<std::string> names;
    {
        std::vector<std::jthread> writers;
        for (int w = 0; w < 12; ++w) writers.emplace_back([&] {
            keep(*db, [&](Connection& c) {
                const std::scoped_lock lock(mutex);
                names.emplace_back(c.writer());
            });
        });
    }
    for (const auto& name : names)
        EXPECT_TRUE(GetParam() == Engine::sqlite ? name == "sqlite" : name == "pg-1" || name == "pg-2" || name == "pg-3") << name;
}

TEST_P(DatabaseDoor, what_was_kept_is_there_after_a_restart) {
    WorldDb db(GetParam(), kShape, {.durable = true});
    keep(*db, [](Connection& c) { c.run(kAddDeed, {"a", 1}); });
    db.close();
    db.open();
    EXPECT_EQ(count(*db, kCountDeeds), 1);
    EXPECT_NE(db->describe().find(GetParam() == Engine::sqlite ? "synchronous=FULL" : "PostgreSQL 15"), std::string::npos) << db->describe();
}

}  // namespace
}  // namespace anban::db
