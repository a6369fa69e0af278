#include "sim/options.h"

#include <functional>

#include "base/text.h"

namespace sim {
namespace {

template <class Settings>
using Setter = std::function<void(Settings&, const std::string&)>;
template <class Settings>
using Setters = std::map<std::string, Setter<Settings>>;

std::int64_t number(const std::string& text) {
  return base::lenient_integer(text);
}

template <class Settings, class Field>
Setter<Settings> whole(Field Settings::*field) {
  return [field](Settings& settings, const std::string& text) {
    settings.*field = static_cast<int>(number(text));
  };
}

template <class Settings>
Setter<Settings> written(std::optional<std::int64_t> Settings::*field) {
  return [field](Settings& settings, const std::string& text) { settings.*field = number(text); };
}

template <class Settings>
Setter<Settings> text(std::string Settings::*field) {
  return [field](Settings& settings, const std::string& value) { settings.*field = value; };
}

template <class Settings>
Setter<Settings> flag(bool Settings::*field) {
  return [field](Settings& settings, const std::string& value) {
    settings.*field = base::is_true(value);
  };
}

template <class Settings>
Complaint apply_all(const Options& options, const Setters<Settings>& setters, Settings& settings) {
  for (const auto& [key, value] : options) {
    const auto setter = setters.find(key);
    if (setter == setters.end()) return "unknown option: " + key;
    setter->second(settings, value);
  }
  return std::nullopt;
}

}  // namespace

Complaint apply_options(const Options& options, queue::CallCenterSettings& settings) {
  using S = queue::CallCenterSettings;
  static const Setters<S> kSetters{
      {"agent-originate-timeout", whole(&S::agent_originate_timeout_seconds)},
      {"reserve-agents", flag(&S::reserve_agents)},
  };
  return apply_all(options, kSetters, settings);
}

Complaint apply_options(const Options& options, queue::QueueSettings& settings) {
  using S = queue::QueueSettings;
  static const Setters<S> kSetters{
      {"strategy", text(&S::strategy)},
      {"moh-sound", text(&S::moh_sound)},
      {"time-base-score", text(&S::time_base_score)},
      {"tier-rules-apply", flag(&S::tier_rules_apply)},
      {"tier-rule-wait-second", whole(&S::tier_rule_wait_seconds)},
      {"tier-rule-wait-multiply-level", flag(&S::tier_rule_wait_multiply_level)},
      {"tier-rule-no-agent-no-wait", flag(&S::tier_rule_no_agent_no_wait)},
      {"ring-progressively-delay", whole(&S::ring_progressively_delay_seconds)},
      {"announce-sound", text(&S::announce_sound)},
      {"announce-frequency", whole(&S::announce_frequency_seconds)},
      {"abandoned-resume-allowed", flag(&S::abandoned_resume_allowed)},
      {"max-wait-time", whole(&S::max_wait_seconds)},
      {"max-wait-time-with-no-agent", whole(&S::max_wait_with_no_agent_seconds)},
      {"max-wait-time-with-no-agent-time-reached",
       whole(&S::max_wait_with_no_agent_reached_seconds)},
      {"discard-abandoned-after", whole(&S::discard_abandoned_after_seconds)},
      {"skip-agents-with-external-calls", flag(&S::skip_agents_with_external_calls)},
      {"weight", whole(&S::weight)},
      {"agent-no-answer-status",
       [](S& queue, const std::string& value) {
         queue.agent_no_answer_status =
             queue::parse_agent_status(value).value_or(queue::AgentStatus::OnBreak);
       }},
  };
  return apply_all(options, kSetters, settings);
}

Complaint apply_options(const Options& options, queue::AgentSettings& settings) {
  using S = queue::AgentSettings;
  static const Setters<S> kSetters{
      {"type", text(&S::type)},
      {"contact", [](S& agent, const std::string& value) { agent.contact = value; }},
      {"status",
       [](S& agent, const std::string& value) { agent.status = queue::parse_agent_status(value); }},
      {"wrap-up-time", written(&S::wrap_up_seconds)},
      {"max-no-answer", written(&S::max_no_answer)},
      {"reject-delay-time", written(&S::reject_delay_seconds)},
      {"busy-delay-time", written(&S::busy_delay_seconds)},
      {"no-answer-delay-time", written(&S::no_answer_delay_seconds)},
      {"not-registered-delay-time", written(&S::not_registered_delay_seconds)},
      {"max-busy", written(&S::max_busy)},
      {"max-reject", written(&S::max_reject)},
  };
  return apply_all(options, kSetters, settings);
}

Complaint apply_options(const Options& options, queue::TierSettings& settings) {
  using S = queue::TierSettings;
  static const Setters<S> kSetters{
      {"level", written(&S::level)},
      {"position", written(&S::position)},
  };
  return apply_all(options, kSetters, settings);
}

}  // namespace sim
