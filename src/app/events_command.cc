#include "app/events_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "app/history.h"
#include "base/text.h"
#include "esl/event_text.h"

namespace app {
namespace {

esl::EventFormat format_of(const std::string& word) {
  if (word == "json") return esl::EventFormat::Json;
  return word == "xml" ? esl::EventFormat::Xml : esl::EventFormat::Plain;
}

class Teller {
 public:
  explicit Teller(const EventsOptions& options)
      : options_(options), format_(format_of(options.format)) {}

  // Returns: why the journal cannot be read to its end.
  base::Result<void> tell(const std::filesystem::path& journal) {
    auto history = History::read(journal);
    if (!history) return base::failure(history.error());
    // Another state counts its events from 1 again.
    if (history->origin() != state_) told_ = options_.since;
    state_ = history->origin();
    while (true) {
      const auto step = history->next();
      if (!step) return base::failure(step.error());
      if (!*step) return {};
      for (const core::Command& command : (*step)->commands) {
        if (const auto* made = std::get_if<core::Publish>(&command)) tell(made->event);
      }
    }
  }

 private:
  void tell(const base::EslEvent& event) {
    if (event.sequence <= told_) return;
    if (event.sequence > told_ + 1) {
      fmt::print(stderr, "events {} to {} are no longer kept\n", told_ + 1, event.sequence - 1);
    }
    told_ = event.sequence;
    if (!is_wanted(event)) return;
    // What belongs to the process that told it is not in the journal.
    const std::string message = esl::render(event, format_, {});
    const std::size_t body = message.find("\n\n");
    fmt::print("{}{}", std::string_view(message).substr(body + 2),
               format_ == esl::EventFormat::Plain ? "" : "\n");
  }

  bool is_wanted(const base::EslEvent& event) const {
    const auto& names = options_.names;
    return names.empty() || std::any_of(names.begin(), names.end(), [&](const std::string& name) {
             return base::equal_ignoring_case(name, event.name) || name == event.subclass;
           });
  }

  const EventsOptions& options_;
  const esl::EventFormat format_;
  std::int64_t state_ = 0;
  std::uint64_t told_ = 0;
};

}  // namespace

ExitCode events(const EventsOptions& options) {
  Teller teller(options);
  for (const auto& journal : journals_of(options.journal)) {
    if (const auto told = teller.tell(journal); !told) {
      fmt::print(stderr, "{}\n", told.error());
      return ExitCode::Failed;
    }
  }
  return ExitCode::Ok;
}

}  // namespace app
