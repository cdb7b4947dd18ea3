// The leading group: lines such as 副组长:(name) 市应急局局长, sentences such as 由副市长任组长, and where its office is. Names of
// people are read so that they can be left out; what is kept is role, post, organization.
#include <algorithm>
#include <map>

#include "modules/notices/page.h"
#include "modules/notices/thing_words.h"

namespace anban::notices {
namespace {

constexpr std::size_t kLongestList = 3'000;  // characters behind one label
constexpr std::size_t kLongestPost = 60;

class GroupReader {
public:
    explicit GroupReader(const Page& page) : page_(page), plain_(page.plain()) {}

    std::vector<GroupRole> read() {
        for (auto at = page_.span.from; at < page_.span.to && out_.size() < kMostThings;) at = label_at(at) ? read_list(at) : at + 1;
        for (const auto& sentence : page_.head.sentences)
            if (out_.size() < kMostThings) read_sentence({sentence.from, sentence.to});
        std::ranges::stable_sort(out_, {}, &GroupRole::from);
        return std::move(out_);
    }

private:
    // --- labels with people behind them

    // 组长: at the beginning of a line, or behind a blank or a mark.
    [[nodiscard]] bool label_at(std::size_t at) const {
        const bool begins = at == page_.span.from || View(U"\n。;:,)").find(plain_[at - 1]) != View::npos || page_.text.blank_before(at);
        return begins && label_size(at) != 0;
    }
    [[nodiscard]] std::size_t label_size(std::size_t at) const {
        const auto role = role_at(plain_, at);
        const auto end = at + role.size();
        return !role.empty() && end < page_.span.to && plain_[end] == U':' ? role.size() : 0;
    }

