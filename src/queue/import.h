// Agents and tiers that another server left in a database become ours (spec/01 §7).
//
// Comes after the configuration, and what that writes stands: a row adds only what nobody has said
// yet. Nobody talks or rings: every agent is Waiting, every tier Ready, as after a start of the
// original.
#pragma once

#include "queue/imported_rows.h"
#include "queue/state.h"

namespace queue {

// A row that cannot be used (no such type of agent, no such queue) is left out.
void import_rows(Turn& turn, const ImportedRows& rows);

}  // namespace queue
