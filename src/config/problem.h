// What is wrong or worth knowing about a configuration, with the place where it is written.
//
// Readers go on after a problem, so that an operator learns of all of them at once.
#pragma once

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace config {

enum class Severity {
  Used,     // Taken as it is written; said by a review only (review.h).
  Note,     // Left out on purpose; nothing to do.
  Warning,  // Probably not what was meant; a default or nothing is used instead.
  Error,    // The configuration is refused.
};

// A line of a file, counted from 1; line 0 means the file as a whole.
struct Place {
  std::string file;
  int line = 0;

  bool operator==(const Place&) const = default;
};

struct Problem {
  Severity severity = Severity::Error;
  std::string file;
  int line = 0;
  std::string text;

  bool operator==(const Problem&) const = default;
};

// "file:line: error: text", as compilers write it; without ":line" for a file as a whole.
std::string describe(const Problem& problem);
std::string describe(const Place& place);
// One line per problem, each ended by a line feed.
std::string describe(const std::vector<Problem>& problems);

// Collects problems in the order in which they are found.
class Problems {
 public:
  // Beyond this many they are only counted: a wrong file can be wrong a million times.
  static constexpr std::size_t kKeptMax = 500;

  void used(const Place& place, std::string text);
  void note(const Place& place, std::string text);
  void warning(const Place& place, std::string text);
  void error(const Place& place, std::string text);

  // What readers look for, whether it is written or not: of a setting's owner and its name.
  // Collected only for whoever lists the names (setting_names.h).
  struct LookedFor {
    std::string owner;
    std::string name;
  };
  // Lifetime: `list` outlives this.
  void list_what_is_looked_for(std::vector<LookedFor>& list) { looked_for_ = &list; }
  void looks_for(std::string_view owner, std::string_view name);

  bool has_errors() const { return errors_ > 0; }
  // Returns: what was collected, and if need be a last problem that counts the others.
  std::vector<Problem> take();

 private:
  void add(Severity severity, const Place& place, std::string text);

  std::vector<Problem> problems_;
  std::vector<LookedFor>* looked_for_ = nullptr;
  std::size_t errors_ = 0;
  std::size_t dropped_ = 0;
  std::size_t dropped_errors_ = 0;
};

}  // namespace config
