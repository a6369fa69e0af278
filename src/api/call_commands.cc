#include "api/call_commands.h"

#include <optional>

#include "api/json_text.h"
#include "api/words.h"
#include "base/text.h"
#include "base/xml_text.h"

namespace api {
namespace {

constexpr std::string_view kNoSuchChannel = "-ERR No such channel!\n";

std::string usage(std::string_view syntax) {
  return "-USAGE: " + std::string(syntax) + "\n";
}

std::string reply_to(call::Requested result, std::string_view done) {
  if (result == call::Requested::Done) return std::string(done);
  if (result == call::Requested::NotNow) return "-ERR Not possible now!\n";
  return std::string(kNoSuchChannel);
}

call::Whom whom_of(std::string_view word) {
  if (base::equal_ignoring_case(word, "both")) return call::Whom::Both;
  const bool partner =
      base::equal_ignoring_case(word, "bleg") || base::equal_ignoring_case(word, "holdb");
  return partner ? call::Whom::Partner : call::Whom::Leg;
}

std::optional<call::RecordingWanted::Action> recording_action(std::string_view word) {
  using Action = call::RecordingWanted::Action;
  if (base::equal_ignoring_case(word, "start")) return Action::Start;
  if (base::equal_ignoring_case(word, "stop")) return Action::Stop;
  if (base::equal_ignoring_case(word, "mask")) return Action::Mask;
  if (base::equal_ignoring_case(word, "unmask")) return Action::Unmask;
  return std::nullopt;
}

std::string refusal_of(call::RecordingWanted::Action action) {
  switch (action) {
    case call::RecordingWanted::Action::Start:
      return "-ERR Cannot record session!\n";
    case call::RecordingWanted::Action::Stop:
      return "-ERR Cannot stop record session!\n";
    case call::RecordingWanted::Action::Mask:
    case call::RecordingWanted::Action::Unmask:
      break;
  }
  return "-ERR Cannot mask recording session!\n";
}

std::string plain_text(const base::EslEvent& event) {
  std::string text = "Event-Name: " + event.name + "\n";
  for (const auto& [name, value] : event.headers) {
    text += name + ": " + base::url_encode(value) + "\n";
  }
  return text + "\n";
}

std::string xml_text(const base::EslEvent& event) {
  base::Headers headers = {{"Event-Name", event.name}};
  headers.insert(headers.end(), event.headers.begin(), event.headers.end());
  return base::event_xml(headers, event.body);
}

std::string json_text(const base::EslEvent& event) {
  Json object = Json::object();
  object["Event-Name"] = event.name;
  for (const auto& [name, value] : event.headers) object[name] = value;
  return compact_json(object);
}

}  // namespace

std::string hang_up_all(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 2);
  const std::string name = words.empty() ? "MANAGER_REQUEST" : words[0];
  const call::Cause cause = call::parse_cause(name).value_or(call::Cause::ManagerRequest);
  targets.calls.hang_up_all(cause, targets.now, targets.call_out);
  return "+OK hangup all channels with cause " + std::string(to_text(cause)) + "\n";
}

std::string uuid_exists(std::string_view arguments, Targets& targets) {
  return targets.calls.find_leg(arguments) != nullptr ? "true" : "false";
}

std::string uuid_getvar(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return usage("<uuid> <var>");
  if (targets.calls.find_leg(words[0]) == nullptr) return std::string(kNoSuchChannel);
  return targets.calls.variable(words[0], words[1]).value_or("_undef_");
}

std::string uuid_setvar(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return usage("<uuid> <var> [value]");
  if (targets.calls.find_leg(words[0]) == nullptr) return std::string(kNoSuchChannel);
  const std::string value = words.size() > 2 ? words[2] : "";
  const bool fits = targets.calls.set_variable(words[0], words[1], value);
  return fits ? "+OK\n" : "-ERR Invalid name or value!\n";
}

std::string uuid_kill(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.empty()) return usage("<uuid> [cause]");
  auto cause = call::Cause::NormalClearing;
  if (words.size() > 1) cause = call::parse_cause(words[1]).value_or(cause);
  const bool found = targets.calls.hang_up(words[0], cause, targets.now, targets.call_out);
  return found ? "+OK\n" : std::string(kNoSuchChannel);
}

