#include <filesystem>

#include "core/ids.h"
#include "modules/attachments/attachments.h"
#include "modules/journal/journal.h"
#include "platform/files/file_type.h"
#include "platform/files/markings.h"
#include "platform/http/query.h"
#include "platform/log/log.h"

namespace anban::attachments {
namespace {

using files::FileType;
using Level = files::MarkingVerdict::Level;

constexpr std::uint64_t kMostBytes = 50 << 20;

struct UploadQuery {
    Paper paper = Paper::e_copy;
    BOOST_DESCRIBE_CLASS(UploadQuery, (), (paper), (), ())
};

struct Uploaded {
    Attachment attachment;
    std::optional<std::string> warning;  // place of a word that may mean a secret: the sender looks again
    bool unreadable = false;             // nobody looked at the text: a scan, a picture
    BOOST_DESCRIBE_CLASS(Uploaded, (), (attachment, warning, unreadable), (), ())
};

const std::vector<FileType>& allowed(Paper paper) {
    static const std::vector<FileType> pictures{FileType::jpeg, FileType::png};
    static const std::vector<FileType> scans{FileType::pdf, FileType::jpeg, FileType::png};
    static const std::vector<FileType> copies{FileType::docx, FileType::xlsx, FileType::word, FileType::excel, FileType::pdf,
                                              FileType::jpeg, FileType::png, FileType::mp4, FileType::text_utf8, FileType::text_gb18030};
    switch (paper) {
        case Paper::picture: return pictures;
        case Paper::stamped_scan: return scans;
        case Paper::e_copy: return copies;
    }
    return copies;
}

// What came, before it is anything: a spooled file or bytes in memory.
struct Incoming {
    const http::Body& body;
    std::string name;
    [[nodiscard]] FileType type() const { return body.memory() ? files::sniff(*body.memory()) : files::sniff_file(body.file()); }
    [[nodiscard]] Result<files::MarkingVerdict> markings(FileType type) const {
        return body.memory() ? files::check_markings_of(*body.memory(), type) : files::check_markings_of_file(body.file(), type);
    }
    [[nodiscard]] files::Stored keep(files::BlobStore& store) const {
        return body.memory() ? store.put(*body.memory()) : store.put_file(body.file());
    }
};

// What a marking stopped is remembered without its content; the line stands although the upload is refused.
Refusal block(api::Call& call, const Incoming& incoming, const files::MarkingVerdict& verdict) {
    (void)call.write<Done>([&](Work& work) -> Result<Done> {
        const auto id = new_id(work.now);
        work.db.run({"attachments.block", R"sql(
            insert into blocked_uploads (id, name, size, rule, place, organization_id, person_id, at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
        )sql"}, {id, incoming.name, static_cast<std::int64_t>(incoming.body.size()), verdict.rule, verdict.where,
                 work.actor.organization_id, work.actor.person_id, work.now.ms});
        journal::record_refused(work, "attachment.blocked", {"attachment", id, work.actor.organization_id}, "attachment.marked_secret",
                                {{"name", incoming.name}, {"rule", verdict.rule}, {"place", verdict.where}});
        return Done{};
    });
    return {Code::unprocessable, "attachment.marked_secret", {{"name", incoming.name}, {"place", verdict.where}}, {}, verdict.rule};
}

Attachment describe(api::Call& call, const Incoming& incoming, FileType type, Paper paper, const files::Stored& stored) {
    Attachment out;
    out.id = new_id(call.real_now());
    out.sha256 = stored.sha256;
    out.name = incoming.name;
    out.type = files::type_name(type);
    out.size = static_cast<std::int64_t>(stored.size);
    out.paper = paper;
    out.organization_id = call.actor().organization_id;
    out.uploaded_by = call.actor().person_id;
    out.uploaded_at = call.now();
    return out;
}

Result<Uploaded> upload(api::Call& call, const UploadQuery& query, files::BlobStore& store) {
    const auto& request = call.request();
    if (!request.body || request.body->size() == 0) return Refusal{Code::invalid, "attachment.empty", {}, {}, {}};
    const auto raw = http::percent_decode(request.header("x-file-name"));
    const Incoming incoming{*request.body, files::clean_name(raw.value_or(""))};
    const auto type = incoming.type();
    if (auto refusal = files::refuse_type(incoming.name, type, allowed(query.paper))) return *refusal;
    const auto verdict = incoming.markings(type);
    if (!verdict) return verdict.refusal();
    if (verdict->level == Level::block) return block(call, incoming, *verdict);

    Uploaded out;
    out.attachment = describe(call, incoming, type, query.paper, incoming.keep(store));
    if (verdict->level == Level::warn) out.warning = verdict->where;
    out.unreadable = verdict->unreadable;
    const auto kept = call.once([&](Work& work) -> Result<json::value> {
        if (auto added = keep(work, out.attachment); !added) return added.refusal();
        return codec::encode(out);
    });
    if (!kept) return kept.refusal();
    return codec::decode<Uploaded>(*kept);
}

Result<Attachment> find_in_scope(View& view, const std::string& id) {
    auto found = find(view.db, id);
    if (!found || !may_see(view.db, view.actor, *found)) return Refusal{Code::not_found, "attachment.unknown", {}, {}, {}};
    return std::move(*found);
}

Result<http::Response> download(api::Call& call, files::BlobStore& store) {
    auto found = call.read<Attachment>([&](View& view) { return find_in_scope(view, call.path()["id"]); });
    if (!found) return found.refusal();
    // Hashed when it was stored, and by "anban verify": reading it whole for each download would double the work of all of them.
    const auto path = store.path_of(found->sha256);
    std::error_code gone;
    if (path.empty() || std::filesystem::file_size(path, gone) != static_cast<std::uintmax_t>(found->size)) {
        log::error("attachment.damaged", {{"sha256", found->sha256}, {"name", found->name}});
        return Refusal{Code::unavailable, "attachment.damaged", {{"name", found->name}}, {}, found->sha256};
    }
    http::Response response;
    response.type = "application/octet-stream";
    response.headers.emplace_back("Content-Disposition", files::attachment_disposition(found->name));
    response.file = path;
    return response;
}

}  // namespace

void add_routes(api::Api& api, std::shared_ptr<files::BlobStore> store) {
    api.upload<UploadQuery, Uploaded>(http::Method::post, "/api/v1/attachments", Right::filings_fill, {"上传附件", "own", kMostBytes},
                                      [store](api::Call& call, const UploadQuery& query) { return upload(call, query, *store); });
    api.get<api::NoQuery, Attachment>("/api/v1/attachments/{id}", Right::filings_read, {"附件信息", "attachment"},
                                      [](View& view, const api::Path& path, const api::NoQuery&) { return find_in_scope(view, path["id"]); });
    api.download("/api/v1/attachments/{id}/content", Right::filings_read, {"下载附件", "attachment"},
                 [store](api::Call& call) { return download(call, *store); });
}

}  // namespace anban::attachments
