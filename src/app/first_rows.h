// What a start has to do about the database before the first call is taken: find it, and take over
// what it holds when the data directory is new.
#pragma once

#include <filesystem>
#include <optional>

#include "app/table_thread.h"
#include "core/configuration.h"
#include "core/input.h"

namespace app {

// Where the settings say that the tables are; nullopt, with a line in the log, when they say
// nothing usable.
std::optional<TableThread::Options> table_options(const core::Configuration& configuration,
                                                  const std::filesystem::path& data);

// For a data directory that is new: what the database holds, to be given to the core once it is
// configured. nullopt: it is empty or cannot be had now; then it is read later. Waits a few seconds
// for a server that does not answer.
std::optional<core::RowsImported> first_rows(const TableThread::Options& options);
// They are safe in the journal.
void first_rows_taken(const TableThread::Options& options);

}  // namespace app
