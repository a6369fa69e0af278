// The command `show`, with legs to show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/text.h"
#include "core/rehearsal.h"

namespace core {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

class Show : public ::testing::Test {
 protected:
  static Configuration with_ann() {
    Configuration configuration = stage_configuration();
    add_stage_agent(configuration, "ann");
    return configuration;
  }
  // Ann talks to 6001.
  void talk() {
    stage_.call("q-support", "6001", "Ann, <Caller>");
    stage_.answer(stage_.last<call::InviteLeg>()->leg);
  }
  // The values of row `number` of a text form, by its columns.
  std::map<std::string, std::string> row(const std::string& text, std::size_t number) {
    const auto lines = base::split(text, '\n');
    const auto columns = base::split(lines.at(0), ',');
    const auto values = base::split(lines.at(number), ',');
    EXPECT_EQ(values.size(), columns.size());
    std::map<std::string, std::string> found;
    for (std::size_t i = 0; i < columns.size() && i < values.size(); ++i) {
      found[columns[i]] = values[i];
    }
    return found;
  }

  Rehearsal stage_{with_ann()};
};

TEST_F(Show, NothingIsATotalOnly) {
  for (const std::string what : {"channels", "calls", "bridged_calls", "registrations"}) {
    EXPECT_EQ(stage_.api("show " + what), "\n0 total.\n");
    EXPECT_EQ(stage_.api("show " + what + " as json"), "{\"row_count\":0}");
    EXPECT_EQ(stage_.api("show " + what + " as xml"), "<result row_count=\"0\">\n</result>\n");
  }
}

TEST_F(Show, EachLegIsAChannel) {
  talk();

  const std::string text = stage_.api("show channels");

  EXPECT_THAT(text, StartsWith("uuid,direction,created,created_epoch,name,state,cid_name,"));
  EXPECT_THAT(text, EndsWith("\n\n2 total.\n"));
  auto caller = row(text, 1);
  auto agent = row(text, 2);
  if (caller["direction"] == "outbound") std::swap(caller, agent);
  EXPECT_EQ(caller["cid_num"], "6001");
  EXPECT_EQ(caller["cid_name"], "Ann  <Caller>") << "a comma would break the row";
  EXPECT_EQ(caller["callstate"], "ACTIVE");
  EXPECT_EQ(caller["dest"], "q-support");
  EXPECT_EQ(caller["application"], "callcenter");
  EXPECT_EQ(agent["direction"], "outbound");
  EXPECT_EQ(stage_.api("show channels count"), "\n2 total.\n");
}

TEST_F(Show, AConversationIsOneCall) {
  talk();
  stage_.call("q-sales", "6002");

  EXPECT_EQ(stage_.api("show calls count"), "\n2 total.\n");
  EXPECT_EQ(stage_.api("show bridged_calls count"), "\n1 total.\n");
  auto call = row(stage_.api("show bridged_calls"), 1);
  EXPECT_EQ(call["direction"], "inbound");
  EXPECT_EQ(call["b_direction"], "outbound");
  EXPECT_EQ(call["call_created_epoch"], call["created_epoch"]);
}

TEST_F(Show, HasOtherForms) {
  talk();

  EXPECT_THAT(stage_.api("show channels as json"),
              HasSubstr("\"cid_name\":\"Ann, <Caller>\",\"cid_num\":\"6001\""));
  const std::string xml = stage_.api("show channels as xml");
  EXPECT_THAT(xml, StartsWith("<result row_count=\"2\">\n  <row row_id=\"1\">\n    <uuid>"));
  EXPECT_THAT(xml, HasSubstr("<cid_name>Ann, &lt;Caller&gt;</cid_name>"));
  EXPECT_THAT(stage_.api("show calls as delim |"), StartsWith("uuid|direction|created|"));
}

TEST_F(Show, SaysWhatCanBeShown) {
  for (const char* words : {"", "juggling", "calls for me", "calls as", "calls as yaml"}) {
    EXPECT_THAT(stage_.api(std::string("show ") + words), StartsWith("-USAGE: calls|channels"));
  }
}

}  // namespace
}  // namespace core
