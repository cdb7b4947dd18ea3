#include "platform/api/sheets.h"

#include <filesystem>

#include "core/ids.h"
#include "platform/crypto/crypto.h"
#include "platform/http/names.h"

namespace anban::api {

Result<std::vector<office::SheetRow>> uploaded_rows(const http::Request& request, const std::vector<office::SheetColumn>& columns) {
    if (!request.body || request.body->size() == 0) return Refusal{Code::invalid, "import.empty", {}, {}, {}};
    const auto* memory = request.body->memory();
    auto book = memory ? office::XlsxReader::open(*memory) : office::XlsxReader::open_file(request.body->file());
    if (!book) return book.refusal();
    return office::read_sheet_rows(*book, columns);
}

http::Response sheet_template(std::string_view name, const std::vector<office::SheetColumn>& columns) {
    http::Response response;
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.file = temporary_file(".xlsx");
    response.remove_file = true;
    response.headers.emplace_back("Content-Disposition", http::content_disposition(std::string(name) + ".xlsx"));
    office::write_sheet_template(response.file, name, columns);
    return response;
}

std::string temporary_file(std::string_view suffix) {
    const auto name = "anban-" + crypto::hex(random_bytes(12)) + std::string(suffix);
    return (std::filesystem::temp_directory_path() / name).string();
}

}  // namespace anban::api
