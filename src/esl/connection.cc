#include "esl/connection.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <variant>

namespace esl {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

// Commands that a client may send ahead while one is being answered; more waits in its own socket.
constexpr std::size_t kReadAheadBytes = 64 << 10;
// Replies that may wait for a slow reader before its next command is looked at.
constexpr std::size_t kReplyBytesWaiting = 1 << 20;
// How long a connection that is over waits for the client to close too. Closing earlier could make
// the system discard our last words (RFC 1122 §4.2.2.13).
constexpr std::chrono::milliseconds kGoodbyeTimeout{2000};

}  // namespace

Connection::Connection(std::uint64_t id, Socket socket, Host& host, const ServerOptions& options,
                       base::Random& random)
    : id_(id),
      socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      host_(host),
      identity_(options.identity),
      send_bytes_max_(options.send_bytes_max),
      stuck_timeout_(options.stuck_timeout),
      auth_timeout_(options.auth_timeout),
      session_(options.password, random) {}

void Connection::start() {
  error_code ignored;
  socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
  socket_.set_option(asio::socket_base::keep_alive(true), ignored);
  arm_timer(auth_timeout_, Ending::WrongPassword);
  send(std::string(Session::greeting()));
  read();
}

void Connection::answer(std::string_view text) {
  if (closed_ || !session_.is_waiting()) return;
  send(session_.answer(text));
  handle_frames();
}

void Connection::send_event(const base::EslEvent& event, std::shared_ptr<const std::string> text) {
  if (closed_ || farewell_sent_) return;
  if (losses_.count == 0 && waiting_bytes_ + text->size() <= send_bytes_max_) {
    queue(std::move(text));
    return;
  }
  if (losses_.count++ == 0) {
    losses_.first = event.sequence;
    host_.falls_behind(id_);
    arm_timer(stuck_timeout_, Ending::TooSlow);
  }
  losses_.last = event.sequence;
  losses_.unix_us = event.unix_us;
}

void Connection::missed_events(std::uint64_t count) {
  if (closed_ || farewell_sent_ || !session_.listens()) return;
  const bool waits_already = losses_.count > 0;
  losses_.count += count;
  if (!waits_already) tell_losses();
}

void Connection::send_line(std::shared_ptr<const std::string> text) {
  if (closed_ || farewell_sent_ || waiting_bytes_ + text->size() > send_bytes_max_) return;
  queue(std::move(text));
}

// In the client's own format, whatever it has subscribed to: without this it would show wrong
// figures for ever.
void Connection::tell_losses() {
  const Losses losses = std::exchange(losses_, {});
  base::EslEvent event;
  event.name = "CUSTOM";
  event.subclass = kEventsLost;
  event.sequence = losses.last;
  event.unix_us = losses.unix_us;
  event.add("Events-Lost", std::to_string(losses.count));
  if (losses.first > 0) event.add("First-Lost-Sequence", std::to_string(losses.first));
  if (losses.last > 0) event.add("Last-Lost-Sequence", std::to_string(losses.last));
  host_.told(id_, losses.count);
  queue(std::make_shared<const std::string>(render(event, session_.format(), identity_)));
}

bool Connection::wants(const base::EslEvent& event) const {
  return !closed_ && session_.wants(event);
}

bool Connection::wants(const LogLine& line) const {
  return !closed_ && session_.wants(line);
}

void Connection::close(Ending ending) {
  if (std::exchange(closed_, true)) return;
  error_code ignored;
  socket_.close(ignored);
  timer_.cancel();
  host_.ended(id_, ending);
}

// ---- reading -----------------------------------------------------------------------------------

void Connection::read() {
  if (closed_ || reading_ || input_ended_ || farewell_sent_) return;
  if (framer_.buffered() > kReadAheadBytes && !can_handle()) return;
  reading_ = true;
  socket_.async_read_some(asio::buffer(incoming_),
                          [self = shared_from_this()](error_code error, std::size_t size) {
                            self->reading_ = false;
                            if (self->closed_) return;
                            if (error) self->input_ended_ = true;
                            self->read_done(size);
                          });
}

void Connection::read_done(std::size_t size) {
  if (farewell_sent_) {
    drain();
    return;
  }
  framer_.feed({incoming_.data(), size});
  handle_frames();
}

