#include "app/signs_of_life.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <mutex>
#include <thread>

#include "app/run_loop.h"
#include "store/sqlite_journal.h"

namespace app {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;

constexpr int kPatienceMs = 30'000;
// Of the watchdog, in tests.
constexpr milliseconds kPeriod{100};
// Far longer than a loop that turns goes without a sign of life.
constexpr int kSilenceMs = 1'500;

// The socket that systemd would have, in a folder of its own.
class FakeSystemd {
 public:
  FakeSystemd() {
    std::string pattern = (fs::temp_directory_path() / "service_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, path().c_str(), sizeof(address.sun_path) - 1);
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    EXPECT_EQ(::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  }
  FakeSystemd(const FakeSystemd&) = delete;
  FakeSystemd& operator=(const FakeSystemd&) = delete;
  ~FakeSystemd() {
    ::close(socket_);
    fs::remove_all(folder_);
  }

  fs::path folder() const { return folder_; }
  std::string path() const { return (folder_ / "notify").string(); }

  // The next message; empty when none comes in this time.
  std::string message(int limit_ms = kPatienceMs) const {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    if (::poll(&waiting, 1, limit_ms) != 1) return {};
    std::array<char, 1024> text{};
    const auto size = ::recv(socket_, text.data(), text.size(), 0);
    return size < 0 ? std::string() : std::string(text.data(), static_cast<std::size_t>(size));
  }

 private:
  fs::path folder_;
  int socket_ = -1;
};

TEST(SignsOfLife, SaysWhatItIsTold) {
  const FakeSystemd systemd;
  SignsOfLife service({.socket = systemd.path(), .watchdog = {}});

  service.tell("READY=1");
  EXPECT_EQ(systemd.message(), "READY=1");
}

TEST(SignsOfLife, GivesFourSignsOfLifeInAPeriod) {
  const FakeSystemd systemd;
  SignsOfLife service({.socket = systemd.path(), .watchdog = seconds(4)});
  const LoopStatus status;
  const SignsOfLife::TimePoint start{seconds(100)};

  for (int ms = 0; ms < 4'000; ms += 250) service.look(status, start + milliseconds(ms));

  int signs = 0;
  std::string other;
  for (std::string text; !(text = systemd.message(0)).empty();) {
    if (text == "WATCHDOG=1") {
      ++signs;
    } else {
      other += text;
    }
  }
  EXPECT_EQ(signs, 4);
  EXPECT_THAT(other, HasSubstr("STATUS=waiting 0"));
}

TEST(SignsOfLife, SaysTheStateWhenItChanged) {
  const FakeSystemd systemd;
  SignsOfLife service({.socket = systemd.path(), .watchdog = {}});
  LoopStatus status;
  const SignsOfLife::TimePoint start{seconds(100)};

  service.look(status, start);
  EXPECT_THAT(systemd.message(), HasSubstr("waiting 0"));
  service.look(status, start + seconds(5));
  EXPECT_EQ(systemd.message(0), "");
  status.floor.waiting = 2;
  service.look(status, start + seconds(6));
  EXPECT_THAT(systemd.message(), HasSubstr("waiting 2"));
}

TEST(SignsOfLife, NobodyToTellIsNoTrouble) {
  for (const char* nowhere : {"", "/nowhere/notify", "@nobody-listens-here"}) {
    SignsOfLife service({.socket = nowhere, .watchdog = seconds(1)});
    service.tell("READY=1");
    service.look({}, SignsOfLife::TimePoint(seconds(100)));
  }
}

TEST(SignsOfLife, AWatchdogOfAnotherProcessIsNotOurs) {
  ::setenv("NOTIFY_SOCKET", "/run/notify", 1);
  ::setenv("WATCHDOG_USEC", "2000000", 1);
  EXPECT_EQ(SignsOfLife::from_environment().watchdog, seconds(2));
  ::setenv("WATCHDOG_PID", std::to_string(::getpid()).c_str(), 1);
  EXPECT_EQ(SignsOfLife::from_environment().watchdog, seconds(2));
  ::setenv("WATCHDOG_PID", "1", 1);
  EXPECT_EQ(SignsOfLife::from_environment().watchdog, seconds(0));
  EXPECT_EQ(SignsOfLife::from_environment().socket, "/run/notify");
  for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
}

// Hangs in the first command until it is let go.
class Hanging final : public CommandSink {
 public:
  void carry_out(core::Command) override {
    std::unique_lock lock(mutex_);
    hangs_ = true;
    changed_.notify_all();
    changed_.wait(lock, [this] { return free_; });
  }
  void wait_until_it_hangs() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return hangs_; });
  }
  void let_go() {
    const std::lock_guard lock(mutex_);
    free_ = true;
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool hangs_ = false;
  bool free_ = false;
};

TEST(SignsOfLife, ALoopThatHangsGivesNoSignOfLife) {
  const FakeSystemd systemd;
  SignsOfLife service({.socket = systemd.path(), .watchdog = kPeriod});
  JournalNews news;
  const auto journal =
      *store::SqliteJournal::open((systemd.folder() / "journal.db").string(), {}, news.callbacks());
  const auto clock = CoreClock::found(read_clock());
  RunLoop loop({}, clock, *journal, news);
  loop.apply(core::Founded{.seed = 7, .unix_ms_at_origin = clock.anchor().unix_ms_at_origin});
  loop.on_status([&service](const LoopStatus& status) {
    service.look(status, std::chrono::steady_clock::now());
  });
  Hanging sink;
  std::thread thread([&] { loop.run(sink); });

  // It turns with nothing to do …
  for (std::string text; text != "WATCHDOG=1";) text = systemd.message();
  // … hangs, and what it had said before is read …
  loop.put(core::ApiRequested{.ticket = {1}, .command = "status", .job_uuid = ""});
  sink.wait_until_it_hangs();
  while (!systemd.message(0).empty()) continue;
  EXPECT_EQ(systemd.message(kSilenceMs), "");
  // … and turns again.
  sink.let_go();
  for (std::string text; text != "WATCHDOG=1";) text = systemd.message();
  loop.stop();
  thread.join();
}

}  // namespace
}  // namespace app
