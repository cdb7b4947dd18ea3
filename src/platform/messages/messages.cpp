#include "platform/messages/messages.h"

#include <map>
#include <stdexcept>

#include "core/json.h"
#include "platform/embedded/embedded.h"

namespace anban::messages {
namespace {

using Sentences = std::map<std::string, std::string, std::less<>>;

Sentences read(std::string_view text) {
    const auto parsed = json::parse(text);
    if (!parsed) throw std::logic_error("messages: not JSON: " + parsed.refusal().key);
    Sentences out;
    for (const auto& member : parsed->as_object()) out.emplace(member.key(), member.value().as_string());
    return out;
}

const Sentences& sentences(Language language) {
    static const Sentences zh = read(embedded::messages_zh());
    static const Sentences en = read(embedded::messages_en());
    return language == Language::zh ? zh : en;
}

const std::string* value_of(const Params& params, std::string_view name) {
    for (const auto& [key, value] : params)
        if (key == name) return &value;
    return nullptr;
}

// One pass: a value that itself holds "{name}" is not filled in again.
std::string fill(std::string_view text, const Params& params) {
    std::string out;
    while (!text.empty()) {
        const auto open = text.find('{');
        const auto close = open == text.npos ? text.npos : text.find('}', open);
        if (close == text.npos) break;
        out += text.substr(0, open);
        const auto* value = value_of(params, text.substr(open + 1, close - open - 1));
        out += value ? std::string_view(*value) : text.substr(open, close - open + 1);
        text.remove_prefix(close + 1);
    }
    return out.append(text);
}

std::string bare(std::string_view key, const Params& params) {
    std::string out(key);
    for (const auto& [name, value] : params) out += " " + name + "=" + value;
    return out;
}

}  // namespace

std::string sentence(Language language, std::string_view key, const Params& params) {
    const auto& known = sentences(language);
    const auto found = known.find(key);
    return found == known.end() ? bare(key, params) : fill(found->second, params);
}

bool has(Language language, std::string_view key) { return sentences(language).contains(key); }

}  // namespace anban::messages
