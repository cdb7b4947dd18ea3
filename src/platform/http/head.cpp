#include "platform/http/head.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace anban::http {

namespace {

constexpr int bad = 400;

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

// Fields that are lists by their definition (RFC 9110 5.3) may come on several lines. Of all others a second line is a
// second opinion.
bool may_repeat(std::string_view name) {
    constexpr std::array<std::string_view, 14> lists = {
        "accept", "accept-charset", "accept-encoding", "accept-language", "cache-control", "connection", "forwarded",
        "if-match", "if-none-match", "pragma", "te", "via", "x-forwarded-for", "x-forwarded-proto"};
    return std::find(lists.begin(), lists.end(), name) != lists.end();
}

// Lower-case names, each once; nullopt for a double that is not a list.
std::optional<Pairs> join_fields(const Pairs& raw) {
    Pairs out;
    for (const auto& [raw_name, value] : raw) {
        auto name = lower(raw_name);
        const auto same = std::find_if(out.begin(), out.end(), [&](const auto& field) { return field.first == name; });
        if (same == out.end()) out.emplace_back(std::move(name), value);
        else if (!may_repeat(name)) return std::nullopt;
        else same->second += ", " + value;
    }
    return out;
}

const std::string* find_field(const Pairs& fields, std::string_view name) {
    for (const auto& field : fields)
        if (field.first == name) return &field.second;
    return nullptr;
}

bool is_host(std::string_view host) {
    return !host.empty() && host.size() <= 255 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("-._:[]").find(c) != std::string_view::npos;
    });
}

// Digits alone: no sign, no list of equal lengths, nothing that other readers might cut off or overflow.
std::optional<std::uint64_t> read_length(std::string_view text) {
    std::uint64_t value = 0;
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

bool has_token(std::string_view list, std::string_view token) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        auto part = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
        while (!part.empty() && (part.front() == ' ' || part.front() == '\t')) part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '\t')) part.remove_suffix(1);
        if (lower(part) == token) return true;
    }
    return false;
}

// How the body comes; false when it can be read in two ways.
bool read_framing(Head& head, int version) {
    const auto* length = find_field(head.fields, "content-length");
    const auto* coding = find_field(head.fields, "transfer-encoding");
    if (coding) {
        head.chunked = true;
        return !length && version == 11 && lower(*coding) == "chunked";
    }
    if (!length) return true;
    const auto value = read_length(*length);
    head.length = value.value_or(0);
    return value.has_value();
}

bool has_dot_segment(std::string_view path) {
    while (!path.empty()) {
        path.remove_prefix(1);  // the '/'
        const auto segment = path.substr(0, path.find('/'));
        // ";x" behind the dots is a path parameter to some readers: "..;x" is ".." to them
        const auto bare = segment.substr(0, segment.find(';'));
        if (bare == "." || bare == "..") return true;
        path.remove_prefix(segment.size());
    }
    return false;
}

bool is_path(std::string_view raw, std::string_view decoded) {
    const auto folded = lower(raw);
    return folded.find("%2f") == std::string::npos && decoded.find('\\') == std::string_view::npos &&
           std::none_of(decoded.begin(), decoded.end(), is_control) && is_utf8(decoded) && !has_dot_segment(decoded);
}

}  // namespace

int HeadScan::feed(std::string_view buffer) {
    const auto limit = std::min(buffer.size(), head_limit);
    for (; at_ < limit && end_ == 0; ++at_) {
        const char c = buffer[at_];
        if (c == '\n') {
            if (const int status = on_line_end(at_)) return status;
            if (at_ == 0 || buffer[at_ - 1] != '\r') return bad;
        } else if (at_ > 0 && buffer[at_ - 1] == '\r') {
            return bad;
        } else if (is_control(c) && c != '\r' && c != '\t') {
            return bad;
        } else if (at_ == line_ && (c == ' ' || c == '\t')) {
            return bad;  // a folded line, or space before the first one
        }
        if (lines_ == 0 && at_ > target_limit + 32) return 414;
    }
    if (end_ == 0 && buffer.size() >= head_limit) return 431;
    return 0;
}

int HeadScan::on_line_end(std::size_t line_feed) {
    const bool empty = line_feed == line_ + 1;
    if (empty && lines_ == 0) return bad;
    if (empty) end_ = line_feed + 1;
    else if (lines_++ > field_limit) return 431;
    line_ = line_feed + 1;
    return 0;
}

std::optional<Target> read_target(std::string_view raw) {
    if (raw.empty() || raw.front() != '/' || raw.find('#') != std::string_view::npos) return std::nullopt;
    if (std::any_of(raw.begin(), raw.end(), [](char c) { return c <= ' ' || c == 0x7F; })) return std::nullopt;
    const auto mark = raw.find('?');
    const auto raw_path = raw.substr(0, mark);
    const auto query = mark == std::string_view::npos ? std::string_view{} : raw.substr(mark + 1);
    auto path = percent_decode(raw_path);
    if (!path || !is_path(raw_path, *path) || !parse_query(query)) return std::nullopt;
    return Target{std::move(*path), std::string(query)};
}

std::variant<Head, int> understand(const RawHead& raw) {
    if (raw.target.size() > target_limit) return 414;
    auto target = read_target(raw.target);
    auto fields = join_fields(raw.fields);
    if (!target || !fields) return bad;
    Head head{raw.method, std::move(target->path), std::move(target->raw_query), std::move(*fields)};
    const auto* host = find_field(head.fields, "host");
    if (host ? !is_host(*host) : raw.version == 11) return bad;
    if (!read_framing(head, raw.version)) return bad;
    const auto* connection = find_field(head.fields, "connection");
    head.keep_alive = raw.version == 11 && !(connection && has_token(*connection, "close"));
    const auto* expect = find_field(head.fields, "expect");
    if (expect && lower(*expect) != "100-continue") return 417;
    head.expects_continue = expect && raw.version == 11;
    return head;
}

}  // namespace anban::http
