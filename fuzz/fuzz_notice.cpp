// Any bytes as a notice: an answer, whose quotes lie where it says they lie.
#include <cstdlib>

#include "core/utf8.h"
#include "modules/notices/notices.h"

namespace {

// Each thing's quote lies where it says. whole: empty where the bytes were no UTF-8, then only the order of places is looked at.
template <class Things>
void check(const Things& things, const std::u32string& whole) {
    for (const auto& one : things) {
        if (one.from < 0 || one.to < one.from) std::abort();
        if (whole.empty()) continue;
        const auto from = static_cast<std::size_t>(one.from), to = static_cast<std::size_t>(one.to);
        if (to > whole.size() || anban::utf8::encode(whole.substr(from, to - from)) != one.quote) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const auto notice = anban::notices::extract(bytes);
    const auto whole = anban::utf8::valid(bytes) && !bytes.starts_with("\xef\xbb\xbf") ? anban::utf8::decode(bytes) : std::u32string();
    check(notice.duties, whole);
    check(notice.office_will, whole);
    check(notice.phases, whole);
    check(notice.work_lines, whole);
    check(notice.leading_group, whole);
    check(notice.sectors, whole);
    check(notice.ledger_columns, whole);
    check(notice.evaluation, whole);
    check(notice.key_dates, whole);
    check(notice.replaces, whole);
    if (notice.papers.empty()) std::abort();
    return 0;
}
