// CHECK: stops the program when one of our own invariants is broken.
//
// For mistakes of ours only. What the world sends and what an operator writes never reaches a
// CHECK: those are values to handle (style.md B5). CHECK stays on in release builds; DCHECK, for
// per-packet paths, only in debug builds.
#pragma once

namespace base {

// Prints file, line and the broken condition to standard error, then aborts.
[[noreturn]] void check_failed(const char* file, int line, const char* condition);

}  // namespace base

#define CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::base::check_failed(__FILE__, __LINE__, #condition))

#ifdef NDEBUG
#define DCHECK(condition) static_cast<void>(0)
#else
#define DCHECK(condition) CHECK(condition)
#endif
