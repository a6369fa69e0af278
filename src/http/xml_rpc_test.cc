#include "http/xml_rpc.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string call_xml(const std::string& method, const std::string& params) {
  return "<?xml version='1.0'?>\n<methodCall>\n<methodName>" + method +
         "</methodName>\n<params>\n" + params + "</params>\n</methodCall>\n";
}

std::string param(const std::string& value) {
  return "<param>\n<value>" + value + "</value>\n</param>\n";
}

TEST(XmlRpc, ACallHasAMethodAndTexts) {
  const auto call = parse_call(call_xml(
      "freeswitch.api", param("<string>a &amp; b</string>") + param("plain ") +
                            param("<int>7</int>") + param("<string></string>") + param("")));

  ASSERT_TRUE(call.has_value());
  EXPECT_EQ(call->method, "freeswitch.api");
  EXPECT_THAT(call->parameters, ElementsAre("a & b", "plain ", "7", "", ""));
}

TEST(XmlRpc, WhatIsNoCallIsAParseError) {
  for (const std::string& xml :
       {std::string(), std::string("GET /"), std::string("<methodCall>"), std::string("<a/>"),
        std::string("<methodResponse/>"), std::string(60'000, '<'),
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>" + std::string()}) {
    const auto call = parse_call(xml);
    ASSERT_FALSE(call.has_value()) << xml.substr(0, 40);
    EXPECT_EQ(call.error().code, XmlRpcFault::kParseError);
  }
}

TEST(XmlRpc, ElementsInsideEachOtherDoNotExhaustTheStack) {
  std::string deep;
  for (int i = 0; i < 20'000; ++i) deep += "<a>";

  EXPECT_FALSE(parse_call(deep).has_value());
}

TEST(XmlRpc, EntitiesOfTheCallAreNotExpanded) {
  const auto call = parse_call("<!DOCTYPE m [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>" +
                               call_xml("freeswitch.api", param("&b;")).substr(21));

  ASSERT_TRUE(call.has_value());
  EXPECT_THAT(call->parameters, ElementsAre("&b;"));
}

TEST(XmlRpc, ParametersThatAreNoTextAreRefused) {
  for (const char* const value : {"<array><data/></array>", "<struct/>", "<base64>YQ==</base64>"}) {
    const auto call = parse_call(call_xml("freeswitch.api", param(value)));
    ASSERT_FALSE(call.has_value()) << value;
    EXPECT_EQ(call.error().code, XmlRpcFault::kTypeError);
  }
}

TEST(XmlRpc, CommandAndArgumentsAreOneLine) {
  EXPECT_EQ(command_of({"freeswitch.api", {"callcenter_config", "agent list"}}),
            "callcenter_config agent list");
  EXPECT_EQ(command_of({"freeswitch_api", {" status ", ""}}), "status");
  EXPECT_EQ(command_of({"freeswitch.api", {"status"}}), "status");
}

TEST(XmlRpc, OtherMethodsAndOtherParametersAreFaults) {
  EXPECT_EQ(command_of({"system.shutdown", {"now"}}).error().code, XmlRpcFault::kNoSuchMethod);
  EXPECT_EQ(command_of({"freeswitch.api", {}}).error().code, XmlRpcFault::kTypeError);
  EXPECT_EQ(command_of({"freeswitch.api", {"", "x"}}).error().code, XmlRpcFault::kTypeError);
  EXPECT_EQ(command_of({"freeswitch.api", {"a", "b", "c"}}).error().code, XmlRpcFault::kTypeError);
  // Behind a line break another command would begin.
  EXPECT_EQ(command_of({"freeswitch.api", {"echo", "a\nhupall"}}).error().code,
            XmlRpcFault::kTypeError);
}

TEST(XmlRpc, RepliesAreEscaped) {
  EXPECT_THAT(response_xml("a<b>&\x01\xff\nnext"),
              HasSubstr("<string>a&lt;b&gt;&amp; \xef\xbf\xbd\nnext</string>"));
  EXPECT_THAT(fault_xml({-5, "<no>"}), HasSubstr("<int>-5</int>"));
  EXPECT_THAT(fault_xml({-5, "<no>"}), HasSubstr("<string>&lt;no&gt;</string>"));
}

}  // namespace
}  // namespace http
