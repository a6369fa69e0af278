// A seeded generator that is part of the core's state: same seed, same sequence, on every machine.
//
// Not for secrets. splitmix64 (Steele, Lea, Flood 2014): 64 bits of state, so it is saved as one
// number.
#pragma once

#include <cstdint>
#include <string>

namespace base {

class Random {
 public:
  explicit Random(std::uint64_t seed = 0) : state_(seed) {}

  std::uint64_t next();
  // A number in [0, bound). Requires: bound > 0.
  std::uint64_t below(std::uint64_t bound);
  // A version 4 UUID in its usual lower-case text form (RFC 9562 §5.4).
  std::string uuid();

  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_;
};

}  // namespace base
