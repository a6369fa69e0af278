#include "api/schedule.h"

#include <algorithm>
#include <chrono>

#include "base/check.h"

namespace api {
namespace {

constexpr std::chrono::seconds kBetweenRuns{1};

// After a pause of the server the times that have passed are not made up for.
base::Instant next_after(const Task& task, base::Instant now) {
  const base::Instant next = task.at + task.every;
  if (next > now) return next;
  return next + ((now - next) / task.every + 1) * task.every;
}

}  // namespace

std::optional<Task> Schedule::add(Task task, base::Instant now) {
  if (tasks_.size() >= kTasksMax) return std::nullopt;
  if (runs_) task.at = std::max(task.at, now + kBetweenRuns);
  task.id = ++last_;
  insert(task);
  return task;
}

std::optional<Task> Schedule::remove(std::uint64_t id) {
  const auto found = tasks_.find(id);
  if (found == tasks_.end()) return std::nullopt;
  Task task = std::move(found->second);
  tasks_.erase(found);
  due_.erase({task.at, id});
  groups_.erase({task.group, id});
  CHECK(due_.size() == tasks_.size() && groups_.size() == tasks_.size());
  return task;
}

std::vector<Task> Schedule::remove_group(std::string_view group) {
  std::vector<std::uint64_t> ids;
  for (auto next = groups_.lower_bound({std::string(group), 0});
       next != groups_.end() && next->first == group; ++next) {
    ids.push_back(next->second);
  }
  std::vector<Task> removed;
  for (const std::uint64_t id : ids) removed.push_back(*remove(id));
  return removed;
}

std::optional<Task> Schedule::take_due(base::Instant now) {
  if (due_.empty() || due_.begin()->first > now) return std::nullopt;
  std::optional<Task> task = remove(due_.begin()->second);
  if (task->every > base::Duration::zero()) {
    Task again = *task;
    again.at = next_after(*task, now);
    insert(std::move(again));
  }
  return task;
}

std::optional<base::Instant> Schedule::next() const {
  if (due_.empty()) return std::nullopt;
  return due_.begin()->first;
}

void Schedule::insert(Task task) {
  due_.emplace(task.at, task.id);
  groups_.emplace(task.group, task.id);
  const std::uint64_t id = task.id;
  tasks_.emplace(id, std::move(task));
}

void describe(base::Archive& archive, Task& task) {
  archive.field("id", task.id);
  archive.field("at", task.at);
  archive.field("every", task.every);
  archive.field("group", task.group);
  archive.field("command", task.command);
}

void describe(base::Archive& archive, Schedule& schedule) {
  archive.field("last", schedule.last_);
  archive.field("tasks", schedule.tasks_);
  if (!archive.loading()) return;
  schedule.due_.clear();
  schedule.groups_.clear();
  for (const auto& [id, task] : schedule.tasks_) {
    schedule.due_.emplace(task.at, id);
    schedule.groups_.emplace(task.group, id);
  }
}

}  // namespace api
