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
  // Without groups $1 is nobody's reference: it stays.
  if (groups.size() < 2) return data;
  Data out;
  std::size_t backslashes = 0;
  for (std::size_t at = 0; at < data.size(); ++at) {
    const char next = at + 1 < data.size() ? data[at + 1] : '\0';
    if (data[at] == '$' && backslashes % 2 == 0 && next >= '1' && next <= '9') {
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
  Router(Lookup& lookup, const LocalTime& time) : lookup_(lookup), time_(time) {}

  // Returns: true when the search is over.
  bool visit(const Extension& extension) {
    groups_.clear();
    const std::size_t before = routed_.actions.size();
    for (const auto& condition : extension.conditions) {
      const bool held = holds_now(extension, condition);
      add(held ? condition.actions : condition.anti_actions);
      if (stops(condition.break_rule, held)) break;
    }
    if (routed_.actions.size() == before) return false;
    if (routed_.extension.empty()) routed_.extension = extension.name;
    return !extension.goes_on;
  }

  Routed take() { return std::move(routed_); }

 private:
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

  bool holds_now(const Extension& extension, const Condition& condition) {
    for (const auto& test : condition.times) {
      if (!dialplan::holds(test, time_)) return false;
    }
    if (condition.field.empty()) return true;
    Matched matched = match(condition);
    if (!matched.problem.empty()) {
      routed_.problems.push_back("extension " + extension.name + ", expression " +
                                 condition.expression + ": " + matched.problem);
    }
    if (!matched) return false;
    groups_ = std::move(matched.groups);
    return true;
  }

  Matched match(const Condition& condition) {
    const std::string subject = has_reference(condition.field)
                                    ? expand(condition.field, lookup_)
                                    : lookup_.variable(condition.field).value_or("");
    if (!has_reference(condition.expression)) return match(compiled(condition.expression), subject);
    QuotedLookup quoted(lookup_);
    return match(Expression::compile(expand(condition.expression, quoted)), subject);
  }

  static Matched match(const base::Result<Expression>& expression, std::string_view subject) {
    if (!expression) return {{}, expression.error()};
    return expression->match(subject);
  }

  void add(const std::vector<Action>& actions) {
    for (const auto& action : actions) {
      if (routed_.actions.size() >= kActionsMax) {
        routed_.problems.push_back("more than " + std::to_string(kActionsMax) + " actions");
        return;
      }
      routed_.actions.push_back({action.application, with_groups(action.data, groups_)});
    }
  }

  Lookup& lookup_;
  const LocalTime& time_;
  Routed routed_;
  std::vector<std::string> groups_;  // Of the last match in this extension.
};

}  // namespace

Routed route(const Context& context, Lookup& lookup, const LocalTime& time) {
  Router router(lookup, time);
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
