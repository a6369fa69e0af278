#include "esl/framing.h"

#include <gtest/gtest.h>

#include <vector>

namespace esl {
namespace {

constexpr FramingLimits kSmall = {.line_bytes = 20, .headers = 2, .body_bytes = 10};

// All frames of a stream that comes in pieces of `piece` bytes.
std::vector<Frame> frames_of(std::string_view bytes, std::size_t piece) {
  Framer framer(kLimitsAfterAuth);
  std::vector<Frame> frames;
  for (std::size_t at = 0; at < bytes.size(); at += piece) {
    framer.feed(bytes.substr(at, piece));
    while (true) {
      auto frame = framer.next();
      EXPECT_TRUE(frame.has_value());
      if (!frame || !*frame) break;
      frames.push_back(**frame);
    }
  }
  return frames;
}

FramingFault fault_of(std::string_view bytes, const FramingLimits& limits = kSmall) {
  Framer framer(limits);
  framer.feed(bytes);
  while (true) {
    const auto frame = framer.next();
    if (!frame) return frame.error();
    if (!*frame) break;
  }
  ADD_FAILURE() << "no fault in " << bytes;
  return {};
}

TEST(Framing, CutsCommandsHowEverTheStreamIsSplit) {
  const std::string stream =
      "auth ClueCon\r\n\r\n"
      "\n\r\n"  // Empty lines between commands.
      "api  echo  \n\n"
      "sendevent CUSTOM\nEvent-Subclass:  a::b \r\nno colon here\nContent-Length: 9\n\nline\n\nend"
      "exit\n\n";
  const std::vector<Frame> expected = {
      {"auth ClueCon", {}, ""},
      {"api  echo  ", {}, ""},
      {"sendevent CUSTOM", {{"Event-Subclass", "a::b"}, {"Content-Length", "9"}}, "line\n\nend"},
      {"exit", {}, ""}};

  for (const std::size_t piece : {1u, 2u, 3u, 7u, 1000u}) {
    EXPECT_EQ(frames_of(stream, piece), expected) << "in pieces of " << piece;
  }
}

TEST(Framing, WaitsForTheEmptyLine) {
  EXPECT_TRUE(frames_of("api status\n", 100).empty());
  EXPECT_TRUE(frames_of("api status", 100).empty());
  EXPECT_TRUE(frames_of("\n\n\n", 100).empty());
  EXPECT_TRUE(frames_of("x\nContent-Length: 3\n\nab", 100).empty());
}

TEST(Framing, FindsHeadersWhateverTheirCase) {
  const auto frames = frames_of("bgapi x\njob-uuid: 1\n\n", 100);

  ASSERT_EQ(frames.size(), 1u);
  EXPECT_EQ(frames[0].header("Job-UUID"), "1");
  EXPECT_EQ(frames[0].header("Other"), "");
}

TEST(Framing, RefusesWhatIsOverItsLimits) {
  const struct {
    std::string bytes;
    FramingFault fault;
  } kRows[] = {
      {std::string(21, 'x'), FramingFault::LineTooLong},
      {std::string(21, 'x') + "\n\n", FramingFault::LineTooLong},
      {"x\n" + std::string(21, 'h'), FramingFault::LineTooLong},
      {"x\na: 1\nb: 2\nc: 3\n\n", FramingFault::TooManyHeaders},
      {"x\nContent-Length: 11\n\n", FramingFault::BodyTooLong},
      {"x\nContent-Length: -1\n\n", FramingFault::BadLength},
      {"x\nContent-Length: 1e1\n\n", FramingFault::BadLength},
      {"x\nContent-Length: 99999999999999999999\n\n", FramingFault::LineTooLong},
      {std::string("x\0y\n\n", 5), FramingFault::BadByte},
  };
  for (const auto& row : kRows) EXPECT_EQ(fault_of(row.bytes), row.fault) << row.bytes;
}

TEST(Framing, TakesWhatIsExactlyAtItsLimits) {
  Framer framer(kSmall);
  framer.feed(std::string(20, 'x') + "\na: 1\nContent-Length: 10\n\n0123456789");

  const auto frame = framer.next();

  ASSERT_TRUE(frame.has_value() && frame->has_value());
  EXPECT_EQ((*frame)->body, "0123456789");
}

TEST(Framing, StaysFaultyAfterAFault) {
  Framer framer(kSmall);
  framer.feed("x\nContent-Length: no\n\nexit\n\n");

  EXPECT_FALSE(framer.next().has_value());
  EXPECT_FALSE(framer.next().has_value());
}

TEST(Framing, ReplacesBytesThatAreNotUtf8) {
  EXPECT_EQ(frames_of("api \xff\n\n", 100)[0].line, "api \xef\xbf\xbd");
}

}  // namespace
}  // namespace esl
