// Strategy ring-all: everybody who is free rings, by level and position; who becomes free later
// joins in (spec/03 §6).
#include "queue/strategy.h"

namespace queue {

const Strategy kRingAll{.name = "ring-all", .rank = by_position, .approach = Approach::All};

}  // namespace queue
