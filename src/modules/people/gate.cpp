#include "modules/people/gate.h"

#include <map>
#include <mutex>

#include "modules/journal/journal.h"
#include "modules/people/passwords.h"
#include "modules/people/rights.h"
#include "platform/log/log.h"

namespace anban::people {
namespace {

Refusal forged() { return {Code::forbidden, "session.forged", {}, {}, {}}; }
Refusal ended(const char* key) { return {Code::unauthenticated, key, {}, {}, {}}; }

class PeopleGate final : public api::Gate {
public:
    PeopleGate(db::Database& db, const Clock& clock, GateOptions options) : db_(db), clock_(clock), options_(std::move(options)) {
        (void)dummy_hash();  // made now, so that the first unknown name takes no longer than others
    }

    Result<std::optional<api::Session>> authenticate(const http::Request& request) override {
        const auto token = request.cookie(kSessionCookie);
        if (!token || token->empty()) return std::optional<api::Session>();
        if (token->size() > 100) return ended("session.ended");
        const auto real = clock_.real_now();
        std::optional<StoredSession> stored;
        db_.read([&](db::Connection& c) { stored = find_session(c, hash_of_token(*token), clock_.business(real)); });
        if (!stored) return ended("session.ended");
        if (auto no = refuse_session(stored->times, real)) return *no;
        if (stored->disabled || !stored->post_valid) return ended("session.ended");
        touch(*stored, real);
        return std::optional(stored->session);
    }

    Verdict refuse_forgery(const api::Session* session, const http::Request& request) override {
        if (!origin_fits(request.header("origin"), request.header("host"), options_.origin)) return forged();
        if (request.header("sec-fetch-site") == "cross-site") return forged();
        if (session && !crypto::equal_in_constant_time(request.header("x-csrf-token"), session->csrf_token)) return forged();
        return std::nullopt;
    }

    Verdict refuse(const api::Session& session, Right right) override {
        if (session.must_change_password && right != Right::signed_in && right != Right::open_to_all)
            return Refusal{Code::forbidden, "password.change_first", {}, {}, {}};
        return people::refuse(session.actor, right);
    }

    // One line a minute for the same person at the same door, so that a loop can not fill the disk (threats E3).
    void note_refused(const api::Session& session, const std::string& endpoint, const http::Request& request, const Refusal& refusal) override {
        if (refusal.key != "right.missing") return;
        const auto real = clock_.real_now();
        if (!first_this_minute(session.actor.person_id + ' ' + endpoint, real)) return;
        auto actor = session.actor;
        actor.address = request.peer;
        try {
            db_.write([&](db::Connection& c) {
                const auto now = clock_.business(real);
                Work work{c, actor, now, now, real, request.id};
                journal::record_refused(work, "right.refused", {"endpoint", endpoint, actor.organization_id}, refusal.key);
                return db::Outcome::keep;
            });
        } catch (const db::Unavailable& failure) {
            log::warning("journal.refusal_not_written", {{"detail", failure.what()}});
        }
    }

private:
    bool first_this_minute(const std::string& what, Instant real) {
        constexpr std::int64_t minute = 60'000;
        const std::scoped_lock lock(noting_);
        const auto [noted, fresh] = noted_.emplace(what, real);
        if (!fresh && real.ms - noted->second.ms < minute && real >= noted->second) return false;
        noted->second = real;
        if (noted_.size() > 10'000) std::erase_if(noted_, [&](const auto& one) { return real.ms - one.second.ms >= minute; });
        return true;
    }

    // A look must not fail because the disk is full: then the session idles out a little early.
    void touch(const StoredSession& stored, Instant real) {
        if (real.ms - stored.times.seen.ms < kTouchMs) return;
        try {
            db_.write([&](db::Connection& c) {
                touch_session(c, stored.session.token_hash, real);
                return db::Outcome::keep;
            });
        } catch (const db::Unavailable& failure) {
            log::warning("session.not_touched", {{"detail", failure.what()}});
        }
    }

    db::Database& db_;
    const Clock& clock_;
    GateOptions options_;
    std::mutex noting_;
    std::map<std::string, Instant> noted_;  // "person endpoint": when it was last written
};

}  // namespace

std::unique_ptr<api::Gate> make_gate(db::Database& db, const Clock& clock, const GateOptions& options) {
    return std::make_unique<PeopleGate>(db, clock, options);
}

std::string cookie(std::string_view name, std::string_view value, std::string_view path, std::int64_t max_age_seconds, bool secure) {
    std::string out(name);
    out += '=';
    out += value;
    out += "; Path=";
    out += path;
    out += "; Max-Age=" + std::to_string(max_age_seconds) + "; HttpOnly; SameSite=Lax";
    if (secure) out += "; Secure";
    return out;
}

// Programs send no Origin; every browser of the last years does so with whatever changes something.
bool origin_fits(std::string_view origin, std::string_view host, std::string_view own_origin) {
    if (origin.empty()) return true;
    if (!own_origin.empty()) return origin == own_origin;
    return origin == "http://" + std::string(host) || origin == "https://" + std::string(host);
}

}  // namespace anban::people
