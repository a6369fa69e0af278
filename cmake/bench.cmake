# One program per tests/bench/NAME_bench.cc (Google Benchmark, with a main of its own), all of them
# under the target `benches`. What is measured from outside, over SIP, is Python and needs no target.
find_package(benchmark REQUIRED)
add_custom_target(benches)

# So far all of them measure the queue engine alone, and so nothing else is built for them.
add_library(call_centre STATIC ${CMAKE_SOURCE_DIR}/tests/bench/call_centre.cc)
target_include_directories(call_centre PUBLIC ${CMAKE_SOURCE_DIR})
target_link_libraries(call_centre PUBLIC rm_queue rm_base PRIVATE rm_warnings)

file(GLOB bench_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/*_bench.cc)
foreach(source ${bench_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE rm_warnings call_centre benchmark::benchmark)
  add_dependencies(benches ${name})
endforeach()

# Programs that send and measure for benches in Python: tests/bench/NAME_probe.cc.
file(GLOB probe_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/bench/*_probe.cc)
foreach(source ${probe_sources})
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE rm_warnings)
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  add_dependencies(benches ${name})
endforeach()
