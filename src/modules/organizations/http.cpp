#include "modules/organizations/http.h"

#include "modules/organizations/divisions.h"
#include "modules/organizations/import.h"
#include "platform/api/sheets.h"

namespace anban::organizations {
namespace {

constexpr std::uint64_t kSheetLimit = 10 << 20;

struct OpenBody {
    bool dry_run = false;
    std::string name;
    std::optional<std::string> short_name;
    Kind kind = Kind::bureau;
    Level level = Level::city;
    std::optional<std::string> division_code;
    std::optional<std::string> credit_code;
    std::optional<std::int64_t> sort_order;
    CivilDate from;
    std::vector<ParentLink> parents;
};
BOOST_DESCRIBE_STRUCT(OpenBody, (), (dry_run, name, short_name, kind, level, division_code, credit_code, sort_order, from, parents))

struct CloseBody { bool dry_run = false; std::int64_t version = 0; CivilDate on; };
BOOST_DESCRIBE_STRUCT(CloseBody, (), (dry_run, version, on))

struct MoveBody {
    bool dry_run = false;
    std::int64_t version = 0;
    CivilDate from;
    EdgeKind kind = EdgeKind::place;
    std::optional<std::string> leave;
    std::optional<std::string> to;
};
BOOST_DESCRIBE_STRUCT(MoveBody, (), (dry_run, version, from, kind, leave, to))

struct MergeBody {
    bool dry_run = false;
    std::int64_t version = 0;
    std::string into;
    std::int64_t into_version = 0;
    CivilDate from;
};
BOOST_DESCRIBE_STRUCT(MergeBody, (), (dry_run, version, into, into_version, from))

struct RenameBody {
    bool dry_run = false;
    std::int64_t version = 0;
    CivilDate from;
    std::string name;
    std::optional<std::string> short_name;
};
BOOST_DESCRIBE_STRUCT(RenameBody, (), (dry_run, version, from, name, short_name))

struct DivisionsAsked { std::optional<std::string> parent; };
BOOST_DESCRIBE_STRUCT(DivisionsAsked, (), (parent))
struct Divisions { std::vector<Division> rows; };
BOOST_DESCRIBE_STRUCT(Divisions, (), (rows))

Opening opening(const OpenBody& b) {
    return {"", b.name, b.short_name.value_or(""), b.kind, b.level, b.division_code.value_or(""), b.credit_code.value_or(""),
            b.sort_order.value_or(0), b.from, b.parents};
}

struct ImportAsked { std::optional<bool> dry_run; };  // true when absent
BOOST_DESCRIBE_STRUCT(ImportAsked, (), (dry_run))

Result<ImportReport> import_sheet(api::Call& call, const ImportAsked& asked) {
    auto rows = api::uploaded_rows(call.request(), import_columns());
    if (!rows) return rows.refusal();
    const bool dry_run = asked.dry_run.value_or(true);
    const auto stored = call.once([&](Work& work) -> Result<json::value> {
        const auto report = import(work, *rows, dry_run);
        if (!report) return report.refusal();
        return codec::encode(*report);
    });
    if (!stored) return stored.refusal();
    return codec::decode<ImportReport>(*stored);
}

void add_reading(api::Api& api) {
    api.get<ListAsked, Page>("/api/v1/organizations", Right::organizations_read, {"单位列表"},
        [](View& view, const api::Path&, const ListAsked& asked) { return list(view, asked); });
    api.get<TreeAsked, Tree>("/api/v1/organizations/tree", Right::organizations_read, {"单位树，可查看任一天的情况"},
        [](View& view, const api::Path&, const TreeAsked& asked) { return tree(view, asked); });
    api.get<api::NoQuery, Whole>("/api/v1/organizations/{id}", Right::organizations_read, {"一个单位", "organization"},
        [](View& view, const api::Path& path, const api::NoQuery&) { return load(view, path["id"]); });
    api.get<DivisionsAsked, Divisions>("/api/v1/divisions", Right::signed_in, {"行政区划"},
        [](View& view, const api::Path&, const DivisionsAsked& asked) -> Result<Divisions> {
            return Divisions{list_divisions(view.db, asked.parent.value_or(""))};
        });
}

void add_changes(api::Api& api, const Impacts& impacts) {
    const Right right = Right::organizations_change;
    api.post<OpenBody, ChangeReport>("/api/v1/organizations", right, {"新设单位"},
        [=](Work& work, const api::Path&, const OpenBody& b) { return open(work, impacts, opening(b), b.dry_run); });
    api.post<CloseBody, ChangeReport>("/api/v1/organizations/{id}/close", right, {"撤销单位", "organization"},
        [=](Work& work, const api::Path& path, const CloseBody& b) {
            return close(work, impacts, {path["id"], b.version, b.on}, b.dry_run);
        });
    api.post<MoveBody, ChangeReport>("/api/v1/organizations/{id}/move", right, {"调整隶属", "organization"},
        [=](Work& work, const api::Path& path, const MoveBody& b) {
            return move(work, impacts, {path["id"], b.version, b.from, b.kind, b.leave, b.to}, b.dry_run);
        });
    api.post<MergeBody, ChangeReport>("/api/v1/organizations/{id}/merge", right, {"并入另一单位", "organization"},
        [=](Work& work, const api::Path& path, const MergeBody& b) {
            return merge(work, impacts, {path["id"], b.version, b.into, b.into_version, b.from}, b.dry_run);
        });
    api.post<RenameBody, ChangeReport>("/api/v1/organizations/{id}/rename", right, {"更名", "organization"},
        [=](Work& work, const api::Path& path, const RenameBody& b) {
            return rename(work, impacts, {path["id"], b.version, b.from, b.name, b.short_name.value_or("")}, b.dry_run);
        });
}

void add_import(api::Api& api) {
    api.upload<ImportAsked, ImportReport>(http::Method::post, "/api/v1/organizations/import", Right::organizations_change,
                             {"从表格导入单位；dryRun=0 才保存", "none", kSheetLimit}, import_sheet);
    api.download("/api/v1/organizations/import/template", Right::organizations_change, {"单位导入模板"},
                 [](api::Call&) { return api::sheet_template("单位导入模板", import_columns()); });
}

}  // namespace

void add_routes(api::Api& api, const Impacts& impacts) {
    add_reading(api);
    add_changes(api, impacts);
    add_import(api);
}

}  // namespace anban::organizations
