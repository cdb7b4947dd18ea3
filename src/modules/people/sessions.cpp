#include "modules/people/sessions.h"

#include "core/codec.h"
#include "core/ids.h"
#include "modules/journal/journal.h"
#include "platform/crypto/crypto.h"

namespace anban::people {
namespace {

constexpr std::int64_t kMostSessions = 10;
constexpr std::size_t kIdLength = 16;

std::string text(std::string_view v) { return std::string(v); }

std::string cut(std::string_view v, std::size_t most) {
    v = v.substr(0, most);
    while (!v.empty() && (static_cast<unsigned char>(v.back()) & 0xC0) == 0x80) v.remove_suffix(1);
    return std::string(v);
}

Refusal ended(const char* key) { return {Code::unauthenticated, key, {}, {}, {}}; }

}  // namespace

Verdict refuse_session(const SessionTimes& t, Instant now) {
    if (t.ended) return ended("session.ended");
    if (now >= t.expires || now.ms - t.seen.ms >= kIdleMs) return ended("session.expired");
    if (now.ms < t.created.ms - kClockSlackMs) return ended("session.expired");
    return std::nullopt;
}

std::string hash_of_token(std::string_view token) { return crypto::hex(crypto::sha256(token)); }

std::optional<StoredSession> find_session(db::Connection& db, std::string_view token_hash, Instant business_now) {
    std::optional<StoredSession> found;
    db.each({"sessions.find", R"sql(
        select s.csrf_token, s.created_at, s.seen_at, s.expires_at, s.ended_at, a.id, a.disabled_at, a.must_change_password, a.person_id,
               a.login, n.name, p.id, p.organization_id, p.role, p.title, p.valid_from, p.valid_to, o.name, o.closed_on
        from sessions s
        join accounts a on a.id = s.account_id
        join persons n on n.id = a.person_id
        join posts p on p.id = s.post_id
        join organizations o on o.id = p.organization_id
        where s.token_hash = $1
    )sql"}, {text(token_hash)}, [&](const db::Row& row) {
        StoredSession s;
        s.session.token_hash = token_hash;
        s.session.csrf_token = row.string(0);
        s.times = {Instant{row.int64(1)}, Instant{row.int64(2)}, Instant{row.int64(3)}, std::nullopt};
        if (!row.is_null(4)) s.times.ended = Instant{row.int64(4)};
        s.disabled = !row.is_null(6);
        s.session.must_change_password = row.int64(7) != 0;
        s.session.actor = {row.string(8), row.string(5), row.string(12), codec::enum_from<Role>(row.text(13)).value(), row.string(14), ""};
        s.login = row.string(9);
        s.person_name = row.string(10);
        s.post_id = row.string(11);
        s.post_valid = row.int64(15) <= business_now.ms && (row.is_null(16) || business_now.ms < row.int64(16));
        s.organization = row.string(17);
        s.post_valid = s.post_valid && (row.is_null(18) || format_date(beijing_date(business_now)) < row.text(18));
        found = std::move(s);
    });
    return found;
}

void touch_session(db::Connection& db, std::string_view token_hash, Instant real_now) {
    db.run({"sessions.touch", "update sessions set seen_at = $2 where token_hash = $1 and ended_at is null and seen_at < $2"},
           {text(token_hash), real_now.ms});
}

NewSession make_session() { return {crypto::base64url(random_bytes(32)), crypto::base64url(random_bytes(24))}; }

void begin_session(Work& work, const NewSession& made, std::string_view account_id, std::string_view post_id, std::string_view agent,
                   std::optional<Instant> expires) {
    work.db.run({"sessions.insert", R"sql(
        insert into sessions (token_hash, account_id, post_id, csrf_token, created_at, seen_at, expires_at, address, agent, ended_at)
        values ($1, $2, $3, $4, $5, $5, $6, $7, $8, null)
    )sql"}, {hash_of_token(made.token), text(account_id), text(post_id), made.csrf_token, work.real_now.ms,
             expires.value_or(Instant{work.real_now.ms + kAbsoluteMs}).ms, work.actor.address, cut(agent, 200)});
    work.db.run({"sessions.end_oldest", R"sql(
        update sessions set ended_at = $2
        where account_id = $1 and ended_at is null and token_hash not in (
            select token_hash from sessions where account_id = $1 and ended_at is null order by created_at desc, token_hash limit $3)
    )sql"}, {text(account_id), work.real_now.ms, kMostSessions});
}

bool end_session(db::Connection& db, std::string_view token_hash, Instant real_now) {
    return db.run({"sessions.end", "update sessions set ended_at = $2 where token_hash = $1 and ended_at is null"},
                  {text(token_hash), real_now.ms}) != 0;
}

std::vector<SessionLine> list_sessions(View& view, std::string_view current_token_hash) {
    std::vector<SessionLine> lines;
    view.db.each({"sessions.list", R"sql(
        select s.token_hash, p.title, s.created_at, s.seen_at, s.address, s.agent, s.expires_at
        from sessions s
        join posts p on p.id = s.post_id
        where s.account_id = $1 and s.ended_at is null and s.expires_at > $2
        order by s.created_at desc, s.token_hash
    )sql"}, {view.actor.account_id, view.real_now.ms}, [&](const db::Row& row) {
        const SessionTimes times{Instant{row.int64(2)}, Instant{row.int64(3)}, Instant{row.int64(6)}, std::nullopt};
        if (refuse_session(times, view.real_now)) return;
        lines.push_back({row.string(0).substr(0, kIdLength), row.text(0) == current_token_hash, row.string(1), times.created, times.seen,
                         row.string(4), row.string(5)});
    });
    return lines;
}

Result<std::int64_t> end_sessions(Work& work, std::string_view id, std::string_view current_token_hash) {
    const auto count = work.db.run({"sessions.end_own", R"sql(
        update sessions set ended_at = $2
        where account_id = $1
          and ended_at is null
          and (($3 = '' and token_hash <> $4) or ($3 <> '' and substr(token_hash, 1, 16) = $3))
    )sql"}, {work.actor.account_id, work.real_now.ms, text(id), text(current_token_hash)});
    if (count == 0 && !id.empty()) return Refusal{Code::not_found, "session.unknown", {}, {}, {}};
    journal::record(work, "session.others_ended", {"account", work.actor.account_id, work.actor.organization_id}, {{"count", count}});
    return count;
}

}  // namespace anban::people
