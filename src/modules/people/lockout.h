// When a sign-in may be tried again (threats C5). Pure; the machine's clock is handed in. The same for names that exist and
// names that do not: nobody learns which is which.
#pragma once

#include <cstdint>

#include "core/time.h"

namespace anban::people {

struct Attempts {
    std::int64_t failures = 0;  // in a row
    Instant failed_at;          // the last of them
};

// 5 failures: 2 s, doubling to 32 s at 9; from 10 on 15 minutes each time. Forgotten after 24 hours without one.
[[nodiscard]] std::int64_t wait_after(std::int64_t failures);                  // milliseconds
[[nodiscard]] std::int64_t still_to_wait(const Attempts&, Instant real_now);   // milliseconds; 0: go ahead
[[nodiscard]] Attempts after_failure(const Attempts&, Instant real_now);

// All names tried from one address together: 100 failures in 15 minutes.
struct AddressBudget {
    Instant window_start;
    std::int64_t failures = 0;
};
[[nodiscard]] std::int64_t still_to_wait(const AddressBudget&, Instant real_now);
[[nodiscard]] AddressBudget after_failure(const AddressBudget&, Instant real_now);

}  // namespace anban::people
