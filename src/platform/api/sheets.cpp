#include "platform/api/sheets.h"

#include "platform/http/names.h"

namespace anban::api {

Result<std::vector<office::SheetRow>> uploaded_rows(const http::Request& request, const std::vector<office::SheetColumn>& columns) {
    if (!request.body || request.body->size() == 0) return Refusal{Code::invalid, "import.empty", {}, {}, {}};
    const auto* memory = request.body->memory();
    auto book = memory ? office::XlsxReader::open(*memory) : office::XlsxReader::open_file(request.body->file());
    if (!book) return book.refusal();
    return office::read_sheet_rows(*book, columns);
}

http::Response sheet_answer(std::string_view name) {
    http::Response response;
    response.type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    response.temporary = std::make_shared<http::TemporaryFile>(".xlsx");
    response.file = response.temporary->path();
    response.headers.emplace_back("Content-Disposition", http::content_disposition(std::string(name) + ".xlsx"));
    return response;
}

http::Response sheet_template(std::string_view name, const std::vector<office::SheetColumn>& columns) {
    auto response = sheet_answer(name);
    office::write_sheet_template(response.file, name, columns);
    return response;
}

}  // namespace anban::api
