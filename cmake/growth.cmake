# growth_tests: how the work of the queue engine grows with those who wait and those who are ready.
#
# The engine is compiled once more, without sanitizers, and with a call of our counter in every
# basic block: tests/growth/operations.h. Nothing else contains these objects.
file(GLOB growth_tests CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/growth/*_test.cc)
file(GLOB growth_counted CONFIGURE_DEPENDS
  ${CMAKE_SOURCE_DIR}/src/queue/*.cc ${CMAKE_SOURCE_DIR}/src/base/*.cc)
# What reads JSON or logs is not part of a decision.
list(FILTER growth_counted EXCLUDE REGEX "(_test|/log|/json_archive)\\.cc$")

# Counted objects stand first: of a template that both kinds contain the linker keeps the first.
add_library(growth_counted OBJECT ${growth_counted})
add_executable(growth_tests $<TARGET_OBJECTS:growth_counted> ${growth_tests}
  tests/growth/operations.cc tests/bench/call_centre.cc)
foreach(target growth_counted growth_tests)
  target_include_directories(${target} PRIVATE ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE rm_warnings)
  target_compile_options(${target} PRIVATE -fno-sanitize=all)
endforeach()
target_compile_options(growth_counted PRIVATE -O2 -fsanitize-coverage=trace-pc)
target_link_libraries(growth_tests PRIVATE GTest::gtest_main Threads::Threads)
target_link_options(growth_tests PRIVATE
  -fno-sanitize=all LINKER:--wrap=memmove LINKER:--wrap=memcpy)
add_test(NAME growth_tests COMMAND growth_tests)
