#include "app/page.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "platform/assets/assets.h"

namespace anban {
namespace {

bool accepts_gzip(const http::Request& request) {
    return request.header("accept-encoding").find("gzip") != std::string_view::npos;
}

// Vite puts a hash of the content into every name under assets/.
std::string_view how_long(std::string_view path) {
    return path.rfind("/assets/", 0) == 0 ? "public, max-age=31536000, immutable" : "no-cache";
}

http::Response asset_response(const assets::Asset& asset, const http::Request& request) {
    http::Response response;
    response.type = asset.type;
    response.headers.emplace_back("ETag", asset.etag);
    response.headers.emplace_back("Vary", "Accept-Encoding");
    response.headers.emplace_back("Cache-Control", how_long(request.path));
    if (request.header("if-none-match") == asset.etag) {
        response.status = 304;
        return response;
    }
    if (accepts_gzip(request) && !asset.gzip.empty()) {
        response.headers.emplace_back("Content-Encoding", "gzip");
        response.stat = asset.gzip;
    } else {
        response.stat = asset.raw;
    }
    return response;
}

std::string_view type_of(const std::string& path) {
    const auto ending = std::filesystem::path(path).extension().string();
    if (ending == ".html") return "text/html; charset=utf-8";
    if (ending == ".js") return "text/javascript; charset=utf-8";
    if (ending == ".css") return "text/css; charset=utf-8";
    if (ending == ".svg") return "image/svg+xml";
    return "application/octet-stream";
}

std::optional<http::Response> from_folder(const std::string& folder, const std::string& path) {
    std::ifstream in(folder + path, std::ios::binary);  // no dot segments: the transport refused them
    if (!in || std::filesystem::is_directory(folder + path)) return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    http::Response response;
    response.type = type_of(path);
    response.headers.emplace_back("Cache-Control", "no-cache");
    response.body = text.str();
    return response;
}

std::optional<http::Response> file_at(const std::string& path, const http::Request& request, const std::string& folder) {
    if (!folder.empty()) return from_folder(folder, path);
    if (const auto* asset = assets::find("web" + path)) return asset_response(*asset, request);
    return std::nullopt;
}

}  // namespace

std::optional<http::Response> serve_page(const http::Request& request, const std::string& folder) {
    if (request.path != "/")
        if (auto found = file_at(request.path, request, folder)) return found;
    if (request.path.find('.', request.path.rfind('/')) != std::string::npos) return std::nullopt;  // a file that is not there
    return file_at("/index.html", request, folder);
}

}  // namespace anban
