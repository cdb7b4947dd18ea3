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

// An answer to be saved as "<name>.xlsx": write it to its `file`, which is gone afterwards, sent or not.
[[nodiscard]] http::Response sheet_answer(std::string_view name);

}  // namespace anban::api
