#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "platform/crypto/crypto.h"
#include "platform/files/blob_store.h"
#include "platform/files/file_type.h"
#include "platform/office/office_fixture.h"

namespace anban::files {
namespace {

using office::fixture::Folder;
using office::fixture::package;
using office::fixture::slurp;

void write_file(const std::string& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

TEST(BlobStore, what_was_put_is_found_by_its_digest_from_bytes_and_from_a_file) {
    const Folder folder;
    BlobStore store(folder / "blobs");
    const std::string bytes(300'000, 'x');
    const auto stored = store.put(bytes);
    EXPECT_EQ(stored.sha256, crypto::hex(crypto::sha256(bytes)));
    EXPECT_EQ(stored.size, bytes.size());
    write_file(folder / "upload", bytes);
    EXPECT_EQ(store.put_file(folder / "upload").sha256, stored.sha256);
    EXPECT_EQ(slurp(store.path_of(stored.sha256)), bytes);
    EXPECT_EQ(store.read(stored.sha256, 1'000'000), bytes);
    EXPECT_EQ(store.read(stored.sha256, 299'999), std::nullopt);
    EXPECT_EQ(store.list().size(), 1u);
    EXPECT_TRUE(std::filesystem::is_empty(folder / "blobs/incoming"));
    struct stat facts {};
    ASSERT_EQ(stat(store.path_of(stored.sha256).c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777, 0600u);
}

// threats A22
TEST(BlobStore, a_damaged_blob_is_told_and_putting_the_bytes_again_mends_it) {
    const Folder folder;
    BlobStore store(folder / "blobs");
    const auto stored = store.put("照片");
    write_file(store.path_of(stored.sha256), "照骗");
    EXPECT_EQ(store.verify(stored.sha256), BlobStore::State::damaged);
    EXPECT_EQ(store.read(stored.sha256, 100), std::nullopt);
    store.put("照片");
    EXPECT_EQ(store.verify(stored.sha256), BlobStore::State::sound);
    EXPECT_TRUE(store.remove(stored.sha256));
    EXPECT_FALSE(store.remove(stored.sha256));
    EXPECT_EQ(store.verify(stored.sha256), BlobStore::State::missing);
}

// threats D5
TEST(BlobStore, only_a_digest_is_ever_a_path) {
    const Folder folder;
    const BlobStore store(folder / "blobs");
    for (const std::string text : {"", "../../etc/passwd", "incoming", "..", std::string(64, 'A').c_str(), std::string(64, '.').c_str()})
        EXPECT_EQ(store.path_of(text), "");
}

TEST(BlobStore, many_hands_putting_the_same_bytes_leave_one_sound_blob) {
    const Folder folder;
    BlobStore store(folder / "blobs");
    std::vector<std::thread> hands;
    for (int i = 0; i < 4; ++i) hands.emplace_back([&] { for (int n = 0; n < 10; ++n) store.put("同一张照片"); });
    for (auto& hand : hands) hand.join();
    ASSERT_EQ(store.list().size(), 1u);
    EXPECT_EQ(store.verify(store.list()[0].sha256), BlobStore::State::sound);
}

// threats D6
TEST(FileTypes, are_told_by_content) {
    const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    const auto wide = [](const std::string& name) { std::string out; for (const char c : name) (out += c) += '\0'; return out; };
    EXPECT_EQ(sniff("\xff\xd8\xff\xe0 photo"), FileType::jpeg);
    EXPECT_EQ(sniff("\x89PNG\r\n\x1a\n..."), FileType::png);
    EXPECT_EQ(sniff("%PDF-1.7"), FileType::pdf);
    EXPECT_EQ(sniff(package({{"word/document.xml", "<a/>"}})), FileType::docx);
    EXPECT_EQ(sniff(package({{"xl/workbook.xml", "<a/>"}})), FileType::xlsx);
    EXPECT_EQ(sniff(ole + wide("WordDocument")), FileType::word);
    EXPECT_EQ(sniff(ole + wide("Workbook")), FileType::excel);
    EXPECT_EQ(sniff(std::string("\0\0\0\x20" "ftypisom\0\0\2\0", 16) + "isom"), FileType::mp4);
    EXPECT_EQ(sniff("五月工作小结\r\n"), FileType::text_utf8);
    EXPECT_EQ(sniff("\xce\xe5\xd4\xc2"), FileType::text_gb18030);
    EXPECT_EQ(to_utf8("\xce\xe5\xd4\xc2", FileType::text_gb18030), "五月");
}

// threats D6
TEST(FileTypes, what_a_machine_might_run_is_unknown) {
    const std::string ole = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
    for (const std::string bytes : {"<html><script>", "\n <!DOCTYPE html>", "<svg xmlns=''>", "<?xml version='1.0'?><svg/>", "\xef\xbb\xbf<script>", "#!/bin/sh\n", "GIF89a;"
                                    "\x01", "MZ\x90", "\x7f" "ELF\x02", "Rar!\x1a\x07", ""})
        EXPECT_EQ(sniff(bytes), FileType::unknown) << bytes;
    EXPECT_EQ(sniff(package({{"word/document.xml", "<a/>"}, {"word/vbaProject.bin", "x"}})), FileType::unknown);
    EXPECT_EQ(sniff(package({{"evil.exe", "MZ"}})), FileType::unknown);
    EXPECT_EQ(sniff(package({{"xl/workbook.xml", "<a/>"}}) + "<html>"), FileType::unknown);
    EXPECT_EQ(sniff(ole), FileType::unknown);
    EXPECT_EQ(sniff("\xff\xff\xff"), FileType::unknown);
}

// threats D6
TEST(FileTypes, name_and_content_must_agree) {
    const std::vector<FileType> allowed{FileType::jpeg, FileType::word, FileType::text_gb18030};
    EXPECT_FALSE(refuse_type("现场.JPG", FileType::jpeg, allowed));
    EXPECT_FALSE(refuse_type("小结.wps", FileType::word, allowed));
    EXPECT_EQ(refuse_type("现场.png", FileType::jpeg, allowed)->key, "attachment.name_disagrees");
    EXPECT_EQ(refuse_type("现场", FileType::jpeg, allowed)->key, "attachment.name_disagrees");
    EXPECT_EQ(refuse_type("表.xlsx", FileType::xlsx, allowed)->key, "attachment.type_not_allowed");
    EXPECT_EQ(refuse_type("现场.jpg", FileType::unknown, allowed)->key, "attachment.type_not_allowed");
}

// threats D5
TEST(Names, are_data_and_stay_readable) {
    EXPECT_EQ(clean_name("../../etc/passwd"), "passwd");
    EXPECT_EQ(clean_name("C:\\Users\\x\\五月.docx"), "五月.docx");
    EXPECT_EQ(clean_name(std::string("a\0b\r\n.txt", 9)), "ab.txt");
    EXPECT_EQ(clean_name("CON.txt"), "_CON.txt");
    EXPECT_EQ(clean_name("lpt1"), "_lpt1");
    EXPECT_EQ(clean_name("  .. "), "附件");
    EXPECT_EQ(clean_name(""), "附件");
    EXPECT_EQ(clean_name("exe\xe2\x80\xae" "cod.pdf"), "execod.pdf");
    EXPECT_EQ(clean_name("a<b>:\"|?*.png"), "a_b______.png");
    EXPECT_EQ(clean_name("\xff\xfe.txt"), "\xef\xbf\xbd\xef\xbf\xbd.txt");
    const auto cut = clean_name(std::string(4'096, 'x') + ".docx");
    EXPECT_EQ(cut.size(), 120u);
    EXPECT_EQ(cut.substr(115), ".docx");
}

// threats D4, D5
TEST(Names, a_download_name_can_not_leave_its_header) {
    EXPECT_EQ(attachment_disposition("五月\"\r\nX: y.docx"), "attachment; filename=\"___X_ y.docx\"; filename*=UTF-8''%E4%BA%94%E6%9C%88_X_%20y.docx");
}

}  // namespace
}  // namespace anban::files
