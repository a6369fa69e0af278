// What the core holds between inputs. Internal to the folder.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <string>

#include "api/api.h"
#include "api/schedule.h"
#include "base/random.h"
#include "base/time.h"
#include "call/machine.h"
#include "core/configuration.h"
#include "queue/ended.h"
#include "queue/engine.h"

namespace core {

// Each part draws from its own generator, so that one more draw of the one changes nothing in the
// other.
struct Seeds {
  explicit Seeds(std::uint64_t seed) {
    base::Random random(seed);
    queue = random.next();
    calls = random.next();
  }
  std::uint64_t queue = 0;
  std::uint64_t calls = 0;
};

// Who is to be told what becomes of a call that a command has made.
struct AwaitedReply {
  base::Ticket ticket;   // None: a scheduled command; the log is told.
  std::string job_uuid;  // Empty: it was not asked in the background.
  std::string command;
};

struct CoreState {
  bool is_founded = false;
  base::WallAnchor anchor;
  Configuration configuration;
  int utc_offset_seconds = 0;
  base::Instant last_input_at = base::instant_ms(std::numeric_limits<std::int64_t>::min());
  api::Uptime uptime;
  std::map<base::OfferId, AwaitedReply> awaited;
  api::Schedule schedule;
  std::uint64_t events = 0;                       // Event-Sequence of the last one.
  std::uint64_t calls_served = 0;                 // Bridges.
  std::uint64_t row_changes = 0;                  // Sequence of the last RowsChanged.
  std::uint64_t records_made = 0;                 // Number of the last call record.
  std::map<std::uint64_t, queue::Ended> records;  // Not yet kept (record_keeping.h).
  queue::Engine engine{0, base::WallAnchor{}};
  call::Machine calls{0, base::WallAnchor{}};
};

void describe(base::Archive& archive, AwaitedReply& reply);
void describe(base::Archive& archive, CoreState& state);

}  // namespace core
