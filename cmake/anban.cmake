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
