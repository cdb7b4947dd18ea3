#include "modules/drafts/draft.h"

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <map>
#include <set>

#include "core/json.h"
#include "core/time.h"
#include "core/utf8.h"
#include "modules/drafts/setup.h"
#include "modules/drafts/timetable.h"
#include "modules/drafts/units.h"

namespace anban::drafts {
namespace {

using notices::Duty;
using notices::Extract;
using notices::Recurrence;

constexpr int kLongest = 3'660;  // days of a campaign: a slip of a figure in a year must not ask for a century of reports

// A double-quoted JSON text is one of YAML.
std::string quoted(const std::string& text) { return json::write(json::value(text)); }

bool is_id(const std::string& id) {
    return !id.empty() && id.size() <= 64 && id[0] >= 'a' && id[0] <= 'z' &&
           id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_-") == std::string::npos;
}

std::string shortened(const std::string& text, std::size_t most) {
    const auto whole = utf8::decode(text);
    return whole.size() <= most ? text : utf8::encode(whole.substr(0, most)) + "…";
}

std::string one_line(std::string text) {
    std::ranges::replace(text, '\n', ' ');
    return text;
}

// A name for the office that a notice calls by less than its name: 省厅, 我局, 厅安委办, 市安委会办公室.
bool means_the_office(const std::string& recipient, const std::string& issuer) {
    if (recipient.empty() || recipient.find('@') != std::string::npos) return true;
    const auto who = utf8::decode(recipient), office = utf8::decode(issuer);
    for (const std::u32string_view other : {std::u32string_view(U"县委"), std::u32string_view(U"市委"), std::u32string_view(U"省委"), std::u32string_view(U"区委"), std::u32string_view(U"州委"), std::u32string_view(U"党委")})
        if (who.find(other) != who.npos && who.find(U"安委") == who.npos) return office.find(other) != office.npos;
    if (who.starts_with(U"我") || who.starts_with(U"本")) return true;
    for (const std::u32string_view place : {std::u32string_view(U"邮箱"), std::u32string_view(U"信箱"), std::u32string_view(U"系统"), std::u32string_view(U"平台"), std::u32string_view(U"群")})
        if (who.ends_with(place)) return true;
    std::size_t at = 0;
    for (const char32_t c : office)
        if (at < who.size() && who[at] == c) ++at;
    if (at == who.size()) return true;
    return who.find(U"安委") != who.npos && (office.find(U"安全生产委员会") != office.npos || who.starts_with(U"厅") || who.starts_with(U"局"));
}

// What is asked together: the same reporters, rhythm, cut-off, window and receivers are one duty with several parts.
struct Asked {
    const Duty* duty = nullptr;
    std::vector<const Duty*> all;
    std::string group;
    std::vector<std::string> receivers;  // other than the office
    std::vector<std::size_t> numbers;    // which of the extract's duties these are
};

class Drafter {
public:
    Drafter(const Extract& extract, const Wishes& wishes, std::string id, std::string issued, const std::vector<organizations::Division>& divisions)
        : extract_(extract), wishes_(wishes), id_(std::move(id)), issued_(std::move(issued)), ledgers_(extract), units_(divisions, extract.issuer) {
        office_ = !wishes.office.empty() ? wishes.office : extract.issuer.empty() ? "发文机关（通知未写明）" : extract.issuer;
        for (std::size_t i = 0; i < extract_.duties.size(); ++i) {
            const auto& duty = extract_.duties[i];
            if (duty.optional) continue;
            if (duty.recurrence == Recurrence::yearly && duty.due && duty.due->find(',') != std::string::npos) each_day(duty, i);
            else ask(duty, i);
        }
    }

    [[nodiscard]] int days() const {
        const auto whole = span();
        return parse_date(whole.to).value_or(CivilDate{}).days - parse_date(whole.from).value_or(CivilDate{}).days;
    }
    [[nodiscard]] Files files() const {
        Files out{{"campaign.yaml", campaign()}, {"duties.yaml", duties()}, {"organizations.yaml", organizations()}};
        for (auto& form : ledgers_.files()) out.push_back(std::move(form));
        return out;
    }

    [[nodiscard]] Origins origins() const {
        Origins out;
        for (const auto& asked : asked_) out.push_back(asked.numbers);
        return out;
    }

