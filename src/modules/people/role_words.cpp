#include "modules/people/role_words.h"

#include <array>
#include <utility>

namespace anban::people {
namespace {

constexpr std::array<std::pair<Role, std::string_view>, 11> kWords{{
    {Role::liaison, "联络员"}, {Role::reviewer, "审核人"}, {Role::unit_leader, "单位负责人"}, {Role::office_clerk, "安委办经办人"},
    {Role::office_leader, "安委办负责人"}, {Role::inspector, "检查人员"}, {Role::enterprise, "企业填报人"}, {Role::auditor, "审计人员"},
    {Role::system_admin, "系统管理员"}, {Role::security_admin, "安全管理员"}, {Role::security_auditor, "安全审计员"}}};

}  // namespace

std::string_view role_word(Role role) {
    for (const auto& [known, word] : kWords) if (known == role) return word;
    return {};
}

std::optional<Role> role_from_word(std::string_view text) {
    for (const auto& [role, word] : kWords) if (word == text) return role;
    return std::nullopt;
}

}  // namespace anban::people
