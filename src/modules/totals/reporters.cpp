#include "modules/totals/reporters.h"

#include <algorithm>
#include <cstring>

#include "core/codec.h"

namespace anban::totals {
namespace {

constexpr int kUsual = 200, kMost = 500;
constexpr std::size_t kLookedUp = 2'000;  // so many are placed one by one

std::string_view keep(std::pmr::memory_resource& where, std::string_view text) {
    auto* at = static_cast<char*>(where.allocate(text.size(), 1));
    std::memcpy(at, text.data(), text.size());
    return {at, text.size()};
}

bool owes(std::string_view state) { return state != "excused" && state != "not_applicable"; }

Show group_of(bool counted, std::string_view state, bool nil) {
    if (counted) return Show::counted;
    if (!owes(state)) return Show::not_owed;
    return nil && state == "accepted" ? Show::nil : Show::missing;
}

// What the last transition until then led to; what was issued later was not owed then.
constexpr const char* kThen = R"sql(
        select r.organization_id,
               coalesce((select e.to_state from route_events e where e.route_id = r.id and e.at <= $5 order by e.id desc limit 1), 'expected'),
               case when (select count(*) from route_events e where e.route_id = r.id and e.at <= $5 and e.deed = 'accept') > 1 then 1 else 0 end,
               coalesce((select s.nil from submissions s
                         where s.id = (select e.submission_id from route_events e where e.route_id = r.id and e.at <= $5 order by e.id desc limit 1)), 0)
        from filing_routes r
        join filings f on f.id = r.filing_id and f.issued_at <= $5
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.slot = $4
)sql";

// From the index filing_routes_matrix alone.
constexpr const char* kNow = R"sql(
        select r.organization_id, r.state, r.restated, r.nil
        from filing_routes r
        where r.campaign_id = $1 and r.duty = $2 and r.receiver_id = $3 and r.slot = $4
)sql";

bool shown_by(Show show, const Reporter& one) { return show == Show::all || show == Show::missing_first || show == one.group; }

// What comes before the official order; the smallest first.
std::int64_t rank(const Turn& turn, const Reporter& one) {
    if (turn.show == Show::missing_first) return static_cast<std::int64_t>(one.group);
    if (turn.order == Order::largest) return -std::max<std::int64_t>(one.figure, -INT64_MAX);
    return 0;
}

bool before(const Reporter& a, const Reporter& b) {
    return *a.place != *b.place ? *a.place < *b.place : a.organization_id < b.organization_id;
}

// Each contributor's present state; or, as of an instant, the state that the last transition until then led to, with the submission of
// that time: no transition yet is expected.
std::string named_sql(bool as_of) {
    const std::string now = "r.state, r.due_at, r.nil, r.restated";
    const std::string event = "from route_events e where e.route_id = r.id and e.at <= $6";
    const std::string then = "coalesce((select e.to_state " + event + " order by e.id desc limit 1), 'expected'), "
        "case when exists (select 1 from route_events e where e.route_id = r.id and e.deed = 'extend' and e.at > $6) then r.first_due_at else r.due_at end, "
        "coalesce((select s.nil from submissions s where s.id = (select e.submission_id " + event + " order by e.id desc limit 1)), 0), "
        "case when (select count(*) " + event + " and e.deed = 'accept') > 1 then 1 else 0 end";
    return "select f.organization_id, o.name, f.id, r.id, " + (as_of ? then : now) + R"sql(,
               case when exists (select 1 from filing_routes b where b.campaign_id = $1 and b.duty = $5
                                 and b.receiver_id = f.organization_id and b.slot = $4) then 1 else 0 end
        from filings f
        join filing_routes r on r.filing_id = f.id and r.receiver_id = $3
        join organizations o on o.id = f.organization_id
        where f.campaign_id = $1 and f.duty = $2 and f.slot = $4 and f.organization_id in )sql";
}

Contributor read_contributor(const db::Row& row, Instant at) {
    Contributor one;
    one.organization_id = row.string(0);
    one.name = row.string(1);
    one.filing_id = row.string(2);
    one.route_id = row.string(3);
    const auto due = row.is_null(5) ? std::nullopt : std::optional(Instant{row.int64(5)});
    one.reading = reading_of(*codec::enum_from<filings::State>(row.text(4)), due, at);
    one.nil = row.int64(6) != 0;
    one.restated = row.int64(7) != 0;
    one.opens = row.int64(8) != 0;
    return one;
}

}  // namespace

