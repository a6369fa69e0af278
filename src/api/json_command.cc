#include "api/json_command.h"

#include <utility>

#include "api/json_text.h"
#include "api/rows.h"
#include "base/text.h"

namespace api {
namespace {

// Whose rows are asked for, at which instant.
struct Source {
  const queue::RowView& rows;
  base::Instant now;
};

// What the data of a request lead to.
struct Answer {
  enum class Status { Success, Error } status;
  Json response;
};

Answer refuse(Json response = nullptr) {
  return {Answer::Status::Error, std::move(response)};
}

// A member that is a string; empty when it is absent or something else.
std::string text_member(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return {};
  return found->get<std::string>();
}

Json object_of(const Row& row, std::string_view columns) {
  const auto names = base::split(columns, '|');
  Json object = Json::object();
  for (std::size_t i = 0; i < row.size() && i < names.size(); ++i) {
    if (row[i]) object[names[i]] = *row[i];
  }
  return object;
}

Json agents(const std::vector<const queue::Agent*>& found, const Source& source) {
  Json list = Json::array();
  for (const queue::Agent* agent : found) {
    list.push_back(object_of(row_of(*agent, source.rows), kAgentColumns));
  }
  return list;
}

Json tiers(const std::vector<const queue::Tier*>& found, const Source& source) {
  Json list = Json::array();
  for (const queue::Tier* tier : found) {
    list.push_back(object_of(row_of(*tier, source.rows), kTierColumns));
  }
  return list;
}

Json members(const queue::Queue* queue, const Source& source) {
  Json list = Json::array();
  const auto found = members_of(source.rows, queue, MemberOrder::ByScore, source.now);
  for (const queue::Member* member : found) {
    list.push_back(object_of(row_of(*member, source.rows, source.now), kMemberColumns));
  }
  return list;
}

const char* flag(bool value) {
  return value ? "true" : "false";
}

// Numbers are numbers here and nowhere else, and the counters are missing (spec/05 §6).
Json queue_object(const queue::QueueSettings& queue) {
  Json object = Json::object();
  object["name"] = queue.name;
  object["strategy"] = queue.strategy;
  if (!queue.moh_sound.empty()) object["moh_sound"] = queue.moh_sound;
  object["time_base_score"] = queue.time_base_score;
  object["tier_rules_apply"] = flag(queue.tier_rules_apply);
  object["tier_rule_wait_second"] = queue.tier_rule_wait_seconds;
  object["tier_rule_wait_multiply_level"] = flag(queue.tier_rule_wait_multiply_level);
  object["tier_rule_no_agent_no_wait"] = flag(queue.tier_rule_no_agent_no_wait);
  object["discard_abandoned_after"] = queue.discard_abandoned_after_seconds;
  object["abandoned_resume_allowed"] = flag(queue.abandoned_resume_allowed);
  object["max_wait_time"] = queue.max_wait_seconds;
  object["max_wait_time_with_no_agent"] = queue.max_wait_with_no_agent_seconds;
  object["max_wait_time_with_no_agent_time_reached"] = queue.max_wait_with_no_agent_reached_seconds;
  if (!queue.record_template.empty()) object["record_template"] = queue.record_template;
  object["skip_agents_with_external_calls"] = flag(queue.skip_agents_with_external_calls);
  object["agent_no_answer_status"] = to_text(queue.agent_no_answer_status);
  return object;
}

Json queues(const Source& source) {
  Json list = Json::array();
  for (const queue::Queue* queue : source.rows.queues()) {
    list.push_back(queue_object(queue->settings));
  }
  return list;
}

// queue list agents|members|tiers: of the queue that `queue_name` names.
Answer list_of_queue(std::string_view what, const Json& data, const Source& source) {
  const std::string name = text_member(data, "queue_name");
  if (name.empty()) return refuse({{"error", "Missing data attribute: queue_name"}});
  const queue::Queue* queue = source.rows.find_queue(name);
  Json list = Json::array();
  if (queue != nullptr) {
    if (what == "agents") list = agents(agents_of(source.rows, *queue), source);
    if (what == "members") list = members(queue, source);
    if (what == "tiers") list = tiers(tiers_of(source.rows, *queue), source);
  }
  return {Answer::Status::Success, std::move(list)};
}

Answer callcenter_config(const Json& data, const Source& source) {
  constexpr auto kSuccess = Answer::Status::Success;
  const std::string arguments = base::to_lower(text_member(data, "arguments"));
  if (arguments == "agent list") return {kSuccess, agents(source.rows.agents(), source)};
  if (arguments == "tier list") return {kSuccess, tiers(source.rows.tiers(), source)};
  if (arguments == "member list") return {kSuccess, members(nullptr, source)};
  if (arguments == "queue list") return {kSuccess, queues(source)};
  for (const char* what : {"agents", "members", "tiers"}) {
    if (arguments == std::string("queue list ") + what) return list_of_queue(what, data, source);
  }
  return refuse();
}

std::string print(const Json& reply) {
  const bool pretty = text_member(reply, "format") == "pretty";
  return (pretty ? pretty_json(reply) : compact_json(reply)) + "\n";
}

}  // namespace

std::string json_command(std::string_view arguments, const queue::RowView& rows,
                         base::Instant now) {
  if (arguments.empty()) return "-ERR No JSON supplied.\n";
  std::optional<Json> request = parse_json(arguments);
  if (!request || !request->is_object()) return "-ERR Parse error.\n";

  Json& reply = *request;
  const auto data = reply.find("data");
  const bool known = data != reply.end() && text_member(reply, "command") == "callcenter_config";
  const Answer answer = known ? callcenter_config(*data, {rows, now}) : refuse();
  const bool success = answer.status == Answer::Status::Success;
  reply["status"] = success ? "success" : "error";
  if (!success) {
    reply["message"] =
        known ? "The command returned an error" : "Invalid request or non-existant command";
  }
  reply["response"] = answer.response;
  return print(reply);
}

}  // namespace api
