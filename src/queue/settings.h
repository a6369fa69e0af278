// callcenter.conf.xml as values, validated and with its defaults (spec/02).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/archive.h"
#include "queue/names.h"

namespace queue {

// One <queue>. Times are whole seconds, 0–86400, as written by the operator.
struct QueueSettings {
  std::string name;
  std::string strategy = "longest-idle-agent";
  std::string moh_sound;  // Empty: silence while waiting.
  std::string announce_sound;
  int announce_frequency_seconds = 0;        // 0: off.
  std::string record_template;               // Empty: no recording.
  std::string time_base_score = "queue";     // Only "system" (any case) has an effect.
  int ring_progressively_delay_seconds = 0;  // 0 behaves as 10.
  bool tier_rules_apply = false;
  int tier_rule_wait_seconds = 0;
  bool tier_rule_wait_multiply_level = false;
  bool tier_rule_no_agent_no_wait = true;
  int discard_abandoned_after_seconds = 60;
  bool abandoned_resume_allowed = false;
  int max_wait_seconds = 0;  // 0: off.
  int max_wait_with_no_agent_seconds = 0;
  int max_wait_with_no_agent_reached_seconds = 5;
  AgentStatus agent_no_answer_status = AgentStatus::OnBreak;
  bool skip_agents_with_external_calls = true;
  int weight = 0;  // Added to the score of the members (spec/10 #43).
  // What callers are told while they wait (call/place_announcement.h).
  bool announce_position = false;
  bool announce_wait = false;
  int announce_position_first_seconds = 15;
  int announce_position_frequency_seconds = 60;

  bool operator==(const QueueSettings&) const = default;
};

// One <agent>. What is not written keeps its live value.
struct AgentSettings {
  std::string name;
  std::string type;
  std::optional<std::string> contact;
  std::optional<AgentStatus> status;
  std::optional<std::int64_t> wrap_up_seconds;
  std::optional<std::int64_t> max_no_answer;
  std::optional<std::int64_t> reject_delay_seconds;
  std::optional<std::int64_t> busy_delay_seconds;
  std::optional<std::int64_t> no_answer_delay_seconds;
  std::optional<std::int64_t> max_busy = {};  // This and the next two: spec/10 #47.
  std::optional<std::int64_t> max_reject = {};
  std::optional<std::int64_t> not_registered_delay_seconds = {};

  bool operator==(const AgentSettings&) const = default;
};

// One <tier>. What is not written keeps its live value; a new tier gets 1 (spec/10 #33).
struct TierSettings {
  std::string queue;
  std::string agent;
  std::optional<std::int64_t> level;
  std::optional<std::int64_t> position;

  bool operator==(const TierSettings&) const = default;
};

struct CallCenterSettings {
  std::string instance_id = "single_box";    // cc-instance-id: tags members.
  int agent_originate_timeout_seconds = 60;  // Longest ringing of one offer.
  // Where the tables are: odbc-dsn wins over dbname. For the adapters only, so neither is archived:
  // a password has no business in the journal.
  std::string odbc_dsn;
  std::string dbname = "callcenter";
  bool truncate_agents_on_load = false;
  bool truncate_tiers_on_load = false;
  bool reserve_agents = false;
  std::vector<QueueSettings> queues;
  std::vector<AgentSettings> agents;
  std::vector<TierSettings> tiers;

  bool operator==(const CallCenterSettings&) const = default;
};

void describe(base::Archive& archive, QueueSettings& settings);
void describe(base::Archive& archive, AgentSettings& settings);
void describe(base::Archive& archive, TierSettings& settings);
void describe(base::Archive& archive, CallCenterSettings& settings);

}  // namespace queue
