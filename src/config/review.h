// What someone who brings a directory of the original's has to know before a call finds it out:
// what of it is used, what is not and why, and what cannot work although the server would start.
//
// load() says what is wrong with the files; this adds what only shows when their parts are seen
// together, or beside what the program can do (docs/migration.md). Any thread.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/problem.h"
#include "core/configuration.h"

namespace config {

// What the configuration is held against.
struct ReviewFacts {
  // Returns: why a source of sound cannot be played, or an empty text.
  std::function<std::string(const core::Configuration&, const std::string& source)> why_silent;
  // Whether ${command(…)} has somebody who answers.
  std::function<bool(std::string_view command)> knows_command;
};

struct Review {
  std::vector<Problem> findings;  // By file and line. An error is what cannot work.
  bool starts = false;            // Whether the server would take this configuration.
};

Review review(const std::filesystem::path& directory,
              const std::map<std::string, std::string>& overrides, const ReviewFacts& facts);

}  // namespace config
