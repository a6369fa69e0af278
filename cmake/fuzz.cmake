# One libFuzzer program per tests/fuzz/NAME_fuzz.cc, all of them under the target `fuzzers`.
# Corpora stand beside them: tests/fuzz/corpus/NAME/.
if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  message(FATAL_ERROR "RINGMASTER_FUZZERS needs clang: cmake --preset fuzz")
endif()

add_custom_target(fuzzers)
file(GLOB fuzz_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cc)
foreach(source ${fuzz_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE rm_warnings)
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  # A fuzzer links the folders that it includes, so that only those are built by clang.
  file(STRINGS ${source} includes REGEX "^#include \"[a-z]+/")
  list(TRANSFORM includes REPLACE "^#include \"([a-z]+)/.*" "rm_\\1")
  list(REMOVE_ITEM includes rm_tests)
  list(REMOVE_DUPLICATES includes)
  target_link_libraries(${name} PRIVATE ${includes})
  # Headers of a library may stand in a header of the folder that uses it.
  if("rm_sip" IN_LIST includes)
    target_link_libraries(${name} PRIVATE ext_sofia)
  endif()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${name})
endforeach()
