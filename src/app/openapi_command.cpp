#include "app/openapi_command.h"

#include <ostream>

#include "app/application.h"
#include "app/command_line.h"
#include "core/temporary_folder.h"

namespace anban {
namespace {

// Two spaces deeper for each level, so that a change reads line by line.
void write_indented(std::string& out, const json::value& value, std::size_t depth) {
    const auto line = [&](std::size_t deep) { out += '\n' + std::string(deep * 2, ' '); };
    if (value.is_object() && !value.get_object().empty()) {
        const char* between = "{";
        for (const auto& member : value.get_object()) {
            out += between;
            line(depth + 1);
            out += json::write(json::value(member.key())) + ": ";
            write_indented(out, member.value(), depth + 1);
            between = ",";
        }
        line(depth);
        out += '}';
    } else if (value.is_array() && !value.get_array().empty()) {
        const char* between = "[";
        for (const auto& element : value.get_array()) {
            out += between;
            line(depth + 1);
            write_indented(out, element, depth + 1);
            between = ",";
        }
        line(depth);
        out += ']';
    } else {
        out += json::write(value);
    }
}

}  // namespace

std::string openapi_text() {
    const TemporaryFolder folder;  // the declarations need a wired application, and that a folder
    Config config;
    config.data = folder.path();
    config.durable = false;
    config.divisions = false;
    config.business_time = system_now();  // with the endpoint that moves the clock of trainings
    Application app(config);
    std::string out;
    write_indented(out, api::openapi(app.api()), 0);
    return out + '\n';
}

int run_openapi(Arguments arguments, std::ostream& out, std::ostream& err) {
    if (!arguments.empty()) return err << in_chinese("openapi.usage") << '\n', kWrongUse;
    out << openapi_text();
    return kAllWell;
}

}  // namespace anban
