#include "call/dial_string.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace call {
namespace {

using ::testing::ElementsAre;
using ::testing::Pair;
using ::testing::SizeIs;

DialString parsed(std::string_view text) {
  auto dial_string = parse_dial_string(text);
  EXPECT_TRUE(dial_string.has_value()) << text << ": " << (dial_string ? "" : dial_string.error());
  return dial_string.value_or(DialString{{{{Destination{}}}}});
}

TEST(DialString, PlainDestination) {
  const DialString plain = parsed("sofia/internal/1000@192.0.2.7:5060");

  ASSERT_EQ(plain.size(), 1u);
  EXPECT_EQ(plain.first().endpoint, "sofia");
  EXPECT_EQ(plain.first().address, "internal/1000@192.0.2.7:5060");
}

TEST(DialString, LegVariablesCountMoreThanGlobalOnes) {
  const DialString both = parsed("{leg_timeout=30,a=1}[leg_timeout=10]user/1000@default");

  EXPECT_EQ(value_of(both.first().variables, "leg_timeout"), "10");
  EXPECT_EQ(value_of(both.first().variables, "a"), "1");
  EXPECT_EQ(value_of(both.first().variables, "missing"), "");
}

TEST(DialString, GlobalVariablesReachEveryDestination) {
  const DialString many = parsed("{a=1}[b=2]user/1,[b=3]user/2|user/3");

  ASSERT_THAT(many.sequences, SizeIs(1));
  const DialSequence& groups = many.sequences[0];
  ASSERT_THAT(groups, SizeIs(2));
  ASSERT_THAT(groups[0], SizeIs(2));
  EXPECT_THAT(groups[0][0].variables, ElementsAre(Pair("a", "1"), Pair("b", "2")));
  EXPECT_THAT(groups[0][1].variables, ElementsAre(Pair("a", "1"), Pair("b", "3")));
  EXPECT_THAT(groups[1][0].variables, ElementsAre(Pair("a", "1")));
}

TEST(DialString, EnterpriseStringsAreSequencesWithTheirOwnVariables) {
  const DialString many = parsed("<x=0>{a=1}user/1|user/3:_:{a=2}user/2");

  ASSERT_THAT(many.sequences, SizeIs(2));
  EXPECT_THAT(many.sequences[0], SizeIs(2));
  EXPECT_THAT(many.sequences[0][0][0].variables, ElementsAre(Pair("x", "0"), Pair("a", "1")));
  EXPECT_THAT(many.sequences[1], SizeIs(1));
  EXPECT_THAT(many.sequences[1][0][0].variables, ElementsAre(Pair("x", "0"), Pair("a", "2")));
}

TEST(DialString, SeparatorsInsideVariablesSeparateNothing) {
  const DialString one = parsed("{a='x:_:y',b=1|2}[c='3,4']user/1");

  ASSERT_EQ(one.size(), 1u);
  EXPECT_THAT(one.first().variables,
              ElementsAre(Pair("a", "x:_:y"), Pair("b", "1|2"), Pair("c", "3,4")));
}

TEST(DialString, EscapedBracketsBelongToTheValue) {
  const DialString escaped = parsed("{a=x\\}\\]y}user/1");

  EXPECT_THAT(escaped.first().variables, ElementsAre(Pair("a", "x}]y")));
}

TEST(DialString, QuotedValuesHoldCommas) {
  const DialString quoted = parsed("{origination_caller_id_name='Doe, John',b=2}user/1");

  EXPECT_THAT(quoted.first().variables,
              ElementsAre(Pair("origination_caller_id_name", "Doe, John"), Pair("b", "2")));
}

TEST(DialString, EscapedCommasStay) {
  const DialString escaped = parsed("[name=a\\,b,c=\\'x\\']user/1");

  EXPECT_THAT(escaped.first().variables, ElementsAre(Pair("name", "a,b"), Pair("c", "'x'")));
}

TEST(DialString, OtherSeparatorAfterCarets) {
  const DialString caret = parsed("{^^:sip_invite_domain=default:presence_id=1000@default}user/1");

  EXPECT_THAT(caret.first().variables, ElementsAre(Pair("sip_invite_domain", "default"),
                                                   Pair("presence_id", "1000@default")));
}

TEST(DialString, UsersDialStringInsideAListBringsItsOwnVariables) {
  const DialString inner = parsed("[a=1]user/1,{b=2}sofia/internal/2@host");

  EXPECT_THAT(inner.sequences[0][0][1].variables, ElementsAre(Pair("b", "2")));
}

TEST(DialString, ApostropheInANameIsNotAQuote) {
  const DialString name = parsed("{effective_caller_id_name=O'Brien}user/1");

  EXPECT_EQ(value_of(name.first().variables, "effective_caller_id_name"), "O'Brien");
}

TEST(DialString, NameWithoutValueIsTrue) {
  EXPECT_EQ(value_of(parsed("[ignore_early_media]user/1").first().variables, "ignore_early_media"),
            "true");
}

TEST(DialString, BrokenOnesAreRefused) {
  const std::string long_one(kDialStringBytesMax + 1, 'x');
  std::string many = "user/1";
  for (int i = 0; i < 100; ++i) many += ",user/1";
  for (const std::string& broken :
       {std::string(), std::string("   "), std::string("1000"), std::string("{a=1"),
        std::string("[a=1 user/1"), std::string("{=1}user/1"), std::string("/x"),
        std::string("user/"), std::string("{a=1}"), std::string("|"), std::string(",,"),
        std::string("[[[[["), std::string("{^^"), std::string("<<>"), long_one, many}) {
    EXPECT_FALSE(parse_dial_string(broken).has_value()) << broken.substr(0, 40);
  }
}

TEST(SofiaAddress, UserHostAndPort) {
  const auto target = parse_sofia_address("internal/a1@127.0.0.1:5070");

  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->profile, "internal");
  EXPECT_EQ(target->user, "a1");
  EXPECT_EQ(target->request_uri, "sip:a1@127.0.0.1:5070");
  EXPECT_EQ(target->next_hop, "");
}

