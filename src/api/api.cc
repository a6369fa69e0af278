#include "api/api.h"

#include <algorithm>
#include <array>

#include "api/call_commands.h"
#include "api/callcenter_config.h"
#include "api/directory_commands.h"
#include "api/fifo_commands.h"
#include "api/json_command.h"
#include "api/known.h"
#include "api/limit_commands.h"
#include "api/originate.h"
#include "api/schedule_commands.h"
#include "api/script_commands.h"
#include "api/server_commands.h"
#include "api/show.h"
#include "api/sofia_command.h"
#include "api/text_commands.h"
#include "api/voicemail_commands.h"
#include "api/words.h"
#include "base/text.h"

namespace api {
namespace {

enum class Effect { ReadsOnly, Changes };

std::string json(std::string_view arguments, Targets& targets) {
  return json_command(arguments, targets.engine, targets.now);
}

std::string sofia_contact(std::string_view arguments, Targets& targets) {
  return targets.calls.sofia_contact(arguments, targets.now);
}

// One command by name. callcenter_config reads or changes as its words say.
struct Entry {
  std::string_view name;
  std::string (*run)(std::string_view arguments, Targets& targets);
  Effect effect;
};

constexpr std::array kCommands = {
    Entry{"callcenter_break", callcenter_break, Effect::Changes},
    Entry{"callcenter_config", callcenter_config, Effect::Changes},
    Entry{"create_uuid", create_uuid, Effect::Changes},
    Entry{"echo", echo, Effect::ReadsOnly},
    // What stands in its text may be any command.
    Entry{"eval", eval, Effect::Changes},
    Entry{"expr", expr, Effect::ReadsOnly},
    Entry{"fifo", fifo, Effect::ReadsOnly},
    Entry{"global_getvar", global_getvar, Effect::ReadsOnly},
    Entry{"hupall", hang_up_all, Effect::Changes},
    Entry{"json", json, Effect::ReadsOnly},
    Entry{"limit_interval_reset", limit_interval_reset, Effect::Changes},
    Entry{"limit_reset", limit_reset, Effect::Changes},
    Entry{"limit_status", limit_status, Effect::ReadsOnly},
    Entry{"limit_usage", limit_usage, Effect::ReadsOnly},
    Entry{"luarun", luarun, Effect::Changes},
    Entry{"md5", md5, Effect::ReadsOnly},
    Entry{"sched_api", sched_api, Effect::Changes},
    Entry{"sched_broadcast", sched_broadcast, Effect::Changes},
    Entry{"sched_del", sched_del, Effect::Changes},
    Entry{"sched_hangup", sched_hangup, Effect::Changes},
    Entry{"sched_transfer", sched_transfer, Effect::Changes},
    Entry{"show", show, Effect::ReadsOnly},
    Entry{"sofia_contact", sofia_contact, Effect::ReadsOnly},
    Entry{"status", status, Effect::ReadsOnly},
    Entry{"strftime", format_time, Effect::ReadsOnly},
    Entry{"strftime_tz", format_time_in_zone, Effect::ReadsOnly},
    Entry{"unsched_api", sched_del, Effect::Changes},
    Entry{"url_decode", url_decode, Effect::ReadsOnly},
    Entry{"url_encode", url_encode, Effect::ReadsOnly},
    Entry{"user_data", user_data, Effect::ReadsOnly},
    Entry{"user_exists", user_exists, Effect::ReadsOnly},
    Entry{"uuid_break", uuid_break, Effect::Changes},
    Entry{"uuid_bridge", uuid_bridge, Effect::Changes},
    Entry{"uuid_broadcast", uuid_broadcast, Effect::Changes},
    Entry{"uuid_dump", uuid_dump, Effect::ReadsOnly},
    Entry{"uuid_exists", uuid_exists, Effect::ReadsOnly},
    Entry{"uuid_getvar", uuid_getvar, Effect::ReadsOnly},
    Entry{"uuid_hold", uuid_hold, Effect::Changes},
    Entry{"uuid_kill", uuid_kill, Effect::Changes},
    Entry{"uuid_limit_release", uuid_limit_release, Effect::Changes},
    Entry{"uuid_record", uuid_record, Effect::Changes},
    Entry{"uuid_setvar", uuid_setvar, Effect::Changes},
    Entry{"uuid_transfer", uuid_transfer, Effect::Changes},
    Entry{"version", version, Effect::ReadsOnly},
    Entry{"verto_contact", verto_contact, Effect::ReadsOnly},
    Entry{"vm_boxcount", vm_boxcount, Effect::ReadsOnly},
    Entry{"vm_delete", vm_delete, Effect::Changes},
    Entry{"vm_list", vm_list, Effect::ReadsOnly},
    Entry{"vm_read", vm_read, Effect::Changes},
};

// These give more than a text, and run() knows them by name.
constexpr std::array<std::string_view, 3> kOfTheCore = {"originate", "reloadxml", "sofia"};

const Entry* find(std::string_view name) {
  const auto* found = std::find_if(kCommands.begin(), kCommands.end(), [&](const Entry& entry) {
    return base::equal_ignoring_case(entry.name, name);
  });
  return found == kCommands.end() ? nullptr : found;
}

// `agent get` makes an event, so only lists and counts leave everything as it is.
bool callcenter_config_reads(std::string_view arguments) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return true;
  return base::equal_ignoring_case(words[1], "list") ||
         base::equal_ignoring_case(words[1], "count");
}

}  // namespace

Reply run(std::string_view command, Targets& targets) {
  const Invocation invocation = split_command(command);
  if (base::equal_ignoring_case(invocation.command, "reloadxml")) {
    return {.text = {}, .kind = Reply::Kind::RereadConfiguration};
  }
  if (base::equal_ignoring_case(invocation.command, "sofia")) {
    return sofia(invocation.arguments, targets);
  }
  if (replies_later(command)) return originate(invocation.arguments, targets);
  const Entry* entry = find(invocation.command);
  if (entry == nullptr) {
    return {.text = "-ERR " + std::string(invocation.command) + " Command not found!\n"};
  }
  return {.text = entry->run(invocation.arguments, targets)};
}

bool knows(std::string_view name) {
  const auto is_name = [&](std::string_view other) {
    return base::equal_ignoring_case(other, name);
  };
  return find(name) != nullptr || std::any_of(kOfTheCore.begin(), kOfTheCore.end(), is_name);
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names(kOfTheCore.begin(), kOfTheCore.end());
  for (const Entry& entry : kCommands) names.push_back(entry.name);
  std::sort(names.begin(), names.end());
  return names;
}

bool replies_later(std::string_view command) {
  return base::equal_ignoring_case(split_command(command).command, "originate");
}

bool only_reads(std::string_view command) {
  if (replies_later(command)) return false;
  const Invocation invocation = split_command(command);
  const Entry* entry = find(invocation.command);
  if (base::equal_ignoring_case(invocation.command, "sofia")) {
    return sofia_reads(invocation.arguments);
  }
  if (entry == nullptr) return !base::equal_ignoring_case(invocation.command, "reloadxml");
  if (entry->run == callcenter_config) return callcenter_config_reads(invocation.arguments);
  return entry->effect == Effect::ReadsOnly;
}

}  // namespace api
