// What a file is, by its bytes and never by its name; which of that may enter; and names that are only ever data.
// threats D5, D6.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace anban::files {

// word and excel are the old OLE forms (doc, xls; also WPS's wps, et). Documents with macros are unknown, as is everything that a
// browser might run: html, svg, scripts.
enum class FileType { unknown, jpeg, png, pdf, docx, xlsx, word, excel, mp4, text_utf8, text_gb18030 };

[[nodiscard]] FileType sniff(std::string_view bytes);         // the whole file
[[nodiscard]] FileType sniff_file(const std::string& path);   // maps it; throws std::system_error when it can not be opened

[[nodiscard]] std::string_view media_type(FileType);          // to be sent with attachment disposition and nosniff
[[nodiscard]] std::string_view type_name(FileType);           // "jpeg", for storing and for messages

// Refuses with Code::unsupported: "attachment.type_not_allowed" {name}, "attachment.name_disagrees" {name, type}: report.jpg that is
// a pdf misleads whoever opens it.
[[nodiscard]] Verdict refuse_type(std::string_view name, FileType, const std::vector<FileType>& allowed);

// The last path component, valid UTF-8, without controls, bidi overrides and what Windows forbids; at most 120 characters
// with the ending kept; never empty, never a device name.
[[nodiscard]] std::string clean_name(std::string_view raw);

// RFC 6266 / 8187: attachment; filename="..."; filename*=UTF-8''...  No CR, LF or quote gets through.
[[nodiscard]] std::string attachment_disposition(std::string_view name);

// Text of a text file as UTF-8 without BOM; empty when the type is not a text type.
[[nodiscard]] std::string to_utf8(std::string_view bytes, FileType);

}  // namespace anban::files
