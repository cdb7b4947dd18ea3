// How the work is judged: 每迟报1次扣0.2分, 满分100分, 90分以上为优秀, 纳入年度考核, 一票否决, and the questions of 评估要点.
#include <algorithm>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr View kNumerals = U"〇零一二两三四五六七八九十百";
bool figure(char32_t c) { return (c >= U'0' && c <= U'9') || c == U'.'; }

class EvaluationReader {
public:
    explicit EvaluationReader(const Page& page) : page_(page), plain_(page.plain()) {}

    std::vector<EvaluationPoint> read() {
        for (std::size_t i = 0; i < page_.outline.size(); ++i)
            if (announces_evaluation(page_.words(page_.outline[i].title))) read_points(i);
        for (const auto& sentence : page_.head.sentences) {
            section_ = &sentence.section;
            sentence_ = {sentence.from, sentence.to};
            for (auto from = sentence.from; from < sentence.to && out_.size() < kMostThings;) {
                auto to = from;
                while (to < sentence.to && View(U",;。\n").find(plain_[to]) == View::npos) ++to;
                read_clause({from, to});
                from = to + 1;
            }
        }
        std::ranges::stable_sort(out_, {}, &EvaluationPoint::from);
        return std::move(out_);
    }

private:
    // What is looked at: the headings below.
    void read_points(std::size_t of) {
        const auto& parent = page_.outline[of];
        int depth = 0;
        for (auto i = of + 1; i < page_.outline.size() && page_.outline[i].from < parent.end && out_.size() < kMostThings; ++i) {
            const auto& child = page_.outline[i];
            if (depth == 0) depth = child.depth;
            if (child.depth != depth || child.title.empty()) continue;
            EvaluationPoint point{{}, 0, 0, Effect::point, {}, utf8::encode(page_.words(child.title)), child.section, {}};
            page_.place(point, child.title);
            out_.push_back(std::move(point));
        }
    }

    void read_clause(Span clause) {
        bool scored = false;
        for (auto at = clause.from; at < clause.to; ++at)
            if (plain_[at] == U'分') scored = read_score(clause, at) || scored;
        if (scored) return;
        const auto words = page_.words(clause);
        const auto has = [&](Words some) { return contains_any(words, some); };
        const bool judged = has({U"考核", U"考评", U"评优", U"评先", U"绩效", U"平安建设", U"目标管理", U"年终评", U"年度评", U"评价"});
        if (!judged && !has({U"百分制", U"一票否决", U"排名", U"排序", U"名次", U"打分", U"排位", U"评优", U"评分", U"扣分", U"加分"})) return;
        if (has({U"百分制"})) return add(Effect::full, "100", clause, {});
        if (has({U"一票否决"}) || (has({U"取消"}) && has({U"资格", U"评优", U"评先", U"称号"}))) return add(Effect::veto, {}, clause, {});
        if (judged && has({U"纳入", U"列入", U"计入", U"记入", U"作为", U"挂钩", U"结合", U"依据", U"考核中", U"考评中", U"评价中", U"占比", U"权重"})) return add(Effect::counts, {}, clause, {});
        if (has({U"不得评", U"不得参评", U"不予评"})) return add(Effect::veto, {}, clause, {});
        if (has({U"排名", U"排序", U"名次", U"排位"}) && !has({U"知名"})) return add(Effect::rank, {}, clause, {});
        if (has({U"扣分", U"倒扣"}) && !has({U"扣分原因", U"扣分项"})) return add(Effect::deduct, {}, clause, {});
        if (has({U"打分", U"考核评分", U"综合评分", U"量化评分", U"考评打分"})) add(Effect::counts, {}, clause, {});
    }

