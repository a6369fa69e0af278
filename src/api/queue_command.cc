// callcenter_config queue load | unload | reload | list | count.

#include "api/callcenter_config.h"
#include "api/rows.h"
#include "api/text_list.h"
#include "base/text.h"

namespace api {
namespace {

// What `queue list X` and `queue count X` select.
struct Selection {
  TextList list;
  bool known = true;  // False: there is no such X.
};

// Words: {list|count, agents, queue, status, state}; the last two must match exactly.
TextList select_agents(const Words& words, const Targets& targets) {
  TextList list(kAgentColumns);
  const queue::Queue* queue = words.size() > 2 ? targets.engine.find_queue(words[2]) : nullptr;
  if (queue == nullptr) return list;
  for (const queue::Agent* agent : agents_of(targets.engine, *queue)) {
    if (words.size() > 3 && to_text(agent->status) != words[3]) continue;
    if (words.size() > 4 && to_text(agent->state) != words[4]) continue;
    list.add(row_of(*agent, targets.engine));
  }
  return list;
}

TextList select_tiers(const Words& words, const Targets& targets) {
  TextList list(kTierColumns);
  const queue::Queue* queue = words.size() > 2 ? targets.engine.find_queue(words[2]) : nullptr;
  if (queue == nullptr) return list;
  for (const queue::Tier* tier : tiers_of(targets.engine, *queue)) {
    list.add(row_of(*tier, targets.engine));
  }
  return list;
}

TextList select_members(const Words& words, const Targets& targets) {
  TextList list(kMemberColumns);
  const queue::Queue* queue = words.size() > 2 ? targets.engine.find_queue(words[2]) : nullptr;
  // `queue list members` shows all queues, `queue count members` without a name counts nothing.
  const bool all = words.size() == 2 && base::equal_ignoring_case(words[0], "list");
  if (queue == nullptr && !all) return list;
  const auto order = MemberOrder::ByQueueThenScore;
  for (const queue::Member* member : members_of(targets.engine, queue, order, targets.now)) {
    list.add(row_of(*member, targets.engine, targets.now));
  }
  return list;
}

Selection select(const Words& words, const Targets& targets) {
  const std::string what = base::to_lower(words.at(1));
  if (what == "agents") return {select_agents(words, targets)};
  if (what == "members") return {select_members(words, targets)};
  if (what == "tiers") return {select_tiers(words, targets)};
  return {TextList({}), false};
}

std::string list_queues(const Words& words, const Targets& targets) {
  if (words.size() > 1) {
    const Selection selection = select(words, targets);
    return selection.known ? selection.list.reply() : std::string(kInvalid);
  }
  TextList list(kQueueColumns, EmptyList::HeaderAnyway);
  for (const queue::Queue* queue : targets.engine.queues()) list.add(row_of(*queue));
  return list.reply();
}

std::string count_queues(const Words& words, const Targets& targets) {
  if (words.size() == 1) return std::to_string(targets.engine.queues().size()) + "\n";
  const Selection selection = select(words, targets);
  if (!selection.known) return std::string(kInvalid);
  return std::to_string(selection.list.rows()) + "\n";
}

}  // namespace

std::string queue_command(const Words& words, Targets& targets) {
  const std::string action = base::to_lower(words.at(0));
  if (action == "list") return list_queues(words, targets);
  if (action == "count") return count_queues(words, targets);
  if (action != "load" && action != "unload" && action != "reload") {
    return no_such_action(words[0], targets);
  }
  if (words.size() < 2) return std::string(kInvalid);
  if (action == "unload") {
    targets.engine.unload_queue(words[1], targets.now, targets.queue_out);
    return std::string(kOk);
  }
  // Members keep their place through a reload: the settings are replaced where they stand.
  const auto refused = targets.engine.load_queue(words[1], targets.now, targets.queue_out);
  return refused ? "-ERR Invalid Queue not found!\n" : std::string(kOk);
}

}  // namespace api
