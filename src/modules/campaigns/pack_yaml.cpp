#include "modules/campaigns/pack_yaml.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

namespace anban::campaigns {
namespace {

constexpr std::uintmax_t kLargestFile = 4 << 20;

std::string joined(const auto& words) {
    std::string out;
    for (const auto& word : words) out.append(out.empty() ? "" : ", ").append(word);
    return out;
}

std::string key_names(const Shape& shape) {
    std::vector<std::string_view> names;
    for (const auto& key : shape.keys) names.push_back(key.name);
    return joined(names);
}

bool is_identifier(std::string_view text) {
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-'; };
    return !text.empty() && text.size() <= 64 && text[0] >= 'a' && text[0] <= 'z' && std::ranges::all_of(text, fits);
}

}  // namespace

void YamlFile::complain(const YAML::Node& at, std::string key, Params params) const {
    const auto mark = at.Mark();
    errors->push_back({name, mark.is_null() ? 0 : mark.line + 1, std::move(key), std::move(params)});
}

std::optional<YAML::Node> read_yaml(const YamlFile& file) {
    std::error_code ec;
    const auto size = std::filesystem::file_size(file.name, ec);
    if (ec) return file.errors->push_back({file.name, 0, "pack.file_missing", {}}), std::nullopt;
    if (size > kLargestFile) return file.errors->push_back({file.name, 0, "pack.file_too_large", {}}), std::nullopt;
    std::ifstream in(file.name, std::ios::binary);
    std::stringstream text;
    text << in.rdbuf();
    try {
        return YAML::Load(text.str());
    } catch (const YAML::Exception& fault) {
        file.errors->push_back({file.name, fault.mark.line + 1, "pack.not_yaml", {{"reason", fault.msg}}});
        return std::nullopt;
    }
}

Fields::Fields(const YamlFile& file, const YAML::Node& node, std::string_view shape_name)
    : file_(&file), node_(node), shape_(&shape(shape_name)) {
    if (!node_.IsMap()) {
        file_->complain(node_, "pack.mapping_expected", {{"keys", key_names(*shape_)}});
        node_.reset(YAML::Node(YAML::NodeType::Undefined));  // assigning would empty the document's own node
        return;
    }
    std::set<std::string> seen;
    for (const auto& member : node_) {
        const auto name = member.first.IsScalar() ? member.first.Scalar() : std::string("?");
        if (std::ranges::find(shape_->keys, name, &Key::name) == shape_->keys.end())
            file_->complain(member.first, "pack.unknown_member", {{"member", name}, {"known", key_names(*shape_)}});
        else if (!seen.insert(name).second)
            file_->complain(member.first, "pack.doubled_member", {{"member", name}});
    }
    for (const auto& key : shape_->keys)
        if (key.required && !has(key.name)) file_->complain(node_, "pack.missing_member", {{"member", std::string(key.name)}});
}

YAML::Node Fields::at(std::string_view key) const {
    if (std::ranges::find(shape_->keys, key, &Key::name) == shape_->keys.end())
        throw std::logic_error("pack language: " + std::string(shape_->name) + " has no key " + std::string(key));
    if (!node_.IsDefined() || !node_.IsMap()) return YAML::Node(YAML::NodeType::Undefined);
    const auto& constant = node_;  // reading through a mutable node would add the key
    const auto value = constant[std::string(key)];
    return value.IsDefined() ? value : YAML::Node(YAML::NodeType::Undefined);
}

bool Fields::has(std::string_view key) const {
    const auto value = at(key);
    return value.IsDefined() && !value.IsNull();
}

void Fields::complain(std::string_view key_at, std::string key, Params params) const {
    const auto value = key_at.empty() ? YAML::Node(YAML::NodeType::Undefined) : at(key_at);
    params.insert(params.begin(), {"member", std::string(key_at.empty() ? shape_->name : key_at)});
    file_->complain(value.IsDefined() ? value : node_, std::move(key), std::move(params));
}

std::optional<std::string> Fields::scalar(const YAML::Node& value) const {
    if (value.IsScalar() && !value.Scalar().empty()) return value.Scalar();
    file_->complain(value, "pack.text_expected");
    return std::nullopt;
}

std::optional<std::string> Fields::find_text(std::string_view key) const {
    return has(key) ? scalar(at(key)) : std::nullopt;
}

std::optional<std::string> Fields::find_id(std::string_view key) const {
    auto text = find_text(key);
    if (!text || is_identifier(*text)) return text;
    complain(key, "pack.identifier_expected", {{"value", *text}});
    return std::nullopt;
}

std::optional<CivilDate> Fields::find_date(std::string_view key) const {
    const auto text = find_text(key);
    if (!text) return std::nullopt;
    const auto date = parse_date(*text);
    if (!date) complain(key, "pack.date_expected", {{"value", *text}});
    return date;
}

std::optional<int> Fields::find_number(std::string_view key, int least, int most) const {
    const auto text = find_text(key);
    if (!text) return std::nullopt;
    int value = 0;
    const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
    if (read.ec == std::errc{} && read.ptr == text->data() + text->size() && value >= least && value <= most) return value;
    complain(key, "pack.number_expected", {{"value", *text}, {"least", std::to_string(least)}, {"most", std::to_string(most)}});
    return std::nullopt;
}

bool Fields::flag(std::string_view key) const {
    static constexpr std::string_view words[] = {"true", "false"};
    return find_word(key, words) == "true";
}

std::optional<std::string> Fields::one_of(const YAML::Node& value, std::span<const std::string_view> allowed) const {
    auto text = scalar(value);
    if (!text || std::ranges::find(allowed, *text) != allowed.end()) return text;
    file_->complain(value, "pack.not_one_of", {{"value", *text}, {"allowed", joined(allowed)}});
    return std::nullopt;
}

std::optional<std::string> Fields::find_word(std::string_view key, std::span<const std::string_view> allowed) const {
    return has(key) ? one_of(at(key), allowed) : std::nullopt;
}

std::optional<Fields> Fields::find_child(std::string_view key, std::string_view shape_name) const {
    if (!has(key)) return std::nullopt;
    return Fields(*file_, at(key), shape_name);
}

std::vector<Fields> Fields::children(std::string_view key, std::string_view shape_name) const {
    std::vector<Fields> out;
    if (!has(key)) return out;
    const auto list = at(key);
    if (!list.IsSequence()) return complain(key, "pack.list_expected"), out;
    for (const auto& element : list) out.emplace_back(*file_, element, shape_name);
    return out;
}

std::vector<std::string> Fields::texts(std::string_view key) const {
    std::vector<std::string> out;
    if (!has(key)) return out;
    const auto list = at(key);
    if (!list.IsSequence()) return complain(key, "pack.list_expected"), out;
    for (const auto& element : list)
        if (auto text = scalar(element)) out.push_back(std::move(*text));
    return out;
}

}  // namespace anban::campaigns
