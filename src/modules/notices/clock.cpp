#include "modules/notices/clock.h"

#include <algorithm>

namespace anban::notices {
namespace {

std::string two(int n) { return (n < 10 ? "0" : "") + std::to_string(n); }

int in_the_day(int hour, std::u32string_view period) {
    const bool late = period == U"下午" || period == U"晚上" || period == U"晚" || period == U"傍晚" || (period == U"中午" && hour < 11);
    return late && hour < 12 ? hour + 12 : hour;
}

}  // namespace

std::string hour_text(int minute) { return two(minute / 60) + ':' + two(minute % 60); }

bool take_limit(Scan& scan) {
    return scan.take_any({U"之前", U"以前", U"底前", U"前", U"为止", U"止", U"截止", U"截稿", U"之内", U"以内", U"内"});
}

bool take_separator(Scan& scan) { return scan.take_any({U"、", U",", U"和", U"及", U"与", U"以及"}); }

std::optional<int> hour_at(Scan& scan) {
    const auto at = scan.at();
    std::u32string_view period;
    for (const std::u32string_view word : {U"上午", U"中午", U"下午", U"晚上", U"晚", U"早上", U"早", U"凌晨", U"傍晚"})
        if (period.empty() && scan.take(word)) period = word;
    if (scan.sees(U"下班") && period == U"上午") return scan.take(U"下班"), 12 * 60;
    const auto hour = scan.number();
    if (!hour || hour->value > 24) return scan.go(at), std::nullopt;
    int minute = 0;
    if (scan.take(U":")) {
        const auto m = scan.number();
        if (!m || m->digits != 2 || m->value > 59) return scan.go(at), std::nullopt;
        minute = m->value;
        if (scan.take(U":")) scan.number();
    } else if (scan.take_any({U"点钟", U"点", U"时整", U"时"})) {
        if (scan.take(U"半")) minute = 30;
        else if (const auto back = scan.at(); !scan.take(U"整")) {
            const auto m = scan.number();
            if (m && m->value < 60 && scan.take(U"分")) minute = m->value;
            else scan.go(back);
        }
    } else {
        return scan.go(at), std::nullopt;
    }
    return std::min(in_the_day(hour->value, period) * 60 + minute, 24 * 60);
}

std::vector<int> hours_at(Scan& scan) {
    std::vector<int> out;
    for (auto at = scan.at();; at = scan.at()) {
        if (!out.empty() && !take_separator(scan)) break;
        const auto hour = hour_at(scan);
        if (!hour) {
            scan.go(at);
            break;
        }
        out.push_back(*hour);
    }
    return out;
}

const char* weekday_at(Scan& scan) {
    static constexpr const char* names[] = {"MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"};
    static constexpr std::u32string_view chinese = U"一二三四五六日";
    char32_t c = scan.next();
    if (c == U'天' || c == U'末') c = U'日';
    if (c >= U'1' && c <= U'6') c = chinese[static_cast<std::size_t>(c - U'1')];
    const auto at = chinese.find(c);
    if (at == chinese.npos) return nullptr;
    scan.go(scan.at() + 1);
    return names[at];
}

}  // namespace anban::notices
