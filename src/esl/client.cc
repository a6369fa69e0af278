#include "esl/client.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include "base/text.h"

namespace esl {
namespace {

// Larger than any list a server can sensibly answer with; a peer that announces more is broken.
constexpr std::int64_t kBodyBytesMax = 256 << 20;
constexpr std::size_t kHeadBytesMax = 64 << 10;

std::string system_text(int error) {
  if (error == EAGAIN || error == EINPROGRESS) return "no answer in time";
  return std::error_code(error, std::generic_category()).message();
}

void set_timeouts(int socket, std::chrono::milliseconds timeout) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(timeout);
  timeval value{};
  value.tv_sec = seconds.count();
  value.tv_usec = std::chrono::microseconds(timeout - seconds).count();
  // The sending time-out holds for connect(2) as well.
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &value, sizeof(value));
  ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &value, sizeof(value));
}

// Tries the addresses of a name one after the other. Returns: a connected socket.
base::Result<int> connect_to(const ClientOptions& options) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const std::string port = std::to_string(options.port);
  const int code = ::getaddrinfo(options.host.c_str(), port.c_str(), &hints, &found);
  if (code != 0) return base::failure(options.host + ": " + ::gai_strerror(code));
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> addresses(found, ::freeaddrinfo);
  int error = 0;
  for (const addrinfo* address = found; address != nullptr; address = address->ai_next) {
    const int socket = ::socket(address->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
      error = errno;
      continue;
    }
    set_timeouts(socket, options.timeout);
    if (::connect(socket, address->ai_addr, address->ai_addrlen) == 0) return socket;
    error = errno;
    ::close(socket);
  }
  return base::failure(options.host + " port " + port + ": " + system_text(error));
}

}  // namespace

std::string_view Client::Message::header(std::string_view name) const {
  std::string_view rest = head;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    if (base::equal_ignoring_case(base::trim(line.substr(0, colon)), name)) {
      return base::trim(line.substr(colon + 1));
    }
  }
  return {};
}

base::Result<Client> Client::connect(const ClientOptions& options) {
  const auto socket = connect_to(options);
  if (!socket) return base::failure(socket.error());
  Client client(*socket);
  if (const auto known = client.log_in(options.password); !known) {
    return base::failure(known.error());
  }
  return client;
}

Client::Client(Client&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      received_(std::move(other.received_)),
      pushed_(std::move(other.pushed_)) {}

Client::~Client() {
  if (socket_ >= 0) ::close(socket_);
}

base::Result<std::string> Client::api(std::string_view command) {
  // A line break would end the command and begin another.
  if (command.find_first_of("\r\n") != std::string_view::npos) {
    return base::failure("a command is one line");
  }
  if (auto sent = send("api " + std::string(command) + "\n\n"); !sent) {
    return base::failure(sent.error());
  }
  auto answer = read_answer();
  if (!answer) return base::failure(answer.error());
  if (answer->header("Content-Type") == "api/response") return std::move(answer->body);
  return base::failure("unexpected answer: " + std::string(answer->header("Reply-Text")));
}

base::Result<std::string> Client::command(std::string_view line) {
  if (line.find_first_of("\r\n") != std::string_view::npos) {
    return base::failure("a command is one line");
  }
  if (auto sent = send(std::string(line) + "\n\n"); !sent) return base::failure(sent.error());
  const auto answer = read_answer();
  if (!answer) return base::failure(answer.error());
  return std::string(answer->header("Reply-Text"));
}

base::Result<std::vector<Client::Message>> Client::take_pushed() {
  std::array<char, 16384> bytes{};
  const auto got = ::recv(socket_, bytes.data(), bytes.size(), MSG_DONTWAIT);
  if (got == 0) return base::failure("the server closed the connection");
  if (got > 0) received_.append(bytes.data(), static_cast<std::size_t>(got));
  if (got < 0 && errno != EAGAIN) return base::failure(system_text(errno));
  while (true) {
    auto message = whole_message();
    if (!message) return base::failure(message.error());
    if (!*message) return std::exchange(pushed_, {});
    pushed_.push_back(std::move(**message));
  }
}

void Client::set_timeout(std::chrono::milliseconds timeout) {
  set_timeouts(socket_, timeout);
}

base::Result<void> Client::log_in(const std::string& password) {
  const auto greeting = read_message();
  if (!greeting) return base::failure(greeting.error());
  if (greeting->header("Content-Type") != "auth/request") {
    return base::failure("this is not an event socket");
  }
  if (password.find_first_of("\r\n") != std::string::npos) {
    return base::failure("a password is one line");
  }
  if (auto sent = send("auth " + password + "\n\n"); !sent) return sent;
  const auto answer = read_message();
  if (!answer) return base::failure(answer.error());
  if (!answer->header("Reply-Text").starts_with("+OK")) {
    return base::failure("the server refuses the password");
  }
  return {};
}

base::Result<void> Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent < 0) return base::failure(system_text(errno));
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

base::Result<Client::Message> Client::read_answer() {
  while (true) {
    auto message = read_message();
    if (!message) return message;
    const std::string_view type = message->header("Content-Type");
    if (type == "api/response" || type == "command/reply") return message;
    if (type == "text/disconnect-notice") {
      return base::failure("the server closed the connection");
    }
    pushed_.push_back(std::move(*message));
  }
}

base::Result<Client::Message> Client::read_message() {
  while (true) {
    auto message = whole_message();
    if (!message) return base::failure(message.error());
    if (*message) return std::move(**message);
    if (auto more = receive(received_.size() + 1); !more) return base::failure(more.error());
  }
}

base::Result<std::optional<Client::Message>> Client::whole_message() {
  const std::size_t end = received_.find("\n\n");
  if (end == std::string::npos) {
    if (received_.size() > kHeadBytesMax) return base::failure("this is not an event socket");
    return std::nullopt;
  }
  Message message{.head = received_.substr(0, end), .body = {}};
  std::size_t bytes = 0;
  if (const std::string_view length = message.header("Content-Length"); !length.empty()) {
    const auto size = base::parse_integer(length);
    if (!size || *size < 0 || *size > kBodyBytesMax) return base::failure("bad content length");
    bytes = static_cast<std::size_t>(*size);
  }
  if (received_.size() < end + 2 + bytes) return std::nullopt;
  message.body = received_.substr(end + 2, bytes);
  received_.erase(0, end + 2 + bytes);
  return message;
}

base::Result<void> Client::receive(std::size_t size) {
  std::array<char, 16384> bytes{};
  while (received_.size() < size) {
    const auto got = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (got < 0) return base::failure(system_text(errno));
    if (got == 0) return base::failure("the server closed the connection");
    received_.append(bytes.data(), static_cast<std::size_t>(got));
  }
  return {};
}

}  // namespace esl
