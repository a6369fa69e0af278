#include "app/names_command.h"

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "api/known.h"
#include "app/doctor_command.h"
#include "app/drain_commands.h"
#include "app/script_commands.h"
#include "app/side_commands.h"
#include "base/log.h"
#include "call/cause.h"
#include "call/channel_state.h"
#include "config/globals.h"
#include "config/setting_names.h"
#include "dialplan/applications.h"
#include "esl/event_names.h"
#include "queue/strategy.h"
#include "queue/word_list.h"

namespace app {
namespace {

// Beyond the numbers of all causes (call/cause.h) and of all states of channels.
constexpr int kCausesEnd = 1000;
constexpr int kStatesEnd = 16;

void print(std::string_view kind, std::string_view name) {
  fmt::print("{}\t{}\n", kind, name);
}

template <class Names>
void print_all(std::string_view kind, const Names& names) {
  for (const auto& name : names) print(kind, name);
}

void print_words_of_the_queue() {
  for (const queue::Strategy* strategy : queue::strategies()) print("strategy", strategy->name);
  for (const auto& [kind, word] : queue::all_words()) print(kind, word);
}

void print_words_of_calls() {
  for (int number = 0; number < kCausesEnd; ++number) {
    if (const auto cause = call::parse_cause(std::to_string(number))) {
      print("cause", to_text(*cause));
    }
  }
  for (int number = 0; number < kStatesEnd; ++number) {
    const auto state = static_cast<call::ChannelState>(number);
    if (to_text(state) != "CS_NONE") print("channel-state", to_text(state));
    const auto call_state = static_cast<call::CallState>(number);
    const bool is_other = call_state != call::CallState::Down && to_text(call_state) == "DOWN";
    if (!is_other) print("call-state", to_text(call_state));
  }
}

void print_applications() {
  for (const std::string_view name : dialplan::application_names()) {
    const bool runs = dialplan::application_support(name) == dialplan::ApplicationSupport::Runs;
    print(runs ? "application" : "application-not-yet", name);
  }
}

}  // namespace

ExitCode names() {
  for (const auto& [owner, name] : config::setting_names()) print("setting of " + owner, name);
  print_words_of_the_queue();
  print_words_of_calls();
  print_applications();
  print_all("command", api::command_names());
  print_all("command", SideCommands::names());
  print_all("command", DrainCommands::names());
  print_all("command", kScriptCommands);
  print("command", kDoctorCommand);
  print_all("event", esl::event_names());
  for (const auto& [name, value] : config::predefined_globals(".")) print("global", name);
  for (const base::LogArea area : base::kLogAreas) print("log-area", to_text(area));
  return ExitCode::Ok;
}

}  // namespace app
