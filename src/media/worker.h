// The thread of the RTP plane: waits for packets, orders and the next frame, and tells its legs.
//
// Today there is one. Legs of a bridge must be at one worker, so more of them take the plane to
// choose a worker by call, not by leg alone.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

#include "base/inbox.h"
#include "base/result.h"
#include "call/media_messages.h"
#include "media/counters.h"
#include "media/file_descriptor.h"
#include "media/leg_set.h"
#include "media/port_range.h"
#include "media/recording_writer.h"
#include "media/reports.h"
#include "media/rtp_ledger.h"
#include "media/sound_loader.h"
#include "media/sound_settings.h"
#include "media/sound_shelf.h"

namespace media {

class Worker {
 public:
  // Several orders for each leg of a full port range, at a restart, at once.
  static constexpr std::size_t kOrdersMax = 65536;

  struct Setup {
    std::unique_ptr<RtpLedger> ledger;
    PortRange ports;
    SoundSettings sounds;
    Reports::Sink report;
    std::uint64_t random = 0;
    std::chrono::milliseconds report_interval{5000};
  };
  // Starts the thread. Fails when the system refuses a timer or an event queue.
  static base::Result<std::unique_ptr<Worker>> start(Setup setup);
  // Stops and joins. Nothing is said to peers, and the ledger keeps what it has.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // Any thread. Returns: false when the inbox is full; the order is then lost, and counted.
  bool post(call::MediaOrder order);
  // Any thread: from now on, and at once for listeners of local streams.
  void use(SoundSettings settings) { sound_settings_.put(std::move(settings)); }
  // Any thread.
  MediaFigures figures() const { return counters_.figures(); }

 private:
  // What the thread waits at.
  struct Waits {
    FileDescriptor epoll;
    FileDescriptor timer;
    FileDescriptor wake_up;
  };
  static base::Result<Waits> make_waits();

  Worker(Setup setup, Waits waits);
  void wake();
  void run();
  void on_event(std::uint64_t what);
  void on_wake_up();
  void on_timer();

  MediaCounters counters_;
  Waits waits_;
  std::unique_ptr<RtpLedger> ledger_;
  base::Inbox<call::MediaOrder> orders_;
  base::Inbox<SoundSettings> sound_settings_;
  base::Inbox<SoundAnswer> opened_;
  base::Inbox<call::RecordingEnded> recorded_;
  SoundLoader loader_;
  RecordingWriter recordings_;
  SoundShelf sounds_;
  Reports reports_;
  LegSet legs_;
  Tick tick_ = 0;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace media
