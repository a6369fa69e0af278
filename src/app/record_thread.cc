#include "app/record_thread.h"

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "app/record_rows.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "store/record_lines.h"

namespace app {
namespace {

using Clock = std::chrono::steady_clock;

// The disk confirms once for all that comes within this time: a disk has so many confirmations a
// second, and the journal is on the same one.
constexpr std::chrono::milliseconds kGatherTime{500};
constexpr std::size_t kGatheredMax = 1000;
// The journal gets one confirmation for many records.
constexpr std::chrono::seconds kConfirmInterval{1};
// What could not be kept is tried again so often.
constexpr std::chrono::seconds kRetryInterval{1};
constexpr std::chrono::hours kIdle{1};

std::string life_of(const core::RecordsMade& made) {
  return std::to_string(made.frame.anchor.unix_ms_at_origin);
}

bool is_of_one_frame(const core::RecordsMade& one, const core::RecordsMade& other) {
  return life_of(one) == life_of(other) && one.frame.instance_id == other.frame.instance_id;
}

}  // namespace

RecordThread::RecordThread(const std::filesystem::path& data, Outlets outlets)
    : data_(data), outlets_(std::move(outlets)), thread_([this] { run(); }) {}

RecordThread::~RecordThread() {
  stopping_ = true;
  inbox_.interrupt();
  thread_.join();
}

void RecordThread::keep(core::RecordsMade made) {
  if (inbox_.put(std::move(made))) return;
  base::log_error("call records are lost: {} wait to be written", inbox_.capacity());
}

void RecordThread::run() {
  base::name_this_thread("records");
  while (!stopping_) {
    auto until = waiting_.empty() ? Clock::now() + kIdle : keep_at_;
    if (confirmed_ < kept_) until = std::min(until, confirm_at_);
    for (auto& made : inbox_.take(until)) gather(std::move(made));
    if (Clock::now() >= keep_at_) keep_waiting();
    confirm_when_due(Clock::now());
  }
  for (auto& made : inbox_.take_now()) gather(std::move(made));
  keep_waiting();
}

void RecordThread::gather(core::RecordsMade made) {
  if (waiting_.empty()) keep_at_ = Clock::now() + kGatherTime;
  if (!waiting_.empty()) {
    core::RecordsMade& last = waiting_.back();
    const bool goes_on = made.first == last.last() + 1 && is_of_one_frame(made, last) &&
                         last.records.size() < kGatheredMax;
    if (goes_on) {
      std::move(made.records.begin(), made.records.end(), std::back_inserter(last.records));
      return;
    }
  }
  waiting_.push_back(std::move(made));
}

void RecordThread::keep_waiting() {
  bool kept_any = false;
  if (confirmed_ == kept_) confirm_at_ = Clock::now() + kConfirmInterval;
  while (!waiting_.empty()) {
    if (const auto kept = keep_now(waiting_.front()); !kept) {
      complain(kept.error());
      keep_at_ = Clock::now() + kRetryInterval;
      break;
    }
    kept_ = std::max(kept_, waiting_.front().last());
    waiting_.pop_front();
    kept_any = true;
  }
  if (!kept_any) return;
  outlets_.put_into_outbox();
  if (waiting_.empty() && has_complained_) {
    has_complained_ = false;
    base::log_info("call records are written again");
  }
}

base::Result<void> RecordThread::keep_now(const core::RecordsMade& made) {
  if (made.records.empty()) return {};
  if (auto opened = open(); !opened) return opened;
  const std::string life = life_of(made);
  const auto last = outbox_->last_put(life);
  if (!last) return base::failure(last.error());
  if (made.last() <= *last) return {};
  std::vector<store::Record> rows = record_rows(made);
  const std::uint64_t known = *last < made.first ? 0 : *last - made.first + 1;
  rows.erase(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(known));
  if (auto written = store::append_records(data_ / "records", rows); !written) return written;
  return outbox_->put(life, made.first + known, rows);
}

base::Result<void> RecordThread::open() {
  if (outbox_) return {};
  auto opened = store::RecordOutbox::open((data_ / "outbox.db").string(),
                                          store::RecordOutbox::Writes::Confirmed);
  if (!opened) return base::failure(opened.error());
  outbox_.emplace(std::move(*opened));
  return {};
}

void RecordThread::confirm_when_due(Clock::time_point now) {
  if (confirmed_ >= kept_ || now < confirm_at_) return;
  if (outlets_.confirm(core::RecordsKept{kept_})) confirmed_ = kept_;
  confirm_at_ = now + kConfirmInterval;
}

void RecordThread::complain(const std::string& why) {
  if (std::exchange(has_complained_, true)) return;
  base::log_error("call records cannot be written, and wait: {}", why);
}

}  // namespace app
