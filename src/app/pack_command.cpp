#include "app/pack_command.h"

#include "app/pack_apply_command.h"

#include <algorithm>
#include <ostream>

#include "modules/campaigns/plan.h"
#include "platform/messages/messages.h"

namespace anban {
namespace {

using campaigns::Pack;

std::string words(std::string_view key, const Params& params) { return messages::sentence(messages::Language::zh, key, params); }

void print(std::ostream& to, const PackErrors& errors) {
    for (const auto& error : errors) {
        to << error.file << ':';
        if (error.line > 0) to << error.line << ':';
        to << ' ' << words(error.key, error.params) << '\n';
    }
}

void warn(std::ostream& to, const calendar::MissingYears& years) {
    for (const int year : years) to << words("calendar.year_missing", {{"year", std::to_string(year)}}) << '\n';
}

// --- check

// Each duty's cut-offs that fall on a day of rest and are not moved: the notice may mean it, the office should know it.
void note_rest_days(std::ostream& out, const campaigns::Duty& duty) {
    std::string days;
    for (const auto& owed : occurrences(duty.timetable, calendar::Calendar::built_in()).owed)
        if (owed.due && owed.on_rest_day) days += (days.empty() ? "" : ", ") + format_date(owed.due->day);
    if (!days.empty() && duty.timetable.holiday_rule.kind == campaigns::HolidayRule::Kind::none)
        out << words("pack.due_on_rest_days", {{"duty", duty.id}, {"days", days}}) << '\n';
}

void note(std::ostream& out, const Pack& pack) {
    const auto& calendar = calendar::Calendar::built_in();
    for (const auto& duty : pack.duties)
        if (!duty.collected_for) note_rest_days(out, duty);
    for (const auto& [duty, occurrence] : unowed(pack, calendar))
        out << words("pack.window_after_the_end", {{"duty", duty->id}, {"from", format_date(occurrence.window.from)},
                                                   {"to", format_date(occurrence.window.to)}, {"due", format_due(*occurrence.due)}})
            << '\n';
    warn(out, plan(pack, calendar, {pack.period.from, pack.period.to, {}}).missing);
}

int check_one(const std::string& directory, std::ostream& out) {
    const auto loaded = campaigns::load_pack(directory);
    print(out, loaded.errors);
    if (!loaded.pack) return kFindings;
    note(out, *loaded.pack);
    out << words("pack.good", {{"pack", loaded.pack->id}, {"duties", std::to_string(loaded.pack->duties.size())},
                               {"organizations", std::to_string(loaded.pack->organizations.size())}})
        << '\n';
    return kAllWell;
}

int check(Arguments directories, std::ostream& out, std::ostream& err) {
    if (directories.empty() || std::ranges::any_of(directories, [](auto text) { return text.starts_with("-"); }))
        return err << words("pack.check_usage", {}) << '\n', kWrongUse;
    int worst = kAllWell;
    for (const auto directory : directories) worst = std::max(worst, check_one(std::string(directory), out));
    return worst;
}

// --- plan

struct PlanArguments {
    std::string directory;
    campaigns::PlanQuestion question;
    bool json = false;
};

std::optional<PlanArguments> read_plan_arguments(Arguments arguments) {
    PlanArguments out;
    std::optional<CivilDate> from, to;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const auto name = arguments[i];
        if (name == "--json") { out.json = true; continue; }
        if (!name.starts_with("--")) {
            if (!out.directory.empty()) return std::nullopt;
            out.directory = name;
            continue;
        }
        if (++i == arguments.size()) return std::nullopt;
        if (name == "--from") from = parse_date(arguments[i]);
        else if (name == "--to") to = parse_date(arguments[i]);
        else if (name == "--level") out.question.levels.emplace(arguments[i]);
        else return std::nullopt;
    }
    if (out.directory.empty() || !from || !to || *to < *from) return std::nullopt;
    out.question.from = *from;
    out.question.to = *to;
    return out;
}

bool level_exists(const Pack& pack, const std::string& level) {
    return std::ranges::any_of(pack.duties, [&](const auto& duty) { return duty.level == level; });
}

void print_lines(std::ostream& out, const campaigns::Plan& plan) {
    for (const auto& filing : plan.filings)
        out << (filing.due ? format_due(*filing.due) : "-") << '\t' << filing.duty->id << '\t' << filing.slot << '\t'
            << format_date(filing.window.from) << ".." << format_date(filing.window.to) << '\t' << filing.organization->name << '\n';
}

int print_plan(Arguments arguments, std::ostream& out, std::ostream& err) {
    const auto asked = read_plan_arguments(arguments);
    if (!asked) return err << words("pack.plan_usage", {}) << '\n', kWrongUse;
    const auto loaded = campaigns::load_pack(asked->directory);
    print(err, loaded.errors);
    if (!loaded.pack) return kFindings;
    for (const auto& level : asked->question.levels)
        if (!level_exists(*loaded.pack, level)) return err << words("pack.no_such_level", {{"level", level}}) << '\n', kWrongUse;
    const auto plan = campaigns::plan(*loaded.pack, calendar::Calendar::built_in(), asked->question);
    warn(err, plan.missing);
    if (asked->json) out << json::write(to_json(plan)) << '\n';
    else print_lines(out, plan);
    return kAllWell;
}

}  // namespace

int run_pack(Arguments arguments, std::ostream& out, std::ostream& err) {
    if (!arguments.empty() && arguments.front() == "check") return check(arguments.subspan(1), out, err);
    if (!arguments.empty() && arguments.front() == "plan") return print_plan(arguments.subspan(1), out, err);
    if (!arguments.empty() && arguments.front() == "apply") return run_pack_apply(arguments.subspan(1), out, err);
    for (const char* usage : {"pack.check_usage", "pack.plan_usage", "pack.apply_usage"}) err << words(usage, {}) << '\n';
    return kWrongUse;
}

}  // namespace anban
