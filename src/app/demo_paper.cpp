#include "app/demo_paper.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "core/utf8.h"

namespace anban::demo {
namespace {

// --- PDF

// UniGB-UCS2-H takes two bytes for each character, written as hexadecimal digits.
std::string ucs2(const std::string& text) {
    std::string out = "<";
    for (const char32_t c : utf8::decode(text)) {
        std::array<char, 8> digits{};
        std::snprintf(digits.data(), digits.size(), "%04X", static_cast<unsigned>(c > 0xffff ? 0x3013 : c));
        out += digits.data();
    }
    return out + ">";
}

std::string text_at(double x, double y, double size, const std::string& text) {
    std::array<char, 96> place{};
    std::snprintf(place.data(), place.size(), "BT /F1 %.1f Tf %.1f %.1f Td ", size, x, y);
    return place.data() + ucs2(text) + " Tj ET\n";
}

std::string ring(double x, double y, double radius) {
    const double k = radius * 0.5523;
    std::array<char, 400> path{};
    std::snprintf(path.data(), path.size(),
                  "%.1f %.1f m %.1f %.1f %.1f %.1f %.1f %.1f c %.1f %.1f %.1f %.1f %.1f %.1f c %.1f %.1f %.1f %.1f %.1f %.1f c %.1f %.1f "
                  "%.1f %.1f %.1f %.1f c S\n",
                  x + radius, y, x + radius, y + k, x + k, y + radius, x, y + radius, x - k, y + radius, x - radius, y + k, x - radius, y,
                  x - radius, y - k, x - k, y - radius, x, y - radius, x + k, y - radius, x + radius, y - k, x + radius, y);
    return path.data();
}

std::string star(double x, double y, double radius) {
    std::string path;
    for (int i = 0; i < 5; ++i) {
        const double angle = std::numbers::pi / 2 + i * 4 * std::numbers::pi / 5;
        std::array<char, 64> point{};
        std::snprintf(point.data(), point.size(), "%.1f %.1f %c ", x + radius * std::cos(angle), y + radius * std::sin(angle),
                      i == 0 ? 'm' : 'l');
        path += point.data();
    }
    return path + "h f\n";
}

std::string page_content(const std::vector<std::string>& lines, const std::string& stamp) {
    std::string out = "0.1 g\n";
    double y = 760;
    for (const auto& line : lines) {
        const bool title = &line == &lines.front();
        out += text_at(title ? 90 : 72, y, title ? 18 : 12, line);
        y -= title ? 44 : 24;
    }
    if (stamp.empty()) return out;
    out += "q 0.78 0.10 0.10 RG 0.78 0.10 0.10 rg 3 w\n" + ring(430, 170, 62) + star(430, 176, 22);
    const auto width = static_cast<double>(utf8::decode(stamp).size()) * 9;
    return out + text_at(430 - width / 2, 130, 9, stamp) + "Q\n";
}

// --- PNG

constexpr int kWidth = 320, kHeight = 200;

void big_endian(std::string& out, std::uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

std::uint32_t crc32(const std::string& bytes) {
    std::uint32_t crc = 0xffffffff;
    for (const unsigned char byte : bytes) {
        crc ^= byte;
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (crc & 1 ? 0xedb88320U : 0U);
    }
    return ~crc;
}

std::uint32_t adler32(const std::string& bytes) {
    std::uint32_t a = 1, b = 0;
    for (const unsigned char byte : bytes) {
        a = (a + byte) % 65521;
        b = (b + a) % 65521;
    }
    return b << 16 | a;
}

void chunk(std::string& out, const std::string& kind, const std::string& data) {
    big_endian(out, static_cast<std::uint32_t>(data.size()));
    out += kind + data;
    big_endian(out, crc32(kind + data));
}

// zlib's format without compression: a drawing of this size is not worth a library.
std::string stored(const std::string& raw) {
    std::string out = "\x78\x01";
    for (std::size_t at = 0; at < raw.size(); at += 65535) {
        const auto size = static_cast<std::uint16_t>(std::min<std::size_t>(65535, raw.size() - at));
        out += at + size == raw.size() ? '\x01' : '\x00';
        for (const std::uint16_t number : {size, static_cast<std::uint16_t>(~size)}) {
            out += static_cast<char>(number & 0xff);
            out += static_cast<char>(number >> 8);
        }
        out += raw.substr(at, size);
    }
    big_endian(out, adler32(raw));
    return out;
}

// Four bits a pixel: sky, ground, wall, window, crane, helmet.
class Drawing {
public:
    void box(int left, int top, int right, int bottom, unsigned char colour) {
        for (int y = std::max(0, top); y < std::min(kHeight, bottom); ++y)
            for (int x = std::max(0, left); x < std::min(kWidth, right); ++x) pixels_[static_cast<std::size_t>(y * kWidth + x)] = colour;
    }
    [[nodiscard]] std::string rows() const {
        std::string raw;
        for (int y = 0; y < kHeight; ++y) {
            raw += '\0';
            for (int x = 0; x < kWidth; x += 2) raw += static_cast<char>(at(x, y) << 4 | at(x + 1, y));
        }
        return raw;
    }

private:
    [[nodiscard]] unsigned char at(int x, int y) const { return pixels_[static_cast<std::size_t>(y * kWidth + x)]; }
    std::array<unsigned char, kWidth * kHeight> pixels_{};
};

Drawing site(std::uint64_t seed) {
    const auto chosen = [&](int shift, int most) { return static_cast<int>(seed >> shift & 0xff) % most; };
    Drawing drawing;
    drawing.box(0, 150, kWidth, kHeight, 1);
    for (int i = 0; i < 3; ++i) {
        const int left = 20 + i * 95 + chosen(i * 8, 20), top = 40 + chosen(24 + i * 8, 70);
        drawing.box(left, top, left + 62, 160, 2);
        for (int y = top + 8; y < 148; y += 18)
            for (int x = left + 8; x < left + 54; x += 16) drawing.box(x, y, x + 8, y + 9, 3);
    }
    const int mast = 110 + chosen(48, 100);
    drawing.box(mast, 14, mast + 5, 165, 4);
    drawing.box(mast - 60, 20, mast + 90, 24, 4);
    drawing.box(mast + 60, 24, mast + 62, 60 + chosen(56, 40), 4);
    for (int i = 0; i < 4; ++i) {
        const int x = 40 + i * 70 + chosen(i * 4, 30);
        drawing.box(x, 168, x + 10, 173, 5);
        drawing.box(x + 1, 173, x + 9, 190, 4);
    }
    return drawing;
}

}  // namespace

std::string pdf(const std::vector<std::string>& lines, const std::string& stamp) {
    const auto content = page_content(lines, stamp);
    const std::vector<std::string> objects{
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Length " + std::to_string(content.size()) + " >>\nstream\n" + content + "endstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 "
        ">> /FontDescriptor 7 0 R /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        "/CapHeight 880 /StemV 93 >>"};
    std::string out = "%PDF-1.4\n", table = "0000000000 65535 f \n";
    for (std::size_t i = 0; i < objects.size(); ++i) {
        std::array<char, 32> entry{};
        std::snprintf(entry.data(), entry.size(), "%010zu 00000 n \n", out.size());
        table += entry.data();
        out += std::to_string(i + 1) + " 0 obj\n" + objects[i] + "\nendobj\n";
    }
    const auto start = out.size(), count = objects.size() + 1;
    return out + "xref\n0 " + std::to_string(count) + "\n" + table + "trailer\n<< /Size " + std::to_string(count) +
           " /Root 1 0 R >>\nstartxref\n" + std::to_string(start) + "\n%%EOF\n";
}

std::string png(std::uint64_t seed) {
    constexpr std::array<unsigned, 6> colours{0xbcd6ea, 0x9a8f7d, 0xc9c3b6, 0x5f7a92, 0xc8772a, 0xe3b51e};
    std::string out = "\x89PNG\r\n\x1a\n", head, palette;
    big_endian(head, kWidth);
    big_endian(head, kHeight);
    head += std::string("\x04\x03\x00\x00\x00", 5);  // four bits, palette
    for (const auto colour : colours)
        for (int shift = 16; shift >= 0; shift -= 8) palette += static_cast<char>(colour >> shift & 0xff);
    chunk(out, "IHDR", head);
    chunk(out, "PLTE", palette);
    chunk(out, "IDAT", stored(site(seed).rows()));
    chunk(out, "IEND", "");
    return out;
}

}  // namespace anban::demo
