#include "app/config.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "platform/http/forwarded.h"

namespace anban {
namespace {

Refusal wrong(std::string_view flag, const char* key) { return {Code::invalid, key, {{"flag", std::string(flag)}}, {}, {}}; }

bool read_number(std::string_view text, int& out, int from, int to) {
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), out);
    return ec == std::errc() && end == text.data() + text.size() && out >= from && out <= to;
}

bool read_listen(std::string_view text, Config& config) {
    const auto colon = text.rfind(':');
    int port = 0;
    if (colon == std::string_view::npos || !read_number(text.substr(colon + 1), port, 0, 65535)) return false;
    config.address = text.substr(0, colon);
    config.port = static_cast<unsigned short>(port);
    return !config.address.empty();
}

// "2023-05-25T09:00" is Beijing time.
std::optional<Instant> read_time(std::string_view text) {
    if (auto exact = parse_instant(text)) return exact;
    return parse_instant(std::string(text) + "+08:00");
}

Verdict take(Config& config, std::string_view flag, std::string_view value) {
    if (flag == "--data") config.data = value;
    else if (flag == "--database") config.database = value;
    else if (flag == "--web") config.web = value;
    else if (flag == "--origin") config.origin = value;
    else if (flag == "--listen") { if (!read_listen(value, config)) return wrong(flag, "config.listen"); }
    else if (flag == "--trusted-proxy") {
        if (!http::is_address(value)) return wrong(flag, "config.address");
        config.trusted_proxies.emplace_back(value);
    }
    else if (flag == "--workers") { if (!read_number(value, config.workers, 1, 256)) return wrong(flag, "config.number"); }
    else if (flag == "--header-seconds") { if (!read_number(value, config.header_seconds, 1, 600)) return wrong(flag, "config.number"); }
    else if (flag == "--idle-seconds") { if (!read_number(value, config.idle_seconds, 1, 3600)) return wrong(flag, "config.number"); }
    else if (flag == "--business-time") {
        config.business_time = read_time(value);
        if (!config.business_time) return wrong(flag, "config.time");
    } else return wrong(flag, "config.unknown_flag");
    return std::nullopt;
}

}  // namespace

std::string demo_accounts_file(const Config& config) { return config.data + "/demo-accounts.txt"; }
bool is_demo(const Config& config) { return std::filesystem::exists(demo_accounts_file(config)); }

bool stands_alone(std::string_view flag) {
    return flag == "--allow-plain-http" || flag == "--not-durable" || flag == "--without-divisions";
}

Result<Config> read_config(Arguments arguments) {
    Config config;
    if (const char* target = std::getenv("ANBAN_DATABASE")) config.database = target;  // keeps a password out of the process list
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto flag = arguments[i];
        if (flag == "--allow-plain-http") { config.allow_plain_http = true; continue; }
        if (flag == "--not-durable") { config.durable = false; continue; }
        if (flag == "--without-divisions") { config.divisions = false; continue; }
        if (i + 1 == arguments.size()) return wrong(flag, "config.value_missing");
        if (auto refusal = take(config, flag, arguments[++i])) return *refusal;
    }
    if (!config.loopback() && !config.secure_cookies() && !config.allow_plain_http)
        return Refusal{Code::invalid, "config.plain_http", {{"address", config.address}}, {}, {}};
    return config;
}

}  // namespace anban
