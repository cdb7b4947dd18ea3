#include "app/demo_command.h"

#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iomanip>
#include <ostream>
#include <sstream>

#include "app/application.h"
#include "app/command_line.h"
#include "app/demo_player.h"
#include "app/pack_apply_command.h"
#include "modules/campaigns/campaigns.h"
#include "modules/journal/journal.h"
#include "modules/organizations/organizations.h"

namespace anban {
namespace {

using demo::Unit;

LoadedPack load_pack_or_throw(const std::string& folder) {
    std::ostringstream faults;
    auto pack = load_whole_pack(folder, faults);
    if (!pack) throw std::runtime_error(faults.str());
    return std::move(*pack);
}

bool holds_campaigns(Application& app) {
    bool any = false;
    app.database().read([&](db::Connection& c) { any = !campaigns::list_ids(c).empty(); });
    return any;
}

// Everybody who reports, in the pack's order: the units that receive from others included.
std::vector<Unit> reporters(Application& app, const campaigns::Pack& pack) {
    std::vector<campaigns::Reporter> found;
    std::map<std::string, std::string> ids;
    app.database().read([&](db::Connection& c) {
        found = campaigns::reporters_of(c, pack.id);
        for (const auto& r : found)
            if (const auto o = organizations::find(c, r.organization_id)) ids[o->name] = o->id;
    });
    std::map<std::string, const campaigns::PackOrganization*> by_id;
    for (const auto& [name, id] : ids) by_id[id] = pack.find_organization(name);
    std::vector<Unit> units;
    for (const auto& r : found) {
        const auto* o = by_id.at(r.organization_id);
        const auto receiver = by_id.find(r.receiver_id);
        units.push_back({r.organization_id, o->name, o->short_name, r.receiver_id,
                         receiver == by_id.end() ? "" : receiver->second->short_name, r.level,
                         o->kind.find("urban_management") == std::string::npos && o->kind.find("environment") == std::string::npos &&
                             o->kind.find("enforcement") == std::string::npos});
    }
    return units;
}

// While loading nothing waits for the disk; the last deed does, and with it everything before it. Files are synced as a whole.
void make_durable(const Config& config, const demo::Replay& replay, std::int64_t deeds) {
    auto durable = config;
    durable.business_time = replay.ends;
    Application app(durable);
    (void)app.as_operator<Done>([&](Work& work) -> Result<Done> {
        journal::record(work, "demo.loaded", {"clock", "business", ""}, {{"deeds", deeds}});
        return Done{};
    });
    app.tick();
}

void sync_files(const std::string& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = fd >= 0 && ::syncfs(fd) == 0;
    if (fd >= 0) ::close(fd);
    if (!synced) throw std::runtime_error("cannot sync " + folder);
}

// The marker, last of all: the demo is whole.
void write_marker(const Config& config, Instant ends) {
    std::ofstream file(config.data + "/demo-business-time.txt");
    file << format_instant(ends) << '\n';
    if (!file.flush()) throw std::runtime_error("cannot write the marker of the demo");
}

int refuse(std::ostream& err, const char* key, const Config& config) {
    err << in_chinese(key, {{"data", config.data}}) << '\n';
    return kFindings;
}

std::string seconds_since(std::chrono::steady_clock::time_point start) {
    std::ostringstream out;
    out << std::fixed << std::setprecision(1) << std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return out.str();
}

}  // namespace

DemoLoaded load_demo(const Config& asked, const std::string& pack_folder, const std::string& password, const std::string& replay_file) {
    const auto pack = load_pack_or_throw(pack_folder);
    const auto replay = demo::load_replay(replay_file.empty() ? pack_folder + "/demo/replay.yaml" : replay_file);
    const auto words = demo::load_words(pack_folder + "/demo/words.yaml");
    auto config = asked;
    config.business_time = replay.begins;
    config.durable = false;
    std::int64_t deeds = 0;
    {
        Application app(config);
        if (holds_campaigns(app)) throw std::runtime_error(in_chinese("demo.not_empty", {{"data", config.data}}));
        app.clock().set_business(replay.begins);
        if (const auto applied = apply_pack(app, pack, false); !applied)
            throw std::runtime_error(in_chinese(applied.refusal().key, applied.refusal().params));
        const auto units = reporters(app, pack.pack);
        const auto cast = demo::make_people(app, replay, units, config.data + "/demo-accounts.txt", password);
        deeds = demo::Player(app, replay, words, cast, units, pack.pack.id, pack.pack.office).play();
    }
    if (asked.durable) {
        make_durable(asked, replay, deeds);
        sync_files(asked.data);
    }
    write_marker(asked, replay.ends);
    return {deeds, replay.ends};
}

int run_demo(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line = read_command_line(arguments, {{"--packs", "--passwords", "--replay"}, {}});
    if (!line || !line->words.empty() || line->value("--packs").empty()) {
        if (!line) print(err, line.refusal());
        return err << in_chinese("demo.usage") << '\n', kWrongUse;
    }
    const auto& config = line->config;
    if (demo_business_time(config.data)) return out << in_chinese("demo.loaded_before", {{"data", config.data}}) << '\n', kAllWell;
    if (std::filesystem::exists(config.data + "/demo-accounts.txt")) return refuse(err, "demo.half_loaded", config);
    if (!may_open(config, false, err)) return kFindings;
    const auto start = std::chrono::steady_clock::now();
    const auto loaded = load_demo(config, line->value("--packs"), line->value("--passwords"), line->value("--replay"));
    out << in_chinese("demo.loaded", {{"data", config.data},
                                      {"deeds", std::to_string(loaded.deeds)},
                                      {"seconds", seconds_since(start)},
                                      {"time", format_instant(loaded.business_time)}})
        << '\n';
    return kAllWell;
}

}  // namespace anban
