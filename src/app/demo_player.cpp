#include "app/demo_player.h"

#include <algorithm>
#include <set>

#include "app/demo_content.h"
#include "modules/calendar/calendar.h"
#include "modules/campaigns/campaign_forms.h"
#include "modules/filings/issue.h"
#include "modules/items/items.h"

namespace anban::demo {
namespace {

using filings::Route;
using filings::RouteNow;
using filings::State;

const calendar::Calendar& days() { return calendar::Calendar::built_in(); }

Instant at_minute(CivilDate day, const std::string& seed, const Span& span) {
    return beijing_instant(day, between(seed, span.from, span.to));
}

std::string month_of(CivilDate day) { return format_date(day).substr(0, 7); }

}  // namespace

struct Player::Stage {
    Stage(Application& application, const Replay& asked, const Words& w, const Cast& c, const std::vector<Unit>& u, std::string id,
          std::string office_name)
        : app(application),
          replay(asked),
          words(w),
          cast(c),
          units(u),
          campaign(std::move(id)),
          office(std::move(office_name)),
          hands(app),
          content(hands, words) {
        for (const auto& unit : units) by_id[unit.id] = &unit;
    }

    // --- the agenda

    using Step = std::function<void(Instant)>;
    void plan_step(Instant at, Step step) {
        if (at <= replay.ends) agenda.emplace(at, std::move(step));
    }
    void run() {
        for (auto day = beijing_date(replay.begins); day <= beijing_date(replay.ends); day = day + 1)
            plan_step(std::max(replay.begins, beijing_instant(day, 10)), [this](Instant at) { begin_day(at); });
        for (const auto& told : replay.cases)
            if (plays(told.unit)) plan_step(told.at, [this, &told](Instant) { tell_case(told); });
        while (!agenda.empty()) {
            const auto next = agenda.begin();
            const auto at = next->first;
            const auto step = std::move(next->second);
            agenda.erase(next);
            step(at);
        }
    }

    // What the clock brings, then what the new filings bring.
    void begin_day(Instant at) {
        app.clock().set_business(at);
        app.tick();
        const auto routes = hands.look<std::vector<Route>>([&](db::Connection& db) {
            return filings::store::list_routes(db, "demo.new_routes",
                                               "and r.campaign_id = $1 and r.state = 'expected' and r.window_to >= $2",
                                               {campaign, format_date(beijing_date(replay.begins) - 60)});
        });
        for (const auto& route : routes)
            if (planned.insert(route.id).second) plan(route);
    }

    [[nodiscard]] bool plays(const std::string& unit) const { return replay.only.empty() || replay.only.contains(unit); }

    // --- people

    [[nodiscard]] const Actor& liaison(const Unit& unit) const { return cast.at(unit.short_name, Role::liaison); }
    [[nodiscard]] std::string receiver(const Unit& unit) const { return unit.receiver.empty() ? office : unit.receiver; }
    [[nodiscard]] const Actor& reviewer(const Play& play) const {
        const auto by = receiver(play.unit);
        return cast.at(by, by == office ? Role::office_clerk : Role::reviewer, number_from(play.seed() + "审"));
    }
    [[nodiscard]] const Actor& leader(const Play& play) const {
        const auto by = receiver(play.unit);
        return cast.at(by, by == office ? Role::office_leader : Role::unit_leader);
    }

    // --- planning one filing

    void plan(const Route& route) {
        const auto& unit = *by_id.at(route.organization_id);
        const auto* habit = replay.habit(route.duty, route.slot);
        if (!habit || !plays(unit.short_name)) return;
        auto play = std::make_shared<Play>();
        play->route = route;
        play->unit = unit;
        play->exception = &replay.exception({unit.short_name, route.duty, route.slot});
        if (habit->extended) plan_step(habit->extended->at, [=, this](Instant at) { extend(*play, at, *habit->extended); });
        if (play->exception->extended)
            plan_step(play->exception->extended->at, [=, this](Instant at) { extend(*play, at, *play->exception->extended); });
        if (play->exception->excused) plan_step(play->exception->excused->at, [=, this](Instant at) { excuse(*play, at); });
        if (play->exception->missing || play->exception->excused) return;
        prepare(*play);
        if (route.duty == "articles") return plan_articles(play, *habit);
        play->at = play->exception->at.value_or(usual_instant(*play, *habit));
        plan_step(play->at, [=, this](Instant at) { play->exception->draft ? begin_draft(*play, at) : first_hand_in(play, at, *habit); });
    }

