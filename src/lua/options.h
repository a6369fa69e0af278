// Where scripts are, what they may use, and how much of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <set>
#include <string>

namespace lua {

struct Limits {
  // Of one script. An announcer needs a few hundred kilobytes and the list of members twice.
  std::size_t bytes_max = std::size_t{32} << 20;
  // Of all together: an eighth of a small machine.
  std::size_t bytes_of_all_max = std::size_t{1} << 30;
  // At once. A queue with a thousand callers who each have an announcer is a full one.
  std::size_t scripts_max = 5'000;
  // Processor time without waiting for anything: beyond it is an endless loop.
  std::chrono::milliseconds busy_max{2'000};
  // How long a script may go on after its leg is gone: it still writes down what was said.
  std::chrono::milliseconds grace{30'000};
};

struct Options {
  std::filesystem::path folder;  // Scripts are nowhere else.
  // Of debug, io, os, package: those that the operator allows.
  std::set<std::string> libraries;
  Limits limits;
};

}  // namespace lua
