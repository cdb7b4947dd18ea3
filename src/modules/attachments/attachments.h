// Files that people hand in: e-copies, stamped scans, pictures. Stored under the hash of their content, typed by content; the
// name is data only (threats D5, D6).
//
// Who may upload: whoever fills (Right::filings_fill), for the own organization. Refused: types that are not on the list,
// names that disagree with the content, and what carries a secrecy marking (H7): its content is deleted, and name, size,
// sender and rule remain. Who may look and download: the own organization; everybody else only once it was handed in, with a
// filing or an item that lies in their scope (organizations/scope.h), auditors too. For all others it is not there.
#pragma once

#include <boost/describe.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/actor.h"
#include "modules/organizations/scope.h"
#include "platform/api/api.h"
#include "platform/api/work.h"
#include "platform/files/blob_store.h"

namespace anban::attachments {

BOOST_DEFINE_ENUM_CLASS(Paper, e_copy, stamped_scan, picture)

struct Attachment {
    std::string id;
    std::string sha256;
    std::string name;
    std::string type;   // jpeg, png, pdf, docx, ...
    std::int64_t size = 0;
    Paper paper = Paper::e_copy;
    std::string organization_id;
    std::string uploaded_by;
    Instant uploaded_at;
    BOOST_DESCRIBE_CLASS(Attachment, (), (id, sha256, name, type, size, paper, organization_id, uploaded_by, uploaded_at), (), ())
};

// By id, whatever the scope: for modules that have decided already.
[[nodiscard]] std::optional<Attachment> find(db::Connection&, std::string_view id);

// Likewise in the order asked for; ids that do not exist are left out.
[[nodiscard]] std::vector<Attachment> find_all(db::Connection&, const std::vector<std::string>& ids);

// What an upload leaves behind: the row and its journal line. The blob store holds the bytes already, checked by whoever put them.
[[nodiscard]] Result<Done> keep(Work&, const Attachment&);

// What attachments were handed in with. Kept for good: what is returned or withdrawn has been seen.
struct HandedIn {
    std::string kind;  // filing, item
    std::string object_id;
    std::string campaign_id;
    std::string organization_id;
    organizations::Days days;
};
void hand_in(Work&, const HandedIn&, const std::vector<std::string>& attachment_ids);

// Whether the actor may know of it.
[[nodiscard]] bool may_see(db::Connection&, const Actor&, const Attachment&);

// The same as a condition on others' attachments, without the own organization's: `id` is a column.
[[nodiscard]] std::string handed_in_filter(const Actor&, std::string_view id, db::Values& values);

// POST /api/v1/attachments?paper=…, GET /api/v1/attachments/{id}, GET /api/v1/attachments/{id}/content
void add_routes(api::Api&, std::shared_ptr<files::BlobStore>);

}  // namespace anban::attachments
