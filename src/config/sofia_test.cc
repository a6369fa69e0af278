#include "config/sofia.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/files_testing.h"
#include "config/globals.h"

namespace config {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using testing::Reading;

struct Outcome {
  std::vector<call::SipProfile> profiles;
  std::string problems;
};

Outcome read(const std::string& profiles) {
  Reading reading("<configuration><global_settings/><profiles>\n" + profiles +
                  "</profiles></configuration>");
  Outcome outcome;
  outcome.profiles =
      read_sip_profiles(reading.root(), {{"my.lan", {"10.1.0.0/16"}}}, reading.problems());
  outcome.problems = reading.shown();
  return outcome;
}

std::string profile(const std::string& name, const std::string& params) {
  return "<profile name=\"" + name + "\"><settings>\n" + params + "</settings></profile>";
}

std::string param(const std::string& name, const std::string& value) {
  return "<param name=\"" + name + "\" value=\"" + value + "\"/>\n";
}

TEST(Sofia, EveryParameterIsRead) {
  const auto outcome = read(profile(
      "internal",
      param("sip-ip", "192.0.2.1") + param("rtp-ip", "192.0.2.2") + param("sip-port", "5080") +
          param("context", "public") + param("user-agent-string", "Bell") +
          param("auth-calls", "true") + param("challenge-realm", "example.org") +
          param("force-register-domain", "default") + param("nonce-ttl", "90") +
          param("rfc2833-pt", "98") + param("sip-force-expires", "120") +
          param("ext-sip-ip", "203.0.113.1") + param("ext-rtp-ip", "203.0.113.2") +
          param("local-network-acl", "192.0.2.0/24,loopback.auto,my.lan") +
          param("rtp-timeout-sec", "30") + param("rtp-hold-timeout-sec", "1800") +
          param("rtp-dscp", "34") + param("inbound-codec-prefs", "PCMA@8000h@30i, pcmu@20i") +
          param("outbound-codec-prefs", "PCMU") + param("inbound-codec-negotiation", "greedy") +
          param("multiple-registrations", "false") + param("nat-options-ping", "true") +
          param("session-timeout", "600") + param("minimum-session-expires", "90") +
          param("follow-redirect", "192.0.2.0/24")));

  call::SipProfile expected;
  expected.name = "internal";
  expected.sip_ip = "192.0.2.1";
  expected.rtp_ip = "192.0.2.2";
  expected.sip_port = 5080;
  expected.context = "public";
  expected.user_agent = "Bell";
  expected.realm = "example.org";
  expected.force_domain = "default";
  expected.nonce_seconds = 90;
  expected.several_registrations = false;
  expected.contact_pings = call::ContactPings::BehindNat;
  expected.session_seconds = 600;
  expected.session_minimum_seconds = 90;
  expected.expires_forced = true;
  expected.redirect_networks = {"192.0.2.0/24"};
  expected.digits_payload_type = 98;
  expected.ext_sip_ip = "203.0.113.1";
  expected.ext_rtp_ip = "203.0.113.2";
  expected.local_networks = {"192.0.2.0/24", "127.0.0.0/8", "::1/128", "10.1.0.0/16"};
  expected.rtp_timeout_seconds = 30;
  expected.rtp_hold_timeout_seconds = 1800;
  expected.rtp_dscp = 34;
  expected.inbound_codecs = {"PCMA@30i", "PCMU"};
  expected.outbound_codecs = {"PCMU"};
  expected.codec_choice = call::CodecChoice::Greedy;
  expected.expires_minimum_seconds = 120;
  expected.expires_maximum_seconds = 120;
  EXPECT_EQ(outcome.profiles, std::vector{expected});
  EXPECT_EQ(outcome.problems, "");
}

TEST(Sofia, WhatIsNotWrittenIsLoopbackAndClosed) {
  const auto outcome = read(profile("internal", param("challenge-realm", "auto_from")));

  call::SipProfile expected;
  expected.name = "internal";
  EXPECT_EQ(outcome.profiles, std::vector{expected});
  EXPECT_TRUE(outcome.profiles.at(0).auth_calls);
}

TEST(Sofia, SoundUsesTheAddressOfTheSignallingUnlessItHasItsOwn) {
  EXPECT_EQ(read(profile("p", param("sip-ip", "127.0.0.2"))).profiles.at(0).rtp_ip, "127.0.0.2");
}

TEST(Sofia, WrongValuesAreErrorsWithTheirLine) {
  const auto outcome =
      read(profile("p", param("sip-ip", "example.org") + param("sip-port", "99999") +
                            param("rtp-ip", "x") + param("inbound-codec-prefs", "GSM,G729")) +
           "<profile/>");

  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: error: profile p: sip-ip is \"example.org\""),
                    HasSubstr("x:4: error: profile p: sip-port is \"99999\""),
                    HasSubstr("x:5: error: profile p: rtp-ip is \"x\""),
                    HasSubstr("x:6: error: profile p: inbound-codec-prefs is \"GSM,G729\""),
                    HasSubstr("x:7: error: <profile> without name=")));
}

