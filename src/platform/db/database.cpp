// What both engines share.
#include "platform/db/database.h"

#include "platform/db/dialect.h"
#include "platform/db/nesting.h"
#include "platform/db/postgresql.h"
#include "platform/db/sqlite.h"

namespace anban::db {

std::optional<std::string> Row::optional_string(int column) const {
    if (is_null(column)) return std::nullopt;
    return string(column);
}

std::optional<std::int64_t> Row::optional_int64(int column) const {
    if (is_null(column)) return std::nullopt;
    return int64(column);
}

bool Connection::exists(const Sql& sql, const Values& values) {
    bool found = false;
    each(sql, values, [&](const Row&) { found = true; });
    return found;
}

std::int64_t Connection::count(const Sql& sql, const Values& values) {
    std::optional<std::int64_t> first;
    each(sql, values, [&](const Row& row) { if (!first) first = row.int64(0); });
    return first.value_or(0);
}

void Database::script(std::string_view statements) {
    const auto parts = split_statements(spelled_for(engine(), statements));
    reshape([&](Connection& c) {
        for (const auto& part : parts) c.run_built("script", part, {});
        return Outcome::keep;
    });
}

Engine engine_of(std::string_view target) {
    for (const std::string_view start : {"postgresql://", "postgres://", "host=", "hostaddr=", "port=", "user=", "dbname=", "service="})
        if (target.starts_with(start)) return Engine::postgresql;
    return Engine::sqlite;
}

std::unique_ptr<Database> open(const Options& options) {
    return engine_of(options.target) == Engine::postgresql ? open_postgresql(options) : open_sqlite(options);
}

Nesting::Nesting(const Database& database, Kind kind, Connection& connection) { frames().push_back({&database, kind, &connection}); }
Nesting::~Nesting() { frames().pop_back(); }

std::vector<Nesting::Frame>& Nesting::frames() {
    thread_local std::vector<Frame> held;
    return held;
}

void Nesting::refuse_write_inside(const Database& database) {
    for (const auto& frame : frames())
        if (frame.database == &database) throw Failure("a write inside a deed or a look of the same database would wait for itself");
}

Connection* Nesting::look_at_hand(const Database& database) {
    for (const auto& frame : frames())
        if (frame.database == &database && frame.kind == Kind::look) return frame.connection;
    return nullptr;
}

}  // namespace anban::db
