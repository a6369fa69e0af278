#include "app/table_thread.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "app/database_import.h"
#include "base/log.h"
#include "base/thread_name.h"
#include "store/sql_schema.h"

namespace app {
namespace {

constexpr std::chrono::seconds kRetryInterval{1};
constexpr std::chrono::seconds kIdle{60};
// Longest wait for what the core makes of imported rows.
constexpr std::chrono::seconds kImportLimit{10};
// Records that are delivered in one transaction.
constexpr std::size_t kRecordsAtOnce = 500;

const store::SqlTable& table_of(const store::Record& record) {
  return record.table == store::offers_table().name ? store::offers_table() : store::calls_table();
}

// One that is there already is replaced: a repetition changes nothing.
base::Result<void> write_record(store::SqlConnection& database, const store::Record& record) {
  const store::SqlTable& table = table_of(record);
  const store::SqlRow row = table.fitting(record.row);
  if (auto gone = database.run(table.erase(), table.key_of(row)); !gone) return gone;
  return database.run(table.insert(), row);
}

}  // namespace

std::string tables_line(const std::optional<TableFigures>& figures) {
  if (!figures) return {};
  return fmt::format("tables: {}, {} outages, {} rows and {} records written, {} refused\n",
                     figures->is_connected ? "connected" : "NOT CONNECTED", figures->outages,
                     figures->rows_written, figures->records_written, figures->rows_refused);
}

TableThread::TableThread(Options options, Outlets outlets)
    : options_(std::move(options)), outlets_(std::move(outlets)), thread_([this] { run(); }) {}

TableThread::~TableThread() {
  stopping_ = true;
  inbox_.interrupt();
  thread_.join();
}

void TableThread::take(core::RowsChanged rows) {
  const bool is_all = rows.extent == core::RowsChanged::Extent::AllRows;
  // What is missing is noticed by the numbers.
  if (!inbox_.put(std::move(rows)) && is_all) rows_are_asked_for_ = false;
}

void TableThread::look_into_outbox() {
  outbox_has_news_ = true;
  inbox_.interrupt();
}

TableFigures TableThread::figures() const {
  return {.is_connected = is_connected_,
          .outages = outages_,
          .rows_written = rows_written_,
          .rows_refused = rows_refused_,
          .records_written = records_written_};
}

void TableThread::run() {
  base::name_this_thread("tables");
  outlets_.ask_for_rows();
  rows_are_asked_for_ = true;
  while (!stopping_) step();
  for (auto& rows : inbox_.take_now()) take_over(std::move(rows));
  if (database_ != nullptr) write();
}

void TableThread::step() {
  const auto now = Clock::now();
  auto until = now + kIdle;
  if (database_ == nullptr) until = std::max(now, try_at_);
  if (import_until_) until = std::min(until, std::max(now, *import_until_));
  if (outbox_has_news_ && database_ != nullptr) until = std::min(until, std::max(now, outbox_at_));
  for (auto& rows : inbox_.take(until)) take_over(std::move(rows));
  if (stopping_) return;
  if (!rows_.is_complete() && !rows_are_asked_for_.exchange(true)) outlets_.ask_for_rows();
  if (database_ == nullptr && Clock::now() >= try_at_) connect();
  if (database_ != nullptr) write();
}

void TableThread::take_over(core::RowsChanged rows) {
  const bool is_all = rows.extent == core::RowsChanged::Extent::AllRows;
  if (is_all) rows_are_asked_for_ = false;
  // The core's answer to an import: it says anew what all rows share.
  if (!is_all && rows.rows.frame && import_until_) import_until_ = Clock::time_point{};
  rows_.apply(std::move(rows));
}

void TableThread::connect() {
  try_at_ = Clock::now() + kRetryInterval;
  if (const auto connected = connect_now(); !connected) return lose(connected.error());
  is_connected_ = true;
  must_look_ = true;
  outbox_has_news_ = true;
}

base::Result<void> TableThread::connect_now() {
  auto opened = store::SqlConnection::open(options_.target);
  if (!opened) return base::failure(opened.error());
  database_ = std::move(*opened);
  for (const auto* table : {&store::calls_table(), &store::offers_table()}) {
    if (auto made = store::make_table(*database_, *table); !made) return made;
  }
  return import_if_due();
}

base::Result<void> TableThread::import_if_due() {
  store::RecordOutbox* facts = outbox();
  if (facts == nullptr || import_until_) return {};
  if (!is_import_due(*facts)) return {};
  auto rows = read_rows(*database_, options_.settings);
  if (!rows) return base::failure(rows.error());
  if (!outlets_.give(core::RowsImported{std::move(*rows)})) return base::failure("overloaded");
  import_until_ = Clock::now() + kImportLimit;
  return {};
}

// Rows that the core does not know yet would be deleted.
bool TableThread::may_write() {
  if (!rows_.is_complete() || !rows_.has_frame()) return false;
  if (!import_until_) return true;
  if (Clock::now() < *import_until_) return false;
  import_until_.reset();
  if (store::RecordOutbox* facts = outbox(); facts != nullptr) note_import_done(*facts);
  return true;
}

void TableThread::write() {
  auto written = may_write() ? write_rows() : base::Result<void>();
  if (written) written = deliver_records();
  if (!written) return lose(written.error());
  if (!gone_since_) return;
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(Clock::now() - *gone_since_);
  base::log_info("the database {} is back after {} s, and up to date again", options_.target.shown,
                 seconds.count());
  gone_since_.reset();
}

base::Result<void> TableThread::write_rows() {
  if (must_look_) {
    for (auto* copy : {&rows_.agents(), &rows_.tiers(), &rows_.members()}) {
      if (auto looked = copy->look(*database_); !looked) return looked;
    }
    must_look_ = false;
  }
  std::uint64_t count = 0;
  if (rows_.agents().is_up_to_date() && rows_.tiers().is_up_to_date() &&
      rows_.members().is_up_to_date()) {
    return {};
  }
  auto done = database_->begin();
  for (auto* copy : {&rows_.agents(), &rows_.tiers(), &rows_.members()}) {
    if (!done) break;
    const auto written = copy->write(*database_);
    if (!written) {
      done = base::failure(written.error());
    } else {
      count += *written;
    }
  }
  if (done) done = database_->commit();
  if (!done) {
    database_->roll_back();
    if (database_->is_lost()) return done;
    return write_each();
  }
  rows_written_ += count;
  return {};
}

// The database is there and refuses something: the rest must not wait for it.
base::Result<void> TableThread::write_each() {
  for (auto* copy : {&rows_.agents(), &rows_.tiers(), &rows_.members()}) {
    if (auto looked = copy->look(*database_); !looked) return looked;
    const auto refused = copy->write_each(*database_);
    if (!refused) return base::failure(refused.error());
    refuse(refused->rows, refused->why);
  }
  return {};
}

base::Result<void> TableThread::deliver_records() {
  if (!outbox_has_news_ || Clock::now() < outbox_at_) return {};
  store::RecordOutbox* box = outbox();
  outbox_at_ = Clock::now() + kRetryInterval;
  if (box == nullptr) return {};
  // A server that ends delivers what it can at once.
  for (bool is_first = true; is_first || !stopping_; is_first = false) {
    outbox_has_news_ = false;
    const auto parcel = box->oldest(kRecordsAtOnce);
    if (parcel && parcel->records.empty()) {
      outbox_at_ = {};
      return {};
    }
    // Its other user has it just now.
    outbox_has_news_ = true;
    if (!parcel) return {};
    if (auto delivered = deliver(*parcel); !delivered) return delivered;
    if (!box->delivered(parcel->last)) return {};
    records_written_ += parcel->records.size();
  }
  return {};
}

base::Result<void> TableThread::deliver(const store::RecordOutbox::Parcel& parcel) {
  auto done = database_->begin();
  for (const store::Record& record : parcel.records) {
    if (!done) break;
    done = write_record(*database_, record);
  }
  if (done) done = database_->commit();
  if (done) return {};
  database_->roll_back();
  return database_->is_lost() ? done : deliver_each(parcel);
}

base::Result<void> TableThread::deliver_each(const store::RecordOutbox::Parcel& parcel) {
  std::uint64_t refused = 0;
  std::string why;
  for (const store::Record& record : parcel.records) {
    const auto done = write_record(*database_, record);
    if (done) continue;
    if (database_->is_lost()) return done;
    ++refused;
    why = done.error();
  }
  // One that takes nothing (its disk is full, say) gets them later.
  if (refused == parcel.records.size()) return base::failure(why);
  refuse(refused, why);
  return {};
}

store::RecordOutbox* TableThread::outbox() {
  if (!outbox_) {
    auto opened = store::RecordOutbox::open(options_.outbox, store::RecordOutbox::Writes::Quick);
    if (opened) outbox_.emplace(std::move(*opened));
  }
  return outbox_ ? &*outbox_ : nullptr;
}

void TableThread::lose(const std::string& why) {
  database_.reset();
  is_connected_ = false;
  try_at_ = Clock::now() + kRetryInterval;
  if (gone_since_) return;
  gone_since_ = Clock::now();
  ++outages_;
  base::log_warning(
      "{}: the database {} cannot be used: {}. Calls go on; the tables and call records follow "
      "when "
      "it is back.",
      options_.target.setting, options_.target.shown, why);
}

void TableThread::refuse(std::uint64_t rows, const std::string& why) {
  if (rows == 0) return;
  if (rows_refused_ == 0) {
    base::log_warning("the database {} refuses a row: {}. Further ones are only counted.",
                      options_.target.shown, why);
  }
  rows_refused_ += rows;
}

}  // namespace app
