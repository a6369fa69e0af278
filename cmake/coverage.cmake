# Source-based coverage by clang: every program writes a profile, and tools/checks/coverage reads it.
# The compilation directory is noted as `.`, so that an object that ccache took from another clone
# names the sources of the clone in which it is read.
if(RINGMASTER_COVERAGE)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "RINGMASTER_COVERAGE needs clang: cmake --preset coverage")
  endif()
  add_compile_options(-fprofile-instr-generate -fcoverage-mapping -fcoverage-compilation-dir=.)
  add_link_options(-fprofile-instr-generate)
endif()
