// The dialplan as values: contexts, extensions, conditions, actions (spec/08 §1).
//
// What is written in XML, not yet applied to a call; `route()` in routing.h does that.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/archive.h"

namespace dialplan {

struct Action {
  std::string application;
  std::string data;  // May hold $1 and ${…}.

  bool operator==(const Action&) const = default;
};

// When to stop looking at further conditions of an extension.
enum class Break { OnFalse, OnTrue, Always, Never };

// The time attributes of a condition that are written, e.g. {"wday", "2-6"}.
struct TimeTest {
  std::string attribute;
  std::string value;

  bool operator==(const TimeTest&) const = default;
};

struct Condition {
  std::string field;       // destination_number, ${variable}, …; empty: no regex test.
  std::string expression;  // PCRE.
  std::vector<TimeTest> times;
  Break break_rule = Break::OnFalse;
  std::vector<Action> actions;
  std::vector<Action> anti_actions;

  bool operator==(const Condition&) const = default;
};

struct Extension {
  std::string name;
  bool goes_on = false;  // continue="true": further extensions are looked at as well.
  std::vector<Condition> conditions;

  bool operator==(const Extension&) const = default;
};

struct Context {
  std::string name;
  std::vector<Extension> extensions;

  bool operator==(const Context&) const = default;
};

struct Dialplan {
  std::vector<Context> contexts;

  // nullptr when there is none of that name. Lifetime: as the dialplan.
  const Context* find(const std::string& name) const {
    for (const auto& context : contexts) {
      if (context.name == name) return &context;
    }
    return nullptr;
  }
  bool operator==(const Dialplan&) const = default;
};

inline void describe(base::Archive& archive, Action& action) {
  archive.field("application", action.application);
  archive.field("data", action.data);
}

inline void describe(base::Archive& archive, TimeTest& test) {
  archive.field("attribute", test.attribute);
  archive.field("value", test.value);
}

inline void describe(base::Archive& archive, Condition& condition) {
  archive.field("field", condition.field);
  archive.field("expression", condition.expression);
  archive.field("times", condition.times);
  archive.field("break", condition.break_rule);
  archive.field("actions", condition.actions);
  archive.field("anti_actions", condition.anti_actions);
}

inline void describe(base::Archive& archive, Extension& extension) {
  archive.field("name", extension.name);
  archive.field("continue", extension.goes_on);
  archive.field("conditions", extension.conditions);
}

inline void describe(base::Archive& archive, Context& context) {
  archive.field("name", context.name);
  archive.field("extensions", context.extensions);
}

inline void describe(base::Archive& archive, Dialplan& dialplan) {
  archive.field("contexts", dialplan.contexts);
}

}  // namespace dialplan
