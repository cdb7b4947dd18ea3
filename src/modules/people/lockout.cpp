#include "modules/people/lockout.h"

#include <algorithm>

namespace anban::people {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kLock = 15 * 60 * kSecond;
constexpr std::int64_t kForgotten = 24 * 60 * 60 * kSecond;
constexpr std::int64_t kWindow = 15 * 60 * kSecond;
constexpr std::int64_t kAddressFailures = 100;

// A clock that jumped back must not lengthen a wait, nor may one lie in the future for good.
std::int64_t rest(Instant since, std::int64_t wait, Instant now) {
    if (now.ms < since.ms) return wait;
    return std::max<std::int64_t>(0, since.ms + wait - now.ms);
}

}  // namespace

std::int64_t wait_after(std::int64_t failures) {
    if (failures < 5) return 0;
    if (failures >= 10) return kLock;
    return kSecond << (failures - 4);
}

std::int64_t still_to_wait(const Attempts& a, Instant now) { return rest(a.failed_at, wait_after(a.failures), now); }

Attempts after_failure(const Attempts& a, Instant now) {
    const bool forgotten = now.ms - a.failed_at.ms >= kForgotten;
    return {forgotten ? 1 : a.failures + 1, now};
}

std::int64_t still_to_wait(const AddressBudget& b, Instant now) {
    return b.failures < kAddressFailures ? 0 : rest(b.window_start, kWindow, now);
}

AddressBudget after_failure(const AddressBudget& b, Instant now) {
    if (now.ms < b.window_start.ms || now.ms - b.window_start.ms >= kWindow) return {now, 1};
    return {b.window_start, b.failures + 1};
}

}  // namespace anban::people
