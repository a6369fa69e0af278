#include "media/port_range.h"

#include <fmt/format.h>

namespace media {

base::Result<PortRange> PortRange::make(std::uint16_t first, std::uint16_t last) {
  const std::uint32_t even_first = (first == 0 ? 2u : first) + (first & 1u);
  const std::uint32_t even_last = last & ~1u;
  if (even_first > even_last) {
    return base::failure(fmt::format("RTP ports {}-{} hold no even port", first, last));
  }
  return PortRange(static_cast<std::uint16_t>(even_first), static_cast<std::uint16_t>(even_last));
}

std::uint16_t PortRange::next() {
  const std::uint16_t port = next_;
  next_ = port >= last_ ? first_ : static_cast<std::uint16_t>(port + 2);
  return port;
}

}  // namespace media
