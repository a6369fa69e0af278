# ringmaster_folder(NAME USES <folders> LIBRARIES <third-party>)
#
# Makes the static library rm_NAME of src/NAME/**/*.cc without its tests and without src/app/main.
# USES is the folder's row of the include table; LIBRARIES are names of cmake/libraries.cmake and
# are linked privately: no other folder sees their headers through this one.
function(ringmaster_folder name)
  cmake_parse_arguments(arg "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cc)
  list(FILTER sources EXCLUDE REGEX "(_test\\.cc|/main/[^/]*\\.cc)$")
  if(NOT sources)
    return()
  endif()
  add_library(rm_${name} STATIC ${sources})
  set_target_properties(rm_${name} PROPERTIES LINKER_LANGUAGE CXX)
  target_include_directories(rm_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(rm_${name} PRIVATE rm_warnings)
  ringmaster_precompile(rm_${name} FOLDERS)
  foreach(folder ${arg_USES})
    target_link_libraries(rm_${name} PUBLIC $<TARGET_NAME_IF_EXISTS:rm_${folder}>)
  endforeach()
  foreach(library ${arg_LIBRARIES})
    target_link_libraries(rm_${name} PRIVATE ext_${library})
  endforeach()
endfunction()
