#include "core/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <algorithm>
#include <charconv>
#include <cmath>
#include <unordered_set>
#include <vector>

namespace anban::json {
namespace {

namespace bj = boost::json;

// Boost.JSON's own DOM handler keeps the last of two equal keys and reads 1e999 as infinity, so the tree is built here.
struct Builder {
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);

    std::size_t values_left;
    const char* why = nullptr;
    std::vector<value> open;             // containers being filled
    std::vector<std::string> keys;       // the key that each open object waits to fill
    std::string text;
    value root;

    bool fail(const char* reason, bj::error_code& ec) {
        why = reason;
        ec = bj::make_error_code(bj::error::syntax);
        return false;
    }

    bool put(value v, bj::error_code& ec) {
        if (values_left-- == 0) return fail("json.too_many_values", ec);
        if (open.empty()) {
            root = std::move(v);
        } else if (auto* list = open.back().if_array()) {
            list->push_back(std::move(v));
        } else {
            auto& members = open.back().get_object();
            if (!members.emplace(keys.back(), std::move(v)).second) return fail("json.duplicate_key", ec);
        }
        return true;
    }

    bool close(bj::error_code& ec) {
        value v = std::move(open.back());
        open.pop_back();
        keys.pop_back();
        return put(std::move(v), ec);
    }

    bool on_document_begin(bj::error_code&) { return true; }
    bool on_document_end(bj::error_code&) { return true; }
    bool on_array_begin(bj::error_code&) { open.emplace_back(array{}); keys.emplace_back(); return true; }
    bool on_array_end(std::size_t, bj::error_code& ec) { return close(ec); }
    bool on_object_begin(bj::error_code&) { open.emplace_back(object{}); keys.emplace_back(); return true; }
    bool on_object_end(std::size_t, bj::error_code& ec) { return close(ec); }
    bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { text.append(part.data(), part.size()); return true; }
    bool on_string(bj::string_view part, std::size_t, bj::error_code& ec) {
        text.append(part.data(), part.size());
        value v(bj::string(text.data(), text.size()));
        text.clear();
        return put(std::move(v), ec);
    }
    bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { text.append(part.data(), part.size()); return true; }
    bool on_key(bj::string_view part, std::size_t, bj::error_code&) {
        text.append(part.data(), part.size());
        keys.back() = std::move(text);
        text.clear();
        return true;
    }
    bool on_number_part(bj::string_view, bj::error_code&) { return true; }
    bool on_int64(std::int64_t number, bj::string_view, bj::error_code& ec) { return put(number, ec); }
    bool on_uint64(std::uint64_t number, bj::string_view, bj::error_code& ec) { return put(number, ec); }
    bool on_double(double number, bj::string_view, bj::error_code& ec) {
        if (!std::isfinite(number)) return fail("json.number_out_of_range", ec);
        return put(number, ec);
    }
    bool on_bool(bool b, bj::error_code& ec) { return put(b, ec); }
    bool on_null(bj::error_code& ec) { return put(nullptr, ec); }
    bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
    bool on_comment(bj::string_view, bj::error_code&) { return true; }
};

Refusal refuse(const char* key, std::size_t at) {
    return {Code::invalid, key, {{"byte", std::to_string(at)}}, {}, {}};
}

void write_number(double number, std::string& out) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
    out.append(buffer, end);
}

bool needs_escape(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; }

void write_text(std::string_view text, std::string& out) {
    if (std::ranges::any_of(text, needs_escape)) {
        out += bj::serialize(bj::string(text));
        return;
    }
    out += '"';
    out += text;
    out += '"';
}

void write_to(const value& v, bool sorted, std::string& out);

void write_member(const bj::key_value_pair& member, bool first, bool sorted, std::string& out) {
    if (!first) out += ',';
    write_text(member.key(), out);
    out += ':';
    write_to(member.value(), sorted, out);
}

void write_object(const object& members, bool sorted, std::string& out) {
    out += '{';
    bool first = true;
    if (sorted) {
        std::vector<const bj::key_value_pair*> by_key;
        by_key.reserve(members.size());
        for (const auto& member : members) by_key.push_back(&member);
        std::ranges::sort(by_key, {}, [](const auto* member) { return member->key(); });
        for (const auto* member : by_key) write_member(*member, std::exchange(first, false), sorted, out);
    } else {
        for (const auto& member : members) write_member(member, std::exchange(first, false), sorted, out);
    }
    out += '}';
}

// The library's own writer allocates for each text; most of what is written here is short and plain.
void write_to(const value& v, bool sorted, std::string& out) {
    switch (v.kind()) {
        case bj::kind::double_: write_number(v.get_double(), out); return;  // Boost writes 1.5 as 1.5E0
        case bj::kind::int64: out += std::to_string(v.get_int64()); return;
        case bj::kind::bool_: out += v.get_bool() ? "true" : "false"; return;
        case bj::kind::null: out += "null"; return;
        case bj::kind::string: write_text(v.get_string(), out); return;
        case bj::kind::object: write_object(v.get_object(), sorted, out); return;
        case bj::kind::array: {
            out += '[';
            bool first = true;
            for (const auto& element : v.get_array()) {
                if (!std::exchange(first, false)) out += ',';
                write_to(element, sorted, out);
            }
            out += ']';
            return;
        }
        default: out += bj::serialize(v);
    }
}

}  // namespace

Result<value> parse(std::string_view text, const Limits& limits) {
    bj::parse_options options;
    options.max_depth = limits.depth;
    bj::basic_parser<Builder> parser(options, Builder{.values_left = limits.values});
    bj::error_code ec;
    const auto read = parser.write_some(false, text.data(), text.size(), ec);
    const auto& builder = parser.handler();
    if (builder.why) return refuse(builder.why, read);
    if (ec == bj::error::too_deep) return refuse("json.too_deep", read);
    if (ec || !parser.done()) return refuse("json.malformed", read);
    if (text.find_first_not_of(" \t\r\n", read) != std::string_view::npos) return refuse("json.trailing_bytes", read);
    return std::move(parser.handler().root);
}

std::string write(const value& v) {
    std::string out;
    write_to(v, false, out);
    return out;
}

std::string write_canonical(const value& v) {
    std::string out;
    write_to(v, true, out);
    return out;
}

}  // namespace anban::json
