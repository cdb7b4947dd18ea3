#include "app/notice_command.h"

#include <fstream>
#include <iterator>
#include <ostream>

#include "app/command_line.h"
#include "core/codec.h"
#include "modules/notices/notices.h"

namespace anban {
namespace {

constexpr std::size_t kLargest = 4 * 1024 * 1024;

void print(std::ostream& out, const notices::Extract& notice) {
    out << notice.title << '\t' << notice.doc_number << '\t' << notice.issuer << '\t' << notice.issue_date.value_or("-") << '\n';
    for (const auto& duty : notice.duties) {
        std::string materials;
        for (const auto& one : duty.materials) materials += (materials.empty() ? "" : "、") + one;
        out << codec::enum_name(duty.recurrence) << '\t' << duty.due.value_or("-") << '\t' << duty.reporters << '\t' << materials << '\t' << duty.recipient << '\t' << duty.quote << '\n';
    }
}

}  // namespace

int run_notice(Arguments arguments, std::ostream& out, std::ostream& err) {
    const bool json = arguments.size() == 3 && arguments[2] == "--json";
    if (arguments.size() < 2 || arguments[0] != "extract" || (arguments.size() > 2 && !json)) return err << in_chinese("notice.usage") << '\n', kWrongUse;
    const std::string file(arguments[1]);
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) return err << in_chinese("notice.no_such_file", {{"file", file}}) << '\n', kFindings;
    if (bytes.size() > kLargest) return err << in_chinese("notice.too_large", {{"file", file}}) << '\n', kFindings;
    const auto notice = notices::extract(bytes);
    if (json) out << anban::json::write(codec::encode(notice)) << '\n';
    else print(out, notice);
    return kAllWell;
}

}  // namespace anban
