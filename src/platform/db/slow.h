// Tells the log which named statement took long.
#pragma once

#include <chrono>

#include "platform/log/log.h"

namespace anban::db {

// From construction to destruction. On SQLite that includes what the callback did with the rows.
class SlowStatement {
public:
    explicit SlowStatement(const char* name) : name_(name) {}
    ~SlowStatement() {
        const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun_);
        if (took >= kSlow) log::warning("database.slow", {{"statement", name_}, {"ms", took.count()}});
    }
    SlowStatement(const SlowStatement&) = delete;
    SlowStatement& operator=(const SlowStatement&) = delete;

private:
    static constexpr std::chrono::milliseconds kSlow{500};
    const char* name_;
    const std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now();
};

}  // namespace anban::db
