// How many steps the program has taken: the basic blocks of the queue engine and of the templates
// it uses that were run since the start.
//
// Unlike time it is the same on every machine and in every run, and unlike a counter in the engine
// it cannot forget a loop. The compiler puts the counting in (-fsanitize-coverage=trace-pc), and
// only into the program of the growth tests. Bytes copied or moved in bulk count too.
#pragma once

#include <cstdint>

namespace growth {

std::uint64_t operations();

}  // namespace growth