TEST(Sofia, CodecsWeLackAreWarningsWithTheirLine) {
  const auto outcome =
      read(profile("p", param("inbound-codec-prefs", "GSM,OPUS@40i,PCMA") +
                            param("outbound-codec-prefs", "PCMU@90i,PCMU@16000h,PCMA@10i,") +
                            param("inbound-codec-negotiation", "lavish")));

  EXPECT_EQ(outcome.profiles.at(0).inbound_codecs, std::vector<std::string>{"PCMA"});
  EXPECT_EQ(outcome.profiles.at(0).outbound_codecs, std::vector<std::string>{"PCMA@10i"});
  EXPECT_EQ(outcome.profiles.at(0).codec_choice, call::CodecChoice::Generous);
  EXPECT_THAT(
      outcome.problems,
      AllOf(HasSubstr(
                "x:3: warning: profile p: inbound-codec-prefs: GSM, OPUS@40i are not supported"),
            HasSubstr("x:4: warning: profile p: outbound-codec-prefs: PCMU@90i, PCMU@16000h are"),
            HasSubstr("x:5: warning: profile p: inbound-codec-negotiation is \"lavish\"")));
}

TEST(Sofia, OutsideAddressIsToldOutsideOnly) {
  const auto outcome = read(profile("p", param("ext-rtp-ip", "203.0.113.2")));

  const call::SipProfile& known = outcome.profiles.at(0);
  EXPECT_EQ(known.rtp_ip_for("198.51.100.9"), "203.0.113.2");
  EXPECT_EQ(known.rtp_ip_for("192.168.1.9"), "");
  EXPECT_EQ(known.sip_ip_for("198.51.100.9"), "");
  EXPECT_EQ(outcome.problems, "");
}

TEST(Sofia, AutoIsTheAddressOfTheDefaultRoute) {
  const auto outcome =
      read(profile("p", param("ext-rtp-ip", "auto-nat") + param("ext-sip-ip", "auto") +
                            param("sip-ip", "auto") + param("local-network-acl", "my.list")));

  EXPECT_EQ(outcome.profiles.at(0).ext_rtp_ip, outward_address());
  EXPECT_EQ(outcome.profiles.at(0).ext_sip_ip, outward_address());
  EXPECT_EQ(outcome.profiles.at(0).sip_ip, outward_address());
  EXPECT_EQ(outcome.profiles.at(0).rtp_ip, outward_address());
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: warning: profile p: ext-rtp-ip is \"auto-nat\"; no router is "
                              "asked for its address, " +
                              outward_address()),
                    HasSubstr("x:6: warning: profile p: local-network-acl is \"my.list\"")));
}

TEST(Sofia, AddressesToBeFoundStayTextUntilTheStart) {
  const auto outcome =
      read(profile("p", param("ext-rtp-ip", "stun:stun.example.org:3479") +
                            param("ext-sip-ip", "host:example.org") +
                            param("sip-ip", "host:sip.example.org") + param("auth-calls", "true")));

  EXPECT_EQ(outcome.profiles.at(0).ext_rtp_ip, "stun:stun.example.org:3479");
  EXPECT_EQ(outcome.profiles.at(0).ext_sip_ip, "host:example.org");
  EXPECT_EQ(outcome.profiles.at(0).sip_ip, "host:sip.example.org");
  EXPECT_EQ(outcome.problems, "");
}

