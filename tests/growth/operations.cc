// Compiled without the counting, which would call itself (cmake/growth.cmake).
#include "tests/growth/operations.h"

#include <cstddef>

namespace growth {
namespace {

std::uint64_t counted = 0;

// What one operation moves when a container is moved in bulk: a cache line.
constexpr std::size_t kBytesPerOperation = 64;

}  // namespace

std::uint64_t operations() {
  return counted;
}

}  // namespace growth

extern "C" {

// g++ calls this in every basic block.
void __sanitizer_cov_trace_pc();
void __sanitizer_cov_trace_pc() {
  ++growth::counted;
}

// The linker sends the calls of our objects here (--wrap): a block of memory moved is no basic
// block, but work all the same.
void* __real_memmove(void* to, const void* from, std::size_t size);
void* __wrap_memmove(void* to, const void* from, std::size_t size);
void* __wrap_memmove(void* to, const void* from, std::size_t size) {
  growth::counted += size / growth::kBytesPerOperation;
  return __real_memmove(to, from, size);
}

void* __real_memcpy(void* to, const void* from, std::size_t size);
void* __wrap_memcpy(void* to, const void* from, std::size_t size);
void* __wrap_memcpy(void* to, const void* from, std::size_t size) {
  growth::counted += size / growth::kBytesPerOperation;
  return __real_memcpy(to, from, size);
}

}  // extern "C"
