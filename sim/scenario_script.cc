#include "sim/scenario_script.h"

#include <array>
#include <charconv>
#include <utility>

#include "base/text.h"

namespace sim {
namespace {

constexpr std::size_t kTimeColumns = 6;

bool starts_with_digit(std::string_view text) {
  return !text.empty() && text.front() >= '0' && text.front() <= '9';
}

bool is_outcome(std::string_view text) {
  return !text.empty() && text.front() == '>';
}

// A step line is a time, blanks and an action.
base::Result<Step> parse_step(const std::string& text) {
  const std::size_t end = text.find(' ');
  Step step;
  step.time_text = text.substr(0, end);
  const auto at = parse_time(step.time_text);
  if (!at) return base::failure(at.error());
  step.at = *at;
  if (end != std::string::npos) step.action = base::trim(std::string_view(text).substr(end));
  if (step.action.empty()) return base::failure(std::string("a time without an action"));
  return step;
}

std::string at_line(std::size_t line, const std::string& what) {
  return "line " + std::to_string(line) + ": " + what;
}

}  // namespace

base::Result<Script> parse_script(const std::vector<std::string>& lines) {
  Script script;
  std::vector<std::string> loose;
  base::Duration latest{0};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string text(base::trim(lines[i]));
    if (is_outcome(text)) continue;
    if (!starts_with_digit(text)) {
      const bool says_something = !text.empty() && text.front() != '#';
      if (!script.steps.empty() && says_something) {
        return base::failure(at_line(i + 1, "the set-up is over: " + text));
      }
      if (says_something) script.setup.push_back(text);
      loose.push_back(lines[i]);
      continue;
    }
    auto step = parse_step(text);
    if (!step) return base::failure(at_line(i + 1, step.error()));
    if (step->action == "time passes") continue;
    if (step->at < latest) return base::failure(at_line(i + 1, "earlier than the step before"));
    latest = step->at;
    (script.steps.empty() ? script.head : step->written) = std::exchange(loose, {});
    script.steps.push_back(*std::move(step));
  }
  script.tail = std::move(loose);
  return script;
}

base::Result<base::Duration> parse_time(const std::string& text) {
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 3> kUnits{
      {{"ms", 1}, {"s", 1000}, {"m", 60'000}}};
  for (const auto& [unit, factor] : kUnits) {
    if (!text.ends_with(unit)) continue;
    const std::string number = text.substr(0, text.size() - unit.size());
    const auto parts = base::split(number, '.');
    const auto whole = base::parse_integer(parts.front());
    if (!whole || parts.size() > 2) continue;
    std::int64_t ms = *whole * factor;
    if (parts.size() == 2) {
      const auto digits = base::parse_integer((parts[1] + "000").substr(0, 3));
      if (!digits) continue;
      ms += *digits * factor / 1000;
    }
    return base::Duration(ms);
  }
  return base::failure("not a time: " + text);
}

std::string time_text(base::Duration time) {
  const std::int64_t ms = time.count();
  std::string text = std::to_string(ms / 1000);
  if (ms % 1000 != 0) {
    std::string digits = std::to_string(1000 + ms % 1000).substr(1);
    while (digits.back() == '0') digits.pop_back();
    text += "." + digits;
  }
  return text + "s";
}

std::string step_line(const std::string& time, const std::string& action) {
  const std::size_t width = std::max(kTimeColumns, time.size() + 1);
  return time + std::string(width - time.size(), ' ') + action;
}

std::string outcome_line(const std::string& outcome) {
  return std::string(kTimeColumns + 2, ' ') + "> " + outcome;
}

}  // namespace sim
