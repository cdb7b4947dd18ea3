// What a campaign consists of: the headings under 重点任务, and lists that say how many they are: 查思想、找隐患、严执法3项行动.
#include <algorithm>
#include <set>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongestList = 240;

class LineReader {
public:
    explicit LineReader(const Page& page) : page_(page), plain_(page.plain()) {}

    std::vector<WorkLine> read() {
        for (std::size_t i = 0; i < page_.outline.size(); ++i)
            if (announces_tasks(page_.words(page_.outline[i].title))) read_children(i);
        for (const auto& sentence : page_.head.sentences) {
            if (out_.size() >= kMostThings) break;
            read_counted({sentence.from, sentence.to}, sentence.section);
            read_as_focus({sentence.from, sentence.to}, sentence.section);
        }
        std::ranges::stable_sort(out_, {}, &WorkLine::from);
        return std::move(out_);
    }

private:
    // The headings right below, if there are several of them.
    void read_children(std::size_t of) {
        const auto& parent = page_.outline[of];
        std::vector<const Heading*> children;
        for (auto i = of + 1; i < page_.outline.size() && page_.outline[i].from < parent.end; ++i)
            if (page_.outline[i].parent == static_cast<int>(of) && !page_.outline[i].title.empty()) children.push_back(&page_.outline[i]);
        if (children.size() < 2) return;
        const int depth = (*std::ranges::min_element(children, {}, &Heading::depth))->depth;  // deeper ones lost the number of theirs
        for (const auto* child : children) {
            const auto title = page_.words(child->title);
            if (child->depth != depth || out_.size() >= kMostThings || title.size() > 40 || announces_steps(title) || ends_with_any(title, {U"单位", U"部门", U"企业", U"镇街", U"街道", U"政府"})) continue;
            const auto comma = std::min(title.find(U','), title.size());  // behind it a figure: no name any more
            const bool figures = title.substr(comma).find_first_of(U"0123456789") != View::npos;
            add({child->title.from, figures ? child->title.from + comma : child->title.to}, page_.words(parent.title), child->section);
        }
    }
    void add(Span place, View under, const std::string& section) {
        const auto title = page_.words(place);
        const auto known = titles_.lower_bound(std::u32string(title));
        if (known != titles_.end() && known->starts_with(title)) return;  // the heading of the same says more
        titles_.emplace(title);
        WorkLine line{{}, 0, 0, utf8::encode(title), utf8::encode(under), section};
        page_.place(line, place);
        out_.push_back(std::move(line));
    }

    // 开展甲、乙、丙等3个专项行动: as many as it says.
    void read_counted(Span sentence, const std::string& section) {
        for (auto at = sentence.from; at < sentence.to; ++at) {
            const char32_t c = plain_[at];
            if (View(U"个项大类").find(c) == View::npos || at < sentence.from + 6) continue;
            const auto rest = plain_.substr(at + 1, std::min<std::size_t>(10, sentence.to - at - 1));
            if (!contains_any(rest, {U"行动", U"任务", U"专项", U"专题", U"工程", U"活动", U"整治", U"排查", U"攻坚", U"举措", U"措施", U"重点工作"}) || contains_any(rest, {U"部门", U"单位", U"领域", U"行业", U"以上"})) continue;
            auto number = at;
            while (number > sentence.from && (is_figure(plain_[number - 1]) || View(U"二三四五六七八九十两").find(plain_[number - 1]) != View::npos)) --number;
            Scan scan(plain_, number);
            const auto count = number < at ? scan.number() : std::nullopt;
            if (!count || plain_[number - 1] == U'“' || scan.at() != at || count->value < 2 || count->value > 30) continue;
            auto to = number;
            if (to > sentence.from && plain_[to - 1] == U'等') --to;
            const auto items = items_before({sentence.from, to}, static_cast<std::size_t>(count->value));
            for (const auto& item : items) add(item, {}, section);
        }
    }
    // The last so many of a list, without the verb before the first; empty where there are fewer.
    [[nodiscard]] std::vector<Span> items_before(Span left, std::size_t count) const {
        std::vector<Span> out;
        int depth = 0;
        auto to = left.to, at = left.to;
        for (; at > left.from && left.to - at < kLongestList && out.size() < count; --at) {
            const char32_t c = plain_[at - 1];
            depth += c == U')' ? 1 : c == U'(' ? -1 : 0;
            if (depth > 0 || (c != U'、' && c != U',' && c != U'。' && c != U';' && c != U':')) continue;
            out.insert(out.begin(), Span{at, to});
            to = at - 1;
            if (c == U'。' || c == U';' || c == U':') break;
        }
        if (at == left.from && to > at && out.size() < count) out.insert(out.begin(), Span{at, to});
        if (out.size() != count) return {};
        out.front().from += verb_in(page_.words(out.front()));
        for (auto& item : out) {
            item = unquoted(item);
            if (item.to - item.from < 2 || item.to - item.from > 32) return {};
        }
        return out;
    }
    // How long the words are that bring in the first of a list.
    static std::size_t verb_in(View first) {
        std::size_t behind = 0;
        for (const View verb : {View(U"开展"), View(U"组织"), View(U"实施"), View(U"推进"), View(U"抓好"), View(U"做好"), View(U"聚焦"), View(U"突出"), View(U"围绕"), View(U"落实"), View(U"包括"), View(U"”是"), View(U"分别是"), View(U"进行"), View(U"深化"), View(U"即"), View(U"推动"), View(U"负责")})
            if (const auto at = first.rfind(verb); at != View::npos && at + verb.size() < first.size()) {
                const bool leads = verb != U"落实" || at == 0;
                if (leads) behind = std::max(behind, at + verb.size());
            }
        return behind;
    }
    [[nodiscard]] Span unquoted(Span item) const {
        while (item.from < item.to && View(U"“”《》和及以").find(plain_[item.from]) != View::npos) ++item.from;
        while (item.to > item.from && View(U"“”《》").find(plain_[item.to - 1]) != View::npos) --item.to;
        return item;
    }
    static bool is_figure(char32_t c) { return c >= U'0' && c <= U'9'; }

    // 以“查责任、清隐患、严执法”为主要内容
    void read_as_focus(Span sentence, const std::string& section) {
        const auto words = page_.words(sentence);
        std::size_t end = View::npos;
        for (const View tail : {View(U"为主要内容"), View(U"为重点内容"), View(U"为重点的"), View(U"为主线的"), View(U"为主要任务")})
            if (const auto at = words.find(tail); at != View::npos && end == View::npos) end = at;
        if (end == View::npos) return;
        const auto begin = words.rfind(U'以', end);
        if (begin == View::npos || end - begin < 6 || end - begin > 160) return;
        std::vector<Span> items;
        auto from = begin + 1;
        for (auto at = from; at <= end; ++at)
            if (at == end || words[at] == U'、' || words[at] == U',') items.push_back(unquoted({sentence.from + from, sentence.from + at})), from = at + 1;
        const bool named = items.size() >= 3 && std::ranges::all_of(items, [](const Span& item) { return item.to >= item.from + 2 && item.to - item.from <= 12; });
        for (const auto& item : named ? items : std::vector<Span>()) add(item, {}, section);
    }

    const Page& page_;
    View plain_;
    std::set<std::u32string> titles_;
    std::vector<WorkLine> out_;
};

}  // namespace

std::vector<WorkLine> work_lines_of(const Page& page) { return LineReader(page).read(); }

}  // namespace anban::notices
