#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <utility>

#include "platform/db/postgresql.h"
#include "platform/db/postgresql_values.h"
#include "platform/db/slow.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

using Clock = std::chrono::steady_clock;

std::int64_t changed_by(const PGresult* answer) {
    if (std::string_view(PQcmdStatus(const_cast<PGresult*>(answer))).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(const_cast<PGresult*>(answer));
    std::int64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

bool succeeded(const PGresult* answer) {
    const auto status = answer ? PQresultStatus(answer) : PGRES_FATAL_ERROR;
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
}

std::string one_line(const char* message) {
    std::string out(message ? message : "");
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

}  // namespace

void FinishConnection::operator()(pg_conn* c) const { PQfinish(c); }
void ClearResult::operator()(pg_result* r) const { PQclear(r); }

PostgresqlConnection::PostgresqlConnection(const Options& options, std::string writer)
    : target_(options.target), writer_(std::move(writer)), durable_(options.durable) {}
PostgresqlConnection::~PostgresqlConnection() = default;

// The blocking way to connect: only there does libpq give each of several hosts its own connect_timeout, also one that
// takes the connection and then stays silent. Words before dbname are defaults, the target may say otherwise.
void PostgresqlConnection::connect() {
    hang_up();
    const std::array<const char*, 10> words{"connect_timeout", "tcp_user_timeout", "keepalives_idle", "keepalives_interval",
        "keepalives_count", "target_session_attrs", "dbname", "client_encoding", "fallback_application_name", nullptr};
    const std::array<const char*, 10> values{"2", "5000", "5", "2", "3", "read-write", target_.c_str(), "UTF8", "anban", nullptr};
    connection_.reset(PQconnectdbParams(words.data(), values.data(), 1));
    if (PQstatus(connection_.get()) != CONNECTION_OK) lose("connect", one_line(PQerrorMessage(connection_.get())));
    PQsetnonblocking(connection_.get(), 1);
    PQsetNoticeReceiver(connection_.get(),
        [](void* self, const PGresult* notice) { static_cast<PostgresqlConnection*>(self)->note_warning(notice); }, this);
    // The server guesses the cost of a scope's recursions far too high: compiling such a statement took 3 s, running it 150 ms.
    // For the same reason it would not hash what they find, thinking it too much for 4 MB, and searched it through for each row.
    plain("settings", "set jit = off; set work_mem = '64MB'");
    // A deed that waits for a row longer than this is in somebody's way; a server that nobody listens to stops by itself.
    plain("settings", "set lock_timeout = '4s'; set idle_in_transaction_session_timeout = '60s'; "
                      "set client_connection_check_interval = '5s'; set standard_conforming_strings = on");
    if (durable_)
        plain("settings", "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') in ('off', 'local')");
    else plain("settings", "set synchronous_commit = off");
}

void PostgresqlConnection::hang_up() {
    connection_.reset();
    statements_.clear();
    unheard_.clear();
    leaving_ = false;
}

// The words are in the server's language, so any warning at the commit counts as the one that matters.
void PostgresqlConnection::note_warning(const pg_result* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity == nullptr || std::strcmp(severity, "WARNING") != 0) return;
    warned_ = true;
    log::warning("database.server_warns", {{"why", one_line(PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY))}});
}

void PostgresqlConnection::begin(const char* statement, std::chrono::milliseconds limit) {
    get_ready(limit);
    plain("begin", statement);
}

void PostgresqlConnection::begin_along(const char* statement, std::chrono::milliseconds limit) {
    get_ready(limit);
    send_along("begin", [&] { return PQsendQueryParams(connection_.get(), statement, 0, nullptr, nullptr, nullptr, nullptr, 0); });
}

void PostgresqlConnection::get_ready(std::chrono::milliseconds limit) {
    trouble_ = Trouble::none;
    limit_ = limit;
    try {
        if (connection_ && !unheard_.empty()) hear();
    } catch (const Unavailable&) {
        trouble_ = Trouble::none;  // lost while nobody needed it
    }
    if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) connect();
}

void PostgresqlConnection::commit() {
    refuse_if_spoiled("commit");
    // A connection that broke while idle is to be told from one that broke at the commit.
    if (!unheard_.empty() && std::strcmp(unheard_.front(), "begin") == 0) say("ready", "select 1");
    warned_ = skipped_ = false;
    Answer answer;
    try {
        answer = say("commit", "commit");
    } catch (const Unavailable& e) {
        if (trouble_ != Trouble::lost || skipped_) throw;  // what travelled before it failed: nothing was kept, and it may run again
        trouble_ = Trouble::ordinary;  // never run again: it may have been kept
        throw Unavailable(std::string("the connection was lost at the commit, the outcome is unknown: ") + e.what());
    }
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0) throw Failure("the server rolled back instead of committing");
    if (warned_) throw Unavailable("the server warned at the commit: it may not be safe on the standby yet");
}

