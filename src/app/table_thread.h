// The thread that writes to the database: the tables agents, tiers and members as the core's rows
// change, and the call records of the outbox. Nobody waits for it.
//
// A database that is gone is tried again every second; meanwhile changes are noted in memory and
// records stay in the outbox. When it is back, what it holds is read and whatever differs is
// written.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "app/table_rows.h"
#include "base/inbox.h"
#include "core/command.h"
#include "core/input.h"
#include "queue/settings.h"
#include "store/record_outbox.h"
#include "store/sql_connection.h"
#include "store/sql_target.h"

namespace app {

// Figures for people who look on.
struct TableFigures {
  bool is_connected = false;
  std::uint64_t outages = 0;          // How often it was lost, or was not there at the start.
  std::uint64_t rows_written = 0;     // Of agents, tiers and members.
  std::uint64_t rows_refused = 0;     // That the database would not take.
  std::uint64_t records_written = 0;  // Of calls and offers.
};

// "tables: connected, …", one line for people; empty when there is no database.
std::string tables_line(const std::optional<TableFigures>& figures);

class TableThread {
 public:
  // Turns of a busy call centre while a database does not answer; when it is full all rows are
  // asked for later.
  static constexpr std::size_t kInboxCapacity = 16'384;

  struct Options {
    store::SqlTarget target;
    std::string outbox;                  // Its path.
    queue::CallCenterSettings settings;  // For the import.
  };
  // Callable from this thread, never waiting.
  struct Outlets {
    std::function<void()> ask_for_rows;     // RowsChanged with all rows is to follow.
    std::function<bool(core::Input)> give;  // RowsImported, to the core.
  };

  TableThread(Options options, Outlets outlets);
  // What came is written first, if the database is there.
  ~TableThread();
  TableThread(const TableThread&) = delete;
  TableThread& operator=(const TableThread&) = delete;

  // One thread; never waits.
  void take(core::RowsChanged rows);
  // Any thread: the outbox has something.
  void look_into_outbox();

  TableFigures figures() const;

 private:
  using Clock = std::chrono::steady_clock;

  void run();
  void step();
  void take_over(core::RowsChanged rows);
  void connect();
  base::Result<void> connect_now();
  base::Result<void> import_if_due();
  bool may_write();
  void write();
  base::Result<void> write_rows();
  base::Result<void> write_each();
  base::Result<void> deliver_records();
  base::Result<void> deliver(const store::RecordOutbox::Parcel& parcel);
  base::Result<void> deliver_each(const store::RecordOutbox::Parcel& parcel);
  store::RecordOutbox* outbox();
  void lose(const std::string& why);
  void refuse(std::uint64_t rows, const std::string& why);

  const Options options_;
  const Outlets outlets_;
  base::Inbox<core::RowsChanged> inbox_{kInboxCapacity};
  std::atomic<bool> stopping_{false};
  std::atomic<bool> outbox_has_news_{true};
  std::atomic<bool> rows_are_asked_for_{false};
  std::atomic<bool> is_connected_{false};
  std::atomic<std::uint64_t> outages_{0};
  std::atomic<std::uint64_t> rows_written_{0};
  std::atomic<std::uint64_t> rows_refused_{0};
  std::atomic<std::uint64_t> records_written_{0};

  // ---- of the thread ----
  TableRows rows_;
  std::unique_ptr<store::SqlConnection> database_;
  std::optional<store::RecordOutbox> outbox_;
  bool must_look_ = true;  // What the tables hold is not known.
  Clock::time_point try_at_{};
  Clock::time_point outbox_at_{};
  std::optional<Clock::time_point> gone_since_;
  // Rows were handed to the core; nothing is deleted before it has them.
  std::optional<Clock::time_point> import_until_;
  std::thread thread_;
};

}  // namespace app
