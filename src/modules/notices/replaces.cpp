// Earlier papers that this one ends or changes: 《…》(…号)同时废止, 中关于…的要求调整为按本通知执行, 与本通知不一致的以本通知为准.
#include <algorithm>

#include "modules/notices/page.h"

namespace anban::notices {
namespace {

bool ends_papers(View words) {
    if (contains_any(words, {U"废止", U"停止执行", U"不再执行", U"不再适用", U"停止使用", U"停止实施", U"不再实施", U"终止执行", U"自行失效", U"同时失效", U"予以撤销", U"予以取代", U"予以替代"})) return true;
    if (contains_any(words, {U"作废"}) && contains_any(words, {U"通知", U"文件", U"方案", U"办法", U"规定", U"制度", U"版", U"》"})) return true;
    const bool this_paper = contains_any(words, {U"以本通知为准", U"以此通知为准", U"以本方案为准", U"以本办法为准", U"以本文件为准", U"以本意见为准", U"以本文为准", U"以本函为准", U"以本规定为准", U"以此为准", U"以本细则为准", U"按本通知", U"按照本通知", U"按此通知", U"按本方案执行", U"按本办法执行", U"依本通知", U"以这次通知为准", U"以本次通知为准"});
    const bool earlier = contains_any(words, {U"原", U"此前", U"以前", U"以往", U"过去", U"不一致", U"不符", U"相抵触", U"之前", U"调整为", U"先前", U"前发", U"有出入", U"已印发", U"有冲突"});
    if (this_paper && earlier) return true;
    return words.find(U'》') != View::npos && contains_any(words, {U"调整为", U"修改为", U"变更为", U"改为", U"取代《", U"代替《", U"替代《", U"更正为"});
}

class ReplacedReader {
public:
    explicit ReplacedReader(const Page& page) : page_(page), plain_(page.plain()) {}

    std::vector<Replaced> read() {
        for (const auto& sentence : page_.head.sentences) {
            const Span span{sentence.from, sentence.to};
            const auto words = page_.words(span);
            if (out_.size() >= kMostThings) break;
            if (ends_papers(words)) read(span);
            else if (changes_the_former(words) && !former_.empty()) add_titled(former_, former_.from, former_end_, {former_.from, former_end_}), former_ = {};
            remember(span);
        }
        return std::move(out_);
    }

private:
    void read(Span sentence) {
        const auto from = begin_of(sentence);
        std::vector<Span> titles;
        for (auto at = from; at < sentence.to; ++at) {
            if (plain_[at] != U'《') continue;
            auto to = at + 1;
            for (int depth = 1; to < sentence.to && depth > 0; ++to) depth += plain_[to] == U'《' ? 1 : plain_[to] == U'》' ? -1 : 0;
            if (plain_[to - 1] == U'》' && to > at + 4 && !cited({from, at})) titles.push_back({at, to});
            at = to - 1;
        }
        for (std::size_t i = 0; i < titles.size() && i < 20; ++i) add_titled(titles[i], i == 0 ? from : titles[i - 1].to, i + 1 < titles.size() ? titles[i + 1].from : sentence.to, {from, sentence.to});
        if (titles.empty()) add_untitled({from, sentence.to});
    }
    // 对原通知有关时限作如下调整: the paper that was named before.
    static bool changes_the_former(View words) {
        return contains_any(words, {U"原通知", U"原方案", U"原文件", U"原办法", U"上述通知", U"该通知"}) && contains_any(words, {U"调整", U"修改", U"变更", U"改为", U"补充"}) && words.find(U'《') == View::npos;
    }
    void remember(Span sentence) {
        const auto words = page_.words(sentence);
        const auto open = words.find(U'《'), close = words.find(U'》');
        if (open == View::npos || close == View::npos || close < open + 6 || !ends_with_any(words.substr(0, close), {U"通知", U"方案", U"意见", U"办法", U"规定", U"制度", U"函"})) return;
        former_ = {sentence.from + open, sentence.from + close + 1};
        former_end_ = sentence.to;
    }
    // 本办法自6月1日起施行,《…》同时废止: what stands before the clause of the paper is not about it.
    [[nodiscard]] std::size_t begin_of(Span sentence) const {
        const auto words = page_.words(sentence);
        const auto own = words.find(U"施行");
        const auto mark = own == View::npos ? View::npos : words.find(U',', own);
        return mark == View::npos ? sentence.from : sentence.from + mark + 1;
    }
    // 根据《…》, 按照《…》 is a paper that this one obeys.
    [[nodiscard]] bool cited(Span left) const {
        auto words = page_.words(left);
        if (const auto mark = words.find_last_of(U",;。》"); mark != View::npos) words.remove_prefix(mark + 1);
        return starts_with_any(words, {U"根据", U"依据", U"按照", U"参照", U"依照"}) || ends_with_any(words, {U"根据", U"依据", U"按照", U"执行", U"参照"});
    }

