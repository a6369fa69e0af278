// The way of call records out of the core, so that none is lost (docs/recovery.md).
//
// What is over is ordered to be kept (RecordsMade) and stays in the state until an input says that
// it is kept (RecordsKept). A process that dies in between leaves it in the journal, and the next
// one orders it again: at least once, and each record has a key.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/command.h"
#include "queue/ended.h"

namespace core {

struct CoreState;

// What may wait for an outbox that does not answer: an hour of a busy call centre. Then the oldest
// go.
inline constexpr std::size_t kRecordsHeldMax = 20'000;

// These are over now.
void make_records(CoreState& state, std::vector<queue::Ended> ended, Commands& out);
// Orders again what nobody has confirmed.
void repeat_records(const CoreState& state, Commands& out);
// All up to this number are kept.
void records_kept(CoreState& state, std::uint64_t last);

}  // namespace core