    // 扣0.5分, 组织领导30分: the number that ends here.
    bool read_score(Span clause, std::size_t at) {
        auto from = at;
        while (from > clause.from && figure(plain_[from - 1])) --from;
        if (from == at) {
            while (from > clause.from && kNumerals.find(plain_[from - 1]) != View::npos) --from;
            if (from == clause.from || View(U"扣加占计记得各为奖减罚值制").find(plain_[from - 1]) == View::npos) return false;  // 十分重视, 逐一分解
        }
        const char32_t next = at + 1 < plain_.size() ? plain_[at + 1] : U'\0', before = from > clause.from ? plain_[from - 1] : U'\0';
        if (from == at || at - from > 6 || View(U"钟之类期批组队公局包别工级析管支配布散享段割局").find(next) != View::npos || View(U"时点:第百").find(before) != View::npos) return false;
        const Span item = item_of(clause, from, at);
        const auto words = page_.words(item);
        const auto left = page_.words({item.from, from}), right = page_.words({at + 1, item.to});
        const auto has = [&](Words some) { return contains_any(words, some); };
        if (left.ends_with(U"满") && right.starts_with(U"的")) return false;  // 记分满12分的: when, not how many
        auto effect = Effect::full;
        if (has({U"扣", U"减"}) || left.ends_with(U"记")) effect = Effect::deduct;
        else if (has({U"加", U"奖"}) && !left.ends_with(U"满分")) effect = Effect::add;
        else if (starts_with_any(right, {U"以上", U"以下", U"及以上", U"及以下", U"(含)", U"至", U"-", U"为"}) || ends_with_any(left, {U"低于", U"不足", U"达到", U"-", U"至", U"未达"})) effect = Effect::grade;
        else if (ends_with_any(left, {U"超过", U"不超过", U"最多", U"最高"})) effect = out_.empty() ? Effect::full : out_.back().effect;
        std::vector<std::string> repairs;
        auto points = value(page_.words({from, at}), repairs);
        if (points.empty()) return false;
        add(effect, std::move(points), item, std::move(repairs));
        return true;
    }
    // Several of a list are one each: 组织领导30分、活动效果50分.
    [[nodiscard]] Span item_of(Span clause, std::size_t number, std::size_t at) const {
        auto from = number, to = at + 1;
        while (from > clause.from && plain_[from - 1] != U'、' && plain_[from - 1] != U':' && plain_[from - 1] != U'(') --from;
        for (int depth = 0; to < clause.to && plain_[to] != U'、'; ++to) {
            depth += plain_[to] == U'(' ? 1 : plain_[to] == U')' ? -1 : 0;
            if (depth < 0) break;
        }
        return {from, to};
    }
    // 0.5, and 02 where the point was lost.
    std::string value(View written, std::vector<std::string>& repairs) const {
        if (!figure(written.front())) {
            Scan scan(written, 0);
            const auto number = scan.number();
            return number && scan.done() ? std::to_string(number->value) : std::string();
        }
        auto out = utf8::encode(written);
        if (out.front() == '.' || out.back() == '.' || std::ranges::count(out, '.') > 1) return {};
        if (out.size() > 1 && out[0] == '0' && out[1] != '.') {
            const auto mended = "0." + out.substr(1);
            repairs.push_back(out + "分 → " + mended + "分");
            return mended;
        }
        if (out.find('.') != std::string::npos) {
            while (out.ends_with('0')) out.pop_back();
            if (out.ends_with('.')) out.pop_back();
        }
        return out;
    }

    void add(Effect effect, std::optional<std::string> points, Span place, std::vector<std::string> repairs) {
        place = without_article(plain_, bare(plain_, place));
        if (place.empty()) return;
        EvaluationPoint point{{}, 0, 0, effect, std::move(points), utf8::encode(page_.words(with_case(place))), *section_, std::move(repairs)};
        page_.place(point, place);
        out_.push_back(std::move(point));
    }
    // 未按期报送的,每次扣3分: what it is deducted for stands in the clause before.
    [[nodiscard]] Span with_case(Span place) const {
        if (place.from < sentence_.from + 2 || plain_[place.from - 1] != U',' || plain_[place.from - 2] != U'的') return place;
        auto from = place.from - 1;
        while (from > sentence_.from && place.from - from < 120 && View(U",;。\n").find(plain_[from - 1]) == View::npos) --from;
        return {from, place.to};
    }

    const Page& page_;
    View plain_;
    const std::string* section_ = nullptr;
    Span sentence_;
    std::vector<EvaluationPoint> out_;
};

}  // namespace

std::vector<EvaluationPoint> evaluation_of(const Page& page) { return EvaluationReader(page).read(); }

}  // namespace anban::notices
