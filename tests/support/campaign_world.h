// A small campaign on a fresh database: a province's office, three bureaus, two county bureaus below the first; a weekly duty, a
// monthly one in parts (narrative, table, ledger; the counties' table feeds the city's), one on event. People on both sides. Time is what the test says.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/actor.h"
#include "modules/campaigns/campaigns.h"
#include "modules/filings/issue.h"
#include "modules/filings/store.h"
#include "tests/support/world_db.h"

namespace anban::test {

// "2023-03-16 17:00" in Beijing.
[[nodiscard]] Instant beijing(const std::string& text);

class CampaignWorld {
public:
    explicit CampaignWorld(Engine, WorldDbOptions = {});

    Instant now;
    campaigns::Pack pack;
    std::vector<campaigns::FormInPack> forms;

    // Applies the pack as it now stands.
    filings::PublishReport publish();
    filings::PublishReport publish_dry();

    // One deed in a transaction of its own, by that post, at `now` (received at that instant too, unless told otherwise).
    template <class T>
    Result<T> deed(const Actor& actor, const std::function<Result<T>(Work&)>& run, std::optional<Instant> received = {}) {
        std::optional<Result<T>> result;
        db->write([&](db::Connection& connection) {
            Work work{connection, actor, now, received.value_or(now), now, "request"};
            result.emplace(run(work));
            return result->ok() ? db::Outcome::keep : db::Outcome::undo;
        });
        return std::move(*result);
    }
    template <class T>
    Result<T> look(const Actor& actor, const std::function<Result<T>(View&)>& run) {
        std::optional<Result<T>> result;
        db->read([&](db::Connection& connection) {
            View view{connection, actor, now, now};
            result.emplace(run(view));
        });
        return std::move(*result);
    }

    [[nodiscard]] std::string organization(const std::string& name);  // its id
    [[nodiscard]] Actor at(const std::string& organization_name, Role, const std::string& person);
    [[nodiscard]] Actor liaison() { return at(kZhuzhou, Role::liaison, "liaison"); }
    [[nodiscard]] Actor clerk() { return at(kOffice, Role::office_clerk, "clerk"); }
    [[nodiscard]] Actor leader() { return at(kOffice, Role::office_leader, "leader"); }

    // The only route of that duty, organization and slot. Throws when there is none.
    [[nodiscard]] filings::Route route(const std::string& duty, const std::string& organization_name, const std::string& slot);
    [[nodiscard]] filings::Filing filing(const std::string& duty, const std::string& organization_name, const std::string& slot);
    [[nodiscard]] json::object parts(const std::string& text) { return json::parse(text).value().as_object(); }
    [[nodiscard]] std::int64_t count(const std::string& sql);
    [[nodiscard]] std::int64_t journal_lines() { return count("select count(*) from journal"); }

    static constexpr const char* kOffice = "湖南省住房和城乡建设厅";
    static constexpr const char* kZhuzhou = "株洲市住房和城乡建设局";
    static constexpr const char* kXiangtan = "湘潭市住房和城乡建设局";
    static constexpr const char* kHengyang = "衡阳市住房和城乡建设局";
    static constexpr const char* kYouxian = "攸县住房和城乡建设局";
    static constexpr const char* kChaling = "茶陵县住房和城乡建设局";

    WorldDb db;
};

[[nodiscard]] campaigns::Pack small_pack();
[[nodiscard]] campaigns::FormInPack form_of(const std::string& yaml);

}  // namespace anban::test
