/* Power cut under any dynamically linked program: a preload library that keeps, beside a folder, what a disk would still hold
 * if the plug were pulled now.
 *
 *   PLUG_DIR=data PLUG_SHADOW=shadow LD_PRELOAD=libplugpull.so program …      then kill -9, then plugmix data shadow image seed
 *
 * The program reads and writes its folder as ever. Beside it, the shadow holds
 *   inode/<n>   the bytes of file n that a sync call has promised; copied at fsync and fdatasync, nothing else;
 *   names       in order: what happened to names (N there from the start, C created, R renamed, U removed, M and X a folder made
 *               and removed) and what was synced (S a file, D a folder).
 * Whether a name survives is decided by plugmix: by POSIX only when its folder was synced.
 *
 * PLUG_LIE=1: sync calls answer "done" and promise nothing. A test that still passes then tests nothing.
 *
 * Not seen: writes through mmap (SQLite's -shm alone, which is rebuilt and left out), io_uring, statically linked programs,
 * writes inside libc's own buffers until a sync call (the whole file is copied then). sync_file_range promises nothing.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))real_symbol(#name))

enum { kSlots = 1 << 16, kRanges = 512, kCopy = 1 << 16 };

struct Range {
    off_t from, to;
};
struct File {
    dev_t device;
    ino_t inode;
    long number;     /* name of the file in the shadow; never used twice, unlike inode numbers */
    int known;       /* 0: free slot, 1: in use, 2: given up */
    int whole;       /* too much or not all was seen: copy everything at the next sync */
    off_t shrunk_to; /* smallest size since the last sync, or -1 */
    int ranges;
    struct Range range[kRanges];
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct File* files[kSlots];
static char folder[PATH_MAX], shadow[PATH_MAX];
static size_t folder_length;
static int names = -1, lie;
static long last_number;