    struct Token {
        Span span;
        bool line_begins = false;
    };
    // Up to the next label, a number of a section, the end of the paragraph that tells of something else.
    std::size_t read_list(std::size_t at) {
        const std::u32string role(role_at(plain_, at));
        auto to = at + role.size() + 1;
        const auto from = to;
        while (to < page_.span.to && to - from < kLongestList && !ends_list(to, from)) ++to;
        const auto list = tokens({from, to});
        if (role == U"成员单位" || !holds_name(list)) add_words(role, {from, to});
        else add_people(role, list);
        return std::max(to, from);
    }
    [[nodiscard]] bool ends_list(std::size_t at, std::size_t from) const {
        if (plain_[at] == U'。') return true;
        const bool line = at > from && plain_[at - 1] == U'\n';
        if (!line && !page_.gap_before(at)) return false;
        if (label_size(at) != 0 || (line && level_at(plain_, at).depth != 0)) return true;
        if (starts_with_any(plain_.substr(at, 20), {U"领导小组", U"办公室设", U"工作专班", U"下设", U"组委会", U"专班", U"指挥部", U"委员会下", U"活动办公室"})) return true;
        return line && is_prose(at);
    }
    // A line that tells something: long, or without any post.
    [[nodiscard]] bool is_prose(std::size_t at) const {
        auto line = plain_.substr(at, kLongestPost);
        line = line.substr(0, line.find(U'\n'));
        return line.size() >= kLongestPost || line.find(U'。') != View::npos || post_end_in(line) == 0;
    }
    [[nodiscard]] std::vector<Token> tokens(Span list) const {
        std::vector<Token> out;
        bool line = true;
        for (auto at = list.from; at < list.to; ++at) {
            const char32_t c = plain_[at];
            const bool mark = View(U",;:()\n").find(c) != View::npos;
            const bool apart = at == list.from || mark || page_.text.blank_before(at) || View(U",;:()\n").find(plain_[at - 1]) != View::npos;
            line = line || (at > list.from && plain_[at - 1] == U'\n');
            if (mark) continue;
            if (apart) {
                const bool joins = !out.empty() && !line && out.back().span.to == at && at - out.back().span.from <= 2 && single(at, list.to);  // 聂 鑫
                if (!joins) out.push_back({{at, at}, line});
                line = false;
            }
            out.back().span.to = at + 1;
        }
        for (auto& token : out) token.span = bare(plain_, token.span);
        std::erase_if(out, [](const Token& token) { return token.span.empty(); });
        return out;
    }
    [[nodiscard]] bool single(std::size_t at, std::size_t end) const {
        return at + 1 >= end || page_.text.blank_before(at + 1) || View(U",;:()\n").find(plain_[at + 1]) != View::npos;
    }
    [[nodiscard]] bool holds_name(const std::vector<Token>& list) const {
        return std::ranges::any_of(list, [&](const Token& token) { return may_be_name(page_.words(token.span)) || name_before_post(page_.words(token.span)) != 0; });
    }
    // A line is a person; on one line each name begins the next.
    void add_people(const std::u32string& role, const std::vector<Token>& list) {
        Span post, name;
        bool named = false;  // else it may be who signs below
        const auto close = [&] {
            if (!post.empty() && (named || ends_as_post(page_.words(post)))) add(role, post);
            if (!post.empty() && !name.empty()) posts_[std::u32string(page_.words(name))] = post;
            post = name = {};
            named = false;
        };
        for (const auto& token : list) {
            const auto words = page_.words(token.span);
            if (token.line_begins) close();
            if (may_be_name(words)) {
                if (!post.empty() && !name.empty()) close();
                name = token.span;
                named = true;
                continue;
            }
            const auto skip = name.empty() ? name_before_post(words) : 0;
            if (skip != 0 && !post.empty()) close();
            named = named || skip != 0;
            const Span here{token.span.from + skip, token.span.to};
            post = post.empty() ? here : Span{post.from, here.to};
        }
        close();
    }
    // 成员:市应急局、市公安局主要负责人
    void add_words(const std::u32string& role, Span words) {
        words = bare(plain_, words);
        words.to = std::min(words.to, words.from + 600);
        if (words.empty()) return;
        if (const auto line = page_.words(words).find(U'\n'); line != View::npos) {  // a line is a person
            add_words(role, {words.from, words.from + line});
            const Span rest{words.from + line + 1, words.to};
            if (role == U"成员单位" || post_end_in(page_.words(rest).substr(0, kLongestPost)) != 0) add_words(role, rest);
            return;
        }
        if (ends_as_post(page_.words(words))) add(role, words);
        else if (ends_as_office(page_.words(words)) && !is_signature(words)) add(role, words, true);
    }

    // Who signs stands on a line above a day.
    [[nodiscard]] bool is_signature(Span words) const {
        const auto next = plain_.substr(std::min(words.to + 1, plain_.size()), 20);
        return words.to < plain_.size() && plain_[words.to] == U'\n' && day_line(next.substr(0, next.find(U'\n'))).has_value();
    }

    // --- sentences

