#include "app/system_http.h"
#include "modules/attachments/attachments.h"
#include "modules/organizations/scope.h"

namespace anban {
namespace {

struct JournalQuery {
    std::optional<std::string> object_kind;
    std::optional<std::string> object_id;
    std::optional<std::string> organization;
    std::optional<std::string> deed;
    std::optional<CivilDate> from;          // business days, both included
    std::optional<CivilDate> to;
    std::optional<std::string> before;      // "next" of the page before
    std::optional<int> limit;
    BOOST_DESCRIBE_CLASS(JournalQuery, (), (object_kind, object_id, organization, deed, from, to, before, limit), (), ())
};

struct JournalLine {
    std::string writer;
    std::int64_t number = 0;
    Instant at;
    Instant real_at;
    std::string actor_name;
    std::string organization_name;
    std::string role;
    std::string address;
    std::string request_id;
    std::string deed;
    std::string object_kind;
    std::string object_id;
    std::string object_organization_name;
    std::string outcome;
    json::value detail;
    std::string hash;
    BOOST_DESCRIBE_CLASS(JournalLine, (), (writer, number, at, real_at, actor_name, organization_name, role, address, request_id, deed,
                                            object_kind, object_id, object_organization_name, outcome, detail, hash), (), ())
};

struct JournalPage {
    std::vector<JournalLine> lines;
    std::optional<std::string> next;
    BOOST_DESCRIBE_CLASS(JournalPage, (), (lines, next), (), ())
};

// "1679300000000.42.sqlite": real instant, number, writer of the last line shown.
struct Mark {
    std::int64_t real_at = INT64_MAX;
    std::int64_t number = INT64_MAX;
    std::string writer;
};

std::optional<Mark> read_mark(const std::string& text) {
    Mark mark;
    const auto first = text.find('.'), second = text.find('.', first + 1);
    if (first == std::string::npos || second == std::string::npos || first == 0 || first > 15 || second - first > 16) return std::nullopt;
    if (text.substr(0, second).find_first_not_of(".0123456789") != std::string::npos || second == first + 1) return std::nullopt;
    mark.real_at = std::stoll(text.substr(0, first));
    mark.number = std::stoll(text.substr(first + 1, second - first - 1));
    mark.writer = text.substr(second + 1);
    return mark;
}

// What somebody wrote or uploaded and has not handed in is the own organization's: nobody else reads its title here either.
std::string handed_in_only(const Actor& actor, db::Values& values) {
    values.emplace_back(actor.organization_id);
    const auto own = "j.object_organization_id = $" + std::to_string(values.size());
    return "(" + own + " or (j.deed <> 'item.saved' and (j.object_kind <> 'attachment' or " +
           attachments::handed_in_filter(actor, "j.object_id", values) + ")))";
}

// Lines about things of a campaign follow those things; all others, the organization whose object it was.
std::string in_scope(const View& view, db::Values& values) {
    const auto of = [&](const char* kind, const char* table, const char* first, const char* last) {
        return "(j.object_kind = '" + std::string(kind) + "' and exists (select 1 from " + table + " x where x.id = j.object_id and " +
               organizations::data_filter(organizations::scope_of(view.actor), {"x.organization_id", "x.campaign_id", first, last}, values) + "))";
    };
    const auto filings = of("filing", "filings", "x.window_from", "x.window_to");
    const auto items = of("item", "items", "x.happened_on", "x.happened_on");
    return "(" + filings + " or " + items + " or j.object_kind = 'attachment' or (j.object_kind not in ('filing', 'item', 'attachment')"
           " and j.object_organization_id <> '' and " +
           organizations::structure_filter(organizations::scope_of(view.actor, organizations::Matter::structure),
                                           "j.object_organization_id", beijing_date(view.now), values) + "))";
}

// security_auditor: what the other admins and the operator did, and everything about accounts, sessions, missing rights and uploads that a
// marking stopped, whoever did it. auditor: all, with an organization or without. Everybody else: what lies in scope.
std::string visible_to(const View& view, db::Values& values) {
    if (view.actor.role == Role::security_auditor)
        return "(j.role in ('system_admin', 'security_admin') or j.object_kind in ('account', 'endpoint', 'clock', 'setting')"
               " or j.deed = 'attachment.blocked')";
    const auto handed_in = handed_in_only(view.actor, values);
    return view.actor.role == Role::auditor ? handed_in : handed_in + " and " + in_scope(view, values);
}

struct Slot {
    std::string sql;
    db::Values values;
    void where(const std::string& condition, db::Value value) {
        values.push_back(std::move(value));
        sql += " and " + condition + "$" + std::to_string(values.size());
    }
};

Slot conditions(const View& view, const JournalQuery& query, const Mark& mark) {
    Slot out;
    out.sql = " where " + visible_to(view, out.values);
    if (query.object_kind) out.where("j.object_kind = ", *query.object_kind);
    if (query.object_id) out.where("j.object_id = ", *query.object_id);
    if (query.organization) out.where("j.object_organization_id = ", *query.organization);
    if (query.deed) out.where("j.deed = ", *query.deed);
    if (query.from) out.where("j.at >= ", beijing_instant(*query.from).ms);
    if (query.to) out.where("j.at <= ", beijing_day_end(*query.to).ms);
    if (query.before) {
        const auto at = out.values.size();
        out.values.insert(out.values.end(), {mark.real_at, mark.writer, mark.number});
        out.sql += " and (j.real_at, j.writer, j.number) < ($" + std::to_string(at + 1) + ", $" + std::to_string(at + 2) + ", $" +
                   std::to_string(at + 3) + ")";
    }
    return out;
}

JournalLine read_line(const db::Row& row) {
    JournalLine line;
    line.writer = row.string(0);
    line.number = row.int64(1);
    line.at = {row.int64(2)};
    line.real_at = {row.int64(3)};
    int column = 4;
    for (auto* field : {&line.actor_name, &line.organization_name, &line.role, &line.address, &line.request_id, &line.deed,
                        &line.object_kind, &line.object_id, &line.object_organization_name, &line.outcome})
        *field = row.string(column++);
    const auto detail = json::parse(row.text(column));
    line.detail = detail ? *detail : json::value(json::object{});
    line.hash = row.string(column + 1);
    return line;
}

Result<JournalPage> read_journal(View& view, const api::Path&, const JournalQuery& query) {
    const int limit = query.limit.value_or(50);
    if (limit < 1 || limit > 200) return Refusal{Code::invalid, "page.limit", {{"most", "200"}}, {}, {}};
    const auto mark = query.before ? read_mark(*query.before) : Mark{};
    if (!mark) return Refusal{Code::invalid, "page.mark", {}, {}, {}};
    const auto slot = conditions(view, query, *mark);
    JournalPage page;
    view.db.each_built("journal.page", R"sql(
        select j.writer, j.number, j.at, j.real_at, j.actor_name, coalesce(a.name, ''), j.role, j.address, j.request_id, j.deed,
               j.object_kind, j.object_id, coalesce(o.name, ''), j.outcome, j.detail, j.hash
        from journal j
        left join organizations a on a.id = j.organization_id
        left join organizations o on o.id = j.object_organization_id)sql" + slot.sql +
        " order by j.real_at desc, j.writer desc, j.number desc limit " + std::to_string(limit + 1),
        slot.values, [&](const db::Row& row) { page.lines.push_back(read_line(row)); });
    if (static_cast<int>(page.lines.size()) > limit) {
        page.lines.pop_back();
        const auto& last = page.lines.back();
        page.next = std::to_string(last.real_at.ms) + '.' + std::to_string(last.number) + '.' + last.writer;
    }
    return page;
}

}  // namespace

void add_journal_routes(api::Api& api) {
    api.get<JournalQuery, JournalPage>("/api/v1/journal", Right::journal_read, {"操作日志", "own"}, read_journal);
}

}  // namespace anban
