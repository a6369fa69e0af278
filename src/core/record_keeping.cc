#include "core/record_keeping.h"

#include <utility>

#include "core/core_state.h"

namespace core {
namespace {

RecordsMade order(const CoreState& state, std::uint64_t first) {
  return {.first = first,
          .frame = {.instance_id = state.engine.instance_id(), .anchor = state.anchor},
          .records = {}};
}

}  // namespace

void make_records(CoreState& state, std::vector<queue::Ended> ended, Commands& out) {
  if (ended.empty()) return;
  RecordsMade made = order(state, state.records_made + 1);
  made.records = ended;
  for (queue::Ended& one : ended) state.records[++state.records_made] = std::move(one);
  while (state.records.size() > kRecordsHeldMax) state.records.erase(state.records.begin());
  out.emplace_back(std::move(made));
}

void repeat_records(const CoreState& state, Commands& out) {
  if (state.records.empty()) return;
  RecordsMade made = order(state, state.records.begin()->first);
  for (const auto& [number, record] : state.records) made.records.push_back(record);
  out.emplace_back(std::move(made));
}

void records_kept(CoreState& state, std::uint64_t last) {
  state.records.erase(state.records.begin(), state.records.upper_bound(last));
}

}  // namespace core
