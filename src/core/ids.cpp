#include "core/ids.h"

#include <sys/random.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <mutex>
#include <stdexcept>

namespace anban {
namespace {

constexpr std::string_view kAlphabet = "0123456789abcdefghjkmnpqrstvwxyz";

struct Last {
    std::mutex mutex;
    std::int64_t ms = 0;
    std::array<unsigned char, 10> chance{};
};

Last& last() {
    static Last held;
    return held;
}

void draw(std::array<unsigned char, 10>& into) {
    const auto bytes = random_bytes(into.size());
    for (std::size_t i = 0; i < into.size(); ++i) into[i] = static_cast<unsigned char>(bytes[i]);
    into[0] &= 0x7f;  // room to count upwards within one millisecond
}

}  // namespace

std::string random_bytes(std::size_t count) {
    std::string out(count, '\0');
    std::size_t done = 0;
    while (done < count) {
        const auto got = getrandom(out.data() + done, count - done, 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw std::runtime_error("getrandom failed");
        done += static_cast<std::size_t>(got);
    }
    return out;
}

std::string new_id(Instant now) {
    std::array<unsigned char, 16> raw{};
    {
        const std::scoped_lock lock(last().mutex);
        if (now.ms > last().ms) {
            last().ms = now.ms;
            draw(last().chance);
        } else {
            for (std::size_t i = last().chance.size(); i-- > 0;)
                if (++last().chance[i] != 0) break;
        }
        for (int i = 0; i < 6; ++i) raw[static_cast<std::size_t>(i)] = static_cast<unsigned char>(last().ms >> (40 - 8 * i));
        for (std::size_t i = 0; i < 10; ++i) raw[6 + i] = last().chance[i];
    }
    std::string out(26, '0');  // 130 bits hold 128: the first character carries only three
    unsigned buffer = 0;
    int bits = 2;
    std::size_t at = 0;
    for (const unsigned char byte : raw) {
        buffer = (buffer << 8) | byte;
        bits += 8;
        while (bits >= 5) {
            bits -= 5;
            out[at++] = kAlphabet[(buffer >> bits) & 31];
        }
        buffer &= (1u << bits) - 1;
    }
    return out;
}

bool is_id(std::string_view text) {
    return text.size() == 26 && text.find_first_not_of(kAlphabet) == std::string_view::npos;
}

}  // namespace anban