    [[nodiscard]] std::vector<AskedGroup> groups() const {
        std::vector<AskedGroup> out;
        for (const auto& words : groups_) {
            auto& group = out.emplace_back(AskedGroup{words, {}});
            for (const auto& unit : units_.named(words)) {
                const auto wish = wishes_.names.find(unit.name);
                group.units.push_back({unit.name, wish == wishes_.names.end() ? unit.name : wish->second, unit.level, unit.division, unit.resolved});
            }
        }
        return out;
    }

private:
    // 每年6月20日、12月5日17时前: a duty for each day, 06-20 and 12-05, each with the hour.
    void each_day(const Duty& duty, std::size_t number) {
        const auto blank = std::min(duty.due->find(' '), duty.due->size());
        for (std::size_t from = 0; from + 5 <= blank; from += 6) {
            days_.push_back(duty);
            days_.back().due = duty.due->substr(from, 5) + duty.due->substr(blank);
            ask(days_.back(), number);
        }
    }
    void ask(const Duty& duty, std::size_t number) {
        const auto words = Units::says_nobody(duty.reporters) && !extract_.addressees.empty() ? extract_.addressees : duty.reporters;
        const auto receivers = receivers_of(duty);
        const auto group = group_of(words.empty() ? kNobodySaid : words);
        const auto same = [&](const Asked& one) {
            return one.group == group && one.receivers == receivers && one.duty->recurrence == duty.recurrence && one.duty->due == duty.due && one.duty->event == duty.event && one.duty->window_rule == duty.window_rule &&
                   one.duty->active_from == duty.active_from && one.duty->active_to == duty.active_to && duty.recurrence != Recurrence::immediate && duty.quota_min == one.duty->quota_min &&
                   duty.quota_max == one.duty->quota_max && duty.quota_unit == one.duty->quota_unit && duty.quota_per == one.duty->quota_per;
        };
        const auto found = std::ranges::find_if(asked_, same);
        if (found != asked_.end()) return found->all.push_back(&duty), found->numbers.push_back(number);
        asked_.push_back({&duty, {&duty}, group, receivers, {number}});
    }

    // Several are joined by 、 in the extract. Only the office: none to name.
    [[nodiscard]] std::vector<std::string> receivers_of(const Duty& duty) const {
        std::vector<std::string> out;
        bool office = false;
        for (std::size_t from = 0; from <= duty.recipient.size() && !duty.recipient.empty();) {
            const auto to = std::min(duty.recipient.find("、", from), duty.recipient.size());
            auto one = duty.recipient.substr(from, to - from);
            from = to + std::string("、").size();
            if (means_the_office(one, extract_.issuer)) office = true;
            else if (!one.empty() && std::ranges::find(out, one) == out.end()) out.push_back(std::move(one));
        }
        if (office && !out.empty()) out.insert(out.begin(), office_);
        return out;
    }

    std::string group_of(const std::string& words) {
        const auto at = static_cast<std::size_t>(std::ranges::find(groups_, words) - groups_.begin());
        if (at == groups_.size()) groups_.push_back(words);
        return "reporters_" + std::to_string(at + 1);
    }

    // --- campaign.yaml

    struct Span { std::string from, to; bool assumed; };
    [[nodiscard]] Span span() const {
        const auto said = campaign_span(extract_, issued_);
        auto from = said ? std::min(said->from, issued_) : issued_, to = said ? std::max(said->to, issued_) : issued_.substr(0, 4) + "-12-31";
        for (const auto& one : asked_) {
            auto duty = *one.duty;
            if (said) duty.due.reset();  // what is due after the end reports on the campaign and does not lengthen it
            const auto days = days_of(duty);
            if (!days.first.empty()) from = std::min(from, days.first);
            if (!days.last.empty()) to = std::max(to, days.last);
        }
        const bool as_said = said && said->said && from == said->from && to == said->to;
        const bool assumed = (!wishes_.from || !wishes_.to) && !as_said;
        from = wishes_.from.value_or(from);
        to = wishes_.to.value_or(to);
        return {from, std::max(from, to), assumed};
    }
    [[nodiscard]] std::string campaign() const {
        const auto [from, to, assumed] = span();
        auto out = "# Drafted from the notice's text; to be read against it before it is applied. Lines marked assumed are not in the notice.\n"
                   "id: " + id_ + "\ntitle: " + quoted(extract_.title.empty() ? "未命名的通知" : extract_.title) + "\nnotice:\n  title: " + quoted(extract_.title.empty() ? "未命名的通知" : extract_.title) + "\n";
        if (!extract_.doc_number.empty()) out += "  number: " + quoted(extract_.doc_number) + "\n";
        out += "  issuer: " + quoted(extract_.issuer.empty() ? office_ : extract_.issuer) + "\n  issued: " + issued_ + "\n" + supersedes_of(extract_) + phases_of(extract_);
        out += "period: {from: " + from + ", to: " + to + (assumed ? ", assumed: true" : "") + "}\noffice: " + quoted(office_) + "\n";
        if (!extract_.addressees.empty()) out += "addressees: [" + quoted(extract_.addressees) + "]\n";
        return out + leading_group_of(extract_);
    }

    // --- organizations.yaml: after the duties, which say whom they need

