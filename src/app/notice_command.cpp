#include "app/notice_command.h"

#include <filesystem>
#include <fstream>
#include <ostream>

#include "app/application.h"
#include "app/command_line.h"
#include "app/notice_listing.h"
#include "core/codec.h"
#include "modules/campaigns/pack.h"
#include "modules/drafts/draft.h"
#include "modules/drafts/examples.h"
#include "modules/drafts/paper_text.h"
#include "modules/notices/notices.h"
#include "modules/organizations/divisions.h"
#include "platform/embedded/embedded.h"

namespace anban {
namespace {

constexpr std::size_t kLargest = 20 * 1024 * 1024;  // bytes of a file

std::string listed(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& one : words) out += (out.empty() ? "" : "、") + one;
    return out;
}

// What the notice does not say is null, in the head and in all that is read.
anban::json::value with_nulls(anban::json::value notice) {
    const auto blank = [](anban::json::object& of) {
        for (auto& [name, value] : of)
            if (value.is_string() && value.as_string().empty()) value = nullptr;
    };
    blank(notice.as_object());
    for (auto& [name, list] : notice.as_object())
        if (list.is_array())
            for (auto& one : list.as_array()) blank(one.as_object());
    return notice;
}

std::optional<std::string> text_of(const std::string& file, std::ostream& err) {
    std::error_code unknown;
    std::ifstream in(file, std::ios::binary);
    if (!in || !std::filesystem::is_regular_file(file, unknown)) return err << in_chinese("notice.no_such_file", {{"file", file}}) << '\n', std::nullopt;
    std::string bytes(kLargest + 1, '\0');
    in.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    if (bytes.size() > kLargest) return err << in_chinese("notice.too_large", {{"file", file}}) << '\n', std::nullopt;
    auto text = bytes.empty() ? Result<std::string>(std::string()) : drafts::text_of_paper(file, bytes);
    if (!text) return err << in_chinese(text.refusal().key, text.refusal().params) << '\n', std::nullopt;
    return *std::move(text);
}

std::optional<notices::Extract> read(const std::string& file, const std::optional<std::string>& issued, std::ostream& err) {
    const auto text = text_of(file, err);
    return text ? std::optional(notices::extract(*text, issued)) : std::nullopt;
}

// The text as it is read: the places of an extract count its characters.
int run_text(Arguments arguments, std::ostream& out, std::ostream& err) {
    if (arguments.size() != 1) return err << in_chinese("notice.usage") << '\n', kWrongUse;
    const auto text = text_of(std::string(arguments[0]), err);
    if (!text) return kFindings;
    out << *text;
    return kAllWell;
}

int run_extract(Arguments arguments, std::ostream& out, std::ostream& err) {
    const bool json = arguments.size() == 2 && arguments[1] == "--json";
    if (arguments.empty() || (arguments.size() > 1 && !json)) return err << in_chinese("notice.usage") << '\n', kWrongUse;
    const auto notice = read(std::string(arguments[0]), {}, err);
    if (!notice) return kFindings;
    if (json) out << anban::json::write(with_nulls(codec::encode(*notice))) << '\n';
    else print_notice(out, *notice);
    return kAllWell;
}

// draft FILE -o DIR [--issued DATE]: a folder that pack check accepts. Nothing is written over.
int run_draft(Arguments arguments, std::ostream& out, std::ostream& err) {
    std::string file, folder;
    std::optional<std::string> issued;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const bool more = i + 1 < arguments.size();
        if (arguments[i] == "-o" && more) folder = arguments[++i];
        else if (arguments[i] == "--issued" && more) issued = arguments[++i];
        else if (file.empty()) file = arguments[i];
        else return err << in_chinese("notice.usage") << '\n', kWrongUse;
    }
    if (file.empty() || folder.empty()) return err << in_chinese("notice.usage") << '\n', kWrongUse;
    while (folder.size() > 1 && folder.back() == '/') folder.pop_back();
    const std::filesystem::path directory(folder);
    std::error_code failed;
    if (std::filesystem::exists(directory, failed)) return err << in_chinese("draft.folder_there", {{"folder", folder}}) << '\n', kFindings;
    const auto notice = read(file, issued, err);
    if (!notice) return kFindings;
    const auto divisions = organizations::parse_divisions(embedded::divisions(), embedded::division_towns());
    if (!divisions) throw std::logic_error(divisions.refusal().key);
    const auto files = drafts::draft(*notice, directory.filename().string(), {issued, {}, {}, {}, {}}, *divisions);
    if (!files) return err << in_chinese(files.refusal().key, files.refusal().params) << '\n', kFindings;
    std::filesystem::create_directories(directory / "forms", failed);
    for (const auto& [name, text] : *files)
        if (std::ofstream written(directory / name, std::ios::binary); failed || !(written << text).flush()) return err << in_chinese("draft.not_written", {{"folder", folder}}) << '\n', kFindings;
    const auto loaded = campaigns::load_pack(directory);
    for (const auto& duty : notice->duties)
        if (duty.due_readings && !duty.optional) err << in_chinese("draft.day_asked", {{"number", std::to_string(&duty - notice->duties.data() + 1)}, {"days", listed(*duty.due_readings)}}) << '\n';
    for (const auto& error : loaded.errors) err << error.file << ':' << error.line << ": " << in_chinese(error.key, error.params) << '\n';
    out << in_chinese("draft.written", {{"folder", folder}, {"duties", std::to_string(loaded.pack ? loaded.pack->duties.size() : 0)}}) << '\n';
    return loaded.errors.empty() ? kAllWell : kFindings;
}

// examples -o DIR [--data DIR]: a text and its corrected duties for each published notice.
int run_examples(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line = read_command_line(arguments, {{"-o"}, {}});
    if (!line || !line->words.empty() || line->value("-o").empty()) {
        if (!line) print(err, line.refusal());
        return err << in_chinese("notice.usage") << '\n', kWrongUse;
    }
    const std::filesystem::path folder(line->value("-o"));
    std::error_code failed;
    if (std::filesystem::exists(folder, failed)) return err << in_chinese("draft.folder_there", {{"folder", folder.string()}}) << '\n', kFindings;
    const auto app = open_application(line->config, true, err);
    if (!app) return kFindings;
    std::vector<drafts::Example> all;
    app->database().read([&](db::Connection& db) { all = drafts::examples(db); });
    std::filesystem::create_directories(folder, failed);
    for (const auto& one : all)
        for (const auto& [ending, text] : {std::pair(".txt", one.text), std::pair(".json", anban::json::write(one.gold) + '\n')})
            if (std::ofstream written(folder / (one.name + ending), std::ios::binary); failed || !(written << text).flush())
                return err << in_chinese("draft.not_written", {{"folder", folder.string()}}) << '\n', kFindings;
    out << in_chinese("notice.examples", {{"folder", folder.string()}, {"count", std::to_string(all.size())}}) << '\n';
    return kAllWell;
}

}  // namespace

int run_notice(Arguments arguments, std::ostream& out, std::ostream& err) {
    if (!arguments.empty() && arguments.front() == "extract") return run_extract(arguments.subspan(1), out, err);
    if (!arguments.empty() && arguments.front() == "text") return run_text(arguments.subspan(1), out, err);
    if (!arguments.empty() && arguments.front() == "draft") return run_draft(arguments.subspan(1), out, err);
    if (!arguments.empty() && arguments.front() == "examples") return run_examples(arguments.subspan(1), out, err);
    return err << in_chinese("notice.usage") << '\n', kWrongUse;
}

}  // namespace anban