    void add_titled(Span title, std::size_t left, std::size_t right, Span sentence) {
        const auto behind = page_.words({title.to, std::min(right, sentence.to)});
        Replaced one{{}, 0, 0, utf8::encode(page_.words({title.from + 1, title.to - 1})), {}, {}, {}};
        auto to = title.to;
        if (behind.starts_with(U'(')) {
            const auto end = std::min(behind.find(U')'), behind.size() - 1);
            const auto note = behind.substr(1, end - 1);
            one.doc_number = utf8::encode(number_in(note));
            one.issue_date = day_in(note);
            to += end + 1;
        }
        if (!one.issue_date) one.issue_date = day_in(page_.words({left, title.from}));
        one.scope = utf8::encode(scope_in(page_.words({to, std::min(right, sentence.to)})));
        const bool last = right >= sentence.to;
        page_.place(one, bare(plain_, {first_word(left, title.from), last ? end_of(to, sentence.to) : to}));
        out_.push_back(std::move(one));
    }
    [[nodiscard]] std::size_t first_word(std::size_t left, std::size_t title) const {
        auto from = title;
        while (from > left && View(U",;。:》").find(plain_[from - 1]) == View::npos) --from;
        return from;
    }
    [[nodiscard]] std::size_t end_of(std::size_t from, std::size_t to) const {
        for (auto at = from; at < to; ++at)
            if (plain_[at] == U';') return at;
        return to;
    }
    // 原按月报送的要求与本通知不一致的,以本通知为准; also by number alone: 县安办〔2019〕4号文停止执行.
    void add_untitled(Span sentence) {
        const auto words = page_.words(sentence);
        Replaced one;
        const auto number = number_in(words);
        one.doc_number = utf8::encode(number.starts_with(U'原') ? View(number).substr(1) : View(number));
        const bool named = !one.doc_number.empty() || contains_any(words, {U"通知", U"文件", U"方案", U"办法", U"规定", U"制度", U"要求", U"做法", U"口径", U"表"});
        const bool about_others = contains_any(words, {U"已废止", U"废止的", U"废止情况", U"许可证", U"资质", U"牌照"});
        if (!named || about_others) return;
        const auto mark = words.find(U',');
        if (one.doc_number.empty()) one.scope = utf8::encode(words.substr(0, std::min<std::size_t>(mark, 60)));
        else one.scope = utf8::encode(scope_in(words.substr(std::min(words.find(U'号') + 1, words.size()))));
        one.issue_date = one.doc_number.empty() ? std::nullopt : day_in(words.substr(0, words.find(U'[')));
        page_.place(one, bare(plain_, sentence));
        out_.push_back(std::move(one));
    }

    // 中关于按月报送的要求, 中的月报时间: which of its rules.
    static View scope_in(View behind) {
        if (behind.starts_with(U'文')) behind.remove_prefix(1);
        const bool inside = behind.starts_with(U'中') || behind.starts_with(U'第') || starts_with_any(behind, {U"规定的", U"关于", U"有关", U"所列", U"要求的", U"明确的", U"附件"});
        if (!inside) return {};
        for (const View lead : {View(U"中的"), View(U"中"), View(U"规定的"), View(U"要求的"), View(U"明确的"), View(U"关于"), View(U"有关"), View(U"所列")})
            if (behind.starts_with(lead)) behind.remove_prefix(lead.size());
        auto end = behind.size();
        for (const View tail : {View(U"等相关要求"), View(U"等要求"), View(U"等规定"), View(U"等内容"), View(U"的要求"), View(U"的规定"), View(U"的内容"), View(U"同时"), View(U"由每"), View(U"由原"), View(U"调整为"), View(U"修改为"), View(U"改为"), View(U"变更为"), View(U"不再"), View(U"停止"), View(U"废止"), View(U"予以"), View(U"与本"), View(U","), View(U"按本"), View(U"以本"), View(U"统一"), View(U"自本")})
            end = std::min(end, behind.find(tail));
        auto scope = behind.substr(0, std::min<std::size_t>(end, 60));
        while (!scope.empty() && View(U"均都一律由").find(scope.back()) != View::npos) scope.remove_suffix(1);
        return scope;
    }
    // The day that it was issued on: before this one's own.
    [[nodiscard]] std::optional<std::string> day_in(View words) const {
        const int month = page_.head.issued ? page_.head.issued->month : 0;
        for (std::size_t at = 0; at < words.size(); ++at) {
            if (!may_begin_day(words, at)) continue;
            Scan scan(words, at);
            auto day = day_at(scan, {page_.head.year, 0, false});
            if (!day || day->day.day == 0 || day->day.month == 0) continue;
            scan.take_any({U"起", U",", U")"});
            if (!scan.done() && !scan.sees_any({U"印发", U"下发", U"发布", U"发出", U"颁布", U"发的", U"公布", U"出台", U"制定", U"发文", U"以"})) continue;
            if (day->day.year == 0) day->day.year = page_.head.year - (month != 0 && day->day.month > month ? 1 : 0);
            return date_text(date_of(day->day));
        }
        return std::nullopt;
    }

    const Page& page_;
    View plain_;
    Span former_;               // the paper named last
    std::size_t former_end_ = 0;
    std::vector<Replaced> out_;
};

}  // namespace

std::vector<Replaced> replaced_of(const Page& page) { return ReplacedReader(page).read(); }

}  // namespace anban::notices
