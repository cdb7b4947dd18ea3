# cmake -D SOURCE=tree -D FOLDER=out -D LIST=files.txt -P assets_pack.cmake: writes FOLDER/assets.S and FOLDER/table.cpp.
set(type_html "text/html; charset=utf-8")
set(type_js "text/javascript; charset=utf-8")
set(type_mjs "${type_js}")
set(type_css "text/css; charset=utf-8")
set(type_json "application/json")
set(type_csv "text/csv; charset=utf-8")
set(type_svg "image/svg+xml")
set(type_png "image/png")
set(type_ico "image/x-icon")
set(type_webmanifest "application/manifest+json")
set(type_txt "text/plain; charset=utf-8")
set(type_woff2 "font/woff2")

file(STRINGS ${LIST} files)
set(rows "")
# "web/dist/x" is called "web/x", so order by the name that find() searches.
foreach(file ${files})
  string(REGEX REPLACE "^web/dist/" "web/" path ${file})
  list(APPEND rows "${path}\t${file}")  # a tab sorts before every letter of a name
endforeach()
list(SORT rows)

set(assembly "    .section .rodata\n")
set(declarations "")
set(entries "")
set(number 0)
file(REMOVE_RECURSE ${FOLDER}/gzip)
file(MAKE_DIRECTORY ${FOLDER}/gzip)
foreach(row ${rows})
  string(REPLACE "\t" ";" parts ${row})
  list(GET parts 0 path)
  list(GET parts 1 file)
  string(REGEX MATCH "[a-z0-9]+$" extension ${file})
  file(SHA256 ${SOURCE}/${file} digest)
  string(SUBSTRING ${digest} 0 24 digest)
  set(packed ${FOLDER}/gzip/${number}.gz)
  execute_process(COMMAND gzip -9 -n -c ${SOURCE}/${file} OUTPUT_FILE ${packed} COMMAND_ERROR_IS_FATAL ANY)
  set(symbol anban_asset_${number})
  foreach(form raw gzip)
    set(bytes ${SOURCE}/${file})
    if(form STREQUAL gzip)
      set(bytes ${packed})
    endif()
    string(APPEND assembly
      "    .balign 16\n    .global ${symbol}_${form}\n${symbol}_${form}:\n    .incbin \"${bytes}\"\n    .global ${symbol}_${form}_end\n${symbol}_${form}_end:\n    .byte 0\n")
    string(APPEND declarations "extern const char ${symbol}_${form}[], ${symbol}_${form}_end[];\n")
  endforeach()
  string(APPEND entries
    "        {\"${path}\", \"${type_${extension}}\", between(${symbol}_raw, ${symbol}_raw_end), between(${symbol}_gzip, ${symbol}_gzip_end), \"\\\"${digest}\\\"\"},\n")
  math(EXPR number "${number} + 1")
endforeach()
string(APPEND assembly "    .section .note.GNU-stack,\"\",@progbits\n")

file(WRITE ${FOLDER}/assets.S "${assembly}")
file(WRITE ${FOLDER}/table.cpp
"// Made by cmake/assets_pack.cmake.
#include <array>

#include \"platform/assets/assets.h\"

extern \"C\" {
${declarations}}

namespace anban::assets {
namespace {

std::string_view between(const char* from, const char* to) { return {from, static_cast<std::size_t>(to - from)}; }

}  // namespace

std::span<const Asset> all() {
    static const std::array<Asset, ${number}> assets{{
${entries}    }};
    return assets;
}

}  // namespace anban::assets
")
