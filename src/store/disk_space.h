// Whether a disk still has room for what is written all the time, so that some is left for what
// must be written once: the last snapshot of a server that ends, and the work of whoever makes
// room.
//
// The bound has a second side: once it was reached, a quarter more must be free before there is
// room again, or a disk at the bound would change its mind with every file that comes and goes.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace store {

// What a process without privileges may still write on the disk that holds `path`.
base::Result<std::uint64_t> free_bytes(const std::string& path);

// Whether the disk that holds `path`, or would hold it, takes no writes at all.
bool is_read_only(const std::string& path);

class DiskReserve {
 public:
  // 0: there is always room.
  explicit DiskReserve(std::uint64_t free_bytes_min) : min_(free_bytes_min) {}

  // With so much free now. Returns: whether there is room.
  bool has_room(std::uint64_t free_bytes);

 private:
  const std::uint64_t min_;
  bool has_room_ = true;
};

}  // namespace store
