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

// Reading happens before the transaction: a megabyte takes a second.
Result<NoticeDraft> kept(api::Call& call, const Result<ReadNotice>& read) {
    if (!read) return read.refusal();
    const auto answer = call.once([&](Work& work) -> Result<json::value> {
        auto added = add(work, *read);
        if (!added) return added.refusal();
        return codec::encode(*added);
    });
    if (!answer) return answer.refusal();
    return codec::decode<NoticeDraft>(*answer);
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
    if (body.dry_run) {
        std::optional<Result<Published>> tried;
        (void)call.write<Done>([&](Work& work) -> Result<Done> {
            tried.emplace(publish(work, id, body));
            return Refusal{};  // undoes the transaction
        });
        return std::move(*tried);
    }
    const auto answer = call.once([&](Work& work) -> Result<json::value> {
        auto done = publish(work, id, body);
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
                                      [](api::Call& call, const Pasted& body) { return kept(call, read_notice(body.name, body.text, body.issued)); });
    api.upload<FileQuery, NoticeDraft>(http::Method::post, "/api/v1/notices/file", right, {"读一份通知（文件）", "own", kMostBytes}, take_file);
    api.get<NoQuery, NoticeDraft>("/api/v1/notices/{id}", right, {"一份通知和从中读出的要求", "notice"},
                                  [](View& view, const Path& path, const NoQuery&) { return open(view, path["id"]); });
    api.put<Corrected, NoticeDraft>("/api/v1/notices/{id}", right, {"更正从通知读出的要求", "notice", 8u << 20},
                                    [](Work& work, const Path& path, const Corrected& body) { return correct(work, path["id"], body); });
    api.del<VersionBody, Done>("/api/v1/notices/{id}", right, {"删除通知草稿", "notice"},
                               [](Work& work, const Path& path, const VersionBody& body) { return remove(work, path["id"], body.version); });
    api.get<NoQuery, DraftCalendar>("/api/v1/notices/{id}/calendar", right, {"由草稿得出的日历", "notice"},
                                    [](View& view, const Path& path, const NoQuery&) { return calendar_of(view, path["id"]); });
    api.get<ChangesQuery, DutyChanges>("/api/v1/notices/{id}/changes", right, {"草稿与已有行动的差别", "notice"},
                                       [](View& view, const Path& path, const ChangesQuery& query) { return changes_to(view, path["id"], query.campaign); });
    api.prepared<Publishing, Published>(http::Method::post, "/api/v1/notices/{id}/publish", right, {"由草稿发布行动", "notice"}, publish_or_try);
}

}  // namespace anban::drafts
