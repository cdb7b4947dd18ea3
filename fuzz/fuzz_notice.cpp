// Any bytes as a notice: an answer, whose quotes lie where it says they lie.
#include <cstdlib>

#include "core/utf8.h"
#include "modules/notices/notices.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto notice = anban::notices::extract(bytes);
    const auto whole = anban::utf8::valid(bytes) && !bytes.starts_with("\xef\xbb\xbf") ? anban::utf8::decode(bytes) : std::u32string();
    for (const auto* list : {&notice.duties, &notice.office_will})
        for (const auto& duty : *list) {
            if (duty.from < 0 || duty.to < duty.from) std::abort();
            if (whole.empty()) continue;
            const auto from = static_cast<std::size_t>(duty.from), to = static_cast<std::size_t>(duty.to);
            if (to > whole.size() || anban::utf8::encode(whole.substr(from, to - from)) != duty.quote) std::abort();
        }
    return 0;
}
