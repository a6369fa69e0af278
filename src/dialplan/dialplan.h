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
  std::string data;      // May hold $1 and ${…}.
  bool at_once = false;  // inline="true": runs while the call is routed, not in its turn.
  std::string place{};   // file:line where it is written; empty: it came from elsewhere.

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

// Holds when all that is written holds: the times, and the expression when there is a field.
struct Test {
  std::string field;       // destination_number, ${variable}, …; empty: no expression.
  std::string expression;  // PCRE.
  std::vector<TimeTest> times;
  std::optional<int>
      utc_offset_hours{};  // tz-offset: where `times` are meant; nullopt: the call's zone.

  bool operator==(const Test&) const = default;
};

// How many of a condition's <regex> elements must hold: regex="all", "any", "xor".
enum class Needed { All, Any, ExactlyOne };

struct Condition {
  Test test;
  std::vector<Test> further;  // <regex> elements.
  Needed needed = Needed::All;
  Break break_rule = Break::OnFalse;
  std::vector<Action> actions;
  std::vector<Action> anti_actions;
  std::vector<Condition> nested;  // Looked at when this one holds, after its actions.
  bool needs_nested = true;       // require-nested: it only holds when all of `nested` do.

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
  archive.field("at_once", action.at_once);
  archive.field("place", action.place);
}

inline void describe(base::Archive& archive, TimeTest& test) {
  archive.field("attribute", test.attribute);
  archive.field("value", test.value);
}

inline void describe(base::Archive& archive, Test& test) {
  archive.field("field", test.field);
  archive.field("expression", test.expression);
  archive.field("times", test.times);
  archive.field("utc_offset_hours", test.utc_offset_hours);
}

inline void describe(base::Archive& archive, Condition& condition) {
  describe(archive, condition.test);
  archive.field("further", condition.further);
  archive.field("needed", condition.needed);
  archive.field("break", condition.break_rule);
  archive.field("actions", condition.actions);
  archive.field("anti_actions", condition.anti_actions);
  archive.field("nested", condition.nested);
  archive.field("needs_nested", condition.needs_nested);
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
