// Agents and tiers as the tables of a database of the original hold them (spec/01 §2, §3).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/archive.h"

namespace queue {

// Times are Unix seconds; 0: never.
struct ImportedAgent {
  std::string name;
  std::string type;
  std::string contact;
  std::string status;
  std::int64_t max_no_answer = 0;
  std::int64_t wrap_up_seconds = 0;
  std::int64_t reject_delay_seconds = 0;
  std::int64_t busy_delay_seconds = 0;
  std::int64_t no_answer_delay_seconds = 0;
  std::int64_t last_bridge_start = 0;
  std::int64_t last_bridge_end = 0;
  std::int64_t last_offered_call = 0;
  std::int64_t last_status_change = 0;
  std::int64_t no_answer_count = 0;
  std::int64_t calls_answered = 0;
  std::int64_t talk_seconds = 0;
  std::int64_t ready_time = 0;
};

struct ImportedTier {
  std::string queue;
  std::string agent;
  std::int64_t level = 1;
  std::int64_t position = 1;
};

struct ImportedRows {
  std::vector<ImportedAgent> agents;
  std::vector<ImportedTier> tiers;
};

void describe(base::Archive& archive, ImportedAgent& agent);
void describe(base::Archive& archive, ImportedTier& tier);
void describe(base::Archive& archive, ImportedRows& rows);

}  // namespace queue
