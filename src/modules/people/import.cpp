#include "modules/people/import.h"

#include <algorithm>

#include "modules/organizations/scope.h"
#include "modules/people/passwords.h"
#include "modules/people/role_words.h"
#include "modules/people/rules.h"
#include "modules/people/store.h"

namespace anban::people {
namespace {

enum Column { login, name, organization, role, phone };

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
    return out;
}

class Checker {
public:
    explicit Checker(const ImportFacts& facts) : facts_(facts) {}

    void check_row(const office::SheetRow& row) {
        row_ = &row;
        NewAccount a;
        a.login = lowered(row.cells[login]);
        a.name = row.cells[name];
        a.phone = row.cells[phone];
        a.post = NewPost{};
        check_login(a.login);
        if (rules::refuse_contact(a.name, "", "")) complain(name, "import.bad_person");
        if (!a.phone.empty() && rules::refuse_contact("甲乙", a.phone, "")) complain(phone, "import.bad_phone");
        check_post(*a.post);
        accounts_.push_back(std::move(a));
    }

    Result<std::vector<NewAccount>> result() {
        if (errors_.empty()) return std::move(accounts_);
        return Refusal{Code::unprocessable, "import.rows_wrong", {{"count", std::to_string(errors_.size())}}, std::move(errors_), {}};
    }

private:
    void complain(Column column, const char* key) {
        errors_.push_back({"row " + std::to_string(row_->number), key,
                           {{"row", std::to_string(row_->number)}, {"column", std::string(import_columns()[column].name)},
                            {"value", row_->cells[column]}}});
    }

    void check_login(const std::string& text) {
        if (rules::refuse_login(text)) complain(login, "import.bad_login");
        else if (!seen_.insert(text).second) complain(login, "import.login_twice");
        else if (facts_.taken.contains(text)) complain(login, "import.login_taken");
    }

    void check_post(NewPost& post) {
        const auto found = facts_.organizations.find(row_->cells[organization]);
        const auto known = role_from_word(row_->cells[role]);
        if (found == facts_.organizations.end()) complain(organization, "import.unknown_organization");
        else if (!organizations::open_on(found->second, facts_.today)) complain(organization, "import.organization_closed");
        if (!known) complain(role, "import.not_one_of");
        if (found == facts_.organizations.end() || !known) return;
        post.organization_id = found->second.id;
        post.role = *known;
        const bool own = post.organization_id == facts_.actor.organization_id;
        if (rules::refuse_post(facts_.actor, {post.role, true, own}, false)) complain(role, "import.role_not_yours");
    }

    const ImportFacts& facts_;
    const office::SheetRow* row_ = nullptr;
    std::vector<NewAccount> accounts_;
    std::set<std::string> seen_;
    std::vector<FieldError> errors_;
};

ImportFacts facts_for(db::Connection& db, const Actor& actor, Instant now, const std::vector<office::SheetRow>& rows) {
    ImportFacts facts{actor, beijing_date(now), {}, {}};
    const auto scope = organizations::scope_of(actor, organizations::Matter::structure);
    std::set<std::string> names;
    for (const auto& row : rows) {
        names.insert(row.cells[organization]);
        if (store::login_exists(db, lowered(row.cells[login]))) facts.taken.insert(lowered(row.cells[login]));
    }
    for (const auto& full_name : names)
        if (auto found = organizations::find_by_name(db, full_name); found && organizations::in_structure_scope(db, scope, found->id, facts.today))
            facts.organizations.emplace(full_name, std::move(*found));
    return facts;
}

Verdict make_passwords(std::vector<NewAccount>& accounts, std::vector<std::string>& passwords) {
    for (auto& account : accounts) {
        passwords.push_back(initial_password());
        if (auto no = while_hashing([&] { account.password_hash = crypto::hash_password(passwords.back()); })) return no;
    }
    return std::nullopt;
}

ImportReport report_of(bool dry_run, const std::vector<NewAccount>& accounts, const std::vector<office::SheetRow>& rows,
                       const std::vector<std::string>& passwords) {
    ImportReport report{dry_run, {}};
    for (std::size_t i = 0; i < accounts.size(); ++i)
        report.rows.push_back({accounts[i].login, accounts[i].name, rows[i].cells[organization], accounts[i].post->role,
                               passwords.empty() ? "" : passwords[i]});
    return report;
}

}  // namespace

const std::vector<office::SheetColumn>& import_columns() {
    static const std::vector<office::SheetColumn> columns{
        {"登录名", true, "3 至 40 位小写字母、数字、. _ -", {}},
        {"姓名或岗位", true, "如：株洲市住建局联络员", {}},
        {"单位全称", true, "与系统中单位全称一致", {}},
        {"角色", true, "从下拉列表中选择", {"联络员", "审核人", "单位负责人", "检查人员", "企业填报人"}},
        {"手机", false, "可不填；页面上只显示首尾", {}}};
    return columns;
}

Result<std::vector<NewAccount>> check_import(const std::vector<office::SheetRow>& rows, const ImportFacts& facts) {
    Checker checker(facts);
    for (const auto& row : rows) checker.check_row(row);
    return checker.result();
}

Result<ImportReport> import(api::Call& call, const std::vector<office::SheetRow>& rows, bool dry_run) {
    if (rows.size() > kMostImported) return Refusal{Code::unprocessable, "import.too_many_rows", {{"most", std::to_string(kMostImported)}}, {}, {}};
    auto accounts = call.read<std::vector<NewAccount>>([&](View& view) { return check_import(rows, facts_for(view.db, view.actor, view.now, rows)); });
    if (!accounts) return accounts.refusal();
    if (dry_run) return report_of(true, *accounts, rows, {});
    std::vector<std::string> passwords;
    if (auto no = make_passwords(*accounts, passwords)) return *no;
    const auto store_all = [&]() -> Result<Done> {
        return call.write<Done>([&](Work& work) -> Result<Done> {
            // Somebody may have been quicker with a login or an organization: the same list of faults then.
            if (auto again = check_import(rows, facts_for(work.db, work.actor, work.now, rows)); !again) return again.refusal();
            if (auto all = create_all(work, *accounts); !all) return all.refusal();
            return Done{};
        });
    };
    // As quick as this one, on another connection: what was taken is there now, and is named by its row.
    const auto made = [&] {
        try {
            return store_all();
        } catch (const db::ConstraintFailure&) {
            return store_all();
        }
    }();
    if (!made) return made.refusal();
    return report_of(false, *accounts, rows, passwords);
}

}  // namespace anban::people
