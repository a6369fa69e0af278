#include "media/worker.h"

#include <fmt/format.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <system_error>
#include <utility>

#include "base/thread_name.h"
#include "media/tick_plan.h"

namespace media {
namespace {

// Epoll's data of what is not a leg. Legs have the low numbers.
constexpr std::uint64_t kTimer = ~std::uint64_t{0};
constexpr std::uint64_t kWakeUp = kTimer - 1;
constexpr int kEventsMax = 64;
// Somebody would have to read the configuration again faster than a thread wakes up.
constexpr std::size_t kSettingsMax = 1000;
// A second.
constexpr Tick kLedgerTicks = 50;

bool watch(int epoll_fd, int fd, std::uint64_t data) {
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = data;
  return ::epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) == 0;
}

timespec timespec_of(Clock::duration time) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time);
  const auto rest = std::chrono::duration_cast<std::chrono::nanoseconds>(time - seconds);
  return {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
}

// Absolute and periodic in the kernel: being late once does not move the ticks that follow.
bool start_ticking(int timer_fd) {
  itimerspec times{};
  times.it_value = timespec_of((Clock::now() + kFrameLength).time_since_epoch());
  times.it_interval = timespec_of(kFrameLength);
  return ::timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &times, nullptr) == 0;
}

// Reads the 8-byte count of a timer or an eventfd; 0 when there is none.
std::uint64_t read_count(int fd) {
  std::uint64_t count = 0;
  return ::read(fd, &count, sizeof(count)) == sizeof(count) ? count : 0;
}

}  // namespace

base::Result<Worker::Waits> Worker::make_waits() {
  Waits waits{
      .epoll = FileDescriptor(::epoll_create1(EPOLL_CLOEXEC)),
      .timer = FileDescriptor(::timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC)),
      .wake_up = FileDescriptor(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC))};
  const bool made = waits.epoll && waits.timer && waits.wake_up &&
                    watch(waits.epoll.get(), waits.timer.get(), kTimer) &&
                    watch(waits.epoll.get(), waits.wake_up.get(), kWakeUp) &&
                    start_ticking(waits.timer.get());
  if (!made) {
    return base::failure(fmt::format("the RTP plane cannot wait for anything: {}",
                                     std::generic_category().message(errno)));
  }
  return waits;
}

base::Result<std::unique_ptr<Worker>> Worker::start(Setup setup) {
  auto waits = make_waits();
  if (!waits) return base::failure(waits.error());
  return std::unique_ptr<Worker>(new Worker(std::move(setup), std::move(*waits)));
}

Worker::Worker(Setup setup, Waits waits)
    : waits_(std::move(waits)),
      ledger_(std::move(setup.ledger)),
      orders_(kOrdersMax, [this] { wake(); }),
      sound_settings_(kSettingsMax, [this] { wake(); }),
      opened_(SoundLoader::kRequestsMax, [this] { wake(); }),
      recorded_(kOrdersMax, [this] { wake(); }),
      loader_([this](SoundAnswer answer) { opened_.put(std::move(answer)); }, ~setup.random),
      recordings_([this](call::RecordingEnded ended) { recorded_.put(std::move(ended)); }),
      sounds_([this](SoundRequest request) { return loader_.load(std::move(request)); }, counters_),
      reports_(std::move(setup.report), counters_),
      legs_({.epoll_fd = waits_.epoll.get(),
             .ledger = *ledger_,
             .sounds = sounds_,
             .reports = reports_,
             .counters = counters_,
             .recordings = recordings_,
             .report_interval = setup.report_interval},
            setup.ports, setup.random),
      thread_([this, sounds = std::move(setup.sounds)]() mutable {
        sounds_.use(std::move(sounds));
        run();
      }) {}

Worker::~Worker() {
  stopping_ = true;
  wake();
  thread_.join();
}

bool Worker::post(call::MediaOrder order) {
  if (orders_.put(std::move(order))) return true;
  MediaCounters::add(counters_.refused_orders);
  return false;
}

void Worker::wake() {
  const std::uint64_t one = 1;
  // It only fails when the count is at its limit, and then the thread is awake.
  static_cast<void>(!::write(waits_.wake_up.get(), &one, sizeof(one)));
}

void Worker::run() {
  base::name_this_thread("media");
  std::array<epoll_event, kEventsMax> events{};
  while (!stopping_) {
    const int count = ::epoll_wait(waits_.epoll.get(), events.data(), kEventsMax, -1);
    for (int index = 0; index < count; ++index) {
      on_event(events[static_cast<std::size_t>(index)].data.u64);
    }
  }
  legs_.set_time(Clock::now(), tick_);
  legs_.end_recordings();
}

void Worker::on_event(std::uint64_t what) {
  legs_.set_time(Clock::now(), tick_);
  switch (what) {
    case kTimer:
      return on_timer();
    case kWakeUp:
      return on_wake_up();
    default:
      if ((what & LegSet::kRtcpBit) != 0) {
        return legs_.receive_rtcp(base::LegId{what & ~LegSet::kRtcpBit});
      }
      return legs_.receive(base::LegId{what});
  }
}

void Worker::on_wake_up() {
  // The count first: what is put behind the take wakes us again.
  read_count(waits_.wake_up.get());
  for (SoundSettings& settings : sound_settings_.take_now()) sounds_.use(std::move(settings));
  for (const call::MediaOrder& order : orders_.take_now()) legs_.apply(order);
  for (SoundAnswer& answer : opened_.take_now()) sounds_.loaded(std::move(answer));
  for (call::RecordingEnded& ended : recorded_.take_now()) {
    legs_.recording_ended(std::move(ended));
  }
}

void Worker::on_timer() {
  const Tick due = read_count(waits_.timer.get());
  if (due == 0) return;
  const TickPlan plan = plan_ticks(due);
  MediaCounters::add(counters_.late_ticks, plan.played - 1);
  MediaCounters::add(counters_.skipped_ticks, plan.skipped);
  tick_ += plan.skipped;
  for (Tick count = 0; count < plan.played; ++count) {
    legs_.set_time(Clock::now(), ++tick_);
    legs_.play();
  }
  legs_.send_reports();
  legs_.watch_silence();
  reports_.retry();
  if (tick_ % kLedgerTicks == 0) ledger_->find_file();
}

}  // namespace media
