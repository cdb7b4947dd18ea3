// One thin door to two engines: SQLite (embedded) and PostgreSQL 15. The same SQL text serves both: $1..$n, lower case,
// int64 milliseconds for instants, 0/1 for yes and no, text with C order for keys.
//
// Exactly one connection in one process ever writes and checkpoints a SQLite file (scale-and-faults: the WAL-reset race of
// SQLite before 3.51.3); it commits groups of transactions, each deed inside a savepoint of its own. On PostgreSQL every
// deed is a transaction on a pooled connection. Either way write() returns only when the deed is durable.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace anban::db {

// A statement with a name, so that logs and slow-query lists read like the code. Both must outlive the database (literals).
struct Sql {
    const char* name;
    const char* text;
};

struct Bytes { std::string data; };  // a blob; a std::string is always UTF-8 text

using Value = std::variant<std::nullptr_t, std::int64_t, std::string, Bytes>;
using Values = std::vector<Value>;

// The row being read. Valid only inside the callback of each().
class Row {
public:
    virtual ~Row() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t int64(int column) const = 0;          // 0 for null
    [[nodiscard]] virtual std::string_view text(int column) const = 0;       // empty for null; lives until the next row
    [[nodiscard]] virtual std::string_view bytes(int column) const = 0;      // likewise
    [[nodiscard]] std::string string(int column) const { return std::string(text(column)); }
};

// Broken machinery. Caught once, in the endpoint.
struct Failure : std::runtime_error { using runtime_error::runtime_error; };
struct ConstraintFailure : Failure { using Failure::Failure; };   // the net below the rules
struct Unavailable : Failure { using Failure::Failure; };         // disk full, connection lost: 503

// Within one transaction (write) or one snapshot (read). Never shared between threads.
class Connection {
public:
    virtual ~Connection() = default;
    // Runs a statement; the number of rows it changed.
    virtual std::int64_t run(const Sql&, const Values& = {}) = 0;
    // Calls back for each row, in order.
    virtual void each(const Sql&, const Values&, const std::function<void(const Row&)>&) = 0;
    // Same, but for SQL put together in C++ from a closed list of parts (never from a client's words). Not cached.
    virtual void each_built(const std::string& name, const std::string& text, const Values&, const std::function<void(const Row&)>&) = 0;
    virtual std::int64_t run_built(const std::string& name, const std::string& text, const Values&) = 0;
    // The chain that this connection's journal rows belong to: "sqlite" or the name of a PostgreSQL segment.
    [[nodiscard]] virtual std::string_view writer() const = 0;

    // The first row's single column, or nothing.
    [[nodiscard]] bool exists(const Sql&, const Values&);
    [[nodiscard]] std::int64_t count(const Sql&, const Values& = {});
};

enum class Outcome { keep, undo };

class Database {
public:
    virtual ~Database() = default;

    // Runs the deed in a transaction of its own and returns when it is durable (keep) or gone (undo). An exception undoes
    // this deed alone and is thrown on. A deed may run twice when the engine asks for it (serialization, lost connection
    // before commit): it must have no effect outside the connection. At most ~1 s: parse, hash and read files before it.
    virtual void write(const std::function<Outcome(Connection&)>& deed) = 0;

    // One consistent snapshot. Never sees half of a write.
    virtual void read(const std::function<void(Connection&)>& look) = 0;

    // Statements separated by ";" outside of any deed: migrations and tests only.
    virtual void script(std::string_view statements) = 0;

    [[nodiscard]] virtual std::string describe() const = 0;  // "SQLite 3.40.1, WAL, synchronous=FULL" for the log and /readyz
};

// target: a path (SQLite file, made when absent) or "postgresql://…" / "host=…" (libpq).
struct Options {
    std::string target;
    int readers = 4;          // SQLite read connections; PostgreSQL pool size is readers + writers
    int writers = 8;          // PostgreSQL only
    bool durable = true;      // false only in tests that are not about faults: no fsync
};
[[nodiscard]] std::unique_ptr<Database> open(const Options&);

// Applies the migrations not yet applied, each in one transaction, and remembers them. The type words {int64}, {bytes},
// {key} in the text are replaced for the engine. Refuses (throws Failure, file untouched) a database newer than the list.
struct Migration {
    int number;           // 1, 2, 3 … append-only from the first tag
    const char* name;
    const char* text;     // statements separated by ";"
};
void migrate(Database&, std::span<const Migration>);

}  // namespace anban::db