void PostgresqlConnection::rollback() noexcept {
    const auto before = trouble_;
    try {
        if (connection_ && !unheard_.empty()) hear();
        if (connection_ && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) plain("rollback", "rollback");
    } catch (const std::exception&) {
        hang_up();  // the server rolls back what nobody holds
    }
    trouble_ = before;
}

void PostgresqlConnection::leave() noexcept {
    if (!connection_ || PQtransactionStatus(connection_.get()) != PQTRANS_INTRANS) return rollback();
    try {
        send_along("rollback", [&] { return PQsendQueryParams(connection_.get(), "rollback", 0, nullptr, nullptr, nullptr, nullptr, 0); });
        leaving_ = PQpipelineSync(connection_.get()) != 0 && PQflush(connection_.get()) >= 0;
        if (!leaving_) hang_up();
    } catch (const std::exception&) {
        hang_up();
    }
}

std::string PostgresqlConnection::version() {
    if (!connection_) connect();
    const char* text = PQparameterStatus(connection_.get(), "server_version");
    return text ? text : "";
}

std::int64_t PostgresqlConnection::run(const Sql& sql, const Values& values) {
    refuse_if_spoiled(sql.name);
    return changed_by(prepared(sql, values).get());
}

void PostgresqlConnection::run_along(const Sql& sql, const Values& values) {
    refuse_if_spoiled(sql.name);
    const auto known = statements_.find(sql.text);
    if (known == statements_.end()) {
        prepared(sql, values);
        return;
    }
    const Parameters p(sql.name, values);
    send_along(sql.name, [&] {
        return PQsendQueryPrepared(connection_.get(), known->second.server_name.c_str(), p.count(), p.data.data(), p.sizes.data(), p.formats.data(), 0);
    });
}

void PostgresqlConnection::each(const Sql& sql, const Values& values, const std::function<void(const Row&)>& callback) {
    refuse_if_spoiled(sql.name);
    callback_for_all(sql.name, prepared(sql, values).get(), callback);
}

std::int64_t PostgresqlConnection::run_built(const std::string& name, const std::string& text, const Values& values) {
    refuse_if_spoiled(name.c_str());
    return changed_by(direct(name, text, values).get());
}

void PostgresqlConnection::each_built(const std::string& name, const std::string& text, const Values& values,
                                      const std::function<void(const Row&)>& callback) {
    refuse_if_spoiled(name.c_str());
    callback_for_all(name.c_str(), direct(name, text, values).get(), callback);
}

Answer PostgresqlConnection::prepared(const Sql& sql, const Values& values) {
    const Parameters p(sql.name, values);
    if (!statements_.contains(sql.text)) {
        const std::string server_name = std::string(sql.name) + '#' + std::to_string(statements_.size() + 1);
        ask(sql.name, [&] { return PQsendPrepare(connection_.get(), server_name.c_str(), sql.text, p.count(), nullptr); });
        statements_.emplace(sql.text, Statement{server_name});
    }
    auto& statement = statements_.at(sql.text);
    auto answer = ask(sql.name, [&] {
        return PQsendQueryPrepared(connection_.get(), statement.server_name.c_str(), p.count(), p.data.data(), p.sizes.data(), p.formats.data(),
                                   statement.binary ? 1 : 0);
    });
    statement.binary = better_in_binary(answer.get());
    return answer;
}

Answer PostgresqlConnection::direct(const std::string& name, const std::string& text, const Values& values) {
    const Parameters p(name.c_str(), values);
    return ask(name.c_str(), [&] {
        return PQsendQueryParams(connection_.get(), text.c_str(), p.count(), nullptr, p.data.data(), p.sizes.data(), p.formats.data(), 0);
    });
}

Answer PostgresqlConnection::say(const char* name, const char* text) {
    return ask(name, [&] { return PQsendQueryParams(connection_.get(), text, 0, nullptr, nullptr, nullptr, nullptr, 0); });
}

// Several statements at once, which a pipeline does not take.
Answer PostgresqlConnection::plain(const char* name, const char* text) {
    return ask(name, [&] { return PQsendQuery(connection_.get(), text); });
}

Clock::time_point PostgresqlConnection::until() const {
    return limit_ == std::chrono::milliseconds::max() ? Clock::time_point::max() : Clock::now() + limit_;
}

void PostgresqlConnection::send_along(const char* name, const std::function<int()>& send) {
    if (!connection_) lose(name, "no connection");
    PQenterPipelineMode(connection_.get());  // no change when it is in it
    if (send() == 0) lose(name, one_line(PQerrorMessage(connection_.get())));
    unheard_.push_back(name);
}