static void* real_symbol(const char* name) {
    void* found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

static void note(const char* format, ...) {
    char line[2 * PATH_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (REAL(write)(names, line, (size_t)length) != length) abort();
}

/* Where a path lies below the watched folder, with its links resolved but the last; NULL outside. */
static const char* below(int at, const char* path, char* room) {
    char text[PATH_MAX], parent[PATH_MAX];
    if (names < 0 || !path) return NULL;
    if (path[0] == '/' || at == AT_FDCWD)
        snprintf(text, sizeof text, "%s", path);
    else {
        char link[64];
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        ssize_t length = readlink(link, parent, sizeof parent - 1);
        if (length < 0) return NULL;
        parent[length] = 0;
        if (snprintf(text, sizeof text, "%s/%s", parent, path) >= (int)sizeof text) return NULL;
    }
    size_t end = strlen(text);
    while (end > 1 && text[end - 1] == '/') text[--end] = 0;
    char* slash = strrchr(text, '/');
    const char* last = slash ? slash + 1 : text;
    if (slash == text)
        strcpy(parent, "/");
    else if (!realpath(slash ? (*slash = 0, text) : ".", parent))
        return NULL;
    if (snprintf(room, PATH_MAX, "%s/%s", parent, last) >= PATH_MAX) return NULL;
    if (strncmp(room, folder, folder_length) || room[folder_length] != '/') return NULL;
    size_t length = strlen(room);
    if (length > 4 && !strcmp(room + length - 4, "-shm")) return NULL;
    return room + folder_length + 1;
}

static struct File* look_up(const struct stat* status) {
    for (unsigned i = (unsigned)(status->st_ino % kSlots), tries = 0; tries < kSlots; i = (i + 1) % kSlots, tries++) {
        if (!files[i]) return NULL;
        if (files[i]->known == 1 && files[i]->inode == status->st_ino && files[i]->device == status->st_dev) return files[i];
    }
    return NULL;
}

static struct File* enter(const struct stat* status, const char* kind, const char* path) {
    struct File* file = look_up(status);
    if (!file) {
        unsigned i = (unsigned)(status->st_ino % kSlots);
        while (files[i] && files[i]->known == 1) i = (i + 1) % kSlots;
        if (!files[i]) files[i] = malloc(sizeof *file);
        file = files[i];
    }
    file->device = status->st_dev, file->inode = status->st_ino, file->known = 1;
    file->number = ++last_number, file->ranges = 0, file->shrunk_to = -1, file->whole = 1;
    note("%s %ld %s\n", kind, file->number, path);
    return file;
}

/* The entry behind a descriptor; a file that came to be unseen (mkstemp, stdio) is entered as created now. Under the lock. */
static struct File* file_of(int descriptor) {
    struct stat status;
    char link[64], path[PATH_MAX], room[PATH_MAX];
    if (names < 0 || fstat(descriptor, &status) || !S_ISREG(status.st_mode) || status.st_nlink == 0) return NULL;
    struct File* file = look_up(&status);
    if (file) return file;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return NULL;
    path[length] = 0;
    const char* rest = below(AT_FDCWD, path, room);
    return rest ? enter(&status, "C", rest) : NULL;
}

static void wrote(int descriptor, off_t from, ssize_t length) {
    int kept = errno;
    if (names >= 0 && length > 0) {
        pthread_mutex_lock(&lock);
        struct File* file = file_of(descriptor);
        if (file && !file->whole) {
            struct Range* end = file->ranges ? &file->range[file->ranges - 1] : NULL;
            if (end && from <= end->to && from >= end->from)
                end->to = from + length > end->to ? from + length : end->to;
            else if (file->ranges == kRanges)
                file->whole = 1;
            else
                file->range[file->ranges++] = (struct Range){from, from + length};
        }
        pthread_mutex_unlock(&lock);
    }
    errno = kept;
}

static void shrunk(int descriptor, off_t size) {
    pthread_mutex_lock(&lock);
    struct File* file = file_of(descriptor);
    if (file && (file->shrunk_to < 0 || size < file->shrunk_to)) file->shrunk_to = size;
    pthread_mutex_unlock(&lock);
}

static void copy(int from, int to, off_t at, off_t end) {
    static char buffer[kCopy]; /* under the lock */
    while (at < end) {
        ssize_t got = pread(from, buffer, (size_t)(end - at < kCopy ? end - at : kCopy), at);
        if (got <= 0) return;
        if (REAL(pwrite)(to, buffer, (size_t)got, at) != got) abort();
        at += got;
    }
}

static void promise(struct File* file, int source) {
    char path[PATH_MAX + 64];
    struct stat status;
    snprintf(path, sizeof path, "%s/inode/%ld", shadow, file->number);
    int target = REAL(open)(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (target < 0 || fstat(source, &status)) abort();
    if (file->shrunk_to >= 0 && REAL(ftruncate)(target, file->shrunk_to)) abort();
    if (file->whole)
        copy(source, target, 0, status.st_size);
    else
        for (int i = 0; i < file->ranges; i++) copy(source, target, file->range[i].from, file->range[i].to);
    if (REAL(ftruncate)(target, status.st_size)) abort();
    close(target);
    file->ranges = 0, file->shrunk_to = -1, file->whole = 0;
}

static int synced(int descriptor) {
    struct stat status;
    char link[64], path[PATH_MAX];
    if (names < 0 || lie || fstat(descriptor, &status)) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
    pthread_mutex_lock(&lock);
    if (S_ISDIR(status.st_mode)) {
        ssize_t length = readlink(link, path, sizeof path - 1);
        path[length > 0 ? length : 0] = 0;
        if (!strcmp(path, folder))
            note("D 0 .\n");
        else if (!strncmp(path, folder, folder_length) && path[folder_length] == '/')
            note("D 0 %s\n", path + folder_length + 1);
    } else {
        struct File* file = file_of(descriptor);
        int source = file ? REAL(open)(link, O_RDONLY | O_CLOEXEC) : -1; /* the descriptor itself may be for writing only */
        if (file && source < 0) abort();
        if (file) promise(file, source), close(source), note("S %ld .\n", file->number);
    }
    pthread_mutex_unlock(&lock);
    return 0;
}

/* What lies in the folder when the program starts is on the disk already. */
static void take_over(const char* path, const char* rest) {
    char child[PATH_MAX], child_rest[PATH_MAX];
    DIR* listing = opendir(path);
    struct dirent* entry;
    struct stat status;
    while (listing && (entry = readdir(listing))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (snprintf(child, sizeof child, "%s/%s", path, entry->d_name) >= PATH_MAX) abort();
        if (snprintf(child_rest, sizeof child_rest, "%s%s%s", rest, *rest ? "/" : "", entry->d_name) >= PATH_MAX) abort();
        if (lstat(child, &status)) continue;
        if (S_ISDIR(status.st_mode)) {
            note("N 0 %s\n", child_rest);
            take_over(child, child_rest);
        } else if (S_ISREG(status.st_mode) && !(strlen(child) > 4 && !strcmp(child + strlen(child) - 4, "-shm"))) {
            int source = REAL(open)(child, O_RDONLY | O_CLOEXEC);
            struct File* file = enter(&status, "N", child_rest);
            if (source < 0) abort();
            promise(file, source);
            close(source);
        }
    }
    if (listing) closedir(listing);
}

__attribute__((constructor)) static void begin(void) {
    const char *wanted = getenv("PLUG_DIR"), *beside = getenv("PLUG_SHADOW");
    char path[PATH_MAX + 64];
    if (!wanted || !beside || !realpath(wanted, folder)) return;
    folder_length = strlen(folder);
    lie = getenv("PLUG_LIE") && !strcmp(getenv("PLUG_LIE"), "1");
    snprintf(shadow, sizeof shadow, "%s", beside);
    snprintf(path, sizeof path, "%s/inode", shadow);
    mkdir(shadow, 0700), mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/names", shadow);
    int log = REAL(open)(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0600);
    if (log < 0) {
        fprintf(stderr, "plugpull: %s: a shadow serves one run\n", path);
        _exit(97);
    }
    unsetenv("LD_PRELOAD"); /* programs started from here are others */
    names = log;
    take_over(folder, "");
}

/* ---- what programs call ---- */

static int opened(int descriptor, int at, const char* path, int flags, int was_there) {
    int kept = errno;
    char room[PATH_MAX];
    struct stat status;
    const char* rest = descriptor >= 0 && (flags & (O_CREAT | O_TRUNC)) ? below(at, path, room) : NULL;
    if (rest && !fstat(descriptor, &status) && S_ISREG(status.st_mode)) {
        pthread_mutex_lock(&lock);
        if (!was_there) enter(&status, "C", rest);
        pthread_mutex_unlock(&lock);
        if (was_there && (flags & O_TRUNC)) shrunk(descriptor, 0);
    }
    errno = kept;
    return descriptor;
}

static int there(int at, const char* path) {
    struct stat status;
    int kept = errno, found = !fstatat(at, path, &status, 0);
    errno = kept;
    return found;
}

#define OPENER(name, arguments, at, path, call)                     \
    int name arguments {                                            \
        mode_t mode = 0;                                            \
        if (flags & (O_CREAT | O_TMPFILE)) {                        \
            va_list more;                                           \
            va_start(more, flags);                                  \
            mode = va_arg(more, mode_t);                            \
            va_end(more);                                           \
        }                                                           \
        int was_there = there(at, path);                            \
        return opened(REAL(name) call, at, path, flags, was_there); \
    }
OPENER(open, (const char* path, int flags, ...), AT_FDCWD, path, (path, flags, mode))
OPENER(open64, (const char* path, int flags, ...), AT_FDCWD, path, (path, flags, mode))
OPENER(openat, (int at, const char* path, int flags, ...), at, path, (at, path, flags, mode))
OPENER(openat64, (int at, const char* path, int flags, ...), at, path, (at, path, flags, mode))

int creat(const char* path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }
int creat64(const char* path, mode_t mode) { return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode); }

static FILE* opened_stream(FILE* stream, const char* path, const char* mode, int was_there) {
    if (stream && mode[0] != 'r') opened(fileno(stream), AT_FDCWD, path, O_CREAT | (mode[0] == 'w' ? O_TRUNC : 0), was_there);
    return stream;
}
FILE* fopen(const char* path, const char* mode) {
    int was_there = there(AT_FDCWD, path);
    return opened_stream(REAL(fopen)(path, mode), path, mode, was_there);
}
FILE* fopen64(const char* path, const char* mode) {
    int was_there = there(AT_FDCWD, path);
    return opened_stream(REAL(fopen64)(path, mode), path, mode, was_there);
}

/* Where a plain write went: the position afterwards, minus its length (right for O_APPEND too). */
static ssize_t wrote_here(int descriptor, ssize_t length) {
    int kept = errno;
    off_t end = names >= 0 && length > 0 ? lseek(descriptor, 0, SEEK_CUR) : -1; /* -1: a socket or pipe */
    errno = kept;
    if (end >= 0) wrote(descriptor, end - length, length);
    return length;
}
ssize_t write(int descriptor, const void* bytes, size_t length) { return wrote_here(descriptor, REAL(write)(descriptor, bytes, length)); }
ssize_t writev(int descriptor, const struct iovec* parts, int count) {
    return wrote_here(descriptor, REAL(writev)(descriptor, parts, count));
}

#define WRITE_AT(name, type, bytes, count)                        \
    ssize_t name(int descriptor, type, count, off_t at) {         \
        ssize_t length = REAL(name)(descriptor, bytes, size, at); \
        wrote(descriptor, at, length);                            \
        return length;                                            \
    }
WRITE_AT(pwrite, const void* bytes, bytes, size_t size)
WRITE_AT(pwrite64, const void* bytes, bytes, size_t size)
WRITE_AT(pwritev, const struct iovec* bytes, bytes, int size)
WRITE_AT(pwritev64, const struct iovec* bytes, bytes, int size)

static void wrote_somewhere(int descriptor) {
    pthread_mutex_lock(&lock);
    struct File* file = file_of(descriptor);
    if (file) file->whole = 1;
    pthread_mutex_unlock(&lock);
}
ssize_t copy_file_range(int in, off64_t* from, int out, off64_t* to, size_t length, unsigned flags) {
    ssize_t done = REAL(copy_file_range)(in, from, out, to, length, flags);
    wrote_somewhere(out);
    return done;
}
ssize_t sendfile(int out, int in, off_t* from, size_t length) {
    ssize_t done = REAL(sendfile)(out, in, from, length);
    wrote_somewhere(out);
    return done;
}
ssize_t sendfile64(int out, int in, off64_t* from, size_t length) {
    ssize_t done = REAL(sendfile64)(out, in, from, length);
    wrote_somewhere(out);
    return done;
}

int ftruncate(int descriptor, off_t size) {
    int answer = REAL(ftruncate)(descriptor, size);
    if (!answer && names >= 0) shrunk(descriptor, size);
    return answer;
}
int ftruncate64(int descriptor, off64_t size) { return ftruncate(descriptor, size); }
int truncate(const char* path, off_t size) {
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    int answer = descriptor < 0 ? -1 : ftruncate(descriptor, size);
    if (descriptor >= 0) close(descriptor);
    return answer;
}
int truncate64(const char* path, off64_t size) { return truncate(path, size); }

/* The real call is not made for watched files: the shadow is the disk here, and a run takes seconds, not minutes. */
int fsync(int descriptor) { return names < 0 ? REAL(fsync)(descriptor) : synced(descriptor); }
int fdatasync(int descriptor) { return names < 0 ? REAL(fdatasync)(descriptor) : synced(descriptor); }
int sync_file_range(int descriptor, off64_t from, off64_t length, unsigned flags) {
    return names < 0 ? REAL(sync_file_range)(descriptor, from, length, flags) : 0;
}

/* Before the call: the inode is forgotten with its last name, so that its number may come again as another file. */
static void forget(int at, const char* path, char* room, const char** rest) {
    struct stat status;
    int kept = errno;
    *rest = below(at, path, room);
    if (*rest && !fstatat(at, path, &status, AT_SYMLINK_NOFOLLOW) && S_ISREG(status.st_mode) && status.st_nlink == 1) {
        pthread_mutex_lock(&lock);
        struct File* file = look_up(&status);
        if (file) file->known = 2;
        pthread_mutex_unlock(&lock);
    }
    errno = kept;
}
static int renamed(int answer, int from_at, const char* from_path, int to_at, const char* to_path) {
    int kept = errno;
    char from_room[PATH_MAX], to_room[PATH_MAX];
    struct stat status;
    const char *from = answer ? NULL : below(from_at, from_path, from_room), *to = answer ? NULL : below(to_at, to_path, to_room);
    if ((from || to) && !fstatat(to_at, to_path, &status, AT_SYMLINK_NOFOLLOW)) {
        pthread_mutex_lock(&lock);
        struct File* file = S_ISREG(status.st_mode) ? look_up(&status) : NULL;
        if (from && to && !file && S_ISREG(status.st_mode)) file = enter(&status, "C", from);
        if (from && to)
            note("R %ld %s\t%s\n", file ? file->number : 0, from, to);
        else if (from)
            note("U 0 %s\n", from);
        else if (S_ISREG(status.st_mode))
            enter(&status, "C", to);
        pthread_mutex_unlock(&lock);
    }
    errno = kept;
    return answer;
}
#define RENAMER(name, arguments, from_at, from, to_at, to, call)   \
    int name arguments {                                           \
        char room[PATH_MAX];                                       \
        const char* replaced;                                      \
        forget(to_at, to, room, &replaced);                        \
        return renamed(REAL(name) call, from_at, from, to_at, to); \
    }
RENAMER(rename, (const char* from, const char* to), AT_FDCWD, from, AT_FDCWD, to, (from, to))
RENAMER(renameat, (int from_at, const char* from, int to_at, const char* to), from_at, from, to_at, to, (from_at, from, to_at, to))
RENAMER(renameat2, (int from_at, const char* from, int to_at, const char* to, unsigned flags), from_at, from, to_at, to,
        (from_at, from, to_at, to, flags))

static int linked(int answer, int to_at, const char* to_path) {
    char room[PATH_MAX];
    struct stat status;
    const char* to = answer ? NULL : below(to_at, to_path, room);
    if (to && !fstatat(to_at, to_path, &status, 0)) {
        pthread_mutex_lock(&lock);
        struct File* file = look_up(&status);
        if (file)
            note("C %ld %s\n", file->number, to);
        else
            enter(&status, "C", to);
        pthread_mutex_unlock(&lock);
    }
    return answer;
}
int link(const char* from, const char* to) { return linked(REAL(link)(from, to), AT_FDCWD, to); }
int linkat(int from_at, const char* from, int to_at, const char* to, int flags) {
    return linked(REAL(linkat)(from_at, from, to_at, to, flags), to_at, to);
}

static int removed(int answer, const char* kind, const char* rest) {
    int kept = errno;
    if (!answer && rest) {
        pthread_mutex_lock(&lock);
        note("%s 0 %s\n", kind, rest);
        pthread_mutex_unlock(&lock);
    }
    errno = kept;
    return answer;
}
#define REMOVER(name, arguments, at, path, call, kind) \
    int name arguments {                               \
        char room[PATH_MAX];                           \
        const char* rest;                              \
        forget(at, path, room, &rest);                 \
        return removed(REAL(name) call, kind, rest);   \
    }
REMOVER(unlink, (const char* path), AT_FDCWD, path, (path), "U")
REMOVER(unlinkat, (int at, const char* path, int flags), at, path, (at, path, flags), flags& AT_REMOVEDIR ? "X" : "U")
REMOVER(remove, (const char* path), AT_FDCWD, path, (path), "U")
REMOVER(rmdir, (const char* path), AT_FDCWD, path, (path), "X")

static int made(int answer, int at, const char* path) {
    char room[PATH_MAX];
    return removed(answer, "M", answer ? NULL : below(at, path, room));
}
int mkdir(const char* path, mode_t mode) { return made(REAL(mkdir)(path, mode), AT_FDCWD, path); }
int mkdirat(int at, const char* path, mode_t mode) { return made(REAL(mkdirat)(at, path, mode), at, path); }
