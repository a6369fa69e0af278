#include "app/history.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <ctime>
#include <iterator>
#include <utility>

#include "app/recovery.h"
#include "base/json_archive.h"
#include "store/history_keeper.h"
#include "store/journal_reading.h"

namespace app {
namespace {

// The first record of a state founds it; 0 when it is none.
std::int64_t founded_at(const std::vector<store::JournalRecord>& records) {
  if (records.empty()) return 0;
  try {
    const core::Input first = decode(records.front().body);
    const auto* founded = std::get_if<core::Founded>(&first);
    return founded == nullptr ? 0 : founded->unix_ms_at_origin;
  } catch (const base::ArchiveError&) {
    return 0;
  }
}

}  // namespace

std::vector<std::filesystem::path> journals_of(const std::filesystem::path& path) {
  if (!is_directory(path)) return {path};
  auto journals = store::history_files(path / "history");
  journals.push_back(path / "journal.db");
  return journals;
}

base::Result<History> History::read(const std::filesystem::path& journal) {
  const auto path = is_directory(journal) ? journal / "journal.db" : journal;
  auto found = store::read_journal(path.string());
  if (!found) return base::failure(found.error());
  History history;
  store::Recovered beginning;
  if (found->older_snapshot) {
    beginning.snapshot = std::move(found->older_snapshot);
    history.records_ = std::move(found->between);
    history.newer_ = std::move(found->snapshot);
  } else {
    beginning.snapshot = std::move(found->snapshot);
  }
  std::move(found->tail.begin(), found->tail.end(), std::back_inserter(history.records_));
  auto recovered = recover(beginning);
  if (!recovered) return base::failure(path.string() + ": " + recovered.error());
  history.core_ = std::move(recovered->core);
  history.number_ = recovered->last_number;
  history.now_ = recovered->last_instant;
  history.origin_ =
      recovered->is_new ? founded_at(history.records_) : history.core_.anchor().unix_ms_at_origin;
  return history;
}

base::Result<std::optional<History::Step>> History::next() {
  if (read_ == records_.size()) return std::nullopt;
  const store::JournalRecord& record = records_[read_++];
  Step step{.number = record.number,
            .at = base::instant_ms(record.instant_ms),
            .input = {},
            .commands = {}};
  try {
    step.input = decode(record.body);
  } catch (const base::ArchiveError& error) {
    return base::failure(fmt::format("record {} cannot be read: {}", record.number, error.what()));
  }
  core_.handle(step.input, step.at, step.commands);
  number_ = step.number;
  now_ = step.at;
  return step;
}

const store::Snapshot* History::snapshot_here() const {
  return newer_ && newer_->number == number_ ? &*newer_ : nullptr;
}

std::string History::time_text(const core::Core& core, base::Instant at) {
  const std::int64_t unix_us = core.anchor().unix_us(at);
  const std::time_t seconds = unix_us / 1'000'000;
  std::tm local{};
  localtime_r(&seconds, &local);
  return fmt::format("{:%F %T}.{:03}", local, unix_us / 1000 % 1000);
}

}  // namespace app
