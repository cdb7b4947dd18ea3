#include "modules/journal/journal.h"

#include <gtest/gtest.h>

#include "app/migrations.h"
#include "modules/journal/verify.h"
#include "tests/support/world_db.h"

namespace anban::journal {
namespace {

ANBAN_ON_BOTH_ENGINES(Journal);

Actor clerk() {
    Actor actor;
    actor.person_id = "p1";
    actor.organization_id = "o1";
    actor.role = Role::liaison;
    actor.name = "株洲市住建局联络员";
    actor.address = "127.0.0.1";
    return actor;
}

struct Book {
    explicit Book(db::Engine engine) : db(engine, migrations()) {}

    void write(int lines) {
        const auto actor = clerk();
        for (int i = 0; i < lines; ++i)
            db->write([&](db::Connection& connection) {
                Work work{connection, actor, {1'684'976'400'000 + i}, {0}, {1'684'976'400'000 + i}, "request-1"};
                record(work, "filing.handed_in", {"filing", "f" + std::to_string(i), "o1"}, {{"number", i}});
                return db::Outcome::keep;
            });
    }
    void run(const std::string& statement) {
        db->write([&](db::Connection& connection) { connection.run_built("test", statement, {}); return db::Outcome::keep; });
    }
    Verified verified(const std::map<std::string, Link>& heads = {}) {
        Verified out;
        db->read([&](db::Connection& connection) { out = verify(connection, heads); });
        return out;
    }
    std::map<std::string, Link> heads() {
        std::map<std::string, Link> out;
        db->read([&](db::Connection& connection) { out = read_heads(connection); });
        return out;
    }

    test::WorldDb db;
};

// On SQLite there is one chain; on PostgreSQL as many as connections wrote. Ten lines of one chain are enough to name one.
std::string chain_with_lines(Book& book) {
    std::string best;
    std::int64_t most = 0;
    for (const auto& [writer, link] : book.heads())
        if (link.number > most) most = link.number, best = writer;
    return best;
}

TEST_P(Journal, a_whole_book_is_found_whole) {
    Book book(GetParam());
    book.write(40);
    const auto verified = book.verified(book.heads());
    EXPECT_EQ(verified.lines, 40);
    EXPECT_TRUE(verified.findings.empty());
}

// threats E1
TEST_P(Journal, whoever_changes_any_field_of_any_line_is_found_at_that_line) {
    for (const char* change : {"at = at + 1", "real_at = real_at + 1", "person_id = 'x'", "actor_name = 'x'", "organization_id = 'x'",
                               "role = 'x'", "address = 'x'", "request_id = 'x'", "deed = 'x'", "object_kind = 'x'", "object_id = 'x'",
                               "object_organization_id = 'x'", "outcome = 'x'", "detail = '{}'", "hash = 'x'"}) {
        Book book(GetParam());
        book.write(20);
        const auto writer = chain_with_lines(book);
        book.run(std::string("update journal set ") + change + " where writer = '" + writer + "' and number = 2");
        const auto verified = book.verified();
        ASSERT_FALSE(verified.findings.empty()) << change;
        EXPECT_EQ(verified.findings[0].number, 2) << change;
        EXPECT_EQ(verified.findings[0].key, "journal.line_changed") << change;
    }
}

TEST_P(Journal, a_line_taken_out_or_two_exchanged_are_named) {
    Book book(GetParam());
    book.write(20);
    const auto writer = chain_with_lines(book);
    book.run("update journal set number = -1 where writer = '" + writer + "' and number = 1");
    book.run("update journal set number = 1 where writer = '" + writer + "' and number = 2");
    book.run("update journal set number = 2 where writer = '" + writer + "' and number = -1");
    EXPECT_EQ(book.verified().findings.at(0).number, 1);
    book.run("delete from journal where writer = '" + writer + "' and number = 1");
    EXPECT_EQ(book.verified().findings.at(0).key, "journal.line_missing");
}

TEST_P(Journal, lines_cut_off_at_the_end_are_missed_even_when_the_head_was_moved_back) {
    Book book(GetParam());
    book.write(20);
    const auto signed_heads = book.heads();
    const auto writer = chain_with_lines(book);
    const auto last = signed_heads.at(writer).number;
    const auto at = " where writer = '" + writer + "'";
    book.run("delete from journal" + at + " and number = " + std::to_string(last));
    EXPECT_EQ(book.verified().findings.at(0).key, "journal.cut_off");
    book.run("update journal_heads set number = number - 1, hash = (select hash from journal" + at + " and number = " +
             std::to_string(last - 1) + ")" + at);
    EXPECT_TRUE(book.verified().findings.empty()) << "without the signed heads a tidy cut can not be seen";
    EXPECT_EQ(book.verified(signed_heads).findings.at(0).key, "journal.cut_off");
}

TEST_P(Journal, heads_signed_with_another_key_are_named) {
    Book book(GetParam());
    book.write(5);
    TemporaryFolder folder;
    write_signed_heads(folder.path() + "/heads", "the key", book.heads());
    EXPECT_TRUE(read_signed_heads(folder.path() + "/heads", "the key").findings.empty());
    EXPECT_EQ(read_signed_heads(folder.path() + "/heads", "the key").heads.size(), book.heads().size());
    EXPECT_FALSE(read_signed_heads(folder.path() + "/heads", "another").findings.empty());
}

TEST_P(Journal, a_deed_that_is_undone_leaves_no_line_and_no_gap) {
    Book book(GetParam());
    book.write(3);
    const auto actor = clerk();
    book.db->write([&](db::Connection& connection) {
        Work work{connection, actor, {1}, {1}, {1}, "request-2"};
        record(work, "filing.handed_in", {"filing", "undone", "o1"});
        return db::Outcome::undo;
    });
    book.write(3);
    const auto verified = book.verified(book.heads());
    EXPECT_EQ(verified.lines, 6);
    EXPECT_TRUE(verified.findings.empty());
}

}  // namespace
}  // namespace anban::journal
