// The embedded engine. sqlite_connection.cpp: one connection; sqlite.cpp: the writer's thread and the readers.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>

#include "platform/db/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace anban::db {

[[nodiscard]] std::unique_ptr<Database> open_sqlite(const Options&);

struct CloseDatabase { void operator()(sqlite3*) const; };
struct FinalizeStatement { void operator()(sqlite3_stmt*) const; };
using Prepared = std::unique_ptr<sqlite3_stmt, FinalizeStatement>;

class SqliteConnection final : public Connection {
public:
    enum class Role { writer, reader };

    // A reader needs the writer to be open already, and never checkpoints, not even when it closes.
    SqliteConnection(const std::string& path, Role, bool durable);
    ~SqliteConnection() override;

    std::int64_t run(const Sql&, const Values&) override;
    void each(const Sql&, const Values&, const std::function<void(const Row&)>&) override;
    void each_built(const std::string&, const std::string&, const Values&, const std::function<void(const Row&)>&) override;
    std::int64_t run_built(const std::string&, const std::string&, const Values&) override;
    std::string_view writer() const override { return "sqlite"; }
    Engine engine() const override { return Engine::sqlite; }

    // The frame around deeds and looks: begin, savepoint, commit. Allowed on a spoiled connection.
    void frame(const Sql&);
    void start_afresh() { spoiled_ = false; }
    [[nodiscard]] bool spoiled() const { return spoiled_; }
    [[nodiscard]] bool in_transaction() const;
    [[nodiscard]] bool owes_references() const;  // deferred foreign keys that the deed left open
    void interrupt_after(std::chrono::steady_clock::time_point);

    void copy_to(const std::string& path);

    [[nodiscard]] int wal_pages() const { return wal_pages_; }  // after the last commit
    enum class Checkpoint { passive, truncate };
    void checkpoint(Checkpoint) noexcept;  // a failure is logged and harmless: the frames stay in the WAL
    void leave_wal_when_closed();

private:
    class Use;
    sqlite3_stmt* cached(const Sql&, Prepared& spare);
    sqlite3_stmt* cached_built(const std::string& name, const std::string& text, Prepared& spare);
    Prepared prepare(const char* name, const std::string& text);
    std::int64_t changed_by(const char* name, sqlite3_stmt*, const Values&);
    void rows_of(const char* name, sqlite3_stmt*, const Values&, const std::function<void(const Row&)>&);
    void refuse_if_spoiled(const char* name) const;
    [[noreturn]] void fail(const char* name, int rc);

    std::unique_ptr<sqlite3, CloseDatabase> handle_;  // closed last, after its statements
    sqlite3* db_ = nullptr;
    std::unordered_map<const char*, Prepared> statements_;
    std::unordered_map<std::string, Prepared> built_;  // the latest of those whose text is put together: bounded
    std::chrono::steady_clock::time_point until_{std::chrono::steady_clock::time_point::max()};
    int wal_pages_ = 0;
    bool spoiled_ = false;
};

}  // namespace anban::db
