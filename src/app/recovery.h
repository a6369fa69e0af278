// From what the journal holds to a running core: snapshot, then the inputs after it.
#pragma once

#include <cstdint>
#include <functional>
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
  // Not applied: the caller said so, or they cannot be read.
  std::vector<store::JournalRecord> set_aside;
};

// Asked before each record, with its number; false sets it aside.
using MayApply = std::function<bool(std::uint64_t number)>;

// So many records that cannot be read are set aside; more mean that the state is another program's.
inline constexpr std::size_t kUnreadableMax = 8;

// Commands of replayed inputs are not carried out: what must go on follows from the state
// (Restarted). Returns: why the state cannot be read, naming the record.
base::Result<RecoveredCore> recover(
    const store::Recovered& found, const MayApply& may_apply = [](std::uint64_t) { return true; });

// What makes good for records that were set aside: the legs that they are about have ended, so that
// none waits for something that never comes.
std::vector<core::Input> amends_for(const std::vector<store::JournalRecord>& set_aside);

// The record of an input, and back.
std::string encode(const core::Input& input);
core::Input decode(std::string_view body);

// The snapshot's body.
std::string encode(const core::Core& core);

}  // namespace app
