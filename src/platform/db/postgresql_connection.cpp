#include <libpq-fe.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "platform/db/postgresql.h"
#include "platform/db/slow.h"
#include "platform/log/log.h"

namespace anban::db {
namespace {

using Clock = std::chrono::steady_clock;

// Numbers that the server gives to its built-in types (pg_type.dat); they never change.
constexpr Oid kBoolean = 16;
constexpr Oid kBytes = 17;
constexpr Oid kInt8 = 20;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;

int hex_digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

class PostgresqlRow final : public Row {
public:
    PostgresqlRow(const char* name, const PGresult* result) : name_(name), result_(result), decoded_(static_cast<std::size_t>(PQnfields(result))) {}
    void go_to(int row) { row_ = row; }

    bool is_null(int column) const override {
        if (column < 0 || column >= PQnfields(result_)) complain(column, "is not there");
        return PQgetisnull(result_, row_, column) != 0;
    }

    std::int64_t int64(int column) const override {
        if (is_null(column)) return 0;
        if (binary(column) && is_number(column)) return number(column);
        const auto digits = text(column);
        std::int64_t out = 0;
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
        if (error != std::errc() || end != digits.data() + digits.size()) complain(column, "is no whole number");
        return out;
    }

    std::string_view text(int column) const override {
        if (is_null(column)) return {};
        if (PQftype(result_, column) == kBytes) complain(column, "holds bytes, not text");
        if (binary(column) && is_number(column)) return decoded_[static_cast<std::size_t>(column)] = std::to_string(number(column));
        if (PQftype(result_, column) == kBoolean) return raw(column) == "t" ? "1" : "0";  // a comparison, as on SQLite
        return raw(column);
    }

    std::string_view bytes(int column) const override {
        if (is_null(column)) return {};
        if (PQftype(result_, column) != kBytes) return text(column);
        if (binary(column)) return raw(column);
        const auto hex = raw(column).substr(2);  // after "\x"
        auto& out = decoded_[static_cast<std::size_t>(column)];
        out.resize(hex.size() / 2);
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<char>(hex_digit(hex[2 * i]) * 16 + hex_digit(hex[2 * i + 1]));
        return out;
    }

private:
    bool binary(int column) const { return PQfformat(result_, column) == 1; }
    bool is_number(int column) const { return PQftype(result_, column) == kInt8 || PQftype(result_, column) == kInt4; }
    // In the byte order of the network, of the type's length.
    std::int64_t number(int column) const {
        const auto bytes = raw(column);
        std::uint64_t out = (bytes[0] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
        for (const char byte : bytes) out = out << 8 | static_cast<unsigned char>(byte);
        return static_cast<std::int64_t>(out);
    }
    std::string_view raw(int column) const {
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }
    [[noreturn]] void complain(int column, const char* what) const {
        throw Failure(std::string(name_) + ": column " + std::to_string(column) + ' ' + what);
    }

    const char* name_;
    const PGresult* result_;
    int row_ = 0;
    mutable std::vector<std::string> decoded_;
};

// Values in the form that libpq takes: numbers and text as text, bytes as they are.
struct Parameters {
    explicit Parameters(const char* name, const Values& values) : numbers(values.size()) {
        for (std::size_t i = 0; i < values.size(); ++i) add(name, values[i], numbers[i]);
    }
    void add(const char* name, const Value& value, std::string& number) {
        const std::string* held = nullptr;
        if (const auto* n = std::get_if<std::int64_t>(&value)) held = &(number = std::to_string(*n));
        else if (const auto* text = std::get_if<std::string>(&value)) held = text;
        else if (const auto* bytes = std::get_if<Bytes>(&value)) held = &bytes->data;
        if (value.index() == 2 && held->find('\0') != std::string::npos) throw Failure(std::string(name) + ": text that holds NUL");
        data.push_back(held ? held->c_str() : nullptr);
        sizes.push_back(held ? static_cast<int>(held->size()) : 0);
        formats.push_back(value.index() == 3 ? 1 : 0);
    }
    int count() const { return static_cast<int>(data.size()); }