bool Connection::can_handle() const {
  return !session_.is_waiting() && !session_.is_over() && waiting_bytes_ < kReplyBytesWaiting;
}

void Connection::handle_frames() {
  while (!closed_ && can_handle()) {
    const auto frame = framer_.next();
    if (!frame) {
      ending_ = Ending::Malformed;
      send(session_.end(frame.error()));
      break;
    }
    if (!*frame) break;
    handle(**frame);
  }
  finish();
}

void Connection::handle(const Frame& frame) {
  const bool was_known = session_.is_known();
  hand_over(session_.handle(frame, host_.new_ticket()));
  if (!was_known && session_.is_known()) become_known();
  if (session_.is_turned_away()) ending_ = Ending::WrongPassword;
}

void Connection::hand_over(Reaction reaction) {
  const bool taken = !reaction.request || host_.ask(id_, std::move(*reaction.request));
  if (!taken && session_.is_waiting()) session_.stop_waiting();
  send(taken ? std::move(reaction.output) : std::move(reaction.refusal));
}

void Connection::become_known() {
  timer_.cancel();
  framer_.set_limits(kLimitsAfterAuth);
}

// What follows once no further frame can be handled now: more input, or the end.
void Connection::finish() {
  if (closed_) return;
  if (session_.is_over()) {
    say_goodbye();
    return;
  }
  if (!input_ended_) {
    read();
    return;
  }
  // The client has sent all it will; it still gets its answers.
  if (!session_.is_waiting() && waiting_bytes_ == 0) close(Ending::Done);
}

// ---- writing -----------------------------------------------------------------------------------

void Connection::send(std::string text) {
  if (text.empty() || closed_) return;
  queue(std::make_shared<const std::string>(std::move(text)));
}

void Connection::queue(std::shared_ptr<const std::string> text) {
  waiting_bytes_ += text->size();
  waiting_.push_back(std::move(text));
  if (writing_.empty()) write();
}

void Connection::write() {
  writing_ = std::exchange(waiting_, {});
  std::vector<asio::const_buffer> buffers;
  buffers.reserve(writing_.size());
  for (const auto& text : writing_) buffers.push_back(asio::buffer(*text));
  asio::async_write(socket_, buffers, [self = shared_from_this()](error_code error, std::size_t) {
    if (self->closed_) return;
    if (error) {
      self->close(Ending::Done);
      return;
    }
    self->write_done();
  });
}

void Connection::write_done() {
  for (const auto& text : writing_) waiting_bytes_ -= text->size();
  writing_.clear();
  // Half is room enough that the news is not the first of the next loss.
  if (losses_.count > 0 && !farewell_sent_ && waiting_bytes_ <= send_bytes_max_ / 2) {
    timer_.cancel();
    tell_losses();
  }
  // tell_losses() writes at once when nothing else waits.
  if (!writing_.empty()) return;
  if (!waiting_.empty()) {
    write();
    return;
  }
  if (farewell_sent_) {
    error_code ignored;
    socket_.shutdown(asio::socket_base::shutdown_send, ignored);
    drain();
    return;
  }
  handle_frames();
}

// ---- the end -----------------------------------------------------------------------------------

void Connection::say_goodbye() {
  if (std::exchange(farewell_sent_, true)) return;
  arm_timer(kGoodbyeTimeout, ending_);
  queue(std::make_shared<const std::string>(Session::farewell()));
}

// Reads and forgets until the client closes.
void Connection::drain() {
  if (closed_ || reading_ || !writing_.empty()) return;
  if (input_ended_) {
    close(ending_);
    return;
  }
  reading_ = true;
  socket_.async_read_some(asio::buffer(incoming_),
                          [self = shared_from_this()](error_code error, std::size_t) {
                            self->reading_ = false;
                            if (error) self->input_ended_ = true;
                            self->drain();
                          });
}

void Connection::arm_timer(std::chrono::milliseconds delay, Ending ending) {
  timer_.expires_after(delay);
  timer_.async_wait([self = shared_from_this(), ending](error_code error) {
    // A timer that went off just before it was cancelled reports success all the same.
    const bool outdated = (ending == Ending::WrongPassword && self->session_.is_known()) ||
                          (ending == Ending::TooSlow && self->losses_.count == 0);
    if (!error && !outdated) self->close(ending);
  });
}

}  // namespace esl
