#include "app/pack_apply_command.h"

#include <optional>
#include <ostream>

#include "app/application.h"
#include "app/command_line.h"
#include "modules/campaigns/campaign_forms.h"

namespace anban {
namespace {

using filings::IssuedLine;
using filings::PublishReport;

void print_names(std::ostream& out, const char* key, const std::vector<std::string>& names) {
    if (names.empty()) return;
    out << in_chinese(key, {{"count", std::to_string(names.size())}}) << '\n';
    for (const auto& name : names) out << "  " << name << '\n';
}

void print_lines(std::ostream& out, const char* key, std::int64_t count, const std::vector<IssuedLine>& lines) {
    if (count == 0) return;
    out << in_chinese(key, {{"count", std::to_string(count)}}) << '\n';
    for (const auto& line : lines) {
        out << "  " << line.duty << '\t' << line.slot << '\t' << line.organization;
        if (!line.before.empty() || !line.after.empty()) out << '\t' << line.before << " -> " << line.after;
        out << '\n';
    }
    if (static_cast<std::int64_t>(lines.size()) < count)
        out << "  " << in_chinese("pack.and_more", {{"count", std::to_string(count - static_cast<std::int64_t>(lines.size()))}}) << '\n';
}

void print_report(std::ostream& out, const PublishReport& report, bool dry_run) {
    const auto& pack = report.pack;
    print_names(out, "pack.organizations_opened", pack.organizations_opened);
    print_names(out, "pack.reporters_added", pack.reporters_added);
    print_names(out, "pack.reporters_removed", pack.reporters_removed);
    print_names(out, "pack.forms_changed", pack.forms_changed);
    print_names(out, "pack.duties_added", pack.duties_added);
    print_names(out, "pack.duties_changed", pack.duties_changed);
    print_names(out, "pack.duties_dropped", pack.duties_dropped);
    print_lines(out, "pack.dues_moved", report.filings.dues_moved, report.filings.moved);
    print_lines(out, "pack.filings_released", report.filings.released, report.filings.released_lines);
    print_lines(out, "filing.reason_born_late", report.filings.born_late, report.filings.born_late_lines);
    const char* key = dry_run ? "pack.would_apply" : pack.unchanged ? "pack.applied_before" : "pack.applied";
    out << in_chinese(
               key,
               {{"pack", pack.campaign}, {"version", std::to_string(pack.pack_version)}, {"issued", std::to_string(report.filings.issued)}})
        << '\n';
}

}  // namespace

void print_faults(std::ostream& to, const PackErrors& errors) {
    for (const auto& error : errors) {
        to << error.file << ':';
        if (error.line > 0) to << error.line << ':';
        to << ' ' << in_chinese(error.key, error.params) << '\n';
    }
}

std::optional<LoadedPack> load_whole_pack(const std::string& folder, std::ostream& err) {
    auto loaded = campaigns::load_pack(folder);
    std::vector<campaigns::FormInPack> forms;
    if (loaded.pack) forms = campaigns::load_forms(*loaded.pack);
    print_faults(err, loaded.errors);
    if (!loaded.pack || !loaded.errors.empty()) return std::nullopt;
    return LoadedPack{std::move(*loaded.pack), std::move(forms)};
}

Result<PublishReport> apply_pack(Application& app, const LoadedPack& loaded, bool dry_run) {
    std::optional<Result<PublishReport>> report;
    const auto deed = [&](Work& work) {
        report.emplace(filings::publish(work, loaded.pack, loaded.forms, calendar::Calendar::built_in()));
        return report->ok() && !dry_run ? Result<Done>(Done{}) : Result<Done>(Refusal{});  // a refusal undoes the transaction
    };
    (void)app.as_operator<Done>(deed);
    return std::move(*report);
}

int run_pack_apply(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto line = read_command_line(arguments, {{}, {"--dry-run", "--json"}});
    if (!line || line->words.size() != 1) {
        if (!line) print(err, line.refusal());
        return err << in_chinese("pack.apply_usage") << '\n', kWrongUse;
    }
    const auto pack = load_whole_pack(line->words.front(), err);
    if (!pack) return kFindings;
    const auto app = open_application(line->config, false, err);
    if (!app) return kFindings;
    const auto report = apply_pack(*app, *pack, line->has("--dry-run"));
    if (!report) return print(err, report.refusal()), kFindings;
    app->tick();
    if (line->has("--json"))
        out << json::write(codec::encode(*report)) << '\n';
    else
        print_report(out, *report, line->has("--dry-run"));
    return kAllWell;
}

}  // namespace anban