    std::vector<std::string> numbers;
    std::vector<const char*> data;
    std::vector<int> sizes;
    std::vector<int> formats;
};

std::int64_t changed_by(const PGresult* answer) {
    if (std::string_view(PQcmdStatus(const_cast<PGresult*>(answer))).starts_with("SELECT")) return 0;
    const std::string_view digits = PQcmdTuples(const_cast<PGresult*>(answer));
    std::int64_t out = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return out;
}

// Whether any bytes come, and nothing whose binary form is not read here.
bool better_in_binary(const PGresult* answer) {
    bool bytes = false;
    for (int column = 0; column < PQnfields(answer); ++column) {
        const auto type = PQftype(answer, column);
        bytes = bytes || type == kBytes;
        if (type != kBytes && type != kInt8 && type != kInt4 && type != kText) return false;
    }
    return bytes;
}

void callback_for_all(const char* name, const PGresult* answer, const std::function<void(const Row&)>& callback) {
    PostgresqlRow row(name, answer);
    for (int i = 0; i < PQntuples(answer); ++i) {
        row.go_to(i);
        callback(row);
    }
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
}

// The words are in the server's language, so any warning at the commit counts as the one that matters.
void PostgresqlConnection::note_warning(const pg_result* notice) {
    const char* severity = PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
    if (severity == nullptr || std::strcmp(severity, "WARNING") != 0) return;
    warned_ = true;
    log::warning("database.server_warns", {{"why", one_line(PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY))}});
}

void PostgresqlConnection::begin(const char* statement, std::chrono::milliseconds limit) {
    trouble_ = Trouble::none;
    limit_ = limit;
    if (!connection_ || PQstatus(connection_.get()) != CONNECTION_OK || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) connect();
    plain("begin", statement);
}

void PostgresqlConnection::commit() {
    refuse_if_spoiled("commit");
    warned_ = false;
    Answer answer;
    try {
        answer = plain("commit", "commit");
    } catch (const Unavailable& e) {
        if (trouble_ != Trouble::lost) throw;
        trouble_ = Trouble::ordinary;  // never run again: it may have been kept
        throw Unavailable(std::string("the connection was lost at the commit, the outcome is unknown: ") + e.what());
    }
    if (std::strcmp(PQcmdStatus(answer.get()), "COMMIT") != 0) throw Failure("the server rolled back instead of committing");
    if (warned_) throw Unavailable("the server warned at the commit: it may not be safe on the standby yet");
}

void PostgresqlConnection::rollback() noexcept {
    const auto before = trouble_;
    try {
        if (connection_ && PQtransactionStatus(connection_.get()) != PQTRANS_IDLE) plain("rollback", "rollback");
    } catch (const std::exception&) {
        hang_up();  // the server rolls back what nobody holds
    }
    trouble_ = before;
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

Answer PostgresqlConnection::plain(const char* name, const char* text) {
    return ask(name, [&] { return PQsendQuery(connection_.get(), text); });
}

// Sends, and waits for the last answer. A frozen server still takes our bytes, so only our own clock ends the wait.
Answer PostgresqlConnection::ask(const char* name, const std::function<int()>& send) {
    if (!connection_) lose(name, "no connection");
    const SlowStatement slow(name);
    const auto until = limit_ == std::chrono::milliseconds::max() ? Clock::time_point::max() : Clock::now() + limit_;
    if (send() == 0) lose(name, one_line(PQerrorMessage(connection_.get())));
    Answer last;
    for (;;) {
        flush_and_wait(name, until);
        Answer next(PQgetResult(connection_.get()));
        if (!next) break;
        // After an error the first one tells why.
        if (!last || PQresultStatus(last.get()) != PGRES_FATAL_ERROR) last = std::move(next);
    }
    return checked(name, std::move(last));
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
    const auto status = answer ? PQresultStatus(answer.get()) : PGRES_FATAL_ERROR;
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK) return answer;
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
