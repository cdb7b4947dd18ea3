// The sentences behind the keys: messages/zh.json and messages/en.json, {"key": "sentence with {param}"}. Refusals travel
// as key and parameters; page, command line, mail and spreadsheets take the words from here.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"

namespace anban::messages {

enum class Language { zh, en };

// The sentence with its {param}s filled in, each value exactly as given (the caller escapes for its medium). A key without
// a sentence gives the key and the parameters, never an empty text.
[[nodiscard]] std::string sentence(Language, std::string_view key, const Params& params);

[[nodiscard]] bool has(Language, std::string_view key);

}  // namespace anban::messages
