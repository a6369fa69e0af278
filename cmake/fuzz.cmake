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
  # Parsers of every folder may be fuzzed; the linker takes what the program uses.
  foreach(folder base dialplan call api config sip esl media)
    target_link_libraries(${name} PRIVATE $<TARGET_NAME_IF_EXISTS:rm_${folder}>)
  endforeach()
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/fuzz)
  add_dependencies(fuzzers ${name})
endforeach()
