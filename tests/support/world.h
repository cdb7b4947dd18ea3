// A whole server in process, on a fresh database of either engine, with a clock that the test sets: requests go the whole way
// from the router to the durable answer, without sockets.
#pragma once

#include <memory>
#include <string>

#include "app/application.h"
#include "tests/support/world_db.h"

namespace anban::test {

struct Answer {
    int status = 0;
    json::value body;                  // null when it was not JSON
    std::string text;                  // as it came
    std::vector<std::pair<std::string, std::string>> headers;

    [[nodiscard]] std::string code() const;                        // of a refusal; '' otherwise
    [[nodiscard]] const json::value& at(std::string_view pointer) const;  // "/lines/0/deed"; throws when it is not there
    [[nodiscard]] std::string string(std::string_view pointer) const { return std::string(at(pointer).as_string()); }
    [[nodiscard]] std::int64_t number(std::string_view pointer) const { return at(pointer).as_int64(); }
};

// One browser: its cookies and its session's token.
class Client {
public:
    explicit Client(Application& app) : app_(app) {}

    Answer get(const std::string& path_and_query);
    Answer post(const std::string& path, const json::value& body, const std::string& idempotency_key = {});
    Answer put(const std::string& path, const json::value& body);
    Answer patch(const std::string& path, const json::value& body);
    Answer del(const std::string& path, const json::value& body = json::object{});
    Answer upload(const std::string& path, const std::string& name, std::string bytes);

    // As the page does: session, token. Expects to succeed.
    void sign_in(const std::string& login, const std::string& password);

    Answer send(http::Method, const std::string& path_and_query, std::string body, const std::string& type,
                const std::vector<std::pair<std::string, std::string>>& more = {});

    std::string cookies;
    std::string csrf_token;
    std::string peer = "127.0.0.1";
    std::optional<std::int64_t> received_offset_ms;  // shifts the arrival of the last byte against the clock
    std::optional<Instant> received_at;              // or puts it at exactly this business instant

private:
    Application& app_;
};

class World {
public:
    explicit World(Engine, Instant business_start = beijing_instant(to_date({2023, 3, 10}), 9 * 60));

    Application& app() { return *app_; }
    void restart();                                     // as a server that stops and starts on the same data
    void set_time(Instant business);                    // moves the business clock and does what the day brings
    void apply_pack(const std::string& folder);         // as the operator
    // An account with one post; its password is "Correct-Horse-9" and need not be changed. Returns a signed-in client.
    Client& as(const std::string& organization, Role role, const std::string& who = {});
    std::string organization_id(const std::string& full_name);
    std::int64_t count(const std::string& sql);         // one number, for what no page shows

private:
    TemporaryFolder folder_;
    std::unique_ptr<WorldDb> db_;
    Config config_;
    std::unique_ptr<Application> app_;
    std::map<std::string, std::unique_ptr<Client>> clients_;
};

}  // namespace anban::test
