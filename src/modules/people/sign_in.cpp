#include "modules/people/sign_in.h"

#include <algorithm>

#include "core/ids.h"
#include "modules/journal/journal.h"
#include "modules/people/passwords.h"
#include "modules/people/sign_in_store.h"
#include "modules/people/store.h"

namespace anban::people {
namespace {

Refusal wrong() { return {Code::unauthenticated, "sign_in.wrong", {}, {}, {}}; }

Refusal wait(std::int64_t ms) {
    return {Code::too_many, "sign_in.wait", {{"seconds", std::to_string((ms + 999) / 1000)}}, {}, {}};
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return out;
}

// People type passwords into the wrong field: a name that is none is never stored as it was typed.
std::string name_budget(const std::string& login) { return "name:" + hash_of_token(login); }

// Everything that decides whether this try may be made, read in one place for names that exist and names that do not.
struct Try {
    std::string login;
    std::string device_hash;  // '' : none offered
    std::string address;
    std::optional<store::Key> key;
    bool known_device = false;
    Attempts attempts;  // of the name, or of the device when it is known
    AddressBudget budget;
};

Try read_try(db::Connection& db, const Credentials& asked, const std::string& address) {
    Try t;
    t.login = lowered(asked.login);
    t.device_hash = asked.device.empty() ? "" : hash_of_token(asked.device);
    t.address = address;
    t.key = store::find_key(db, t.login);
    t.known_device = t.key && !t.device_hash.empty() && store::knows_device(db, t.key->account_id, t.device_hash);
    if (t.known_device) t.attempts = store::attempts_of(db, "device:" + t.device_hash);
    else t.attempts = t.key ? t.key->attempts : store::attempts_of(db, name_budget(t.login));
    t.budget = store::address_budget(db, address);
    return t;
}

// As read_try, with every row held that a failure or a success counts on; always in the same order.
Try hold_try(db::Connection& db, const Credentials& asked, const std::string& address) {
    const auto login = lowered(asked.login);
    store::hold_account(db, login);
    const auto looked = read_try(db, asked, address);
    if (!looked.key) store::hold_budget(db, name_budget(login));
    if (looked.known_device) store::hold_budget(db, "device:" + looked.device_hash);
    store::hold_budget(db, "address:" + address);
    return read_try(db, asked, address);
}

Verdict refuse_try(const Try& t, Instant real_now) {
    const auto ms = std::max(still_to_wait(t.attempts, real_now), t.known_device ? 0 : still_to_wait(t.budget, real_now));
    if (ms > 0) return wait(ms);
    return std::nullopt;
}

void count_failure(Work& work, const Try& t) {
    const auto counted = after_failure(t.attempts, work.real_now);
    if (t.known_device) store::set_attempts(work.db, "device:" + t.device_hash, counted);
    else if (t.key) store::add_failure(work.db, t.key->account_id, counted);
    else store::set_attempts(work.db, name_budget(t.login), counted);
    store::set_address_budget(work.db, t.address, after_failure(t.budget, work.real_now));
    journal::record_refused(work, "session.sign_in", {"account", t.key ? t.key->account_id : "", ""}, "sign_in.wrong",
                            {{"failures", counted.failures}});
}

void count_success(Work& work, const Try& t) {
    if (t.known_device) store::forget_attempts(work.db, "device:" + t.device_hash);
    else store::forget_failures(work.db, t.key->account_id);
}

// Kept although the caller is refused: the refusal is a value of the deed, not its end.
Result<Done> remember_failure(api::Call& call, const Credentials& asked) {
    return call.write<Done>([&](Work& work) -> Result<Done> {
        count_failure(work, hold_try(work.db, asked, call.request().peer));
        return Done{};
    });
}

struct Checked { bool fits = false; std::string raised_hash; };

Result<Checked> check_password(const std::string& password, const std::string& stored) {
    Checked checked;
    auto no = while_hashing([&] {
        checked.fits = crypto::password_matches(password, stored);
        if (checked.fits && needs_raising(stored)) checked.raised_hash = crypto::hash_password(password);
    });
    if (no) return *no;
    return checked;
}

Actor actor_on(db::Connection& db, const std::string& token_hash, Instant business_now, const std::string& address) {
    auto actor = find_session(db, token_hash, business_now)->session.actor;
    actor.address = address;
    return actor;
}

Work acting_as(Work& work, const Actor& actor) { return {work.db, actor, work.now, work.received, work.real_now, work.request_id}; }

// Why there is none to begin with: nothing held, or only at organizations that are no longer open.
Refusal no_post(Work& work, const std::string& person_id) {
    for (const auto& p : store::posts_of(work.db, person_id))
        if (valid_at(p, work.now)) return {Code::forbidden, "account.organization_closed", {{"name", p.organization}}, {}, {}};
    return {Code::forbidden, "account.no_post", {}, {}, {}};
}

Result<Done> open_session(Work& work, const Try& t, const SignedIn& made, const std::string& agent) {
    if (t.key->disabled) return Refusal{Code::forbidden, "account.disabled", {}, {}, {}};
    const auto reset = store::last_reset(work.db, t.key->account_id);
    if (t.key->must_change_password && reset && work.real_now.ms - reset->real_at.ms > kOneTimeMs)
        return Refusal{Code::forbidden, "sign_in.one_time_expired", {}, {}, {}};
    const auto post = store::post_to_begin_with(work.db, t.key->account_id, t.key->person_id, work.now);
    if (post.empty()) return no_post(work, t.key->person_id);
    store::mark_reset_used(work.db, t.key->account_id, work.real_now);
    begin_session(work, made.session, t.key->account_id, post, agent);
    if (!made.device.empty()) store::add_device(work.db, t.key->account_id, hash_of_token(made.device), work.real_now);
    const auto actor = actor_on(work.db, hash_of_token(made.session.token), work.now, work.actor.address);
    auto acting = acting_as(work, actor);
    journal::record(acting, "session.sign_in", {"account", actor.account_id, actor.organization_id});
    return Done{};
}

}  // namespace

Result<SignedIn> sign_in(api::Call& call, const Credentials& asked) {
    if (asked.login.size() > 100 || asked.password.size() > 1000 || asked.device.size() > 100) return wrong();
    const auto peer = call.request().peer;
    Try seen;
    call.ground().db.read([&](db::Connection& db) { seen = read_try(db, asked, peer); });
    if (auto no = refuse_try(seen, call.real_now())) return *no;

    const auto checked = check_password(asked.password, seen.key ? seen.key->password_hash : dummy_hash());
    if (!checked) return checked.refusal();
    if (!checked->fits || !seen.key) {
        if (auto kept = remember_failure(call, asked); !kept) return kept.refusal();
        return wrong();
    }
    SignedIn made{make_session(), seen.known_device ? "" : crypto::base64url(random_bytes(32))};
    const std::string agent(call.request().header("user-agent"));
    const auto opened = call.write<Done>([&](Work& work) -> Result<Done> {
        // Asked again: guesses that ran side by side must not outrun the count of their failures.
        const auto now_seen = hold_try(work.db, asked, peer);
        if (!now_seen.key || now_seen.key->password_hash != seen.key->password_hash) return wrong();
        if (auto no = refuse_try(now_seen, work.real_now)) return *no;
        if (!checked->raised_hash.empty()) store::raise_hash(work.db, seen.key->account_id, seen.key->password_hash, checked->raised_hash);
        count_success(work, now_seen);
        return open_session(work, now_seen, made, agent);
    });
    if (!opened) return opened.refusal();
    return made;
}

Result<Done> change_own_password(api::Call& call, const PasswordChange& asked) {
    const auto account = call.actor().account_id;
    std::optional<store::Key> key;
    std::string login;
    call.ground().db.read([&](db::Connection& db) {
        key = store::find_key_of_account(db, account);
        login = store::find(db, account)->login;
    });
    if (const auto ms = still_to_wait(key->attempts, call.real_now()); ms > 0) return wait(ms);
    if (auto no = refuse_password(asked.fresh, login)) return *no;
    if (asked.fresh == asked.current) return Refusal{Code::unprocessable, "password.same", {}, {}, {}};
    bool fits = false;
    std::string fresh;
    auto no = while_hashing([&] {
        fits = crypto::password_matches(asked.current, key->password_hash);
        if (fits) fresh = crypto::hash_password(asked.fresh);
    });
    if (no) return *no;
    if (!fits) {
        auto kept = call.write<Done>([&](Work& work) -> Result<Done> {
            store::hold_account(work.db, login);
            store::add_failure(work.db, account, after_failure(store::find_key_of_account(work.db, account)->attempts, work.real_now));
            journal::record_refused(work, "account.password_changed", {"account", account, work.actor.organization_id}, "password.current_wrong");
            return Done{};
        });
        if (!kept) return kept.refusal();
        return Refusal{Code::unprocessable, "password.current_wrong", {}, {{"/current", "password.current_wrong", {}}}, {}};
    }
    return call.write<Done>([&](Work& work) -> Result<Done> {
        if (!store::raise_version(work.db, account, key->version)) return Refusal{Code::conflict, "account.changed_meanwhile", {}, {}, {}};
        store::set_password(work.db, account, fresh, false);
        store::forget_failures(work.db, account);
        store::end_sessions_of_account(work.db, account, work.real_now, call.session()->token_hash);
        journal::record(work, "account.password_changed", {"account", account, work.actor.organization_id});
        return Done{};
    });
}

Result<NewSession> switch_post(api::Call& call, std::string_view post_id) {
    const auto made = make_session();
    const std::string agent(call.request().header("user-agent"));
    const auto switched = call.write<Done>([&](Work& work) -> Result<Done> {
        const auto posts = store::posts_of(work.db, work.actor.person_id);
        const auto post = std::find_if(posts.begin(), posts.end(), [&](const Post& p) { return p.id == post_id && valid_at(p, work.now); });
        if (post == posts.end()) return Refusal{Code::not_found, "account.no_such_post", {}, {}, {}};
        if (!store::may_act(work.db, *post, work.now)) return Refusal{Code::forbidden, "account.organization_closed", {{"name", post->organization}}, {}, {}};
        // A password reset or a sign-out that came between must not be outlived, nor the longest time of a session.
        const auto old = find_session(work.db, call.session()->token_hash, work.now);
        if (!old || !end_session(work.db, call.session()->token_hash, work.real_now))
            return Refusal{Code::unauthenticated, "session.ended", {}, {}, {}};
        begin_session(work, made, work.actor.account_id, post->id, agent, old->times.expires);
        const auto actor = actor_on(work.db, hash_of_token(made.token), work.now, work.actor.address);
        auto acting = acting_as(work, actor);
        journal::record(acting, "session.post_switched", {"account", actor.account_id, actor.organization_id}, {{"from", work.actor.name}});
        return Done{};
    });
    if (!switched) return switched.refusal();
    return made;
}

Result<Done> sign_out(api::Call& call) {
    return call.write<Done>([&](Work& work) -> Result<Done> {
        (void)end_session(work.db, call.session()->token_hash, work.real_now);
        journal::record(work, "session.sign_out", {"account", work.actor.account_id, work.actor.organization_id});
        return Done{};
    });
}

}  // namespace anban::people
