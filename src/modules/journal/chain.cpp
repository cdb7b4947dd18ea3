#include "modules/journal/chain.h"

#include "platform/crypto/crypto.h"

namespace anban::journal {
namespace {

void put(std::string& bytes, std::string_view field) {
    const auto size = static_cast<std::uint32_t>(field.size());
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(size >> shift);
    bytes += field;
}

}  // namespace

std::string hash_of(const std::string& previous, const Line& line) {
    std::string bytes;
    put(bytes, previous);
    put(bytes, line.writer);
    for (const auto number : {line.number, line.at.ms, line.real_at.ms}) put(bytes, std::to_string(number));
    for (const auto* field : {&line.person_id, &line.actor_name, &line.organization_id, &line.role, &line.address,
                              &line.request_id, &line.deed, &line.object_kind, &line.object_id, &line.object_organization_id,
                              &line.outcome, &line.detail})
        put(bytes, *field);
    return crypto::hex(crypto::sm3(bytes));
}

}  // namespace anban::journal
