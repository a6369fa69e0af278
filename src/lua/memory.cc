#include "lua/memory.h"

#include <cstdlib>

namespace lua {

bool Memory::may_grow(const void* block, std::size_t by, std::size_t new_size) {
  const bool fits = bytes_ + by <= bytes_max_ && shared_.bytes + by <= shared_.bytes_max;
  if (fits) {
    refused_size_ = 0;
    return true;
  }
  // The same again: collecting the garbage has not helped.
  if (refused_size_ == new_size && refused_block_ == block) is_exhausted_ = true;
  refused_size_ = new_size;
  refused_block_ = block;
  return false;
}

void* Memory::allocate(void* memory, void* block, std::size_t old_size, std::size_t new_size) {
  Memory& account = *static_cast<Memory*>(memory);
  // Of a new block the size says what it is for.
  if (block == nullptr) old_size = 0;
  if (new_size > old_size && !account.may_grow(block, new_size - old_size, new_size)) {
    return nullptr;
  }
  void* moved = nullptr;
  if (new_size == 0) {
    std::free(block);
  } else {
    moved = std::realloc(block, new_size);
    if (moved == nullptr) return nullptr;
  }
  account.bytes_ += new_size - old_size;
  account.shared_.bytes += new_size - old_size;
  return moved;
}

}  // namespace lua
