// Commands for later: what sched_api and its kin have put down (schedule_commands.h), until their
// time comes.
//
// Times are instants, so they are the same after a restart; what came due while nothing ran is due
// at once. Who runs them is the core's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/archive.h"
#include "base/time.h"

namespace api {

// Two for each leg that there may be (call::kLegsMax): an end of its call, and something else.
inline constexpr std::size_t kTasksMax = 40'000;
// Of a task's command and of its group's name: an originate with all its variables fits.
inline constexpr std::size_t kTaskCommandMax = 2'000;
inline constexpr std::size_t kTaskGroupMax = 256;

struct Task {
  std::uint64_t id = 0;
  base::Instant at = {};
  base::Duration every{0};  // 0: once.
  std::string group = {};   // Of which all can be deleted together; may be the uuid of a leg.
  std::string command = {};
};

class Schedule {
 public:
  // Puts a task down under a new id. Returns: the task, or nullopt when there are too many.
  // While a task runs (set_running) none can be put down for less than a second later, so that none
  // brings itself back for ever.
  std::optional<Task> add(Task task, base::Instant now);
  std::optional<Task> remove(std::uint64_t id);
  std::vector<Task> remove_group(std::string_view group);

  // Takes out the next one that is due. One that repeats stays, for its next time after now.
  std::optional<Task> take_due(base::Instant now);
  void set_running(bool runs) { runs_ = runs; }

  std::optional<base::Instant> next() const;
  std::size_t size() const { return tasks_.size(); }

  friend void describe(base::Archive& archive, Schedule& schedule);

 private:
  void insert(Task task);

  std::uint64_t last_ = 0;
  std::map<std::uint64_t, Task> tasks_;
  std::set<std::pair<base::Instant, std::uint64_t>> due_;
  std::set<std::pair<std::string, std::uint64_t>> groups_;
  bool runs_ = false;  // Only within one input.
};

void describe(base::Archive& archive, Task& task);

}  // namespace api
