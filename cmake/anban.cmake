# One static library for each folder of src/: every *.cpp beside the CMakeLists.txt, without the *_test.cpp,
# which go into the one test program (tests/CMakeLists.txt). The links say which folders it may include.
#   anban_library(forms LINKS core platform_office)
set_property(GLOBAL PROPERTY ANBAN_TEST_SOURCES "")
set_property(GLOBAL PROPERTY ANBAN_LIBRARIES "")

function(anban_library name)
  cmake_parse_arguments(ARG "" "" "LINKS;SYSTEM" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp ${CMAKE_CURRENT_SOURCE_DIR}/*.c)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  if(NOT sources)
    file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp "")
    set(sources ${CMAKE_CURRENT_BINARY_DIR}/empty.cpp)
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_SYSTEM} Threads::Threads)
  set_property(GLOBAL APPEND PROPERTY ANBAN_TEST_SOURCES ${tests})
  set_property(GLOBAL APPEND PROPERTY ANBAN_LIBRARIES ${name})
endfunction()

# A library of the system, found by pkg-config, as an imported target PkgConfig::<NAME>.
macro(anban_system name module)
  pkg_check_modules(${name} REQUIRED IMPORTED_TARGET GLOBAL ${module})
endmacro()

# A file of the tree inside the binary: anban_embed(target name file) adds to the target's library the function
# `std::string_view anban::embedded::name()`, to be declared in a header beside.
function(anban_embed target name file)
  set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT [[
#include <string_view>
__asm__(".section .rodata\n.balign 16\nanban_@name@_begin:\n.incbin \"@file@\"\nanban_@name@_end:\n.byte 0\n.previous\n");
extern "C" const char anban_@name@_begin[];
extern "C" const char anban_@name@_end[];
namespace anban::embedded {
std::string_view @name@() { return {anban_@name@_begin, static_cast<std::size_t>(anban_@name@_end - anban_@name@_begin)}; }
}
]])
  set_source_files_properties(${source} PROPERTIES OBJECT_DEPENDS ${file})
  target_sources(${target} PRIVATE ${source})
endfunction()
