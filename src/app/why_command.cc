#include "app/why_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>

#include "app/history.h"
#include "app/member_story.h"

namespace app {
namespace {

// What was told of one state: another one counts its records from 1 again.
struct Told {
  std::int64_t state = 0;  // Its origin of time.
  std::uint64_t until = 0;
};

// Tells one journal. Returns: whether the caller was seen; why it cannot be read.
base::Result<bool> tell(const std::filesystem::path& journal, const std::string& member,
                        MemberStory::Newest newest, Told& told) {
  auto history = History::read(journal);
  if (!history) return base::failure(history.error());
  if (history->origin() != told.state) told = {.state = history->origin(), .until = 0};
  const auto lines = MemberStory(*history, member).tell(told.until, newest);
  if (!lines) return base::failure(lines.error());
  told.until = std::max(told.until, history->number());
  for (const std::string& line : *lines) fmt::print("{}\n", line);
  return !lines->empty();
}

}  // namespace

ExitCode why(const WhyOptions& options) {
  const auto journals = journals_of(options.journal);
  Told told;
  bool was_seen = false;
  for (const auto& journal : journals) {
    const bool is_newest = journal == journals.back();
    const auto seen = tell(journal, options.member,
                           is_newest ? MemberStory::Newest::Yes : MemberStory::Newest::No, told);
    if (!seen) fmt::print(stderr, "{}\n", seen.error());
    if (!seen && is_newest) return ExitCode::Failed;
    was_seen = was_seen || (seen && *seen);
  }
  if (was_seen) return ExitCode::Ok;
  fmt::print(stderr, "no caller with the uuid or number {} is in {}\n", options.member,
             journals.size() > 1 ? "what is kept of this server"
                                 : "this journal; it reaches back to its older snapshot only");
  return ExitCode::Failed;
}

}  // namespace app
