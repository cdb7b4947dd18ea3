// Any bytes as a request: head, target, query, cookies, chunks. Whatever they are, the reading must not depend on how the
// network cut them (threats B3, B5). The first byte chooses the cut.
#include <cstdlib>

#include "platform/http/head.h"
#include "platform/http/names.h"
#include "platform/http/parser.h"

using namespace anban::http;

namespace {

struct Reading {
    int status = 0;
    std::string head;
    std::string body;
    bool broken = false;
    bool done = false;
    friend bool operator==(const Reading&, const Reading&) = default;
};

Reading read(std::string_view bytes, std::size_t cut) {
    Reading out;
    HeadScan scan;
    if ((out.status = scan.feed(bytes.substr(0, cut))) == 0 && scan.end() == 0) out.status = scan.feed(bytes);
    if (out.status != 0 || scan.end() == 0) return out;
    Parser parser;
    const auto raw = parser.read_head(bytes.substr(0, scan.end()));
    if (!raw) return out.status = 400, out;
    const auto head = understand(*raw);
    if (const int* status = std::get_if<int>(&head)) return out.status = *status, out;
    out.head = std::get<Head>(head).path + '\n' + std::get<Head>(head).raw_query;
    std::string in;
    const auto rest = bytes.substr(scan.end());
    for (const auto part : {rest.substr(0, std::min(cut, rest.size())), rest.substr(std::min(cut, rest.size()))}) {
        in += part;
        if (in.empty() || out.broken || parser.done()) continue;
        const auto step = parser.read_body(in, [&](std::string_view piece) { out.body += piece; });
        in.erase(0, step.used);
        out.broken = step.broken;
    }
    out.done = parser.done();
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto whole = read(bytes, bytes.size());
    const auto cut = read(bytes, data[0] % (bytes.size() + 1));
    if (!(whole == cut)) std::abort();
    (void)parse_query(bytes);
    (void)find_cookie(bytes, "session");
    if (percent_decode(percent_encode(bytes)) != bytes) std::abort();
    if (!is_utf8(clean_name(bytes)) || content_disposition(bytes).find_first_of("\r\n") != std::string::npos) std::abort();
    const auto target = read_target(bytes);
    if (target && (target->path.empty() || target->path.find("/../") != std::string::npos || !is_utf8(target->path))) std::abort();
    return 0;
}
