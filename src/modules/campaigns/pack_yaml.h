// Reading YAML so that every fault is told with its file and line and reading goes on. Internal to the pack loader.
#pragma once

#include <yaml-cpp/yaml.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/codec.h"
#include "core/pack_error.h"
#include "core/time.h"
#include "modules/campaigns/pack_shapes.h"

namespace anban::campaigns {

struct YamlFile {
    std::string name;  // as it was opened
    PackErrors* errors;

    void complain(const YAML::Node& at, std::string key, Params params = {}) const;
};

// The document, or nothing with the fault told: not there, over 4 MB, not YAML.
[[nodiscard]] std::optional<YAML::Node> read_yaml(const YamlFile&);

// One mapping under a shape of the language. Unknown, doubled and missing keys are told on construction; reading a key that
// is absent gives nothing, reading one with a wrong value tells the fault and gives nothing.
class Fields {
public:
    Fields(const YamlFile& file, const YAML::Node& node, std::string_view shape_name);

    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] YAML::Node at(std::string_view key) const;  // throws for a key that the shape does not know
    [[nodiscard]] const YamlFile& file() const { return *file_; }
    [[nodiscard]] const YAML::Node& node() const { return node_; }
    void complain(std::string_view key_at, std::string key, Params params = {}) const;

    [[nodiscard]] std::optional<std::string> find_text(std::string_view key) const;
    [[nodiscard]] std::string text(std::string_view key) const { return find_text(key).value_or(""); }
    [[nodiscard]] std::optional<std::string> find_id(std::string_view key) const;  // [a-z][a-z0-9_-]*
    [[nodiscard]] std::optional<CivilDate> find_date(std::string_view key) const;
    [[nodiscard]] CivilDate date(std::string_view key) const { return find_date(key).value_or(CivilDate{}); }
    [[nodiscard]] std::optional<int> find_number(std::string_view key, int least, int most) const;
    [[nodiscard]] bool flag(std::string_view key) const;  // absent is false
    [[nodiscard]] std::optional<std::string> find_word(std::string_view key, std::span<const std::string_view> allowed) const;
    [[nodiscard]] std::optional<Fields> find_child(std::string_view key, std::string_view shape_name) const;
    [[nodiscard]] std::vector<Fields> children(std::string_view key, std::string_view shape_name) const;
    [[nodiscard]] std::vector<std::string> texts(std::string_view key) const;

    template <class E>
    [[nodiscard]] std::optional<E> find_enum(std::string_view key) const;
    template <class E>
    [[nodiscard]] std::vector<E> enums(std::string_view key) const;

private:
    [[nodiscard]] std::optional<std::string> scalar(const YAML::Node&) const;
    [[nodiscard]] std::optional<std::string> one_of(const YAML::Node&, std::span<const std::string_view> allowed) const;
    template <class E>
    [[nodiscard]] static std::vector<std::string_view> names();

    const YamlFile* file_;
    YAML::Node node_;
    const Shape* shape_;
};

template <class E>
std::vector<std::string_view> Fields::names() {
    std::vector<std::string_view> out;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto d) { out.emplace_back(d.name); });
    return out;
}

template <class E>
std::optional<E> Fields::find_enum(std::string_view key) const {
    const auto word = find_word(key, names<E>());
    return word ? codec::enum_from<E>(*word) : std::nullopt;
}

template <class E>
std::vector<E> Fields::enums(std::string_view key) const {
    std::vector<E> out;
    if (!has(key)) return out;
    const auto list = at(key);
    if (!list.IsSequence()) return complain(key, "pack.list_expected"), out;
    for (const auto& element : list)
        if (const auto word = one_of(element, names<E>())) out.push_back(*codec::enum_from<E>(*word));
    return out;
}

}  // namespace anban::campaigns
