// The engine for many servers. postgresql_connection.cpp: one connection that never waits without an end;
// postgresql.cpp: the pools, and when a deed is run again.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/db/database.h"

struct pg_conn;
struct pg_result;

namespace anban::db {

[[nodiscard]] std::unique_ptr<Database> open_postgresql(const Options&);

struct FinishConnection { void operator()(pg_conn*) const; };
struct ClearResult { void operator()(pg_result*) const; };
using Answer = std::unique_ptr<pg_result, ClearResult>;

// Why a transaction can not go on.
enum class Trouble {
    none,
    ordinary,  // constraint, syntax, limits: the deed's own
    again,     // serialization or deadlock: nothing was kept, run it again
    lost,      // the connection is gone, or the server changes its role
};

class PostgresqlConnection final : public Connection {
public:
    PostgresqlConnection(const Options&, std::string writer);
    ~PostgresqlConnection() override;

    std::int64_t run(const Sql&, const Values&) override;
    void run_along(const Sql&, const Values&) override;
    void each(const Sql&, const Values&, const std::function<void(const Row&)>&) override;
    void each_built(const std::string&, const std::string&, const Values&, const std::function<void(const Row&)>&) override;
    std::int64_t run_built(const std::string&, const std::string&, const Values&) override;
    std::string_view writer() const override { return writer_; }
    Engine engine() const override { return Engine::postgresql; }

    // Begins, after connecting anew where needed. Each wait for an answer ends at most at the limit.
    void begin(const char* statement, std::chrono::milliseconds limit);
    // The same, told with the first statement: where the connection is lost, that one says so.
    void begin_along(const char* statement, std::chrono::milliseconds limit);
    // Returns when durable. Throws Unavailable when nobody can know: connection lost, no answer in time, or the wait for the
    // standby cancelled (the row is there, but not safe: threats A19, A20).
    void commit();
    void rollback() noexcept;
    // Ends a look without waiting for the answer: the next begin hears it.
    void leave() noexcept;
    [[nodiscard]] Trouble trouble() const { return trouble_; }
    [[nodiscard]] std::string version();

private:
    void connect();
    void hang_up();
    void note_warning(const pg_result*);
    void get_ready(std::chrono::milliseconds limit);
    void send_along(const char* name, const std::function<int()>& send);
    Answer ask(const char* name, const std::function<int()>& send);
    Answer next_answer(const char* name, std::chrono::steady_clock::time_point until);
    struct Heard {
        const char* name;
        Answer answer;
    };
    Heard hear_all();
    void hear();
    [[nodiscard]] std::chrono::steady_clock::time_point until() const;
    Answer prepared(const Sql&, const Values&);
    Answer direct(const std::string& name, const std::string& text, const Values&);
    Answer say(const char* name, const char* text);
    Answer plain(const char* name, const char* text);
    void flush_and_wait(const char* name, std::chrono::steady_clock::time_point until);
    Answer checked(const char* name, Answer);
    [[noreturn]] void fail(const char* name, const std::string& state, const std::string& why);
    [[noreturn]] void lose(const char* name, const std::string& why);
    void refuse_if_spoiled(const char* name) const;

    const std::string target_;
    const std::string writer_;
    const bool durable_;
    std::unique_ptr<pg_conn, FinishConnection> connection_;
    // Known to the server. What answers with bytes is answered in binary from the second time on: as text each byte would travel as
    // two digits, written there and read here.
    struct Statement {
        std::string server_name;
        bool binary = false;
    };
    std::unordered_map<const char*, Statement> statements_;  // by text; empty after a reconnect
    std::vector<const char*> unheard_;  // sent in a pipeline, answered with the next statement that is waited for
    bool leaving_ = false;              // the last of them is a rollback that nobody waits for
    std::chrono::milliseconds limit_{5'000};
    Trouble trouble_ = Trouble::none;
    bool warned_ = false;
    bool skipped_ = false;  // what was asked last did not run, for something before it had failed
};

}  // namespace anban::db
