// Whose request it is when a gateway stands in front. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace anban::http {

// The client's address: the peer itself, unless the peer is a gateway that the operator named. Then the last hop of
// X-Forwarded-For that is none of these gateways: what stands before it was written by the client and proves nothing. A hop that is
// no address, or no hop at all, leaves the nearest address that is sure.
[[nodiscard]] std::string client_address(std::string_view peer, std::string_view x_forwarded_for, const std::vector<std::string>& gateways);

[[nodiscard]] bool is_address(std::string_view text);  // IPv4 or IPv6, nothing around it

}  // namespace anban::http
