#include "lua/command_line.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace lua {

namespace fs = std::filesystem;

CommandLine parse_command_line(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  bool is_word = false;
  bool is_quoted = false;
  const auto end_word = [&] {
    if (is_word && words.size() <= kArgumentsMax) words.push_back(std::move(word));
    word.clear();
    is_word = false;
  };
  for (const char c : text) {
    if (c == '\'') {
      is_quoted = !is_quoted;
      is_word = true;
    } else if (c == ' ' && !is_quoted) {
      end_word();
    } else {
      word += c;
      is_word = true;
    }
  }
  end_word();
  if (words.empty()) return {};
  CommandLine line{.script = std::move(words.front()), .arguments = {}};
  words.erase(words.begin());
  line.arguments = std::move(words);
  return line;
}

base::Result<fs::path> find_script(const fs::path& folder, const std::string& name) {
  if (name.empty()) return base::failure("no script is named");
  if (name.find('\0') != std::string::npos) return base::failure("that is no name of a script");
  std::error_code error;
  const fs::path home = fs::weakly_canonical(folder, error);
  if (error) return base::failure("the scripts folder " + folder.string() + " cannot be read");
  const fs::path file = fs::weakly_canonical(home / name, error);
  if (error) return base::failure("script " + name + ": " + error.message());
  const auto [at_home, at_file] = std::mismatch(home.begin(), home.end(), file.begin(), file.end());
  // A slash behind the folder is an empty last part.
  if (at_home != home.end() && !at_home->empty()) {
    return base::failure("script " + name + " is not in " + home.string());
  }
  if (!fs::is_regular_file(file, error)) {
    return base::failure("there is no script " + file.string());
  }
  return file;
}

}  // namespace lua
