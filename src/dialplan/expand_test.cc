#include "dialplan/expand.h"

#include <gtest/gtest.h>

#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace dialplan {
namespace {

class Values : public Lookup {
 public:
  std::optional<std::string> variable(std::string_view name) override {
    const auto found = variables.find(std::string(name));
    if (found == variables.end()) return std::nullopt;
    return found->second;
  }
  std::string function(std::string_view name, std::string_view arguments) override {
    calls.push_back(std::string(name) + "|" + std::string(arguments));
    return "<" + calls.back() + ">";
  }

  std::map<std::string, std::string> variables = {
      {"a", "one"},           {"b", "a"},    {"number", "4930123"}, {"evil", "${a}"},
      {"call", "system(rm)"}, {"empty", ""},
  };
  std::vector<std::string> calls;
};

struct Row {
  std::string text;
  std::string expected;
};
void PrintTo(const Row& row, std::ostream* out) {
  *out << row.text;
}

class ExpandTable : public testing::TestWithParam<Row> {};

TEST_P(ExpandTable, GivesWhatIsWritten) {
  Values values;

  EXPECT_EQ(expand(GetParam().text, values), GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Texts, ExpandTable,
    testing::Values(Row{"", ""}, Row{"plain \\d text", "plain \\d text"}, Row{"${a}", "one"},
                    Row{"x${a}y${a}", "xoneyone"}, Row{"${ a }", "one"}, Row{"${missing}", ""},
                    Row{"[${empty}]", "[]"}, Row{"${}", ""}, Row{"$", "$"}, Row{"$a ${", "$a ${"},
                    Row{"${a", "${a"}, Row{"${a${b}", "${aa"}, Row{"}${a}{", "}one{"},
                    Row{"$1 $${a}", "$1 $one"}, Row{"\\${a}", "${a}"}, Row{"\\\\${a}", "\\one"},
                    Row{"\\\\\\${a}", "\\${a}"}, Row{"\\n${a}\\", "\\none\\"},
                    Row{"${${b}}", "one"}, Row{"${number:0:2}", "49"}, Row{"${number:2}", "30123"},
                    Row{"${number:-3}", "123"}, Row{"${number:-3:2}", "12"},
                    Row{"${number:0:-3}", "4930"}, Row{"${number:-99:2}", "49"},
                    Row{"${number:99}", ""}, Row{"${number:2:99}", "30123"},
                    Row{"${number:9223372036854775807:1}", ""},
                    Row{"${number:-9223372036854775808:-9223372036854775808}", ""},
                    Row{"${strftime(%Y-%m)}", "<strftime|%Y-%m>"},
                    Row{"${f(${a} 'b c')}", "<f|one 'b c'>"}, Row{"${f()}", "<f|>"},
                    Row{"${regex(${number}|^(\\d{3})$|%1)}", "<regex|4930123|^(\\d{3})$|%1>"},
                    Row{"${f(a:b)}", "<f|a:b>"}, Row{"${f(${g(1)})}", "<f|<g|1>>"},
                    Row{"{x=${a},y=2}user/${b}", "{x=one,y=2}user/a"}));

TEST(Expand, ValuesAreNotExpandedAgain) {
  Values values;

  EXPECT_EQ(expand("${evil}", values), "${a}");
  EXPECT_EQ(expand("${${call}}", values), "");
  EXPECT_TRUE(values.calls.empty());
}

TEST(Expand, TooDeepReferencesGiveNothing) {
  Values values;
  std::string text = "a";
  for (int i = 0; i < 1'000; ++i) text = "${" + text + "}";

  EXPECT_EQ(expand(text, values), "");
}

TEST(Expand, LongResultsAreCut) {
  Values values;
  values.variables["long"] = std::string(kExpandedBytesMax - 1, 'x');

  EXPECT_EQ(expand("${long}${long}", values).size(), kExpandedBytesMax);
  EXPECT_EQ(expand(std::string(kExpandedBytesMax + 9, 'x'), values).size(), kExpandedBytesMax);
}

TEST(Expand, ManyUnclosedReferencesCostLittle) {
  Values values;
  std::string text;
  while (text.size() < kExpandedBytesMax - 2) text += "${";

  EXPECT_EQ(expand(text, values), text);
}

}  // namespace
}  // namespace dialplan
