#include "sim/event_text.h"

#include <array>

namespace sim {
namespace {

constexpr std::array<std::string_view, 11> kTelling{
    {"CC-Agent", "CC-Agent-State", "CC-Agent-Status", "CC-Agent-No-Answer-Count",
     "CC-Agent-Busy-Count", "CC-Agent-Reject-Count", "CC-Count", "CC-Hangup-Cause",
     "CC-Agent-Bridged", "CC-Cause", "CC-Cancel-Reason"}};

}  // namespace

std::string event_in_short(const base::EslEvent& event) {
  if (event.name == "PRESENCE_IN") {
    return "presence " + std::string(event.get("from")) + " " +
           std::string(event.get("force-status"));
  }
  std::string text(event.get("CC-Action"));
  for (const std::string_view header : kTelling) {
    const std::string_view value = event.get(header);
    if (!value.empty()) text += " " + std::string(value);
  }
  return text;
}

std::vector<std::string> event_in_full(const base::EslEvent& event, const Rename& rename) {
  std::vector<std::string> lines;
  for (const auto& [header, value] : event.headers) {
    lines.push_back(header + ": " + rename(header, value));
  }
  return lines;
}

}  // namespace sim
