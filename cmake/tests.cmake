# Few test binaries, so that a rebuild links little: the pure core, the adapters, the simulator.
find_package(GTest REQUIRED)

# ringmaster_tests(NAME FOLDERS <folders>): one binary of all src/<folder>/*_test.cc.
function(ringmaster_tests name)
  cmake_parse_arguments(arg "" "" "FOLDERS;LIBRARIES" ${ARGN})
  set(tests)
  foreach(folder ${arg_FOLDERS})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*_test.cc)
    list(APPEND tests ${found})
  endforeach()
  if(NOT tests)
    return()
  endif()
  add_executable(${name} ${tests})
  target_link_libraries(${name} PRIVATE rm_warnings GTest::gmock GTest::gtest_main Threads::Threads)
  foreach(folder ${arg_FOLDERS})
    target_link_libraries(${name} PRIVATE $<TARGET_NAME_IF_EXISTS:rm_${folder}>)
  endforeach()
  foreach(library ${arg_LIBRARIES})
    target_link_libraries(${name} PRIVATE ext_${library})
  endforeach()
  ringmaster_precompile(${name} TESTS)
  add_test(NAME ${name} COMMAND ${name})
endfunction()

ringmaster_tests(core_tests FOLDERS base queue dialplan call api core LIBRARIES fmt nlohmann)
ringmaster_tests(adapter_tests FOLDERS config store media sip net esl http lua app
                 LIBRARIES fmt sqlite sofia openssl asio nlohmann)
if(RINGMASTER_COVERAGE)
  # The figure is of src/queue alone, so nothing else needs to be built for it.
  ringmaster_tests(queue_tests FOLDERS queue LIBRARIES fmt nlohmann)
endif()

if(EXISTS ${CMAKE_SOURCE_DIR}/sim/CMakeLists.txt)
  add_subdirectory(sim)
endif()

# Counting is written for g++; the other compiler gives its opinion on the same engine in core_tests.
# The mutants are built in a copy of the tree without these tests.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND EXISTS ${CMAKE_SOURCE_DIR}/tests/growth)
  include(cmake/growth.cmake)
endif()
