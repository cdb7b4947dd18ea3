// One thin door to two engines: SQLite (embedded) and PostgreSQL 15. The same SQL text serves both: $1..$n, lower case,
// int64 milliseconds for instants, 0/1 for yes and no, text with C order for keys. What can not be the same is in dialect.h.
//
// Exactly one connection in one process ever writes and checkpoints a SQLite file (scale-and-faults: the WAL-reset race of
// SQLite before 3.51.3); it commits groups of transactions, each deed inside a savepoint of its own. On PostgreSQL every
// deed is a transaction on a pooled connection. Either way write() returns only when the deed is durable.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace anban::db {

enum class Engine { sqlite, postgresql };

// A statement with a name, so that logs and slow-query lists read like the code. Literals: prepared statements are kept by
// the address of the text, so the same address must always hold the same words.
struct Sql {
    const char* name;
    const char* text;
};

struct Bytes { std::string data; };  // a blob; a std::string is always UTF-8 text

// As many values as the text has $n. Text must not hold NUL (neither engine could give it back alike): refused with Failure.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

// nullopt becomes null.
template <class T>
[[nodiscard]] Value or_null(const std::optional<T>& held) { return held ? Value(*held) : Value(nullptr); }

// The row being read. Valid only inside the callback of each(). Columns count from 0. Asking for a number where there is
// none, or for text where there are bytes, throws Failure: a program error, alike on both engines.
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t int64(int column) const = 0;          // 0 for null
    [[nodiscard]] virtual std::string_view text(int column) const = 0;       // empty for null; lives until the next row
    [[nodiscard]] virtual std::string_view bytes(int column) const = 0;      // likewise
    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
    [[nodiscard]] std::optional<std::string> optional_string(int column) const;
    [[nodiscard]] std::optional<std::int64_t> optional_int64(int column) const;
};

// Broken machinery. Caught once, in the endpoint.
struct Failure : std::runtime_error { using runtime_error::runtime_error; };
struct ConstraintFailure : Failure { using Failure::Failure; };   // the net below the rules
struct Unavailable : Failure { using Failure::Failure; };         // disk full, connection lost, too long: 503

// Within one transaction (write) or one snapshot (read). Never shared between threads. After a Failure the transaction is
// spoiled: every further statement throws, and the deed can only be undone (PostgreSQL's rule, kept on SQLite too).
class Connection {
public:
    virtual ~Connection() = default;
    // Runs a statement; the number of rows it changed (0 for what changes none).
    virtual std::int64_t run(const Sql&, const Values& = {}) = 0;
    // Runs a statement whose count nobody needs, in its turn. On PostgreSQL it travels with the next one, whose answer is then its own
    // too: a failure is thrown there, at the latest by the commit.
    virtual void run_along(const Sql& sql, const Values& values) { run(sql, values); }
    // Calls back for each row, in order. The callback may run other statements, and the same one. PostgreSQL sends the whole
    // result before the first row: page by key where more than some 100,000 rows may come.
    virtual void each(const Sql&, const Values&, const std::function<void(const Row&)>&) = 0;
    // Same, but for SQL put together in C++ from a closed list of parts (never from a client's words). Not cached.
    virtual void each_built(const std::string& name, const std::string& text, const Values&, const std::function<void(const Row&)>&) = 0;
    virtual std::int64_t run_built(const std::string& name, const std::string& text, const Values&) = 0;
    // The chain that this connection's journal rows belong to: "sqlite" or the name of a PostgreSQL segment.
    [[nodiscard]] virtual std::string_view writer() const = 0;
    [[nodiscard]] virtual Engine engine() const = 0;

    [[nodiscard]] bool exists(const Sql&, const Values& = {});         // whether there is any row
    [[nodiscard]] std::int64_t count(const Sql&, const Values& = {});  // the first row's first column; 0 without a row
};

enum class Outcome { keep, undo };
using Deed = std::function<Outcome(Connection&)>;
using Look = std::function<void(Connection&)>;

// Safe from any thread. Must outlive every call.
class Database {
public:
    virtual ~Database() = default;

    // Runs the deed in a transaction of its own and returns when it is durable (keep) or gone (undo). An exception undoes
    // this deed alone and is thrown on. A deed may run twice when the engine asks for it (serialization, lost connection
    // before commit): it must have no effect outside the connection. At most ~1 s: parse, hash and read files before it.
    // It may run on another thread than the caller's. On PostgreSQL it is read committed: guard changes with version columns
    // and unique constraints, never by a look before.
    //
    // Unavailable: nothing was kept, or (connection lost at the very commit) nobody knows: ask again with the same
    // idempotency key. Failure when called from inside a deed or a look of the same database.
    virtual void write(const Deed&) = 0;

    // As write, without any limit of time: migrations and scripts.
    virtual void reshape(const Deed&) = 0;

    // One consistent snapshot. Never sees half of a write; sees every write that returned before. From inside a deed: the
    // state before that deed. From inside a look of the same thread: the same snapshot. Unavailable when it takes longer than
    // Options::read_limit, or when no connection gets free in that time.
    virtual void read(const Look&) = 0;

    // A copy as of one moment into a file that is not there yet, safe on the disk when it returns; writes go on meanwhile.
    // When it throws a part may have been left. SQLite alone: Failure on PostgreSQL, whose own tools do it.
    virtual void copy_to(const std::string& path) = 0;

    // Statements separated by ";", all of them or none: migrations and tests only.
    void script(std::string_view statements);

    [[nodiscard]] virtual Engine engine() const = 0;
    [[nodiscard]] virtual std::string describe() const = 0;  // "SQLite 3.40.1, WAL, synchronous=FULL" for the log
};

// target: a path (SQLite file, made when absent, mode 600) or "postgresql://…" / "host=…" (libpq; with several hosts the one
// that takes writes is found). A SQLite file that another process, or another Database of this one, holds open is refused
// with Failure (the lock is `<file>.lock`).
struct Options {
    std::string target;
    int readers = 4;          // SQLite read connections; PostgreSQL pool size is readers + writers
    int writers = 8;          // PostgreSQL only
    bool durable = true;      // false only in tests that are not about faults: no fsync
    std::chrono::milliseconds write_limit{5'000};   // PostgreSQL: the longest wait for one statement's answer in a write
    std::chrono::milliseconds read_limit{60'000};   // SQLite: a whole look, so that no reader holds the WAL; PostgreSQL: one answer
};
[[nodiscard]] std::unique_ptr<Database> open(const Options&);
[[nodiscard]] Engine engine_of(std::string_view target);

// Applies the migrations not yet applied, each in one transaction, and remembers them with their digests. The words {int64},
// {bytes}, {key} (text in C order) and {strict} (after the closing bracket of "create table") are replaced for the engine.
// Refuses (throws Failure, file untouched) a database newer than the list, and a list whose applied part was altered.
struct Migration {
    int number;           // 1, 2, 3 … append-only from the first tag
    const char* name;
    const char* text;     // statements separated by ";"
    // What can not be said alike, after the text: whole statements, each spelled for its engine (triggers).
    std::span<const char* const> on_sqlite = {}, on_postgresql = {};
};
void migrate(Database&, std::span<const Migration>);

}  // namespace anban::db
