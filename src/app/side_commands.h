// Commands that are answered beside the core, because what they ask for is not part of its state:
// traces of SIP and levels of the log. They change no call and stand in no journal.
//
//   sip_trace [call UUID|CALL-ID | number NUMBER] [as json]
//   sofia profile NAME siptrace on|off        sofia global siptrace on|off
//   log_level [AREA [LEVEL]]                  fsctl loglevel [LEVEL]     console loglevel LEVEL
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/task_thread.h"
#include "sip/stack.h"

namespace app {

class SideCommands {
 public:
  using Answer = std::function<void(std::string)>;

  // Lifetime: both outlive this.
  SideCommands(sip::Stack& stack, TaskThread& tasks) : stack_(stack), tasks_(tasks) {}

  // True for commands that are answered here.
  static bool knows(std::string_view command);
  // "sip_trace", "sofia profile * siptrace" …: how they begin.
  static std::span<const std::string_view> names();
  // Any thread; never waits. `answer` is called once, perhaps later and on another thread.
  // Requires: knows(command).
  void run(const std::string& command, Answer answer);

 private:
  void trace(const std::vector<std::string>& words, Answer answer);
  std::string siptrace(const std::vector<std::string>& words);

  sip::Stack& stack_;
  TaskThread& tasks_;
};

}  // namespace app