    void read_sentence(Span sentence) {
        for (auto at = sentence.from; at < sentence.to; ++at) {
            const char32_t c = plain_[at];
            if (c == U'任' || c == U'为') read_appointed(sentence, at);
            if (c == U'由') read_appointing(sentence, at);
            if (c == U'设' || c == U'挂') read_office(sentence, at);
        }
    }
    // 由副市长任组长, 有关部门负责人为成员
    void read_appointed(Span sentence, std::size_t at) {
        const auto role = role_at(plain_.substr(0, sentence.to), at + 1);
        const auto end = at + 1 + role.size();
        if (role.empty() || (end < sentence.to && plain_[end] == U'的')) return;  // 成立由主要负责同志任组长的…: somebody else's
        if (end < sentence.to && View(U",;。、)(:\n").find(plain_[end]) == View::npos) return;
        auto to = at;
        while (to > sentence.from && View(U"担兼分别作").find(plain_[to - 1]) != View::npos) --to;
        auto from = to;
        while (from > sentence.from && to - from < 300 && !is_break(plain_[from - 1])) --from;
        if (const auto by = plain_.substr(from, to - from).rfind(U'由'); by != View::npos) from += by + 1;
        add(std::u32string(role), post_within({from, to}));
    }
    // 办公室主任由市应急局局长兼任
    void read_appointing(Span sentence, std::size_t at) {
        std::size_t size = 0;
        for (const std::size_t n : {std::size_t{5}, std::size_t{4}, std::size_t{3}, std::size_t{2}})
            if (size == 0 && at >= sentence.from + n && role_at(plain_.substr(0, at), at - n).size() == n) size = n;
        if (size == 0) return;
        auto to = at + 1;
        while (to < sentence.to && to - at < 60 && !is_break(plain_[to]) && !starts_with_any(plain_.substr(to, 2), {U"兼任", U"担任", U"任"})) ++to;
        if (to >= sentence.to || is_break(plain_[to])) return;
        const bool of_office = size == 2 && at >= sentence.from + 5 && plain_.substr(at - 5, 3) == U"办公室";
        const std::u32string role = (of_office ? U"办公室" : U"") + std::u32string(plain_.substr(at - size, size));
        const auto person = page_.words({at + 1, to});
        const auto named = posts_.find(std::u32string(person.ends_with(U"同志") ? person.substr(0, person.size() - 2) : person));
        if (named == posts_.end()) return add(role, post_within({at + 1, to}));
        GroupRole one{{}, 0, 0, utf8::encode(role), page_.text.words(named->second.from, named->second.to), {}};
        page_.place(one, {at - size, at});
        out_.push_back(std::move(one));
    }
    // Words of the post alone: what stands behind the last post's word may be a name.
    [[nodiscard]] Span post_within(Span words) const {
        words = bare(plain_, words);
        const auto end = post_end_in(page_.words(words));
        if (end == 0) return {};
        words.to = words.from + end;
        words.from += name_before_post(page_.words(words));
        for (const View lead : {View(U"以"), View(U"并"), View(U"和"), View(U"及"), View(U"请")})
            if (page_.words(words).starts_with(lead)) words.from += lead.size();
        return words;
    }
    // 办公室设在市应急局
    void read_office(Span sentence, std::size_t at) {
        Scan scan(plain_.substr(0, sentence.to), at);
        if (!scan.take_any({U"设在", U"设于", U"设立在", U"挂靠在", U"挂靠", U"设"}) || (plain_[at] == U'设' && scan.at() == at + 1)) return;
        const auto back = at - std::min<std::size_t>(at - sentence.from, 14);
        const auto office = plain_.substr(back, at - back).rfind(U"办公室");
        const auto desk = plain_.substr(back, at - back).rfind(U"办公地点");
        if (office == View::npos && desk == View::npos) return;
        auto to = scan.at();
        while (to < sentence.to && to - at < 40 && View(U",。;()\n、:").find(plain_[to]) == View::npos && !page_.gap_before(to)) ++to;
        const Span place{back + (office == View::npos ? desk : office), to};
        if (to == scan.at()) return;
        GroupRole one{{}, 0, 0, "办公室", {}, page_.text.words(scan.at(), to)};
        page_.place(one, place);
        out_.push_back(std::move(one));
    }

    void add(const std::u32string& role, Span words, bool organization = false) {
        if (words.empty() || words.to - words.from > 600) return;
        const auto text = page_.text.words(words.from, words.to);
        GroupRole one{{}, 0, 0, utf8::encode(role), organization ? std::string() : text, organization ? text : std::string()};
        page_.place(one, words);
        if (std::ranges::any_of(out_, [&](const GroupRole& other) { return other.from == one.from && other.to == one.to; })) return;
        out_.push_back(std::move(one));
    }

    const Page& page_;
    View plain_;
    std::map<std::u32string, Span> posts_;  // whom the lists name: only to know that a name stands for a post
    std::vector<GroupRole> out_;
};

}  // namespace

std::vector<GroupRole> leading_group_of(const Page& page) { return GroupReader(page).read(); }

}  // namespace anban::notices
