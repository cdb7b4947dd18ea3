#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "platform/db/dialect.h"
#include "tests/support/world_db.h"

namespace anban::db {
namespace {

using test::WorldDb;
using ::testing::ElementsAre;

const Migration kList[] = {
    {1, "first", "create table notes (id {key} not null primary key, body text not null) {strict};"},
    {2, "second; with a note", "-- a remark; not a statement\ninsert into notes (id, body) values ('1', 'a; b -- c {int64}');"},
    {3, "third", "alter table notes add column size {int64}; update notes set size = 7;"},
};
const Migration kBroken[] = {kList[0], {2, "breaks", "insert into notes (id, body) values ('1', 'x'); insert into nowhere values (1)"}};
const Migration kAltered[] = {{1, "first", "create table notes (id {key} not null primary key) {strict}"}, kList[1], kList[2]};

std::span<const Migration> first(std::size_t count) { return std::span(kList).first(count); }

std::vector<std::string> list(Database& db, const char* text) {
    std::vector<std::string> out;
    db.read([&](Connection& c) { c.each_built("test.list", text, {}, [&](const Row& row) { out.push_back(row.string(0)); }); });
    return out;
}

ANBAN_ON_BOTH_ENGINES(Migrations);

TEST_P(Migrations, an_older_database_is_brought_to_the_newest_shape_once) {
    WorldDb db(GetParam(), first(1));
    migrate(*db, kList);
    migrate(*db, kList);
    EXPECT_THAT(list(*db, "select body || size from notes"), ElementsAre("a; b -- c {int64}7"));
    EXPECT_THAT(list(*db, "select number || name from schema_migrations order by number"),
                ElementsAre("1first", "2second; with a note", "3third"));
}

TEST_P(Migrations, a_newer_database_is_refused) {
    // threats A9
    WorldDb db(GetParam(), kList);
    EXPECT_THROW(migrate(*db, first(2)), Failure);
    EXPECT_THAT(list(*db, "select count(*) from schema_migrations"), ElementsAre("3"));
}

TEST_P(Migrations, a_migration_altered_afterwards_is_refused) {
    WorldDb db(GetParam(), first(2));
    EXPECT_THROW(migrate(*db, kAltered), Failure);
    EXPECT_THAT(list(*db, "select count(*) from schema_migrations"), ElementsAre("2"));
}

TEST_P(Migrations, one_that_breaks_leaves_nothing_of_itself) {
    WorldDb db(GetParam(), first(1));
    EXPECT_THROW(migrate(*db, kBroken), Failure);
    EXPECT_THAT(list(*db, "select count(*) from notes"), ElementsAre("0"));
    migrate(*db, kList);
    EXPECT_THAT(list(*db, "select count(*) from schema_migrations"), ElementsAre("3"));
}

TEST_P(Migrations, two_servers_that_start_at_once_migrate_once) {
    WorldDb db(GetParam());
    {
        std::vector<std::jthread> servers;
        for (int i = 0; i < 4; ++i) servers.emplace_back([&] { migrate(*db, kList); });
    }
    EXPECT_THAT(list(*db, "select count(*) from notes"), ElementsAre("1"));
}

TEST(MigrationsOnSqlite, a_newer_file_is_left_byte_for_byte_as_it_was) {
    // threats A9
    WorldDb db(Engine::sqlite, kList);
    db.close();
    const auto bytes = [&] {
        std::ifstream file(db.target(), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    const auto before = bytes();
    const auto modified = std::filesystem::last_write_time(db.target());
    ASSERT_FALSE(before.empty());
    {
        const auto older = open({.target = db.target()});
        EXPECT_THROW(migrate(*older, first(2)), Failure);
    }
    EXPECT_EQ(bytes(), before);
    EXPECT_EQ(std::filesystem::last_write_time(db.target()), modified);
}

TEST(MigrationText, statements_end_at_semicolons_that_are_none_of_quotes_or_comments) {
    EXPECT_THAT(split_statements("a; b 'x;''y' ; -- c;\n /* d; */ e \"f;g\";;  \n"),
                ElementsAre("a", " b 'x;''y' ", " -- c;\n /* d; */ e \"f;g\""));
    EXPECT_THAT(split_statements(" -- nothing\n"), ElementsAre());
    EXPECT_THAT(split_statements("insert 'open; "), ElementsAre("insert 'open; "));
}

TEST(MigrationText, words_are_spelled_for_the_engine_and_slips_are_told) {
    const char* text = "create table t (a {int64}, b {bytes}, c {key} default '{}', d text default '{int64}') {strict}";
    EXPECT_EQ(spelled_for(Engine::sqlite, text), "create table t (a integer, b blob, c text default '{}', d text default '{int64}') strict");
    EXPECT_EQ(spelled_for(Engine::postgresql, text),
              "create table t (a bigint, b bytea, c text collate \"C\" default '{}', d text default '{int64}') ");
    EXPECT_THROW((void)spelled_for(Engine::sqlite, "create table t (a {int32})"), Failure);
}

TEST(MigrationText, a_gap_in_the_numbers_is_a_slip) {
    const Migration gap[] = {kList[0], kList[2]};
    WorldDb db(Engine::sqlite);
    EXPECT_THROW(migrate(*db, gap), Failure);
}

}  // namespace
}  // namespace anban::db
