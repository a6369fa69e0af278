// Reads a journal to look at it: one of a server that runs, or of one that is no more. Nothing of
// it is changed.
#pragma once

#include <string>

#include "base/result.h"
#include "store/journal.h"

namespace store {

// What a start on a copy of this journal would find. Returns: why it cannot be read.
base::Result<Recovered> read_journal(const std::string& path);

// The same for one that no process writes to, where nothing can be written: on a disk that is
// read-only. An empty one when there is none.
base::Result<Recovered> read_resting_journal(const std::string& path);

}  // namespace store
