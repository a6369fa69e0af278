#include "dialplan/routing.h"

#include <gtest/gtest.h>

#include <map>

namespace dialplan {
namespace {

class Call : public RoutedCall {
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
  LocalTime local_time(std::optional<int> utc_offset_hours) override {
    LocalTime there = time;
    there.hour += utc_offset_hours.value_or(0);
    return there;
  }
  // As `set` does.
  void run_now(const Action& action) override {
    const std::string data = expand(action.data, *this);
    variables[data.substr(0, data.find('='))] = data.substr(data.find('=') + 1);
  }

  std::map<std::string, std::string> variables;
  LocalTime time;
};

Condition number(const std::string& expression, const std::string& data,
                 Break rule = Break::OnFalse) {
  Condition condition;
  condition.test.field = "destination_number";
  condition.test.expression = expression;
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
  const Routed routed = route({"default", std::move(extensions)}, call);
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
            call);

  EXPECT_EQ(routed.extension, "seven");
  EXPECT_EQ(routed.actions, (std::vector<Action>{{"app", "7"}}));
  EXPECT_TRUE(routed.problems.empty());
}

TEST(Routing, NothingMatchesNothing) {
  Call call("7000");

  EXPECT_EQ(route({"default", {extension("one", {number("^1", "1")})}}, call), Routed{});
  EXPECT_EQ(route({}, call), Routed{});
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

// The original goes on after such an extension, and runs the actions of both.
TEST(Routing, AnExtensionWhoseLastConditionFailsDoesNotEndTheSearch) {
  const std::vector<Extension> extensions = {
      extension("first", {always("prepared"), number("^8$", "never")}),
      extension("rest", {always("rest")})};

  EXPECT_EQ(chosen(extensions, "7"), "prepared;rest;");
}

TEST(Routing, AnExtensionThatFitsEndsTheSearchWithoutActionsToo) {
  EXPECT_EQ(
      chosen({extension("guard", {number("^7$", "")}), extension("rest", {always("rest")})}, "7"),
      "");
}

TEST(Routing, AntiActionsAreAnAnswerToo) {
  Condition condition = number("^8$", "own");
  condition.anti_actions = {{"app", "anti"}};

  EXPECT_EQ(chosen({extension("e", {condition}), extension("rest", {always("rest")})}, "7"),
            "anti;");
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
  open.test.times = {{"wday", "2-6"}, {"time-of-day", "09:00-17:00"}};
  const Context context{"default",
                        {extension("hours", {number("^7$", ""), open, always("closed")})}};
  Call call("7");

  call.time = {.hour = 10, .wday = 2};
  EXPECT_EQ(route(context, call).actions.front().data, "open");
  call.time = {.hour = 10, .wday = 1};
  EXPECT_EQ(route(context, call).actions.front().data, "closed");
}

TEST(Routing, AConditionMayNameTheHoursOfItsClock) {
  Condition there = always("there");
  there.test.times = {{"hour", "12"}};
  there.test.utc_offset_hours = 3;
  Call call("7");
  call.time = {.hour = 9};

  EXPECT_EQ(chosen({extension("e", {there})}, call), "there;");
}

struct RegexRow {
  Needed needed;
  std::string dialled;
  std::string expected;
};

TEST(Routing, RegexElementsAreAllAnyOrExactlyOne) {
  for (const auto& [needed, dialled, expected] : std::vector<RegexRow>{
           {Needed::All, "12", "own;"},
           {Needed::All, "1", "anti;"},
           {Needed::All, "3", "anti;"},
           {Needed::Any, "12", "own;"},
           {Needed::Any, "2", "own;"},
           {Needed::Any, "3", "anti;"},
           {Needed::ExactlyOne, "12", "anti;"},
           {Needed::ExactlyOne, "2", "own;"},
           {Needed::ExactlyOne, "3", "anti;"},
       }) {
    Condition condition = always("own");
    condition.anti_actions = {{"app", "anti"}};
    condition.needed = needed;
    condition.further = {{"destination_number", "1", {}}, {"destination_number", "2", {}}};

    EXPECT_EQ(chosen({extension("e", {condition})}, dialled), expected)
        << static_cast<int>(needed) << dialled;
  }
}

TEST(Routing, RegexElementsGiveTheGroupsOfTheLastThatMatched) {
  Condition condition = always("$1");
  condition.needed = Needed::Any;
  condition.further = {{"destination_number", "^(8)", {}}, {"destination_number", "^(7)", {}}};

  EXPECT_EQ(chosen({extension("e", {condition})}, "70"), "7;");
}

TEST(Routing, RegexElementsKnowTimes) {
  Condition condition = always("holiday");
  condition.needed = Needed::Any;
  condition.further = {{"", "", {{"mon", "12"}}}, {"", "", {{"mon", "5"}, {"mday", "1"}}}};
  Call call("7");

  call.time = {.mon = 5, .mday = 1};
  EXPECT_EQ(chosen({extension("e", {condition})}, call), "holiday;");
  call.time = {.mon = 5, .mday = 2};
  EXPECT_EQ(chosen({extension("e", {condition})}, call), "");
}

struct NestedRow {
  std::string dialled;
  bool needs_nested;
  std::string expected;
};

TEST(Routing, NestedConditionsFollowTheActionsOfTheirs) {
  for (const auto& [dialled, needs_nested, expected] :
       std::vector<NestedRow>{{"12", true, "outer;inner;next;"},
                              {"1", true, "outer;other extension;"},
                              {"1", false, "outer;next;"},
                              {"2", true, "other extension;"}}) {
    Condition outer = number("^1", "outer");
    outer.nested = {number("2", "inner")};
    outer.needs_nested = needs_nested;

    EXPECT_EQ(chosen({extension("e", {outer, always("next")}),
                      extension("other", {always("other extension")})},
                     dialled),
              expected)
        << dialled << needs_nested;
  }
}

TEST(Routing, BreaksOfNestedConditionsEndOnlyTheirOwnLevel) {
  Condition outer = always("outer");
  outer.nested = {always("first", Break::OnTrue), always("second")};

  EXPECT_EQ(chosen({extension("e", {outer, always("next")})}, "7"), "outer;first;next;");
}

TEST(Routing, InlineActionsRunBeforeTheNextCondition) {
  Condition sets = number("^(.)", "vip=$1");
  sets.actions.front().at_once = true;
  Condition uses = always("queue");
  uses.test.field = "vip";
  uses.test.expression = "^7$";

  EXPECT_EQ(chosen({extension("e", {sets, uses})}, "70"), "queue;");
  EXPECT_EQ(chosen({extension("e", {sets, uses})}, "80"), "");
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

TEST(Routing, ZeroIsTheWholeMatchAndMissingGroupsAreEmpty) {
  EXPECT_EQ(chosen({extension("e", {number("0(1)2", "$0-$1-$9")})}, "30124"), "012-1-;");
}

TEST(Routing, DollarsThatAreNoGroupsStay) {
  EXPECT_EQ(chosen({extension("e", {number("^7$", "$1 ${x}")})}, "7"), "$1 ${x};");
  EXPECT_EQ(chosen({extension("e", {number("^(7)$", "\\$1 $x $")})}, "7"), "\\$1 $x $;");
}

TEST(Routing, CapturedTextIsNeverExpanded) {
  for (const std::string dialled : {"${system(rm)}", "\\${a}", "\\\\${a}", "a\\", "$", "\\$\\"}) {
    Call call(dialled);
    call.variables["a"] = "value";

    const Routed routed = route({"c", {extension("e", {number("^(.*)$", "<$1${a}$1>")})}}, call);

    EXPECT_EQ(expand(routed.actions.front().data, call), "<" + dialled + "value" + dialled + ">");
  }
}

TEST(Routing, FieldsAreNamesOrText) {
  Call call("7");
  call.variables["caller_id_number"] = "030";
  call.variables["vip"] = "true";
  Condition by_name = always("name");
  by_name.test.field = "caller_id_number";
  by_name.test.expression = "^030$";
  Condition by_text = always("text");
  by_text.test.field = "${vip}-${strftime(%H)}";
  by_text.test.expression = "^true-<strftime>$";
  Condition missing = always("missing");
  missing.test.field = "${nothing}";
  missing.test.expression = "^$";

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
            call);

  EXPECT_EQ(routed.extension, "rest");
  ASSERT_EQ(routed.problems.size(), 2U);
  EXPECT_NE(routed.problems.front().find("bad"), std::string::npos);
}

TEST(Routing, ActionsAreBounded) {
  Condition many = always("x");
  many.actions.resize(kActionsMax + 5, {"app", "x"});
  Call call("7");

  const Routed routed = route({"c", {extension("e", {many})}}, call);

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
