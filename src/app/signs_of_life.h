// Tells systemd how the server is: ready, its state in a line, that it lives, that it stops
// (sd_notify(3), Type=notify and WatchdogSec= of packaging/ringmaster.service).
//
// The protocol is one datagram of text to the socket that NOTIFY_SOCKET names, and systemd promises
// to keep it; so it is spoken here, and a program that faces the network does not load libsystemd
// with its compressors for it. Without that variable nothing is sent.
//
// tell() may be called from any thread; look() from the loop's alone, each time it has turned: when
// it does not turn, systemd misses the sign of life and starts the server anew.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "app/loop_status.h"

namespace app {

class SignsOfLife {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // What the environment says.
  struct Wishes {
    std::string socket;                  // NOTIFY_SOCKET; '@' begins an abstract name.
    std::chrono::microseconds watchdog;  // WATCHDOG_USEC; 0: none.
  };
  // WATCHDOG_PID must be ours, if it is set.
  static Wishes from_environment();

  explicit SignsOfLife(Wishes wishes);
  SignsOfLife(const SignsOfLife&) = delete;
  SignsOfLife& operator=(const SignsOfLife&) = delete;
  ~SignsOfLife();

  // "READY=1", "STOPPING=1" … Never waits; what cannot be sent is lost.
  void tell(std::string_view state);

  // The loop has turned. Sends a sign of life twice in each period of the watchdog, or more often,
  // and the state in a line when it has changed, at most once a second.
  void look(const LoopStatus& status, TimePoint now);

 private:
  const Wishes wishes_;
  int socket_ = -1;
  TimePoint alive_at_{};
  TimePoint told_at_{};
  std::string told_;
};

}  // namespace app
