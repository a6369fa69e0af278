// The state that a start finds in the data directory, made fit to go on with, whatever happened to
// it: a record that kills recoveries is set aside, a state that cannot be had goes to the
// quarantine, and the server takes calls all the same.
//
//   DIR/journal.db         snapshots and inputs (store/journal.h)
//   DIR/recovery.marker    where a recovery is (recovery_marker.h)
//   DIR/quarantine/        what was taken out of use; retention.h says how long it stays
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/recovery.h"
#include "app/recovery_marker.h"
#include "base/result.h"
#include "core/input.h"
#include "store/sqlite_journal.h"

namespace app {

struct OpenedState {
  std::unique_ptr<store::Journal> journal;
  store::Recovered found;  // Of the journal that is open now; its records are used up.
  RecoveredCore recovered;
  bool is_new = true;  // Of `recovered`, which is moved on before the rest is looked at.
  std::size_t inputs_replayed = 0;
  // To be told when the server takes calls, or has given up in good order.
  RecoveryMarker marker;
  // To be applied after Restarted, and after Configured.
  std::vector<core::Input> amends;
  std::vector<core::Input> people;  // Of a state that is in quarantine.
};

// Says in the log what it did about damage. On a disk that is read-only the server goes on from
// what is there, unprotected until the disk can be written again (store/late_journal.h). Returns:
// why the journal cannot be opened at all (another server has it).
base::Result<OpenedState> open_state(const std::filesystem::path& data,
                                     const store::SqliteJournalOptions& options,
                                     const store::JournalCallbacks& callbacks);

}  // namespace app