void Accepted::add(std::string_view organization_id, std::string_view digest) {
    const auto at = static_cast<std::uint32_t>(std::ranges::find(digests_, digest) - digests_.begin());
    if (at == digests_.size()) digests_.emplace_back(digest);
    version_of_.emplace(keep(held_, organization_id), at);
}

std::string_view Accepted::digest_of(std::string_view organization_id) const {
    const auto found = version_of_.find(organization_id);
    return found == version_of_.end() ? std::string_view() : digests_[found->second];
}

Result<Turn> turn_of(const std::optional<Show>& show, const std::optional<std::string>& after, const std::optional<int>& limit) {
    const int most = limit.value_or(kUsual);
    if (most < 1 || most > kMost) return Refusal{Code::invalid, "totals.limit", {{"most", std::to_string(kMost)}}, {}, {}};
    return Turn{show.value_or(Show::all), Order::official, after.value_or(""), static_cast<std::size_t>(most)};
}

Roll::Roll(View& view, const Asked& asked, const Accepted& accepted) : db_(view.db) {
    const auto take = [&](const db::Row& row) {
        Reporter one{keep(held_, row.text(0)), Show::missing, owes(row.text(1)), row.int64(2) != 0, 0, {}};
        one.group = group_of(accepted.holds(one.organization_id), row.text(1), row.int64(3) != 0);
        reporters_.push_back(one);
    };
    db::Values values{asked.campaign_id, asked.duty, asked.node, asked.slot};
    if (asked.as_of) values.emplace_back(asked.until());
    view.db.each(asked.as_of ? db::Sql{"totals.reporters_then", kThen} : db::Sql{"totals.reporters", kNow}, values, take);
}

std::int64_t Roll::count(Show show) const {
    return std::ranges::count_if(reporters_, [&](const Reporter& one) { return shown_by(show, one); });
}

std::int64_t Roll::owed() const { return std::ranges::count_if(reporters_, &Reporter::owes); }

bool Roll::restated() const {
    return std::ranges::any_of(reporters_, [](const Reporter& one) { return one.restated && one.group == Show::counted; });
}

const Reporter* Roll::any() const {
    const auto found = std::ranges::min_element(reporters_, {}, [](const Reporter& one) { return std::pair(!one.owes, one.organization_id); });
    return found == reporters_.end() ? nullptr : &*found;
}

void Roll::place(const Reporters& some) {
    std::unordered_map<std::string_view, Reporter*> unplaced;
    for (auto* one : some)
        if (!one->place) unplaced.emplace(one->organization_id, one);
    std::vector<std::string> ids;
    for (const auto& [id, one] : unplaced) ids.emplace_back(id);
    each_of(db_, "totals.places", "select id, sort_order from organizations where id in ", {}, ids,
            [&](const db::Row& row) { unplaced.at(row.text(0))->place = row.int64(1); });
}

// Reads the official order itself from there on and meets them on the way: quick where they are most of the organizations of their
// stretch. False when it led too far: then nothing is told.
bool Roll::walk(const Reporters& some, std::size_t limit, const Reporter* after, Reporters& out) {
    std::int64_t place = after ? *after->place : INT64_MIN;
    std::string last(after ? after->organization_id : std::string_view());
    for (const std::int64_t stretch : {1'000, 4'000, 16'000}) {
        std::unordered_map<std::string, std::int64_t> met;
        db_.each({"totals.official_order", R"sql(
            select id, sort_order from organizations where (sort_order, id) > ($1, $2) order by sort_order, id limit $3
        )sql"}, {place, last, stretch}, [&](const db::Row& row) {
            last = row.string(0);
            place = row.int64(1);
            met.emplace(last, place);
        });
        Reporters found;
        for (auto* one : some)
            if (const auto at = met.find(std::string(one->organization_id)); at != met.end()) {
                one->place = at->second;
                found.push_back(one);
            }
        std::ranges::sort(found, [](const Reporter* a, const Reporter* b) { return before(*a, *b); });
        out.insert(out.end(), found.begin(), found.end());
        if (out.size() >= limit || static_cast<std::int64_t>(met.size()) < stretch) {
            out.resize(std::min(out.size(), limit));
            return true;
        }
    }
    out.clear();
    return false;
}

