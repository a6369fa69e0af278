// Commands that say whether new calls are taken and when the server ends (drain.h). Answered beside
// the core, because they change none of its state.
//
//   drain              no new calls; the server ends after the last one
//   drain status       how it stands
//   drain cancel       takes a drain back
//   fsctl pause [inbound], fsctl resume, fsctl pause_check
//   fsctl shutdown [elegant|asap|now|cancel], fsctl shutdown_check
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "app/drain.h"
#include "core/core.h"

namespace app {

class DrainCommands {
 public:
  // The server that they are about. Lifetime: all of it outlives this.
  struct Server {
    Drain& drain;
    std::function<core::Floor()> floor;
    std::function<void()> stop;  // At once; calls are taken up by the next start.
  };
  explicit DrainCommands(Server server) : server_(std::move(server)) {}

  // True for commands that are answered here.
  static bool knows(std::string_view command);
  // "drain", "fsctl pause" …
  static std::span<const std::string_view> names();
  // Any thread; does not wait. Requires: knows(command). Returns: the reply.
  std::string run(std::string_view command);

 private:
  std::string drain(std::string_view what);
  std::string shut_down(std::string_view how);
  std::string standing() const;

  const Server server_;
};

}  // namespace app
