#include "modules/drafts/packing.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/temporary_folder.h"
#include "modules/drafts/divisions.h"
#include "modules/organizations/organizations.h"
#include "platform/embedded/embedded.h"
#include "platform/messages/messages.h"

namespace anban::drafts {
namespace {

namespace fs = std::filesystem;

// A pack's folder bears its id.
void write_files(const fs::path& pack, const std::vector<std::pair<std::string, std::string>>& files) {
    fs::create_directories(pack / "forms");
    for (const auto& [name, text] : files)
        if (std::ofstream file(pack / name, std::ios::binary); !(file << text).flush()) throw std::runtime_error("cannot write the draft's " + name);
}

// Each duty of duties.yaml begins with a line of its own; a fault stands in the last one that began before it.
std::optional<std::size_t> duty_at(const Files& files, const PackError& error, const Origins& from) {
    if (!error.file.ends_with("duties.yaml")) return std::nullopt;
    const auto found = std::ranges::find(files, "duties.yaml", &Files::value_type::first);
    std::istringstream lines(found->second);
    std::string line;
    std::size_t begun = 0;
    for (int number = 1; number <= error.line && std::getline(lines, line); ++number)
        if (line.starts_with("  - id: ")) ++begun;
    return begun == 0 || begun > from.size() || from[begun - 1].empty() ? std::nullopt : std::optional(from[begun - 1].front());
}

}  // namespace

const std::vector<organizations::Division>& divisions() {
    static const auto all = organizations::parse_divisions(embedded::divisions(), embedded::division_towns()).value();
    return all;
}

Result<Packed> packed(db::Connection& db, const store::Stored& kept, const std::string& campaign_id) {
    auto wishes = wishes_of(kept);
    if (const auto office = organizations::find(db, kept.organization_id)) wishes.office = office->name;
    auto extract = kept.content.extract;
    if (kept.content.issued) extract.issue_date = kept.content.issued;
    const auto files = draft(extract, campaign_id, wishes, divisions());
    if (!files) return files.refusal();
    const TemporaryFolder folder;
    const auto pack = fs::path(folder.path()) / campaign_id;
    write_files(pack, *files);
    Packed out{campaigns::load_pack(pack), {}};
    if (out.loaded.errors.empty()) return out;
    const auto from = origins(extract, wishes, divisions());
    for (const auto& error : out.loaded.errors) out.duty_of.push_back(duty_at(*files, error, from));
    return out;
}

std::vector<DraftFault> faults_of(const Packed& packed) {
    std::vector<DraftFault> out;
    for (std::size_t i = 0; i < packed.loaded.errors.size(); ++i) {
        const auto& error = packed.loaded.errors[i];
        const auto& duty = packed.duty_of[i];
        out.push_back({messages::sentence(messages::Language::zh, error.key, error.params), duty ? std::optional(static_cast<std::int64_t>(*duty)) : std::nullopt});
    }
    return out;
}

std::vector<FieldError> field_errors_of(const Packed& packed) {
    std::vector<FieldError> out;
    for (std::size_t i = 0; i < packed.loaded.errors.size() && i < 100; ++i) {
        const auto& error = packed.loaded.errors[i];
        out.push_back({packed.duty_of[i] ? "/duties/" + std::to_string(*packed.duty_of[i]) : "/duties", error.key, error.params});
    }
    return out;
}

}  // namespace anban::drafts
