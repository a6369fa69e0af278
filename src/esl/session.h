// One client's conversation: frames in, replies and requests out.
//
//   Stranger ──auth──▶ Known ──exit──▶ Over
//      └────wrong password, too many refusals──▶ Over
//
// Pure: no socket, no clock, no thread; the uuids it gives out come from the generator it was
// given. Texts are those of the recordings (conformance/golden/i-*.json), byte for byte.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/ids.h"
#include "base/random.h"
#include "esl/framing.h"
#include "esl/log_line.h"
#include "esl/request.h"
#include "esl/subscription.h"

namespace esl {

// What a frame leads to.
struct Reaction {
  std::string output;              // To be sent at once.
  std::optional<Request> request;  // To be handed to the core…
  std::string refusal;  // …and what to send instead of `output` if it does not take it.
};

class Session {
 public:
  // Lifetime: `random` outlives the session.
  Session(std::string password, base::Random& random);

  // The first thing a client reads.
  static std::string_view greeting();
  // The last: why the connection ends follows from what was sent before.
  static std::string_view farewell();

  // Takes the next frame. `ticket` is for the request that may come of it.
  // Requires: the session is neither waiting nor over.
  Reaction handle(const Frame& frame, base::Ticket ticket);
  // The client sent what cannot be understood; the session is over. Returns: what to send.
  std::string end(FramingFault fault);

  // A request was handed over whose answer must come before the next frame is looked at.
  bool is_waiting() const { return awaited_ != Awaited::Nothing; }
  // The answer to it. Returns: what to send.
  // Requires: the session is waiting.
  std::string answer(std::string_view text);
  // The core did not take the request of the last reaction: its `refusal` is sent instead.
  void stop_waiting() { awaited_ = Awaited::Nothing; }

  bool is_over() const { return state_ == State::Over; }
  bool is_known() const { return state_ == State::Known; }
  // Over, because the password was wrong or did not come.
  bool is_turned_away() const { return is_over() && turned_away_; }
  bool wants(const base::EslEvent& event) const;
  bool wants(const LogLine& line) const { return log_level_ && line.level <= *log_level_; }
  // It wants events of any kind.
  bool listens() const { return is_known() && !subscription_.is_empty(); }
  EventFormat format() const { return subscription_.format(); }

 private:
  enum class State { Stranger, Known, Over };
  enum class Awaited { Nothing, ApiReply, MessageReply };
  struct Command;

  Reaction handle_stranger(const Frame& frame);
  Reaction handle_known(const Frame& frame, base::Ticket ticket);

  Reaction api(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction bgapi(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction event(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction nixevent(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction noevents(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction myevents(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction filter(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction sendevent(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction sendmsg(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction log(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction nolog(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction linger(const Frame& frame, std::string_view rest, base::Ticket ticket);
  Reaction divert_events(const Frame& frame, std::string_view rest, base::Ticket ticket);

  const std::string password_;
  base::Random& random_;
  State state_ = State::Stranger;
  Awaited awaited_ = Awaited::Nothing;
  int refusals_ = 0;  // Commands of a stranger that were turned down.
  bool turned_away_ = false;
  Subscription subscription_;
  std::optional<LogLevel> log_level_;
};

}  // namespace esl
