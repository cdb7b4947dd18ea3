// One description of a body serves reading, writing and the published schema. A type is described with
// BOOST_DESCRIBE_STRUCT(Type, (), (member, ...)); snake_case members become camelCase in JSON.
//
// Reading refuses unknown members (a client can not slip in what is not asked for), wrong types, missing members that are
// not optional, and names every place at once as "/path/to/member".
#pragma once

#include <boost/describe.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/json.h"
#include "core/time.h"

namespace anban::codec {

// "window_from" -> "windowFrom"
[[nodiscard]] inline std::string camel(std::string_view snake) {
    std::string out;
    bool up = false;
    for (const char c : snake) {
        if (c == '_') { up = true; continue; }
        out += up && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        up = false;
    }
    return out;
}

// Of a described member; made once.
template <class Member>
[[nodiscard]] const std::string& camel_name() {
    static const std::string name = camel(Member::name);
    return name;
}

template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_text_map : std::false_type {};
template <class T> struct is_text_map<std::map<std::string, T>> : std::true_type {};

using Errors = std::vector<FieldError>;

template <class E>
[[nodiscard]] std::string_view enum_name(E e) { return boost::describe::enum_to_string(e, ""); }

template <class E>
[[nodiscard]] std::optional<E> enum_from(std::string_view name) {
    E e{};
    if (boost::describe::enum_from_string(std::string(name).c_str(), e)) return e;
    return std::nullopt;
}

// An answer of thousands of values is built and dropped as one when `storage` is its own.
template <class T>
[[nodiscard]] json::value encode(const T& v, const json::storage_ptr& storage = {}) {
    if constexpr (std::is_same_v<T, json::value> || std::is_same_v<T, json::object> || std::is_same_v<T, json::array>) return json::value(v, storage);
    else if constexpr (std::is_same_v<T, bool>) return json::value(v, storage);
    else if constexpr (std::is_same_v<T, Instant>) return json::value(std::string_view(format_instant(v)), storage);
    else if constexpr (std::is_same_v<T, CivilDate>) return json::value(std::string_view(format_date(v)), storage);
    else if constexpr (std::is_enum_v<T>) return json::value(enum_name(v), storage);
    else if constexpr (std::is_arithmetic_v<T>) return json::value(v, storage);
    else if constexpr (std::is_convertible_v<T, std::string_view>) return json::value(std::string_view(v), storage);
    else if constexpr (is_optional<T>::value) return v ? encode(*v, storage) : json::value(nullptr, storage);
    else if constexpr (is_vector<T>::value) {
        json::array out(storage);
        out.reserve(v.size());
        for (const auto& element : v) out.push_back(encode(element, storage));
        return out;
    } else if constexpr (is_text_map<T>::value) {
        json::object out(storage);
        for (const auto& [key, element] : v) out.emplace(key, encode(element, storage));
        return out;
    } else {
        json::object out(storage);
        out.reserve(boost::mp11::mp_size<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>::value);
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
            [&](auto d) { out.emplace(camel_name<decltype(d)>(), encode(v.*d.pointer, storage)); });
        return out;
    }
}

inline void complain(Errors& errors, const std::string& path, const char* key, Params params = {}) {
    if (errors.size() < 100) errors.push_back({path.empty() ? "/" : path, key, std::move(params)});
}

