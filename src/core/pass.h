// One input on its way through the parts of the core, until nothing is left to pass on.
//
// The engine's commands go before all else, so the calls have seen every command by the time the
// engine gets the next report. Outputs of the calls keep their order. A Pass lives for one input.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/api.h"
#include "api/messages.h"
#include "call/surroundings.h"
#include "core/command.h"
#include "core/core_state.h"

namespace core {

class Pass : public call::Surroundings {
 public:
  // Lifetime: state and out outlive the pass.
  Pass(CoreState& state, base::Instant now, Commands& out);

  // A report of sip or media, or a command of the engine.
  template <class Message>
  void give_calls(const Message& message) {
    state_.calls.handle(message, *this, now_, from_calls_);
    collect();
  }
  // Does what has come due in both parts.
  void advance();
  // Runs the scheduled commands whose time has come.
  void run_scheduled();
  void restart();
  // Applies the call centre's settings of the configuration that the state holds now.
  void configure();
  // The same at a start that an operator wanted.
  void configure_anew();
  void import_rows(const queue::ImportedRows& rows);
  // Runs an API command.
  api::Reply run(std::string_view command);
  // Carries out an order for one leg. Returns: the reply.
  std::string run(const api::Message& message);
  // Publishes an event of a program, and answers it.
  void take(const base::EslEvent& event);

  // Passes on what the parts have for each other, and everything else to the outside.
  void drain();

  // Says which call the leg belongs to. One that is not there has no name.
  void name_leg(base::LegId id);

  // With its number and date; it must leave.
  base::EslEvent numbered(base::EslEvent event);
  void publish(base::EslEvent event);

  std::string run_api(std::string_view command) override;
  const std::map<std::string, std::string>& globals() const override;
  const std::vector<call::SipProfile>& profiles() const override;
  const call::Directory& directory() const override;
  const dialplan::Dialplan& dialplan() const override;
  const call::VoicemailProfiles& voicemail_profiles() const override;
  const queue::Agent* find_agent(std::string_view name) const override;
  const queue::Queue* find_queue(std::string_view name) const override;
  std::optional<std::size_t> place_in_line(base::MemberId member) const override;
  const call::Phrases& phrases() const override;
  dialplan::LocalTime local_time() const override;
  dialplan::LocalTime local_time_at(std::int64_t unix_seconds) const override;
  std::optional<dialplan::LocalTime> local_time_in(std::string_view zone,
                                                   std::int64_t unix_seconds) const override;

  // What commands act on, and repairs.
  api::Targets targets();
  void log(LogLine line);

 private:
  void pass_on(call::SipOrder order);
  void pass_on(call::MediaOrder order);
  void pass_on(call::ScriptOrder order);
  void pass_on(queue::Report report);
  void pass_on(call::EventMade made);
  void pass_on(call::LogMade made);
  void pass_on(call::Originated done);
  void pass_on(call::LegEnded ended);
  void pass_on(call::Continue request);
  void collect();

  CoreState& state_;
  base::Instant now_;
  Commands& out_;
  // What the parts made in the call that runs now …
  queue::Commands from_engine_;
  call::Outputs from_calls_;
  // … and what waits to be passed on.
  std::deque<queue::Command> engine_line_;
  std::deque<call::Output> calls_line_;
  int nested_commands_ = 0;
};

}  // namespace core
