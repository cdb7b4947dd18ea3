#include "app/demo_stage.h"

#include "app/command_line.h"
#include "core/ids.h"
#include "platform/files/file_type.h"

namespace anban::demo {

using attachments::Attachment;
using attachments::Paper;

void Hands::stop(const Actor& actor, Instant at, const char* deed, const Refusal& refusal) {
    auto text = in_chinese("demo.refused", {{"at", format_instant(at)}, {"unit", actor.name}, {"deed", deed}}) + "\n" +
                in_chinese(refusal.key, refusal.params);
    for (const auto& error : refusal.errors) text += "\n  " + error.path + "  " + in_chinese(error.key, error.params);
    throw std::runtime_error(text);
}

std::string Hands::upload(const Actor& actor, Instant at, Paper paper, const std::string& name, const std::string& bytes) {
    const auto content = number_from(bytes);
    if (!kept_.contains(content)) kept_[content] = app_.blobs().put(bytes);
    const auto& stored = kept_[content];
    Attachment attachment;
    attachment.id = new_id(system_now());
    attachment.sha256 = stored.sha256;
    attachment.name = files::clean_name(name);
    attachment.type = files::type_name(files::sniff(bytes));
    attachment.size = static_cast<std::int64_t>(stored.size);
    attachment.paper = paper;
    attachment.organization_id = actor.organization_id;
    attachment.uploaded_by = actor.person_id;
    attachment.uploaded_at = at;
    deed<Done>(actor, at, Right::filings_fill, "upload", [&](Work& work) { return attachments::keep(work, attachment); });
    return attachment.id;
}

filings::Route Hands::route(const std::string& id) {
    return look<filings::Route>([&](db::Connection& db) { return filings::store::find_route(db, id).value(); });
}

filings::Filing Hands::filing(const std::string& id) {
    return look<filings::Filing>([&](db::Connection& db) { return filings::store::find(db, id).value(); });
}

}  // namespace anban::demo
