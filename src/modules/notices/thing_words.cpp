#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

const Lexicon kRoles{
    U"组长", U"第一组长", U"执行组长", U"常务副组长", U"副组长", U"成员", U"成员单位", U"总指挥", U"第一总指挥", U"副总指挥", U"常务副总指挥", U"指挥长", U"副指挥长", U"总召集人", U"召集人", U"副召集人",
    U"主任", U"常务副主任", U"副主任", U"执行主任", U"名誉主任", U"委员", U"政委", U"副政委", U"秘书长", U"副秘书长", U"顾问", U"办公室主任", U"办公室副主任", U"主席", U"副主席", U"总协调人", U"总负责人", U"组员",
};

const Lexicon kPosts{
    U"长", U"主任", U"书记", U"主席", U"成员", U"负责人", U"负责同志", U"领导", U"经理", U"总监", U"总工程师", U"总工", U"政委", U"委员", U"调研员", U"巡视员", U"专员", U"秘书", U"干事", U"主管", U"科员", U"董事", U"副总", U"会长", U"常委", U"局领导", U"同志", U"参谋", U"站长", U"主任科员", U"指导员", U"教导员", U"协理员", U"安全员", U"代表", U"党委书记", U"工程师", U"总指挥", U"总会计师", U"理事",
};

// What a post or its office may begin with, behind a name.
const Lexicon kPostBegins{
    U"副", U"市", U"县", U"区", U"省", U"州", U"镇", U"乡", U"局", U"厅", U"党", U"主任", U"书记", U"院长", U"校长", U"站长", U"总", U"董事", U"经理", U"公司", U"集团", U"街道", U"常务", U"科长", U"处长", U"股长", U"分管", U"政委", U"安", U"主席", U"部长", U"办公室",
};

constexpr View kSurnames =
    U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤葛木克阿伊聂温恩"
    U"常乔赖庞樊兰殷施洪翟颜倪牛芦关岳齐沿梅左申焦欧阳诸司上官夏侯辛鲁耿尚章俞路管凌甄柯季曲屈裴单邢房涂祝苗卜柳霍卓成时解骆宁祁詹鲍戚窦井童游纪舒项盛阮解全桂艾蒲宫冉楚娄敬尤车丛封瞿燕边佟富丘华年伍易初迟谷闵喻冷应巩晏习仇牟荆娜热买吐努塔库";

// Offices that begin like a surname: a post of theirs holds no name.
const Lexicon kLikeSurnames{
    U"林业", U"林草", U"石油", U"石化", U"金融", U"高新", U"江北", U"江南", U"房产", U"房管", U"成员", U"管委", U"管理", U"华侨", U"车管", U"车间", U"边防", U"单位", U"全市", U"全县", U"全区", U"史志", U"方志", U"司法", U"应急", U"关工", U"上级", U"路政", U"路桥", U"华能", U"华电", U"时任", U"年度", U"万达", U"武警", U"武装", U"成教", U"易地", U"关区",
};

const Lexicon kEvents{
    U"举行", U"召开", U"举办", U"开展", U"启动", U"开始", U"结束", U"完成", U"抽查", U"检查", U"督查", U"督导", U"验收", U"评估", U"咨询", U"宣传", U"展览", U"展播", U"演练", U"会议", U"培训", U"考试", U"竞赛", U"决赛", U"初赛", U"施行", U"实施",
    U"执行", U"公布", U"上线", U"达到", U"达标", U"整改", U"组织", U"集中", U"整治", U"排查", U"巡查", U"夜查", U"领取", U"竣工", U"投入", U"拨付", U"建成", U"鉴定", U"改造", U"关闭", U"停产", U"停工", U"复工", U"清零", U"摸底", U"回头看", U"颁奖", U"表彰", U"观摩", U"活动",
    U"设立", U"挂牌", U"补建", U"部署", U"评审", U"复核", U"考核", U"会诊", U"清理", U"取缔", U"投用", U"联合登船", U"生效", U"废止", U"攻坚", U"行动", U"报到", U"答辩", U"路演", U"销号", U"不得上道路", U"播出", U"放映", U"值班", U"放假", U"体检", U"普查", U"登记", U"核查",
};

const Lexicon kSectors{
    U"燃气", U"城镇燃气", U"非煤矿山", U"煤矿", U"危险化学品", U"危化品", U"烟花爆竹", U"工贸", U"建设", U"建筑施工", U"建筑", U"消防", U"交通", U"道路交通", U"道路运输", U"水上交通", U"特种设备", U"农机", U"渔业", U"渔业船舶", U"民爆", U"民爆器材", U"冶金", U"粉尘", U"涉爆粉尘", U"有限空间", U"旅游", U"文旅", U"教育", U"校园", U"水利", U"电力", U"气象", U"铁路", U"民航", U"邮政", U"寄递", U"商贸", U"养老", U"医疗", U"自建房", U"城市运行", U"森林防火", U"尾矿库",
};

}  // namespace

