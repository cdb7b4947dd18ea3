#include "platform/http/forwarded.h"

#include <arpa/inet.h>

#include <algorithm>

namespace anban::http {
namespace {

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

}  // namespace

bool is_address(std::string_view text) {
    const std::string ended(text);
    unsigned char bytes[16];
    return inet_pton(AF_INET, ended.c_str(), bytes) == 1 || inet_pton(AF_INET6, ended.c_str(), bytes) == 1;
}

std::string client_address(std::string_view peer, std::string_view x_forwarded_for, const std::vector<std::string>& gateways) {
    const auto is_gateway = [&](std::string_view address) { return std::ranges::find(gateways, address) != gateways.end(); };
    auto sure = peer;
    auto rest = x_forwarded_for;
    while (is_gateway(sure) && !rest.empty()) {
        const auto comma = rest.rfind(',');
        const auto hop = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
        if (!is_address(hop)) break;
        sure = hop;
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(0, comma);
    }
    return std::string(sure);
}

}  // namespace anban::http
