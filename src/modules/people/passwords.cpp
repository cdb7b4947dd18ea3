#include "modules/people/passwords.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <semaphore>
#include <thread>

#include "core/ids.h"

namespace anban::people {
namespace {

constexpr int kMostWaiting = 6;  // of the server's workers: the others stay free for whoever is signed in

// Ours, by observation of how people build passwords: a stem, then digits or a sign. Compared after folding (see below), so
// that "P@ssw0rd2023!" is found by "password".
constexpr std::array kStems{
    "password", "passwort", "passcode", "passphrase", "letmein", "welcome", "iloveyou", "woaini", "iloveu", "sunshine", "princess", "dragon",
    "monkey", "football", "basketball", "baseball", "superman", "batman", "master", "shadow", "michael", "jordan", "hunter",
    "freedom", "whatever", "trustno", "starwars", "pokemon", "charlie", "computer", "internet", "windows", "microsoft", "google",
    "baidu", "tencent", "alibaba", "taobao", "weixin", "wechat", "huawei", "xiaomi", "lenovo", "qqmail", "admin", "administrator",
    "root", "system", "systemadmin", "manager", "operator", "guest", "user", "test", "tester", "testing", "demo", "default",
    "changeme", "change", "temporary", "initial", "secret", "secure", "security", "safety", "login", "signin", "account",
    "server", "database", "oracle", "mysql", "postgres", "sqlserver", "redis", "tomcat", "apache", "nginx", "linux", "ubuntu",
    "debian", "centos", "kylin", "uniontech", "anban", "anwei", "anweiban", "anquan", "anquanban", "anquanshengchan", "yingji",
    "yingjiju", "zhujian", "zhujianju", "zhujianting", "chengguan", "zhengfu", "bangongshi", "lianluoyuan", "guanliyuan", "mima",
    "kouling", "denglu", "zhanghao", "xitong", "shengchan", "yonghu", "nihao", "zhongguo", "china", "hunan", "changsha",
    "zhuzhou", "xiangtan", "hengyang", "shaoyang", "yueyang", "changde", "zhangjiajie", "yiyang", "chenzhou", "yongzhou",
    "huaihua", "loudi", "xiangxi", "beijing", "shanghai", "guangzhou", "shenzhen", "tianjin", "chongqing", "wuhan", "nanjing",
    "hangzhou", "chengdu", "xian", "hubei", "shiyan", "liaoning", "beipiao", "chaoyang", "guangdong", "leizhou", "xinjiang",
    "urumqi", "wulumuqi", "xiangjiang", "hello", "helloworld", "abcd", "abcdef", "abcdefg", "abcabc", "aabbcc", "aaaa", "asdf",
    "asdfgh", "asdfghjkl", "qwer", "qwert", "qwerty", "qwertyuiop", "qazwsx", "qazwsxedc", "qweasd", "qweasdzxc", "zaqwsx",
    "zxcv", "zxcvbn", "zxcvbnm", "poiuyt", "lkjhgf", "mnbvcx", "qaz", "wsx", "edc", "abc", "xyz", "a", "aa", "aaa", "q", "qq",
    "qqq", "z", "zz", "zzz", "abcxyz", "spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june",
    "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "love", "forever", "lucky", "happy", "family", "money", "gold", "silver", "diamond", "angel",
    "flower", "tiger", "panda", "long", "feng", "wang", "zhang", "li", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou"};

constexpr std::array kRuns{"01234567890123456789", "98765432109876543210", "abcdefghijklmnopqrstuvwxyz", "zyxwvutsrqponmlkjihgfedcba",
                           "qwertyuiopasdfghjklzxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn", "1q2w3e4r5t6y7u8i9o0p", "qazwsxedcrfvtgbyhnujm"};

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return out;
}

char unmasked(char c) {
    switch (c) {
        case '@': case '4': return 'a';
        case '0': return 'o';
        case '1': case '!': return 'i';
        case '3': return 'e';
        case '$': case '5': return 's';
        case '7': return 't';
        default: return c;
    }
}

std::string letters(std::string_view text) {
    std::string out;
    for (const char c : text) if ((c >= 'a' && c <= 'z') || (c & 0x80) != 0) out += c;  // Chinese counts
    return out;
}

// What is left when digits and signs are taken off, also with the letters read through 0 for o and the like.
bool stem_is_common(const std::string& low) {
    if (letters(low).empty()) return true;  // digits and signs alone
    std::string folded = low;
    std::transform(folded.begin(), folded.end(), folded.begin(), unmasked);
    const auto plain = letters(low), masked = letters(folded);
    return std::any_of(kStems.begin(), kStems.end(), [&](std::string_view stem) {
        if (plain == stem) return true;
        // "P@ssw0rd1!" reads "passwordii": what hangs on behind a long stem does not make it a better one.
        return stem.size() >= 6 && masked.starts_with(stem) && masked.size() <= stem.size() + 5;
    });
}

// The longest piece of a run, repetition or keyboard walk, in characters.
std::size_t longest_run(const std::string& low) {
    std::size_t longest = 0;
    for (std::size_t from = 0; from < low.size(); ++from) {
        std::size_t same = 1;
        while (from + same < low.size() && low[from + same] == low[from]) ++same;
        longest = std::max(longest, same);
        for (const std::string_view run : kRuns) {
            std::size_t length = longest;
            while (from + length < low.size() && run.find(std::string_view(low).substr(from, length + 1)) != std::string_view::npos) ++length;
            longest = std::max(longest, length);
        }
    }
    return longest;
}

int classes(std::string_view password) {
    bool lower = false, upper = false, digit = false, other = false;
    for (const unsigned char c : password) {
        if (c >= 'a' && c <= 'z') lower = true;
        else if (c >= 'A' && c <= 'Z') upper = true;
        else if (c >= '0' && c <= '9') digit = true;
        else other = true;
    }
    return lower + upper + digit + other;
}

std::size_t characters(std::string_view utf8) {
    return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](unsigned char c) { return (c & 0xC0) != 0x80; }));
}

