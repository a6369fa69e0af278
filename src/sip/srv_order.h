// The order in which the hosts of an SRV answer are tried (RFC 2782). Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "sip/uri.h"

namespace sip {

struct SrvTarget {
  std::string host;
  std::uint16_t port = 0;
  std::uint16_t priority = 0;
  std::uint16_t weight = 0;
  Transport transport = Transport::Udp;

  bool operator==(const SrvTarget&) const = default;
};

// Lowest priority first; among equals by lot, in proportion to their weights. `draw(n)` answers a
// number from 0 to n.
std::vector<SrvTarget> in_order(std::vector<SrvTarget> targets,
                                const std::function<std::uint64_t(std::uint64_t)>& draw);

}  // namespace sip
