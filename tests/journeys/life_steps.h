// The people of Hunan's pack at their desks: what each does through the API, and what each reads there.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <string>

#include "platform/messages/messages.h"
#include "tests/support/campaign_world.h"
#include "tests/support/world.h"

namespace anban::test::life {

inline const std::string kPack = std::string(ANBAN_SOURCE_DIR) + "/packs/hunan-2023";
inline constexpr const char* kOffice = "湖南省住房和城乡建设厅安全生产委员会办公室";
inline constexpr const char* kZhuzhou = "株洲市住房和城乡建设局";
inline constexpr const char* kXiangtan = "湘潭市住房和城乡建设局";
inline constexpr const char* kCampaign = "/api/v1/campaigns/hunan-2023";

inline std::string encoded(const std::string& text) {
    static constexpr char kHex[] = "0123456789ABCDEF";
    std::string out;
    for (const unsigned char c : text) {
        if (c > ' ' && c < 0x7f && c != '%' && c != '&' && c != '+') out += static_cast<char>(c);
        else out += {'%', kHex[c >> 4], kHex[c & 15]};
    }
    return out;
}

inline Params params_of(const json::object& refusal) {
    Params out;
    for (const auto& one : refusal.at("params").as_object()) out.emplace_back(one.key(), one.value().as_string());
    return out;
}

// A "no" as the page shows it: that code, and for it and each of its lines a Chinese sentence in which nothing is left open.
inline void expect_refused(const Answer& answer, int status, const std::string& code, const std::string& line = {}) {
    EXPECT_EQ(answer.status, status) << answer.text;
    EXPECT_EQ(answer.code(), code) << answer.text;
    const auto* refusal = answer.body.if_object();
    if (!refusal || answer.status < 400) return;
    bool found = line.empty();
    const auto read = [&](const json::object& one) {
        const std::string key(one.at("code").as_string());
        found = found || key == line;
        EXPECT_TRUE(messages::has(messages::Language::zh, key)) << key;
        EXPECT_TRUE(messages::has(messages::Language::en, key)) << key;
        const auto sentence = messages::sentence(messages::Language::zh, key, params_of(one));
        EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
    };
    read(*refusal);
    for (const auto& one : refusal->at("errors").as_array()) read(one.as_object());
    EXPECT_TRUE(found) << line << " is not among " << answer.text;
}

inline std::string scan(Client& client, const std::string& content = "stamped") {
    const auto answer = client.upload("/api/v1/attachments?paper=stamped_scan", encoded("盖章扫描件.pdf"), "%PDF-1.4\n" + content);
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.string("/attachment/id");
}

inline std::string picture(Client& client) {
    const auto answer = client.upload("/api/v1/attachments?paper=picture", encoded("现场.png"), std::string("\x89PNG\r\n\x1a\n", 8) + "pixels");
    EXPECT_EQ(answer.status, 200) << answer.text;
    return answer.string("/attachment/id");
}

inline json::object cells(const std::map<std::string, std::string>& typed) {
    json::object out;
    for (const auto& [cell, text] : typed) out[cell] = text;
    return out;
}

// One reporting unit: finds its filings in its own work, as the page does.
class Desk {
public:
    Desk(World& world, std::string organization, Role role = Role::liaison, const std::string& who = {})
        : name(std::move(organization)), client(world.as(name, role, who)) {}

    [[nodiscard]] std::string filing_id(const std::string& duty, const std::string& slot) {
        const auto work = client.get("/api/v1/my-work");
        for (const auto* group : {"toMend", "overdue", "today", "thisWeek", "later", "underReview", "done"})
            for (const auto& line : work.at(std::string("/") + group).as_array()) {
                const auto& filing = line.at("filing");
                if (filing.at("duty").as_string() == duty && filing.at("slot").as_string() == slot) return std::string(filing.at("id").as_string());
            }
        return {};
    }
    Answer open(const std::string& duty, const std::string& slot) { return client.get("/api/v1/filings/" + filing_id(duty, slot)); }

