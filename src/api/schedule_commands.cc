#include "api/schedule_commands.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "api/known.h"
#include "api/lists.h"
#include "api/words.h"
#include "base/text.h"

namespace api {
namespace {

// The last second of the year 9999, and how far ahead it may be counted: a hundred years.
constexpr std::int64_t kUnixSecondsMax = 253'402'300'799;
constexpr std::int64_t kSecondsMax = 3'155'760'000;
constexpr std::string_view kInvalidTime = "-ERR Invalid time\n";
// What a reply or an event shows of a text that may be long.
constexpr std::size_t kShownMax = 80;

struct When {
  base::Instant at;
  base::Duration every{0};
};

// nullopt: no time.
std::optional<When> read_time(std::string_view word, const Targets& targets) {
  const std::string_view marks = word.substr(0, word.find_first_not_of("+@"));
  if (marks.size() > 2) return std::nullopt;
  const auto number = base::parse_integer(word.substr(marks.size()));
  const bool repeats = marks.find('@') != std::string_view::npos;
  // parse_integer takes a sign of its own.
  if (!number || *number < (repeats ? 1 : 0)) return std::nullopt;
  if (word.find_first_not_of("0123456789", marks.size()) != std::string_view::npos) {
    return std::nullopt;
  }
  if (!marks.empty()) {
    if (*number > kSecondsMax) return std::nullopt;
    const std::chrono::seconds seconds(*number);
    return When{targets.now + seconds, repeats ? seconds : std::chrono::seconds(0)};
  }
  if (*number > kUnixSecondsMax) return std::nullopt;
  return When{std::max(targets.now, targets.engine.anchor().instant_of(*number))};
}

// The first word of a text and the rest, as it is written.
std::pair<std::string_view, std::string_view> cut(std::string_view text) {
  text = base::trim(text);
  const std::size_t end = std::min(text.find(' '), text.size());
  return {text.substr(0, end), base::trim(text.substr(end))};
}

void publish(std::string_view name, const Task& task, Targets& targets) {
  targets.call_out.emplace_back(call::EventMade{task_event(name, task, targets.engine.anchor())});
}

std::string put_down(Task task, Targets& targets) {
  const auto added = targets.schedule.add(std::move(task), targets.now);
  if (!added) return "-ERR too many tasks are scheduled\n";
  publish("ADD_SCHEDULE", *added, targets);
  return "+OK Added: " + std::to_string(added->id) + "\n";
}

// Quotes around a word are no part of it.
std::string unquoted(std::string_view word) {
  const auto words = split_words(word, 2);
  return words.empty() ? std::string() : words[0];
}

// "-ERR …" for what would lead to nothing; empty: it can be scheduled.
std::string refusal_of(std::string_view command) {
  if (command.size() > kTaskCommandMax) return "-ERR the command is too long\n";
  if (is_list(command)) return "-ERR nobody would read the list; it is not scheduled\n";
  const std::string_view name = split_command(command).command;
  if (knows(name)) return {};
  return "-ERR " + std::string(name.substr(0, kShownMax)) +
         " is not scheduled: only commands are that a dialplan could use\n";
}

// A command about one leg: TIME UUID REST becomes COMMAND UUID REST.
struct ForLeg {
  std::string_view command;
  std::string_view usage;
  bool needs_rest = true;
};

std::string schedule_for_leg(const ForLeg& form, std::string_view arguments, Targets& targets) {
  const auto [time, behind_time] = cut(arguments);
  const auto [uuid, rest] = cut(behind_time);
  if (uuid.empty() || (form.needs_rest && rest.empty())) {
    return "-USAGE: " + std::string(form.usage) + "\n";
  }
  const auto when = read_time(time, targets);
  if (!when) return std::string(kInvalidTime);
  if (targets.calls.find_leg(uuid) == nullptr) return "-ERR No such channel!\n";
  std::string command = std::string(form.command) + " " + std::string(uuid);
  if (!rest.empty()) command.append(" ").append(rest);
  if (command.size() > kTaskCommandMax) return refusal_of(command);
  return put_down({.at = when->at,
                   .every = when->every,
                   .group = std::string(uuid),
                   .command = std::move(command)},
                  targets);
}

}  // namespace

std::string sched_api(std::string_view arguments, Targets& targets) {
  const auto [time, behind_time] = cut(arguments);
  const auto [group, behind_group] = cut(behind_time);
  std::string_view command = behind_group;
  if (command.ends_with("&")) command = base::trim(command.substr(0, command.size() - 1));
  const Invocation background = split_command(command);
  if (base::equal_ignoring_case(background.command, "bgapi")) command = background.arguments;
  if (command.empty()) {
    return "-USAGE: [+@]<time> <group_name> <command_string>[&]\n";
  }
  const auto when = read_time(time, targets);
  if (!when) return std::string(kInvalidTime);
  if (group.size() > kTaskGroupMax) return "-ERR the name of the group is too long\n";
  std::string refusal = refusal_of(command);
  if (!refusal.empty()) return refusal;
  return put_down({.at = when->at,
                   .every = when->every,
                   .group = unquoted(group),
                   .command = std::string(command)},
                  targets);
}

std::string sched_del(std::string_view arguments, Targets& targets) {
  const std::string which = unquoted(base::trim(arguments));
  if (which.empty()) return "-USAGE: <task_id>|<group_id>\n";
  std::vector<Task> deleted = targets.schedule.remove_group(which);
  const auto id = base::parse_integer(which);
  if (id && *id > 0) {
    if (auto task = targets.schedule.remove(static_cast<std::uint64_t>(*id))) {
      deleted.push_back(std::move(*task));
    }
  }
  if (deleted.empty()) return "-ERR no such task or group\n";
  for (const Task& task : deleted) publish("DEL_SCHEDULE", task, targets);
  return "+OK Deleted: " + std::to_string(deleted.size()) + "\n";
}

std::string sched_hangup(std::string_view arguments, Targets& targets) {
  return schedule_for_leg(
      {.command = "uuid_kill", .usage = "[+]<time> <uuid> [<cause>]", .needs_rest = false},
      arguments, targets);
}

std::string sched_transfer(std::string_view arguments, Targets& targets) {
  return schedule_for_leg({.command = "uuid_transfer",
                           .usage = "[+]<time> <uuid> <extension> [<dialplan>] [<context>]"},
                          arguments, targets);
}

std::string sched_broadcast(std::string_view arguments, Targets& targets) {
  return schedule_for_leg(
      {.command = "uuid_broadcast", .usage = "[+@]<time> <uuid> <path> [aleg|bleg|both]"},
      arguments, targets);
}

base::EslEvent task_event(std::string_view name, const Task& task, const base::WallAnchor& anchor) {
  base::EslEvent event;
  event.name = name;
  event.add("Task-ID", std::to_string(task.id));
  event.add("Task-Desc", std::string(split_command(task.command).command));
  event.add("Task-Group", task.group);
  event.add("Task-Runtime", std::to_string(anchor.unix_seconds(task.at)));
  return event;
}

}  // namespace api
