// How the server is set up: flags and environment, no configuration file (decisions.md 23).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/command.h"
#include "core/result.h"
#include "core/time.h"

namespace anban {

struct Config {
    std::string data = "var/anban";           // attachments, keys, and the SQLite file
    std::string database;                      // empty: data + "/anban.sqlite"; else postgresql://…
    std::string address = "127.0.0.1";
    unsigned short port = 8080;
    std::optional<Instant> business_time;      // training and replay; the page shows a banner
    std::string web;                           // serve the page from this folder instead of the embedded one (development)
    std::string origin;                        // the address people type, when a gateway ends TLS: https://anban.example.gov.cn
    bool allow_plain_http = false;             // serve a non-loopback address without TLS in front (decisions.md 9)
    std::vector<std::string> trusted_proxies;  // addresses of the gateways in front: their X-Forwarded-For names the client
    int workers = 48;                          // most of them wait for the disk: deeds that wait together are made durable together
    bool divisions = true;                     // load the country's divisions on first start; tests that need none say no
    bool durable = true;                       // false only in tests
    // Test servers shorten what a person would wait for.
    int header_seconds = 10;
    int idle_seconds = 30;

    [[nodiscard]] std::string database_target() const { return database.empty() ? data + "/anban.sqlite" : database; }
    [[nodiscard]] bool loopback() const { return address == "127.0.0.1" || address == "::1" || address == "localhost"; }
    [[nodiscard]] bool secure_cookies() const { return origin.rfind("https://", 0) == 0; }
};

// A demo folder carries its accounts in the clear; it is never served beyond this machine (decisions.md 9).
[[nodiscard]] std::string demo_accounts_file(const Config&);
[[nodiscard]] bool is_demo(const Config&);

// Flags that take no value.
[[nodiscard]] bool stands_alone(std::string_view flag);

// Flags of "anban serve" and of every command that opens a data folder. Refused: unknown flags, values that do not read, a
// non-loopback address without https origin unless --allow-plain-http says so.
[[nodiscard]] Result<Config> read_config(Arguments);

}  // namespace anban
