#include "tests/support/watched_vfs.h"

#include <sqlite3.h>

#include <chrono>
#include <map>
#include <mutex>
#include <thread>

namespace anban::test {
namespace {

enum class Kind { other, writer_main, reader_main, wal };

constexpr int kCheckpointLock = 1;  // WAL_CKPT_LOCK of the documented WAL-index format

WatchedVfs* watching = nullptr;
sqlite3_vfs* beneath = nullptr;
sqlite3_vfs between{};
// The engine's table for files with locks (the main file) is another than that for the log.
struct Methods {
    const sqlite3_io_methods* beneath = nullptr;
    sqlite3_io_methods between{};
};
Methods main_file, wal_file;
std::mutex mutex;
std::map<sqlite3_file*, Kind> kinds;

Kind kind_of(sqlite3_file* file) {
    const std::scoped_lock lock(mutex);
    const auto found = kinds.find(file);
    return found == kinds.end() ? Kind::other : found->second;
}

const sqlite3_io_methods* beneath_of(Kind kind) { return kind == Kind::wal ? wal_file.beneath : main_file.beneath; }

int on_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 at) {
    const auto kind = kind_of(file);
    if (kind == Kind::writer_main) ++watching->main_writes;
    if (kind == Kind::reader_main) ++watching->main_writes_by_readers;
    if (kind == Kind::wal && watching->fail_wal_write) return SQLITE_FULL;
    return beneath_of(kind)->xWrite(file, bytes, size, at);
}

int on_sync(sqlite3_file* file, int flags) {
    if (kind_of(file) != Kind::wal) return main_file.beneath->xSync(file, flags);
    std::this_thread::sleep_for(std::chrono::milliseconds(watching->slow_wal_sync_ms));
    if (watching->fail_wal_sync) return SQLITE_IOERR_FSYNC;
    const int rc = wal_file.beneath->xSync(file, flags);
    ++watching->wal_syncs;
    return rc;
}

int on_lock(sqlite3_file* file, int offset, int count, int flags) {
    const int rc = main_file.beneath->xShmLock(file, offset, count, flags);
    const bool taken = rc == SQLITE_OK && (flags & SQLITE_SHM_LOCK) != 0 && (flags & SQLITE_SHM_EXCLUSIVE) != 0;
    if (taken && offset == kCheckpointLock) {
        ++watching->checkpoint_locks;
        if (kind_of(file) == Kind::reader_main) ++watching->checkpoint_locks_by_readers;
    }
    return rc;
}

int on_close(sqlite3_file* file) {
    const auto* methods = beneath_of(kind_of(file));
    const std::scoped_lock lock(mutex);
    kinds.erase(file);
    return methods->xClose(file);
}

int on_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
    const int rc = beneath->xOpen(beneath, name, file, flags, out);
    if (rc != SQLITE_OK || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) return rc;
    const std::scoped_lock lock(mutex);
    kinds[file] = (flags & SQLITE_OPEN_WAL) != 0 ? Kind::wal : (flags & SQLITE_OPEN_READONLY) != 0 ? Kind::reader_main : Kind::writer_main;
    auto& methods = (flags & SQLITE_OPEN_WAL) != 0 ? wal_file : main_file;
    if (methods.beneath == nullptr) {
        methods.beneath = file->pMethods;
        methods.between = *file->pMethods;
        methods.between.xWrite = on_write;
        methods.between.xSync = on_sync;
        methods.between.xClose = on_close;
        if (methods.between.xShmLock != nullptr) methods.between.xShmLock = on_lock;
    }
    if (file->pMethods == methods.beneath) file->pMethods = &methods.between;
    return rc;
}

}  // namespace

WatchedVfs::WatchedVfs() {
    watching = this;
    beneath = sqlite3_vfs_find(nullptr);
    between = *beneath;
    between.zName = "watched";
    between.xOpen = on_open;
    sqlite3_vfs_register(&between, 1);
}

WatchedVfs::~WatchedVfs() {
    sqlite3_vfs_unregister(&between);
    sqlite3_vfs_register(beneath, 1);
    watching = nullptr;
}

}  // namespace anban::test
