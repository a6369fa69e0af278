#include "app/why_command.h"

#include <fmt/format.h>

#include <cstdio>

#include "app/history.h"
#include "app/member_story.h"

namespace app {

ExitCode why(const WhyOptions& options) {
  auto history = History::read(options.journal);
  if (!history) {
    fmt::print(stderr, "{}\n", history.error());
    return ExitCode::Failed;
  }
  MemberStory story(*history, options.member);
  const auto lines = story.tell();
  if (!lines) {
    fmt::print(stderr, "{}\n", lines.error());
    return ExitCode::Failed;
  }
  if (lines->empty()) {
    fmt::print(stderr,
               "no caller with the uuid or number {} is in this journal; it reaches back to its "
               "older snapshot only\n",
               options.member);
    return ExitCode::Failed;
  }
  for (const std::string& line : *lines) fmt::print("{}\n", line);
  return ExitCode::Ok;
}

}  // namespace app
