#include "store/journal_writer.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace store {

JournalWriter::JournalWriter(JournalTables tables, const Limits& limits, JournalCallbacks callbacks)
    : tables_(std::move(tables)), limits_(limits), callbacks_(std::move(callbacks)) {}

void JournalWriter::start_after(std::uint64_t last, std::map<std::string, std::string> unsaved) {
  last_ = last;
  next_ = last + 1;
  values_ = std::move(unsaved);
}

void JournalWriter::add(std::vector<JournalRecord> records) {
  const bool closing = tables_.snapshots().is_writing() || expected_.has_value();
  if (records.empty() || (state_ == State::Gap && !closing)) return;
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
  if (too_many && state_ != State::Writing) give_up(reason_ + "; too many records wait");
}

void JournalWriter::set_value(std::string key, std::string text) {
  values_[std::move(key)] = std::move(text);
}

void JournalWriter::note_loss(const std::string& reason) {
  if (state_ != State::Gap) give_up(reason);
}

void JournalWriter::forbid(const std::string& reason) {
  if (reason == forbidden_) return;
  forbidden_ = reason;
  if (!forbidden_.empty() && state_ == State::Writing) fail(State::Waiting, forbidden_);
}

void JournalWriter::write(TimePoint now) {
  if (state_ == State::Waiting && now < next_attempt_) return;
  write_now(now);
}

void JournalWriter::write_now(TimePoint now) {
  if (!has_waiting() || state_ == State::Gap || !forbidden_.empty()) return;
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

void JournalWriter::expect_snapshot(std::uint64_t number) {
  // Otherwise it is a point in the middle of the history.
  const bool closes = state_ == State::Gap && !tables_.snapshots().is_writing() && !expected_;
  if (!closes) return;
  expected_ = number;
  next_ = number + 1;
}

void JournalWriter::begin_snapshot(Snapshot snapshot) {
  const bool overtaken = snapshot.number < newest_snapshot_;
  const bool before_gap =
      state_ == State::Gap && !tables_.snapshots().is_writing() && snapshot.number != expected_;
  if (overtaken || before_gap) return;
  newest_snapshot_ = snapshot.number;
  if (tables_.snapshots().is_writing()) {
    next_snapshot_ = std::move(snapshot);
    return;
  }
  expected_.reset();
  tables_.snapshots().begin(std::move(snapshot));
}

bool JournalWriter::write_part() {
  SnapshotTable& snapshots = tables_.snapshots();
  // One that is under way waits.
  if (!forbidden_.empty()) return false;
  if (!snapshots.is_writing()) {
    // A failure leaves the rest for after the next snapshot; nothing depends on it.
    prune_ = prune_ && tables_.prune().value_or(false);
    return prune_;
  }
  const auto last = snapshots.write_part();
  if (!last) {
    const std::string reason =
        "snapshot " + std::to_string(snapshots.current().number) + ": " + last.error().text;
    if (state_ == State::Gap) {
      give_up(reason);
    } else {
      report(reason);
    }
  } else if (*last) {
    snapshot_written();
  }
  if (next_snapshot_ && !snapshots.is_writing()) {
    begin_snapshot(*std::exchange(next_snapshot_, std::nullopt));
  }
  return last.has_value();
}

void JournalWriter::snapshot_written() {
  const std::uint64_t number = tables_.snapshots().current().number;
  // What waited up to here is part of the snapshot.
  std::erase_if(waiting_,
                [number](const JournalRecord& record) { return record.number <= number; });
  state_ = State::Writing;
  last_ = std::max(last_, number);
  prune_ = true;
  waiting_bytes_ = 0;
  for (const JournalRecord& record : waiting_) waiting_bytes_ += record.body.size();
  callbacks_.saved(number);
}

void JournalWriter::restart_log() {
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
  // A snapshot from before the gap cannot close it.
  tables_.snapshots().abandon();
  next_snapshot_.reset();
  expected_.reset();
  fail(State::Gap, reason);
}

}  // namespace store