template <class T>
void decode_into(const json::value& v, T& out, const std::string& path, Errors& errors) {
    if constexpr (std::is_same_v<T, json::value>) out = v;
    else if constexpr (std::is_same_v<T, json::object>) {
        if (v.is_object()) out = v.get_object(); else complain(errors, path, "body.object_expected");
    } else if constexpr (std::is_same_v<T, json::array>) {
        if (v.is_array()) out = v.get_array(); else complain(errors, path, "body.list_expected");
    } else if constexpr (std::is_same_v<T, bool>) {
        if (v.is_bool()) out = v.get_bool(); else complain(errors, path, "body.boolean_expected");
    } else if constexpr (std::is_same_v<T, Instant>) {
        const auto at = v.is_string() ? parse_instant(std::string_view(v.get_string())) : std::nullopt;
        if (at) out = *at; else complain(errors, path, "body.instant_expected");
    } else if constexpr (std::is_same_v<T, CivilDate>) {
        const auto date = v.is_string() ? parse_date(std::string_view(v.get_string())) : std::nullopt;
        if (date) out = *date; else complain(errors, path, "body.date_expected");
    } else if constexpr (std::is_enum_v<T>) {
        const auto e = v.is_string() ? enum_from<T>(std::string_view(v.get_string())) : std::nullopt;
        if (e) out = *e; else complain(errors, path, "body.not_one_of");
    } else if constexpr (std::is_integral_v<T>) {
        boost::json::error_code ec;
        const auto number = v.is_number() && !v.is_double() ? v.to_number<T>(ec) : T{};
        if (!v.is_number() || v.is_double() || ec) complain(errors, path, "body.integer_expected"); else out = number;
    } else if constexpr (std::is_floating_point_v<T>) {
        if (v.is_number()) out = v.to_number<T>(); else complain(errors, path, "body.number_expected");
    } else if constexpr (std::is_same_v<T, std::string>) {
        if (!v.is_string()) return complain(errors, path, "body.text_expected");
        out = std::string(v.get_string());
        if (out.find('\0') != std::string::npos) complain(errors, path, "body.text_has_nul");
    } else if constexpr (is_optional<T>::value) {
        if (v.is_null()) { out.reset(); return; }
        out.emplace();
        decode_into(v, *out, path, errors);
    } else if constexpr (is_vector<T>::value) {
        if (!v.is_array()) return complain(errors, path, "body.list_expected");
        out.resize(v.get_array().size());
        for (std::size_t i = 0; i < out.size(); ++i) decode_into(v.get_array()[i], out[i], path + '/' + std::to_string(i), errors);
    } else if constexpr (is_text_map<T>::value) {
        if (!v.is_object()) return complain(errors, path, "body.object_expected");
        for (const auto& member : v.get_object())
            decode_into(member.value(), out[std::string(member.key())], path + '/' + std::string(member.key()), errors);
    } else {
        if (!v.is_object()) return complain(errors, path, "body.object_expected");
        const auto& members = v.get_object();
        std::size_t known = 0;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
            [&](auto d) {
                const auto& name = camel_name<decltype(d)>();
                using Member = std::remove_reference_t<decltype(out.*d.pointer)>;
                if (const auto* found = members.if_contains(name)) {
                    ++known;
                    decode_into(*found, out.*d.pointer, path + '/' + name, errors);
                } else if constexpr (!is_optional<Member>::value) {
                    complain(errors, path + '/' + name, "body.missing");
                }
            });
        if (known == members.size()) return;
        for (const auto& member : members) {
            bool declared = false;
            boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
                [&](auto d) { declared = declared || camel_name<decltype(d)>() == std::string_view(member.key()); });
            if (!declared) complain(errors, path + '/' + std::string(member.key()), "body.unknown_member");
        }
    }
}

template <class T>
[[nodiscard]] Result<T> decode(const json::value& v) {
    T out{};
    Errors errors;
    decode_into(v, out, "", errors);
    if (errors.empty()) return out;
    return Refusal{Code::invalid, "body.not_as_declared", {}, std::move(errors), {}};
}

// JSON Schema of T, in place (no $ref): the bodies here are small.
template <class T>
[[nodiscard]] json::value schema() {
    if constexpr (std::is_same_v<T, json::value>) return json::object{};
    else if constexpr (std::is_same_v<T, json::object>) return json::object{{"type", "object"}};
    else if constexpr (std::is_same_v<T, json::array>) return json::object{{"type", "array"}, {"items", json::object{}}};
    else if constexpr (std::is_same_v<T, bool>) return json::object{{"type", "boolean"}};
    else if constexpr (std::is_same_v<T, Instant>) return json::object{{"type", "string"}, {"format", "date-time"}};
    else if constexpr (std::is_same_v<T, CivilDate>) return json::object{{"type", "string"}, {"format", "date"}};
    else if constexpr (std::is_enum_v<T>) {
        json::array names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto d) { names.emplace_back(d.name); });
        return json::object{{"type", "string"}, {"enum", names}};
    } else if constexpr (std::is_integral_v<T>) return json::object{{"type", "integer"}};
    else if constexpr (std::is_floating_point_v<T>) return json::object{{"type", "number"}};
    else if constexpr (std::is_same_v<T, std::string>) return json::object{{"type", "string"}};
    else if constexpr (is_optional<T>::value) {
        return json::object{{"anyOf", json::array{schema<typename T::value_type>(), json::object{{"type", "null"}}}}};
    } else if constexpr (is_vector<T>::value) {
        return json::object{{"type", "array"}, {"items", schema<typename T::value_type>()}};
    } else if constexpr (is_text_map<T>::value) {
        return json::object{{"type", "object"}, {"additionalProperties", schema<typename T::mapped_type>()}};
    } else {
        json::object properties;
        json::array required;
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>(
            [&](auto d) {
                using Member = std::remove_reference_t<decltype(std::declval<T&>().*d.pointer)>;
                properties.emplace(camel(d.name), schema<Member>());
                if constexpr (!is_optional<Member>::value) required.emplace_back(camel(d.name));
            });
        return json::object{{"type", "object"}, {"properties", properties}, {"required", required}, {"additionalProperties", false}};
    }
}

}  // namespace anban::codec
