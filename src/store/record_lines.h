// Call records as JSON lines, one file per table and day:
//
//   FOLDER/calls-2026-11-23.jsonl, FOLDER/offers-2026-11-23.jsonl    the day (UTC) it was over
//
// The keys are the table's columns, in their order; what is NULL there is absent. Files are
// readable for their owner only. A line may stand twice after a crash: `uuid` tells. Belongs to one
// thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "store/record_outbox.h"

namespace store {

// One line, without its end.
std::string record_line(const Record& record);
// The name of the file to which it belongs.
std::string record_file(const Record& record);

// Appends the records. Returns: why one could not be written; others may have been.
base::Result<void> append_records(const std::filesystem::path& folder,
                                  const std::vector<Record>& records);

}  // namespace store