Reporters Roll::in_order(const Reporters& some, std::size_t limit, const Reporter* after) {
    Reporters out;
    if (some.size() > kLookedUp && limit <= kLookedUp && walk(some, limit, after, out)) return out;
    place(some);
    for (auto* one : some)
        if (!after || before(*after, *one)) out.push_back(one);
    const auto held = std::min(limit, out.size());
    std::ranges::partial_sort(out, out.begin() + static_cast<std::ptrdiff_t>(held), [](const Reporter* a, const Reporter* b) { return before(*a, *b); });
    out.resize(held);
    return out;
}

// Places are told by who stood last on the page before, not by a number: whoever changes its group in between moves nobody over
// the edge of a page, where it would be skipped or named twice.
Result<Turned> Roll::turn(const Turn& turn) {
    Reporter* last = nullptr;
    std::map<std::int64_t, Reporters> ranks;
    Turned out;
    for (auto& one : reporters_) {
        if (!turn.after.empty() && one.organization_id == turn.after) last = &one;
        if (!shown_by(turn.show, one)) continue;
        ++out.matching;
        ranks[rank(turn, one)].push_back(&one);
    }
    if (!turn.after.empty() && !last) return Refusal{Code::not_found, "totals.after", {}, {}, {}};
    if (last) place({last});
    const std::size_t wanted = std::min(turn.limit, reporters_.size()) + 1;
    const auto from = last ? ranks.lower_bound(rank(turn, *last)) : ranks.begin();
    Reporters soon;  // many ranks of few are placed in one go
    for (auto at = from; at != ranks.end() && soon.size() < wanted; ++at)
        if (at->second.size() <= kLookedUp) soon.insert(soon.end(), at->second.begin(), at->second.end());
    place(soon);
    for (auto at = from; at != ranks.end() && out.reporters.size() < wanted; ++at) {
        const bool same = last && at->first == rank(turn, *last);
        std::ranges::move(in_order(at->second, wanted - out.reporters.size(), same ? last : nullptr), std::back_inserter(out.reporters));
    }
    if (out.reporters.size() > turn.limit) {
        out.reporters.resize(turn.limit);
        out.next = std::string(out.reporters.back()->organization_id);
    }
    return out;
}

std::vector<std::string> ids_of(const Reporters& some) {
    std::vector<std::string> ids;
    for (const auto* one : some) ids.emplace_back(one->organization_id);
    return ids;
}

std::vector<Contributor> name_reporters(View& view, const Asked& asked, const Level& level, const Reporters& page) {
    db::Values values{asked.campaign_id, asked.duty, asked.node, asked.slot, level.below ? level.below->definition.duty : std::string()};
    if (asked.as_of) values.emplace_back(asked.until());
    std::unordered_map<std::string, Contributor> named;
    each_of(view.db, asked.as_of ? "totals.named_then" : "totals.named", named_sql(asked.as_of.has_value()), values, ids_of(page), [&](const db::Row& row) {
        auto one = read_contributor(row, asked.as_of.value_or(view.now));
        auto id = one.organization_id;
        named.emplace(std::move(id), std::move(one));
    });
    std::vector<Contributor> out;
    for (const auto* one : page) {
        out.push_back(std::move(named.at(std::string(one->organization_id))));
        out.back().counted = one->group == Show::counted;
    }
    return out;
}

std::map<std::string, std::string> names_of(db::Connection& db, const std::vector<std::string>& organizations) {
    std::map<std::string, std::string> out;
    each_of(db, "totals.names", "select id, name from organizations where id in ", {}, organizations,
            [&](const db::Row& row) { out.emplace(row.string(0), row.string(1)); });
    return out;
}

void each_of(db::Connection& db, const std::string& name, const std::string& text, const db::Values& values, const std::vector<std::string>& ids,
             const std::function<void(const db::Row&)>& take) {
    for (std::size_t from = 0; from < ids.size(); from += kMost) {
        const auto some = std::min<std::size_t>(ids.size() - from, kMost);
        // Three lengths only, so that few texts are kept prepared: the last id fills what is left.
        const std::size_t places = some <= 20 ? 20 : some <= kUsual ? kUsual : kMost;
        auto all = values;
        std::string list = "(";
        for (std::size_t i = 0; i < places; ++i) {
            all.emplace_back(ids[from + std::min(i, some - 1)]);
            list += (i == 0 ? "$" : ", $") + std::to_string(all.size());
        }
        db.each_built(name, text + list + ")", all, take);
    }
}

}  // namespace anban::totals
