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
      send_bytes_max_(options.send_bytes_max),
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

void Connection::send_event(std::shared_ptr<const std::string> text) {
  if (closed_ || farewell_sent_) return;
  if (waiting_bytes_ + text->size() > send_bytes_max_) {
    close(Ending::TooSlow);
    return;
  }
  queue(std::move(text));
}

bool Connection::wants(const base::EslEvent& event) const {
  return !closed_ && session_.wants(event);
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
    const bool outdated = ending == Ending::WrongPassword && self->session_.is_known();
    if (!error && !outdated) self->close(ending);
  });
}

}  // namespace esl
