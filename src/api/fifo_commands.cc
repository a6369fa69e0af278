#include "api/fifo_commands.h"

#include <set>
#include <vector>

#include "api/words.h"
#include "base/text.h"
#include "base/xml_text.h"

namespace api {
namespace {

// Everybody who serves a line, those that talk and rest included.
std::vector<const call::Leg*> consumers_of(const std::string& line, const Targets& targets) {
  std::vector<const call::Leg*> found;
  for (const call::Leg* leg : targets.calls.legs()) {
    const auto* serving = std::get_if<call::ServesFifo>(&leg->execution.running);
    if (serving == nullptr) continue;
    const std::set<std::string> lines(serving->lines.begin(), serving->lines.end());
    if (lines.contains(line)) found.push_back(leg);
  }
  return found;
}

std::string count_of(const std::string& name, const call::FifoLine& line, const Targets& targets) {
  return name + ":" + std::to_string(consumers_of(name, targets).size()) + ":" +
         std::to_string(line.callers.size()) + ":0:0:" + std::to_string(line.consumers.size()) +
         "\n";
}

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + base::xml_escaped(value) + "\"";
}

std::string leg_xml(std::string_view element, const call::Leg& leg, std::string_view status) {
  return "      <" + std::string(element) + attribute("uuid", leg.uuid) +
         attribute("status", status) + attribute("caller_id_name", leg.caller.caller_id_name) +
         attribute("caller_id_number", leg.caller.caller_id_number) + "/>\n";
}

std::string_view status_of(const call::Leg& consumer) {
  switch (std::get<call::ServesFifo>(consumer.execution.running).phase) {
    case call::ServesFifo::Phase::Waiting:
      return "WAITING";
    case call::ServesFifo::Phase::Meeting:
    case call::ServesFifo::Phase::Talking:
      return "TALKING";
    case call::ServesFifo::Phase::Resting:
      return "WRAPUP";
  }
  return "WAITING";
}

std::string line_xml(const std::string& name, const call::FifoLine& line, const Targets& targets) {
  const auto consumers = consumers_of(name, targets);
  std::string xml = "  <fifo" + attribute("name", name) +
                    attribute("consumer_count", std::to_string(consumers.size())) +
                    attribute("caller_count", std::to_string(line.callers.size())) +
                    attribute("waiting_count", std::to_string(line.callers.size())) +
                    attribute("importance", std::to_string(line.importance)) + ">\n    <callers>\n";
  for (const auto& [priority, since, id] : line.callers) {
    if (const call::Leg* leg = targets.calls.leg(id)) xml += leg_xml("caller", *leg, "WAITING");
  }
  xml += "    </callers>\n    <consumers>\n";
  for (const call::Leg* leg : consumers) xml += leg_xml("consumer", *leg, status_of(*leg));
  return xml + "    </consumers>\n  </fifo>\n";
}

}  // namespace

std::string fifo(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  const bool lists = !words.empty() && base::equal_ignoring_case(words[0], "list");
  if (!lists && (words.empty() || !base::equal_ignoring_case(words[0], "count"))) {
    return "-USAGE: list|count [<fifo name>]\n";
  }
  std::string text;
  bool found = words.size() < 2;
  for (const auto& [name, line] : targets.calls.fifos()) {
    if (words.size() > 1 && words[1] != name) continue;
    found = true;
    text += lists ? line_xml(name, line, targets) : count_of(name, line, targets);
  }
  if (!found) return "-ERR no such fifo\n";
  if (lists) return "<fifo_report>\n" + text + "</fifo_report>\n";
  return text.empty() ? "none\n" : text;
}

}  // namespace api
