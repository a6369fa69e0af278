#include "api/text_commands.h"

#include "api/desk_testing.h"

namespace api {
namespace {

using TextCommands = Desk;

TEST_F(TextCommands, AnswerAsTheOriginal) {
  const struct {
    std::string_view command;
    std::string_view reply;
  } commands[] = {
      {"echo hello world", "hello world"},
      {"ECHO x", "x"},
      {"echo", ""},
      {"eval plain", "plain"},
      {"eval ${domain}/${nothing}${md5(hello)}", "default/5d41402abc4b2a76b9719d911017c592"},
      {"eval uuid:none ${domain}", "default"},
      {"eval uuid:none", "-USAGE: [uuid:<uuid> ]<expression>\n"},
      {"eval", "-USAGE: [uuid:<uuid> ]<expression>\n"},
      {"expr 1+1", "2"},
      {"expr 1/0", "-ERR division by zero\n"},
      {"md5 hello", "5d41402abc4b2a76b9719d911017c592"},
      {"md5", "d41d8cd98f00b204e9800998ecf8427e"},
      {"url_encode a b", "a%20b"},
      {"url_decode a%20b%", "a b%"},
      {"strftime %Y-%m-%d-%H-%M-%S", "2025-07-06-21-05-00"},
      {"strftime", "2025-07-06 21:05:00"},
      {"strftime %s", "1700000017"},
      {"strftime 59|%S", "59"},
      {"strftime a|%S", "a|00"},
      {"strftime 999999999999|%Y", "-ERR the time is out of range\n"},
      {"strftime -1|%Y", "-ERR the time is out of range\n"},
      {"strftime_tz Here 59|%Y %S", "1970 59"},
      {"strftime_tz Here %s", "1700000023"},
      {"strftime_tz Here", "1970-01-01 00:00:44"},
      {"strftime_tz Nowhere %Y", "-ERR Invalid Timezone\n"},
      {"strftime_tz", "-ERR Invalid Timezone\n"},
      {"strftime_tz Here -1|%Y", "-ERR the time is out of range\n"},
  };

  for (const auto& step : commands) EXPECT_EQ(run(step.command), step.reply) << step.command;
}

TEST_F(TextCommands, TheServerTellsAboutItself) {
  EXPECT_EQ(run("version"), "Ringmaster Version 0.1.0\n");
  EXPECT_EQ(run("version short"), "0.1.0\n");
  EXPECT_EQ(run("status"),
            "UP 0 years, 0 days, 0 hours, 0 minutes, 3 seconds, 0 milliseconds, 0 microseconds\n"
            "Ringmaster (Version 0.1.0) is ready\n"
            "0 session(s) since startup\n"
            "0 session(s) now\n"
            "20000 session(s) max\n");
  EXPECT_EQ(run("global_getvar domain"), "default");
  EXPECT_EQ(run("global_getvar nothing"), "");
  EXPECT_EQ(run("global_getvar"), "domain=default\n");
}

TEST_F(TextCommands, EachUuidIsNew) {
  const std::string first = run("create_uuid");

  EXPECT_EQ(first.size(), 36u);
  EXPECT_NE(run("create_uuid"), first);
}

}  // namespace
}  // namespace api
