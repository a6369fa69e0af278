// What the tests of whole calls share: a core on a stage with agents, and a caller who talks to
// one.
//
// For tests only. Each test runs as it is and with the core saved and restored before every input.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/rehearsal.h"

namespace core {

// The music of the stage's queues.
inline constexpr const char* kMusic = "tone_stream://%(10000,0,450);loops=-1";

// One more extension of the stage's dialplan.
inline void add_extension(Configuration& configuration, std::string_view expression,
                          std::vector<dialplan::Action> actions) {
  dialplan::Condition condition;
  condition.test.field = "destination_number";
  condition.test.expression = expression;
  condition.actions = std::move(actions);
  dialplan::Extension extension;
  extension.name = expression;
  extension.conditions.push_back(std::move(condition));
  configuration.dialplan.contexts.front().extensions.push_back(std::move(extension));
}

class CallFlow : public ::testing::TestWithParam<Persistence> {
 protected:
  static Configuration with_agents(std::initializer_list<const char*> names) {
    Configuration configuration = stage_configuration();
    for (const char* name : names) add_stage_agent(configuration, name);
    return configuration;
  }

  // Caller 6001 talks to ann.
  struct Pair {
    base::LegId caller;
    base::LegId agent;
  };
  static Pair talk(Rehearsal& stage, std::string_view number) {
    Pair pair;
    pair.caller = stage.call(number);
    pair.agent = stage.last<call::InviteLeg>()->leg;
    stage.wait(std::chrono::milliseconds(500));
    stage.answer(pair.agent);
    stage.wait(std::chrono::milliseconds(2500));
    return pair;
  }

  static std::string variable(const std::optional<base::EslEvent>& event, std::string_view name) {
    return event ? std::string(event->get("variable_" + std::string(name))) : "no event";
  }
};

// For INSTANTIATE_TEST_SUITE_P of a fixture that derives from CallFlow.
inline auto both_persistences() {
  return ::testing::Values(Persistence::Continuous, Persistence::SavedEachTime);
}
inline std::string name_of_persistence(const ::testing::TestParamInfo<Persistence>& mode) {
  return mode.param == Persistence::Continuous ? "Continuous" : "SavedEachTime";
}

}  // namespace core
