# A file that did not change is compiled once per machine: ccache, when it is there and nobody has
# asked for another launcher. Paths below the checkout count as relative, so that a fresh clone
# elsewhere finds what the first one compiled; precompiled headers need the two sloppinesses.
find_program(RINGMASTER_CCACHE ccache)
if(RINGMASTER_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
    CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
    CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_PCH_EXTSUM=1
    ${RINGMASTER_CCACHE})
endif()
