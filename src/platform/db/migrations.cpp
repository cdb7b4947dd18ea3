// Brings a database to the newest shape, or refuses it untouched.
#include <map>

#include "core/time.h"
#include "platform/crypto/crypto.h"
#include "platform/db/dialect.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

using Applied = std::map<std::int64_t, std::string>;  // number -> digest

// Over both engines' statements: a database that moves house has applied the same list.
std::string digest_of(const Migration& m) {
    std::string all = m.text;
    for (const auto statements : {m.on_sqlite, m.on_postgresql})
        for (const auto* statement : statements) all += std::string(";") + statement;
    return crypto::hex(crypto::sha256(all));
}

void refuse_gaps(std::span<const Migration> list) {
    for (std::size_t i = 0; i < list.size(); ++i)
        if (list[i].number != static_cast<int>(i) + 1)
            throw Failure("migration " + std::string(list[i].name) + " should have the number " + std::to_string(i + 1));
}

// By reading alone: a database that is refused must not be changed by the asking.
Applied applied_in(Database& db) {
    Applied out;
    db.read([&](Connection& c) {
        if (!c.exists(table_exists(c.engine()), {"schema_migrations"})) return;
        c.each({"migrations.list", "select number, digest from schema_migrations"}, {},
               [&](const Row& row) { out[row.int64(0)] = row.string(1); });
    });
    return out;
}

void refuse_newer_or_altered(const Applied& applied, std::span<const Migration> list) {
    for (const auto& [number, digest] : applied) {
        if (number > static_cast<std::int64_t>(list.size()))
            throw Failure("the database is newer than this program: it has migration " + std::to_string(number) +
                          ", this program knows " + std::to_string(list.size()) + ". Use the newer program; nothing was changed.");
        if (digest != digest_of(list[static_cast<std::size_t>(number) - 1]))
            throw Failure("migration " + std::to_string(number) + " was altered after it had been applied; nothing was changed.");
    }
}

Outcome make_register(Connection& c) {
    wait_for_other_migrators(c);
    c.run_built("migrations.create", spelled_for(c.engine(), R"sql(
        create table if not exists schema_migrations (
            number {int64} not null primary key,
            name text not null,
            digest {key} not null,
            applied_at {int64} not null
        ) {strict})sql"), {});
    return Outcome::keep;
}

Outcome apply(Connection& c, const Migration& m) {
    wait_for_other_migrators(c);
    if (c.exists({"migrations.find", "select 1 from schema_migrations where number = $1"}, {m.number})) return Outcome::undo;
    for (const auto& statement : split_statements(spelled_for(c.engine(), m.text))) c.run_built(m.name, statement, {});
    for (const auto* statement : c.engine() == Engine::sqlite ? m.on_sqlite : m.on_postgresql) c.run_built(m.name, statement, {});
    c.run({"migrations.add", "insert into schema_migrations (number, name, digest, applied_at) values ($1, $2, $3, $4)"},
          {m.number, m.name, digest_of(m), system_now().ms});
    return Outcome::keep;
}

}  // namespace

void migrate(Database& db, std::span<const Migration> list) {
    refuse_gaps(list);
    const auto applied = applied_in(db);
    refuse_newer_or_altered(applied, list);
    if (applied.size() == list.size()) return;
    db.reshape(make_register);
    for (const auto& m : list) {
        if (applied.contains(m.number)) continue;
        auto outcome = Outcome::undo;  // another server may have been quicker
        db.reshape([&](Connection& c) { return outcome = apply(c, m); });
        if (outcome == Outcome::keep) log::info("database.migrated", {{"number", m.number}, {"name", m.name}});
    }
}

}  // namespace anban::db
