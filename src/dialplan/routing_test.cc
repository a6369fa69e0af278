#include "dialplan/routing.h"

#include <gtest/gtest.h>

#include <map>

namespace dialplan {
namespace {

class Call : public Lookup {
 public:
  explicit Call(const std::string& number) { variables["destination_number"] = number; }

  std::optional<std::string> variable(std::string_view name) override {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }
  std::string function(std::string_view name, std::string_view) override {
    return "<" + std::string(name) + ">";
  }

  std::map<std::string, std::string> variables;
};

Condition number(const std::string& expression, const std::string& data,
                 Break rule = Break::OnFalse) {
  Condition condition;
  condition.field = "destination_number";
  condition.expression = expression;
  condition.break_rule = rule;
  if (!data.empty()) condition.actions = {{"app", data}};
  return condition;
}

Condition always(const std::string& data, Break rule = Break::OnFalse) {
  Condition condition;
  condition.break_rule = rule;
  condition.actions = {{"app", data}};
  return condition;
}

Extension extension(const std::string& name, std::vector<Condition> conditions) {
  return {.name = name, .conditions = std::move(conditions)};
}

// The data of the actions, joined: enough to see what was chosen.
std::string chosen(std::vector<Extension> extensions, Call& call) {
  const Routed routed = route({"default", std::move(extensions)}, call, {});
  std::string data;
  for (const auto& action : routed.actions) data += action.data + ";";
  return data;
}
std::string chosen(std::vector<Extension> extensions, const std::string& dialled) {
  Call call(dialled);
  return chosen(std::move(extensions), call);
}

TEST(Routing, TakesTheFirstExtensionThatMatches) {
  Call call("7000");

  const Routed routed =
      route({"default",
             {extension("one", {number("^1", "1")}), extension("seven", {number("^7000$", "7")}),
              extension("any", {number(".*", "any")})}},
            call, {});

  EXPECT_EQ(routed.extension, "seven");
  EXPECT_EQ(routed.actions, (std::vector<Action>{{"app", "7"}}));
  EXPECT_TRUE(routed.problems.empty());
}

TEST(Routing, NothingMatchesNothing) {
  Call call("7000");

  EXPECT_EQ(route({"default", {extension("one", {number("^1", "1")})}}, call, {}), Routed{});
  EXPECT_EQ(route({}, call, {}), Routed{});
}

TEST(Routing, ContinueLooksAtFurtherExtensions) {
  Extension first = extension("first", {always("first")});
  first.goes_on = true;

  EXPECT_EQ(
      chosen({first, extension("second", {always("second")}), extension("x", {always("x")})}, "1"),
      "first;second;");
}

struct BreakRow {
  Break rule;
  bool holds;
  std::string expected;
};

TEST(Routing, BreakRulesSayWhetherToGoOn) {
  for (const auto& [rule, holds, expected] :
       std::vector<BreakRow>{{Break::OnFalse, true, "own;next;"},
                             {Break::OnFalse, false, "anti;"},
                             {Break::OnTrue, true, "own;"},
                             {Break::OnTrue, false, "anti;next;"},
                             {Break::Always, true, "own;"},
                             {Break::Always, false, "anti;"},
                             {Break::Never, true, "own;next;"},
                             {Break::Never, false, "anti;next;"}}) {
    Condition condition = number(holds ? "^7$" : "^8$", "own", rule);
    condition.anti_actions = {{"app", "anti"}};

    EXPECT_EQ(chosen({extension("e", {condition, always("next")})}, "7"), expected)
        << static_cast<int>(rule) << holds;
  }
}

TEST(Routing, GuardsWithoutActionsOnlyDecide) {
  const std::vector<Extension> extensions = {
      extension("guarded", {number("^7$", ""), number("7", "in")}),
      extension("rest", {always("rest")})};

  EXPECT_EQ(chosen(extensions, "7"), "in;");
  EXPECT_EQ(chosen(extensions, "77"), "rest;");
}

TEST(Routing, OpeningHoursChooseTheBranch) {
  Condition open = always("open", Break::OnTrue);
  open.times = {{"wday", "2-6"}, {"time-of-day", "09:00-17:00"}};
  const Context context{"default",
                        {extension("hours", {number("^7$", ""), open, always("closed")})}};
  Call call("7");
  const LocalTime monday{.hour = 10, .wday = 2};
  const LocalTime sunday{.hour = 10, .wday = 1};

  EXPECT_EQ(route(context, call, monday).actions.front().data, "open");
  EXPECT_EQ(route(context, call, sunday).actions.front().data, "closed");
}

TEST(Routing, GroupsGoIntoTheDataOfTheirCondition) {
  EXPECT_EQ(chosen({extension("e", {number("^q-(.+)-(\\d)$", "$1@default/$2/$3")})}, "q-sales-4"),
            "sales@default/4/;");
}

TEST(Routing, LaterConditionsHaveTheirOwnGroups) {
  EXPECT_EQ(
      chosen({extension("e", {number("^(.)", "$1"), number("(.)$", "$1"), always("$1")})}, "abc"),
      "a;c;c;");
}

TEST(Routing, DollarsThatAreNoGroupsStay) {
  EXPECT_EQ(chosen({extension("e", {number("^7$", "$1 ${x}")})}, "7"), "$1 ${x};");
  EXPECT_EQ(chosen({extension("e", {number("^(7)$", "\\$1 $x $")})}, "7"), "\\$1 $x $;");
}

TEST(Routing, CapturedTextIsNeverExpanded) {
  for (const std::string dialled : {"${system(rm)}", "\\${a}", "\\\\${a}", "a\\", "$", "\\$\\"}) {
    Call call(dialled);
    call.variables["a"] = "value";

    const Routed routed =
        route({"c", {extension("e", {number("^(.*)$", "<$1${a}$1>")})}}, call, {});

    EXPECT_EQ(expand(routed.actions.front().data, call), "<" + dialled + "value" + dialled + ">");
  }
}

TEST(Routing, FieldsAreNamesOrText) {
  Call call("7");
  call.variables["caller_id_number"] = "030";
  call.variables["vip"] = "true";
  Condition by_name = always("name");
  by_name.field = "caller_id_number";
  by_name.expression = "^030$";
  Condition by_text = always("text");
  by_text.field = "${vip}-${strftime(%H)}";
  by_text.expression = "^true-<strftime>$";
  Condition missing = always("missing");
  missing.field = "${nothing}";
  missing.expression = "^$";

  EXPECT_EQ(chosen({extension("e", {by_name, by_text, missing})}, call), "name;text;missing;");
}

TEST(Routing, ValuesInExpressionsArePlainText) {
  Call call("7000");
  call.variables["mine"] = "7000";
  call.variables["all"] = ".*";

  EXPECT_EQ(chosen({extension("e", {number("^${mine}$", "mine")})}, call), "mine;");
  EXPECT_EQ(chosen({extension("e", {number("^${all}$", "all")})}, call), "");
}

TEST(Routing, SearchesThatAreGivenUpAreProblems) {
  Call call(std::string(300, 'a') + "b");

  const Routed routed =
      route({"c",
             {extension("bad", {number("^(a+)+$", "bad")}),
              extension("broken", {number("^(", "broken")}), extension("rest", {always("rest")})}},
            call, {});

  EXPECT_EQ(routed.extension, "rest");
  ASSERT_EQ(routed.problems.size(), 2U);
  EXPECT_NE(routed.problems.front().find("bad"), std::string::npos);
}

TEST(Routing, ActionsAreBounded) {
  Condition many = always("x");
  many.actions.resize(kActionsMax + 5, {"app", "x"});
  Call call("7");

  const Routed routed = route({"c", {extension("e", {many})}}, call, {});

  EXPECT_EQ(routed.actions.size(), kActionsMax);
  EXPECT_EQ(routed.problems.size(), 1U);
}

TEST(Routing, ExpressionsAreChecked) {
  EXPECT_TRUE(is_valid_expression("^(callcenter\\+)?7000$"));
  EXPECT_TRUE(is_valid_expression("^${caller_id_number}$"));
  EXPECT_TRUE(is_valid_expression(""));
  EXPECT_FALSE(is_valid_expression("^(70"));
  EXPECT_FALSE(is_valid_expression("^(${x}"));
}

}  // namespace
}  // namespace dialplan
