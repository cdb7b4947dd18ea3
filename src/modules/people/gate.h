// The gate that every call passes (platform/api/call.h): session from the cookie, forgery guard, rights.
#pragma once

#include <memory>
#include <string>

#include "modules/people/sessions.h"
#include "platform/api/call.h"

namespace anban::people {

inline constexpr const char* kSessionCookie = "anban_session";
inline constexpr const char* kDeviceCookie = "anban_device";  // tells a machine from which its user has signed in before

struct GateOptions {
    std::string origin;   // the address people type, "https://anban.example.gov.cn"; '' : what the Host header says
    bool secure = false;  // cookies over https only
};

// Outside of a session (signing in) a foreign Origin is refused; inside one, the session's token in X-CSRF-Token is asked for
// besides. A person who must change the password may do nothing else. database and clock outlive the gate.
[[nodiscard]] std::unique_ptr<api::Gate> make_gate(db::Database&, const Clock&, const GateOptions&);

// "name=value; Path=…; HttpOnly; SameSite=Lax[; Secure]"; max_age 0 removes it.
[[nodiscard]] std::string cookie(std::string_view name, std::string_view value, std::string_view path, std::int64_t max_age_seconds,
                                 bool secure);

// Whether a request with these headers may come from our own page. Pure.
[[nodiscard]] bool origin_fits(std::string_view origin_header, std::string_view host_header, std::string_view own_origin);

}  // namespace anban::people
