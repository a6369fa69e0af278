# Warnings are errors, the same set for every folder. Library headers are system headers.
add_library(rm_warnings INTERFACE)
target_compile_options(rm_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Wcast-align
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough -Wextra-semi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these two wrongly inside std::variant and std::string at -O2.
  target_compile_options(rm_warnings INTERFACE -Wno-maybe-uninitialized -Wno-restrict
    -Wno-null-dereference -Wduplicated-cond -Wlogical-op)
endif()

if(RINGMASTER_SANITIZE)
  add_compile_options(-fsanitize=${RINGMASTER_SANITIZE} -fno-omit-frame-pointer
                      -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${RINGMASTER_SANITIZE})
  if(RINGMASTER_SANITIZE MATCHES thread)
    # The thread sanitizer does not know fences, and Asio's only repeat what its locks do.
    add_compile_definitions(BOOST_ASIO_DISABLE_FENCED_BLOCK)
  endif()
endif()
