// One session of the console: a typed line in, what the terminal shows out.
//
// Lines are commands of the server, or begin with a slash and are about this connection: which
// events and lines of the log it is shown.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/console_text.h"
#include "app/console_words.h"
#include "base/result.h"
#include "esl/client.h"

namespace app {

// What becomes of the server's text: a program reads it as it is, a terminal gets harmless text.
enum class Output { Raw, Terminal };

class ConsoleSession {
 public:
  struct Shown {
    std::string text;
    bool failed = false;    // The command did.
    bool has_quit = false;  // Nothing more is to be read.
  };

  // Lifetime: `client` outlives this.
  ConsoleSession(esl::Client& client, Output output, Colours colours)
      : client_(client), output_(output), colours_(colours) {}

  // Fails when the connection has ended.
  base::Result<Shown> run(std::string_view line);
  // What came by itself. Fails as run().
  base::Result<std::string> take_pushed();

  // Words for the line that is being typed; names are asked of the server.
  std::vector<std::string> complete(std::string_view before);

 private:
  base::Result<Shown> run_own(std::string_view line);
  std::string shown(std::string_view reply) const;
  std::string shown(const esl::Client::Message& message) const;
  std::vector<std::string> first_column(const std::string& command);

  esl::Client& client_;
  const Output output_;
  const Colours colours_;
};

}  // namespace app
