// Connections lent to one thread at a time. The last returned is lent first: its caches are warm.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "platform/db/database.h"

namespace anban::db {

template <class T>
class Pool {
public:
    class Lease {
    public:
        Lease(Pool& pool, T& held) : pool_(&pool), held_(&held) {}
        ~Lease() { if (pool_) pool_->give_back(*held_); }
        Lease(Lease&& other) noexcept : pool_(std::exchange(other.pool_, nullptr)), held_(other.held_) {}
        Lease& operator=(Lease&&) = delete;
        T& operator*() const { return *held_; }
        T* operator->() const { return held_; }

    private:
        Pool* pool_;
        T* held_;
    };

    void add(std::unique_ptr<T> connection) {
        free_.push_back(connection.get());
        all_.push_back(std::move(connection));
    }

    // Waits for a free one. Throws Unavailable after the limit.
    [[nodiscard]] Lease take(std::chrono::milliseconds limit) {
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, limit, [&] { return !closed_ && !free_.empty(); }))
            throw Unavailable("no database connection got free in time");
        T* taken = free_.back();
        free_.pop_back();
        return Lease(*this, *taken);
    }

    // Lends nothing more and waits until all are back, then does the deed, then lends again. False when they were not back in time.
    bool while_all_are_home(std::chrono::milliseconds limit, const std::function<void()>& deed) {
        std::unique_lock lock(mutex_);
        closed_ = true;
        const bool home = changed_.wait_for(lock, limit, [&] { return free_.size() == all_.size(); });
        if (home) deed();
        closed_ = false;
        changed_.notify_all();
        return home;
    }

    void clear() {
        free_.clear();
        all_.clear();
    }

private:
    void give_back(T& connection) {
        {
            const std::scoped_lock lock(mutex_);
            free_.push_back(&connection);
        }
        changed_.notify_all();
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::unique_ptr<T>> all_;
    std::vector<T*> free_;
    bool closed_ = false;
};

}  // namespace anban::db
