#include "modules/notices/office.h"

#include <algorithm>
#include <map>

#include "core/utf8.h"
#include "modules/notices/scan.h"

namespace anban::notices {
namespace {

using View = std::u32string_view;

// 国家 5, 省 4, 市州 3, 县区 2, 乡镇 1; 0 unknown.
int level_of(View name) {
    const auto has = [&](Words words) { return contains_any(name, words); };
    if (has({U"国务院", U"国家", U"部委"}) || name.ends_with(U"部")) return 5;
    if (has({U"省", U"自治区", U"厅"})) return 4;
    if (has({U"州", U"盟"}) || name.starts_with(U"市") || (name.find(U'市') != View::npos && !has({U"县级市", U"县"}))) return 3;
    if (has({U"县", U"区", U"旗"})) return 2;
    return has({U"乡", U"镇", U"街道"}) ? 1 : 0;
}
// Whom the notice comes from: its issuer, or else the receiver of most.
std::u32string office(const Duties& out, const std::u32string& issuer) {
    if (!issuer.empty()) return issuer;
    std::map<std::string, int> votes;
    for (const auto& duty : out.owed)
        if (!duty.recipient.empty()) ++votes[duty.recipient];
    const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    return most == votes.end() || most->second < 2 ? std::u32string() : utf8::decode(most->first);
}

}  // namespace

// What somebody of the office's own level, named alone, will report is no duty of its readers: 县综治办按季报市综治办.
void part_the_offices_own(Duties& out, const std::u32string& issuer) {
    const auto from = office(out, issuer);
    const int level = level_of(from);
    const auto is_own = [&](const Duty& duty) {
        const auto who = utf8::decode(duty.reporters), whom = utf8::decode(duty.recipient);
        const bool we = who.starts_with(U"我局") || who.starts_with(U"我委") || who.starts_with(U"我办") || who.starts_with(U"我司") || who.starts_with(U"我厅") || who.starts_with(U"本局") || who.starts_with(U"本办");
        const bool named = who.size() >= 3 && !from.empty() && (from.ends_with(who) || who.ends_with(from));
        const bool alone = !who.empty() && !contains_any(who, {U"各", U"所有", U"有关", U"、", U"部门", U"单位", U"企业", U"成员"});
        const bool upward = we || named || (level != 0 && level_of(whom) > level) || contains_any(whom, {U"领导", U"政府", U"党委"});
        const bool self = we || named || (level != 0 && level_of(who) == level && ends_with_any(who, {U"办", U"办公室", U"专班", U"小组", U"值班室", U"委会"}));
        return alone && self && (upward || duty.recipient.empty()) && !duty.event;
    };
    const auto own = std::stable_partition(out.owed.begin(), out.owed.end(), [&](const Duty& duty) { return !is_own(duty); });
    std::move(own, out.owed.end(), std::back_inserter(out.office));
    out.owed.erase(own, out.owed.end());
}

// Where no clause says to whom: to whom most of the others go, if one receiver has most of them.
void name_receivers(Duties& out) {
    std::map<std::string, int> votes;
    int all = 0;
    for (const auto& duty : out.owed)
        if (!duty.recipient.empty() && !duty.event && duty.recipient.find('@') == std::string::npos) ++votes[duty.recipient], ++all;
    const auto most = std::ranges::max_element(votes, {}, [](const auto& vote) { return vote.second; });
    if (most == votes.end() || most->second * 2 <= all) return;
    for (auto& duty : out.owed)
        if (duty.recipient.empty()) duty.recipient = most->first;
}

}  // namespace anban::notices
