#include "store/journal_writer.h"

#include <iterator>
#include <utility>

namespace store {
namespace {

// Pages in the write-ahead log (16 MiB) above which the writer itself empties it. The syncer keeps
// it far below unless commits never pause.
constexpr int kLogPagesMax = 4096;

}  // namespace

JournalWriter::JournalWriter(JournalTables tables, const Limits& limits, JournalCallbacks callbacks)
    : tables_(std::move(tables)), limits_(limits), callbacks_(std::move(callbacks)) {}

void JournalWriter::start_after(std::uint64_t last, std::map<std::string, std::string> unsaved) {
  last_ = last;
  next_ = last + 1;
  values_ = std::move(unsaved);
}

void JournalWriter::add(std::vector<JournalRecord> records) {
  if (records.empty() || state_ == State::Gap) return;
  for (const JournalRecord& record : records) {
    if (record.number != next_) {
      give_up("record " + std::to_string(next_) + " was never handed over");
      return;
    }
    ++next_;
    waiting_bytes_ += record.body.size();
  }
  waiting_.insert(waiting_.end(), std::make_move_iterator(records.begin()),
                  std::make_move_iterator(records.end()));
  const bool too_many =
      waiting_.size() > limits_.waiting_records || waiting_bytes_ > limits_.waiting_bytes;
  // While writing works there is no limit here: the inbox bounds what comes in one turn.
  if (too_many && state_ == State::Waiting) give_up(reason_ + "; too many records wait");
}

void JournalWriter::set_value(std::string key, std::string text) {
  values_[std::move(key)] = std::move(text);
}

void JournalWriter::note_loss() {
  if (state_ != State::Gap) give_up("the disk is too slow: the journal's inbox was full");
}

void JournalWriter::write(TimePoint now) {
  if (state_ == State::Waiting && now < next_attempt_) return;
  write_now(now);
}

void JournalWriter::write_now(TimePoint now) {
  if (!has_waiting()) return;
  const auto written = tables_.write(waiting_, values_);
  if (!written) {
    next_attempt_ = now + limits_.retry_interval;
    if (state_ == State::Writing) fail(State::Waiting, written.error().text);
    return;
  }
  values_.clear();
  if (state_ == State::Waiting) state_ = State::Writing;
  if (waiting_.empty()) return;
  last_ = waiting_.back().number;
  waiting_.clear();
  waiting_bytes_ = 0;
  callbacks_.acknowledged(last_);
}

void JournalWriter::write_snapshot(const Snapshot& snapshot, TimePoint now) {
  write_now(now);
  const auto written = tables_.write_snapshot(snapshot);
  if (!written) {
    fail(state_, "snapshot " + std::to_string(snapshot.number) + ": " + written.error().text);
    return;
  }
  // Whatever waited or was given up is part of this snapshot.
  waiting_.clear();
  waiting_bytes_ = 0;
  state_ = State::Writing;
  last_ = snapshot.number;
  next_ = snapshot.number + 1;
  prune_ = true;
  callbacks_.saved(last_);
}

bool JournalWriter::prune() {
  if (!prune_) return false;
  const auto more = tables_.prune();
  // A failure leaves the rest for after the next snapshot; nothing depends on it.
  prune_ = more.value_or(false);
  return prune_;
}

void JournalWriter::tend_log() {
  if (tables_.database().log_pages() <= kLogPagesMax) return;
  const auto done = tables_.database().checkpoint_and_restart_log();
  if (!done && done.error().fault != DatabaseFault::Busy) report(done.error().text);
}

void JournalWriter::report(const std::string& reason) {
  callbacks_.failed(reason, last_);
}

std::string JournalWriter::trouble() const {
  if (state_ != State::Writing) return reason_;
  return has_waiting() ? "not everything is written" : "";
}

void JournalWriter::fail(State state, const std::string& reason) {
  state_ = state;
  reason_ = reason;
  report(reason);
}

void JournalWriter::give_up(const std::string& reason) {
  waiting_.clear();
  waiting_bytes_ = 0;
  fail(State::Gap, reason);
}

}  // namespace store
