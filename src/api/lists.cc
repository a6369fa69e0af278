#include "api/lists.h"

#include <array>

#include "api/callcenter_config.h"
#include "api/json_command.h"
#include "api/rows.h"
#include "api/text_list.h"
#include "api/words.h"
#include "base/check.h"
#include "base/text.h"

namespace api {
namespace {

using base::equal_ignoring_case;

// Whose rows are asked for, at which instant.
struct Source {
  const queue::RowView& rows;
  base::Instant now;
};

// What `queue list X` and `queue count X` select.
struct Selection {
  TextList list;
  bool known = true;  // False: there is no such X.
};

// Words of the lists of queues: {list|count, agents, queue, status, state}.
const queue::Queue* queue_of(const Words& words, const Source& source) {
  return words.size() > 2 ? source.rows.find_queue(words[2]) : nullptr;
}

// Status and state must match exactly.
TextList select_agents(const Words& words, const Source& source) {
  TextList list(kAgentColumns);
  const queue::Queue* queue = queue_of(words, source);
  if (queue == nullptr) return list;
  for (const queue::Agent* agent : agents_of(source.rows, *queue)) {
    if (words.size() > 3 && to_text(agent->status) != words[3]) continue;
    if (words.size() > 4 && to_text(agent->state) != words[4]) continue;
    list.add(row_of(*agent, source.rows));
  }
  return list;
}

TextList select_tiers(const Words& words, const Source& source) {
  TextList list(kTierColumns);
  const queue::Queue* queue = queue_of(words, source);
  if (queue == nullptr) return list;
  for (const queue::Tier* tier : tiers_of(source.rows, *queue)) {
    list.add(row_of(*tier, source.rows));
  }
  return list;
}

TextList select_members(const Words& words, const Source& source) {
  TextList list(kMemberColumns);
  const queue::Queue* queue = queue_of(words, source);
  // `queue list members` shows all queues, `queue count members` without a name counts nothing.
  const bool all = words.size() == 2 && equal_ignoring_case(words[0], "list");
  if (queue == nullptr && !all) return list;
  const auto order = MemberOrder::ByQueueThenScore;
  for (const queue::Member* member : members_of(source.rows, queue, order, source.now)) {
    list.add(row_of(*member, source.rows, source.now));
  }
  return list;
}

Selection select(const Words& words, const Source& source) {
  const std::string what = base::to_lower(words.at(1));
  if (what == "agents") return {select_agents(words, source)};
  if (what == "members") return {select_members(words, source)};
  if (what == "tiers") return {select_tiers(words, source)};
  return {TextList({}), false};
}

std::string list_queues(const Words& words, const Source& source) {
  if (words.size() > 1) {
    const Selection selection = select(words, source);
    return selection.known ? selection.list.reply() : std::string(kInvalid);
  }
  TextList list(kQueueColumns, EmptyList::HeaderAnyway);
  for (const queue::Queue* queue : source.rows.queues()) list.add(row_of(*queue));
  return list.reply();
}

std::string count_queues(const Words& words, const Source& source) {
  if (words.size() == 1) return std::to_string(source.rows.queues().size()) + "\n";
  const Selection selection = select(words, source);
  if (!selection.known) return std::string(kInvalid);
  return std::to_string(selection.list.rows()) + "\n";
}

std::string list_agents(const Words& words, const Source& source) {
  if (words.size() > 2) return std::string(kInvalid);
  TextList list(kAgentColumns);
  for (const queue::Agent* agent : source.rows.agents()) {
    if (words.size() < 2 || agent->name == words[1]) list.add(row_of(*agent, source.rows));
  }
  return list.reply();
}

std::string list_tiers(const Words&, const Source& source) {
  TextList list(kTierColumns);
  for (const queue::Tier* tier : source.rows.tiers()) list.add(row_of(*tier, source.rows));
  return list.reply();
}

struct Entry {
  std::string_view section;
  std::string_view action;
  std::string (*reply)(const Words& words, const Source& source);
};

constexpr std::array kLists = {
    Entry{"agent", "list", list_agents},
    Entry{"tier", "list", list_tiers},
    Entry{"queue", "list", list_queues},
    Entry{"queue", "count", count_queues},
};

const Entry* find(const Words& words) {
  if (words.size() < 2) return nullptr;
  for (const Entry& entry : kLists) {
    if (equal_ignoring_case(entry.section, words[0]) &&
        equal_ignoring_case(entry.action, words[1])) {
      return &entry;
    }
  }
  return nullptr;
}

}  // namespace

bool is_list(std::string_view command) {
  const Invocation invocation = split_command(command);
  if (equal_ignoring_case(invocation.command, "json")) return true;
  if (!equal_ignoring_case(invocation.command, "callcenter_config")) return false;
  // Section, action and the rest as one word: the loop looks at no more than it must.
  return find(split_words(invocation.arguments, 3)) != nullptr;
}

std::string list(std::string_view command, const queue::RowView& rows, base::Instant now) {
  const Invocation invocation = split_command(command);
  if (equal_ignoring_case(invocation.command, "json")) {
    return json_command(invocation.arguments, rows, now);
  }
  const auto reply = callcenter_list(split_words(invocation.arguments, kWordsMax), rows, now);
  CHECK(reply.has_value());
  return *reply;
}

std::optional<std::string> callcenter_list(const Words& words, const queue::RowView& rows,
                                           base::Instant now) {
  const Entry* entry = find(words);
  if (entry == nullptr) return std::nullopt;
  return entry->reply(Words(words.begin() + 1, words.end()), {rows, now});
}

}  // namespace api
