// Everything wired together: the one place that knows every module. Lives as long as the server; tests build it in process.
#pragma once

#include <memory>

#include "app/clock.h"
#include "app/config.h"
#include "platform/api/router.h"
#include "platform/db/database.h"
#include "platform/files/blob_store.h"

namespace anban {

class Application {
public:
    // Opens the storage (made when absent), brings the schema up to date, loads reference data once. Throws db::Failure when
    // another process holds the data folder.
    explicit Application(const Config&);
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    [[nodiscard]] std::shared_ptr<const http::Routes> routes() const;
    [[nodiscard]] http::Response handle(const http::Request&) const;  // the whole way without sockets
    [[nodiscard]] const api::Api& api() const;
    [[nodiscard]] db::Database& database();
    [[nodiscard]] MovableClock& clock();
    [[nodiscard]] files::BlobStore& blobs();

    // What the clock alone brings: filings that become owed (once a business day), signed heads of the journal (when they
    // moved), sums of counts folded (once a minute). Called once a second by the server, after every move of the business clock, and by tests.
    void tick();

    // The operator at the command line: a deed without a session, journalled as "operator".
    template <class T>
    [[nodiscard]] Result<T> as_operator(const std::function<Result<T>(Work&)>& deed);

private:
    void sign_heads();
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Who acts when nobody signed in: the command line, the daily job.
[[nodiscard]] const Actor& operator_actor();

template <class T>
Result<T> Application::as_operator(const std::function<Result<T>(Work&)>& deed) {
    std::optional<Result<T>> result;
    database().write([&](db::Connection& connection) {
        const auto real = clock().real_now();
        const auto now = clock().business(real);
        Work work{connection, operator_actor(), now, now, real, "operator"};
        result.emplace(deed(work));
        return result->ok() ? db::Outcome::keep : db::Outcome::undo;
    });
    return std::move(*result);
}

}  // namespace anban