    Answer hand_in(const std::string& duty, const std::string& slot, json::object parts, const json::object& more = {}) {
        const auto filing = open(duty, slot);
        json::object body{{"version", filing.at("/filing/version")}, {"draftVersion", filing.at("/draft/version")}};
        if (!parts.empty()) body["parts"] = std::move(parts);
        for (const auto& one : more) body[one.key()] = one.value();
        return client.post("/api/v1/filings/" + filing.string("/filing/id") + "/hand-in", body);
    }
    Answer withdraw(const std::string& duty, const std::string& slot) {
        const auto filing = open(duty, slot);
        return client.post("/api/v1/filings/" + filing.string("/filing/id") + "/withdraw", json::object{{"version", filing.at("/filing/version")}});
    }
    Answer ask_amendment(const std::string& duty, const std::string& slot, const std::string& reason) {
        const auto filing = open(duty, slot);
        return client.post("/api/v1/routes/" + filing.string("/routes/0/id") + "/amendment",
                           json::object{{"version", filing.at("/routes/0/version")}, {"reason", reason}});
    }
    // The table and the ledger of January and February, with a stamped scan for each.
    json::object table_and_ledger(const std::map<std::string, std::string>& typed) {
        return {{"statistics", json::object{{"cells", cells(typed)}, {"attachments", json::array{scan(client)}}}},
                {"major_hazards", json::object{{"nil", true}}}};
    }
    // A whole month: the narrative with its scan as well.
    json::object month(const std::map<std::string, std::string>& typed, const std::string& text = "本月开展了检查") {
        auto parts = table_and_ledger(typed);
        parts["progress"] = json::object{{"paragraphs", json::array{text}}, {"attachments", json::array{scan(client)}}};
        return parts;
    }
    Answer write_item(const std::string& duty, const std::string& category, const std::string& title, const std::string& day,
                      const json::array& pictures = {}, bool hand_in = true) {
        json::array shown;
        for (const auto& id : pictures) shown.push_back(json::object{{"attachmentId", id}, {"caption", "现场"}});
        return client.post(std::string(kCampaign) + "/items",
                           json::object{{"duty", duty}, {"part", duty == "weekly" ? "news" : duty}, {"category", category}, {"title", title},
                                        {"paragraphs", json::array{"经过与结果。"}}, {"happenedOn", day}, {"pictures", shown}, {"handIn", hand_in}});
    }
    // One item of the week, and the week handed in with it.
    Answer hand_in_week(const std::string& slot, const std::string& title, const std::string& day) {
        const auto item = write_item("weekly", "leadership", title, day);
        EXPECT_EQ(item.status, 200) << item.text;
        return hand_in("weekly", slot, {{"news", json::object{{"items", json::array{item.at("/id")}}}}});
    }

    std::string name;
    Client& client;
};

// One receiving office or bureau.
class Receiver {
public:
    Receiver(World& world, const std::string& organization, Role role = Role::office_clerk, const std::string& who = {})
        : client(world.as(organization, role, who)) {}

    Answer matrix(const std::string& duty, const std::string& more = {}) { return client.get(std::string(kCampaign) + "/matrix?limit=200&duty=" + duty + more); }
    Answer totals(const std::string& slot, const std::string& more = {}, const std::string& duty = "monthly") {
        return client.get(std::string(kCampaign) + "/totals?part=statistics&duty=" + duty + "&slot=" + slot + more);
    }
    // The unit's cell of a window; null when it has none.
    json::value cell(const std::string& duty, const std::string& unit, const std::string& slot) {
        const auto all = matrix(duty);
        for (const auto& row : all.at("/rows").as_array())
            if (row.at("name").as_string() == unit)
                for (const auto& one : row.at("cells").as_array())
                    if (one.at("slot").as_string() == slot) return one;
        return nullptr;
    }
    json::value window(const std::string& duty, const std::string& slot) {
        const auto all = matrix(duty);
        for (const auto& one : all.at("/windows").as_array())
            if (one.at("slot").as_string() == slot) return one;
        return nullptr;
    }
    Answer decide(const std::string& deed, const std::string& duty, const std::string& unit, const std::string& slot, json::object more = {}) {
        const auto seen = cell(duty, unit, slot);
        const auto route = std::string(seen.at("routeId").as_string());
        const auto filing = client.get("/api/v1/filings/" + std::string(seen.at("filingId").as_string()));
        for (const auto& one : filing.at("/routes").as_array())
            if (one.at("id").as_string() == route) more["version"] = one.at("version");
        return client.post("/api/v1/routes/" + route + "/" + deed, more);
    }
    Answer accept(const std::string& duty, const std::string& unit, const std::string& slot) { return decide("accept", duty, unit, slot); }

    Client& client;
};

inline std::string text_of(const json::value& object, const char* member) { return std::string(object.at(member).as_string()); }

// Every window's counts add up to its rows, and no rate passes 100.
inline void expect_sums(const Answer& matrix) {
    std::map<std::string, std::int64_t> cells_in;
    for (const auto& row : matrix.at("/rows").as_array())
        for (const auto& cell : row.at("cells").as_array()) ++cells_in[text_of(cell, "slot")];
    for (const auto& window : matrix.at("/windows").as_array()) {
        const auto n = [&](const char* name) { return window.at(name).as_int64(); };
        const auto slot = text_of(window, "slot");
        EXPECT_EQ(n("owed"), n("accepted") + n("submitted") + n("returned") + n("expected") + n("overdue")) << slot;
        EXPECT_EQ(n("owed") + n("excused") + n("notApplicable"), cells_in[slot]) << slot;
        const auto rate = text_of(window, "rate");
        EXPECT_TRUE(rate == "—" || std::stod(rate) <= 100.0) << slot << ' ' << rate;
    }
}

}  // namespace anban::test::life
