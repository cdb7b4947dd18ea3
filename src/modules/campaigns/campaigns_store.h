// Every statement on campaigns, pack_versions, campaign_reporters, duty_versions and form_versions that changes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "modules/campaigns/campaigns.h"

namespace anban::campaigns::store {

struct Campaign {
    std::string id;
    std::string title;
    std::string office;
    CivilDate period_from;
    CivilDate period_to;
    std::int64_t pack_version = 0;
    std::int64_t version = 0;
};

[[nodiscard]] std::optional<Campaign> find(db::Connection&, std::string_view id);
void put(db::Connection&, const Campaign&);  // adds it, or stores it with its versions lifted

[[nodiscard]] std::string pack_digest(db::Connection&, std::string_view campaign_id, std::int64_t number);
void add_pack(Work&, std::string_view campaign_id, std::int64_t number, const std::string& digest, const std::string& content);

void add_reporter(db::Connection&, std::string_view campaign_id, const Reporter&);
void close_reporter(db::Connection&, std::string_view campaign_id, const Reporter&, CivilDate on);
void describe_reporter(db::Connection&, std::string_view campaign_id, const Reporter&);  // groups, level, order

void add_duty_version(db::Connection&, const DutyVersion&);
void close_duty_version(db::Connection&, std::string_view id, CivilDate on);
[[nodiscard]] std::int64_t last_duty_number(db::Connection&, std::string_view campaign_id, std::string_view duty);

// False: it was there already.
bool add_form(Work&, std::string_view campaign_id, const FormInPack&);

}  // namespace anban::campaigns::store
