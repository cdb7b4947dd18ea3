#include "tests/support/json_schema.h"

#include <yaml-cpp/yaml.h>

#include <charconv>
#include <regex>
#include <set>
#include <stdexcept>

namespace anban::support {
namespace {

using Violations = std::vector<std::string>;

const std::set<std::string_view> kKeywords{"$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
                                           "additionalProperties", "items", "enum", "const", "pattern", "minLength", "maxLength",
                                           "minimum", "maximum", "anyOf", "oneOf"};

bool has_type(const json::value& value, std::string_view type) {
    if (type == "object") return value.is_object();
    if (type == "array") return value.is_array();
    if (type == "string") return value.is_string();
    if (type == "integer") return value.is_int64();
    if (type == "boolean") return value.is_bool();
    throw std::logic_error("schema: type " + std::string(type));
}

const json::value& target(const json::value& document, std::string_view ref) {
    const auto* defs = document.as_object().if_contains("$defs");
    constexpr std::string_view prefix = "#/$defs/";
    if (!defs || !ref.starts_with(prefix)) throw std::logic_error("schema: $ref " + std::string(ref));
    return defs->at(ref.substr(prefix.size()));
}

struct Walk {
    const json::value& document;
    Violations& found;

    void say(const std::string& path, const std::string& what) const { found.push_back((path.empty() ? "/" : path) + ": " + what); }

    std::size_t fitting(const json::value& value, const json::array& choices, const std::string& path) const {
        std::size_t count = 0;
        for (const auto& choice : choices) {
            Violations inner;
            Walk{document, inner}.value(value, choice, path);
            count += inner.empty() ? 1 : 0;
        }
        return count;
    }

    void text(const json::value& value, const json::object& schema, const std::string& path) const {
        const std::string text(value.as_string());
        if (const auto* pattern = schema.if_contains("pattern"); pattern && !std::regex_search(text, std::regex(std::string(pattern->as_string()))))
            say(path, text + " does not match " + std::string(pattern->as_string()));
        if (const auto* least = schema.if_contains("minLength"); least && text.size() < least->to_number<std::size_t>()) say(path, "too short");
        if (const auto* most = schema.if_contains("maxLength"); most && text.size() > most->to_number<std::size_t>()) say(path, "too long");
    }

    void number(const json::value& value, const json::object& schema, const std::string& path) const {
        if (const auto* least = schema.if_contains("minimum"); least && value.as_int64() < least->as_int64()) say(path, "too small");
        if (const auto* most = schema.if_contains("maximum"); most && value.as_int64() > most->as_int64()) say(path, "too large");
    }

    void object(const json::object& value, const json::object& schema, const std::string& path) const {
        const auto* properties = schema.if_contains("properties");
        if (const auto* required = schema.if_contains("required"))
            for (const auto& name : required->as_array())
                if (!value.contains(name.as_string())) say(path, "lacks " + std::string(name.as_string()));
        for (const auto& member : value) {
            const auto* rule = properties ? properties->as_object().if_contains(member.key()) : nullptr;
            if (rule) this->value(member.value(), *rule, path + "/" + std::string(member.key()));
            else if (schema.contains("additionalProperties")) say(path, "unknown " + std::string(member.key()));
        }
    }

    void array(const json::array& value, const json::object& schema, const std::string& path) const {
        const auto* items = schema.if_contains("items");
        for (std::size_t i = 0; items && i < value.size(); ++i) this->value(value[i], *items, path + "/" + std::to_string(i));
    }

    void choices(const json::value& value, const json::object& schema, const std::string& path) const {
        if (const auto* ref = schema.if_contains("$ref")) this->value(value, target(document, ref->as_string()), path);
        if (const auto* any = schema.if_contains("anyOf"); any && fitting(value, any->as_array(), path) == 0) say(path, "fits none of anyOf");
        if (const auto* one = schema.if_contains("oneOf"); one && fitting(value, one->as_array(), path) != 1) say(path, "fits not one of oneOf");
        if (const auto* words = schema.if_contains("enum")) {
            bool among = false;
            for (const auto& word : words->as_array()) among = among || word == value;
            if (!among) say(path, "not in enum: " + json::write(value));
        }
        if (const auto* only = schema.if_contains("const"); only && *only != value) say(path, "not " + json::write(*only));
    }

    void value(const json::value& value, const json::value& rule, const std::string& path) const {
        const auto& schema = rule.as_object();
        for (const auto& member : schema)
            if (!kKeywords.contains(member.key())) throw std::logic_error("schema: keyword " + std::string(member.key()));
        choices(value, schema, path);
        if (const auto* type = schema.if_contains("type"); type && !has_type(value, type->as_string()))
            return say(path, "not of type " + std::string(type->as_string()));
        if (value.is_string()) text(value, schema, path);
        if (value.is_int64()) number(value, schema, path);
        if (value.is_object()) object(value.as_object(), schema, path);
        if (value.is_array()) array(value.as_array(), schema, path);
    }
};

json::value scalar(const YAML::Node& node) {
    const auto& text = node.Scalar();
    if (node.Tag() == "!") return json::value(text);  // quoted
    if (text == "true" || text == "false") return text == "true";
    std::int64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec == std::errc{} && read.ptr == text.data() + text.size()) return number;
    return json::value(text);
}

json::value json_from(const YAML::Node& node) {
    if (node.IsScalar()) return scalar(node);
    if (node.IsSequence()) {
        json::array out;
        for (const auto& element : node) out.push_back(json_from(element));
        return out;
    }
    if (!node.IsMap()) return nullptr;
    json::object out;
    for (const auto& member : node) out.emplace(member.first.Scalar(), json_from(member.second));
    return out;
}

}  // namespace

std::vector<std::string> violations(const json::value& value, const json::value& schema, const json::value& document) {
    Violations found;
    Walk{document, found}.value(value, schema, "");
    return found;
}

json::value json_from_yaml_file(const std::string& file) { return json_from(YAML::LoadFile(file)); }

}  // namespace anban::support
