// From what the journal holds to a running core: snapshot, then the inputs after it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "core/core.h"
#include "store/journal.h"

namespace app {

struct RecoveredCore {
  core::Core core;
  bool is_new = true;             // Nothing was found: Founded must come first.
  std::uint64_t last_number = 0;  // The next record is the one after it.
  base::Instant last_instant{};
  std::size_t inputs_replayed = 0;
};

// Commands of replayed inputs are not carried out: what must go on follows from the state
// (Restarted). Returns: why the state cannot be read, naming the record.
base::Result<RecoveredCore> recover(const store::Recovered& found);

// The record of an input, and back.
std::string encode(const core::Input& input);
core::Input decode(std::string_view body);

// The snapshot's body.
std::string encode(const core::Core& core);

}  // namespace app
