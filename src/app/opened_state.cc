#include "app/opened_state.h"

#include <fmt/format.h>

#include <fstream>
#include <system_error>
#include <utility>

#include "app/salvage.h"
#include "base/log.h"
#include "store/journal_files.h"
#include "store/late_journal.h"

namespace app {
namespace {

namespace fs = std::filesystem;

// Keeps a record that is not applied, readable for its owner only: it names callers.
void keep_record(const fs::path& data, const store::JournalRecord& record) {
  const fs::path folder = data / "quarantine";
  const fs::path path = folder / fmt::format("record-{}.json", record.number);
  std::error_code error;
  fs::create_directories(folder, error);
  fs::permissions(folder, fs::perms::owner_all, error);
  std::ofstream file(path);
  fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write, error);
  file << record.body << std::flush;
  base::log_error(
      "ALARM: record {} of the journal is not applied: it cannot be read, or recoveries died at "
      "it. "
      "It is {} {}; a call that it names ends.",
      record.number, file ? "kept in" : "in the journal only, it could not be kept in",
      path.string());
}

class Opening {
 public:
  Opening(const fs::path& data, const store::SqliteJournalOptions& options,
          const store::JournalCallbacks& callbacks)
      : data_(data),
        path_((data / "journal.db").string()),
        options_(options),
        callbacks_(callbacks) {}

  base::Result<OpenedState> run() {
    if (auto opened = open_journal(); !opened) return base::failure(opened.error());
    auto marker = RecoveryMarker::open(data_ / "recovery.marker");
    if (!marker) return base::failure(marker.error());
    const std::uint64_t snapshot = found_.snapshot ? found_.snapshot->number : 0;
    const auto verdict = marker->judge(snapshot);
    auto recovered =
        verdict == RecoveryMarker::Verdict::Replay
            ? recover(found_, [&](std::uint64_t n) { return marker->may_apply(n); })
            : base::failure(std::string("recoveries of this state died again and again"));
    std::vector<core::Input> people;
    if (!recovered) {
      // Where a recovery died while it read the snapshot, nothing of it is looked at again.
      if (marker->died_at() != snapshot) people = salvaged_inputs(found_);
      if (auto emptied = begin_anew(recovered.error(), people.size()); !emptied) {
        return base::failure(emptied.error());
      }
      recovered = RecoveredCore{};
    }
    for (const auto& record : recovered->set_aside) keep_record(data_, record);
    static_cast<void>(marker->may_apply(RecoveryMarker::kStarting));
    found_.snapshot.reset();
    found_.tail.clear();
    const bool is_new = recovered->is_new;
    const std::size_t replayed = recovered->inputs_replayed;
    auto amends = amends_for(recovered->set_aside);
    return OpenedState{.journal = std::move(journal_),
                       .found = std::move(found_),
                       .recovered = std::move(*recovered),
                       .is_new = is_new,
                       .inputs_replayed = replayed,
                       .marker = std::move(*marker),
                       .amends = std::move(amends),
                       .people = std::move(people)};
  }

 private:
  base::Result<void> open_journal() {
    auto journal = store::open_journal(path_, options_, callbacks_);
    if (!journal) return base::failure(journal.error());
    journal_ = std::move(*journal);
    found_ = journal_->take_recovered();
    for (const auto& warning : found_.warnings) base::log_warning("{}", warning);
    return {};
  }

  base::Result<void> begin_anew(const std::string& why, std::size_t people) {
    journal_.reset();
    const auto moved = store::move_to_quarantine(path_);
    if (!moved) return base::failure(moved.error());
    base::log_error(
        "ALARM: {}. The state is now in {} and the server starts without it: calls are lost, "
        "agents, tiers and registrations are {}.",
        why, *moved, people > 0 ? "as in its last snapshot" : "those of the configuration");
    return open_journal();
  }

  const fs::path data_;
  const std::string path_;
  const store::SqliteJournalOptions& options_;
  const store::JournalCallbacks& callbacks_;
  std::unique_ptr<store::Journal> journal_;
  store::Recovered found_;
};

}  // namespace

base::Result<OpenedState> open_state(const fs::path& data,
                                     const store::SqliteJournalOptions& options,
                                     const store::JournalCallbacks& callbacks) {
  return Opening(data, options, callbacks).run();
}

}  // namespace app
