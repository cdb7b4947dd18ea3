// Attachments by content: <folder>/<first two letters>/<sha256>. Safe from any thread and from several processes.
//
// put() returns only when the bytes and their name are on the disk (file and directory synced): what was acknowledged survives a
// power cut (threats A2). Putting the same bytes again is harmless, and mends a copy that had gone bad. A full or broken disk
// throws std::system_error and leaves nothing under the name. A store that is not durable leaves the syncing to its caller
// (the demo, which syncs all files at its end) or does without (tests that are not about faults).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace anban::files {

struct Stored {
    std::string sha256;  // 64 lower-case hex digits
    std::uint64_t size = 0;
};

class BlobStore {
public:
    enum class State { sound, missing, damaged };

    // Creates what is missing. Half-written leftovers older than a day are removed.
    explicit BlobStore(std::string folder, bool durable = true);

    Stored put(std::string_view bytes);
    Stored put_file(const std::string& path);  // copies; the source stays the caller's

    // Where the bytes lie, for streaming; empty when there is no such blob or the text is no digest.
    [[nodiscard]] std::string path_of(std::string_view sha256) const;
    // Hash checked; nullopt when missing, damaged, or larger than `limit`.
    [[nodiscard]] std::optional<std::string> read(std::string_view sha256, std::uint64_t limit) const;
    [[nodiscard]] State verify(std::string_view sha256) const;  // reads it all

    // What nobody refers to any more (a blocked or abandoned upload). True when there was such a blob.
    bool remove(std::string_view sha256);
    [[nodiscard]] std::vector<Stored> list() const;

private:
    struct Incoming;
    Stored keep(Incoming&);
    std::string folder_;
    bool durable_;
};

}  // namespace anban::files
