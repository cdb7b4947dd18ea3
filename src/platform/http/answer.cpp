#include "platform/http/answer.h"

#include <algorithm>
#include <array>
#include <cstdio>

namespace anban::http {

namespace {

std::string_view reason(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 406: return "Not Acceptable";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 412: return "Precondition Failed";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 503: return "Service Unavailable";
        case 505: return "HTTP Version Not Supported";
        case 507: return "Insufficient Storage";
        default: return "Status";
    }
}

bool is_token(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    });
}

bool is_ours(std::string_view name) {
    constexpr std::array<std::string_view, 8> ours = {"date", "content-length", "content-type", "connection",
                                                      "transfer-encoding", "server", "keep-alive", "x-request-id"};
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c; });
    return std::find(ours.begin(), ours.end(), lower) != ours.end();
}

std::string one_line(std::string_view text) {
    std::string out(text);
    std::replace_if(out.begin(), out.end(), [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == 0x7F; }, ' ');
    return out;
}

void add(std::string& head, std::string_view name, std::string_view value) {
    head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

std::string http_date(Instant at) {
    constexpr std::array days = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
    constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto seconds = at.ms / 1000;
    const CivilDate date{static_cast<std::int32_t>(seconds / 86'400)};
    const auto [year, month, day] = to_ymd(date);
    const auto of_day = static_cast<int>(seconds % 86'400);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[static_cast<int>(weekday_of(date)) - 1],
                  day, months[month - 1], year, of_day / 3600, of_day / 60 % 60, of_day % 60);
    return text.data();
}

std::string answer_head(const Response& response, const AnswerFacts& facts) {
    std::string head = "HTTP/1.1 " + std::to_string(response.status) + ' ' + std::string(reason(response.status)) + "\r\n";
    add(head, "Date", http_date(facts.now));
    add(head, "X-Request-Id", facts.request_id);
    if (has_body(response.status) && !response.type.empty()) add(head, "Content-Type", one_line(response.type));
    if (has_body(response.status) && facts.length) add(head, "Content-Length", std::to_string(*facts.length));
    if (!facts.keep_alive) add(head, "Connection", "close");
    for (const auto& [name, value] : response.headers)
        if (is_token(name) && !is_ours(name)) add(head, name, one_line(value));
    return head + "\r\n";
}

std::string event_text(std::string_view event, std::string_view data) {
    return "event: " + one_line(event) + "\ndata: " + one_line(data) + "\n\n";
}

}  // namespace anban::http