std::string uuid_transfer(std::string_view arguments, Targets& targets) {
  constexpr auto kUsage = "<uuid> [-bleg|-both] <dest-exten> [<dialplan>] [<context>]";
  auto words = split_words(arguments, 5);
  auto whom = call::Whom::Leg;
  if (words.size() > 1 && words[1].substr(0, 1) == "-") {
    whom = whom_of(std::string_view(words[1]).substr(1));
    words.erase(words.begin() + 1);
  }
  if (words.size() < 2 || words[1].empty()) return usage(kUsage);
  const call::TransferTo to{words[1], words.size() > 3 ? words[3] : std::string()};
  return reply_to(targets.calls.transfer(words[0], whom, to, targets.moment()), "+OK\n");
}

std::string uuid_broadcast(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 4);
  if (words.size() < 2 || words[1].empty()) return usage("<uuid> <path> [aleg|bleg|holdb|both]");
  const auto whom = whom_of(words.size() > 2 ? words[2] : "aleg");
  const auto result = targets.calls.broadcast(words[0], whom, words[1], targets.moment());
  if (result == call::Requested::NoSuchLeg) return "-ERR invalid uuid\n";
  return reply_to(result, "+OK Message sent\n");
}

std::string uuid_bridge(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.size() < 2) return usage("<uuid> <other_uuid>");
  const auto result = targets.calls.bridge(words[0], words[1], targets.moment());
  return reply_to(result, "+OK " + words[1] + "\n");
}

std::string uuid_hold(std::string_view arguments, Targets& targets) {
  auto words = split_words(arguments, 3);
  auto wanted = call::HoldWanted::On;
  if (!words.empty() && base::equal_ignoring_case(words[0], "off")) {
    wanted = call::HoldWanted::Off;
  } else if (!words.empty() && base::equal_ignoring_case(words[0], "toggle")) {
    wanted = call::HoldWanted::Toggle;
  }
  if (wanted != call::HoldWanted::On) words.erase(words.begin());
  if (words.empty()) return usage("[off|toggle] <uuid> [<display>]");
  return reply_to(targets.calls.hold(words[0], wanted, targets.moment()), "+OK Success\n");
}

std::string uuid_break(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.empty()) return usage("<uuid> [all]");
  const bool all = words.size() > 1 && base::equal_ignoring_case(words[1], "all");
  const auto what = all ? call::BreakOff::All : call::BreakOff::One;
  return reply_to(targets.calls.break_off(words[0], what, targets.moment()), "+OK\n");
}

std::string uuid_dump(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  if (words.empty()) return usage("<uuid> [format]");
  const auto event = targets.calls.channel_data(words[0]);
  if (!event) return std::string(kNoSuchChannel);
  const std::string format = words.size() > 1 ? base::to_lower(words[1]) : "plain";
  if (format == "plain" || format == "txt") return plain_text(*event);
  if (format == "json") return json_text(*event);
  if (format == "xml") return xml_text(*event);
  return usage("<uuid> [format]");
}

std::string uuid_record(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 5);
  const auto action = words.size() < 3 ? std::nullopt : recording_action(words[1]);
  if (!action || words[2].empty()) {
    return usage("<uuid> [start|stop|mask|unmask] <path> [<limit>] [<recording_vars>]");
  }
  const std::int64_t seconds = words.size() > 3 ? base::lenient_integer(words[3]) : 0;
  const auto result =
      targets.calls.record(words[0], {*action, words[2], seconds}, targets.moment());
  if (result == call::Requested::NoSuchLeg) return "-ERR Cannot locate session!\n";
  return result == call::Requested::Done ? "+OK Success\n" : refusal_of(*action);
}

std::string callcenter_break(std::string_view arguments, Targets& targets) {
  const auto words = split_words(arguments, 3);
  // The first word is not looked at (spec/05 §5).
  if (words.size() < 2) return "-ERR Usage: callcenter_break agent <uuid>\n";
  const auto result = targets.calls.stop_watching(words[1], targets.moment());
  if (result == call::Requested::Done) return {};
  return "-ERR Session not found for uuid " + words[1] + "\n";
}

}  // namespace api
