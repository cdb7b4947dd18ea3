// The corpus is made here, each time: nothing hostile lies in the tree.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>

#include "platform/office/archive.h"
#include "platform/office/office_fixture.h"
#include "platform/office/xlsx_reader.h"

namespace anban::office {
namespace {

using fixture::package;
using fixture::replace_all;
using fixture::workbook;

std::string why(const std::string& bytes, const ArchiveLimits& limits = {}) {
    const auto archive = Archive::open(bytes, limits);
    if (!archive) return archive.refusal().key;
    for (const auto& name : archive->names())
        if (const auto refusal = archive->read(name, [](std::string_view) { return true; })) return refusal->key;
    return "accepted";
}

std::string why_sheet(const std::string& sheet) {
    const auto bytes = package(workbook(sheet));
    const auto reader = XlsxReader::open(bytes);
    if (!reader) return reader.refusal().key;
    const auto facts = reader->read(0, [](Row&) { return true; });
    return facts ? "accepted" : facts.refusal().key;
}

void put(std::string& bytes, std::size_t at, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) bytes[at + static_cast<std::size_t>(i)] = static_cast<char>(value >> 8 * i & 0xff);
}

std::size_t central(const std::string& bytes) { return bytes.find(std::string("PK\x01\x02")); }

// threats B8
TEST(HostilePackage, a_bomb_is_refused_before_it_is_unpacked) {
    const auto start = std::chrono::steady_clock::now();
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    const auto bomb = package({{"xl/workbook.xml", std::string(20'000'000, 'a')}});
    EXPECT_LT(bomb.size(), 100'000u);
    EXPECT_EQ(why(bomb), "office.ratio_too_high");
    auto many = package({{"a", std::string(3'000'000, 'a')}, {"b", std::string(3'000'000, 'b')}});
    EXPECT_EQ(why(many, {.total = 5'000'000}), "office.too_large_unpacked");
    auto four_gigabytes = package({{"a", std::string(1'000, 'a')}});
    put(four_gigabytes, central(four_gigabytes) + 24, 0xfffffffe);
    EXPECT_EQ(why(four_gigabytes), "office.too_large_unpacked");
    getrusage(RUSAGE_SELF, &after);
    EXPECT_LT(after.ru_maxrss - before.ru_maxrss, 64'000);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

// threats B8
TEST(HostilePackage, sizes_that_lie_are_refused) {
    std::string text;
    for (int i = 0; i < 50'000; ++i) text += std::to_string(i);
    auto smaller = package({{"a", text}});
    put(smaller, central(smaller) + 24, 1'000);
    EXPECT_EQ(why(smaller), "office.sizes_lie");
    auto larger = package({{"a", text}});
    put(larger, central(larger) + 24, 900'000);
    EXPECT_EQ(why(larger), "office.sizes_lie");
    auto damaged = package({{"a", text}});
    damaged[2'000] = static_cast<char>(damaged[2'000] ^ 0x55);
    EXPECT_EQ(why(damaged), "office.sizes_lie");
}

// threats B8
TEST(HostilePackage, names_that_lead_elsewhere_are_refused) {
    for (const std::string name : {"../a", "/etc/passwd", "a/../../b", "C:/x", "a\\b"})
        EXPECT_EQ(why(package({{name, "x"}})), "office.name_not_allowed") << name;
    EXPECT_EQ(why(replace_all(package({{"aa.xml", "1"}, {"bb.xml", "2"}}), "bb.xml", "aa.xml")), "office.name_not_allowed");
    auto link = package({{"a", "/etc/passwd"}});
    link[central(link) + 5] = 3;
    put(link, central(link) + 38, 0120777u << 16);
    EXPECT_EQ(why(link), "office.name_not_allowed");
    EXPECT_EQ(why(package({{"a/b..c/d.xml", "x"}})), "accepted");
}

// threats B8
TEST(HostilePackage, entries_that_share_bytes_are_refused) {
    auto bytes = package({{"a.xml", std::string(500, 'x') + "1"}, {"b.xml", std::string(500, 'x') + "1"}});
    bytes = replace_all(bytes, "b.xml", "a.xml");
    const auto second = bytes.find("PK\x01\x02", central(bytes) + 4);
    put(bytes, second + 42, 0);                       // both point at the first local entry
    EXPECT_EQ(why(bytes), "office.name_not_allowed"); // same name twice ...
    auto nested = package({{"outer", ""}, {"inner", "z"}});
    const auto first = central(nested);
    put(nested, first + 20, 40);                      // ... and "outer" claims the bytes of "inner" too
    put(nested, first + 24, 40);
    EXPECT_EQ(why(nested), "office.entries_overlap");
}

// threats B8
TEST(HostilePackage, too_many_entries_are_refused) {
    fixture::Parts parts;
    for (int i = 0; i < 2'001; ++i) parts.emplace_back("p" + std::to_string(i), "");
    EXPECT_EQ(why(package(parts)), "office.too_many_entries");
    parts.pop_back();
    EXPECT_EQ(why(package(parts)), "accepted");
}

// threats B8, D6
TEST(HostilePackage, what_is_cut_prolonged_or_not_a_package_is_refused) {
    const auto whole = package(workbook("<worksheet/>"));
    EXPECT_EQ(why(whole), "accepted");
    EXPECT_EQ(why(whole + "<html>"), "office.not_a_package");
    EXPECT_EQ(why("MZ" + whole), "office.not_a_package");
    for (const auto& bytes : {std::string(), std::string("PK"), std::string(100, '\0'), std::string("<html></html>")})
        EXPECT_EQ(why(bytes), "office.not_a_package");
    for (std::size_t cut = 1; cut < whole.size(); cut += 37) EXPECT_NE(why(whole.substr(0, cut)), "accepted") << cut;
}

TEST(HostilePackage, a_flipped_byte_anywhere_never_crashes_the_reader) {
    const auto whole = package(workbook("<worksheet><sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>", "<sst><si><t>a</t></si></sst>"));
    int refused = 0;
    for (std::size_t at = 0; at < whole.size(); ++at) {
        auto bent = whole;
        bent[at] = static_cast<char>(bent[at] ^ 0xff);
        const auto reader = XlsxReader::open(bent);
        refused += !reader || !reader->read(0, [](Row&) { return true; });
    }
    EXPECT_GT(refused, 0);
}

// threats B9
TEST(HostileXml, entities_dtds_depth_and_giant_tags_are_refused) {
    EXPECT_EQ(why_sheet("<!DOCTYPE a [<!ENTITY x \"lol\"><!ENTITY y \"&x;&x;\">]><worksheet>&y;</worksheet>"), "office.xml_dtd");
    EXPECT_EQ(why_sheet("<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>"), "office.xml_dtd");
    EXPECT_EQ(why_sheet("<worksheet>&x;</worksheet>"), "office.xml_malformed");
    std::string deep;
    for (int i = 0; i < 10'000; ++i) deep += "<a>";
    EXPECT_EQ(why_sheet("<worksheet>" + deep), "office.xml_too_deep");
    std::string long_tag = "<worksheet a=\"";
    for (int i = 0; i < 400'000; ++i) long_tag += std::to_string(i * 7919LL);
    EXPECT_EQ(why_sheet(long_tag + "\"/>"), "office.xml_token_too_long");
    EXPECT_EQ(why_sheet("<worksheet><sheetData>"), "office.xml_malformed");
    EXPECT_EQ(why_sheet("<worksheet>\xff</worksheet>"), "office.xml_malformed");
}

}  // namespace
}  // namespace anban::office
