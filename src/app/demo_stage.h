// What every deed of the replay needs: the hands of the acting post, files, fresh versions. Inside of the demo only.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include "app/application.h"
#include "app/demo_figures.h"
#include "core/codec.h"
#include "modules/attachments/attachments.h"
#include "modules/filings/store.h"
#include "modules/people/rights.h"

namespace anban::demo {

class Hands {
public:
    explicit Hands(Application& app) : app_(app) {}

    // One deed in a transaction of its own. Throws when it is refused: the replay is wrong then.
    template <class T> T deed(const Actor& actor, Instant at, Right right, const char* name, const std::function<Result<T>(Work&)>& run);

    template <class T> T look(const std::function<T(db::Connection&)>& run) {
        std::optional<T> out;
        app_.database().read([&](db::Connection& c) { out.emplace(run(c)); });
        return std::move(*out);
    }

    // The attachment's id. The same bytes are put on the disk once.
    std::string upload(const Actor&, Instant, attachments::Paper, const std::string& name, const std::string& bytes);

    [[nodiscard]] filings::Route route(const std::string& id);
    [[nodiscard]] filings::Filing filing(const std::string& id);
    [[nodiscard]] std::int64_t deeds() const { return deeds_; }

private:
    [[noreturn]] static void stop(const Actor&, Instant, const char* deed, const Refusal&);

    Application& app_;
    std::int64_t deeds_ = 0;
    std::map<std::uint64_t, files::Stored> kept_;
};

template <class T>
T Hands::deed(const Actor& actor, Instant at, Right right, const char* name, const std::function<Result<T>(Work&)>& run) {
    if (const auto no = people::refuse(actor, right)) stop(actor, at, name, *no);
    std::optional<Result<T>> result;
    const auto request = "replay-" + std::to_string(++deeds_);
    app_.database().write([&](db::Connection& connection) {
        Work work{connection, actor, at, at, system_now(), request};
        result.emplace(run(work));
        return result->ok() ? db::Outcome::keep : db::Outcome::undo;
    });
    if (!*result) stop(actor, at, name, result->refusal());
    return std::move(**result);
}

}  // namespace anban::demo
