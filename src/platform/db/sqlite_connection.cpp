#include <sqlite3.h>

#include <charconv>

#include "platform/db/slow.h"
#include "platform/db/sqlite.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

class SqliteRow final : public Row {
public:
    SqliteRow(const char* name, sqlite3_stmt* statement) : name_(name), statement_(statement) {}

    bool is_null(int column) const override { return type(column) == SQLITE_NULL; }

    std::int64_t int64(int column) const override {
        switch (type(column)) {
            case SQLITE_NULL: return 0;
            case SQLITE_INTEGER: return sqlite3_column_int64(statement_, column);
            case SQLITE_TEXT: break;
            default: complain(column, "is no whole number");
        }
        const auto digits = text(column);
        std::int64_t out = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (error != std::errc() || end != digits.data() + digits.size()) complain(column, "is no whole number");
        return out;
    }

    std::string_view text(int column) const override {
        if (type(column) == SQLITE_BLOB) complain(column, "holds bytes, not text");
        return bytes_of(sqlite3_column_text(statement_, column), column);
    }

    std::string_view bytes(int column) const override { return bytes_of(sqlite3_column_blob(statement_, column), column); }

private:
    int type(int column) const {
        if (column < 0 || column >= sqlite3_column_count(statement_)) complain(column, "is not there");
        return sqlite3_column_type(statement_, column);
    }
    std::string_view bytes_of(const void* start, int column) const {
        if (start == nullptr) return {};
        return {static_cast<const char*>(start), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    [[noreturn]] void complain(int column, const char* what) const {
        throw Failure(std::string(name_) + ": column " + std::to_string(column) + ' ' + what);
    }

    const char* name_;
    sqlite3_stmt* statement_;
};

int bind(sqlite3_stmt* statement, int at, const Value& value) {
    switch (value.index()) {
        case 0: return sqlite3_bind_null(statement, at);
        case 1: return sqlite3_bind_int64(statement, at, std::get<1>(value));
        case 2: {
            const auto& text = std::get<2>(value);
            if (text.find('\0') != std::string::npos) return SQLITE_MISMATCH;
            return sqlite3_bind_text64(statement, at, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
        }
        default: {
            const auto& data = std::get<3>(value).data;  // never null, also when empty: null is another thing
            return sqlite3_bind_blob64(statement, at, data.data(), data.size(), SQLITE_STATIC);
        }
    }
}

}  // namespace

void CloseDatabase::operator()(sqlite3* db) const { sqlite3_close(db); }
void FinalizeStatement::operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }

// A statement while it runs: bound at the start, reset at the end, so that no savepoint or commit finds it open.
class SqliteConnection::Use {
public:
    Use(SqliteConnection& connection, const char* name, sqlite3_stmt* statement, const Values& values)
        : connection_(connection), name_(name), statement_(statement), slow_(name) {
        if (sqlite3_bind_parameter_count(statement) != static_cast<int>(values.size())) {
            connection.spoiled_ = true;
            throw Failure(std::string(name) + ": the statement and its values do not match in number");
        }
        for (std::size_t i = 0; i < values.size(); ++i) {
            // SQLite reads $2 as a name: its index follows first appearance, not the number.
            const int at = sqlite3_bind_parameter_index(statement, ("$" + std::to_string(i + 1)).c_str());
            if (const int rc = at > 0 ? bind(statement, at, values[i]) : SQLITE_RANGE; rc != SQLITE_OK) connection.fail(name, rc);
        }
    }
    ~Use() {
        sqlite3_reset(statement_);
        sqlite3_clear_bindings(statement_);
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    bool step() {
        const int rc = sqlite3_step(statement_);
        if (rc != SQLITE_ROW && rc != SQLITE_DONE) connection_.fail(name_, rc);
        return rc == SQLITE_ROW;
    }

private:
    SqliteConnection& connection_;
    const char* name_;
    sqlite3_stmt* statement_;
    SlowStatement slow_;
};

SqliteConnection::SqliteConnection(const std::string& path, Role role, bool durable) {
    const int access = role == Role::writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READONLY;
    sqlite3* opened = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &opened, access | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(opened);
    db_ = opened;
    if (rc != SQLITE_OK) throw Failure(path + ": " + sqlite3_errstr(rc));
    sqlite3_extended_result_codes(db_, 1);
    sqlite3_busy_timeout(db_, 5000);  // an operator's own sqlite3 shell may hold it for a moment
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);  // "x" is a name, as on PostgreSQL, never a text
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    frame({"open.like", "pragma case_sensitive_like = on"});  // as on PostgreSQL
    if (role == Role::reader) frame({"open.cache", "pragma cache_size = -48000"});  // a window of 44,000 units: read twice, not from the file twice
    else frame({"open.cache", "pragma cache_size = -16000"});
    frame({"open.temporary", "pragma temp_store = memory"});
    if (role == Role::reader) {
        leave_wal_when_closed();
        return;
    }
    std::string mode_now;
    each({"open.journal_mode", "pragma journal_mode = wal"}, {}, [&](const Row& row) { mode_now = row.string(0); });
    if (mode_now != "wal") throw Failure(path + ": this file system takes no write-ahead log");
    if (durable) frame({"open.synchronous", "pragma synchronous = full"});
    else frame({"open.synchronous", "pragma synchronous = off"});
    frame({"open.journal_size", "pragma journal_size_limit = 67108864"});
    // Replaces the automatic checkpoint: that one would run before the callers are answered.
    sqlite3_wal_hook(db_, [](void* self, sqlite3*, const char*, int pages) {
        static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
    }, this);
    frame({"open.recover", "select count(*) from sqlite_master"});  // a WAL left behind is read by the writer, not by a reader
}

SqliteConnection::~SqliteConnection() = default;

void SqliteConnection::leave_wal_when_closed() { sqlite3_db_config(db_, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

bool SqliteConnection::owes_references() const {
    int owed = 0;
    int unused = 0;
    sqlite3_db_status(db_, SQLITE_DBSTATUS_DEFERRED_FKS, &owed, &unused, 0);
    return owed != 0;
}

void SqliteConnection::interrupt_after(std::chrono::steady_clock::time_point until) {
    until_ = until;
    sqlite3_progress_handler(db_, 20'000, [](void* self) {
        return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->until_ ? 1 : 0;
    }, this);
}

void SqliteConnection::checkpoint(Checkpoint kind) noexcept {
    int pages = 0;
    int moved = 0;
    const int mode = kind == Checkpoint::passive ? SQLITE_CHECKPOINT_PASSIVE : SQLITE_CHECKPOINT_TRUNCATE;
    const int rc = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, &pages, &moved);
    if (rc != SQLITE_OK && rc != SQLITE_BUSY)
        log::error("database.checkpoint_failed", {{"why", sqlite3_errmsg(db_)}, {"pages", pages}, {"moved", moved}});
    if (rc == SQLITE_OK) wal_pages_ = pages;
}

void SqliteConnection::copy_to(const std::string& path) {
    sqlite3* opened = nullptr;
    const int rc = sqlite3_open_v2(path.c_str(), &opened, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
    const std::unique_ptr<sqlite3, CloseDatabase> target(opened);
    if (rc != SQLITE_OK) throw Unavailable(path + ": " + sqlite3_errstr(rc));
    sqlite3_backup* copy = sqlite3_backup_init(opened, "main", db_, "main");
    if (copy == nullptr) throw Unavailable(path + ": " + sqlite3_errmsg(opened));
    const int stepped = sqlite3_backup_step(copy, -1);  // all in one step: one snapshot
    const int finished = sqlite3_backup_finish(copy);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) throw Unavailable(path + ": " + sqlite3_errmsg(opened));
}

Prepared SqliteConnection::prepare(const char* name, const std::string& text) {
    sqlite3_stmt* made = nullptr;
    const char* tail = nullptr;
    if (const int rc = sqlite3_prepare_v3(db_, text.c_str(), static_cast<int>(text.size()) + 1, 0, &made, &tail); rc != SQLITE_OK)
        fail(name, rc);
    Prepared held(made);
    if (!held || std::string_view(tail).find_first_not_of(" \t\r\n;") != std::string_view::npos) {
        spoiled_ = true;
        throw Failure(std::string(name) + ": not exactly one statement");
    }
    return held;
}

// A statement that is running already (the callback of each() asks the same again) gets a second copy for the while.
sqlite3_stmt* SqliteConnection::cached(const Sql& sql, Prepared& spare) {
    auto& held = statements_[sql.text];
    if (!held) held = prepare(sql.name, sql.text);
    if (sqlite3_stmt_busy(held.get()) == 0) return held.get();
    spare = prepare(sql.name, sql.text);
    return spare.get();
}

// A filter's text is one of few, but a client's question decides which: so the store is bounded, and a running one stays.
sqlite3_stmt* SqliteConnection::cached_built(const std::string& name, const std::string& text, Prepared& spare) {
    constexpr std::size_t most = 64;
    if (built_.size() >= most && !built_.contains(text))
        std::erase_if(built_, [](const auto& entry) { return !entry.second || sqlite3_stmt_busy(entry.second.get()) == 0; });
    auto& held = built_[text];
    if (!held) held = prepare(name.c_str(), text);
    if (sqlite3_stmt_busy(held.get()) == 0) return held.get();
    spare = prepare(name.c_str(), text);
    return spare.get();
}

std::int64_t SqliteConnection::changed_by(const char* name, sqlite3_stmt* statement, const Values& values) {
    Use use(*this, name, statement, values);
    const auto before = sqlite3_total_changes64(db_);
    while (use.step()) {}
    return sqlite3_total_changes64(db_) == before ? 0 : sqlite3_changes64(db_);
}

void SqliteConnection::rows_of(const char* name, sqlite3_stmt* statement, const Values& values,
                               const std::function<void(const Row&)>& callback) {
    Use use(*this, name, statement, values);
    const SqliteRow row(name, statement);
    while (use.step()) callback(row);
}

std::int64_t SqliteConnection::run(const Sql& sql, const Values& values) {
    refuse_if_spoiled(sql.name);
    Prepared spare;
    return changed_by(sql.name, cached(sql, spare), values);
}

void SqliteConnection::each(const Sql& sql, const Values& values, const std::function<void(const Row&)>& callback) {
    refuse_if_spoiled(sql.name);
    Prepared spare;
    rows_of(sql.name, cached(sql, spare), values, callback);
}

std::int64_t SqliteConnection::run_built(const std::string& name, const std::string& text, const Values& values) {
    refuse_if_spoiled(name.c_str());
    Prepared spare;
    return changed_by(name.c_str(), cached_built(name, text, spare), values);
}

void SqliteConnection::each_built(const std::string& name, const std::string& text, const Values& values,
                                  const std::function<void(const Row&)>& callback) {
    refuse_if_spoiled(name.c_str());
    Prepared spare;
    rows_of(name.c_str(), cached_built(name, text, spare), values, callback);
}

void SqliteConnection::frame(const Sql& sql) {
    Prepared spare;
    Use use(*this, sql.name, cached(sql, spare), {});
    while (use.step()) {}
}

void SqliteConnection::refuse_if_spoiled(const char* name) const {
    if (spoiled_) throw Failure(std::string(name) + ": a statement before it failed; the deed can only be undone");
}

void SqliteConnection::fail(const char* name, int rc) {
    spoiled_ = true;
    const std::string why = std::string(name) + ": " + (rc == SQLITE_MISMATCH ? "text that holds NUL, or a wrong type" : sqlite3_errmsg(db_));
    switch (rc & 0xff) {
        case SQLITE_CONSTRAINT: throw ConstraintFailure(why);
        case SQLITE_INTERRUPT: throw Unavailable(std::string(name) + ": took too long");
        case SQLITE_FULL: case SQLITE_IOERR: case SQLITE_BUSY: case SQLITE_NOMEM: case SQLITE_CANTOPEN: throw Unavailable(why);
        default: throw Failure(why);
    }
}

}  // namespace anban::db
