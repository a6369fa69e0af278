// One script: a Lua state with its memory, run as a coroutine in slices.
//
// A script runs until it waits for something (waits_for()), ends, or has used up its slice. What it
// waits for is somebody else's to bring about (runner.h): wake() says what came of it. Its limits
// cannot be caught by pcall: a script over a limit is never resumed. Not thread-safe.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/esl_event.h"
#include "base/log.h"
#include "base/result.h"
#include "lua/memory.h"
#include "lua/options.h"

struct lua_State;
struct lua_Debug;

namespace lua {

using Event = std::shared_ptr<const base::EslEvent>;

// ---- what a script waits for --------------------------------------------------------------------

struct ForTurn {};  // Others run first.
struct ForTime {
  std::chrono::milliseconds time;
};
// The reply of an API command: a text.
struct ForReply {
  std::string command;
};
// An application that runs on a leg: true when it has run, false when the leg is gone.
struct ForLeg {
  std::string uuid;
  std::string application;
  std::string data;
};
// An event of one of its consumers; none when the time is over.
struct ForEvent {
  std::size_t consumer = 0;
  std::optional<std::chrono::milliseconds> time;  // Without: for ever.
};
using Wait = std::variant<ForTurn, ForTime, ForReply, ForLeg, ForEvent>;

// What came of it.
using Answer = std::variant<std::monostate, bool, std::string, Event>;

// Events of one kind that are kept for a script until it takes them.
struct Consumer {
  std::string name;      // "ALL" or an Event-Name, in any case.
  std::string subclass;  // Empty: of all.
  std::vector<Event> events;
  bool has_lost = false;

  bool wants(const base::EslEvent& event) const;
};
// Events that one consumer keeps; later ones are lost, and a line says so once.
inline constexpr std::size_t kEventsKeptMax = 1'000;
inline constexpr std::size_t kConsumersMax = 100;
// What a script may write as the reply of `lua`.
inline constexpr std::size_t kOutputMax = std::size_t{4} << 20;

class Script {
 public:
  struct Start {
    std::string name;  // As errors show it.
    std::vector<std::string> arguments;
    std::string uuid;  // Of its leg; empty: it has none.
    enum class Output { None, Kept } output = Output::None;
    std::function<std::int64_t()> unix_ms = {};
    std::function<void()> begins_to_listen = {};  // To events, with its first consumer.
  };

  // Loads the text. Returns: what is wrong with it, with its line.
  // Lifetime: `options` and `shared` outlive the script.
  static base::Result<std::unique_ptr<Script>> load(std::string_view text, Start start,
                                                    const Options& options, SharedMemory& shared);
  ~Script();
  Script(const Script&) = delete;
  Script& operator=(const Script&) = delete;

  // Goes on with what came. Requires: it has not ended.
  void run(Answer answer);
  // Over, with what is to be said of it.
  void end(std::string why);

  bool has_ended() const { return has_ended_; }
  // Empty: it came to its end.
  const std::string& failure() const { return failure_; }
  // Requires: it has run and has not ended.
  const Wait& waits_for() const { return wait_; }
  const std::string& name() const { return start_.name; }
  const std::string& output() const { return output_; }
  bool hangs_up_at_end() const { return hangs_up_; }

  const std::string& uuid() const { return start_.uuid; }
  // Its leg is not its own any more.
  void leg_left() { has_leg_ = false; }

  std::vector<Consumer>& consumers() { return consumers_; }
  std::size_t bytes() const { return memory_.bytes(); }

 private:
  friend class Primitives;
  Script(Start start, const Options& options, SharedMemory& shared);

  static Script& of(lua_State* state);
  static int set_up(lua_State* state);
  static void on_count(lua_State* state, lua_Debug* debug);
  base::Result<void> load(std::string_view text);
  // What Lua says about an error, from the top of the stack.
  static std::string message_of(lua_State* state);
  bool is_over_limit();
  void stop_at(lua_State* state, lua_Debug* debug);
  void push(Answer& answer);

  const Start start_;
  const Options& options_;
  Memory memory_;
  lua_State* main_ = nullptr;
  lua_State* routine_ = nullptr;
  Wait wait_;
  bool has_ended_ = false;
  std::string failure_;
  std::string over_limit_;            // Which, and where; empty: none.
  std::chrono::nanoseconds busy_{0};  // Since it waited last, without this slice.
  std::chrono::nanoseconds slice_began_{0};
  std::size_t instructions_ = 0;  // In this slice.
  bool has_leg_ = false;
  bool hangs_up_ = false;
  std::string output_;
  std::vector<Consumer> consumers_;
};

}  // namespace lua
