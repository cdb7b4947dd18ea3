#include "app/demo_content.h"

#include <algorithm>

#include "app/demo_paper.h"
#include "modules/filings/content.h"
#include "modules/items/items.h"

namespace anban::demo {
namespace {

using attachments::Paper;
using campaigns::PartDefinition;
using campaigns::PartKind;

constexpr std::int64_t kMinute = 60'000;

Instant before(Instant at, int minutes) { return {at.ms - minutes * kMinute}; }

std::string month_of(const Play& play) {
    const auto from = to_ymd(play.route.window_from), to = to_ymd(play.route.window_to);
    return "2023年" + (from.month == to.month ? std::to_string(to.month) : std::to_string(from.month) + "至" + std::to_string(to.month)) +
           "月";
}

json::object narrative(const Play& play, const Words& words) {
    json::array paragraphs;
    const auto seed = play.seed();
    const auto first = between(seed, 0, static_cast<int>(words.progress.size()) - 1);
    for (std::size_t i = 0; i < 3; ++i)
        paragraphs.emplace_back(filled(words.progress[(static_cast<std::size_t>(first) + i * 2) % words.progress.size()], play.unit,
                                       between(seed + "甲" + std::to_string(i), 12, 96), between(seed + "乙" + std::to_string(i), 2, 9)));
    return {{"paragraphs", std::move(paragraphs)}};
}

items::Writing writing(const Play& play, const std::string& part, const std::string& category, const Passage& passage,
                       const std::string& seed) {
    items::Writing out;
    out.duty = play.route.duty;
    out.part = part;
    out.category = category;
    const int n = between(seed + "甲", 8, 60), m = between(seed + "乙", 2, 9);
    out.title = filled(passage.title, play.unit, n, m);
    out.paragraphs = {filled(passage.text, play.unit, n, m)};
    out.hand_in = true;
    return out;
}

// A category and one of its passages, another one for each number.
std::pair<std::string, Passage> chosen(const std::map<std::string, std::vector<Passage>>& all, const std::string& seed, int number) {
    const auto category =
        std::next(all.begin(), static_cast<std::ptrdiff_t>((number_from(seed) + static_cast<std::uint64_t>(number)) % all.size()));
    const auto& passages = category->second;
    return {category->first, passages[(number_from(seed + "篇") + static_cast<std::uint64_t>(number)) % passages.size()]};
}

}  // namespace

json::object Content::table(const Play& play, const Figures& shifts) const {
    json::object cells;
    for (const auto& [cell, figure] : cells_of(play.unit, play.hazards, play.window(), play.below)) cells[cell] = figure;
    for (const auto& [cell, by] : shifts)
        if (const auto* there = cells.if_contains(cell)) cells[cell] = shifted(std::string(there->as_string()), by);
    return {{"cells", std::move(cells)}};
}

void Content::add_papers(Play& play, const Actor& actor, Instant at, const PartDefinition& part, json::object& given) {
    const auto asks = [&](campaigns::PaperKind paper) {
        return std::find(part.papers.begin(), part.papers.end(), paper) != part.papers.end();
    };
    json::array ids;
    if (asks(campaigns::PaperKind::stamped_scan)) {
        // One scan of the whole report, named by each part of it.
        if (!play.papers.contains("scan")) {
            const auto name = play.unit.short_name + month_of(play) + "报送材料（盖章扫描）.pdf";
            play.papers["scan"] = hands_.upload(
                actor, before(at, 6), Paper::stamped_scan, name,
                pdf({play.unit.name, month_of(play) + "安全生产翻身仗工作报送材料", "演示文件，内容自拟"}, play.unit.short_name));
        }
        ids.emplace_back(play.papers.at("scan"));
    }
    const bool brings_copy = part.kind == PartKind::narrative && number_from(play.seed() + "电子版") % 3 == 0;
    if (asks(campaigns::PaperKind::e_copy) && brings_copy) {
        if (!play.papers.contains("copy"))
            play.papers["copy"] = hands_.upload(actor, before(at, 7), Paper::e_copy, play.unit.short_name + month_of(play) + "工作进展.pdf",
                                                pdf({play.unit.short_name + month_of(play) + "工作进展情况", "演示文件，内容自拟"}, ""));
        ids.emplace_back(play.papers.at("copy"));
    }
    if (!ids.empty()) given["attachments"] = std::move(ids);
}

// What the page shows for these parts.
std::vector<filings::PartReport> Content::examine(const Play& play, const json::object& parts) {
    auto all = hands_.look<filings::Examination>([&](db::Connection& db) {
        const auto filing = filings::store::find(db, play.route.filing_id).value();
        const auto duty = campaigns::load_duty_version(db, filing.duty_version_id);
        return filings::examine(db, filing, duty->definition, parts).value();
    });
    filings::spell_out(all.parts);
    return std::move(all.parts);
}

// As a person does who sees the page's marks: a figure other than the offered one gets a reason, a contradiction a word.
void Content::answer_questions(const Play& play, json::object& parts) {
    const auto asked = examine(play, parts);
    for (const auto& part : asked) {
        if (part.kind != PartKind::table || !parts.contains(part.id)) continue;
        auto& table = parts[part.id].as_object();
        auto reasons = table.contains("reasons") ? table.at("reasons").as_object() : json::object{};
        for (const auto& [cell, offered] : part.offered)
            if (!reasons.contains(cell)) reasons[cell] = "按本期期末实有数填报";
        if (!reasons.empty()) table["reasons"] = std::move(reasons);
        json::object explanations;
        for (const auto& finding : part.findings)
            if (finding.open && finding.level == forms::CheckLevel::explain)
                explanations[finding.id] = play.below ? "部分县市区尚未通过审核，其隐患暂未计入" : "已与台账核对，差额为上期已销号项";
        if (!explanations.empty()) table["explanations"] = std::move(explanations);
    }
}

json::object Content::parts(Play& play, const Actor& actor, Instant at, const Figures& shifts) {
    json::object out;
    for (const auto& part : play.parts) {
        if (play.exception->gaps.contains(part.id)) continue;
        json::object given;
        if (part.kind == PartKind::narrative) given = narrative(play, words_);
        if (part.kind == PartKind::table) given = table(play, shifts);
        if (part.kind == PartKind::ledger) {
            auto rows = ledger_rows(play.hazards, play.window());
            if (rows.empty() && part.nil_allowed)
                given["nil"] = true;
            else
                given["rows"] = std::move(rows);
        }
        if (part.kind == PartKind::items) {
            json::array ids;
            for (const auto& id : play.items) ids.emplace_back(id);
            given["items"] = std::move(ids);
        }
        if (!given.contains("nil")) add_papers(play, actor, at, part, given);
        out[part.id] = std::move(given);
    }
    if (play.exception->differs && play.below) add_differences(play, out);
    answer_questions(play, out);
    return out;
}

// The city says otherwise than its counties add up to, and why.
void Content::add_differences(const Play& play, json::object& parts) {
    const auto shown = examine(play, parts);
    for (const auto& part : shown) {
        if (part.kind != PartKind::table || !parts.contains(part.id)) continue;
        auto& table = parts[part.id].as_object();
        json::object reasons;
        for (const auto& [cell, by] : play.exception->differs->cells) {
            const auto there = part.values.find(cell);
            table["cells"].as_object()[cell] = shifted(there == part.values.end() ? "" : there->second, by);
            reasons[cell] = play.exception->differs->reason;
        }
        table["reasons"] = std::move(reasons);
    }
}

void Content::write_weekly(Play& play, const Actor& actor, Instant at) {
    const auto seed = play.seed();
    const int count = play.unit.level == "county" ? 1 : between(seed + "条", 1, 3);
    for (int i = 0; i < count; ++i) {
        const auto [category, passage] = chosen(words_.weekly, seed, i);
        auto item = writing(play, play.parts.front().id, category, passage, seed + std::to_string(i));
        // A county's work goes up under the city's name; whose it was stays.
        if (i == 1 && !play.counties.empty()) {
            const auto& county = play.counties[number_from(seed + "县") % play.counties.size()];
            item.origin_id = county.id;
            item.title = filled(passage.title, county, between(seed, 5, 20), 2);
            item.paragraphs = {filled(passage.text, county, between(seed, 5, 20), 2)};
        }
        const auto today = beijing_date(at);
        item.happened_on = std::min(today, std::max(play.route.window_from, today - between(seed + "日" + std::to_string(i), 0, 4)));
        const auto made = hands_.deed<items::Item>(actor, before(at, 3 + count - i), Right::items_write, "item",
                                                   [&](Work& work) { return items::write(work, play.route.campaign_id, item); });
        play.items.push_back(made.id);
    }
}

std::string Content::write_article(const Play& play, const Actor& actor, Instant at, int number) {
    const auto seed = play.seed() + std::to_string(number);
    const auto [category, passage] = chosen(words_.articles, play.seed(), number);
    auto item = writing(play, play.parts.front().id, category, passage, seed);
    item.happened_on = beijing_date(at) - between(seed + "日", 1, 6);
    const int pictures = between(seed + "图", 1, 2);
    for (int i = 0; i < pictures; ++i) {
        const auto picture = (number_from(seed) + static_cast<std::uint64_t>(i)) % 12;  // a dozen drawings in all
        const auto id = hands_.upload(actor, before(at, 2 + i), Paper::picture, "现场图" + std::to_string(i + 1) + ".png",
                                      png(number_from("图" + std::to_string(picture))));
        item.pictures.push_back({id, "现场检查（示意图）"});
    }
    return hands_
        .deed<items::Item>(actor, at, Right::items_write, "article",
                           [&](Work& work) { return items::write(work, play.route.campaign_id, item); })
        .id;
}

std::string Content::write_case(const Actor& actor, const std::string& campaign, const Case& told) {
    items::Writing item;
    item.duty = "cases";
    item.part = "cases";
    item.category = told.category;
    item.title = told.title;
    item.paragraphs = told.paragraphs;
    item.happened_on = beijing_date(told.at) - 2;
    item.hand_in = true;
    return hands_
        .deed<items::Item>(actor, told.at, Right::items_write, "case", [&](Work& work) { return items::write(work, campaign, item); })
        .id;
}

}  // namespace anban::demo