    [[nodiscard]] std::string organizations() const {
        std::set<std::string> known;
        std::vector<std::pair<Unit, std::string>> all;
        const auto add = [&](Unit unit, const std::string& kind) {
            if (known.insert(unit.name).second) all.emplace_back(std::move(unit), kind);
        };
        add(units_.one(office_), "office");
        for (const auto& one : asked_)
            for (const auto& receiver : one.receivers) add(units_.one(receiver), "receiver");
        std::string groups = "groups:\n";
        const auto asked = this->groups();
        for (std::size_t i = 0; i < asked.size(); ++i) {
            groups += "  - id: reporters_" + std::to_string(i + 1) + "\n    title: " + quoted(shortened(asked[i].words, 60)) + "\n    organizations:\n";
            std::set<std::string> named;
            for (const auto& unit : asked[i].units) {
                if (unit.name.empty() || !named.insert(unit.name).second) continue;
                const bool settled = unit.resolved || unit.name != unit.said;
                groups += "      - " + quoted(unit.name) + (settled ? "\n" : "  # in the notice's words: say which units these are\n");
                add(unit.name == unit.said ? Unit{unit.name, unit.level, unit.division, unit.resolved} : units_.one(unit.name), "reporter");
            }
        }
        std::string out = "# Who reports and who receives, by the words of the notice and the divisions of its issuer's place.\norganizations:\n";
        for (const auto& [unit, kind] : all)
            out += "  - {name: " + quoted(unit.name) + ", short: " + quoted(unit.name) + ", kind: " + kind + ", level: " + unit.level +
                   (unit.division.empty() ? "" : ", division: \"" + unit.division + "\"") + "}\n";
        return out + "\n" + groups;
    }

    // --- duties.yaml

    [[nodiscard]] std::string duties() const {
        std::string out = "# Each duty with the sentence of the notice that it comes from.\nduties:\n";
        for (std::size_t i = 0; i < asked_.size(); ++i) out += duty(asked_[i], "duty_" + std::to_string(i + 1));
        for (const auto& doubtful : extract_.duties)
            if (doubtful.optional) out += "# doubtful, not taken: " + shortened(one_line(doubtful.quote), 200) + "\n";
        return out;
    }

    [[nodiscard]] std::string duty(const Asked& asked, const std::string& id) const {
        const auto& first = *asked.duty;
        auto out = "  - id: " + id + "\n    title: " + quoted(title_of(asked)) + "\n    reporters: " + asked.group + "\n" + timetable(first, wishes_.from ? std::max(*wishes_.from, first_day(first)) : first_day(first));
        std::string receivers;
        for (const auto& receiver : asked.receivers) receivers += (receivers.empty() ? "{organization: " : ", {organization: ") + quoted(receiver) + "}";
        if (!receivers.empty()) out += "    receivers: [" + receivers + "]\n";
        else if (!first.recipient.empty() && first.recipient != office_) out += "    # goes to the office; in the notice's words: " + one_line(first.recipient) + "\n";
        if (std::ranges::any_of(asked.all, &Duty::nil)) out += "    nil_allowed: true\n";
        out += parts(asked);
        out += "    basis: {section: " + quoted(first.section.empty() ? "正文" : first.section) + ", clause: " + quoted(shortened(one_line(first.quote), 200)) + "}\n";
        for (const auto* one : asked.all)
            for (const auto& repair : one->repairs) out += "    # damaged in the text: " + one_line(repair) + "\n";
        if (first.due_readings) out += "    # nothing tells which day is meant: " + joined(*first.due_readings) + "\n";
        return out;
    }

    // Where the duty names no first day: the notice's own, or its month's first for what is asked of whole months. A month whose cut-off
    // leaves less than a week is not asked (ours).
    [[nodiscard]] std::string first_day(const Duty& duty) const {
        if (duty.recurrence != Recurrence::monthly) return issued_;
        const auto issued = parse_date(issued_);
        const auto first = issued_.substr(0, 8) + "01";
        if (!issued || !duty.due || duty.window_rule == "last-month" || duty.due->size() < 2 || (*duty.due)[0] != 'D' || duty.due->find(',') != std::string::npos) return first;
        const auto month = to_ymd(*issued);
        const auto due = to_date({month.year, month.month, std::atoi(duty.due->c_str() + 1)});
        return due - *issued < 7 ? format_date(month_last(*issued) + 1) : first;
    }

    [[nodiscard]] static std::string joined(const std::vector<std::string>& names) {
        std::string out;
        for (const auto& name : names) out += (out.empty() ? "" : "、") + name;
        return out;
    }
    [[nodiscard]] static std::string title_of(const Asked& asked) {
        std::string names;
        for (const auto* one : asked.all)
            for (const auto& material : one->materials) names += (names.empty() ? "" : "、") + material;
        return shortened(names.empty() ? one_line(asked.duty->quote) : names, 40);
    }

