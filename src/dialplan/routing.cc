#include "dialplan/routing.h"

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "dialplan/expression.h"

namespace dialplan {
namespace {

// Compiled expressions kept per thread, for speed only: they change no answer. A dialplan has
// hundreds; when there are more, all are forgotten and compiled again.
constexpr std::size_t kCompiledMax = 2'000;

const base::Result<Expression>& compiled(const std::string& text) {
  thread_local std::map<std::string, base::Result<Expression>, std::less<>> cache;
  const auto found = cache.find(text);
  if (found != cache.end()) return found->second;
  if (cache.size() >= kCompiledMax) cache.clear();
  return cache.emplace(text, Expression::compile(text)).first->second;
}

bool has_reference(std::string_view text) {
  return text.find("${") != std::string_view::npos;
}

// Puts values into an expression as plain characters: what comes from outside is matched, it never
// becomes a pattern.
class QuotedLookup : public Lookup {
 public:
  explicit QuotedLookup(Lookup& values) : values_(values) {}
  std::optional<std::string> variable(std::string_view name) override {
    return quote_for_expression(values_.variable(name).value_or(""));
  }
  std::string function(std::string_view name, std::string_view arguments) override {
    return quote_for_expression(values_.function(name, arguments));
  }

 private:
  Lookup& values_;
};

// Stands in for every value when an expression is only checked.
class AnyLookup : public Lookup {
 public:
  std::optional<std::string> variable(std::string_view) override { return "x"; }
  std::string function(std::string_view, std::string_view) override { return "x"; }
};

// Data being put together so that expand() later gives captured text back as it is. Backslashes
// mean something to expand() only before a $ (expand.h).
class Data {
 public:
  void add_template(char c) {
    if (c == '$') double_backslashes();
    text_ += c;
    captured_backslashes_ = 0;
  }
  void add_captured(std::string_view captured) {
    for (const char c : captured) {
      if (c == '$') {
        double_backslashes();
        text_ += '\\';
      }
      captured_backslashes_ = c == '\\' ? captured_backslashes_ + 1 : 0;
      text_ += c;
    }
  }
  std::string take() { return std::move(text_); }

 private:
  void double_backslashes() { text_.append(captured_backslashes_, '\\'); }

  std::string text_;
  std::size_t captured_backslashes_ = 0;  // At the end of text_.
};

std::string with_groups(const std::string& data, const std::vector<std::string>& groups) {
  // Without groups $0 and $1 are nobody's references: they stay.
  if (groups.size() < 2) return data;
  Data out;
  std::size_t backslashes = 0;
  for (std::size_t at = 0; at < data.size(); ++at) {
    const char next = at + 1 < data.size() ? data[at + 1] : '\0';
    if (data[at] == '$' && backslashes % 2 == 0 && next >= '0' && next <= '9') {
      const auto group = static_cast<std::size_t>(next - '0');
      if (group < groups.size()) out.add_captured(groups[group]);
      ++at;
      backslashes = 0;
      continue;
    }
    out.add_template(data[at]);
    backslashes = data[at] == '\\' ? backslashes + 1 : 0;
  }
  return out.take();
}

class Router {
 public:
  explicit Router(RoutedCall& call) : call_(call) {}

  // Returns: true when the search is over.
  bool visit(const Extension& extension) {
    groups_.clear();
    name_ = extension.name;
    if (!look_at(extension.conditions).fits) return false;
    if (routed_.extension.empty()) routed_.extension = extension.name;
    return !extension.goes_on;
  }

  Routed take() { return std::move(routed_); }

 private:
  struct Outcome {
    bool all_hold = true;  // Of those that were looked at.
    bool fits = false;     // The last of them holds, or has added anti-actions.
  };

  Outcome look_at(const std::vector<Condition>& conditions) {
    Outcome outcome;
    for (const auto& condition : conditions) {
      bool held = holds(condition);
      add(held ? condition.actions : condition.anti_actions);
      outcome.fits = held || !condition.anti_actions.empty();
      if (held && !condition.nested.empty()) {
        const Outcome inside = look_at(condition.nested);
        if (condition.needs_nested) {
          held = inside.all_hold;
          outcome.fits = inside.fits;
        }
      }
      outcome.all_hold = outcome.all_hold && held;
      if (stops(condition.break_rule, held)) break;
    }
    return outcome;
  }

  static bool stops(Break rule, bool held) {
    switch (rule) {
      case Break::OnFalse:
        return !held;
      case Break::OnTrue:
        return held;
      case Break::Always:
        return true;
      case Break::Never:
        return false;
    }
    return false;
  }

  bool holds(const Condition& condition) {
    if (!holds(condition.test)) return false;
    if (condition.further.empty()) return true;
    // No more are tried than the answer needs.
    std::size_t count = 0;
    for (const Test& test : condition.further) {
      const bool held = holds(test);
      if (held) ++count;
      if (condition.needed == Needed::All && !held) return false;
      if (condition.needed == Needed::Any && held) return true;
      if (condition.needed == Needed::ExactlyOne && count > 1) return false;
    }
    return condition.needed == Needed::All || count == 1;
  }

  bool holds(const Test& test) {
    if (!test.times.empty()) {
      const LocalTime time = call_.local_time(test.utc_offset_hours);
      for (const auto& part : test.times) {
        if (!dialplan::holds(part, time)) return false;
      }
    }
    if (test.field.empty()) return true;
    Matched matched = match(test);
    if (!matched.problem.empty()) {
      routed_.problems.push_back("extension " + name_ + ", expression " + test.expression + ": " +
                                 matched.problem);
    }
    if (!matched) return false;
    groups_ = std::move(matched.groups);
    return true;
  }

  Matched match(const Test& test) {
    const std::string subject = has_reference(test.field) ? expand(test.field, call_)
                                                          : call_.variable(test.field).value_or("");
    if (!has_reference(test.expression)) return match(compiled(test.expression), subject);
    QuotedLookup quoted(call_);
    return match(Expression::compile(expand(test.expression, quoted)), subject);
  }

  static Matched match(const base::Result<Expression>& expression, std::string_view subject) {
    if (!expression) return {{}, expression.error()};
    return expression->match(subject);
  }

  void add(const std::vector<Action>& actions) {
    for (const auto& action : actions) {
      if (++chosen_ > kActionsMax) {
        routed_.problems.push_back("more than " + std::to_string(kActionsMax) + " actions");
        return;
      }
      Action chosen = action;
      chosen.data = with_groups(action.data, groups_);
      if (chosen.at_once) {
        call_.run_now(chosen);
      } else {
        routed_.actions.push_back(std::move(chosen));
      }
    }
  }

  RoutedCall& call_;
  Routed routed_;
  std::string name_;                 // Of the extension that is looked at.
  std::vector<std::string> groups_;  // Of the last match in this extension.
  std::size_t chosen_ = 0;
};

}  // namespace

Routed route(const Context& context, RoutedCall& call) {
  Router router(call);
  for (const auto& extension : context.extensions) {
    if (router.visit(extension)) break;
  }
  return router.take();
}

std::string expression_problem(std::string_view expression) {
  AnyLookup any;
  const auto result = Expression::compile(has_reference(expression) ? expand(expression, any)
                                                                    : std::string(expression));
  return result ? std::string() : result.error();
}

}  // namespace dialplan
