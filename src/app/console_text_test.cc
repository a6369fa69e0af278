#include "app/console_text.h"

#include <gtest/gtest.h>

namespace app {
namespace {

TEST(ConsoleText, WhatATerminalObeysIsReplaced) {
  EXPECT_EQ(harmless("Zo\xc3\xab\t7\n"), "Zo\xc3\xab\t7\n");
  EXPECT_EQ(harmless("line\r\nnext"), "line\nnext");
  for (const char* const obeyed : {"\x1b", "\x07", "\x08", "\x7f", "\r", "\xc2\x9b", "\xe2\x80\xae",
                                   "\xe2\x81\xa6", "\xe2\x80\x8f", "\xff"}) {
    EXPECT_EQ(harmless(std::string("a") + obeyed + "b"),
              "a\xef\xbf\xbd"
              "b")
        << obeyed;
  }
}

TEST(ConsoleText, RepliesAreLinesAndErrorsAreRed) {
  EXPECT_EQ(shown_reply("7", Colours::Off), "7\n");
  EXPECT_EQ(shown_reply("7", Colours::On), "7\n");
  EXPECT_EQ(shown_reply("", Colours::On), "");
  EXPECT_EQ(shown_reply("-ERR no\n", Colours::On), "\x1b[31m-ERR no\x1b[0m\n");
  EXPECT_EQ(shown_reply("+OK\n", Colours::On), "\x1b[32m+OK\x1b[0m\n");
  EXPECT_EQ(shown_reply("-ERR no\n", Colours::Off), "-ERR no\n");
}

TEST(ConsoleText, EventsAndLinesOfTheLogAreColouredByWhatTheyAre) {
  EXPECT_EQ(shown_event("Event-Name: CUSTOM\nA: b\n\n", Colours::On),
            "\x1b[1mEvent-Name: CUSTOM\x1b[0m\nA: b\n\n");
  EXPECT_EQ(shown_log_line("bad", 3, Colours::On), "\x1b[31mbad\x1b[0m\n");
  EXPECT_EQ(shown_log_line("so", 6, Colours::On), "so\n");
}

TEST(ConsoleText, FailuresAreKnown) {
  EXPECT_TRUE(is_failure("-ERR Agent not found!\n"));
  EXPECT_TRUE(is_failure("-USAGE: show\n"));
  EXPECT_FALSE(is_failure("+OK\n"));
  EXPECT_FALSE(is_failure("17\n"));
}

}  // namespace
}  // namespace app
