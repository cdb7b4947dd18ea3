#include "app/command_line.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/application.h"
#include "platform/db/file_lock.h"
#include "platform/messages/messages.h"

namespace anban {
namespace {

bool database_exists(const Config& config) {
    return db::engine_of(config.database_target()) == db::Engine::postgresql || std::filesystem::exists(config.database_target());
}

// A server, or another command, holds the folder: one program at a time writes (decisions.md 15).
bool is_served(const Config& config) {
    const auto lock = config.database_target() + ".lock";
    if (db::engine_of(config.database_target()) == db::Engine::postgresql || !std::filesystem::exists(lock)) return false;
    try {
        const db::FileLock probe(lock);
        return false;
    } catch (const db::Failure&) { return true; }
}

}  // namespace

std::string CommandLine::value(const std::string& flag) const {
    const auto found = values.find(flag);
    return found == values.end() ? "" : found->second;
}

Result<CommandLine> read_command_line(Arguments arguments, const Flags& own) {
    CommandLine line;
    std::vector<std::string_view> rest;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string word(arguments[i]);
        if (!word.starts_with("-")) {
            line.words.push_back(word);
        } else if (own.alone.contains(word)) {
            line.switches.insert(word);
        } else if (own.with_value.contains(word)) {
            if (i + 1 == arguments.size()) return Refusal{Code::invalid, "config.value_missing", {{"flag", word}}, {}, {}};
            line.values[word] = arguments[++i];
        } else {
            rest.push_back(arguments[i]);
            if (!stands_alone(word) && i + 1 < arguments.size()) rest.push_back(arguments[++i]);
        }
    }
    auto config = read_config(rest);
    if (!config) return config.refusal();
    line.config = std::move(*config);
    return line;
}

std::optional<Instant> demo_business_time(const std::string& data) {
    std::ifstream file(data + "/demo-business-time.txt");
    std::string text;
    return std::getline(file, text) ? parse_instant(text) : std::nullopt;
}

bool may_open(const Config& config, bool must_exist, std::ostream& err) {
    if (must_exist && !database_exists(config)) return err << in_chinese("command.no_database", {{"data", config.data}}) << '\n', false;
    if (is_served(config)) return err << in_chinese("command.folder_served", {{"data", config.data}}) << '\n', false;
    return true;
}

std::unique_ptr<Application> open_application(const Config& asked, bool must_exist, std::ostream& err) {
    if (!may_open(asked, must_exist, err)) return nullptr;
    auto config = asked;
    if (!config.business_time) config.business_time = demo_business_time(config.data);
    return std::make_unique<Application>(config);
}

std::string in_chinese(std::string_view key, const Params& params) { return messages::sentence(messages::Language::zh, key, params); }

void print(std::ostream& to, const Refusal& refusal) {
    to << in_chinese(refusal.key, refusal.params) << '\n';
    for (const auto& error : refusal.errors) to << "  " << error.path << "  " << in_chinese(error.key, error.params) << '\n';
}

}  // namespace anban
