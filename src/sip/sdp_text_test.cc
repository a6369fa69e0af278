#include "sip/sdp_text.h"

#include <gtest/gtest.h>

#include "sip/limits.h"

namespace sip {
namespace {

const std::string kHead = "v=0\r\no=- 3 4 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\n";

call::MediaDescription media_in(const std::string& text) {
  const auto parsed = parse_sdp(text);
  EXPECT_TRUE(parsed.has_value()) << text << (parsed ? "" : parsed.error().why);
  return parsed ? parsed->media : call::MediaDescription{};
}

TEST(SdpText, ReadsTheAudioLine) {
  const auto media = media_in(kHead +
                              "m=audio 4000 RTP/AVP 8 0 111 101\r\na=rtpmap:111 opus/48000/2\r\n"
                              "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
                              "a=ptime:30\r\na=sendonly\r\n");
  EXPECT_EQ(media.address, "10.0.0.1");
  EXPECT_EQ(media.port, 4000);
  EXPECT_EQ(media.session_id, 3U);
  EXPECT_EQ(media.session_version, 4U);
  EXPECT_EQ(media.packet_ms, 30);
  EXPECT_EQ(media.direction, call::MediaDirection::SendOnly);
  ASSERT_EQ(media.codecs.size(), 4U);
  EXPECT_EQ(media.codecs[0].name, "PCMA");
  EXPECT_EQ(media.codecs[1].payload_type, 0);
  EXPECT_EQ(media.codecs[2].clock_rate, 48000);
  EXPECT_EQ(media.codecs[3].parameters, "0-15");
}

TEST(SdpText, MediaLevelAddressWins) {
  EXPECT_EQ(media_in(kHead + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 10.0.0.2\r\n").address,
            "10.0.0.2");
}

TEST(SdpText, OldHoldMeansSendOnly) {
  const auto media = media_in(
      "v=0\r\no=- 1 1 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 0.0.0.0\r\nt=0 0\r\n"
      "m=audio 4000 RTP/AVP 0\r\n");
  EXPECT_EQ(media.direction, call::MediaDirection::SendOnly);
}

TEST(SdpText, SessionDirectionHolds) {
  EXPECT_EQ(media_in(kHead + "a=recvonly\r\nm=audio 4000 RTP/AVP 0\r\n").direction,
            call::MediaDirection::ReceiveOnly);
}

TEST(SdpText, ReadsIpv6) {
  const auto media = media_in(
      "v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 2001:db8::1\r\nt=0 0\r\n"
      "m=audio 4000 RTP/AVP 0\r\n");
  EXPECT_EQ(media.address, "2001:db8::1");
}

TEST(SdpText, OtherLinesAreNamedAndKeepTheirPlace) {
  const std::string offer = kHead +
                            "m=video 5000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
                            "m=audio 5002 RTP/SAVP 0\r\nm=audio 4000 RTP/AVP 0\r\n"
                            "m=image 5004 udptl t38\r\n";
  const auto parsed = parse_sdp(offer);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->audio_line, 2U);
  EXPECT_EQ(parsed->media.port, 4000);
  ASSERT_EQ(parsed->media.other_lines.size(), 3U);
  EXPECT_EQ(parsed->media.other_lines[0], "video RTP/AVP 96");

  const std::string answer = print_sdp(parsed->media, parsed->audio_line);

  const std::size_t video = answer.find("m=video 0 RTP/AVP 96\r\n");
  const std::size_t secure = answer.find("m=audio 0 RTP/SAVP 0\r\n");
  const std::size_t audio = answer.find("m=audio 4000 RTP/AVP 0\r\n");
  const std::size_t image = answer.find("m=image 0 udptl t38\r\n");
  EXPECT_LT(video, secure);
  EXPECT_LT(secure, audio);
  EXPECT_LT(audio, image);
  EXPECT_NE(image, std::string::npos);
}

TEST(SdpText, WithoutPlainAudioHasPortZero) {
  EXPECT_EQ(media_in(kHead + "m=video 5000 RTP/AVP 96\r\n").port, 0);
  EXPECT_EQ(media_in(kHead).port, 0);
  EXPECT_EQ(media_in(kHead + "m=audio 0 RTP/AVP 0\r\n").port, 0);
}

TEST(SdpText, SillyPacketTimesAreTheUsualOne) {
  for (const char* ptime : {"0", "5", "1000", "-20", "x", ""}) {
    EXPECT_EQ(media_in(kHead + "m=audio 4000 RTP/AVP 0\r\na=ptime:" + ptime + "\r\n").packet_ms, 20)
        << ptime;
  }
}

TEST(SdpText, ReadsTheLongestPacketTime) {
  const std::string line = kHead + "m=audio 4000 RTP/AVP 0\r\na=maxptime:";
  EXPECT_EQ(media_in(line + "40\r\n").packet_ms_max, 40);
  for (const char* silly : {"0", "-1", "2000", "x", ""}) {
    EXPECT_EQ(media_in(line + silly + "\r\n").packet_ms_max, 0) << silly;
  }
}

TEST(SdpText, RefusesWhatIsNoSdp) {
  for (const std::string& text :
       {std::string("hello"), std::string("v=0\r\nm=audio x RTP/AVP 0\r\n"), std::string("\r\n"),
        std::string("v=1\r\n"), kHead + "m=audio 99999 RTP/AVP 0\r\n",
        std::string(kSdpBytesMax + 1, 'v')}) {
    const auto parsed = parse_sdp(text);
    ASSERT_FALSE(parsed.has_value()) << text.substr(0, 60);
    EXPECT_EQ(parsed.error().status, 400) << text.substr(0, 60);
  }
}

// The library allocates without end on these.
TEST(SdpText, RefusesMediaLinesThatAreNoTokens) {
  for (const std::string& line :
       {std::string("m=audio 4000 udp \xfc"), std::string("m=image 4000 udptl \x01"),
        std::string("m=image 4000 udptl t38 \""), std::string("m=image 4000  udptl t38"),
        std::string("m=image 4000 udptl"), std::string("m="), std::string("m=video 1 RTP/AVP a(b"),
        std::string("m=audio 4000 RTT /v"), std::string("m=audio 4000 RTP/ 0")}) {
    const auto parsed = parse_sdp(kHead + line + "\r\n");
    ASSERT_FALSE(parsed.has_value()) << line;
    EXPECT_EQ(parsed.error().status, 400) << line;
  }
}

TEST(SdpText, LinesNobodyReadsDoNoHarm) {
  const auto media = media_in(
      "v=0\no=- 1 1 IN IP4 10.0.0.1\ns=\xff\ni=\xc3\xbc\nc=IN IP4 10.0.0.1\nb=AS:x\nt=x\nr=1\n"
      "z=0 0 0 0\nk=clear:x\na=crypto:1 x\na=\xff\nm=audio 4000 RTP/AVP "
      "0\nb=x\na=ice-ufrag:\xff\n");
  EXPECT_EQ(media.port, 4000);
}

TEST(SdpText, RefusesNamesAndTooManyLines) {
  const auto named = parse_sdp(
      "v=0\r\no=- 1 1 IN IP4 a\r\ns=-\r\nc=IN IP4 media.example\r\nt=0 0\r\n"
      "m=audio 4000 RTP/AVP 0\r\n");
  ASSERT_FALSE(named.has_value());
  EXPECT_EQ(named.error().status, 488);
  std::string many = kHead;
  for (int i = 0; i < 40; ++i) many += "m=video 5000 RTP/AVP 96\r\n";
  ASSERT_FALSE(parse_sdp(many).has_value());
  EXPECT_EQ(parse_sdp(many).error().status, 488);
}

TEST(SdpText, KeepsABoundedNumberOfCodecs) {
  std::string line = "m=audio 4000 RTP/AVP";
  std::string maps;
  for (int i = 0; i < 60; ++i) {
    line += " " + std::to_string(60 + i);
    maps += "a=rtpmap:" + std::to_string(60 + i) + " X" + std::to_string(i) + "/8000\r\n";
  }
  EXPECT_EQ(media_in(kHead + line + "\r\n" + maps).codecs.size(), kCodecsMax);
}

TEST(SdpText, PrintsWhatItReads) {
  const auto media = media_in(kHead +
                              "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
                              "a=fmtp:101 0-16\r\na=ptime:40\r\na=maxptime:60\r\na=recvonly\r\n");
  EXPECT_EQ(media_in(print_sdp(media, 0)), media);
}

TEST(SdpText, PrintedValuesStayOnTheirLine) {
  call::MediaDescription media;
  media.port = 4000;
  media.address = "10.0.0.1\r\na=evil";
  media.codecs = {{.payload_type = 0, .name = "X\r\na=evil", .clock_rate = 8000, .parameters = ""}};
  EXPECT_EQ(print_sdp(media, 0).find("\na=evil"), std::string::npos);
}

}  // namespace
}  // namespace sip
