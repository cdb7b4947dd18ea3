// What operators type: packs applied, accounts made, the store verified, the interface printed.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "app/command.h"
#include "app/openapi_command.h"
#include "platform/db/file_lock.h"
#include "tests/support/world_db.h"

namespace anban::test {
namespace {

struct Typed {
    int code = 0;
    std::string out, err;
};

Typed type(const std::vector<std::string>& words) {
    std::vector<std::string_view> arguments(words.begin(), words.end());
    std::ostringstream out, err;
    const int code = run_command(arguments, out, err);
    return {code, out.str(), err.str()};
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const std::string kRoot = ANBAN_SOURCE_DIR;
const std::string kPack = kRoot + "/packs/hunan-2023";

// A folder whose database has its shape and the pack of Hunan.
class Operators : public ::testing::Test {
protected:
    Typed with_folder(std::vector<std::string> words) {
        words.insert(words.end(), {"--data", data_, "--not-durable", "--without-divisions", "--business-time", "2023-03-10T09:00"});
        return type(words);
    }
    TemporaryFolder folder_;
    std::string data_ = folder_.path() + "/data";
};

TEST_F(Operators, a_notice_is_read_and_drafted_into_a_pack_that_is_never_written_over) {
    const auto notice = folder_.path() + "/notice.txt", pack = folder_.path() + "/drafted";
    std::ofstream(notice) << "各县区:\n请各县区于3月31日前将工作总结报市安委办。\n";
    const auto read = type({"notice", "extract", notice, "--json"});
    EXPECT_EQ(read.code, kAllWell) << read.err;
    EXPECT_TRUE(says(read.out, R"("recurrence":"once")") && says(read.out, R"("docNumber":null)") && says(read.out, R"("reporters":"各县区")")) << read.out;
    EXPECT_TRUE(says(type({"notice", "draft", notice, "-o", pack}).err, "--issued"));
    const auto drafted = type({"notice", "draft", notice, "-o", pack, "--issued", "2023-03-10"});
    EXPECT_EQ(drafted.code, kAllWell) << drafted.err;
    EXPECT_EQ(type({"pack", "check", pack}).code, kAllWell);
    EXPECT_TRUE(says(type({"pack", "plan", pack, "--from", "2023-03-31", "--to", "2023-03-31"}).out, "2023-03-31"));
    EXPECT_TRUE(says(type({"notice", "draft", notice, "-o", pack, "--issued", "2023-03-10"}).err, "已存在"));
    EXPECT_EQ(type({"notice", "extract", folder_.path()}).code, kFindings) << "a folder is no notice";
    EXPECT_EQ(type({"notice", "read", notice}).code, kWrongUse);
}

TEST_F(Operators, a_dry_run_names_all_31_reporters_and_keeps_nothing) {
    const auto dry = with_folder({"pack", "apply", kPack, "--dry-run"});
    EXPECT_EQ(dry.code, kAllWell) << dry.err;
    EXPECT_TRUE(says(dry.out, "湖南湘江新区行政执法局")) << dry.out;
    EXPECT_TRUE(says(dry.out, "未作任何改动")) << dry.out;
    const auto real = with_folder({"pack", "apply", kPack});
    EXPECT_EQ(real.code, kAllWell) << real.err;
    EXPECT_TRUE(says(real.out, "已施行第 1 版")) << real.out;
    EXPECT_TRUE(says(with_folder({"pack", "apply", kPack}).out, "没有变化"));
}

TEST_F(Operators, an_account_made_at_the_command_line_is_listed_and_its_password_told_once) {
    ASSERT_EQ(with_folder({"pack", "apply", kPack}).code, kAllWell);
    const std::vector<std::string> add{
        "user", "add", "--login", "zz.zj", "--name", "株洲市住建局联络员", "--organization", "株洲市住房和城乡建设局", "--role", "联络员"};
    const auto made = with_folder(add);
    EXPECT_EQ(made.code, kAllWell) << made.err;
    EXPECT_TRUE(says(made.out, "只显示这一次")) << made.out;
    EXPECT_EQ(with_folder(add).code, kFindings);  // the login is taken
    const auto listed = with_folder({"user", "list"});
    EXPECT_TRUE(says(listed.out, "zz.zj\t株洲市住建局联络员\t联络员 株洲市住房和城乡建设局")) << listed.out;
    EXPECT_FALSE(says(listed.out, "口令"));
    EXPECT_EQ(with_folder({"user", "disable", "--login", "zz.zj", "--reason", "离岗"}).code, kAllWell);
    EXPECT_TRUE(says(with_folder({"user", "list"}).out, "2023-03-10 起停用"));
}

TEST_F(Operators, a_wrong_unit_and_a_wrong_role_are_refused_by_name) {
    ASSERT_EQ(with_folder({"pack", "apply", kPack}).code, kAllWell);
    const auto unit = with_folder({"user", "add", "--login", "abc", "--name", "某岗", "--organization", "没有的局", "--role", "liaison"});
    EXPECT_EQ(unit.code, kFindings);
    EXPECT_TRUE(says(unit.err, "没有的局")) << unit.err;
    const auto role =
        with_folder({"user", "add", "--login", "abc", "--name", "某岗", "--organization", "株洲市住房和城乡建设局", "--role", "局长"});
    EXPECT_EQ(role.code, kFindings);
    EXPECT_TRUE(says(role.err, "局长")) << role.err;
}

TEST_F(Operators, a_folder_that_a_server_holds_is_left_alone) {
    ASSERT_EQ(with_folder({"pack", "apply", kPack}).code, kAllWell);
    const db::FileLock server(data_ + "/anban.sqlite.lock");
    for (const std::vector<std::string>& words :
         std::vector<std::vector<std::string>>{{"user", "list"}, {"pack", "apply", kPack}, {"verify"}, {"migrate"}}) {
        const auto refused = with_folder(words);
        EXPECT_EQ(refused.code, kFindings) << words.front();
        EXPECT_TRUE(says(refused.err, "请先停止服务")) << refused.err;
    }
}

TEST_F(Operators, looking_at_a_folder_without_a_database_makes_none) {
    EXPECT_EQ(with_folder({"verify"}).code, kFindings);
    EXPECT_EQ(with_folder({"user", "list"}).code, kFindings);
    EXPECT_FALSE(std::filesystem::exists(data_));
}

// anchor-failures: page, router and file can not drift apart.
TEST(Interface, the_file_of_the_interface_is_what_the_declarations_give) {
    std::ifstream file(kRoot + "/docs/api/openapi.json");
    const std::string kept{std::istreambuf_iterator<char>(file), {}};
    EXPECT_TRUE(kept == openapi_text()) << "write it anew: build/debug/anban openapi > docs/api/openapi.json, then web/bin/api-types";
}

}  // namespace
}  // namespace anban::test
