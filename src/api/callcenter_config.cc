#include "api/callcenter_config.h"

#include <utility>

#include "api/lists.h"
#include "api/words.h"
#include "base/text.h"

namespace api {
namespace {

std::string_view text_of(queue::ChangeError error) {
  using queue::ChangeError;
  switch (error) {
    case ChangeError::AgentNotFound:
      return "-ERR Agent not found!\n";
    case ChangeError::AgentExists:
      return "-ERR Agent already exist!\n";
    case ChangeError::AgentTypeInvalid:
      return "-ERR Agent type invalid!\n";
    case ChangeError::AgentStatusInvalid:
      return "-ERR Invalid Agent Status!\n";
    case ChangeError::AgentStateInvalid:
      return "-ERR Invalid Agent State!\n";
    case ChangeError::AgentKeyInvalid:
      return "-ERR Invalid Agent Update KEY!\n";
    case ChangeError::QueueNotFound:
      return "-ERR Queue not found!\n";
    case ChangeError::TierExists:
      return "-ERR Tier already exist!\n";
    case ChangeError::TierNotFound:
      return kUnknownError;
    case ChangeError::TierStateInvalid:
      return "-ERR Invalid Tier State!\n";
    case ChangeError::TierKeyInvalid:
      return "-ERR Invalid Tier Update KEY!\n";
  }
  return kUnknownError;
}

}  // namespace

std::string reply_to(queue::Change change) {
  return std::string(change ? text_of(*change) : kOk);
}

std::string rest_of(const Words& words, std::size_t first) {
  std::string joined = words.at(first);
  for (std::size_t i = first + 1; i < words.size(); ++i) joined += " " + words[i];
  return joined;
}

std::string callcenter_config(std::string_view arguments, Targets& targets) {
  const Words words = split_words(arguments, kWordsMax);
  if (words.empty()) return std::string(usage());
  if (words.size() < 2) return std::string(kInvalid);
  if (auto list = callcenter_list(words, targets.engine, targets.now)) return std::move(*list);
  const Words rest(words.begin() + 1, words.end());
  if (base::equal_ignoring_case(words[0], "agent")) return agent_command(rest, targets);
  if (base::equal_ignoring_case(words[0], "tier")) return tier_command(rest, targets);
  if (base::equal_ignoring_case(words[0], "queue")) return queue_command(rest, targets);
  return no_such_action(words[0], targets);
}

std::string no_such_action(std::string_view word, Targets& targets) {
  constexpr std::size_t kShownMax = 80;
  targets.call_out.emplace_back(call::LogMade{
      call::LogMade::Level::Warning,
      "callcenter_config: unknown section or action " + std::string(word.substr(0, kShownMax))});
  return {};
}

std::string_view usage() {
  return "-USAGE: \n"
         "callcenter_config <target> <args>,\n"
         "\tcallcenter_config agent add [name] [type] | \n"
         "\tcallcenter_config agent del [name] | \n"
         "\tcallcenter_config agent reload [name] | \n"
         "\tcallcenter_config agent set status [agent_name] [status] | \n"
         "\tcallcenter_config agent set state [agent_name] [state] | \n"
         "\tcallcenter_config agent set contact [agent_name] [contact] | \n"
         "\tcallcenter_config agent set ready_time [agent_name] [wait till epoch] | \n"
         "\tcallcenter_config agent set reject_delay_time [agent_name] [wait second] | \n"
         "\tcallcenter_config agent set busy_delay_time [agent_name] [wait second] | \n"
         "\tcallcenter_config agent set no_answer_delay_time [agent_name] [wait second] | \n"
         "\tcallcenter_config agent get status [agent_name] | \n"
         "\tcallcenter_config agent get state [agent_name] | \n"
         "\tcallcenter_config agent get uuid [agent_name] | \n"
         "\tcallcenter_config agent list [[agent_name]] | \n"
         "\tcallcenter_config tier add [queue_name] [agent_name] [[level]] [[position]] | \n"
         "\tcallcenter_config tier set state [queue_name] [agent_name] [state] | \n"
         "\tcallcenter_config tier set level [queue_name] [agent_name] [level] | \n"
         "\tcallcenter_config tier set position [queue_name] [agent_name] [position] | \n"
         "\tcallcenter_config tier del [queue_name] [agent_name] | \n"
         "\tcallcenter_config tier reload [queue_name] [agent_name] | \n"
         "\tcallcenter_config tier list | \n"
         "\tcallcenter_config queue load [queue_name] | \n"
         "\tcallcenter_config queue unload [queue_name] | \n"
         "\tcallcenter_config queue reload [queue_name] | \n"
         "\tcallcenter_config queue list | \n"
         "\tcallcenter_config queue list agents [queue_name] [status] [state] | \n"
         "\tcallcenter_config queue list members [queue_name] | \n"
         "\tcallcenter_config queue list tiers [queue_name] | \n"
         "\tcallcenter_config queue count | \n"
         "\tcallcenter_config queue count agents [queue_name] [status] [state] | \n"
         "\tcallcenter_config queue count members [queue_name] | \n"
         "\tcallcenter_config queue count tiers [queue_name]\n";
}

}  // namespace api