Refusal no(const char* key) { return {Code::unprocessable, key, {}, {{"/password", key, {}}}, {}}; }

std::uint32_t cost_member(const std::string& stored, std::string_view name) {
    const auto at = stored.find(name);
    if (at == std::string::npos) return 0;
    std::uint32_t value = 0;
    for (auto i = at + name.size(); i < stored.size() && stored[i] >= '0' && stored[i] <= '9' && value < 100'000'000; ++i)
        value = value * 10 + static_cast<std::uint32_t>(stored[i] - '0');
    return value;
}

}  // namespace

Verdict refuse_password(std::string_view password, std::string_view login) {
    const auto length = characters(password);
    if (length < 10) return no("password.too_short");
    if (length > 128) return no("password.too_long");
    if (classes(password) < 3) return no("password.too_plain");
    const auto low = lowered(password);
    if (stem_is_common(low) || longest_run(low) * 2 > low.size()) return no("password.common");
    if (login.size() >= 3 && low.find(lowered(login)) != std::string::npos) return no("password.like_login");
    return std::nullopt;
}

std::string initial_password() {
    constexpr std::string_view lower = "abcdefghjkmnpqrstuvwxyz", upper = "ABCDEFGHJKMNPQRSTUVWXYZ", digit = "23456789";
    const std::string all = std::string(lower) + std::string(upper) + std::string(digit);
    for (;;) {
        std::string password;
        while (password.size() < 19) {
            if (password.size() % 5 == 4) { password += '-'; continue; }
            const auto byte = static_cast<unsigned char>(random_bytes(1)[0]);
            if (byte < 256 / all.size() * all.size()) password += all[byte % all.size()];
        }
        if (classes(password) == 4 && !refuse_password(password, "")) return password;
    }
}

bool needs_raising(const std::string& stored, const crypto::PasswordCost& cost) {
    return cost_member(stored, "m=") < cost.kibibytes || cost_member(stored, "t=") < cost.passes;
}

const std::string& dummy_hash() {
    static const std::string hash = crypto::hash_password(random_bytes(32));
    return hash;
}

Verdict while_hashing(const std::function<void()>& work) {
    static std::counting_semaphore<> seats(std::max(1U, std::thread::hardware_concurrency()));
    static std::atomic<int> waiting{0};
    const Refusal busy{Code::unavailable, "sign_in.busy", {}, {}, {}};
    if (waiting.fetch_add(1) >= kMostWaiting) { --waiting; return busy; }
    const bool seated = seats.try_acquire_for(std::chrono::seconds(5));
    --waiting;
    if (!seated) return busy;
    struct Leave { ~Leave() { seats.release(); } } leave;
    work();
    return std::nullopt;
}

}  // namespace anban::people