    [[nodiscard]] std::string parts(const Asked& asked) const {
        std::string out = "    parts:\n";
        int n = 0;
        for (const auto* one : asked.all) {
            auto materials = one->materials;
            if (materials.empty()) materials.push_back(shortened(one_line(one->quote), 20));
            if (one->quota_min || one->quota_max) materials = {joined(materials)};  // so many of all of them
            for (const auto& material : materials) out += part(*one, material, ++n);
        }
        return out;
    }

    // A number for each window or each month can be said in a pack; two a quarter of a monthly report can not, and is no number a month.
    [[nodiscard]] static bool counts_by_window(const Duty& duty) {
        const auto per = duty.quota_per.value_or("filing");
        const std::map<Recurrence, std::string> own{{Recurrence::daily, "day"}, {Recurrence::weekly, "week"}, {Recurrence::monthly, "month"}, {Recurrence::quarterly, "quarter"},
                                                    {Recurrence::halfyearly, "half"}, {Recurrence::yearly, "year"}};
        const auto found = own.find(duty.recurrence);
        return per == "month" || per == "filing" || found == own.end() || found->second == per;
    }

    // A form that the notice names has its columns elsewhere: it is handed in as a file until somebody gives the pack its form.
    [[nodiscard]] std::string part(const Duty& duty, const std::string& material, int n) const {
        const auto name = utf8::decode(material);
        const auto ends = [&](std::u32string_view tail) { return name.ends_with(tail) || name.ends_with(std::u32string(tail) + U"》"); };
        const bool file = ends(U"表") || ends(U"台账") || ends(U"台帐") || ends(U"清单") || ends(U"名单") || ends(U"照片") || ends(U"视频") || ends(U"回执");
        const auto form = ledgers_.form_for(material);
        auto out = "      - {id: part_" + std::to_string(n) + ", title: " + quoted(shortened(material, 60)) + ", kind: " + (!form.empty() ? "ledger, form: " + form : file ? "attachment" : "narrative");
        std::string papers;
        for (const auto& paper : duty.papers)
            if (paper == "e-copy" || paper == "stamped-scan") papers += (papers.empty() ? "" : ", ") + std::string(paper == "e-copy" ? "e_copy" : "stamped_scan");
        if (!papers.empty()) out += ", papers: [" + papers + "]";
        if ((duty.quota_min || duty.quota_max) && duty.quota_unit && counts_by_window(duty)) {
            out += ", quota: {" + (duty.quota_min ? "min: " + std::to_string(std::min(*duty.quota_min, 1'000'000)) + ", " : std::string());
            if (duty.quota_max && (!duty.quota_min || *duty.quota_max >= *duty.quota_min)) out += "max: " + std::to_string(std::min(*duty.quota_max, 1'000'000)) + ", ";
            out += "unit: " + quoted(*duty.quota_unit) + ", per: " + (duty.quota_per == "month" ? "month" : "window") + "}";
        }
        return out + "}\n";
    }

    const Extract& extract_;
    const Wishes& wishes_;
    std::string id_, issued_, office_;
    LedgerForms ledgers_;
    Units units_;
    std::deque<Duty> days_;
    std::vector<Asked> asked_;
    std::vector<std::string> groups_;  // the words of each, reporters_1 first
};

}  // namespace

Result<Files> draft(const Extract& extract, const std::string& id, const Wishes& wishes, const std::vector<organizations::Division>& divisions) {
    if (!is_id(id)) return Refusal{Code::invalid, "draft.id", {{"id", id}}, {}, {}};
    const auto day = extract.issue_date ? extract.issue_date : wishes.issued;
    if (!day || !parse_date(*day)) return Refusal{Code::invalid, "draft.no_issue_date", {}, {}, {}};
    if (wishes.from && wishes.to && *wishes.to < *wishes.from) return Refusal{Code::invalid, "draft.period", {}, {}, {}};
    if (std::ranges::all_of(extract.duties, &Duty::optional)) return Refusal{Code::invalid, "draft.no_duties", {}, {}, {}};
    const Drafter drafter(extract, wishes, id, *day, divisions);
    if (drafter.days() > kLongest) return Refusal{Code::invalid, "draft.period_long", {{"years", "10"}}, {}, {}};
    return drafter.files();
}

Origins origins(const Extract& extract, const Wishes& wishes, const std::vector<organizations::Division>& divisions) {
    return Drafter(extract, wishes, "draft", extract.issue_date.value_or(wishes.issued.value_or("")), divisions).origins();
}

std::vector<AskedGroup> groups(const Extract& extract, const Wishes& wishes, const std::vector<organizations::Division>& divisions) {
    return Drafter(extract, wishes, "draft", extract.issue_date.value_or(wishes.issued.value_or("")), divisions).groups();
}

}  // namespace anban::drafts
