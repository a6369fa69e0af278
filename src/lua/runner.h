// All scripts of the server: starts them, runs them in turn, and brings about what they wait for.
//
// It has no thread of its own and reads no clock for its decisions: whoever owns it gives it what
// has come and the time, and lets it run (script_thread.h). What scripts want goes out through the
// outlets; what comes of it comes back by reply(), answered() and so on.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "base/ids.h"
#include "call/script_messages.h"
#include "lua/options.h"
#include "lua/script.h"

namespace lua {

// A command of an operator: `luarun` is answered when the script has started, `lua` when it has
// ended, with what it has written.
struct Invoked {
  enum class How { Started, Finished } how = How::Started;
  std::string command;  // The script's name and its arguments.
  std::function<void(std::string)> answer;
};

class Runner {
 public:
  using Time = std::chrono::steady_clock::time_point;

  struct Outlets {
    // Asks for an API command; reply() follows. Returns: false when it cannot be taken now.
    std::function<bool(base::Ticket, std::string)> ask;
    // Returns: false when it is lost.
    std::function<bool(call::ScriptReport)> report;
    std::function<std::int64_t()> unix_ms;
    // Whether publish() is of use now.
    std::function<void(bool)> listen = [](bool) {};
  };

  Runner(Options options, base::Ticket first_ticket, Outlets outlets);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  // ---- what has come ----

  void take(const call::StartScript& order);
  void take(const call::ScriptAnswered& order);
  void take(const call::LegLeftScript& order, Time now);
  void take(const Invoked& invoked);
  void reply(base::Ticket ticket, std::string text);
  void publish(const Event& event);

  // ---- work ----

  // Wakes those whose time has come and lets each that can run have one slice.
  void run(Time now);
  // When to call run() again if nothing comes before; nullopt: not at all.
  std::optional<Time> next_run() const;

  std::size_t scripts() const { return running_.size(); }

 private:
  using Key = std::uint64_t;
  struct Running;

  // Returns: why it cannot be started.
  base::Result<std::unique_ptr<Script>> load(std::string_view command, Script::Start start);
  void add(std::unique_ptr<Running> running);
  Running* find(Key key);
  void make_ready(Running& running, Answer answer);
  void run_slice(Running& running, Time now);
  void await(Running& running, Time now);
  void await_until(Running& running, std::optional<Time> until);
  void end(Running& running, std::string why);
  void report_ended(call::ScriptEnded report);
  void say_again();

  const Options options_;
  const Outlets outlets_;
  SharedMemory memory_;
  std::uint64_t last_ticket_;
  Key last_key_ = 0;
  std::map<Key, std::unique_ptr<Running>> running_;
  std::map<call::ScriptId, Key> by_id_;
  std::map<base::Ticket, Key> by_ticket_;
  std::set<std::pair<Time, Key>> timers_;
  std::deque<Key> ready_;
  std::deque<call::ScriptEnded> unsaid_;  // Legs wait for these.
  std::size_t consuming_ = 0;             // Scripts that have consumers.
};

}  // namespace lua