// Sends, and waits for the last answer. A frozen server still takes our bytes, so only our own clock ends the wait.
Answer PostgresqlConnection::ask(const char* name, const std::function<int()>& send) {
    if (!connection_) lose(name, "no connection");
    const SlowStatement slow(name);
    const auto end = until();
    if (!unheard_.empty()) {
        send_along(name, send);
        if (PQpipelineSync(connection_.get()) == 0) lose(name, one_line(PQerrorMessage(connection_.get())));
        auto heard = hear_all();
        skipped_ = std::strcmp(heard.name, name) != 0 && !succeeded(heard.answer.get());
        return checked(heard.name, std::move(heard.answer));
    }
    if (send() == 0) lose(name, one_line(PQerrorMessage(connection_.get())));
    return checked(name, next_answer(name, end));
}

// All answers to one statement: the last of them; after an error the first one, which tells why.
Answer PostgresqlConnection::next_answer(const char* name, Clock::time_point end) {
    Answer last;
    for (;;) {
        flush_and_wait(name, end);
        Answer next(PQgetResult(connection_.get()));
        if (!next) return last;
        if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(next);
    }
}

// The answer to what failed first, behind which the server ran nothing; else to the last. Each may take as long as one that is asked alone.
PostgresqlConnection::Heard PostgresqlConnection::hear_all() {
    const auto names = std::exchange(unheard_, {});
    leaving_ = false;
    Heard heard{"", nullptr};
    for (const auto* name : names)
        if (auto answer = next_answer(name, until()); !heard.answer || succeeded(heard.answer.get())) heard = {name, std::move(answer)};
    flush_and_wait(heard.name, until());
    const Answer synced(PQgetResult(connection_.get()));
    if (!synced || PQresultStatus(synced.get()) != PGRES_PIPELINE_SYNC || PQexitPipelineMode(connection_.get()) == 0)
        lose(heard.name, one_line(PQerrorMessage(connection_.get())));
    return heard;
}

// Whatever it says.
void PostgresqlConnection::hear() {
    if (!leaving_ && PQpipelineSync(connection_.get()) == 0) lose("hear", one_line(PQerrorMessage(connection_.get())));
    (void)hear_all();
}

void PostgresqlConnection::flush_and_wait(const char* name, Clock::time_point until) {
    PGconn* c = connection_.get();
    for (;;) {
        const int unsent = PQflush(c);
        if (unsent < 0 || PQstatus(c) != CONNECTION_OK) break;  // PQgetResult tells why
        if (unsent == 0 && PQisBusy(c) == 0) return;
        int wait_ms = -1;
        if (until != Clock::time_point::max()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
            if (left <= 0) lose(name, "no answer in time");
            wait_ms = static_cast<int>(std::min<std::int64_t>(left, 60'000));
        }
        pollfd ready{PQsocket(c), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
        if (::poll(&ready, 1, wait_ms) < 0 && errno != EINTR) lose(name, std::strerror(errno));
        if ((ready.revents & ~POLLOUT) != 0 && PQconsumeInput(c) == 0) break;
    }
}

Answer PostgresqlConnection::checked(const char* name, Answer answer) {
    if (succeeded(answer.get())) return answer;
    const char* state = answer ? PQresultErrorField(answer.get(), PG_DIAG_SQLSTATE) : nullptr;
    const std::string why = one_line(answer ? PQresultErrorMessage(answer.get()) : PQerrorMessage(connection_.get()));
    if (state == nullptr || PQstatus(connection_.get()) != CONNECTION_OK) lose(name, why);
    fail(name, state, why);
}

void PostgresqlConnection::fail(const char* name, const std::string& state, const std::string& words) {
    const std::string why = std::string(name) + ": " + state + ' ' + words;
    const auto in_class = [&](const char* two) { return state.starts_with(two); };
    trouble_ = Trouble::ordinary;
    if (state == "40001" || state == "40P01") {
        trouble_ = Trouble::again;
        throw Unavailable(why);
    }
    // Read-only at the begin: the server has become a standby. Later: somebody writes in a look, an ordinary slip.
    const bool demoted = state == "25006" && std::strcmp(name, "begin") == 0;
    if (in_class("08") || state == "57P01" || state == "57P02" || state == "57P03" || demoted) lose(name, why);
    if (in_class("23")) throw ConstraintFailure(why);
    if (in_class("53") || in_class("58") || state == "57014" || state == "55P03") throw Unavailable(why);
    throw Failure(why);
}

void PostgresqlConnection::lose(const char* name, const std::string& why) {
    hang_up();
    trouble_ = Trouble::lost;
    throw Unavailable(std::string(name) + ": connection lost: " + why);
}

void PostgresqlConnection::refuse_if_spoiled(const char* name) const {
    if (trouble_ != Trouble::none) throw Failure(std::string(name) + ": a statement before it failed; the deed can only be undone");
}

}  // namespace anban::db
