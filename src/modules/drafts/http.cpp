#include "modules/drafts/http.h"

#include "modules/drafts/desk.h"
#include "platform/files/file_type.h"
#include "platform/http/query.h"

namespace anban::drafts {
namespace {

using api::NoQuery;
using api::Path;

struct Pasted { std::string name, text; std::optional<std::string> issued; };
BOOST_DESCRIBE_STRUCT(Pasted, (), (name, text, issued))
struct FileQuery { std::optional<std::string> issued; };
BOOST_DESCRIBE_STRUCT(FileQuery, (), (issued))
struct ChangesQuery { std::string campaign; };
BOOST_DESCRIBE_STRUCT(ChangesQuery, (), (campaign))
struct VersionBody { std::int64_t version = 0; };
BOOST_DESCRIBE_STRUCT(VersionBody, (), (version))

constexpr std::uint64_t kMostBytes = 20ull << 20;  // of a file: a docx of one megabyte of text may carry pictures

// The draft as it is after the deed, asked for anew: naming the units of a draft takes longer than a deed may.
Result<NoticeDraft> shown(api::Call& call, const std::string& id) {
    return call.read<NoticeDraft>([&](View& view) { return open(view, id); });
}

// Reading happens before the transaction: a megabyte takes a second.
Result<NoticeDraft> kept(api::Call& call, const Result<ReadNotice>& read) {
    if (!read) return read.refusal();
    const auto id = call.once([&](Work& work) -> Result<json::value> {
        auto added = add(work, *read);
        if (!added) return added.refusal();
        return json::value(*added);
    });
    if (!id) return id.refusal();
    return shown(call, std::string(id->as_string()));
}

Result<NoticeDraft> take_correction(api::Call& call, const Corrected& body) {
    const auto id = call.path()["id"];
    const auto done = call.once([&](Work& work) -> Result<json::value> {
        if (const auto corrected = correct(work, id, body); !corrected) return corrected.refusal();
        return json::value(json::object{});
    });
    if (!done) return done.refusal();
    return shown(call, id);
}

Result<NoticeDraft> take_file(api::Call& call, const FileQuery& query) {
    const auto& request = call.request();
    if (!request.body || request.body->size() == 0) return Refusal{Code::invalid, "notice.empty", {}, {}, {}};
    const auto name = files::clean_name(http::percent_decode(request.header("x-file-name")).value_or(""));
    return kept(call, read_notice(name, request.body->read_all(), query.issued));
}

// A dry run does it all and keeps nothing.
Result<Published> publish_or_try(api::Call& call, const Publishing& body) {
    const auto id = call.path()["id"];
    const auto campaign = call.read<ReadyCampaign>([&](View& view) { return ready(view, id, body); });
    if (body.dry_run) {
        if (!campaign) return campaign.refusal();
        std::optional<Result<Published>> tried;
        (void)call.write<Done>([&](Work& work) -> Result<Done> {
            tried.emplace(publish(work, *campaign));
            return Refusal{};  // undoes the transaction
        });
        return std::move(*tried);
    }
    // A request that comes twice is answered as the first one was, although nothing is ready any more.
    const auto answer = call.once([&](Work& work) -> Result<json::value> {
        if (!campaign) return campaign.refusal();
        auto done = publish(work, *campaign);
        if (!done) return done.refusal();
        return codec::encode(*done);
    });
    if (!answer) return answer.refusal();
    return codec::decode<Published>(*answer);
}

}  // namespace

void add_routes(api::Api& api) {
    constexpr auto right = Right::campaigns_publish;
    api.get<NoQuery, NoticeLines>("/api/v1/notices", right, {"读过的通知", "own"}, [](View& view, const Path&, const NoQuery&) -> Result<NoticeLines> { return list(view); });
    api.prepared<Pasted, NoticeDraft>(http::Method::post, "/api/v1/notices", right, {"读一份通知（粘贴）", "own", 4u << 20},
                                      [](api::Call& call, const Pasted& body) {
                                          return kept(call, read_notice(body.name.empty() ? body.name : files::clean_name(body.name), body.text, body.issued));
                                      });
    api.upload<FileQuery, NoticeDraft>(http::Method::post, "/api/v1/notices/file", right, {"读一份通知（文件）", "own", kMostBytes}, take_file);
    api.get<NoQuery, NoticeDraft>("/api/v1/notices/{id}", right, {"一份通知和从中读出的要求", "notice"},
                                  [](View& view, const Path& path, const NoQuery&) { return open(view, path["id"]); });
    api.prepared<Corrected, NoticeDraft>(http::Method::put, "/api/v1/notices/{id}", right, {"更正从通知读出的要求", "notice", 8u << 20}, take_correction);
    api.del<VersionBody, Done>("/api/v1/notices/{id}", right, {"删除通知草稿", "notice"},
                               [](Work& work, const Path& path, const VersionBody& body) { return remove(work, path["id"], body.version); });
    api.get<NoQuery, DraftCalendar>("/api/v1/notices/{id}/calendar", right, {"由草稿得出的日历", "notice"},
                                    [](View& view, const Path& path, const NoQuery&) { return calendar_of(view, path["id"]); });
    api.get<ChangesQuery, DutyChanges>("/api/v1/notices/{id}/changes", right, {"草稿与已有行动的差别", "notice"},
                                       [](View& view, const Path& path, const ChangesQuery& query) { return changes_to(view, path["id"], query.campaign); });
    api.prepared<Publishing, Published>(http::Method::post, "/api/v1/notices/{id}/publish", right, {"由草稿发布行动", "notice"}, publish_or_try);
}

}  // namespace anban::drafts
