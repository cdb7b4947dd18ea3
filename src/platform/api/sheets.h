// Spreadsheets at the door: an uploaded list as rows, an empty template as an answer.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "platform/http/message.h"
#include "platform/office/sheet_rows.h"

namespace anban::api {

// The first sheet of the uploaded xlsx (body of the request). Refusals as in platform/office.
[[nodiscard]] Result<std::vector<office::SheetRow>> uploaded_rows(const http::Request&, const std::vector<office::SheetColumn>&);

// The template with head and hints, to be saved as "<name>.xlsx".
[[nodiscard]] http::Response sheet_template(std::string_view name, const std::vector<office::SheetColumn>&);

// A fresh file name for an answer that is built on disk and removed after sending.
[[nodiscard]] std::string temporary_file(std::string_view suffix);

}  // namespace anban::api
