// Sessions: who is signed in, on which post, from where. The cookie is 256 random bits; only its SHA-256 is stored (threats C7).
// All instants are the machine's clock. A session ends after 30 minutes without a request, 12 hours after it began, at once when
// ended, when the account is disabled, its post ends or its organization closes; a new one begins at sign-in and at every change of post.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/people/people.h"
#include "platform/api/call.h"

namespace anban::people {

inline constexpr std::int64_t kIdleMs = 30 * 60'000;
inline constexpr std::int64_t kAbsoluteMs = 12 * 60 * 60'000;
inline constexpr std::int64_t kTouchMs = 60'000;       // "seen" is stored at most once a minute
inline constexpr std::int64_t kClockSlackMs = 5 * 60'000;

// Whether a session still counts. Pure; a clock that jumped back before its beginning ends it (threats A10).
struct SessionTimes { Instant created; Instant seen; Instant expires; std::optional<Instant> ended; };
[[nodiscard]] Verdict refuse_session(const SessionTimes&, Instant real_now);

// A session as stored, with what decides whether it still acts.
struct StoredSession {
    api::Session session;
    std::string post_id;
    std::string login;
    std::string person_name;
    std::string organization;
    SessionTimes times;
    bool disabled = false;
    bool post_valid = false;
};
[[nodiscard]] std::optional<StoredSession> find_session(db::Connection&, std::string_view token_hash, Instant business_now);
void touch_session(db::Connection&, std::string_view token_hash, Instant real_now);

struct NewSession { std::string token; std::string csrf_token; };  // token: for the cookie, nowhere else
// At most 10 of an account are open: the oldest ends. The token is made outside of the deed, which may run twice.
[[nodiscard]] NewSession make_session();
// `expires`: of the session that this one continues on another post; absent: a sign-in's full time.
void begin_session(Work&, const NewSession&, std::string_view account_id, std::string_view post_id, std::string_view agent,
                   std::optional<Instant> expires = {});
// Whether it was still open: another deed may have ended it since the request was let in.
[[nodiscard]] bool end_session(db::Connection&, std::string_view token_hash, Instant real_now);

[[nodiscard]] std::string hash_of_token(std::string_view token);

struct SessionLine {
    std::string id;  // not the token: the first 16 of its hash
    bool current = false;
    std::string post;
    Instant created_at;
    Instant seen_at;
    std::string address;
    std::string agent;
};
BOOST_DESCRIBE_STRUCT(SessionLine, (), (id, current, post, created_at, seen_at, address, agent))
// The account's own open sessions, newest first.
[[nodiscard]] std::vector<SessionLine> list_sessions(View&, std::string_view current_token_hash);
// One by its id, or (id '') all but the current one. The number ended; not_found when there is none. Journalled.
[[nodiscard]] Result<std::int64_t> end_sessions(Work&, std::string_view id, std::string_view current_token_hash);

}  // namespace anban::people
