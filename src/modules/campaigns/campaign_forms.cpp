#include "modules/campaigns/campaign_forms.h"

#include <fstream>
#include <iterator>
#include <map>
#include <mutex>

namespace anban::campaigns {
namespace {

// What never changes once stored, by its key. Small: some dozens in a campaign's life.
template <class T>
class Kept {
public:
    template <class Load>
    std::shared_ptr<const T> get(const std::string& key, Load&& load) {
        {
            const std::scoped_lock lock(mutex_);
            if (const auto found = held_.find(key); found != held_.end()) return found->second;
        }
        auto loaded = std::make_shared<const T>(load());
        const std::scoped_lock lock(mutex_);
        if (held_.size() > 5'000) held_.clear();
        return held_.emplace(key, std::move(loaded)).first->second;
    }

private:
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const T>> held_;
};

std::string contents(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

// The text of the pack's file travels with the definition: reading it again gives exactly this form.
FormInPack form_in_pack(const forms::Form& form, std::string_view yaml) {
    auto definition = forms::canonical(form);
    definition["source"] = yaml;
    return {form.id, form.version, json::write_canonical(definition)};
}

std::vector<FormInPack> load_forms(const Pack& pack) {
    std::vector<FormInPack> out;
    for (const auto& form : pack.forms) out.push_back(form_in_pack(form, contents(pack.form_file(form.id))));
    return out;
}

std::shared_ptr<const forms::Form> load_form_version(db::Connection& db, const std::string& digest) {
    static Kept<forms::Form> kept;
    return kept.get(digest, [&] {
        const auto definition = json::parse(form_definition(db, digest));
        const auto* source = definition && definition->is_object() ? definition->as_object().if_contains("source") : nullptr;
        PackErrors errors;
        auto form = source ? forms::read_form(source->as_string(), digest, errors) : std::nullopt;
        if (!form) throw db::Failure("form version " + digest + " can not be read");
        return std::move(*form);
    });
}

void TableSum::add(std::string_view digest, std::string_view cells) {
    auto found = parts_.find(digest);
    if (found == parts_.end()) {
        auto form = digest == shown_->version ? shown_ : load_form_version(db_, std::string(digest));
        auto adder = forms::Adder(*form, forms::Over::organizations);
        found = parts_.emplace(std::string(digest), Part{std::move(form), std::move(adder)}).first;
    }
    if (!found->second.adder.add(cells)) throw db::Failure("a stored table does not fit its form " + std::string(digest));
}

forms::Cells TableSum::finish() const {
    if (parts_.size() == 1 && parts_.begin()->first == shown_->version) return parts_.begin()->second.adder.finish();
    forms::Adder all(*shown_, forms::Over::organizations);
    for (const auto& [digest, part] : parts_) all.add(forms::encode(forms::carried_over(*part.form, part.adder.finish(), *shown_)));
    return all.finish();
}

std::shared_ptr<const DutyVersion> load_duty_version(db::Connection& db, const std::string& id) {
    // By content of the id alone: ids are never used twice, also not across databases.
    static Kept<DutyVersion> kept;
    auto version = kept.get(id, [&] {
        auto found = find_duty_version(db, id);
        if (!found) throw db::Failure("duty version " + id + " is not there");
        return std::move(*found);
    });
    return version;
}

}  // namespace anban::campaigns
