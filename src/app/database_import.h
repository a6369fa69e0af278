// What a database of the original holds, for a data directory that is new (spec/01 §7).
#pragma once

#include "base/result.h"
#include "queue/imported_rows.h"
#include "queue/settings.h"
#include "store/record_outbox.h"
#include "store/sql_connection.h"

namespace app {

// Agents and tiers, without those that truncate-…-on-load says are not wanted. Tables that are not
// there yet are made.
base::Result<queue::ImportedRows> read_rows(store::SqlConnection& database,
                                            const queue::CallCenterSettings& settings);

// Whether an import is still to come is a fact of the data directory: a database that cannot be had
// at the first start is read as soon as it is there.
void note_import_due(store::RecordOutbox& facts);
void note_import_done(store::RecordOutbox& facts);
bool is_import_due(store::RecordOutbox& facts);

}  // namespace app
