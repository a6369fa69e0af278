#include "app/salvage.h"

#include <map>
#include <optional>
#include <utility>

#include "app/recovery.h"
#include "base/text.h"
#include "core/projection.h"

namespace app {
namespace {

using Row = std::map<std::string, std::string>;

// An agent's columns that the command `agent set` takes under the same name.
constexpr const char* kKept[] = {
    "contact",           "status",          "max_no_answer",       "wrap_up_time",
    "reject_delay_time", "busy_delay_time", "no_answer_delay_time"};

// As one word of a command.
std::string quoted(const std::string& value) {
  std::string word = "'";
  for (const char c : value) {
    if (c == '\'' || c == '\\') word += '\\';
    word += c;
  }
  return word + "'";
}

// The rows of a list with a line of column names (spec/05 §2).
std::vector<Row> rows_of(const RecoveredCore& state, const std::string& command) {
  std::vector<Row> rows;
  std::vector<std::string> names;
  for (const auto& line :
       base::split(core::list_once(state.core, command, state.last_instant), '\n')) {
    const auto values = base::split(line, '|');
    if (names.empty()) {
      names = values;
    } else if (values.size() == names.size()) {
      Row& row = rows.emplace_back();
      for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = values[i];
    }
  }
  return rows;
}

}  // namespace

std::vector<std::string> salvaged_commands(const store::Recovered& found) {
  store::Recovered newest;
  newest.snapshot = found.snapshot;
  if (!newest.snapshot) return {};
  auto state = recover(newest);
  if (!state) return {};
  std::vector<std::string> commands;
  for (Row& agent : rows_of(*state, "callcenter_config agent list")) {
    const std::string& name = agent["name"];
    commands.push_back("callcenter_config agent add " + name + " " + agent["type"]);
    for (const char* key : kKept) {
      commands.push_back(std::string("callcenter_config agent set ") + key + " " + name + " " +
                         quoted(agent[key]));
    }
  }
  for (Row& tier : rows_of(*state, "callcenter_config tier list")) {
    commands.push_back("callcenter_config tier add " + tier["queue"] + " " + tier["agent"] + " " +
                       tier["level"] + " " + tier["position"]);
  }
  return commands;
}

}  // namespace app
