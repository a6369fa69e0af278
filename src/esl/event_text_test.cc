#include "esl/event_text.h"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <time.h>

#include <nlohmann/json.hpp>

namespace esl {
namespace {

const Identity kIdentity = {.core_uuid = "c0ffee",
                            .hostname = "box",
                            .switchname = "box",
                            .ip_v4 = "10.0.0.1",
                            .ip_v6 = "::1"};

class EventTextTest : public testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "UTC-2", 1);  // Two hours east of Greenwich, in POSIX's odd sign.
    ::tzset();
  }
  void TearDown() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  static base::EslEvent queue_event() {
    base::EslEvent event;
    event.name = "CUSTOM";
    event.subclass = "callcenter::info";
    event.sequence = 7;
    event.unix_us = 1'700'000'000'123'456;
    event.add("CC-Queue", "plain@default");
    event.add("CC-Member-CID-Name", "Ann & Bob: 100%");
    event.headers.emplace_back("CC-Agent-UUID", "");
    return event;
  }
};

TEST_F(EventTextTest, PlainIsByteForByteAsRecorded) {
  const std::string body =
      "Event-Subclass: callcenter%3A%3Ainfo\n"
      "Event-Name: CUSTOM\n"
      "Core-UUID: c0ffee\n"
      "FreeSWITCH-Hostname: box\n"
      "FreeSWITCH-Switchname: box\n"
      "FreeSWITCH-IPv4: 10.0.0.1\n"
      "FreeSWITCH-IPv6: %3A%3A1\n"
      "Event-Date-Local: 2023-11-15%2000%3A13%3A20\n"
      "Event-Date-GMT: Tue,%2014%20Nov%202023%2022%3A13%3A20%20GMT\n"
      "Event-Date-Timestamp: 1700000000123456\n"
      "Event-Calling-File: ringmaster\n"
      "Event-Calling-Function: publish\n"
      "Event-Calling-Line-Number: 1\n"
      "Event-Sequence: 7\n"
      "CC-Queue: plain%40default\n"
      "CC-Member-CID-Name: Ann%20%26%20Bob%3A%20100%25\n"
      "\n";

  EXPECT_EQ(render(queue_event(), EventFormat::Plain, kIdentity),
            "Content-Length: " + std::to_string(body.size()) +
                "\nContent-Type: text/event-plain\n\n" + body);
}

TEST_F(EventTextTest, PlainBodyFollowsItsLength) {
  base::EslEvent event;
  event.name = "BACKGROUND_JOB";
  event.add("Job-UUID", "j");
  event.body = "-ERR Agent not found!\n";

  const std::string text = render(event, EventFormat::Plain, {});

  EXPECT_TRUE(
      text.ends_with("Event-Sequence: 0\nJob-UUID: j\nContent-Length: 22\n\n" + event.body));
  EXPECT_EQ(text.find("Event-Subclass"), std::string::npos);
  EXPECT_EQ(text.find("Core-UUID"), std::string::npos);
}

TEST_F(EventTextTest, HeaderNamesCannotForgeLines) {
  base::EslEvent event;
  event.add("variable_a: b\nEvent-Name", "x");

  EXPECT_NE(render(event, EventFormat::Plain, {}).find("\nvariable_a_ b_Event-Name: x\n"),
            std::string::npos);
}

TEST_F(EventTextTest, JsonHoldsTheSameAsTexts) {
  base::EslEvent event = queue_event();
  event.add("odd", "quote\" back\\slash\n\t\x01 \xff \xc3\xbc");
  event.body = "body";

  const std::string text = render(event, EventFormat::Json, kIdentity);
  const std::size_t start = text.find("\n\n") + 2;
  const auto json = nlohmann::ordered_json::parse(text.substr(start));

  EXPECT_TRUE(text.starts_with("Content-Length: " + std::to_string(text.size() - start) +
                               "\nContent-Type: text/event-json\n\n{\"Event-Subclass\":"));
  EXPECT_EQ(json["CC-Member-CID-Name"], "Ann & Bob: 100%");
  EXPECT_EQ(json["Event-Sequence"], "7");
  EXPECT_EQ(json["odd"], "quote\" back\\slash\n\t\x01 \xef\xbf\xbd \xc3\xbc");
  EXPECT_EQ(json["Content-Length"], "4");
  EXPECT_EQ(json["_body"], "body");
  EXPECT_FALSE(json.contains("CC-Agent-UUID"));
}

TEST_F(EventTextTest, XmlHoldsUrlEncodedValues) {
  base::EslEvent event = queue_event();
  event.add("variable_sip_h_X(y)", "<b>");
  event.add("1st", "x");
  event.body = "a < b & c\x02";

  const std::string text = render(event, EventFormat::Xml, kIdentity);

  EXPECT_NE(text.find("\nContent-Type: text/event-xml\n\n<event>\n  <headers>\n"
                      "    <Event-Subclass>callcenter%3A%3Ainfo</Event-Subclass>\n"),
            std::string::npos);
  EXPECT_TRUE(
      text.ends_with("    <CC-Queue>plain%40default</CC-Queue>\n"
                     "    <CC-Member-CID-Name>Ann%20%26%20Bob%3A%20100%25</CC-Member-CID-Name>\n"
                     "    <variable_sip_h_X_y_>%3Cb%3E</variable_sip_h_X_y_>\n"
                     "    <_1st>x</_1st>\n"
                     "    <Content-Length>10</Content-Length>\n"
                     "  </headers>\n"
                     "  <body>a &lt; b &amp; c </body>\n"
                     "</event>\n"));
}

}  // namespace
}  // namespace esl
