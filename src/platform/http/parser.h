// One request being read off the wire. Beast reads the grammar of head and chunks; this header keeps it out of all others.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "platform/http/head.h"

namespace anban::http {

class Parser {
public:
    using Sink = std::function<void(std::string_view)>;

    Parser();
    ~Parser();
    Parser(Parser&&) noexcept;
    Parser& operator=(Parser&&) noexcept;

    // The head with its empty line, first and once. nullopt: not HTTP/1.0 or 1.1.
    [[nodiscard]] std::optional<RawHead> read_head(std::string_view head);

    // Body bytes as they come; what was not used must come again, with more behind it.
    struct Step {
        std::size_t used = 0;
        bool broken = false;
    };
    [[nodiscard]] Step read_body(std::string_view bytes, const Sink&);

    [[nodiscard]] bool done() const;  // head and body are complete

private:
    struct Beast;
    std::unique_ptr<Beast> beast_;
};

}  // namespace anban::http
