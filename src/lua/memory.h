// The memory of one script, counted and bounded.
//
// A script that asks for more than it may have gets none; Lua then collects its garbage and asks
// once more. Refused again, the script is marked: it has to end, whatever it does about the error.
#pragma once

#include <cstddef>

namespace lua {

// Of all scripts of a thread together.
struct SharedMemory {
  std::size_t bytes = 0;
  std::size_t bytes_max = 0;
};

class Memory {
 public:
  // Lifetime: `shared` outlives this.
  Memory(std::size_t bytes_max, SharedMemory& shared) : bytes_max_(bytes_max), shared_(shared) {}
  Memory(const Memory&) = delete;
  Memory& operator=(const Memory&) = delete;

  // A lua_Alloc; `memory` is a Memory.
  static void* allocate(void* memory, void* block, std::size_t old_size, std::size_t new_size);

  bool is_exhausted() const { return is_exhausted_; }
  std::size_t bytes() const { return bytes_; }

 private:
  bool may_grow(const void* block, std::size_t by, std::size_t new_size);

  const std::size_t bytes_max_;
  SharedMemory& shared_;
  std::size_t bytes_ = 0;
  // What was refused last, if nothing has been given since.
  const void* refused_block_ = nullptr;
  std::size_t refused_size_ = 0;
  bool is_exhausted_ = false;
};

}  // namespace lua
