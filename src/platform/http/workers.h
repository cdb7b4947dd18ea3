// A fixed number of threads and a queue with an end: a full queue is a quick "later", never a growing wait.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace anban::http {

class Workers {
public:
    Workers(int threads, int queue);
    ~Workers();  // what waits is dropped, what runs is awaited
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    // False: the queue is full. The work must not throw.
    [[nodiscard]] bool try_run(std::function<void()>);
    void stop();

private:
    void work();

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> waiting_;
    std::size_t limit_;
    std::size_t free_ = 0;      // threads that wait for work
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace anban::http
