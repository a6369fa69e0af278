#include "app/signs_of_life.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "app/live_screen.h"
#include "base/log.h"
#include "base/text.h"

namespace app {
namespace {

constexpr std::chrono::seconds kStatusInterval{1};
// systemd advises to send twice in a period; the loop turns four times a second, so this is safe
// for a period of two seconds and more.
constexpr int kSignsPerPeriod = 4;

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

SignsOfLife::Wishes SignsOfLife::from_environment() {
  Wishes wishes{.socket = environment("NOTIFY_SOCKET"), .watchdog = {}};
  const auto process = base::parse_integer(environment("WATCHDOG_PID"));
  if (process && *process != getpid()) return wishes;
  const auto period = base::parse_integer(environment("WATCHDOG_USEC"));
  if (period && *period > 0) wishes.watchdog = std::chrono::microseconds(*period);
  return wishes;
}

SignsOfLife::SignsOfLife(Wishes wishes) : wishes_(std::move(wishes)) {
  if (wishes_.socket.empty()) return;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const bool fits = wishes_.socket.size() < sizeof(address.sun_path);
  if (fits) {
    std::memcpy(address.sun_path, wishes_.socket.data(), wishes_.socket.size());
    if (address.sun_path[0] == '@') address.sun_path[0] = '\0';
    socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  }
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + wishes_.socket.size());
  const bool connected =
      socket_ >= 0 && ::connect(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0;
  if (!connected) {
    base::log_warning("the service manager at {} cannot be told anything", wishes_.socket);
  }
}

SignsOfLife::~SignsOfLife() {
  if (socket_ >= 0) ::close(socket_);
}

void SignsOfLife::tell(std::string_view state) {
  if (socket_ < 0) return;
  static_cast<void>(::send(socket_, state.data(), state.size(), MSG_NOSIGNAL));
}

void SignsOfLife::look(const LoopStatus& status, TimePoint now) {
  if (socket_ < 0) return;
  if (wishes_.watchdog.count() > 0 && now - alive_at_ >= wishes_.watchdog / kSignsPerPeriod) {
    alive_at_ = now;
    tell("WATCHDOG=1");
  }
  if (now - told_at_ < kStatusInterval) return;
  std::string line = render_line(status);
  if (line == told_) return;
  told_at_ = now;
  told_ = std::move(line);
  tell("STATUS=" + told_);
}

}  // namespace app
