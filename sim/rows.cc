#include "sim/rows.h"

namespace sim {
namespace {

using Lines = std::vector<std::string>;

std::string text(std::int64_t number) {
  return std::to_string(number);
}

Lines agents(Stage& stage) {
  Lines lines;
  for (const queue::Agent* agent : stage.engine().agents()) {
    lines.push_back(agent->name + ": " + std::string(to_text(agent->status)) + ", " +
                    std::string(to_text(agent->state)) + ", answered " +
                    text(agent->calls_answered) + ", unanswered " + text(agent->no_answer_count) +
                    ", talked " + time_text(agent->talk_time));
  }
  return lines;
}

Lines tiers(Stage& stage) {
  Lines lines;
  for (const queue::Tier* tier : stage.engine().tiers()) {
    lines.push_back(stage.engine().queue(tier->queue)->settings.name + " " +
                    stage.engine().agent(tier->agent)->name + ": " +
                    std::string(to_text(tier->state)) + ", level " + text(tier->level) +
                    ", position " + text(tier->position));
  }
  return lines;
}

Lines members(Stage& stage) {
  Lines lines;
  for (const queue::Member* member : stage.engine().members()) {
    const std::string serving =
        member->serving_agent.empty() ? "" : ", served by " + member->serving_agent;
    lines.push_back(stage.member_name(member->id) + " in " + member->queue_name + ": " +
                    std::string(to_text(member->state)) + ", score " +
                    text(stage.engine().score(*member, stage.now())) + serving);
  }
  return lines;
}

Lines queues(Stage& stage) {
  Lines lines;
  for (const queue::Queue* queue : stage.engine().queues()) {
    lines.push_back(queue->settings.name + ": answered " + text(queue->calls_answered) +
                    ", abandoned " + text(queue->calls_abandoned));
  }
  return lines;
}

}  // namespace

std::optional<std::vector<std::string>> rows_of(Stage& stage, const std::string& list) {
  if (list == "agents") return agents(stage);
  if (list == "tiers") return tiers(stage);
  if (list == "members") return members(stage);
  if (list == "queues") return queues(stage);
  return std::nullopt;
}

}  // namespace sim
