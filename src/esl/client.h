// A client of the event socket that waits for each answer: for the console and for tests.
//
// Blocking, one thread. It logs in and runs `api` commands; it does not take events.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

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
  // Connects and logs in.
  static base::Result<Client> connect(const ClientOptions& options);

  Client(Client&& other) noexcept;
  Client& operator=(Client&& other) = delete;
  ~Client();

  // Runs a command, written as after `api `. Returns: its output, errors of the command included.
  // After a failure the client is of no more use.
  base::Result<std::string> api(std::string_view command);

 private:
  struct Message {
    std::string head;
    std::string body;

    // The value of a header, or an empty text.
    std::string_view header(std::string_view name) const;
  };

  explicit Client(int socket) : socket_(socket) {}

  base::Result<void> log_in(const std::string& password);
  base::Result<void> send(std::string_view bytes);
  base::Result<Message> read_message();
  // Reads until at least `size` bytes wait.
  base::Result<void> receive(std::size_t size);

  int socket_;
  std::string received_;
};

}  // namespace esl
