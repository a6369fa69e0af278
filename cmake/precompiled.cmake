# Precompiled headers, one for the folders and one for the tests: only what nearly every file
# includes anyway. They never stand in for an include: the structure check compiles each header
# alone, and the release preset builds every source without them.
option(RINGMASTER_PCH "Precompile the most used headers" OFF)

set(RINGMASTER_PCH_OF_FOLDERS
  <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <set> <string>
  <string_view> <utility> <variant> <vector>)
set(RINGMASTER_PCH_OF_TESTS ${RINGMASTER_PCH_OF_FOLDERS} <gmock/gmock.h> <gtest/gtest.h>)

if(RINGMASTER_PCH AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Without it ccache cannot see which precompiled header a file was compiled with.
  add_compile_options(-fpch-preprocess)
endif()

# Writes the file that ccache reads in place of a precompiled header, which differs from build to
# build although nothing changed: it names all that the header is made of.
function(ringmaster_precompiled_sum owner kind)
  set(made_of ${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_CXX_FLAGS}
    ${CMAKE_BUILD_TYPE} ${CMAKE_CXX_FLAGS_DEBUG} ${RINGMASTER_SANITIZE} ${RINGMASTER_PCH_OF_${kind}})
  foreach(header /usr/include/gtest/gtest.h /usr/include/gmock/gmock.h)
    if(EXISTS ${header})
      file(SHA256 ${header} sum)
      list(APPEND made_of ${sum})
    endif()
  endforeach()
  file(WRITE ${CMAKE_BINARY_DIR}/CMakeFiles/${owner}.dir/cmake_pch.hxx.gch.sum "${made_of}")
endfunction()

# ringmaster_precompile(TARGET KIND): KIND is FOLDERS or TESTS. The header belongs to a target of
# its own without definitions of ours: g++ refuses one that was made with more than its user has.
function(ringmaster_precompile target kind)
  if(NOT RINGMASTER_PCH)
    return()
  endif()
  set(owner precompiled_${kind})
  if(NOT TARGET ${owner})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${owner}.cc CONTENT "// Holds a precompiled header.\n")
    add_library(${owner} OBJECT ${CMAKE_BINARY_DIR}/${owner}.cc)
    target_link_libraries(${owner} PRIVATE rm_warnings)
    if(kind STREQUAL "TESTS")
      # GTest's headers look at its definitions, so the precompiled ones need them too.
      target_link_libraries(${owner} PRIVATE GTest::gmock)
    endif()
    target_precompile_headers(${owner} PRIVATE ${RINGMASTER_PCH_OF_${kind}})
    ringmaster_precompiled_sum(${owner} ${kind})
  endif()
  target_precompile_headers(${target} REUSE_FROM ${owner})
endfunction()
