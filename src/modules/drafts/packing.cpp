#include "modules/drafts/packing.h"

#include <filesystem>
#include <fstream>
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

}  // namespace

const std::vector<organizations::Division>& divisions() {
    static const auto all = organizations::parse_divisions(embedded::divisions(), embedded::division_towns()).value();
    return all;
}

Result<campaigns::LoadedPack> packed(db::Connection& db, const store::Stored& kept, const std::string& campaign_id) {
    auto wishes = wishes_of(kept);
    if (const auto office = organizations::find(db, kept.organization_id)) wishes.office = office->name;
    auto extract = kept.content.extract;
    if (kept.content.issued) extract.issue_date = kept.content.issued;
    const auto files = draft(extract, campaign_id, wishes, divisions());
    if (!files) return files.refusal();
    const TemporaryFolder folder;
    const auto pack = fs::path(folder.path()) / campaign_id;
    write_files(pack, *files);
    return campaigns::load_pack(pack);
}

std::vector<DraftFault> faults_of(const campaigns::LoadedPack& loaded) {
    std::vector<DraftFault> out;
    for (const auto& error : loaded.errors) out.push_back({messages::sentence(messages::Language::zh, error.key, error.params)});
    return out;
}

}  // namespace anban::drafts
