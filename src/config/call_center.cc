#include "config/call_center.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "config/names.h"
#include "config/parameters.h"
#include "queue/strategy.h"

namespace config {
namespace {

constexpr Range kDaySeconds = {0, 86'400};
// Longer rests of an agent can only be mistakes, and sums of them stay far from overflow.
constexpr Range kRestSeconds = {0, 366LL * 86'400};
constexpr Range kPlain = {std::numeric_limits<std::int32_t>::min(),
                          std::numeric_limits<std::int32_t>::max()};
constexpr int kOriginateTimeoutSeconds = 60;
// A position told more often than this is all that a caller hears.
constexpr int kAnnouncementSecondsMin = 5;

// The true words of <settings>; everything else is false there, without a complaint (spec/02 §1).
void lenient_boolean(Parameters& parameters, std::string_view name, bool& target) {
  if (const auto* const given = parameters.find(name)) target = base::is_true(given->value);
}

void read_settings(const Element& element, queue::CallCenterSettings& settings,
                   Problems& problems) {
  Parameters parameters(element, "settings", problems);
  parameters.text("cc-instance-id", settings.instance_id);
  lenient_boolean(parameters, "reserve-agents", settings.reserve_agents);
  lenient_boolean(parameters, "truncate-tiers-on-load", settings.truncate_tiers_on_load);
  lenient_boolean(parameters, "truncate-agents-on-load", settings.truncate_agents_on_load);
  parameters.integer("agent-originate-timeout", {0, kDaySeconds.highest},
                     settings.agent_originate_timeout_seconds);
  if (settings.agent_originate_timeout_seconds == 0) {
    settings.agent_originate_timeout_seconds = kOriginateTimeoutSeconds;
  }
  // No decision waits for a lock or a database here, so these need nothing.
  parameters.accept({"global-database-lock", "debug"});
  parameters.text("odbc-dsn", settings.odbc_dsn);
  parameters.text("dbname", settings.dbname);
  parameters.finish();
}

void read_strategy(Parameters& parameters, const std::string& what, std::string& target,
                   Problems& problems) {
  const auto* const given = parameters.find("strategy");
  if (given == nullptr) return;
  target = given->value;
  if (queue::find_strategy(target) != nullptr) return;
  problems.warning(given->place, what + ": strategy " + target +
                                     " is unknown; agents are asked by level and position");
}

void read_no_answer_status(Parameters& parameters, const std::string& what,
                           queue::AgentStatus& target, Problems& problems) {
  const auto* const given = parameters.find("agent-no-answer-status");
  if (given == nullptr) return;
  if (const auto status = queue::parse_agent_status(given->value)) {
    target = *status;
    return;
  }
  problems.warning(given->place, what + ": agent-no-answer-status is \"" + given->value +
                                     "\", expected Logged Out, Available, Available (On Demand) or "
                                     "On Break; On Break is used");
}

queue::QueueSettings read_queue(const Element& element, const std::string& name,
                                Problems& problems) {
  queue::QueueSettings queue;
  queue.name = name;
  const std::string what = "queue " + name;
  Parameters parameters(element, what, problems);
  read_strategy(parameters, what, queue.strategy, problems);
  parameters.text("moh-sound", queue.moh_sound);
  parameters.text("announce-sound", queue.announce_sound);
  parameters.text("record-template", queue.record_template);
  parameters.text("time-base-score", queue.time_base_score);
  read_no_answer_status(parameters, what, queue.agent_no_answer_status, problems);
  const auto seconds = [&](std::string_view parameter, int& target) {
    parameters.integer(parameter, kDaySeconds, target);
  };
  seconds("announce-frequency", queue.announce_frequency_seconds);
  seconds("ring-progressively-delay", queue.ring_progressively_delay_seconds);
  seconds("tier-rule-wait-second", queue.tier_rule_wait_seconds);
  seconds("discard-abandoned-after", queue.discard_abandoned_after_seconds);
  seconds("max-wait-time", queue.max_wait_seconds);
  seconds("max-wait-time-with-no-agent", queue.max_wait_with_no_agent_seconds);
  seconds("max-wait-time-with-no-agent-time-reached", queue.max_wait_with_no_agent_reached_seconds);
  parameters.boolean("announce-position", queue.announce_position);
  parameters.boolean("announce-wait", queue.announce_wait);
  seconds("announce-position-first", queue.announce_position_first_seconds);
  parameters.integer("announce-position-frequency", {kAnnouncementSecondsMin, kDaySeconds.highest},
                     queue.announce_position_frequency_seconds);
  parameters.boolean("tier-rules-apply", queue.tier_rules_apply);
  parameters.boolean("tier-rule-wait-multiply-level", queue.tier_rule_wait_multiply_level);
  parameters.boolean("tier-rule-no-agent-no-wait", queue.tier_rule_no_agent_no_wait);
  parameters.boolean("abandoned-resume-allowed", queue.abandoned_resume_allowed);
  parameters.boolean("skip-agents-with-external-calls", queue.skip_agents_with_external_calls);
  parameters.integer("weight", kPlain, queue.weight);
  parameters.finish();
  return queue;
}

void read_queues(const Element& element, queue::CallCenterSettings& settings, Problems& problems) {
  std::map<std::string, Place> seen;
  for (const auto& child : element.children) {
    const std::string* const name = child.attribute("name");
    if (child.name != "queue") {
      problems.warning(child.place, "unknown element <" + child.name +
                                        "> in <queues> is ignored; expected <queue name=…>");
    } else if (name == nullptr || name->empty()) {
      problems.error(child.place, "<queue> without name=; expected e.g. name=\"support@default\"");
    } else if (const auto [at, is_new] = seen.emplace(base::to_lower(*name), child.place); is_new) {
      settings.queues.push_back(read_queue(child, *name, problems));
    } else {
      problems.warning(child.place, "queue " + *name + " is defined twice; the first definition, " +
                                        describe(at->second) + ", is used");
    }
  }
}

// The attributes of an <agent> or <tier>, with the same duties as Parameters has for <param>s.
class Attributes {
 public:
  Attributes(const Element& element, std::string what, Problems& problems)
      : element_(element), what_(std::move(what)), problems_(problems) {}

  const std::string* find(std::string_view name) {
    known_.push_back(name);
    problems_.looks_for(what_, name);
    return element_.attribute(name);
  }

  void integer(std::string_view name, Range range, std::optional<std::int64_t>& target) {
    const std::string* const value = find(name);
    if (value == nullptr) return;
    const std::int64_t number = base::lenient_integer(*value);
    if (!looks_like_number(*value) || number < range.lowest || number > range.highest) {
      problems_.warning(element_.place, what_ + ": " + std::string(name) + " is \"" + *value +
                                            "\", expected a number from " +
                                            std::to_string(range.lowest) + " to " +
                                            std::to_string(range.highest) + "; it is left out");
      return;
    }
    target = number;
  }

  void not_supported_yet(std::string_view name) {
    if (find(name) == nullptr) return;
    problems_.warning(element_.place,
                      what_ + ": " + std::string(name) + " is not supported yet and has no effect");
  }

  void finish() {
    for (const auto& [name, value] : element_.attributes) {
      if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
      problems_.warning(element_.place, what_ + ": unknown attribute " + name + " is ignored" +
                                            did_you_mean(name, known_));
    }
  }

 private:
  const Element& element_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string_view> known_;
};

std::optional<queue::AgentStatus> read_status(const std::string* text, const Place& place,
                                              const std::string& what, Problems& problems) {
  if (text == nullptr) return std::nullopt;
  auto status = queue::parse_agent_status(*text);
  if (!status) {
    problems.warning(place, what + ": status is \"" + *text +
                                "\", expected Logged Out, Available, Available (On Demand) or On "
                                "Break; it is left out");
  }
  return status;
}

// Returns: nullopt when the agent is left out, as the original does without a valid type.
std::optional<queue::AgentSettings> read_agent(const Element& element, const std::string& name,
                                               Problems& problems) {
  const std::string what = "agent " + name;
  Attributes attributes(element, what, problems);
  attributes.find("name");
  queue::AgentSettings agent;
  agent.name = name;
  const std::string* const type = attributes.find("type");
  if (type == nullptr || !queue::is_agent_type(*type)) {
    problems.warning(element.place,
                     what + ": type is " + (type == nullptr ? "missing" : "\"" + *type + "\"") +
                         ", expected Callback or uuid-standby" + std::string(kAgentLeftOut));
    return std::nullopt;
  }
  agent.type = *type;
  if (const std::string* const contact = attributes.find("contact")) agent.contact = *contact;
  agent.status = read_status(attributes.find("status"), element.place, what, problems);
  attributes.integer("wrap-up-time", kRestSeconds, agent.wrap_up_seconds);
  attributes.integer("max-no-answer", {0, kPlain.highest}, agent.max_no_answer);
  attributes.integer("reject-delay-time", kRestSeconds, agent.reject_delay_seconds);
  attributes.integer("busy-delay-time", kRestSeconds, agent.busy_delay_seconds);
  attributes.integer("no-answer-delay-time", kRestSeconds, agent.no_answer_delay_seconds);
  attributes.integer("not-registered-delay-time", kRestSeconds, agent.not_registered_delay_seconds);
  attributes.integer("max-busy", {0, kPlain.highest}, agent.max_busy);
  attributes.integer("max-reject", {0, kPlain.highest}, agent.max_reject);
  attributes.find("label");  // For people; panels write it.
  attributes.finish();
  return agent;
}

// As the original, which applies one after the other: what the later definition writes wins.
void merge(queue::AgentSettings later, queue::AgentSettings& agent) {
  const auto take = [](auto& from, auto& to) {
    if (from) to = std::move(from);
  };
  agent.type = std::move(later.type);
  take(later.contact, agent.contact);
  take(later.status, agent.status);
  take(later.wrap_up_seconds, agent.wrap_up_seconds);
  take(later.max_no_answer, agent.max_no_answer);
  take(later.reject_delay_seconds, agent.reject_delay_seconds);
  take(later.busy_delay_seconds, agent.busy_delay_seconds);
  take(later.no_answer_delay_seconds, agent.no_answer_delay_seconds);
  take(later.not_registered_delay_seconds, agent.not_registered_delay_seconds);
  take(later.max_busy, agent.max_busy);
  take(later.max_reject, agent.max_reject);
}

void read_agents(const Element& element, queue::CallCenterSettings& settings, Problems& problems) {
  std::map<std::string, std::size_t> seen;  // Where in settings.agents.
  for (const auto& child : element.children) {
    const std::string* const name = child.attribute("name");
    if (child.name != "agent") {
      problems.warning(child.place, "unknown element <" + child.name +
                                        "> in <agents> is ignored; expected <agent name= type=/>");
    } else if (name == nullptr || name->empty()) {
      problems.error(child.place, "<agent> without name=; expected e.g. name=\"1000@default\"");
    } else if (auto agent = read_agent(child, *name, problems)) {
      const auto [at, is_new] = seen.emplace(*name, settings.agents.size());
      if (is_new) {
        settings.agents.push_back(std::move(*agent));
        continue;
      }
      problems.warning(child.place, "agent " + *name +
                                        " is defined twice; what this second definition writes "
                                        "wins");
      merge(std::move(*agent), settings.agents[at->second]);
    }
  }
}

// Names to which tiers may refer. Queues compare in any case, agents exactly.
struct Named {
  std::set<std::string> queues;
  std::set<std::string> agents;
};

// Returns: nullopt when the tier cannot be used.
std::optional<queue::TierSettings> read_tier(const Element& element, const Named& named,
                                             Problems& problems) {
  Attributes attributes(element, "tier", problems);
  queue::TierSettings tier;
  for (const auto& [name, target] : {std::pair{"agent", &tier.agent}, {"queue", &tier.queue}}) {
    const std::string* const value = attributes.find(name);
    if (value != nullptr && !value->empty()) {
      *target = *value;
      continue;
    }
    problems.error(element.place, std::string("<tier> without ") + name +
                                      "=; expected agent= and queue=, names defined in this file");
    return std::nullopt;
  }
  // Agents can also be added while the server runs, so an unknown one is worth a warning only.
  if (!named.agents.contains(tier.agent)) {
    problems.warning(element.place, "tier: there is no agent " + tier.agent +
                                        " here; the tier counts only if the agent was added by "
                                        "callcenter_config");
  }
  if (!named.queues.contains(base::to_lower(tier.queue))) {
    problems.warning(element.place, "tier: there is no queue " + tier.queue + "; it is left out");
    return std::nullopt;
  }
  attributes.integer("level", kPlain, tier.level);
  attributes.integer("position", kPlain, tier.position);
  attributes.find("domain_name");  // Panels write it.
  attributes.finish();
  return tier;
}

void read_tiers(const Element& element, queue::CallCenterSettings& settings, Problems& problems) {
  Named named;
  for (const auto& queue : settings.queues) named.queues.insert(base::to_lower(queue.name));
  for (const auto& agent : settings.agents) named.agents.insert(agent.name);
  std::map<std::pair<std::string, std::string>, std::size_t> seen;  // Where in settings.tiers.
  for (const auto& child : element.children) {
    if (child.name != "tier") {
      problems.warning(child.place, "unknown element <" + child.name +
                                        "> in <tiers> is ignored; expected <tier agent= queue=/>");
      continue;
    }
    auto tier = read_tier(child, named, problems);
    if (!tier) continue;
    const auto [at, is_new] =
        seen.emplace(std::pair(base::to_lower(tier->queue), tier->agent), settings.tiers.size());
    if (is_new) {
      settings.tiers.push_back(std::move(*tier));
      continue;
    }
    problems.warning(child.place, "tier: agent " + tier->agent + " stands twice in queue " +
                                      tier->queue + "; this second tier is used");
    settings.tiers[at->second] = std::move(*tier);
  }
}

}  // namespace

queue::CallCenterSettings read_call_center(const Element& configuration, Problems& problems) {
  using Reader = void (*)(const Element&, queue::CallCenterSettings&, Problems&);
  // In this order whatever the file's, since tiers refer to the others.
  constexpr std::pair<std::string_view, Reader> kParts[] = {{"settings", read_settings},
                                                            {"queues", read_queues},
                                                            {"agents", read_agents},
                                                            {"tiers", read_tiers}};
  queue::CallCenterSettings settings;
  for (const auto& [name, reader] : kParts) {
    for (const auto& child : configuration.children) {
      if (child.name == name) reader(child, settings, problems);
    }
  }
  for (const auto& child : configuration.children) {
    const bool known = std::any_of(std::begin(kParts), std::end(kParts),
                                   [&](const auto& part) { return part.first == child.name; });
    if (known) continue;
    problems.warning(child.place, "unknown element <" + child.name +
                                      "> is ignored; expected settings, queues, agents or tiers");
  }
  return settings;
}

}  // namespace config
