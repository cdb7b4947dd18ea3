#include "modules/drafts/packing.h"

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "modules/drafts/divisions.h"
#include "modules/organizations/organizations.h"
#include "platform/embedded/embedded.h"
#include "platform/messages/messages.h"

namespace anban::drafts {
namespace {

namespace fs = std::filesystem;

// For this process alone, and gone with its owner. A pack's folder bears its id.
class Folder {
public:
    explicit Folder(const std::string& id) {
        auto name = (fs::temp_directory_path() / "anban-draft-XXXXXX").string();
        if (!::mkdtemp(name.data())) throw std::runtime_error("cannot make a folder for the draft");
        place_ = name;
        path_ = place_ / id;
        fs::create_directories(path_ / "forms");
    }
    ~Folder() {
        std::error_code gone;
        fs::remove_all(place_, gone);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    void write(const std::string& name, const std::string& text) const {
        if (std::ofstream file(path_ / name, std::ios::binary); !(file << text).flush()) throw std::runtime_error("cannot write the draft's " + name);
    }
    [[nodiscard]] const fs::path& path() const { return path_; }

private:
    fs::path place_, path_;
};

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
    const Folder folder(campaign_id);
    for (const auto& [name, text] : *files) folder.write(name, text);
    return campaigns::load_pack(folder.path());
}

std::vector<DraftFault> faults_of(const campaigns::LoadedPack& loaded) {
    std::vector<DraftFault> out;
    for (const auto& error : loaded.errors) out.push_back({messages::sentence(messages::Language::zh, error.key, error.params)});
    return out;
}

}  // namespace anban::drafts
