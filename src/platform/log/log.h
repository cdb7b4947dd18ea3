// One logger: each event is one line of JSON on standard error (or where set_sink says), whole or not at all.
//   {"at":"2023-03-16T17:00:00.000+08:00","level":"info","event":"filing.handed_in","request":"01h…","ms":12}
//
// The event is a stable word of ours; what comes from outside goes into fields only. Line breaks, escape sequences,
// direction marks and broken UTF-8 are made visible, so that nobody writes a line of his own (threats D4). Passwords,
// tokens, id cards and phone numbers are never handed in here. Safe from any thread; never throws: when the line can not be
// written (disk full) it is counted and dropped, work goes on (threats A5).
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace anban::log {

enum class Level { debug, info, warning, error };

struct Field {
    Field(std::string_view key, std::string_view value) : key(key), value(value) {}
    Field(std::string_view key, const char* value) : key(key), value(std::string_view(value)) {}
    Field(std::string_view key, const std::string& value) : key(key), value(std::string_view(value)) {}
    Field(std::string_view key, bool value) : key(key), value(value) {}
    template <class T> requires std::is_integral_v<T>
    Field(std::string_view key, T value) : key(key), value(static_cast<std::int64_t>(value)) {}

    std::string_view key;  // ours, lower case, no dots; "at", "level" and "event" are taken
    std::variant<std::string_view, std::int64_t, bool> value;
};
using Fields = std::initializer_list<Field>;

void debug(std::string_view event, Fields = {}) noexcept;  // off unless set_level says so
void info(std::string_view event, Fields = {}) noexcept;
void warning(std::string_view event, Fields = {}) noexcept;
void error(std::string_view event, Fields = {}) noexcept;

void set_level(Level least);

// Takes whole lines, newline included; called by one thread at a time. nullptr: back to standard error.
void set_sink(std::function<void(std::string_view line)>);

[[nodiscard]] std::int64_t dropped();  // lines that could not be written, since the start

// The text on one line with everything that steers a terminal, a mail head or the reading direction made visible:
// "a\r\nb" -> "a␍␊b", U+202E -> "<U+202E>", broken bytes -> "�". Names stay readable. Also for mail heads and file names.
[[nodiscard]] std::string visible(std::string_view text);

}  // namespace anban::log
