// A client of the event socket that waits for each answer: for the console and for tests.
//
// One thread. It logs in and runs commands, each of which waits for its answer; what the server
// sends by itself (events, lines of the log) is kept until it is taken.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace esl {

struct ClientOptions {
  std::string host = "127.0.0.1";
  std::uint16_t port = 8021;
  std::string password = "ClueCon";
  // For each step: connecting, sending, the next bytes of an answer.
  std::chrono::milliseconds timeout{10'000};
};

class Client {
 public:
  struct Message {
    std::string head;
    std::string body;

    // The value of a header, or an empty text.
    std::string_view header(std::string_view name) const;
  };

  // Connects and logs in.
  static base::Result<Client> connect(const ClientOptions& options);

  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) = delete;
  ~Client();

  // Runs a command, written as after `api `. Returns: its output, errors of the command included.
  // After a failure the client is of no more use.
  base::Result<std::string> api(std::string_view command);
  // Any other command, such as `event plain ALL`. Returns: its Reply-Text.
  base::Result<std::string> command(std::string_view line);

  // Readable when take_pushed() has something to look at, or the connection has ended.
  int socket() const { return socket_; }
  // What came by itself; does not wait. Fails when the connection has ended.
  base::Result<std::vector<Message>> take_pushed();
  // From now on for each step, as ClientOptions::timeout.
  void set_timeout(std::chrono::milliseconds timeout);

 private:
  explicit Client(int socket) : socket_(socket) {}

  base::Result<void> log_in(const std::string& password);
  base::Result<void> send(std::string_view bytes);
  base::Result<Message> read_message();
  // The next message that answers a command; others are kept.
  base::Result<Message> read_answer();
  // nullopt: none is there as a whole.
  base::Result<std::optional<Message>> whole_message();
  // Reads until at least `size` bytes wait.
  base::Result<void> receive(std::size_t size);

  int socket_;
  std::string received_;
  std::vector<Message> pushed_;
};

}  // namespace esl
