// What a use case is handed: the transaction, who acts, and what time it is. Use cases never ask the system for any of it.
#pragma once

#include <string>
#include <string_view>

#include "core/actor.h"
#include "core/result.h"
#include "core/time.h"
#include "platform/db/database.h"

namespace anban {

// A deed: one transaction, one actor, one instant. It may run twice (serialization), so it has no effect outside db.
struct Work {
    db::Connection& db;
    const Actor& actor;
    Instant now;        // business clock: what history rows carry
    Instant received;   // business clock at the arrival of the request's last byte: what lateness is judged by
    Instant real_now;   // the machine's clock: sessions, lock-outs, the journal's second time
    std::string request_id;
};

// A look: one snapshot.
struct View {
    db::Connection& db;
    const Actor& actor;
    Instant now;
    Instant real_now;
};

// Business time = the machine's clock + a fixed offset (training and replay).
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant real_now() const = 0;
    [[nodiscard]] virtual std::int64_t offset_ms() const = 0;
    [[nodiscard]] Instant business(Instant real) const { return {real.ms + offset_ms()}; }
};

}  // namespace anban