TEST(SofiaAddress, ParametersStayAndThePathIsTheNextHop) {
  const auto target = parse_sofia_address(
      "internal/sip:1001@10.0.0.1:5060;transport=udp;fs_path=sip%3A203.0.113.5%3A12345");

  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->request_uri, "sip:1001@10.0.0.1:5060;transport=udp");
  EXPECT_EQ(target->next_hop, "203.0.113.5:12345");
}

TEST(SofiaAddress, BrokenOnesAreRefused) {
  for (const char* broken : {"internal", "/a@b", "internal/", "internal/sips:a@b", "internal/a@",
                             "internal/a@b c", "internal/a@b\r\nX: y", "internal/<sip:a@b>"}) {
    EXPECT_FALSE(parse_sofia_address(broken).has_value()) << broken;
  }
}

TEST(SofiaAddress, ContactBehindNatIsReachedAtItsSource) {
  const std::string address =
      sofia_address("internal", "sip:1001@10.0.0.1:5060", "203.0.113.5:12345");
  const auto target = parse_sofia_address(address.substr(6));

  EXPECT_EQ(target->request_uri, "sip:1001@10.0.0.1:5060");
  EXPECT_EQ(target->next_hop, "203.0.113.5:12345");
}

TEST(SofiaAddress, ContactThatIsANameIsReachedAtItsSource) {
  const std::string address =
      sofia_address("internal", "sip:1001@phone.local:5062", "10.0.0.1:5062");
  const auto target = parse_sofia_address(address.substr(6));

  EXPECT_EQ(target->request_uri, "sip:1001@phone.local:5062");
  EXPECT_EQ(target->next_hop, "10.0.0.1:5062");
}

TEST(SofiaAddress, ContactAtItsSourceNeedsNoPath) {
  const std::string by_tcp =
      sofia_address("internal", "sip:1001@10.0.0.1;transport=tcp", "10.0.0.1:40000;transport=tcp");
  EXPECT_EQ(parse_sofia_address(by_tcp.substr(6))->next_hop, "10.0.0.1:40000;transport=tcp");
  EXPECT_EQ(sofia_address("internal", "sip:1001@127.0.0.1:5070", "127.0.0.1:5070"),
            "sofia/internal/sip:1001@127.0.0.1:5070");
}

}  // namespace
}  // namespace call
