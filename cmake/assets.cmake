# What is served as it stands (the page, messages, schema, API description) in a library, compressed beside plain, by the assembler's .incbin (no compiler reads megabytes of
# text). The page is built by bin/run before; without web/dist the library simply has no page.
set(ANBAN_ASSET_FOLDERS web/dist messages packs/schema docs/api)

function(anban_pack_assets library)
  set(globs "")
  foreach(folder ${ANBAN_ASSET_FOLDERS})
    list(APPEND globs ${CMAKE_SOURCE_DIR}/${folder}/*)
  endforeach()
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${globs})
  list(FILTER files INCLUDE REGEX "\\.(html|js|mjs|css|json|csv|svg|png|ico|webmanifest|txt|woff2)$")
  list(SORT files)
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/assets)
  set(list ${folder}/files.txt)
  list(JOIN files "\n" text)
  file(CONFIGURE OUTPUT ${list} CONTENT "${text}\n" @ONLY)  # written only when it differs
  list(TRANSFORM files PREPEND ${CMAKE_SOURCE_DIR}/ OUTPUT_VARIABLE inputs)
  add_custom_command(OUTPUT ${folder}/assets.S ${folder}/table.cpp
    COMMAND ${CMAKE_COMMAND} -D SOURCE=${CMAKE_SOURCE_DIR} -D FOLDER=${folder} -D LIST=${list} -P ${CMAKE_SOURCE_DIR}/cmake/assets_pack.cmake
    DEPENDS ${inputs} ${list} ${CMAKE_SOURCE_DIR}/cmake/assets_pack.cmake
    COMMENT "Packing assets" VERBATIM)
  target_sources(${library} PRIVATE ${folder}/assets.S ${folder}/table.cpp)
  # The assembler's output must not be taken from a compiler cache, which does not see what .incbin reads.
  set_source_files_properties(${folder}/assets.S PROPERTIES LANGUAGE ASM OBJECT_DEPENDS "${inputs}")
endfunction()