TEST(Sofia, OwnAddressCannotBeAskedForOutside) {
  EXPECT_THAT(read(profile("p", param("sip-ip", "stun:stun.example.org"))).problems,
              HasSubstr("x:3: error: profile p: sip-ip is \"stun:stun.example.org\", expected"));
  EXPECT_THAT(read(profile("p", param("ext-rtp-ip", "host:a b"))).problems,
              HasSubstr("x:3: warning: profile p: ext-rtp-ip is \"host:a b\", expected"));
}

TEST(Sofia, CodecsMayBeNamedWithTheirRates) {
  const auto outcome = read(profile(
      "p", param("codec-prefs", "opus@48000h@20i@2c,G722@16000h,g722@8000h@30i,PCMU@8000h@1c")));

  EXPECT_EQ(outcome.profiles.at(0).inbound_codecs,
            (std::vector<std::string>{"OPUS", "G722", "G722@30i", "PCMU"}));
  EXPECT_EQ(outcome.problems, "");
}

TEST(Sofia, CodecPrefsIsShortForBoth) {
  const auto outcome =
      read(profile("p", param("codec-prefs", "PCMA") + param("outbound-codec-prefs", "PCMU,PCMA")));

  EXPECT_EQ(outcome.profiles.at(0).inbound_codecs, std::vector<std::string>{"PCMA"});
  EXPECT_EQ(outcome.profiles.at(0).outbound_codecs, (std::vector<std::string>{"PCMU", "PCMA"}));
}

TEST(Sofia, OddValuesAreWarnings) {
  const auto outcome =
      read(profile("p", param("rfc2833-pt", "8") + param("tls", "true") +
                            param("ext-rtp-ip", "router") + param("sip-prot", "5060")) +
           profile("q", param("sip-prot", "5060") + param("sip-port", "5070")) +
           "<profile name=\"r\"><gateways><gateway name=\"g\"/></gateways><odd/><settings>" +
           param("sip-port", "5080") + "</settings></profile>");

  EXPECT_EQ(outcome.profiles.at(0).digits_payload_type, 101);
  EXPECT_THAT(outcome.problems,
              AllOf(HasSubstr("x:3: warning: profile p: rfc2833-pt is \"8\""),
                    HasSubstr("x:4: warning: profile p: tls is not supported yet"),
                    HasSubstr("x:5: warning: profile p: ext-rtp-ip is \"router\""),
                    HasSubstr("x:6: warning: profile p: unknown parameter sip-prot is ignored "
                              "(did you mean sip-port?)"),
                    HasSubstr("profile r: gateways are not supported yet"),
                    HasSubstr("profile r: unknown element <odd>")));
  EXPECT_EQ(outcome.problems.find("profile q"), std::string::npos);
}

TEST(Sofia, NamesAndAddressesAreTakenOnce) {
  const auto outcome =
      read(profile("p", param("sip-port", "5070")) + profile("p", param("sip-port", "5080")) +
           profile("q", param("sip-port", "5070")) + profile("r", param("sip-port", "0")) +
           profile("s", param("sip-port", "0")));

  EXPECT_EQ(outcome.problems,
            "x:4: error: profile p is defined twice, first at x:2; expected another name\n"
            "x:6: error: profile q and profile p both take 127.0.0.1 port 5070; expected different "
            "sip-port values\n");
}

TEST(Sofia, AnOpenDoorIsSaid) {
  EXPECT_THAT(
      read(profile("p", param("sip-ip", "192.0.2.1") + param("auth-calls", "no"))).problems,
      HasSubstr("warning: profile p: 192.0.2.1 can be reached from outside and auth-calls is"));
  EXPECT_EQ(read(profile("p", param("auth-calls", "no"))).problems, "");
}

}  // namespace
}  // namespace config
