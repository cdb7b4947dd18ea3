// Stands between SQLite and the disk: sees who writes and checkpoints which file, and stages faults.
#pragma once

#include <atomic>

namespace anban::test {

// While it lives, files that SQLite opens in this program go through it. One at a time; open databases after it, close them
// before it ends.
class WatchedVfs {
public:
    WatchedVfs();
    ~WatchedVfs();
    WatchedVfs(const WatchedVfs&) = delete;
    WatchedVfs& operator=(const WatchedVfs&) = delete;

    std::atomic<int> wal_syncs{0};                // finished
    std::atomic<int> main_writes{0};              // pages written into the main file: checkpoints
    std::atomic<int> main_writes_by_readers{0};
    std::atomic<int> checkpoint_locks{0};         // the WAL's checkpoint lock taken
    std::atomic<int> checkpoint_locks_by_readers{0};

    std::atomic<bool> fail_wal_sync{false};       // as a disk that breaks
    std::atomic<bool> fail_wal_write{false};      // as a disk that is full
    std::atomic<int> slow_wal_sync_ms{0};
};

}  // namespace anban::test
