#include "modules/notices/words.h"

namespace anban::notices {
namespace {

using View = std::u32string_view;

const Lexicon kVerbs{
    // to report
    U"报送至", U"报送到", U"报送给", U"报送", U"上报至", U"上报到", U"上报给", U"上报", U"呈报", U"呈送", U"呈交", U"报备至", U"报备", U"书面报至", U"书面报告", U"书面报", U"汇总报送", U"统一报送", U"一并报送", U"分别报送", U"分别上报", U"统一上报", U"书面报送", U"汇总上报", U"汇总报", U"统一报", U"一并报", U"分别报", U"报告至",
    U"报告给", U"报告", U"报至", U"报到", U"报给", U"报请", U"报来", U"报出", U"报回", U"报交", U"填报", U"填写上报", U"编报", U"申报", U"备案", U"续报", U"加报", U"补报", U"终报", U"核报", U"函报", U"提报", U"直报", U"速报", U"详报", U"转报",
    U"零报告", U"报平安", U"汇报", U"电话报告", U"口头报告", U"文字报告", U"当面报告", U"抄送至", U"抄送", U"抄报", U"抄告", U"汇送", U"填送", U"函送", U"递送", U"补送", U"报寄", U"转送", U"传送", U"供稿",
    // to hand over
    U"提交至", U"提交到", U"提交给", U"补录到", U"补录", U"填写到", U"填写", U"提交", U"递交", U"上交", U"转交", U"补交", U"送交", U"移交至", U"移交给", U"移交", U"交至", U"交到", U"交给", U"交回", U"交来", U"交出", U"送至", U"送到", U"送达", U"送回", U"送给", U"寄送至", U"寄送", U"寄至", U"寄达", U"寄回", U"寄交", U"寄往",
    U"发送至", U"发送到", U"发送", U"发至", U"发到", U"发给", U"发往", U"发回", U"传至", U"网传", U"快报至", U"快报", U"传到", U"传给", U"传回", U"传真至", U"传真到", U"传真报", U"上传至", U"上传到", U"上传", U"录入", U"回传", U"推送至", U"推送到", U"推送", U"推荐至", U"推荐上报", U"移送", U"返回至", U"返至", U"返回", U"回复至", U"回执至",
    // to answer, to let know
    U"反馈至", U"反馈到", U"反馈给", U"反馈", U"回函", U"致函", U"回告", U"转告", U"邮寄至", U"邮寄到", U"邮寄", U"快递至", U"快递到", U"电邮至", U"发邮件至", U"上缴", U"汇交", U"呈递", U"报批", U"报审", U"送审", U"函告", U"函复", U"复函", U"传真", U"首报", U"电告", U"书面告知", U"告知", U"反映至", U"送",
};

// Said of much else too.
const Lexicon kLoose{U"提供", U"说明", U"通报", U"回复", U"回覆", U"提出", U"知会", U"回报", U"报告", U"反映", U"补填", U"更新", U"告诉", U"发布到", U"推荐", U"报名", U"打电话给", U"打电话", U"通知", U"申请", U"登记", U"作出", U"写出", U"出具", U"补全", U"补办"};

// 报 that belongs to the word before or behind it.
bool part_of_longer(View text, std::size_t from, std::size_t to, View verb) {
    const char32_t before = from > 0 ? text[from - 1] : U'\0', after = to < text.size() ? text[to] : U'\0';
    const auto is = [](char32_t c, View of) { return of.find(c) != View::npos; };
    if (verb == U"报" && before == U'接') return from < 2 || text[from - 2] != U'直';
    if (verb == U"报" && is(before, U"专快速详")) return from < 2 || !is(text[from - 2], U"内前时");  // 于24小时内专报
    if (verb == U"报" && before == U'日' && from >= 2 && is(text[from - 2], U"0123456789十")) return is(after, U"表刊告道警废名社酬复");  // 每月10日报联席办
    if (verb == U"报") return is(before, U"举通简专月周日年快预海情播电公瞒谎漏迟申警捷墙小早晚党战喜汇填上呈速续季旬") || is(after, U"道警废批刊纸名表社酬复效考怨单销国仇答恩");
    if (verb == U"送") return is(before, U"报抄呈寄发推传递运护输转赠接配欢遣移") || is(after, U"货餐教温医检审样电气水法达交至到") || after == U'\0';
    if (verb == U"通报") return !ends_with_any(text.substr(0, from), {U"书面", U"及时", U"立即", U"前", U"内", U"同时", U"即"}) && text.substr(from > 24 ? from - 24 : 0, from > 24 ? 24 : from).find(U'向') == View::npos;
    if (verb == U"说明" || verb == U"提供" || verb == U"更新" || verb == U"推荐" || verb == U"回复") return is(before, U"的《“下上附明供") || is(after, U"书会函》”的表信");
    if (verb == U"报告" && before == U'况') {  // 将整改情况报告街道应急办
        auto rest = text.substr(to, 20);
        rest = rest.substr(0, rest.find_first_of(U",。;、()\n"));
        if (rest.size() > 1 && ends_as_office(rest)) return false;
    }
    if (verb == U"报告" && is(after, U"单表书会")) return true;  // 险情报告单
    if (verb == U"报告") return is(before, U"结评查作总估析况究研测察") || ends_with_any(text.substr(0, from), {U"接到", U"收到", U"接", U"的", U"专题", U"《", U"“"});
    if (verb == U"申报") return is(after, U"表书人条") || is(before, U"害");
    if (verb == U"反馈" && ends_with_any(text.substr(0, from), {U"接到", U"收到", U"的", U"对"})) return true;
    if (verb == U"传真") return is(after, U"件机号电:");
    if (verb.starts_with(U"发")) return is(before, U"转印下颁签分批");
    if (verb == U"快报" || verb == U"直报") return is(before, U"《“的、") || is(after, U"系平网后中制员表信的,。;:、)");
    if (verb == U"填写" || verb == U"补录") return text.substr(from > 24 ? from - 24 : 0, from > 24 ? 24 : from).find(U"系统") == View::npos && text.substr(to, 24).find(U"系统") == View::npos;
    const auto shortly = text.substr(from > 24 ? from - 24 : 0, from > 24 ? 24 : from);
    if (verb == U"备案") {  // by itself, not the end of 报…备案 and no thing of that name
        auto words = text.substr(from > 60 ? from - 60 : 0, from > 60 ? 60 : from);
        if (const auto mark = words.find_last_of(U",;:。\n"); mark != View::npos) words.remove_prefix(mark + 1);
        return words.find(U'报') != View::npos || ends_with_any(words, {U"未", U"已", U"的"}) || is(after, U"的表号制材登手率审情") || starts_with_any(text.substr(to), {U"后方可", U"后"});
    }
    if (verb == U"通知") return is(before, U"的本该此《关据原上达下印") || is(after, U"》”)的要精如下印书,。;、:") || ends_with_any(shortly, {U"本", U"下发", U"印发", U"收到", U"接到"});
    if (verb == U"申请" || verb == U"登记" || verb == U"作出" || verb == U"写出" || verb == U"出具") return (shortly.find(U'向') == View::npos && !shortly.ends_with(U"书面")) || is(before, U"出的《“") || is(after, U"人书表的,》");  // never alone: "报…备案" has its verb
    if (verb == U"录入" || verb == U"上传" || verb == U"反馈" || verb == U"提交" || verb == U"填报" || verb == U"上报" || verb == U"报送" || verb == U"汇报")
        return is(after, U"人") || after == U'率';
    return false;
}

bool nominal(View text, std::size_t from, std::size_t to) {
    const auto left = text.substr(0, from), right = text.substr(to);
    auto clause = right.substr(0, 24);
    clause = clause.substr(0, clause.find_first_of(U",。;\n"));
    if (contains_any(clause, {U"的要求", U"等要求", U"相关要求", U"的规定", U"的通知》"})) return true;  // 按月报送情况等相关要求
    if (starts_with_any(right, {U"相关事项", U"有关事项", U"事项", U"有关问题", U"的有关"})) return true;
    if (right.starts_with(U"批评") || ends_with_any(left, {U"做好", U"加强", U"规范", U"改进", U"提高", U"完善", U"抓好", U"负责"})) return true;
    if (starts_with_any(right, {U"了", U"过"})) return true;
    if (starts_with_any(right, {U"系统", U"平台", U"网站"}) && right.size() > 2 && View(U",。;、()\n").find(right[2]) == View::npos) return true;  // 报送系统填报
    if (right.starts_with(U':') || right.starts_with(U"时间") || right.starts_with(U"时限")) return true;
    if (right.starts_with(U"工作") && !starts_with_any(right.substr(2), {U"总结", U"小结", U"方案", U"情况", U"动态", U"进展", U"信息", U"计划", U"报告", U"台账", U"简报", U"开展", U"亮点", U"成效", U"推进", U"落实", U"联络员", U"要点", U"月报", U"周报", U"统计", U"汇报", U"材料"})) return true;
    if (starts_with_any(right, {U"制度", U"职责", U"质量", U"渠道", U"机制", U"流程", U"程序", U"不及时", U"及时性", U"率", U"要求", U"任务,", U"任务。", U"任务的", U"责任", U"纪律",
                                U"方式", U"途径", U"单位(", U"单位:", U"人员", U"系统建设", U"内容", U"时限要求", U"范围", U"口径", U"数据质量", U"不实", U"时间节点"}))
        return true;
    if (ends_with_any(left, {U"未", U"未按时", U"未及时", U"不", U"不按时", U"不按要求", U"不及时", U"迟", U"漏", U"瞒", U"谎", U"逾期", U"已", U"拒不", U"未按要求", U"不再", U"不得", U"不要求", U"不用", U"不必", U"无需", U"不需", U"未按规定"}))
        return true;
    return ends_with_any(left, {U"信息", U"材料的", U"数据的"}) && starts_with_any(right, {U"情况", U"的", U",", U"、", U"和"});
}

const Lexicon kMaterials{
    U"方案", U"计划", U"总结", U"报告", U"统计表", U"报表", U"台账", U"台帐", U"清单", U"名单", U"信息", U"情况", U"材料", U"表", U"回执", U"数据", U"动态", U"简报", U"月报", U"周报", U"季报",
    U"日报", U"年报", U"快报", U"专报", U"联络员", U"案例", U"照片", U"视频", U"影像", U"资料", U"图片", U"预案", U"意见", U"建议", U"做法", U"成效", U"亮点", U"经验", U"文件", U"清册", U"目录", U"档案", U"记录",
    U"问题", U"进展", U"结果", U"成果", U"稿件", U"稿", U"信息员", U"责任人", U"承诺书", U"责任书", U"责任状", U"规划", U"要点", U"措施", U"制度", U"细则", U"小结", U"汇总表", U"附件", U"申请", U"请示", U"函", U"论文",
    U"作品", U"文章", U"事项", U"线索", U"隐患", U"底数", U"联系人", U"联系方式", U"电子版", U"纸质版", U"扫描件", U"举措", U"通讯录", U"安排", U"进度", U"指标", U"人员", U"单位", U"企业", U"事故", U"汇编", U"图文", U"决定", U"凭证", U"证明", U"登记表", U"推荐表", U"自评", U"评估", U"分析", U"工作", U"次数", U"人数", U"数", U"数量", U"检查", U"水情", U"雨情", U"险情", U"灾情", U"火情", U"典型", U"亮点", U"姓名", U"职务", U"登记", U"备案表", U"说明", U"复印件", U"名册", U"花名册", U"截图", U"单", U"图", U"书", U"卡", U"答复", U"意见书", U"申请书", U"宣传",
};

const Lexicon kOffices{
    U"局", U"厅", U"委", U"办", U"部", U"处", U"科", U"股", U"室", U"所", U"院", U"站", U"队", U"中心", U"公司", U"企业", U"单位", U"部门", U"政府", U"街道", U"镇", U"乡", U"县", U"区", U"市", U"州", U"省",
    U"办事处", U"管委会", U"委员会", U"办公室", U"小组", U"学校", U"医院", U"机构", U"集团", U"开发区", U"村", U"社区", U"邮箱", U"信箱", U"司", U"平台", U"系统", U"邮件", U"群", U"指挥部", U"防指", U"专班", U"组", U"会", U"(市、区)", U"政务通", U"粤政易", U"钉钉", U"局(科)", U"省厅", U"我局", U"联席办", U"机关", U"处室", U"科室", U"场", U"高校", U"各校", U"各地", U"园区", U"法人", U"负责人", U"监测员", U"支书", U"项目部", U"合作社", U"矿", U"经理", U"专班", U"单位)", U"局)", U"项目", U"机构)", U"街道)", U"县(区)", U"社区)", U"店", U"厂", U"船东", U"业主", U"党委", U"支部", U"党组", U"协会", U"兵团", U"铁路", U"海关", U"法院", U"检察院", U"总社", U"总会", U"园", U"街", U"人员", U"领导", U"网格员", U"省级", U"市级", U"县级", U"区级", U"站)", U"会)", U"(居)", U"(街道)", U"户", U"副总", U"总经理", U"校长", U"院长", U"船长", U"队长", U"站长", U"楼长", U"网格长", U"护士长", U"主任", U"教师", U"安全员", U"值班员", U"分会", U"旅行社", U"景区", U"经营人", U"派出所", U"班组", U"车间", U"馆", U"中队", U"大队",
};

// 交镇应急办, 发…邮箱, 前寄: verbs only where an office or a mailbox follows, or right behind a deadline.
bool hands_over(View text, std::size_t at) {
    if (View(U"交发传寄转").find(text[at]) == View::npos) return false;
    if (at > 0 && View(U"提递移上社外成转印下颁开批签收接群分出引触突证散首公沟地研核运激喷宣流周旋翻邮遗诱沪京已").find(text[at - 1]) != View::npos) return false;
    auto rest = text.substr(at + 1, 40);
    rest = rest.substr(0, rest.find_first_of(U",。;()\n"));
    if (starts_with_any(rest, {U"给各", U"给你"})) return false;  // 转给各校
    if (rest.empty()) return ends_with_any(text.substr(0, at), {U"前", U"内"});
    if (rest.size() > 24 || starts_with_any(rest, {U"通", U"警", U"管", U"巡", U"办", U"流", U"叉", U"接", U"由", U"生", U"现", U"展", U"放", U"布", U"出", U"播", U"染", U"统", U"达", U"变", U"移", U"为", U"包", U"让", U"岗", U"型", U"产", U"入", U"电", U"动", U"文", U"票", U"挥", U"证", U"热", U"言", U"《"})) return false;
    const bool limited = ends_with_any(text.substr(0, at), {U"前", U"内", U"日", U"将", U"后", U"时", U"统一", U"一并", U"及时", U"按时", U"并", U"书面", U"格式", U"形式", U"方式", U"直接", U"网", U"先", U"后", U"再", U"须", U"应", U"要", U"请", U"即", U"同期"});
    if (starts_with_any(rest, {U"一份", U"一篇", U"1份", U"一张"}) && text[at] == U'交') return true;
    const auto left = text.substr(0, at);
    const bool by_office = text[at] == U'交' && ends_as_office(left.substr(left.size() > 4 ? left.size() - 4 : 0)) && ends_as_material(rest);
    if (by_office) return true;  // 各分会交书面总结
    if (text[at] == U'发') return ends_with_any(rest, {U"邮箱", U"信箱", U"群", U"群里", U"平台", U"云盘", U"系统", U"网格员"}) || (limited && ends_as_office(rest));
    return ends_as_office(rest) || (limited && ends_as_material(rest));
}

// 提交回头看报告, 报送情况说明: the name of what another verb hands over.
bool names_a_paper(View text, const std::vector<VerbWord>& verbs, const VerbWord& verb) {
    const auto word = text.substr(verb.from, verb.to - verb.from);
    if (word != U"报告" && word != U"说明" && word != U"汇报" && word != U"通报" && word != U"反馈" && word != U"申请" && word != U"登记" && !word.ends_with(U"报告")) return false;
    if (verb.from > 0 && text[verb.from - 1] == U'的') return true;
    const auto after = verb.to < text.size() ? text[verb.to] : U'\n';
    if (View(U",。;、\n)(和及与并至到").find(after) == View::npos) return false;
    return std::ranges::any_of(verbs, [&](const VerbWord& other) {
        return other.to <= verb.from && verb.from - other.to <= 24 && verb.from > other.to && text.substr(other.to, verb.from - other.to).find_first_of(U",;:。\n内前") == View::npos;
    });
}

}  // namespace

std::vector<VerbWord> verbs_in(View text, std::size_t from, std::size_t to) {
    std::vector<VerbWord> out;
    int quoted = 0;
    for (std::size_t at = from; at < to;) {
        if (text[at] == U'《') ++quoted;
        if (text[at] == U'》' && quoted > 0) --quoted;
        View best = quoted == 0 ? kVerbs.longest_at(text, at) : View();
        const auto vague = quoted == 0 ? kLoose.longest_at(text, at) : View();
        const bool loose = vague.size() > best.size();
        if (loose) best = vague;
        const bool plain = best.empty() && quoted == 0 && (text[at] == U'报' || hands_over(text.substr(0, to), at));
        if (plain) best = text.substr(at, 1);
        if (best.empty()) {
            ++at;
            continue;
        }
        const auto end = at + best.size();
        if (end <= to && !part_of_longer(text, at, end, best) && !nominal(text.substr(0, to), at, end))
            out.push_back({at, end, plain, loose, best.starts_with(U"抄")});
        at = end;
    }
    const auto whole = out;
    std::erase_if(out, [&](const VerbWord& verb) {
        return names_a_paper(text, whole, verb) || std::ranges::any_of(whole, [&](const VerbWord& next) { return next.from == verb.to; });  // 更新上报
    });
    return out;
}

bool ends_as_material(View words) { return words.ends_with(U'》') || kMaterials.ends(words); }
bool ends_as_office(View words) { return kOffices.ends(words); }

bool names_reporters(View words) {
    return contains_any(words, {U"各", U"有关", U"相关", U"全体", U"所有", U"成员单位", U"牵头", U"责任单位", U"市直", U"县直", U"区直", U"镇", U"乡", U"街道", U"企业", U"学校", U"县区", U"单位", U"部门", U"市州", U"科室", U"机构"}) &&
           words.size() <= 60;
}

std::vector<View> listed(View words) {
    std::vector<View> out;
    int depth = 0;
    std::size_t from = 0;
    const auto close = [&](std::size_t to, std::size_t next) {
        if (to > from) out.push_back(words.substr(from, to - from));
        from = next;
    };
    for (std::size_t i = 0; i < words.size(); ++i) {
        const char32_t c = words[i];
        if (c == U'《' || c == U'(' || c == U'“') ++depth;
        if (c == U'》' || c == U')' || c == U'”') --depth;
        if (depth > 0) continue;
        if (c == U'》' && i + 1 < words.size() && words[i + 1] == U'《') {  // 《表一》《表二》
            close(i + 1, i + 1);
            continue;
        }
        if (c == U'、' || c == U',') close(i, i + 1);
        else if (words.substr(i, 2) == U"以及") close(i, i + 2), ++i;
        else if ((c == U'和' || c == U'及' || c == U'与') && i > from + 1 && i + 2 < words.size() && words.substr(i, 2) != U"及时" && words.substr(i, 2) != U"及其" && words.substr(i, 2) != U"和谐") close(i, i + 1);
    }
    close(words.size(), words.size());
    return out;
}

}  // namespace anban::notices