bool announces_steps(View title) {
    return contains_any(title, {U"步骤", U"时间安排", U"进度安排", U"时间进度", U"时间节点", U"阶段安排", U"阶段划分", U"推进安排", U"日程安排", U"方法步骤", U"时间和步骤", U"行动时间", U"工作时间", U"实施阶段", U"工作阶段", U"时间与安排", U"实施安排", U"工作进度", U"进程安排", U"时间及步骤", U"工作时段"}) ||
           ends_with_any(title, {U"阶段", U"工作安排", U"活动安排", U"整治时间", U"活动时间", U"检查时间"});
}

bool announces_tasks(View title) {
    if (contains_any(title, {U"报送", U"报告内容", U"考核", U"评估", U"验收", U"评分", U"填报", U"上报", U"检查方式"})) return false;
    return contains_any(title, {U"任务", U"工作内容", U"活动内容", U"主要内容", U"整治内容", U"整治重点", U"排查重点", U"排查内容", U"检查内容", U"检查重点", U"工作重点", U"重点工作", U"重点内容", U"治理重点", U"治理内容", U"工作措施", U"主要措施", U"重点措施", U"主要工作", U"行动内容", U"重点事项", U"活动安排",
                                U"攻坚重点", U"重点行动", U"具体行动", U"主要行动", U"整治范围", U"整治事项", U"活动项目", U"具体措施", U"重点环节", U"重点领域", U"行动重点", U"活动形式", U"重点活动", U"主要活动", U"工作举措", U"主要举措", U"重点举措", U"活动方式", U"巡查重点", U"巡查内容", U"督查重点", U"执法重点", U"宣传重点", U"行动分工", U"重点及分工", U"工作要点"});
}

bool announces_evaluation(View title) {
    return contains_any(title, {U"评估要点", U"评估内容", U"评估重点", U"评估指标", U"评价内容", U"评价指标", U"考核内容", U"考核指标", U"考核要点", U"考评内容", U"验收内容", U"验收标准", U"验收要点", U"评分标准", U"评分细则", U"考核标准", U"考核重点", U"验收重点", U"评价要点", U"检查评估内容", U"考评标准", U"考评要点", U"考核评分"});
}

View role_at(View text, std::size_t at) { return kRoles.longest_at(text, at); }

bool ends_as_post(View words) {
    if (words.ends_with(U')') && words.rfind(U'(') != View::npos) words = words.substr(0, words.rfind(U'('));
    return words.size() >= 2 && kPosts.ends(words);
}

std::size_t post_end_in(View words) {
    for (auto to = words.size(); to >= 2; --to)
        if (kPosts.ends(words.substr(0, to))) return to;
    return 0;
}

std::size_t name_before_post(View words) {
    std::size_t some = 0;  // 张某某, 李XX
    for (std::size_t at = 1; at < words.size() && at < 4; ++at)
        if (View(U"某XＸ×*").find(words[at]) != View::npos) some = at + 1;
    if (some != 0 && some < words.size()) return some;
    if (words.size() < 5 || !ends_as_post(words) || kLikeSurnames.begins(words) || kSurnames.find(words[0]) == View::npos) return 0;
    for (const std::size_t n : {std::size_t{3}, std::size_t{2}, std::size_t{4}})
        if (n < words.size() && kPostBegins.begins(words.substr(n))) return n;
    return 0;
}

bool may_be_name(View word) {
    if (word.find(U'·') != View::npos) return word.size() <= 16;
    return word.size() >= 2 && word.size() <= 4 && word.find_first_of(U"、,。:;()《》“”-0123456789") == View::npos && !ends_as_post(word) && !ends_as_office(word);
}

bool is_event(View clause) {
    for (std::size_t at = 0; at < clause.size(); ++at)
        if (!kEvents.longest_at(clause, at).empty()) return true;
    return false;
}

bool cites(View behind) {
    return starts_with_any(behind, {U"印发", U"下发", U"发布的", U"发出", U"颁布", U"制定", U"修订", U"发的", U"通过", U"公布的", U"转发", U"以来", U"出台", U"第", U"修正", U"施行的", U"实施的", U"执行的", U"起施行的", U"起实施的"});
}

std::vector<View> split_sectors(View words) {
    std::vector<View> out;
    for (std::size_t at = 0; at < words.size();) {
        const auto word = kSectors.longest_at(words, at);
        if (word.empty()) return {words};
        out.push_back(word);
        at += word.size();
    }
    return out;
}

}  // namespace anban::notices
