// The UDP ports that RTP may use, in the order in which they are tried.
//
// RTP takes even ports (RFC 3550 §11). Whether a port is free only the kernel knows: the caller
// binds, and asks for the next port when that fails. The walk goes on behind the last port given,
// so a port that was just freed is not given to another call whose late packets it would receive.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.h"

namespace media {

class PortRange {
 public:
  // Both ends belong to the range. Fails when there is no even port above 0 in it.
  static base::Result<PortRange> make(std::uint16_t first, std::uint16_t last);

  // How many ports the range has: after so many calls of next() each was tried once.
  std::size_t size() const { return (last_ - first_) / 2u + 1u; }
  std::uint16_t next();

  std::uint16_t first() const { return first_; }
  std::uint16_t last() const { return last_; }

 private:
  PortRange(std::uint16_t first, std::uint16_t last) : first_(first), last_(last), next_(first) {}

  std::uint16_t first_;  // Both even.
  std::uint16_t last_;
  std::uint16_t next_;
};

}  // namespace media
