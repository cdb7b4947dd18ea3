// Builds the line and writes it with one system call.
#include "platform/log/log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <mutex>

#include "core/time.h"

namespace anban::log {
namespace {

constexpr std::size_t kLongestValue = 2000;  // bytes: a hostile header must not fill the disk

struct State {
    std::mutex mutex;
    std::function<void(std::string_view)> sink;
    std::atomic<Level> least{Level::info};
    std::atomic<std::int64_t> dropped{0};
};

State& state() {
    static State* held = new State;  // outlives every static that may still log at exit
    return *held;
}

std::string_view word(Level level) {
    switch (level) {
        case Level::debug: return "debug";
        case Level::info: return "info";
        case Level::warning: return "warning";
        case Level::error: return "error";
    }
    return "error";
}

void append_text(std::string& line, std::string_view value) {
    const bool cut = value.size() > kLongestValue;
    if (cut) {
        value = value.substr(0, kLongestValue);
        while (!value.empty() && (static_cast<unsigned char>(value.back()) & 0xc0) == 0x80) value.remove_suffix(1);
        if (!value.empty() && static_cast<unsigned char>(value.back()) >= 0xc0) value.remove_suffix(1);
    }
    line += '"';
    for (const char c : visible(value)) {
        if (c == '"' || c == '\\') line += '\\';
        line += c;
    }
    line += cut ? "…\"" : "\"";
}

void append_field(std::string& line, const Field& field) {
    line += ',';
    append_text(line, field.key);
    line += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) append_text(line, *text);
    else if (const auto* number = std::get_if<std::int64_t>(&field.value)) line += std::to_string(*number);
    else line += std::get<bool>(field.value) ? "true" : "false";
}

bool write_to_standard_error(std::string_view line) {
    while (!line.empty()) {
        const auto wrote = ::write(STDERR_FILENO, line.data(), line.size());
        if (wrote < 0 && errno == EINTR) continue;
        if (wrote <= 0) return false;
        line.remove_prefix(static_cast<std::size_t>(wrote));
    }
    return true;
}

void emit(Level level, std::string_view event, Fields fields) noexcept {
    State& s = state();
    if (level < s.least.load(std::memory_order_relaxed)) return;
    try {
        std::string line = "{\"at\":\"" + format_instant(system_now()) + "\",\"level\":\"" + std::string(word(level)) + "\",\"event\":";
        append_text(line, event);
        for (const auto& field : fields) append_field(line, field);
        line += "}\n";
        const std::scoped_lock lock(s.mutex);
        if (s.sink) s.sink(line);
        else if (!write_to_standard_error(line)) ++s.dropped;
    } catch (...) {
        ++s.dropped;
    }
}

}  // namespace

void debug(std::string_view event, Fields fields) noexcept { emit(Level::debug, event, fields); }
void info(std::string_view event, Fields fields) noexcept { emit(Level::info, event, fields); }
void warning(std::string_view event, Fields fields) noexcept { emit(Level::warning, event, fields); }
void error(std::string_view event, Fields fields) noexcept { emit(Level::error, event, fields); }

void set_level(Level least) { state().least = least; }

void set_sink(std::function<void(std::string_view)> sink) {
    const std::scoped_lock lock(state().mutex);
    state().sink = std::move(sink);
}

std::int64_t dropped() { return state().dropped; }

}  // namespace anban::log
