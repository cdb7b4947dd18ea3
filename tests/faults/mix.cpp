#include "tests/faults/mix.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <vector>

namespace anban::faults {
namespace {

namespace fs = std::filesystem;
using Random = std::mt19937_64;

constexpr std::size_t kSector = 512;

// One line of the shadow's list of names.
struct Event {
    char kind = 0;  // N C R U M X S D
    long number = 0;
    std::string path, to;
    // The folder whose sync makes it durable.
    [[nodiscard]] std::string folder() const { return fs::path(kind == 'R' ? to : path).parent_path().string(); }
};

struct Tree {
    std::map<std::string, long> files;  // path to number
    std::set<std::string> folders;

    void apply(const Event& event);
    [[nodiscard]] bool reachable(const std::string& path) const;
};

bool lies_below(const std::string& path, const std::string& folder) {
    return path.size() > folder.size() && path.starts_with(folder) && path[folder.size()] == '/';
}

void rename_folder(Tree& tree, const std::string& from, const std::string& to) {
    Tree moved;
    auto place = [&](const std::string& path) { return path == from || lies_below(path, from) ? to + path.substr(from.size()) : path; };
    for (const auto& [path, number] : tree.files) moved.files[place(path)] = number;
    for (const auto& path : tree.folders) moved.folders.insert(place(path));
    tree = std::move(moved);
}

void Tree::apply(const Event& event) {
    switch (event.kind) {
        case 'N':
        case 'C':
            if (event.number == 0)
                folders.insert(event.path);
            else
                files[event.path] = event.number;
            return;
        case 'M':
            folders.insert(event.path);
            return;
        case 'U':
        case 'X':
            files.erase(event.path), folders.erase(event.path);
            return;
        case 'R':
            if (event.number == 0) return rename_folder(*this, event.path, event.to);
            files.erase(event.path), files[event.to] = event.number;
            return;
        default:
            return;
    }
}

bool Tree::reachable(const std::string& path) const {
    for (fs::path folder = fs::path(path).parent_path(); !folder.empty(); folder = folder.parent_path())
        if (!folders.contains(folder.string())) return false;
    return true;
}

std::vector<Event> read_events(const fs::path& shadow) {
    std::ifstream in(shadow / "names");
    if (!in) throw std::runtime_error("no list of names in " + shadow.string());
    std::vector<Event> events;
    for (std::string line; std::getline(in, line) && !in.eof();) {  // a last line without its end was never finished
        std::istringstream words(line);
        Event event;
        words >> event.kind >> event.number;
        words.get();
        std::getline(words, event.path, '\t');
        std::getline(words, event.to);
        events.push_back(event);
    }
    return events;
}

// The names as the program last saw them, as certainly kept, and what is still open.
struct Fate {
    Tree live, kept;
    std::vector<Event> open;
};

// A file whose new name is durable has it; that its first name was never synced no longer matters.
void settle(Fate& fate, const auto& is_durable) {
    std::vector<Event> still_open;
    for (const Event& event : fate.open) {
        if (!is_durable(event)) {
            still_open.push_back(event);
            continue;
        }
        fate.kept.apply(event);
        if (event.kind == 'R' && event.number != 0)
            std::erase_if(still_open, [&](const Event& earlier) { return earlier.number == event.number; });
    }
    fate.open = std::move(still_open);
}

Fate follow(const std::vector<Event>& events, Names names) {
    Fate fate;
    for (const Event& event : events) {
        if (event.kind == 'S' || event.kind == 'D') {
            const std::string folder = event.path == "." ? "" : event.path;
            if (names == Names::ext4)
                settle(fate, [](const Event&) { return true; });
            else if (event.kind == 'D')
                settle(fate, [&](const Event& earlier) { return earlier.folder() == folder; });
            continue;
        }
        fate.live.apply(event);
        if (event.kind == 'N')
            fate.kept.apply(event);
        else
            fate.open.push_back(event);
    }
    return fate;
}

// Of each folder's open names, those up to a random point came through.
void keep_some_names(Fate& fate, Random& random, Mixed& mixed) {
    std::map<std::string, int> left;
    for (const Event& event : fate.open) ++left[event.folder()];
    for (auto& [folder, count] : left) count = static_cast<int>(random() % (static_cast<unsigned>(count) + 1));
    for (const Event& event : fate.open) {
        const bool came_through = left[event.folder()]-- > 0;
        if (came_through) fate.kept.apply(event);
        ++(came_through ? mixed.names_kept : mixed.names_lost);
    }
}

std::string read_whole(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return in ? (std::ostringstream() << in.rdbuf()).str() : std::string();
}

// Each sector that differs is the promised or the newer one. The file ends where the last kept one does, or where a shortening
// that was not promised put it, by chance.
std::string mix_bytes(const std::string& promised, const std::string& newer, double chance, Random& random, Mixed& mixed) {
    std::string bytes = promised;
    std::bernoulli_distribution keep(chance);
    for (std::size_t at = 0; at < newer.size(); at += kSector) {
        const std::size_t length = std::min(kSector, newer.size() - at);
        if (promised.compare(std::min(at, promised.size()), length, newer, at, length) == 0) continue;
        const bool kept = keep(random);
        ++(kept ? mixed.sectors_kept : mixed.sectors_lost);
        if (!kept) continue;
        if (bytes.size() < at + length) bytes.resize(at + length, '\0');
        bytes.replace(at, length, newer, at, length);
    }
    if (newer.size() < promised.size() && keep(random)) bytes.resize(newer.size());
    return bytes;
}

std::map<long, std::string> paths_by_number(const Tree& tree) {
    std::map<long, std::string> paths;
    for (const auto& [path, number] : tree.files) paths[number] = path;
    return paths;
}

}  // namespace

std::string Mixed::describe() const {
    std::ostringstream text;
    text << files << " files; unsynced sectors: " << sectors_kept << " kept, " << sectors_lost << " lost; unsynced names: " << names_kept
         << " kept, " << names_lost << " lost";
    return text.str();
}

Mixed mix(const fs::path& live, const fs::path& shadow, const fs::path& image, std::uint64_t seed, Names names) {
    Random random(seed);
    Mixed mixed;
    Fate fate = follow(read_events(shadow), names);
    keep_some_names(fate, random, mixed);
    const double chance = std::array{0.0, 0.1, 0.5, 0.9, 1.0}[random() % 5];
    const auto live_paths = paths_by_number(fate.live);
    if (!fs::create_directories(image)) throw std::runtime_error(image.string() + " is there already");
    for (const auto& folder : fate.kept.folders)
        if (fate.kept.reachable(folder)) fs::create_directories(image / folder);
    for (const auto& [path, number] : fate.kept.files) {
        if (!fate.kept.reachable(path)) continue;
        const std::string promised = read_whole(shadow / "inode" / std::to_string(number));
        const auto now = live_paths.find(number);  // a removed file whose removal did not last has its promised bytes alone
        const std::string newer = now == live_paths.end() ? promised : read_whole(live / now->second);
        std::ofstream(image / path, std::ios::binary) << mix_bytes(promised, newer, chance, random, mixed);
        ++mixed.files;
    }
    return mixed;
}

}  // namespace anban::faults
