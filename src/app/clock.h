// The one business clock of a server: the machine's clock and an offset that training and replay may move forwards.
#pragma once

#include <atomic>

#include "platform/api/work.h"

namespace anban {

class MovableClock final : public Clock {
public:
    [[nodiscard]] Instant real_now() const override { return system_now(); }
    [[nodiscard]] std::int64_t offset_ms() const override { return offset_.load(); }
    void set_business(Instant business) { offset_ = business.ms - system_now().ms; }
    [[nodiscard]] Instant business_now() const { return business(real_now()); }

private:
    std::atomic<std::int64_t> offset_{0};
};

}  // namespace anban