    [[nodiscard]] Instant usual_instant(const Play& play, const Habit& habit) const {
        auto due = play.route.due_at ? beijing_date(*play.route.due_at) : play.route.window_to;
        if (habit.extended) due = beijing_date(*habit.extended->until);
        if (!play.route.due_at && due < beijing_date(replay.begins)) due = beijing_date(replay.begins) + 3;  // no cut-off: soon
        const auto seed = play.seed() + "报";
        if (play.below && habit.gathering) return at_minute(days().prev_workday(due).date, seed, *habit.gathering);
        const auto wanted = days().prev_workday(due - between(seed + "日", habit.days_before_least, habit.days_before_most)).date;
        return std::max(at_minute(wanted, seed, habit.between), Instant{replay.begins.ms + 90 * 60'000});
    }

    void prepare(Play& play) {
        const auto filing = hands.filing(play.route.filing_id);
        play.parts = hands.look<std::vector<campaigns::PartDefinition>>([&](db::Connection& db) {
            return campaigns::parts_in(campaigns::load_duty_version(db, filing.duty_version_id)->definition, filing.slot);
        });
        play.hazards = hazards_of(play.unit, words);
        for (const auto& unit : units)
            if (unit.receiver == play.unit.short_name) play.counties.push_back(unit);
        const bool gathers = std::any_of(play.counties.begin(), play.counties.end(), [&](const Unit& u) { return plays(u.short_name); });
        play.below = gathers && play.unit.level != "county";
    }

    // --- filer's deeds

    void first_hand_in(const std::shared_ptr<Play>& play, Instant at, const Habit& habit) {
        if (play->exception->nil) {
            hand_in(*play, at, std::nullopt);
        } else {
            gather_hazards(*play);
            if (play->parts.front().kind == campaigns::PartKind::items) content.write_weekly(*play, liaison(play->unit), at);
            hand_in(*play, at, play->exception->returned ? play->exception->returned->wrong : Figures{});
        }
        plan_review(play, at, habit);
        if (const auto& w = play->exception->withdrawn) {
            plan_step(w->at, [=, this](Instant now) { withdraw(*play, now); });
            if (w->again) plan_step(*w->again, [=, this](Instant now) { hand_in(*play, now, Figures{}), plan_accept(play, now, habit); });
        }
        if (play->exception->amended) plan_amendment(play);
    }

    // The ledger of a unit that collects: what its counties' accepted filings hold.
    void gather_hazards(Play& play) {
        if (!play.below) return;
        play.hazards.clear();
        for (const auto& county : play.counties) {
            if (!accepted.contains({county.short_name, play.route.slot})) continue;
            const auto theirs = hazards_of(county, words);
            play.hazards.insert(play.hazards.end(), theirs.begin(), theirs.end());
        }
    }

    // Without figures: a nil report.
    void hand_in(Play& play, Instant at, const std::optional<Figures>& shifts) {
        filings::HandingIn asked;
        asked.filing_id = play.route.filing_id;
        if (shifts) asked.parts = content.parts(play, liaison(play.unit), at, *shifts);
        asked.nil = asked.confirmed = !shifts;
        if (shifts)
            for (const auto& [part, reason] : play.exception->gaps) asked.gaps.push_back({part, reason});
        asked.version = hands.filing(asked.filing_id).version;
        asked.draft_version = hands.look<std::int64_t>([&](db::Connection& db) { return filings::store::find_draft(db, asked.filing_id).version; });
        hands.deed<filings::Receipt>(liaison(play.unit), at, Right::filings_hand_in, "hand_in",
                                     [&](Work& work) { return filings::hand_in(work, asked); });
    }

    void begin_draft(Play& play, Instant at) {
        gather_hazards(play);
        auto parts = content.parts(play, liaison(play.unit), at, {});
        while (parts.size() > 1) parts.erase(std::prev(parts.end())->key());
        hands.deed<filings::SavedDraft>(liaison(play.unit), at, Right::filings_fill, "save_draft", [&](Work& work) {
            return filings::save_draft(work, {play.route.filing_id, 0, parts});
        });
    }

    void withdraw(Play& play, Instant at) {
        const auto version = hands.filing(play.route.filing_id).version;
        hands.deed<std::vector<RouteNow>>(liaison(play.unit), at, Right::filings_hand_in, "withdraw", [&](Work& work) {
            return filings::withdraw(work, {play.route.filing_id, version, std::nullopt});
        });
    }

    // --- receiver's deeds

    void plan_review(const std::shared_ptr<Play>& play, Instant at, const Habit& habit) {
        const auto& sent_back = play->exception->returned;
        if (!sent_back) return plan_accept(play, at, habit);
        plan_step(sent_back->at.value_or(review_instant(*play, at, habit)), [=, this](Instant now) { send_back(*play, now); });
        if (!sent_back->mended) return;
        plan_step(*sent_back->mended, [=, this](Instant now) {
            hand_in(*play, now, Figures{});
            plan_accept(play, now, habit);
        });
    }

    [[nodiscard]] Instant review_instant(const Play& play, Instant at, const Habit& habit) const {
        return at_minute(days().add_workdays(beijing_date(at), habit.review_workdays).date, play.seed() + "审时", habit.review);
    }

    void plan_accept(const std::shared_ptr<Play>& play, Instant at, const Habit& habit) {
        if (!play->exception->unreviewed)
            plan_step(review_instant(*play, at, habit), [=, this](Instant now) { accept(*play, now, reviewer(*play)); });
    }

    void accept(Play& play, Instant at, const Actor& by) {
        const auto route = hands.route(play.route.id);
        if (route.at.state != State::submitted) return;  // taken back meanwhile
        hands.deed<RouteNow>(by, at, Right::filings_review, "accept", [&](Work& work) {
            return filings::accept(work, {route.id, route.version});
        });
        if (play.unit.level == "county") accepted.insert({play.unit.short_name, play.route.slot});
    }

    void send_back(Play& play, Instant at) {
        filings::Returning asked{play.route.id, hands.route(play.route.id).version, play.exception->returned->reason, {}};
        for (const auto& [place, note] : play.exception->returned->places) asked.anchors.push_back({place, note});
        hands.deed<RouteNow>(reviewer(play), at, Right::filings_review, "return",
                             [&](Work& work) { return filings::return_for_correction(work, asked); });
    }

    using Decide = Result<RouteNow> (*)(Work&, const filings::Deciding&);
    void decide(Play& play, Instant at, const Actor& by, Right right, const char* name, const std::string& reason, Decide how) {
        const filings::Deciding asked{play.route.id, hands.route(play.route.id).version, reason};
        hands.deed<RouteNow>(by, at, right, name, [&](Work& work) { return how(work, asked); });
    }

    void excuse(Play& play, Instant at) {
        decide(play, at, leader(play), Right::filings_review, "excuse", play.exception->excused->reason, filings::excuse);
    }

    void extend(Play& play, Instant at, const Decision& decision) {
        const filings::Extending asked{play.route.id, hands.route(play.route.id).version, decision.reason, *decision.until};
        hands.deed<RouteNow>(leader(play), at, Right::filings_review, "extend", [&](Work& work) { return filings::extend(work, asked); });
    }

    void plan_amendment(const std::shared_ptr<Play>& play) {
        const auto& a = *play->exception->amended;
        plan_step(a.asked, [=, this](Instant at) {
            decide(*play, at, liaison(play->unit), Right::filings_hand_in, "ask_amendment", a.reason, filings::ask_amendment);
        });
        if (a.refused)
            plan_step(*a.refused, [=, this](Instant at) {
                decide(*play, at, leader(*play), Right::filings_amend_approve, "refuse_amendment", "本期数据已汇总上报，请在下期一并更正",
                       filings::refuse_amendment);
            });
        if (a.granted)
            plan_step(*a.granted, [=, this](Instant at) {
                decide(*play, at, leader(*play), Right::filings_amend_approve, "grant_amendment", "同意更正", filings::grant_amendment);
            });
        if (a.again) plan_step(*a.again, [=, this](Instant at) { hand_in(*play, at, a.changes); });
        if (a.accepted) plan_step(*a.accepted, [=, this](Instant at) { accept(*play, at, reviewer(*play)); });
    }

    // --- articles: one by one over the month, then the month's filing names them

    void plan_articles(const std::shared_ptr<Play>& play, const Habit& habit) {
        const auto special = replay.articles.find({play->unit.short_name, month_of(play->route.window_to)});
        Articles wanted;
        wanted.handed_in = between(play->seed() + "篇数", replay.articles_least, replay.articles_most);
        if (special != replay.articles.end()) wanted = special->second;
        const auto first = std::max(play->route.window_from, beijing_date(replay.begins) + 3), last = play->route.window_to - 3;
        for (int i = 0; i < wanted.handed_in; ++i) {
            const auto day = days().prev_workday(first + (last - first) * (i + 1) / (wanted.handed_in + 1)).date;
            const auto at =
                std::max(at_minute(day, play->seed() + std::to_string(i), {9 * 60, 17 * 60}), Instant{replay.begins.ms + 3'600'000});
            plan_step(at, [=, this](Instant now) { hand_in_article(play, now, i, i < wanted.returned ? wanted.reason : ""); });
        }
        play->at = usual_instant(*play, habit);
        if (wanted.handed_in > wanted.returned)
            plan_step(play->at, [=, this](Instant at) { hand_in(*play, at, Figures{}), plan_accept(play, at, habit); });
    }

    void hand_in_article(const std::shared_ptr<Play>& play, Instant at, int number, const std::string& reason) {
        const auto id = content.write_article(*play, liaison(play->unit), at, number);
        if (reason.empty()) return play->items.push_back(id);
        const auto day = days().add_workdays(beijing_date(at), 1).date;
        plan_step(at_minute(day, play->seed() + "退" + std::to_string(number), {9 * 60, 11 * 60}), [=, this](Instant now) {
            hands.deed<items::Item>(reviewer(*play), now, Right::filings_review, "return_item", [&](Work& work) {
                return items::return_for_correction(work, id, {1, reason});
            });
        });
    }

    void tell_case(const Case& told) {
        const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.short_name == told.unit; });
        if (unit == units.end()) throw std::runtime_error("replay.yaml: no reporter " + told.unit);
        const auto& by = liaison(*unit);
        const auto item = content.write_case(by, campaign, told);
        const auto begun = hands.deed<RouteNow>(by, told.at, Right::filings_fill, "begin_event", [&](Work& work) {
            return filings::begin_event(work, {campaign, "cases", {}, {}}, days());
        });
        planned.insert(begun.id);
        auto play = std::make_shared<Play>();
        play->route = hands.route(begun.id);
        play->unit = *unit;
        play->exception = &replay.exception({});
        play->at = told.at;
        prepare(*play);
        play->items = {item};
        hand_in(*play, told.at, Figures{});
        Habit habit;
        habit.review = {9 * 60, 11 * 60};
        plan_accept(play, told.at, habit);
    }

    Application& app;
    const Replay& replay;
    const Words& words;
    const Cast& cast;
    const std::vector<Unit>& units;
    const std::string campaign;
    const std::string office;
    Hands hands;
    Content content;
    std::map<std::string, const Unit*> by_id;
    std::multimap<Instant, Step> agenda;
    std::set<std::string> planned;
    std::set<std::pair<std::string, std::string>> accepted;  // county, slot
};

Player::Player(Application& app, const Replay& replay, const Words& words, const Cast& cast, const std::vector<Unit>& units,
               std::string campaign, std::string office)
    : stage_(std::make_unique<Stage>(app, replay, words, cast, units, std::move(campaign), std::move(office))) {}

Player::~Player() = default;

std::int64_t Player::play() {
    stage_->run();
    return stage_->hands.deeds();
}

}  // namespace anban::demo
